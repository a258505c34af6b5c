package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static vaeocl.cli.CommandRun.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vaeocl.cli.CommandRun.Outcome;
import vaeocl.formats.FloatArray;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Npy;
import vaeocl.formats.Png;

/** What eval, encode, decode, reconstruct, generate and export refuse. */
class ModelMistakesTest {
  @TempDir static Path temp;
  private static TrainedModels models;

  @BeforeAll
  static void train() throws IOException {
    models = TrainedModels.train(temp, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "eval NOWHERE, no such file",
    "eval DIGITS, holds no run",
    "eval RUN --bits 1, must be 2 to 16",
    "eval RUN --bits 9-4, the smaller number comes first",
    "eval RUN --bits many, takes a number or a range",
    "eval RUN --dataset digits --data DIGITS, leave out --data",
    "encode RUN --out TEMP/x.png, has to end in .npy",
    "encode RUN --bits 17 --out TEMP/x.codes, must be 2 to 16",
    "encode RUN --count 41 --out TEMP/x.npy, only 40 images",
    "encode RUN --count 0 --out TEMP/x.npy, at least 1",
    "encode RUN TEMP/text.npy --out TEMP/x.npy, text.npy",
    "encode RUN TEMP/text.png --out TEMP/x.npy, text.png",
    "encode RUN TEMP/text.txt --out TEMP/x.npy, .npy and .png",
    "encode RUN TEMP/pixels-255.npy --out TEMP/x.npy, divide bytes by 255",
    "encode RUN TEMP/small.npy --out TEMP/x.npy, '(N, 28, 28)'",
    "encode RUN TEMP/small.png --out TEMP/x.npy, scale it first",
    "encode RUN TEMP/small.npy --part train --out TEMP/x.npy, not both",
    "encode RUN --out TEMP/no/such/x.npy, there is no folder",
    "decode RUN TEMP/small.npy --out TEMP/x.npy, codes for this model",
    "decode RUN TEMP/text.codes --out TEMP/x.npy, not a file of codes",
    "decode RUN, CODES",
    "reconstruct RUN --z most --out TEMP/x.npy, most",
    "reconstruct RUN --out TEMP/x.gif, .npy or .png",
    "generate WIDE --grid 4 --out TEMP/x.png, needs a model with 2",
    "generate RUN --grid 0 --out TEMP/x.png, at least 1",
    "generate RUN --grid 3 --count 3 --out TEMP/x.png, mutually exclusive",
    "generate RUN --between 1 --out TEMP/x.png, takes two numbers",
    "'generate RUN --between 1,40 --out TEMP/x.png', 0 to 39",
    "'generate RUN --between 1,2 --steps 1 --out TEMP/x.png', at least 2",
    "generate RUN --count 10001 --out TEMP/x.png, at most 10000",
    "generate RUN --count 2000000000 --out TEMP/x.npy, at most 100000",
    "'generate RUN --between 1,2 --steps 2000000000 --out TEMP/x.npy', at most 100000",
    "export RUN, --onnx",
    "export RUN --onnx TEMP/no/such/x.onnx, folder",
  })
  void mistakesGetOneLine(String line, String part) throws IOException {
    Files.writeString(models.out("text.npy"), "text");
    Files.writeString(models.out("text.png"), "text");
    Files.writeString(models.out("text.txt"), "text");
    Files.writeString(models.out("text.codes"), "text");
    float[] ones = new float[784];
    Arrays.fill(ones, 255);
    Npy.write(models.out("pixels-255.npy"), new FloatArray(new int[] {1, 28, 28}, ones));
    Npy.write(models.out("small.npy"), new FloatArray(new int[] {1, 9}, new float[9]));
    Png.write(models.out("small.png"), new GreyImage(3, 3, new byte[9]));
    Object[] args =
        Arrays.stream(line.split(" "))
            .map(
                a ->
                    a.replace("RUN", models.run().toString())
                        .replace("WIDE", models.wide().toString())
                        .replace("DIGITS", models.digits().toString())
                        .replace("NOWHERE", models.out("nowhere").toString())
                        .replace("TEMP", models.temp().toString()))
            .toArray();
    Outcome o = CommandRun.run(args);
    assertRefused(o, part);
    assertEquals("", o.out());
    assertFalse(
        Files.exists(models.out("x.npy")) || Files.exists(models.out("x.png")),
        "nothing is written");
  }
}
