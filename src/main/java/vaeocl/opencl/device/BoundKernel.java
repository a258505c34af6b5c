package vaeocl.opencl.device;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_event;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;

/**
 * A kernel with its arguments bound by name. OpenCL itself checks no more than an argument's size;
 * here each value is held against the kernel's own signature.
 */
public final class BoundKernel implements AutoCloseable {
  /** The argument that counts the batches of a run. */
  private static final String CHANGING = "nth";

  /** Stands for a null pointer: a kernel's optional buffer that is not wanted. */
  public static final Object NULL = new Object();

  private final ClContext context;
  private final String name;
  private final String file;
  private final cl_kernel kernel;
  private final long[] global;
  private final long[] local;
  private final List<Argument> arguments = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private int changing = -1;

  /**
   * An argument as it is bound.
   *
   * @param type as the kernel declares it, such as {@code float*}
   * @param constant whether the kernel only reads what it points to
   * @param value what it is bound to; null for the one that changes from launch to launch
   */
  public record Argument(String name, String type, boolean constant, Object value) {}

  /**
   * @param arguments values by name: {@link DeviceBuffer}, Integer, Float or {@link #NULL}; more
   *     than the kernel takes may be given, fewer not
   * @param global work-items in each dimension
   * @param local work-items of a work-group in each dimension
   */
  public BoundKernel(
      ClContext context,
      KernelProgram program,
      String name,
      Map<String, Object> arguments,
      long[] global,
      long[] local) {
    this.context = context;
    this.name = name;
    this.file = program.file();
    this.global = global.clone();
    this.local = local.clone();
    int[] status = new int[1];
    kernel = CL.clCreateKernel(program.program(), name, status);
    OpenClException.check("clCreateKernel(" + name + " of " + program.file() + ")", status[0]);
    try {
      int[] count = new int[1];
      OpenClException.check(
          "clGetKernelInfo(" + name + ")",
          CL.clGetKernelInfo(
              kernel, CL.CL_KERNEL_NUM_ARGS, Sizeof.cl_uint, Pointer.to(count), null));
      requireRoom();
      for (int i = 0; i < count[0]; i++) {
        bind(i, argumentInfo(i, CL.CL_KERNEL_ARG_NAME), arguments);
      }
    } catch (RuntimeException e) {
      CL.clReleaseKernel(kernel);
      throw e;
    }
  }

  /** A device may have less room for a kernel than for work-groups as such. */
  private void requireRoom() {
    long items = LongStream.of(local).reduce(1, (a, b) -> a * b);
    long most = ask(CL.CL_KERNEL_WORK_GROUP_SIZE);
    long bytes = ask(CL.CL_KERNEL_LOCAL_MEM_SIZE);
    long room = context.info().localBytes();
    // Mesa's rusticl 22.3 answers with the width of a sub-group, and counts some memory twice.
    boolean known = !context.info().platform().equals("rusticl");
    if (known && (items > most || bytes > room)) {
      throw new DeviceLimitException(
          "%s wants work-groups of %d and %d bytes of local memory; %s has %d and %d for it"
              .formatted(name, items, bytes, context.info().name(), most, room));
    }
  }

  /** Work-groups of a launch. */
  public long groups() {
    long groups = 1;
    for (int d = 0; d < global.length; d++) {
      groups *= global[d] / local[d];
    }
    return groups;
  }

  /** Memory of a work-item for what did not go into registers, bytes, as far as the driver says. */
  public long privateBytes() {
    return ask(CL.CL_KERNEL_PRIVATE_MEM_SIZE);
  }

  private long ask(int what) {
    long[] answer = new long[1];
    int status =
        CL.clGetKernelWorkGroupInfo(
            kernel, context.device().id(), what, Sizeof.cl_ulong, Pointer.to(answer), null);
    OpenClException.check("clGetKernelWorkGroupInfo(" + name + ")", status);
    return answer[0];
  }

  public String name() {
    return name;
  }

  /** The file of {@code kernels} that it comes from. */
  public String file() {
    return file;
  }

  /** All arguments, in the kernel's order. */
  public List<Argument> arguments() {
    return List.copyOf(arguments);
  }

  /** Work-items in dimension 0 or 1. */
  public int items(int dimension) {
    return dimension < global.length ? (int) global[dimension] : 1;
  }

  private void bind(int i, String argument, Map<String, Object> arguments) {
    places.put(argument, i);
    String type = argumentInfo(i, CL.CL_KERNEL_ARG_TYPE_NAME);
    if (argument.equals(CHANGING)) {
      changing = i;
      this.arguments.add(new Argument(argument, type, true, null));
      return;
    }
    Object value = arguments.get(argument);
    if (value == null) {
      throw new IllegalArgumentException(name + ": nothing was given for " + argument);
    }
    if (!accepts(type, value)) {
      throw new IllegalArgumentException(
          name + ": " + argument + " is " + type + " and cannot take " + describe(value));
    }
    this.arguments.add(new Argument(argument, type, isConstant(i), value));
    if (value instanceof DeviceBuffer b) {
      set(i, Sizeof.cl_mem, Pointer.to(b.memory()));
    } else if (value instanceof Integer n) {
      set(i, Sizeof.cl_int, Pointer.to(new int[] {n}));
    } else if (value instanceof Float f) {
      set(i, Sizeof.cl_float, Pointer.to(new float[] {f}));
    } else {
      set(i, Sizeof.cl_mem, Pointer.to(new cl_mem[] {null}));
    }
  }

  private static boolean accepts(String type, Object value) {
    boolean pointer = type.endsWith("*");
    String base = type.replace("*", "").replace("const", "").strip();
    if (value instanceof DeviceBuffer b) {
      return pointer && base.equals(b.element().typeName());
    }
    if (value == NULL) {
      return pointer;
    }
    boolean whole = base.equals("int") || base.equals("uint") || base.equals("unsigned int");
    return !pointer && (value instanceof Integer ? whole : base.equals("float"));
  }

  private static String describe(Object value) {
    return value instanceof DeviceBuffer b
        ? "a buffer of " + b.element().typeName()
        : value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private String argumentInfo(int i, int what) {
    byte[] text = new byte[256];
    long[] size = new long[1];
    OpenClException.check(
        "clGetKernelArgInfo(" + name + ", " + i + ")",
        CL.clGetKernelArgInfo(kernel, i, what, text.length, Pointer.to(text), size));
    return new String(text, 0, (int) Math.max(0, size[0] - 1), StandardCharsets.UTF_8);
  }

  private boolean isConstant(int i) {
    long[] qualifier = new long[1];
    OpenClException.check(
        "clGetKernelArgInfo(" + name + ", " + i + ")",
        CL.clGetKernelArgInfo(
            kernel,
            i,
            CL.CL_KERNEL_ARG_TYPE_QUALIFIER,
            Sizeof.cl_ulong,
            Pointer.to(qualifier),
            null));
    return (qualifier[0] & CL.CL_KERNEL_ARG_TYPE_CONST) != 0;
  }

  private void set(int i, long size, Pointer value) {
    OpenClException.check(
        "clSetKernelArg(" + name + ", " + i + ")", CL.clSetKernelArg(kernel, i, size, value));
  }

  /** Gives an argument that is a whole number another value, from the next launch on. */
  public void set(String argument, int value) {
    set(places.get(argument), Sizeof.cl_int, Pointer.to(new int[] {value}));
  }

  /**
   * Puts one launch in the queue, for the nth batch of a run.
   *
   * @param event to be told of it, or null
   */
  public void enqueue(int nth, cl_event event) {
    if (changing >= 0) {
      set(changing, Sizeof.cl_int, Pointer.to(new int[] {nth}));
    }
    int status =
        CL.clEnqueueNDRangeKernel(
            context.queue(), kernel, global.length, null, global, local, 0, null, event);
    if (status != CL.CL_SUCCESS) {
      throw new OpenClException(
          "clEnqueueNDRangeKernel("
              + name
              + ", "
              + java.util.Arrays.toString(global)
              + " in "
              + java.util.Arrays.toString(local)
              + ")",
          status);
    }
  }

  @Override
  public void close() {
    CL.clReleaseKernel(kernel);
  }
}
