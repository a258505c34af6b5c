package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Good files of every format, cut short at every byte and changed one byte at a time. */
class DamagedFileTest {
  @TempDir Path folder;

  private byte[] idx() throws IOException {
    Path file = folder.resolve("good-idx");
    new Idx(new int[] {2, 3, 2}, "twelve bytes".getBytes(StandardCharsets.US_ASCII)).write(file);
    return Files.readAllBytes(file);
  }

  private HostileFile idxReader() {
    return new HostileFile(folder.resolve("damaged"), f -> Idx.read(f, Idx.Kind.IMAGES));
  }

  @Test
  void plainIdx() throws IOException {
    HostileFile hostile = idxReader();
    byte[] good = idx();
    hostile.refusesEveryOtherLength(good);
    hostile.refusesForeignFiles();
    HostileFile.Outcome header = hostile.mutate(good, 0, 16);
    assertTrue(header.refused() > 0, "no damage done: " + header);
    assertEquals(0, header.same() + header.different(), header.toString());
  }

  /** The date and the system's name in a gzip header mean nothing; everything else is checked. */
  @Test
  void packedIdx() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(idx());
    }
    byte[] good = out.toByteArray();
    HostileFile hostile = idxReader();
    hostile.refusesEveryOtherLength(good);
    HostileFile.Outcome all = hostile.mutate(good, 0, good.length);
    assertTrue(all.refused() > 0, "no damage done: " + all);
    assertEquals(0, all.different(), "the checksum did not notice: " + all);
  }

  /** Damage is noticed in whatever member it is. */
  @Test
  void idxPackedInParts() throws IOException {
    byte[] plain = idx();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int[] part : new int[][] {{0, 3}, {3, 20}, {20, 20}, {20, plain.length}}) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(plain, part[0], part[1] - part[0]);
      }
    }
    byte[] good = out.toByteArray();
    HostileFile hostile = idxReader();
    hostile.refusesEveryOtherLength(good);
    HostileFile.Outcome all = hostile.mutate(good, 0, good.length);
    assertTrue(all.refused() > 0, "no damage done: " + all);
    assertEquals(0, all.different(), "a checksum did not notice: " + all);
  }

  @Test
  void safetensors() throws IOException {
    Path file = folder.resolve("damaged.safetensors");
    LinkedHashMap<String, FloatArray> t = new LinkedHashMap<>();
    t.put("w", new FloatArray(new int[] {2, 3}, new float[6]));
    t.put("b", new FloatArray(new int[] {2}, new float[] {1, 2}));
    Safetensors.write(file, t, Map.of("note", "x"));
    byte[] good = Files.readAllBytes(file);
    HostileFile hostile = new HostileFile(file, Safetensors::read);
    hostile.refusesEveryOtherLength(good);
    hostile.refusesForeignFiles();
    // A letter of a name or of the free text may change, so some of these are other good files.
    HostileFile.Outcome header = hostile.mutate(good, 0, good.length - 32);
    assertTrue(header.refused() > header.same() + header.different(), header.toString());
    HostileFile.Outcome values = hostile.mutate(good, good.length - 32, good.length);
    assertTrue(values.refused() > 0 && values.different() > 0, "NaN or another number: " + values);
  }

  /** Deep nesting, long numbers and long names cost neither the stack nor a page of message. */
  @Test
  void safetensorsWithOddJson() throws IOException {
    HostileFile hostile = new HostileFile(folder.resolve("odd.safetensors"), Safetensors::read);
    int n = 400_000;
    for (String json :
        new String[] {
          "{'a':" + "[".repeat(n),
          "{'a':".repeat(n / 5),
          "{'" + "a".repeat(n) + "':1}",
          "{'a':{'dtype':'" + "F".repeat(n) + "','shape':[1],'data_offsets':[0,4]}}",
          "{'a':{'dtype':'F32','shape':[" + "9".repeat(n) + "],'data_offsets':[0,4]}}",
          "{'a':{'dtype':'F32','shape':[1e999999999],'data_offsets':[0,4]}}",
          "{'a':{'dtype':'F32','shape':[" + "1,".repeat(n / 2) + "1],'data_offsets':[0,4]}}",
          "{'__metadata__':{'a':" + "[".repeat(n) + "}}"
        }) {
      hostile.refused(safetensors(json));
    }
  }

  /** Header and four bytes behind it; `'` stands for `"`. */
  private static byte[] safetensors(String header) {
    byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer all = ByteBuffer.allocate(8 + json.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    return all.putLong(json.length).put(json).array();
  }

  @Test
  void npy() throws IOException {
    Path file = folder.resolve("damaged.npy");
    HostileFile hostile = new HostileFile(file, Npy::read);
    Npy.write(file, new FloatArray(new int[] {2, 3}, new float[] {1, -2, 3, 4, 1e30f, 0}));
    byte[] good = Files.readAllBytes(file);
    hostile.refusesEveryOtherLength(good);
    hostile.refusesForeignFiles();
    HostileFile.Outcome header = hostile.mutate(good, 0, 128);
    assertTrue(header.refused() > 1000, "no damage done: " + header);
    assertEquals(1, header.different(), "big-endian is another array, no more are: " + header);
    HostileFile.Outcome values = hostile.mutate(good, 128, good.length);
    assertTrue(values.refused() > 0 && values.different() > 0, "NaN or another number: " + values);
  }
}
