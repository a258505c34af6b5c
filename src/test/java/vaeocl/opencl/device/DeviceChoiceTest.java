package vaeocl.opencl.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {
  private static DeviceInfo device(
      int index, String platform, String name, DeviceKind kind, int units, int clock) {
    return device(index, platform, name, kind, units, clock, "OpenCL 3.0 x", true, true, true);
  }

  private static DeviceInfo device(
      int index,
      String platform,
      String name,
      DeviceKind kind,
      int units,
      int clock,
      String version,
      boolean little,
      boolean available,
      boolean compiler) {
    return new DeviceInfo(
        index,
        platform,
        name,
        "vendor",
        kind,
        1L << 32,
        1L << 30,
        1L << 15,
        units,
        256,
        4,
        clock,
        version,
        "1",
        "OpenCL C 1.2",
        little,
        available,
        compiler,
        "");
  }

  private static final DeviceInfo XEON =
      device(0, "Portable", "pthread-Xeon", DeviceKind.CPU, 64, 4000);
  private static final DeviceInfo SMALL =
      device(1, "NVIDIA CUDA", "GeForce GTX 1650", DeviceKind.GPU, 14, 1665);
  private static final DeviceInfo BIG =
      device(2, "NVIDIA CUDA", "GeForce RTX 4090", DeviceKind.GPU, 128, 2520);
  private static final DeviceInfo FPGA =
      device(3, "Intel FPGA", "de10", DeviceKind.ACCELERATOR, 1, 0);
  private static final List<DeviceInfo> ALL = List.of(XEON, SMALL, BIG, FPGA);

  private static String refused(List<DeviceInfo> devices, String spec) {
    String message =
        assertThrows(NoDeviceException.class, () -> DeviceChoice.choose(devices, spec))
            .getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  @Test
  void defaultIsTheLargestGpuThenAcceleratorThenCpu() {
    assertEquals(BIG, DeviceChoice.choose(ALL, null));
    assertEquals(BIG, DeviceChoice.choose(ALL, " "));
    assertEquals(FPGA, DeviceChoice.choose(List.of(XEON, FPGA), null));
    assertEquals(XEON, DeviceChoice.choose(List.of(XEON), null));
  }

  @Test
  void equalsAreDecidedByTheirOrderAndUnknownClocksByUnits() {
    DeviceInfo a = device(0, "P", "a", DeviceKind.GPU, 8, 0);
    DeviceInfo b = device(1, "P", "b", DeviceKind.GPU, 16, 0);
    DeviceInfo c = device(2, "P", "c", DeviceKind.GPU, 16, 0);
    assertEquals(b, DeviceChoice.choose(List.of(a, b, c), null));
  }

  @Test
  void indexNameAndPartSelect() {
    assertEquals(SMALL, DeviceChoice.choose(ALL, "1"));
    assertEquals(BIG, DeviceChoice.choose(ALL, "4090"));
    assertEquals(BIG, DeviceChoice.choose(ALL, "rtx"));
    assertEquals(XEON, DeviceChoice.choose(ALL, "PORTABLE"));
    assertEquals(FPGA, DeviceChoice.choose(ALL, "intel fpga"));
  }

  @Test
  void wholeNameBeatsPartOfAnother() {
    DeviceInfo a = device(0, "P", "Arc", DeviceKind.GPU, 8, 1);
    DeviceInfo b = device(1, "P", "Arc Pro", DeviceKind.GPU, 8, 1);
    assertEquals(a, DeviceChoice.choose(List.of(a, b), "arc"));
  }

  @Test
  void ambiguousAndUnknownNamesListTheDevices() {
    String several = refused(ALL, "geforce");
    assertTrue(several.contains("1 (GeForce GTX 1650") && several.contains("2 (GeForce RTX"));
    assertTrue(!several.contains("Xeon"), several);
    String none = refused(ALL, "radeon");
    assertTrue(none.contains("'radeon'") && none.contains("0 (pthread-Xeon, Portable)"), none);
    assertTrue(refused(ALL, "7").contains("'7' fits no device"));
    assertTrue(refused(List.of(), null).contains("Install"));
  }

  @Test
  void unusableDevicesAreSkippedAndRefusedWithTheReason() {
    DeviceKind gpu = DeviceKind.GPU;
    DeviceInfo gone = device(0, "P", "gone", gpu, 9, 9, "OpenCL 3.0", true, false, true);
    DeviceInfo mute = device(1, "P", "mute", gpu, 9, 9, "OpenCL 3.0", true, true, false);
    DeviceInfo big = device(2, "P", "big-endian", gpu, 9, 9, "OpenCL 3.0", false, true, true);
    DeviceInfo old = device(3, "P", "old", gpu, 9, 9, "OpenCL 1.1 x", true, true, true);
    DeviceInfo odd = device(4, "P", "odd", gpu, 9, 9, "3.0", true, true, true);
    DeviceInfo fine = device(5, "P", "fine", DeviceKind.CPU, 1, 1);
    assertEquals(fine, DeviceChoice.choose(List.of(gone, mute, big, old, odd, fine), null));
    assertTrue(refused(List.of(gone), "gone").contains("not available"));
    assertTrue(refused(List.of(mute), "1").contains("no OpenCL C compiler"));
    assertTrue(refused(List.of(big), "big").contains("is big-endian"));
    assertTrue(refused(List.of(old), "old").contains("OpenCL 1.2 is needed"));
    String all = refused(List.of(gone, old), null);
    assertTrue(all.contains("gone") && all.contains("OpenCL 1.1 x"), all);
  }

  @Test
  void turkishLettersDoNotMatter() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertEquals(FPGA, DeviceChoice.choose(ALL, "INTEL"));
      assertEquals(SMALL, DeviceChoice.choose(List.of(XEON, SMALL), "nvidia"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void versionsAreComparedAsNumbers() {
    DeviceInfo d =
        device(0, "P", "d", DeviceKind.CPU, 1, 1, "OpenCL 1.12 vendor", true, true, true);
    assertTrue(d.supports(1, 2) && d.supports(1, 12) && !d.supports(2, 0));
    assertEquals("1.12", d.versionNumber());
  }

  @Test
  void kindIsGpuOnlyWithoutTheCpuBit() {
    assertEquals(DeviceKind.CPU, DeviceKind.of(0xFFFFFFFFL)); // Oclgrind
    assertEquals(DeviceKind.CPU, DeviceKind.of(1 | 2));
    assertEquals(DeviceKind.GPU, DeviceKind.of(1 | 4));
    assertEquals(DeviceKind.ACCELERATOR, DeviceKind.of(8));
    assertEquals(DeviceKind.ACCELERATOR, DeviceKind.of(16));
  }

  private static final DeviceInfo TWIN =
      device(4, "NVIDIA CUDA", "GeForce RTX 4090", DeviceKind.GPU, 128, 2520);
  private static final DeviceInfo ELSEWHERE =
      device(5, "Other", "GeForce GTX 1650", DeviceKind.GPU, 14, 1665);

  @Test
  void twinsAreToldApart() {
    List<DeviceInfo> devices = List.of(XEON, SMALL, BIG, FPGA, TWIN, ELSEWHERE);
    assertEquals(0, DeviceChoice.ordinal(devices, BIG));
    assertEquals(1, DeviceChoice.ordinal(devices, TWIN));
    assertEquals(0, DeviceChoice.ordinal(devices, ELSEWHERE));
    for (DeviceInfo device : devices) {
      String spec = DeviceChoice.spec(devices, device);
      assertEquals(device, DeviceChoice.choose(devices, spec), spec);
      assertEquals(
          device,
          DeviceChoice.again(
              devices,
              device.name(),
              device.platform(),
              device.kind().label(),
              DeviceChoice.ordinal(devices, device)));
    }
    assertEquals("pthread-Xeon", DeviceChoice.spec(devices, XEON));
    assertEquals("4", DeviceChoice.spec(devices, TWIN));
  }

  @Test
  void aRunGoesOnWhereItsDeviceIsNot() {
    assertEquals(XEON, DeviceChoice.again(ALL, "pthread-EPYC", "Portable", "CPU", 0));
    assertEquals(BIG, DeviceChoice.again(ALL, "A100", "NVIDIA CUDA", "GPU", 0));
    assertEquals(SMALL, DeviceChoice.again(ALL, "GeForce GTX 1650", "NVIDIA CUDA", "GPU", 1));
    String message =
        assertThrows(
                NoDeviceException.class, () -> DeviceChoice.again(ALL, "Arc", "Portable", "GPU", 0))
            .getMessage();
    assertTrue(message.contains("(Arc, Portable)"), message);
    for (DeviceInfo device : ALL) {
      assertTrue(message.contains(device.label()), message);
    }
  }
}
