package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import vaeocl.data.Choice;
import vaeocl.data.Dataset;
import vaeocl.data.Reading;

/** Reads each data set once, for work that goes on with it. */
final class LoadedImages implements ImageLoader {
  private final Map<Key, Dataset> images = new HashMap<>();

  private record Key(Choice choice, Path folder, Reading reading) {}

  @Override
  public Dataset load(Choice choice, Path folder, Reading reading, PrintWriter err)
      throws IOException {
    Key key = new Key(choice, folder, reading);
    if (!images.containsKey(key)) {
      images.put(key, DataOption.read(choice, folder, reading, err));
    }
    return images.get(key);
  }
}
