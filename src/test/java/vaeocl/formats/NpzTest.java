package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of arrays: NumPy's own, and hostile ones, which are refused in a line. */
class NpzTest {
  /** np.savez(f, data=np.arange(6, dtype=np.uint8).reshape(2, 3), labels=np.array([1, 2])). */
  private static final String SAVED =
      "UEsDBC0AAAAAAAAAIQB+ntfP//////////8IABQAZGF0YS5ucHkBABAAhgAAAAAAAACGAAAAAAAAAJNO"
          + "VU1QWQEAdgB7J2Rlc2NyJzogJ3x1MScsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgy"
          + "LCAzKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
          + "ICAgICAKAAECAwQFUEsDBC0AAAAAAAAAIQAM/Bzp//////////8KABQAbGFiZWxzLm5weQEAEACQAAAA"
          + "AAAAAJAAAAAAAAAAk05VTVBZAQB2AHsnZGVzY3InOiAnPGk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxz"
          + "ZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
          + "ICAgICAgICAgICAgICAgICAgIAoBAAAAAAAAAAIAAAAAAAAAUEsBAi0DLQAAAAAAAAAhAH6e18+GAAAA"
          + "hgAAAAgAAAAAAAAAAAAAAIABAAAAAGRhdGEubnB5UEsBAi0DLQAAAAAAAAAhAAz8HOmQAAAAkAAAAAoA"
          + "AAAAAAAAAAAAAIABwAAAAGxhYmVscy5ucHlQSwUGAAAAAAIAAgBuAAAAjAEAAAAA";

  /** The same of np.savez_compressed. */
  private static final String PACKED =
      "UEsDBC0AAAAIAAAAIQB+ntfP//////////8IABQAZGF0YS5ucHkBABAAhgAAAAAAAABMAAAAAAAAAJvs"
          + "F+obEMnIUMZQrZ6SWpxcpG6loF5Taqiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6Csaa"
          + "Ogq1CmQDLgZGJmYWVgBQSwMELQAAAAgAAAAhAAz8HOn//////////woAFABsYWJlbHMubnB5AQAQAJAA"
          + "AAAAAAAASgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SSChJ3S8wp"
          + "TgWKF2ckFqQC+RpGOpo6CrUKFAAuRgYIYILSAFBLAQItAy0AAAAIAAAAIQB+ntfPTAAAAIYAAAAIAAAA"
          + "AAAAAAAAAACAAQAAAABkYXRhLm5weVBLAQItAy0AAAAIAAAAIQAM/BzpSgAAAJAAAAAKAAAAAAAAAAAA"
          + "AACAAYYAAABsYWJlbHMubnB5UEsFBgAAAAACAAIAbgAAAAwBAAAAAA==";

  @TempDir Path temp;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(temp.resolve("a.npz"), bytes);
  }

  private static void refused(Path file, String problem) {
    String message =
        assertThrows(
                FormatException.class,
                () -> {
                  for (String name : Npz.names(file)) {
                    Npz.read(file, name);
                  }
                })
            .getMessage();
    assertTrue(message.startsWith(file.toString()) && message.contains(problem), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void readsWhatNumpyWrites() throws IOException {
    for (String base64 : List.of(SAVED, PACKED)) {
      Path file = file(Base64.getDecoder().decode(base64));
      assertEquals(List.of("data", "labels"), Npz.names(file));
      assertEquals(
          new ByteArray(new int[] {2, 3}, new byte[] {0, 1, 2, 3, 4, 5}), Npz.read(file, "data"));
      assertArrayEquals(new byte[] {1, 2}, ((ByteArray) Npz.read(file, "labels")).values());
      String message = assertThrows(FormatException.class, () -> Npz.read(file, "x")).getMessage();
      assertTrue(message.contains("no array 'x'"), message);
    }
  }

  /** Whatever byte is another, and wherever the file ends: an array, or a line. */
  @Test
  void damagedArchivesAreALine() throws IOException {
    for (String base64 : List.of(SAVED, PACKED)) {
      byte[] whole = Base64.getDecoder().decode(base64);
      int refused = 0;
      for (int i = 0; i < whole.length; i++) {
        byte[] other = whole.clone();
        other[i] ^= 0x55;
        refused += survives(file(other)) ? 0 : 1;
        refused(file(Arrays.copyOf(whole, i)), "npz");
      }
      assertTrue(refused > whole.length / 3, refused + " of " + whole.length);
    }
  }

  private static boolean survives(Path file) {
    try {
      for (String name : Npz.names(file)) {
        Npz.read(file, name);
      }
      return true;
    } catch (FormatException e) {
      assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      return false;
    }
  }

  private static byte[] header(String shape) {
    String dictionary = "{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + ", }\n";
    ByteBuffer all = ByteBuffer.allocate(10 + dictionary.length()).order(ByteOrder.LITTLE_ENDIAN);
    all.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    all.putShort((short) dictionary.length());
    return all.put(dictionary.getBytes(StandardCharsets.US_ASCII)).array();
  }

  @Test
  void entriesThatPromiseMoreThanTheyHoldAreRefused() throws IOException {
    Path file = temp.resolve("a.npz");
    NpzBytes.write(file, true, "data", header("(2000000000,)"));
    refused(file, "takes 2000000000 bytes, the file holds 0");

    // A directory that says so, too.
    NpzBytes.write(file, true, "data", header("(200000000,)"));
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int directory = zip.getInt(bytes.length - 6);
    zip.putInt(directory + 24, 200_000_000 + header("(200000000,)").length);
    refused(file(bytes), "which the archive cannot hold");
  }

  @Test
  void whatIsNoArchiveOfArraysIsRefused() throws IOException {
    Path file = temp.resolve("a.npz");
    refused(file(new byte[0]), "no .npz archive");
    refused(file(new byte[100]), "no .npz archive");
    NpzBytes.write(file, true, "data", new byte[10]);
    refused(file, "not an .npy file");
    NpzBytes.write(file, true, "../data", new byte[0]);
    refused(file, "not an .npy file");
    Object[] many = new Object[2 * 1001];
    for (int i = 0; i < many.length; i += 2) {
      many[i] = "a" + i;
      many[i + 1] = new byte[0];
    }
    NpzBytes.write(file, true, many);
    refused(file, "more than 1000 arrays");
    refused(temp, "it is a folder");
    refused(temp.resolve("none.npz"), "no such file");
  }
}
