package vaeocl.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/**
 * How a latent space grew: the means of the same images after some epochs, and what the decoder
 * drew. The file has a head and then frames of one length, in no order, each with its epoch; all
 * numbers are little-endian:
 *
 * <pre>
 *   "VAEFILM1", images, latent, rows, cols: 4 bytes each, whether labelled: 4 bytes,
 *   the run: 32 bytes, labels: a byte an image where there are any, CRC-32 of all this
 *   frame: epoch: 4 bytes, CRC-32 of the rest and the epoch,
 *          mu [images, latent]: binary16, picture [rows, cols]: bytes
 * </pre>
 *
 * A frame may be written over another at any time: one whose checksum is wrong is none.
 *
 * @param head what all frames share
 * @param frames by rising epoch
 */
public record Film(Head head, List<Frame> frames) {
  private static final byte[] MAGIC = "VAEFILM1".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGEST = 32;
  private static final int MOST_FRAMES = 1000;

  /**
   * What all frames share.
   *
   * @param images whose means are kept
   * @param rows height of a frame's picture
   * @param cols its width
   * @param run 64 hexadecimal digits that say which run it is of
   * @param labels the class of each image, unsigned; null where there are none
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not copied
  public record Head(int images, int latent, int rows, int cols, String run, byte[] labels) {
    public Head {
      long bytes = 2L * images * latent + (long) rows * cols;
      if (Math.min(Math.min(images, latent), Math.min(rows, cols)) < 1 || bytes > 1 << 28) {
        throw new IllegalArgumentException(
            "no film of " + images + " images, " + latent + " latents, " + rows + "x" + cols);
      }
      if (run.length() != 2 * DIGEST || (labels != null && labels.length != images)) {
        throw new IllegalArgumentException("run " + run + ", or labels of other images");
      }
    }

    private int mean() {
      return images * latent;
    }

    int frameBytes() {
      return 2 * Integer.BYTES + Short.BYTES * mean() + rows * cols;
    }

    byte[] bytes() {
      int labelled = labels == null ? 0 : images;
      byte[] bytes = new byte[MAGIC.length + 6 * Integer.BYTES + DIGEST + labelled];
      ByteBuffer head = littleEndian(bytes);
      head.put(MAGIC).putInt(images).putInt(latent).putInt(rows).putInt(cols);
      head.putInt(labels == null ? 0 : 1).put(HexFormat.of().parseHex(run));
      if (labels != null) {
        head.put(labels);
      }
      head.putInt(sum(bytes, 0, head.position()));
      return bytes;
    }
  }

  /**
   * A moment.
   *
   * @param epoch finished ones; 0 before training
   * @param mu [images, latent]; binary16 in the file
   * @param picture [rows, cols] of grey levels
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not copied
  public record Frame(int epoch, float[] mu, byte[] picture) {
    /** As in the file. */
    byte[] bytes() {
      byte[] bytes = new byte[2 * Integer.BYTES + Short.BYTES * mu.length + picture.length];
      ByteBuffer frame = littleEndian(bytes);
      frame.putInt(epoch).putInt(0);
      for (float value : mu) {
        frame.putShort(Half.of(value));
      }
      frame.put(picture).putInt(Integer.BYTES, frameSum(bytes));
      return bytes;
    }
  }

  /** The same without later epochs. */
  public Film upTo(int epoch) {
    return new Film(head, frames.stream().filter(f -> f.epoch() <= epoch).toList());
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int sum(byte[] bytes, int from, int to) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }

  /** Of all of a frame but the checksum itself. */
  private static int frameSum(byte[] frame) {
    CRC32 crc = new CRC32();
    crc.update(frame, 0, Integer.BYTES);
    crc.update(frame, 2 * Integer.BYTES, frame.length - 2 * Integer.BYTES);
    return (int) crc.getValue();
  }

  /**
   * Reads a film; frames that were not written to their end are left out.
   *
   * @throws FormatException if the file is missing or no such film
   */
  public static Film read(Path file) throws FormatException {
    return InputFile.read(
        file,
        in -> {
          Head head = head(in);
          List<Frame> frames = new ArrayList<>();
          if (in.remaining() / head.frameBytes() > MOST_FRAMES) {
            throw new FormatException(file, "holds more than " + MOST_FRAMES + " frames");
          }
          while (in.remaining() >= head.frameBytes()) {
            byte[] bytes = in.bytes(head.frameBytes());
            ByteBuffer frame = littleEndian(bytes);
            int epoch = frame.getInt();
            if (frame.getInt() == frameSum(bytes) && epoch >= 0) {
              frames.add(frame(epoch, head, frame));
            }
          }
          frames.sort(Comparator.comparingInt(Frame::epoch));
          return new Film(head, List.copyOf(frames));
        });
  }

  private static Frame frame(int epoch, Head head, ByteBuffer rest) {
    float[] mu = new float[head.mean()];
    for (int i = 0; i < mu.length; i++) {
      mu[i] = Half.value(rest.getShort());
    }
    byte[] picture = new byte[head.rows() * head.cols()];
    rest.get(picture);
    return new Frame(epoch, mu, picture);
  }

  private static Head head(InputFile in) throws IOException {
    int fixed = MAGIC.length + 5 * Integer.BYTES + DIGEST;
    if (in.size() < fixed) {
      throw new FormatException(in.path(), "no film, or truncated");
    }
    ByteBuffer head = littleEndian(in.bytes(fixed));
    byte[] magic = new byte[MAGIC.length];
    head.get(magic);
    int[] sizes = new int[4];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = head.getInt();
    }
    boolean labelled = head.getInt() == 1;
    byte[] run = new byte[DIGEST];
    head.get(run);
    byte[] labels = labelled ? in.bytes(Math.max(0, sizes[0])) : null;
    try {
      String digest = HexFormat.of().formatHex(run);
      Head found = new Head(sizes[0], sizes[1], sizes[2], sizes[3], digest, labels);
      byte[] again = found.bytes();
      int said = in.next(Integer.BYTES).getInt();
      int expected = sum(again, 0, again.length - Integer.BYTES);
      if (Arrays.equals(magic, MAGIC) && said == expected) {
        return found;
      }
    } catch (IllegalArgumentException e) {
      throw new FormatException(in.path(), "no film, or damaged: " + e.getMessage(), e);
    }
    throw new FormatException(in.path(), "no film, or damaged");
  }
}
