package vaeocl.formats;

import java.io.IOException;
import java.nio.file.Path;
import vaeocl.formats.Idx.Kind;

/** IDX files of either kind, packed or not. */
public final class IdxFuzz {
  private static final FuzzedFile<Idx> LABELS = of(Kind.LABELS);
  private static final FuzzedFile<Idx> IMAGES = of(Kind.IMAGES);

  private IdxFuzz() {}

  private static FuzzedFile<Idx> of(Kind kind) {
    return FuzzedFile.of("idx.gz", file -> Idx.read(file, kind), (file, idx) -> idx.write(file));
  }

  /** Files to begin with. */
  public static void seeds(Path folder) throws IOException {
    for (String ending : new String[] {"", ".gz"}) {
      new Idx(new int[] {3}, new byte[] {7, 2, 1}).write(folder.resolve("labels" + ending));
      new Idx(new int[] {2, 4, 3}, new byte[24]).write(folder.resolve("images" + ending));
    }
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    for (byte[] each : new byte[][] {bytes, GzipFuzz.mended(bytes)}) {
      LABELS.check(each);
      IMAGES.check(each);
    }
  }
}
