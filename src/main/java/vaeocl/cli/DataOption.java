package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;
import vaeocl.api.ImageSet;
import vaeocl.data.Catalogue;
import vaeocl.data.Choice;
import vaeocl.data.Dataset;
import vaeocl.data.Notices;
import vaeocl.data.Reading;

/** {@code --data}, {@code --dataset} and what goes with them: the images, and how to read them. */
class DataOption {
  /** What an option is for, where it means nothing. */
  private static final Map<String, String> PURPOSES =
      Map.of(
          "--key", "names an array of an .npz file",
          "--size", "is for PNG and JPEG files, and for arrays of flat rows",
          "--test-share", "is for images in one part, and these have a part to test with",
          "--invert", "is for images that are read");

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description = {
        "Folder with images: MNIST's IDX files, .gz or not; .npy or .npz files; PNG or JPEG files,"
            + " folders of which are classes; or one .npy or .npz file. Without it: the folder named"
            + " by VAE_OCL_DATA, else the cache, else a download of MNIST. Of a model: the images it"
            + " was trained with, which are known by their checksum; 'report' and '--resume' take no"
            + " others."
      })
  private Path folder;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description =
          "mnist or fashion-mnist, by their contents; kmnist, emnist-digits or emnist-letters, which"
              + " --data has to name; digits, which the program draws itself; or auto (the default):"
              + " what --data holds, else mnist, but digits where the download fails.")
  private Choice choice;

  @Option(
      names = "--key",
      paramLabel = "NAME",
      description = "The array of an .npz file that holds the images (data, or its only one).")
  private String key;

  @Option(
      names = "--size",
      paramLabel = "HxW",
      description =
          "Scale PNG and JPEG files to this height and width; or what the rows of an array [N, H*W]"
              + " are.")
  private String size;

  @Option(
      names = "--test-share",
      paramLabel = "X",
      description =
          "Share of the images to test with, where they are in one part (0.1): which, depends on"
              + " their number alone.")
  private Double testShare;

  private ImageLoader loader = DataOption::read;

  /** What reads images; trainings of one process share them. */
  void from(ImageLoader other) {
    loader = other;
  }

  /** Whether white is to be black. */
  boolean inverted() {
    return false;
  }

  /** Whether the user said where the images are. */
  boolean given() {
    return folder != null || choice != null;
  }

  Dataset load(PrintWriter err) throws IOException {
    return load(Reading.PLAIN, err);
  }

  /**
   * Loads what the user names.
   *
   * @param before how the images are read where the user does not say it
   * @throws UserError if options mean nothing for these images
   */
  Dataset load(Reading before, PrintWriter err) throws IOException {
    Reading said = reading();
    boolean any = !said.options().isEmpty();
    Choice which = choice == null ? Choice.AUTO : choice;
    Dataset found = loader.load(which, folder, any ? said : before, err);
    said.unused(found.reading()).stream()
        .findFirst()
        .ifPresent(
            option -> {
              throw new UserError(option + " " + PURPOSES.get(option) + ": " + found.source());
            });
    return found;
  }

  /**
   * @throws UserError if the user says how to read images that are not named
   */
  void refuseReading() {
    reading();
  }

  /** What the user says of how to read the images. */
  private Reading reading() {
    Reading said;
    try {
      said = Reading.of(key, size, inverted(), testShare == null ? 0 : testShare);
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
    if (testShare != null && testShare == 0) {
      throw new UserError("--test-share must be more than 0, less than 1");
    }
    if (key != null && key.isEmpty()) {
      throw new UserError("--key takes the name of an array");
    }
    if (folder == null && !said.options().isEmpty()) {
      String first = said.options().keySet().iterator().next();
      throw new UserError("--" + first + " says how to read the images of --data PATH; name them");
    }
    return said;
  }

  /** The value of {@link Catalogue#VARIABLE}; "" where it is unset. */
  static String environment() {
    String value = System.getenv(Catalogue.VARIABLE);
    return value == null ? "" : value;
  }

  /** Loads another data set than the named one; {@code from} may be null. */
  Dataset load(Choice other, Path from, Reading reading, PrintWriter err) throws IOException {
    return loader.load(other, from, reading, err);
  }

  /** Reads a data set; {@code folder} may be null. */
  static Dataset read(Choice choice, Path folder, Reading reading, PrintWriter err)
      throws IOException {
    Notices notices =
        new Notices() {
          @Override
          public void progress(String line) {
            err.println(line);
            err.flush();
          }

          @Override
          public void warning(String line) {
            err.println("vae-ocl: warning: " + line);
            err.flush();
          }
        };
    return ImageSet.load(choice, folder, reading, notices).dataset();
  }
}
