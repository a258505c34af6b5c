package vaeocl.formats;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Arrays in NumPy's .npz format: a zip archive with an entry NAME.npy for each, packed or not. The
 * archive may come from a stranger: its directory has to be small and at its very end, and nothing
 * is unpacked that could not have been packed so tightly.
 */
public final class Npz {
  private static final String ENDING = ".npy";
  private static final int MOST_ARRAYS = 1000;
  private static final int MOST_DIRECTORY_BYTES = 1 << 20;
  private static final int END_BYTES = 22;
  private static final int END_MAGIC = 0x06054b50;

  /** Deflate packs no tighter, as in {@link Idx}. */
  private static final long MAX_RATIO = 1032;

  private Npz() {}

  /**
   * The names of the arrays in {@code file}, in its order, without their ".npy".
   *
   * @throws FormatException if the file is missing or no such archive
   */
  public static List<String> names(Path file) throws FormatException {
    return open(
        file,
        zip -> {
          Set<String> names = new LinkedHashSet<>();
          for (ZipEntry entry : zip.stream().toList()) {
            String name = entry.getName();
            if (!name.endsWith(ENDING) || name.length() == ENDING.length()) {
              throw new FormatException(
                  file, "holds '" + name + "', which is no .npy; write it with np.savez");
            }
            if (!names.add(name.substring(0, name.length() - ENDING.length()))) {
              throw new FormatException(file, "holds '" + name + "' twice; write it anew");
            }
          }
          if (names.isEmpty()) {
            throw new FormatException(file, "holds no arrays; write it with np.savez");
          }
          return new ArrayList<>(names);
        });
  }

  /**
   * Reads one array, as {@link Npy#read}.
   *
   * @param name one of {@link #names}
   * @throws FormatException if there is none of that name, or it is damaged or no array of numbers
   */
  public static NumberArray read(Path file, String name) throws FormatException {
    return open(
        file,
        zip -> {
          ZipEntry entry = zip.getEntry(name + ENDING);
          if (entry == null) {
            throw new FormatException(file, "holds no array '" + name + "'");
          }
          return read(file, zip, entry);
        });
  }

  private static NumberArray read(Path file, ZipFile zip, ZipEntry entry) throws IOException {
    Path path = path(file, entry.getName());
    if (entry.getCompressedSize() > file.toFile().length()
        || entry.getSize() / MAX_RATIO > entry.getCompressedSize()) {
      throw new FormatException(
          path, "announces " + entry.getSize() + " bytes, which the archive cannot hold");
    }
    CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
    try (in) {
      NumberArray array = Npy.read(new InputFile(path, Channels.newChannel(in), entry.getSize()));
      if (in.read() >= 0) {
        throw new FormatException(path, "is longer than the archive's directory says");
      }
      if (in.getChecksum().getValue() != entry.getCrc()) {
        throw new FormatException(path, "damaged: wrong checksum; copy or download it again");
      }
      return array;
    } catch (EOFException e) {
      throw new FormatException(path, "truncated; copy or download it again", e);
    }
  }

  /** An entry's name behind its archive's, for messages. */
  private static Path path(Path file, String entry) {
    try {
      return file.resolve(FormatException.oneLine(entry));
    } catch (InvalidPathException e) {
      return file;
    }
  }

  private interface Reader<T> {
    T read(ZipFile zip) throws IOException;
  }

  private static <T> T open(Path file, Reader<T> reader) throws FormatException {
    InputFile.requireRegular(file);
    try {
      checkDirectory(file);
      try (ZipFile zip = new ZipFile(file.toFile())) {
        return reader.read(zip);
      }
    } catch (ZipException e) {
      throw damaged(file, e);
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    } catch (IllegalArgumentException e) {
      throw damaged(file, e); // names that are no text
    }
  }

  private static FormatException damaged(Path file, Exception e) {
    return new FormatException(
        file, "no .npz archive, or damaged (" + e.getMessage() + "); write it with np.savez", e);
  }

  /** Holds the size of the directory, which is read whole, against what arrays need. */
  private static void checkDirectory(Path file) throws IOException {
    InputFile.<Void>read(
        file,
        in -> {
          if (in.size() < END_BYTES) {
            throw new FormatException(file, "no .npz archive; write it with np.savez");
          }
          in.seek(in.size() - END_BYTES);
          var end = in.next(END_BYTES);
          int entries = Short.toUnsignedInt(end.getShort(10));
          long bytes = Integer.toUnsignedLong(end.getInt(12));
          if (end.getInt(0) != END_MAGIC || end.getShort(20) != 0) {
            throw new FormatException(
                file, "no .npz archive, or truncated; write it with np.savez or copy it again");
          }
          if (entries > MOST_ARRAYS || bytes > MOST_DIRECTORY_BYTES) {
            throw new FormatException(
                file, "is an archive of more than " + MOST_ARRAYS + " arrays; save those to use");
          }
          return null;
        });
  }
}
