package vaeocl.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, fed in parts. */
public final class Sha256 {
  private static final int CHUNK = 1 << 16;

  private final MessageDigest digest;

  /** Of nothing yet. */
  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /**
   * One that has been fed the same and goes on by itself.
   *
   * @throws IllegalStateException if this Java cannot copy one
   */
  public Sha256 fork() {
    try {
      return new Sha256((MessageDigest) digest.clone());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e); // the JDK's own can
    }
  }

  private Sha256(MessageDigest digest) {
    this.digest = digest;
  }

  /** SHA-256 of a text's UTF-8, in hexadecimal. */
  public static String of(String text) {
    return new Sha256().add(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  /**
   * SHA-256 of a file, in hexadecimal.
   *
   * @throws FormatException if it is missing or cannot be read
   */
  public static String of(Path file) throws FormatException {
    return InputFile.read(
        file,
        in -> {
          Sha256 sha256 = new Sha256();
          for (long left = in.remaining(); left > 0; ) {
            int n = (int) Math.min(left, InputFile.CHUNK);
            sha256.digest.update(in.next(n));
            left -= n;
          }
          return sha256.hex();
        });
  }

  /** Adds these bytes. */
  public Sha256 add(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /** Adds a text, its length first, so that texts one after the other cannot be told otherwise. */
  public Sha256 add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    return add(bytes);
  }

  /** Adds floats as 32 bits each, little-endian. */
  public Sha256 add(float[] values) {
    int capacity = Math.min(CHUNK, values.length);
    ByteBuffer chunk = ByteBuffer.allocate(Float.BYTES * capacity).order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < values.length; ) {
      int n = Math.min(values.length - done, capacity);
      chunk.clear().asFloatBuffer().put(values, done, n);
      digest.update(chunk.limit(Float.BYTES * n));
      done += n;
    }
    return this;
  }

  /** The digest in hexadecimal; ends it. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
