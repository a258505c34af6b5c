package vaeocl.train;

import java.nio.file.Path;
import vaeocl.formats.FormatException;

/** Somebody else trains in a folder. */
public final class InUseException extends FormatException {
  private static final long serialVersionUID = 1L;

  InUseException(Path folder) {
    super(folder, "is in use by another training; wait for it or stop it");
  }
}
