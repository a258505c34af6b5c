package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dictionary at the start of a .npy file: what NumPy may write, and what nobody should. */
class NpyHeaderTest {
  @TempDir Path folder;
  private Path file;
  private HostileFile hostile;

  @BeforeEach
  void names() {
    file = folder.resolve("some.npy");
    hostile = new HostileFile(file, Npy::read);
  }

  /** A file of version 1 with this header, without padding, and so many zero bytes behind it. */
  private static byte[] bytes(String header, int dataBytes) {
    byte[] text = (header + "\n").getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer all =
        ByteBuffer.allocate(10 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    all.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    return all.putShort((short) text.length).put(text).array();
  }

  private void refused(String problem, byte[] bytes) throws IOException {
    String message = hostile.refused(bytes);
    assertTrue(message.contains(problem), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "Python objects, which are never read#'|O'",
        "\"<c8\", but bool, integers and floats of at most 64 bits are read#'<c8'",
        "\"<f16\", but bool#'<f16'",
        "\"<V2\", but bool#'<V2'",
        "save it with .astype(np.float32)#'<U5'",
        "\"\", but bool#''",
        "structured dtype#[('a', '<f4'), ('b', '<f4')]",
        "structured dtype#('<f4', 2)",
        "structured dtype#True",
      })
  void refusesOtherTypes(String problem, String descr) throws IOException {
    refused(problem, bytes("{'descr': " + descr + ", 'fortran_order': False, 'shape': (2,), }", 8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "dictionary#2",
        "bad shape#'2'",
        "bad shape#[2]",
        "bad shape#(2)",
        "bad dimension#(,)",
        "bad dimension \"-2\"#(-2,)",
        "bad dimension#(-1, -2)",
        "bad dimension#(2.0,)",
        "bad dimension#(02,)",
        "bad dimension#(2LL,)",
        "bad dimension#(L,)",
        "bad dimension#(1 2,)",
        "dictionary#(0x2,",
        "bad dimension#(2,,)",
        "bad dimension#(,2)",
        "bad dimension#(+2,)",
        "bad dimension#(2_0,)",
        "bad dimension#(99999999999999999999,)",
        "is empty#(0,)",
        "is empty#(3, 0)",
        "too large#(9999999999,)",
        "truncated or has trailing#(1,)",
        "truncated or has trailing#(3,)",
        "truncated or has trailing#()",
        "more than 2147483639#(65536, 65536, 65536, 65536)",
        "more than#(268435456, 268435456, 268435456, 268435456, 268435456, 268435456)",
        "truncated or has trailing#(268435456,)",
        "33 dimensions#(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2)",
      })
  void refusesBadShapes(String problem, String shape) throws IOException {
    refused(
        problem, bytes("{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }", 8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{,}",
        "{'descr': '|u1', 'fortran_order': False}",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), 'x': True}",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), 'shape': (2,)}",
        "{'descr': '|u1', 'fortran_order': 0, 'shape': (2,)}",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}}",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2,)} #",
        "{'descr': '|u1', 'fortran_order': False, 'shape': tuple([2])}",
        "{'descr': '|u1', 'fortran_order': False 'shape': (2,)}",
        "{'descr\": '|u1', 'fortran_order': False, 'shape': (2,)}",
        "{'descr': '\\x7cu1', 'fortran_order': False, 'shape': (2,)}",
        "{'descr':\t'|u1', 'fortran_order': False, 'shape': (2,)}",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}\n",
      })
  void refusesOtherHeaders(String header) throws IOException {
    refused("dictionary of descr, fortran_order and shape", bytes(header, 2));
  }

  @Test
  void refusesOtherOrders() throws IOException {
    String header = "{'descr': '|u1', 'fortran_order': %s, 'shape': (2,)}";
    refused("bad fortran_order", bytes(header.formatted("'False'"), 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'shape': (3, 2), 'descr': '|u1', 'fortran_order': False}",
        "{\"fortran_order\":False,\"descr\":\"|u1\",\"shape\":(3,2,)}",
        "{ 'descr' : '|u1' , 'fortran_order' : False , 'shape' : ( 3 , 2 ) , }   ",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (3L, 2L), }",
      })
  void readsTheDictionaryInAnyOrder(String header) throws IOException {
    Files.write(file, bytes(header, 6));
    assertEquals(new ByteArray(new int[] {3, 2}, new byte[6]), Npy.read(file));
  }

  /** Long texts that make a careless expression backtrack or recurse. */
  @Test
  void refusesLongHeadersAtOnce() throws IOException {
    int n = 32_000;
    for (String shape :
        new String[] {
          "(" + "1,".repeat(n) + ")",
          "(" + " ".repeat(n) + "x)",
          "(" + "(".repeat(n),
          "'" + "a".repeat(n)
        }) {
      hostile.refused(bytes("{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + "}", 1));
    }
    refused("dictionary", bytes("{" + "'a': True,".repeat(6000), 0));
    refused("dictionary", bytes(" ".repeat(65_000), 0));
    byte[] two = Arrays.copyOf(bytes("", 0), 100_000);
    ByteBuffer.wrap(two).order(ByteOrder.LITTLE_ENDIAN).put(6, (byte) 2).putInt(8, 65_537);
    refused("has 65537 bytes, at most 65536", two);
    ByteBuffer.wrap(two).putInt(8, -1);
    refused("has 4294967295 bytes", two);
  }
}
