package vaeocl.formats;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** PNG files put together by hand, chunk by chunk, right or wrong. */
final class PngBytes {
  static final int[] SAMPLES = {1, 0, 3, 1, 2, 0, 4};

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  PngBytes() {
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
  }

  PngBytes chunk(String type, byte... data) {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    ByteBuffer frame = ByteBuffer.allocate(12 + data.length);
    frame.putInt(data.length).put(name).put(data).putInt((int) crc.getValue());
    out.writeBytes(frame.array());
    return this;
  }

  PngBytes header(int cols, int rows, int depth, int colour, int interlace) {
    ByteBuffer ihdr = ByteBuffer.allocate(13).putInt(cols).putInt(rows);
    ihdr.put((byte) depth).put((byte) colour).put((byte) 0).put((byte) 0).put((byte) interlace);
    return chunk("IHDR", ihdr.array());
  }

  byte[] end() {
    return chunk("IEND").out.toByteArray();
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  static byte[] deflate(byte[] plain) {
    Deflater deflater = new Deflater(9);
    deflater.setInput(plain);
    deflater.finish();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] part = new byte[4096];
    while (!deflater.finished()) {
      packed.write(part, 0, deflater.deflate(part));
    }
    deflater.end();
    return packed.toByteArray();
  }

  /**
   * The rows of a picture as PNG packs them, unfiltered.
   *
   * @param samples row-major [rows, cols, samples]
   */
  static byte[] rows(int[] samples, int cols, int rows, int depth, int colour, boolean adam7) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int n = SAMPLES[colour];
    // The pass that each pixel of an 8x8 block belongs to, from the specification's picture.
    String[] block = {
      "16462646", "77777777", "56565656", "77777777", "36463646", "77777777", "56565656", "77777777"
    };
    for (char pass = '1'; pass <= (adam7 ? '7' : '1'); pass++) {
      for (int y = 0; y < rows; y++) {
        StringBuilder bits = new StringBuilder();
        for (int x = 0; x < cols; x++) {
          if (!adam7 || block[y % 8].charAt(x % 8) == pass) {
            for (int s = 0; s < n; s++) {
              int sample = samples[(y * cols + x) * n + s];
              bits.append(Integer.toBinaryString(1 << depth | sample).substring(1));
            }
          }
        }
        if (!bits.isEmpty()) {
          all.write(0); // filter: none
          bits.append("0".repeat((8 - bits.length() % 8) % 8));
          for (int i = 0; i < bits.length(); i += 8) {
            all.write(Integer.parseInt(bits.substring(i, i + 8), 2));
          }
        }
      }
    }
    return all.toByteArray();
  }
}
