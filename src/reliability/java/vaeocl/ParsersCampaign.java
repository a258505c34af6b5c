package vaeocl;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import vaeocl.data.NpzFuzz;
import vaeocl.formats.CodeFileFuzz;
import vaeocl.formats.GzipFuzz;
import vaeocl.formats.IdxFuzz;
import vaeocl.formats.JpegFuzz;
import vaeocl.formats.NpyFuzz;
import vaeocl.formats.PngFuzz;
import vaeocl.formats.SafetensorsFuzz;
import vaeocl.train.MetricsFuzz;
import vaeocl.train.RunConfigFuzz;
import vaeocl.tune.TunedTilingsFuzz;

/**
 * Every parser under a coverage-guided fuzzer, one a processor at a time; one alone by {@code
 * -Dtest=ParsersCampaign#npy}, with other budgets by {@code -Dvaeocl.executions=N}.
 */
@Execution(ExecutionMode.CONCURRENT)
class ParsersCampaign {
  private static void fuzz(String parser, Class<?> target, Fuzzing.Seeds seeds, String... classes)
      throws IOException, InterruptedException {
    List<String> sources = Stream.of(classes).map(name -> name + ".java").toList();
    Fuzzing.of(parser, target, seeds, sources).check();
  }

  @AfterAll
  static void print() throws IOException {
    System.out.println("parser | executions | line coverage | findings");
    for (String line : Fuzzing.table().stream().skip(1).toList()) {
      String[] cells = line.split(",", 7);
      System.out.println(String.join(" | ", cells[0], cells[1], cells[4], cells[5]));
    }
  }

  @Test
  void png() throws Exception {
    String[] classes = {"Png", "PngChunks", "PngHeader", "PngSamples"};
    fuzz("png", PngFuzz.class, PngFuzz::seeds, classes);
  }

  @Test
  void npy() throws Exception {
    fuzz("npy", NpyFuzz.class, NpyFuzz::seeds, "Npy", "NpyHeader", "NpyType", "NumberType");
  }

  @Test
  void safetensors() throws Exception {
    String[] classes = {"Safetensors", "SafetensorsHeader"};
    fuzz("safetensors", SafetensorsFuzz.class, SafetensorsFuzz::seeds, classes);
  }

  @Test
  void idx() throws Exception {
    fuzz("idx", IdxFuzz.class, IdxFuzz::seeds, "Idx");
  }

  @Test
  void gzip() throws Exception {
    fuzz("gzip", GzipFuzz.class, GzipFuzz::seeds, "StrictGzip");
  }

  @Test
  void codes() throws Exception {
    fuzz("codes", CodeFileFuzz.class, CodeFileFuzz::seeds, "CodeFile", "BitPacking");
  }

  @Test
  void config() throws Exception {
    fuzz("config", RunConfigFuzz.class, RunConfigFuzz::seeds, "RunConfig", "JsonReason");
  }

  @Test
  void metrics() throws Exception {
    fuzz("metrics", MetricsFuzz.class, MetricsFuzz::seeds, "Metrics");
  }

  @Test
  void npz() throws Exception {
    fuzz("npz", NpzFuzz.class, NpzFuzz::seeds, "Npz", "ArrayFiles");
  }

  @Test
  void jpeg() throws Exception {
    fuzz("jpeg", JpegFuzz.class, JpegFuzz::seeds, "Jpeg");
  }

  @Test
  void tuned() throws Exception {
    fuzz("tuned", TunedTilingsFuzz.class, TunedTilingsFuzz::seeds, "TunedTilings");
  }
}
