package vaeocl.train;

import java.nio.file.Path;
import vaeocl.formats.FormatException;

/** Files in one folder that are not of one run, or were changed since the run wrote them. */
public final class MixedRunException extends FormatException {
  private static final long serialVersionUID = 1L;

  MixedRunException(Path file, String problem) {
    super(file, problem);
  }
}
