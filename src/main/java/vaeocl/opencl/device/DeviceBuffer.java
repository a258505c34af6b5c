package vaeocl.opencl.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Locale;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_mem;

/**
 * Memory on the device, zeros at first.
 *
 * <p>A guarded buffer carries a tail that no kernel may touch, and {@link #checkGuard} tells
 * whether one did.
 */
public final class DeviceBuffer implements AutoCloseable {
  /** What lies in a guard: a NaN, so that reading it shows as well. */
  private static final int SENTINEL = 0x7FC0DEAD;

  private static final int GUARD_BYTES = 256;

  private final ClContext context;
  private final String name;
  private final Element element;
  private final long count;
  private final boolean guarded;
  private final cl_mem memory;

  /** What a buffer holds, by the name OpenCL C has for it. */
  public enum Element {
    UCHAR("uchar", 1),
    INT("int", 4),
    ULONG("ulong", 8),
    FLOAT("float", 4),
    FLOAT2("float2", 8);

    private final String typeName;
    private final int bytes;

    Element(String typeName, int bytes) {
      this.typeName = typeName;
      this.bytes = bytes;
    }

    public String typeName() {
      return typeName;
    }
  }

  public DeviceBuffer(
      ClContext context, String name, Element element, long count, boolean guarded) {
    this.context = context;
    this.name = name;
    this.element = element;
    this.count = count;
    this.guarded = guarded;
    long limit = context.info().maxAllocBytes();
    if (bytes() > limit) {
      throw new DeviceLimitException(
          String.format(
              Locale.ROOT,
              "%s needs %,d bytes in one piece, and %s allows %,d; take a smaller batch or layer",
              name,
              bytes(),
              context.info().name(),
              limit));
    }
    int[] status = new int[1];
    long padded = (bytes() + 3) / 4 * 4;
    memory =
        CL.clCreateBuffer(
            context.context(),
            CL.CL_MEM_READ_WRITE,
            padded + (guarded ? GUARD_BYTES : 0),
            null,
            status);
    OpenClException.check(
        String.format(Locale.ROOT, "clCreateBuffer(%s, %,d bytes)", name, bytes()), status[0]);
    fill(0, 0, padded);
    if (guarded) {
      fill(SENTINEL, padded, GUARD_BYTES);
    }
  }

  public String name() {
    return name;
  }

  public Element element() {
    return element;
  }

  public long count() {
    return count;
  }

  public long bytes() {
    return count * element.bytes;
  }

  public cl_mem memory() {
    return memory;
  }

  private void fill(int word, long offset, long bytes) {
    if (context.info().platform().startsWith("Oclgrind")) {
      // It takes memory that was only filled for uninitialised.
      int[] words = new int[Math.toIntExact(bytes / 4)];
      Arrays.fill(words, word);
      write(Pointer.to(words), offset, bytes);
      return;
    }
    Pointer pattern = Pointer.to(new int[] {word});
    OpenClException.check(
        "clEnqueueFillBuffer(" + name + ")",
        CL.clEnqueueFillBuffer(context.queue(), memory, pattern, 4, offset, bytes, 0, null, null));
  }

  /** Sets everything to zeros, in the order of the queue. */
  public void clear() {
    fill(0, 0, (bytes() + 3) / 4 * 4);
  }

  /** Overwrites everything, padding included, with NaN. */
  public void poison() {
    fill(SENTINEL, 0, (bytes() + 3) / 4 * 4);
  }

  public void write(float[] values) {
    write(Pointer.to(values), values.length * 4L);
  }

  public void write(int[] values) {
    write(Pointer.to(values), values.length * 4L);
  }

  public void write(long[] values) {
    write(Pointer.to(values), values.length * 8L);
  }

  public void write(byte[] values) {
    write(Pointer.to(values), values.length);
  }

  /** Writes bytes from one on. */
  public void write(long first, byte[] values) {
    if (first < 0 || first + values.length > bytes()) {
      throw new IllegalArgumentException(name + " ends before byte " + (first + values.length));
    }
    write(Pointer.to(values), first, values.length);
  }

  private void write(Pointer source, long bytes) {
    if (bytes > bytes()) {
      throw new IllegalArgumentException(name + " holds " + bytes() + " bytes, not " + bytes);
    }
    write(source, 0, bytes);
  }

  private void write(Pointer source, long offset, long bytes) {
    OpenClException.check(
        "clEnqueueWriteBuffer(" + name + ")",
        CL.clEnqueueWriteBuffer(
            context.queue(), memory, CL.CL_TRUE, offset, bytes, source, 0, null, null));
  }

  /** Elements first … first + n − 1 of a float buffer. */
  public float[] read(long first, int n) {
    float[] values = new float[n];
    read(Pointer.to(values), first * 4, n * 4L);
    return values;
  }

  /** Everything in a float buffer. */
  public float[] read() {
    return read(0, Math.toIntExact(count));
  }

  /** Everything in a buffer of whole numbers. */
  public int[] readInts() {
    int[] values = new int[Math.toIntExact(count)];
    read(Pointer.to(values), 0, count * 4);
    return values;
  }

  /** Everything in a buffer of words. */
  public long[] readLongs() {
    long[] values = new long[Math.toIntExact(count)];
    read(Pointer.to(values), 0, count * 8);
    return values;
  }

  /** Everything in a buffer of bytes. */
  public byte[] readBytes() {
    byte[] values = new byte[Math.toIntExact(count)];
    read(Pointer.to(values), 0, count);
    return values;
  }

  private void read(Pointer target, long offset, long bytes) {
    if (bytes == 0) {
      return;
    }
    OpenClException.check(
        "clEnqueueReadBuffer(" + name + ")",
        CL.clEnqueueReadBuffer(
            context.queue(), memory, CL.CL_TRUE, offset, bytes, target, 0, null, null));
  }

  /** Throws where the guard is damaged. */
  public void checkGuard() {
    if (!guarded) {
      return;
    }
    ByteBuffer tail = ByteBuffer.allocateDirect(GUARD_BYTES).order(ByteOrder.nativeOrder());
    read(Pointer.to(tail), (bytes() + 3) / 4 * 4, GUARD_BYTES);
    IntBuffer words = tail.asIntBuffer();
    while (words.hasRemaining()) {
      if (words.get() != SENTINEL) {
        throw new IllegalStateException("a kernel wrote behind the end of " + name);
      }
    }
  }

  @Override
  public void close() {
    CL.clReleaseMemObject(memory);
  }
}
