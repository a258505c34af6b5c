package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Path;
import vaeocl.data.IdxFolder;
import vaeocl.data.Images;
import vaeocl.formats.FloatArray;
import vaeocl.formats.Npy;

/**
 * Two small trained models, for tests of what commands make of them.
 *
 * @param temp a folder for what the commands write
 * @param digits the images that they were trained on
 * @param run one with two latent dimensions
 * @param wide one with five
 * @param test the test images, {@link #TEST_IMAGES} of 28x28
 */
record TrainedModels(Path temp, Path digits, Path run, Path wide, Images test) {
  static final int TEST_IMAGES = 40;

  /** Trains both. */
  static TrainedModels train(Path temp, int epochs) throws IOException {
    SmallTraining training =
        SmallTraining.of(
            temp.resolve("digits"),
            300,
            TEST_IMAGES,
            "--hidden",
            30,
            "--seed",
            4,
            "--batch-size",
            32);
    Path run = temp.resolve("run");
    Path wide = temp.resolve("wide");
    training.ok(run, epochs, "--latent", 2);
    training.ok(wide, epochs, "--latent", 5);
    Images test = IdxFolder.read(training.digits()).test();
    return new TrainedModels(temp, training.digits(), run, wide, test);
  }

  Path out(String name) {
    return temp.resolve(name);
  }

  /** The values of an array in a file, which has this shape. */
  static float[] floats(Path file, int... shape) throws IOException {
    FloatArray array = Npy.readFloats(file);
    assertArrayEquals(shape, array.shape());
    return array.values();
  }
}
