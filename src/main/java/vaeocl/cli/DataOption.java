package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import vaeocl.data.Catalogue;
import vaeocl.data.Dataset;
import vaeocl.data.Notices;
import vaeocl.train.RunConfig;

/** {@code --data} and {@code --dataset}: where the images come from. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Folder with MNIST's four IDX files, .gz or not. Without it: the folder named by"
            + " VAE_OCL_DATA, else the cache, else a download."
      })
  private Path folder;

  @Option(
      names = "--dataset",
      paramLabel = "auto|mnist|digits",
      description =
          "mnist; digits, which the program draws itself; or auto (the default): mnist, but digits"
              + " where no folder was named and the download fails.")
  private Catalogue.Choice choice;

  /** Whether the user said where the images are. */
  boolean given() {
    return folder != null || choice != null;
  }

  Dataset load(PrintWriter err) throws IOException {
    return load(choice == null ? Catalogue.Choice.AUTO : choice, folder, err);
  }

  /** The images of a run: from where they were then, unless the user says where they are now. */
  Dataset loadAgain(RunConfig.Data run, PrintWriter err) throws IOException {
    if (given()) {
      return load(err);
    }
    if (run.name().equals(Catalogue.Choice.DIGITS.toString())) {
      return load(Catalogue.Choice.DIGITS, null, err);
    }
    Path before = Path.of(run.source());
    boolean there = before.isAbsolute() && Files.isDirectory(before);
    if (!there && !run.name().equals(Catalogue.Choice.MNIST.toString())) {
      throw new UserError(
          "the run's images are not in " + before + " any more; name their folder with --data");
    }
    return load(Catalogue.Choice.MNIST, there ? before : null, err);
  }

  /** The images that a model's metadata names, where the program knows them by name. */
  Dataset loadNamed(String name, PrintWriter err) throws IOException {
    boolean drawn = name.equals(Catalogue.Choice.DIGITS.toString());
    return drawn ? load(Catalogue.Choice.DIGITS, null, err) : load(err);
  }

  private static Dataset load(Catalogue.Choice choice, Path folder, PrintWriter err)
      throws IOException {
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
    return new Catalogue(cache, notices).load(choice, folder, System.getenv(Catalogue.VARIABLE));
  }
}
