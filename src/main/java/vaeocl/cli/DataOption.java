package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import vaeocl.data.Catalogue;
import vaeocl.data.Dataset;
import vaeocl.data.Notices;

/** {@code --data} and {@code --dataset}: where the images come from. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Folder with MNIST's four IDX files, .gz or not. Without it: the folder named by"
            + " VAE_OCL_DATA, else the cache, else a download. Of a model: the images it was trained"
            + " with, which are known by their checksum; 'report' and '--resume' take no others."
      })
  private Path folder;

  @Option(
      names = "--dataset",
      paramLabel = "auto|mnist|digits",
      description =
          "mnist, by its contents; digits, which the program draws itself; or auto (the default): mnist, but digits"
              + " where no folder was named and the download fails.")
  private Catalogue.Choice choice;

  /** Whether the user said where the images are. */
  boolean given() {
    return folder != null || choice != null;
  }

  Dataset load(PrintWriter err) throws IOException {
    return load(choice == null ? Catalogue.Choice.AUTO : choice, folder, err);
  }

  /** The value of {@link Catalogue#VARIABLE}; "" where it is unset. */
  static String environment() {
    String value = System.getenv(Catalogue.VARIABLE);
    return value == null ? "" : value;
  }

  /** Loads a data set; {@code folder} may be null. */
  static Dataset load(Catalogue.Choice choice, Path folder, PrintWriter err) throws IOException {
    Path cache = Catalogue.cacheFolder(System::getenv, System.getProperty("user.home"));
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
    return new Catalogue(cache, notices, System::getenv).load(choice, folder, environment());
  }
}
