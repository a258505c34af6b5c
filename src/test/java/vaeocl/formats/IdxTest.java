package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxTest {
  @TempDir Path folder;

  private static final Idx IMAGES = new Idx(new int[] {2, 3, 2}, counting(12));
  private static final Idx LABELS = new Idx(new int[] {5}, counting(5));

  private static byte[] counting(int n) {
    byte[] b = new byte[n];
    for (int i = 0; i < n; i++) {
      b[i] = (byte) (250 + i);
    }
    return b;
  }

  private static byte[] file(Idx idx) {
    byte[] head = Idx.header(idx.dims());
    return ByteBuffer.allocate(head.length + idx.data().length).put(head).put(idx.data()).array();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  private static byte[] plus(byte[] bytes, String tail) {
    byte[] extra = tail.getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(bytes, bytes.length + extra.length);
    System.arraycopy(extra, 0, all, bytes.length, extra.length);
    return all;
  }

  /** Reads {@code bytes}, which must be refused in one line that names the file. */
  private void refused(String problem, Idx.Kind kind, byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("some-file"), bytes);
    refused(problem, kind, file);
  }

  private static void refused(String problem, Idx.Kind kind, Path file) {
    String message =
        assertThrows(FormatException.class, () -> Idx.read(file, kind), problem).getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    assertTrue(message.contains(problem), message);
    assertEquals(1, message.lines().count(), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "packed.gz"})
  void readsWhatItWrote(String name) throws IOException {
    Path file = folder.resolve(name);
    IMAGES.write(file);
    assertEquals(IMAGES, Idx.read(file, Idx.Kind.IMAGES));
    LABELS.write(file);
    assertEquals(LABELS, Idx.read(file, Idx.Kind.LABELS));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count(), "no temporary file stays");
    }
  }

  @Test
  void writesTheDocumentedBytes() throws IOException {
    Path file = folder.resolve("labels");
    LABELS.write(file);
    byte[] expected = {0, 0, 8, 1, 0, 0, 0, 5, -6, -5, -4, -3, -2};
    assertArrayEquals(expected, Files.readAllBytes(file));
  }

  @Test
  void tellsGzipByItsContents() throws IOException {
    Path file = Files.write(folder.resolve("packed-without-suffix"), gzip(file(IMAGES)));
    assertEquals(IMAGES, Idx.read(file, Idx.Kind.IMAGES));
  }

  /** As `cat a.gz b.gz` and parallel packers write it: more members than the stack has frames. */
  @Test
  void readsManyGzipMembers() throws IOException {
    byte[] whole = file(IMAGES);
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (byte b : whole) {
      members.write(gzip(new byte[] {b}));
    }
    byte[] none = gzip(new byte[0]);
    for (int i = 0; i < 20_000; i++) {
      members.write(none);
    }
    Path file = Files.write(folder.resolve("members.gz"), members.toByteArray());
    assertEquals(IMAGES, Idx.read(file, Idx.Kind.IMAGES));
  }

  /** FEXTRA, FNAME, FCOMMENT and FHCRC: `gzip` itself writes the name. */
  @Test
  void skipsOptionalGzipFields() throws IOException {
    byte[] packed = gzip(file(LABELS));
    byte[] fields = {3, 0, 'a', 'b', 'c', 'n', 0, 'c', 0, 1, 2};
    ByteBuffer all = ByteBuffer.allocate(packed.length + fields.length);
    all.put(packed, 0, 10).put(fields).put(packed, 10, packed.length - 10).put(3, (byte) 0x1e);
    Path file = Files.write(folder.resolve("fields.gz"), all.array());
    assertEquals(LABELS, Idx.read(file, Idx.Kind.LABELS));
  }

  @Test
  void refusesTruncatedFiles() throws IOException {
    byte[] whole = file(IMAGES);
    byte[] packed = gzip(whole);
    refused("truncated", Idx.Kind.IMAGES, Arrays.copyOf(whole, whole.length - 1));
    refused("truncated", Idx.Kind.IMAGES, Arrays.copyOf(whole, 9));
    refused("truncated", Idx.Kind.IMAGES, Arrays.copyOf(packed, packed.length - 1));
    refused("truncated", Idx.Kind.IMAGES, gzip(Arrays.copyOf(whole, whole.length - 1)));
  }

  @Test
  void refusesTrailingData() throws IOException {
    refused("trailing", Idx.Kind.IMAGES, plus(file(IMAGES), "x"));
    refused("trailing", Idx.Kind.IMAGES, plus(gzip(file(IMAGES)), "x"));
    refused("more data", Idx.Kind.IMAGES, gzip(plus(file(IMAGES), "x")));
    // Long enough to lie beyond the inflater's buffer.
    refused("trailing", Idx.Kind.IMAGES, plus(gzip(file(IMAGES)), "x".repeat(200_000)));
  }

  @Test
  void refusesDamagedGzip() throws IOException {
    byte[] packed = gzip(file(IMAGES));
    packed[packed.length - 8] ^= 1;
    refused("checksum", Idx.Kind.IMAGES, packed);
    byte[] rubbish = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7};
    refused("damaged gzip", Idx.Kind.IMAGES, rubbish);
    refused("not an IDX file", Idx.Kind.IMAGES, gzip(plus(new byte[0], "<html>no</html>")));
  }

  @Test
  void refusesOtherFiles() throws IOException {
    refused("empty", Idx.Kind.IMAGES, new byte[0]);
    refused("not an IDX file", Idx.Kind.IMAGES, plus(new byte[0], "<html>Not found</html>"));
    byte[] floats = file(IMAGES);
    floats[2] = 0x0d;
    refused("element type 13", Idx.Kind.IMAGES, floats);
    refused("images (3 dimensions) where labels", Idx.Kind.LABELS, file(IMAGES));
    refused("labels (1 dimension) where images", Idx.Kind.IMAGES, gzip(file(LABELS)));
    byte[] planes = file(IMAGES);
    planes[3] = 2;
    refused("holds 2 dimensions", Idx.Kind.IMAGES, planes);
    refused("no such file", Idx.Kind.IMAGES, folder.resolve("absent"));
    refused("folder", Idx.Kind.IMAGES, folder);
  }

  /** A few bytes that promise up to 2^31 images must not make the reader ask for memory. */
  @Test
  void refusesPromisesBeyondTheFile() throws IOException {
    refused("announces", Idx.Kind.IMAGES, Idx.header(Integer.MIN_VALUE, 28, 28));
    refused("announces", Idx.Kind.IMAGES, gzip(Idx.header(Integer.MIN_VALUE, 28, 28)));
    refused("announces", Idx.Kind.IMAGES, gzip(Idx.header(Integer.MAX_VALUE, 28, 28)));
    refused("announces", Idx.Kind.IMAGES, gzip(Idx.header(65536, 65536, 65536)));
    refused("announces 0x28x28 bytes; 1 to", Idx.Kind.IMAGES, gzip(Idx.header(0, 28, 28)));
    refused("1 to 2147483639 are read", Idx.Kind.IMAGES, Idx.header(65536, 65536, 65536));
    // 547 MB are read (EMNIST has so many images), but not out of 40 bytes.
    refused("no packed file of", Idx.Kind.IMAGES, gzip(Idx.header(697_932, 28, 28)));
    refused("truncated: its header", Idx.Kind.IMAGES, Idx.header(697_932, 28, 28));
    refused("announces", Idx.Kind.LABELS, Idx.header(200_000_000));
  }

  @Test
  void namesFromStrangersDoNotBreakTheLine() {
    FormatException e = new FormatException(Path.of("a\nb\u001b[31m"), "is odd");
    assertEquals("a?b?[31m: is odd", e.getMessage());
    // C1 controls (U+009B opens an escape sequence by itself) and marks that reverse the text.
    e = new FormatException(Path.of("a"), "\u009b31m\u202e\u2028 is odd");
    assertEquals("a: ?31m?? is odd", e.getMessage());
    e = new FormatException(Path.of("a"), "x".repeat(100_000));
    assertTrue(e.getMessage().length() < 1000, "a message is read by a person");
  }

  @Test
  void constructorChecksTheDimensions() {
    assertThrows(IllegalArgumentException.class, () -> new Idx(new int[] {2, 2}, new byte[4]));
    assertThrows(IllegalArgumentException.class, () -> new Idx(new int[] {3}, new byte[4]));
    assertFalse(IMAGES.equals(new Idx(new int[] {3, 2, 2}, counting(12))));
  }
}
