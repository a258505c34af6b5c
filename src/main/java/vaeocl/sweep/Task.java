package vaeocl.sweep;

import java.util.List;
import java.util.stream.Collectors;
import vaeocl.formats.ShellLine;

/**
 * One training of a sweep.
 *
 * @param number from 1
 * @param folder of its run, in the sweep's
 * @param options of 'train', a word each
 */
public record Task(int number, String folder, List<String> options) {
  public Task {
    options = List.copyOf(options);
  }

  /** The options as a shell takes them. */
  public String line() {
    return options.stream().map(ShellLine::quoted).collect(Collectors.joining(" "));
  }
}
