package vaeocl.data;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import vaeocl.formats.ByteArray;
import vaeocl.formats.FloatArray;
import vaeocl.formats.FormatException;
import vaeocl.formats.FuzzedFile;
import vaeocl.formats.Npy;
import vaeocl.formats.NpzBytes;
import vaeocl.formats.ZipMended;

/**
 * Images in .npz and .npy files, by themselves and in a folder beside others, archives also with
 * the checksums that their contents ask for. Java opens archives by the names of real files.
 */
public final class NpzFuzz {
  /** Linux's file system in memory, as disks are slow. */
  private static final Path MEMORY = Path.of("/dev/shm");

  private static final Path FOLDER = folder();
  private static final byte PACKED = 'P';
  private static final byte MAGIC = (byte) 0x93;

  private static final FuzzedFile<List<Object>> ALONE = file("alone/a.npz", false, Reading.PLAIN);
  private static final List<FuzzedFile<List<Object>>> ARCHIVES =
      List.of(
          ALONE,
          file("keyed/a.npz", false, Reading.of("b", null, false, 0)),
          file("beside/a.npz", true, Reading.PLAIN));
  private static final List<FuzzedFile<List<Object>>> ARRAYS =
      List.of(
          file("rows/a.npy", false, Reading.of("", "3x2", false, 0)),
          file("two/train.npy", true, Reading.PLAIN),
          file("labels/a_labels.npy", true, Reading.PLAIN));

  private static final Notices DEAF =
      new Notices() {
        @Override
        public void progress(String line) {}

        @Override
        public void warning(String line) {}
      };

  private NpzFuzz() {}

  private static Path folder() {
    try {
      Path folder =
          Files.isWritable(MEMORY)
              ? Files.createTempDirectory(MEMORY, "vaeocl-npz")
              : Files.createTempDirectory("vaeocl-npz");
      for (String each : List.of("alone", "keyed", "beside", "rows", "two", "labels")) {
        Files.createDirectory(folder.resolve(each));
      }
      Npy.write(folder.resolve("beside/a_labels.npy"), bytes(4));
      Npy.write(folder.resolve("two/test.npy"), bytes(2, 3, 2));
      Npy.write(folder.resolve("two/train_labels.npy"), bytes(4));
      Npy.write(folder.resolve("labels/a.npy"), bytes(4, 3, 2));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder.toFile())));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(File file) {
    for (File inside : Objects.requireNonNullElse(file.listFiles(), new File[0])) {
      delete(inside);
    }
    if (!file.delete()) {
      System.err.println("still there: " + file);
    }
  }

  private static ByteArray bytes(int... shape) {
    byte[] values = new byte[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (50 * i);
    }
    return new ByteArray(shape, values);
  }

  /**
   * A file that is put into its place before it is read.
   *
   * @param whole whether the place's folder is read
   */
  private static FuzzedFile<List<Object>> file(String place, boolean whole, Reading reading) {
    Path there = FOLDER.resolve(place);
    Path source = whole ? there.getParent() : there;
    Path file = FOLDER.resolve(there.getParent().getFileName() + ".npz");
    return new FuzzedFile<>(
        file,
        f -> {
          if (!f.equals(file)) {
            return read(f, f, Reading.PLAIN); // written again
          }
          Files.copy(f, there, StandardCopyOption.REPLACE_EXISTING);
          return read(f, source, reading);
        },
        NpzFuzz::write);
  }

  /** Names, and arrays of them, as {@link NpzBytes#write} takes them. */
  private static List<Object> read(Path file, Path source, Reading reading) throws FormatException {
    try {
      Found found = ImageFiles.read(source, "", reading, DEAF);
      List<Object> named = new ArrayList<>();
      add(named, "train", found.train());
      add(named, "test", found.test());
      return named;
    } catch (FormatException e) {
      throw new FormatException(file, e.getMessage().replace(FOLDER.toString(), ""), e);
    }
  }

  private static void add(List<Object> named, String name, Part part) {
    Images images = part.images();
    int[] shape = {images.count(), images.rows(), images.cols()};
    named.addAll(List.of("x_" + name, new ByteArray(shape, images.pixels())));
    if (part.labels() != null) {
      int[] count = {part.labels().length};
      named.addAll(List.of("y_" + name, new ByteArray(count, part.labels())));
    }
  }

  private static void write(Path file, List<Object> named) throws IOException {
    NpzBytes.write(file, true, named.toArray());
  }

  /** Files to begin with: archives of each kind, stored and packed, and arrays. */
  public static void seeds(Path seeds) throws IOException {
    ByteArray images = bytes(4, 3, 2);
    ByteArray labels = bytes(4);
    Object[][] archives = {
      {"data", images, "labels", labels},
      {"x_train", images, "y_train", labels, "x_test", bytes(2, 3, 2)},
      {"b", images, "c", labels},
      {"alone", bytes(4, 3, 2, 1)},
      {"x_train", bytes(4, 6), "x_test", bytes(4, 6), "y_test", labels},
    };
    for (int i = 0; i < archives.length; i++) {
      NpzBytes.write(seeds.resolve("stored-" + i), false, archives[i]);
      NpzBytes.write(seeds.resolve("packed-" + i), true, archives[i]);
    }
    ByteArray[] arrays = {images, labels, bytes(4, 6), bytes(4, 1, 3, 2), bytes(4, 1), bytes(4, 5)};
    for (int i = 0; i < arrays.length; i++) {
      Npy.write(seeds.resolve("array-" + i), arrays[i]);
    }
    FloatArray floats = new FloatArray(new int[] {2, 1, 2}, new float[] {0, 0.3f, 1, 0.5f});
    Npy.write(seeds.resolve("floats"), floats);
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    byte first = bytes.length == 0 ? 0 : bytes[0];
    if (first == MAGIC) {
      for (FuzzedFile<List<Object>> file : ARRAYS) {
        file.check(bytes);
      }
    } else if (first == PACKED) {
      for (FuzzedFile<List<Object>> file : ARCHIVES) {
        file.check(bytes);
        file.check(ZipMended.of(bytes));
      }
    } else {
      ALONE.check(bytes);
    }
  }
}
