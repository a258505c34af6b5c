package vaeocl.formats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Arrays of NumPy's. */
public final class NpyFuzz {
  private static final FuzzedFile<NumberArray> FILE =
      FuzzedFile.of("array.npy", Npy::read, Npy::write);

  private NpyFuzz() {}

  /** Files to begin with: what is written, and the same bytes as numbers of every type. */
  public static void seeds(Path folder) throws IOException {
    int[] shape = {2, 3};
    Npy.write(folder.resolve("floats"), new FloatArray(shape, new float[] {1, -2, 3, 4, 1e30f, 0}));
    Npy.write(folder.resolve("bytes"), new ByteArray(shape, new byte[] {0, 1, 2, -1, -128, 9}));
    Npy.write(folder.resolve("number"), new FloatArray(new int[] {}, new float[] {0.5f}));
    Path zeros = folder.resolve("zeros");
    Npy.write(zeros, new ByteArray(new int[] {16}, new byte[16]));
    String text = Files.readString(zeros, StandardCharsets.ISO_8859_1);
    for (String type : List.of("b1", "i1", "i2", "i4", "i8", "u2", "u4", "u8", "f2", "f4", "f8")) {
      int count = 16 / Character.digit(type.charAt(1), 10);
      String other = text.replace("|u1", "<" + type).replace("(16,)", "(%2d,)".formatted(count));
      Files.writeString(folder.resolve(type), other, StandardCharsets.ISO_8859_1);
    }
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    FILE.check(bytes);
  }
}
