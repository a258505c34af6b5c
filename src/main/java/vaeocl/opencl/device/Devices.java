package vaeocl.opencl.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jocl.CL;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/** The OpenCL devices of this machine, and the choice of one. */
public final class Devices {
  /** CL_DEVICE_TYPE_ALL as OpenCL means it; JOCL's is -1L, which Mesa's rusticl refuses (-31). */
  private static final long ALL = 0xFFFFFFFFL;

  private static final int PLATFORM_NOT_FOUND = -1001;

  /** How drivers say that a platform has no device: not found, bad device type, no platform. */
  private static final Set<Integer> NONE_HERE =
      Set.of(CL.CL_DEVICE_NOT_FOUND, CL.CL_INVALID_DEVICE_TYPE, PLATFORM_NOT_FOUND);

  private Devices() {}

  /**
   * Every platform with its devices, numbered from 0 through all platforms in the loader's order. A
   * platform that has none, or that fails, is listed with a note and does not hide the others.
   *
   * @throws NoDeviceException if there is no OpenCL on this machine, or no platform
   */
  public static List<PlatformInfo> list() {
    Natives.load();
    List<PlatformInfo> platforms = new ArrayList<>();
    List<DeviceInfo> listed = new ArrayList<>();
    for (cl_platform_id id : platformIds()) {
      platforms.add(platform(id, listed));
    }
    FaultSignals.restore();
    return platforms;
  }

  /**
   * The device to use.
   *
   * @param spec an index as listed, or the name of a device or platform or a part of it; null or
   *     blank for the default: the first usable GPU, else accelerator, else CPU, the larger product
   *     of compute units and clock first
   * @throws NoDeviceException if none fits, several fit, or the one that fits cannot be used
   */
  public static ClDevice select(String spec) {
    return select(list(), spec);
  }

  /** As {@link #select(String)}, from a listing that the caller already has. */
  public static ClDevice select(List<PlatformInfo> platforms, String spec) {
    return chosen(platforms, infos -> DeviceChoice.choose(infos, spec));
  }

  /**
   * The usable device that a run was on, else the one most like it on the same platform: of its
   * name, else of its kind.
   *
   * @param kind as {@link DeviceKind#label} has it
   * @param ordinal see {@link ClDevice#ordinal}
   * @throws NoDeviceException if there is none, saying which there are
   */
  public static ClDevice again(String name, String platform, String kind, int ordinal) {
    return chosen(list(), infos -> DeviceChoice.again(infos, name, platform, kind, ordinal));
  }

  /** Where nothing can be chosen, the platforms with a problem say why. */
  private static ClDevice chosen(
      List<PlatformInfo> platforms, Function<List<DeviceInfo>, DeviceInfo> choice) {
    List<ClDevice> devices = platforms.stream().flatMap(p -> p.devices().stream()).toList();
    List<DeviceInfo> infos = devices.stream().map(ClDevice::info).toList();
    try {
      return devices.get(infos.indexOf(choice.apply(infos)));
    } catch (NoDeviceException e) {
      String notes =
          platforms.stream()
              .filter(p -> !p.note().isEmpty())
              .map(p -> "; platform " + p.name() + ": " + p.note())
              .collect(Collectors.joining());
      throw notes.isEmpty() ? e : new NoDeviceException(e.getMessage() + notes, e);
    }
  }

  private static cl_platform_id[] platformIds() {
    int[] count = new int[1];
    int status = OpenClException.status(() -> CL.clGetPlatformIDs(0, null, count));
    // The count is meaningless after a failure, so the status comes first.
    if (status == PLATFORM_NOT_FOUND || (status == CL.CL_SUCCESS && count[0] == 0)) {
      throw new NoDeviceException("no OpenCL device found. " + NoDeviceException.REMEDY);
    }
    OpenClException.check("clGetPlatformIDs", status);
    cl_platform_id[] ids = new cl_platform_id[count[0]];
    OpenClException.check(
        "clGetPlatformIDs",
        OpenClException.status(() -> CL.clGetPlatformIDs(ids.length, ids, null)));
    return ids;
  }

  /** Adds the platform's devices to those listed. */
  private static PlatformInfo platform(cl_platform_id id, List<DeviceInfo> listed) {
    Query query =
        new Query("clGetPlatformInfo", (n, s, v, r) -> CL.clGetPlatformInfo(id, n, s, v, r));
    String name = "(unnamed platform)";
    String version = "";
    String note = "";
    List<ClDevice> devices = new ArrayList<>();
    try {
      name = query.text(CL.CL_PLATFORM_NAME);
      version = query.text(CL.CL_PLATFORM_VERSION);
      for (cl_device_id device : deviceIds(id)) {
        DeviceInfo info = describe(device, name, listed.size());
        listed.add(info);
        devices.add(new ClDevice(info, id, device, listed));
      }
      if (devices.isEmpty()) {
        note = "no devices" + hint(name);
      }
    } catch (OpenClException e) {
      note = e.getMessage();
    }
    return new PlatformInfo(name, version, devices, note);
  }

  private static cl_device_id[] deviceIds(cl_platform_id platform) {
    int[] count = new int[1];
    int status = OpenClException.status(() -> CL.clGetDeviceIDs(platform, ALL, 0, null, count));
    if (NONE_HERE.contains(status)) {
      return new cl_device_id[0];
    }
    OpenClException.check("clGetDeviceIDs", status);
    cl_device_id[] ids = new cl_device_id[count[0]];
    if (ids.length > 0) {
      OpenClException.check(
          "clGetDeviceIDs",
          OpenClException.status(() -> CL.clGetDeviceIDs(platform, ALL, ids.length, ids, null)));
    }
    return ids;
  }

  private static DeviceInfo describe(cl_device_id id, String platform, int index) {
    Query query = new Query("clGetDeviceInfo", (n, s, v, r) -> CL.clGetDeviceInfo(id, n, s, v, r));
    DeviceKind kind = DeviceKind.of(query.number64(CL.CL_DEVICE_TYPE));
    String driver = query.text(CL.CL_DRIVER_VERSION);
    boolean pocl = platform.equals(PoclNeeds.PLATFORM) && kind == DeviceKind.CPU;
    return new DeviceInfo(
        index,
        platform,
        query.text(CL.CL_DEVICE_NAME),
        query.text(CL.CL_DEVICE_VENDOR),
        kind,
        query.number64(CL.CL_DEVICE_GLOBAL_MEM_SIZE),
        query.number64(CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE),
        query.number64(CL.CL_DEVICE_LOCAL_MEM_SIZE),
        query.number32(CL.CL_DEVICE_MAX_COMPUTE_UNITS),
        query.size(CL.CL_DEVICE_MAX_WORK_GROUP_SIZE),
        query.number32(CL.CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT),
        query.number32(CL.CL_DEVICE_MAX_CLOCK_FREQUENCY),
        query.text(CL.CL_DEVICE_VERSION),
        driver,
        query.text(CL.CL_DEVICE_OPENCL_C_VERSION),
        query.flag(CL.CL_DEVICE_ENDIAN_LITTLE),
        query.flag(CL.CL_DEVICE_AVAILABLE),
        query.flag(CL.CL_DEVICE_COMPILER_AVAILABLE),
        pocl ? new PoclNeeds(System.getenv()).missing(driver).orElse("") : "");
  }

  /** The commonest reason, for drivers that are known to hide it. */
  private static String hint(String platform) {
    return switch (platform) {
      case PoclNeeds.PLATFORM ->
          new PoclNeeds(System.getenv()).cacheProblem().map(p -> " (it " + p + ")").orElse("");
      case "rusticl" -> " (rusticl has none unless RUSTICL_ENABLE names a driver)";
      default -> "";
    };
  }
}
