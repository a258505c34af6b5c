package vaeocl.opencl.device;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line out of JOCL's report of a library that would not load: two stack traces, nested. */
final class LoadFailure {
  private static final Pattern CAUSE =
      Pattern.compile("(?m)^(?:Caused by: )?[\\w.$]+(?:Error|Exception): (.+)$");

  private LoadFailure() {}

  /** Why a native library could not be loaded, and where it helps what to do. */
  static String describe(String report) {
    if (report.contains("Could not initialize native OpenCL library")
        || report.contains("libOpenCL.so.1: cannot open")) {
      return "no OpenCL library found (libOpenCL). " + NoDeviceException.REMEDY;
    }
    if (report.contains("No resource found")) {
      return "there is no native library for this kind of machine ("
          + System.getProperty("os.name")
          + " "
          + System.getProperty("os.arch")
          + ")";
    }
    String last = report.lines().findFirst().orElse("unknown reason");
    Matcher matcher = CAUSE.matcher(report);
    while (matcher.find()) {
      last = matcher.group(1); // the last is the innermost of the second, the decisive, attempt
    }
    return "cannot load the native library: " + last.strip();
  }
}
