package vaeocl.formats;

import java.io.IOException;
import java.nio.file.Path;

/** Arrays of NumPy's. */
public final class NpyFuzz {
  private static final FuzzedFile<NumberArray> FILE =
      FuzzedFile.of("array.npy", Npy::read, Npy::write);

  private NpyFuzz() {}

  /** Files to begin with. */
  public static void seeds(Path folder) throws IOException {
    int[] shape = {2, 3};
    Npy.write(folder.resolve("floats"), new FloatArray(shape, new float[] {1, -2, 3, 4, 1e30f, 0}));
    Npy.write(folder.resolve("bytes"), new ByteArray(shape, new byte[] {0, 1, 2, -1, -128, 9}));
    Npy.write(folder.resolve("number"), new FloatArray(new int[] {}, new float[] {0.5f}));
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    FILE.check(bytes);
  }
}
