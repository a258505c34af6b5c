package vaeocl.formats;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file that the disk does not take, for want of room or for a fault of its own. */
public final class WriteException extends FormatException {
  private static final long serialVersionUID = 1L;

  /** Names {@code file} and says what the system does. */
  public WriteException(Path file, IOException cause) {
    super(file, "cannot be written: " + reason(cause), cause);
  }

  /** What the system says, without the names of files, which may be temporary ones. */
  public static String reason(IOException e) {
    if (e instanceof WriteException && e.getCause() instanceof IOException cause) {
      return reason(cause);
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    boolean said = e instanceof FileSystemException f && f.getReason() != null;
    String reason = said ? ((FileSystemException) e).getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
