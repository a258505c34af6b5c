package vaeocl.opencl.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LoadFailureTest {
  @Test
  void missingDriverNamesTheRemedy() {
    String line =
        LoadFailure.describe(
            "Could not initialize native OpenCL library. Implementation library could not be"
                + " loaded");
    assertTrue(line.startsWith("no OpenCL library found") && line.contains("apt-get install"));
    String blast = "java.lang.UnsatisfiedLinkError: /tmp/x.so: libOpenCL.so.1: cannot open shared";
    assertTrue(LoadFailure.describe(blast).startsWith("no OpenCL library found"));
  }

  @Test
  void unknownMachineIsNamed() {
    String line = LoadFailure.describe("x\njava.io.IOException: No resource found with name 'y'\n");
    assertTrue(line.contains(System.getProperty("os.arch")), line);
  }

  @Test
  void theDecisiveCauseIsTakenFromTheTraces() {
    String report =
        """
        Error while loading native library "JOCL"
        Stack trace from the attempt to load the library as a file:
        java.lang.UnsatisfiedLinkError: no JOCL in java.library.path
        \tat java.base/java.lang.ClassLoader.loadLibrary(ClassLoader.java:2434)
        Stack trace from the attempt to load the library as a resource:
        java.io.IOException: No space left on device
        \tat java.base/java.io.FileOutputStream.writeBytes(Native Method)
        """;
    assertEquals(
        "cannot load the native library: No space left on device", LoadFailure.describe(report));
  }
}
