package vaeocl.formats;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that cannot be used. The message is one line: the file, what is wrong with it and, where
 * it is not obvious, what to do. It is meant to be printed as it stands, without a stack trace.
 */
public class FormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names {@code file} and says what is wrong with it. */
  public FormatException(Path file, String problem) {
    super(oneLine(file + ": " + problem));
  }

  /** As {@link #FormatException(Path, String)}, keeping the exception that revealed the problem. */
  public FormatException(Path file, String problem, Throwable cause) {
    super(oneLine(file + ": " + problem), cause);
  }

  /** Says with {@code context} where the file that {@code cause} names comes from. */
  public FormatException(String context, FormatException cause) {
    super(oneLine(context) + ": " + cause.getMessage(), cause);
  }

  /**
   * {@code text} with every control character replaced by '?': names of files and tensors come from
   * strangers, and must neither break the line nor steer the terminal.
   */
  public static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
  }
}
