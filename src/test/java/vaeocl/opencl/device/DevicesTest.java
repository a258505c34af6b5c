package vaeocl.opencl.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.jocl.CL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vaeocl.ChildJvm;

/** On this machine's own driver; other drivers have their own processes in DriversTest. */
class DevicesTest {
  @BeforeEach
  void driver() {
    ChildJvm.needs(ChildJvm.POCL);
  }

  @Test
  void describesEveryDevice() {
    List<DeviceInfo> devices =
        Devices.list().stream().flatMap(p -> p.devices().stream()).map(ClDevice::info).toList();
    assertFalse(devices.isEmpty());
    for (int i = 0; i < devices.size(); i++) {
      DeviceInfo d = devices.get(i);
      assertEquals(i, d.index());
      assertFalse(d.name().isBlank() || d.vendor().isBlank() || d.driver().isBlank(), d.toString());
      assertTrue(d.version().startsWith("OpenCL "), d.version());
      assertTrue(d.openClC().startsWith("OpenCL C "), d.openClC());
      assertTrue(d.maxAllocBytes() > 1 << 20 && d.maxAllocBytes() <= d.globalBytes());
      assertTrue(d.localBytes() >= 1 << 10 && d.localBytes() < d.globalBytes());
      assertTrue(d.computeUnits() > 0 && d.maxWorkGroup() > 0 && d.floatVectorWidth() >= 0);
    }
  }

  @Test
  void selectionGivesUsableHandles() {
    ClDevice device = Devices.select("0");
    assertEquals(0, device.info().index());
    assertNotNull(device.platform());
    assertNotNull(device.id());
    assertThrows(NoDeviceException.class, () -> Devices.select("no such device"));
  }

  @Test
  void exceptionsOfJoclMayBeOnOrOff() {
    Natives.load();
    CL.setExceptionsEnabled(true);
    try {
      assertFalse(Devices.list().isEmpty()); // platforms without devices answer -1
    } finally {
      CL.setExceptionsEnabled(false);
    }
  }

  @Test
  void errorsNameTheCallAndTheCode() {
    assertEquals(
        "clBuildProgram failed: CL_BUILD_PROGRAM_FAILURE (-11)",
        new OpenClException("clBuildProgram", -11).getMessage());
    assertEquals(
        "clFinish failed: unknown error (-9999): try less",
        new OpenClException("clFinish", -9999, "try less").getMessage());
    OpenClException.check("clFinish", 0);
    assertEquals(
        -5,
        assertThrows(OpenClException.class, () -> OpenClException.check("clFinish", -5)).code());
  }

  @Test
  void loadingRestoresTheTemporaryFolder() {
    String before = System.getProperty("java.io.tmpdir");
    Natives.load();
    if ("amd64".equals(System.getProperty("os.arch"))) {
      assertEquals(Optional.empty(), Natives.loadClBlast());
    }
    assertEquals(before, System.getProperty("java.io.tmpdir"));
  }
}
