package vaeocl.data;

import java.io.IOException;
import vaeocl.formats.FormatException;

/** A data set that could not be downloaded. The message is one line, with the reason per mirror. */
public final class DownloadException extends IOException {
  private static final long serialVersionUID = 1L;

  DownloadException(String message, Throwable cause) {
    super(FormatException.oneLine(message), cause);
  }
}
