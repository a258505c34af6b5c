package vaeocl.opencl.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;

/**
 * Typed answers from OpenCL's "get info" functions.
 *
 * @param call the function's name, for messages
 * @param function the function with its object bound
 */
record Query(String call, Info function) {
  /** clGetDeviceInfo and its relatives, less their first argument. */
  interface Info {
    int get(int name, long size, Pointer value, long[] sizeReturned);
  }

  /** Text without its terminating NUL, blanks at the ends and control characters. */
  String text(int name) {
    long[] size = new long[1];
    check(name, OpenClException.status(() -> function.get(name, 0, null, size)));
    // A sanity limit: drivers have answered with garbage sizes.
    if (size[0] < 0 || size[0] > 1 << 20) {
      throw new OpenClException(
          where(name), CL.CL_INVALID_VALUE, "a text of " + size[0] + " bytes");
    }
    byte[] bytes = new byte[(int) size[0]];
    if (bytes.length > 0) {
      Pointer value = Pointer.to(bytes);
      check(name, OpenClException.status(() -> function.get(name, bytes.length, value, null)));
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    return (end < 0 ? text : text.substring(0, end)).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }

  /** A cl_ulong. */
  long number64(int name) {
    return number(name, Long.BYTES);
  }

  /** A cl_uint, which Java's int holds for every quantity asked for here. */
  int number32(int name) {
    return (int) number(name, Integer.BYTES);
  }

  /** A size_t. */
  long size(int name) {
    return number(name, Sizeof.size_t);
  }

  /** A cl_bool. */
  boolean flag(int name) {
    return number(name, Integer.BYTES) != 0;
  }

  private long number(int name, int bytes) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    Pointer value = Pointer.to(buffer);
    check(name, OpenClException.status(() -> function.get(name, bytes, value, null)));
    return bytes == Long.BYTES ? buffer.getLong(0) : buffer.getInt(0);
  }

  private void check(int name, int status) {
    OpenClException.check(where(name), status);
  }

  private String where(int name) {
    return call + "(0x" + Integer.toHexString(name) + ")";
  }
}
