package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import vaeocl.data.Choice;
import vaeocl.data.Dataset;
import vaeocl.data.Reading;

/** Reads data sets. */
@FunctionalInterface
interface ImageLoader {
  /**
   * A data set.
   *
   * @param folder null where the choice does not need it
   * @param err told of downloads and of what is odd
   */
  Dataset load(Choice choice, Path folder, Reading reading, PrintWriter err) throws IOException;
}
