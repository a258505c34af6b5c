package vaeocl.formats;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that cannot be used. The message is one line: the file, what is wrong with it and, where
 * it is not obvious, what to do. It is meant to be printed as it stands, without a stack trace.
 */
public class FormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** A problem may quote the file, and a file can hold a line as long as it likes. */
  private static final int LONGEST = 500;

  /** Names {@code file} and says what is wrong with it. */
  public FormatException(Path file, String problem) {
    super(oneLine(file + ": " + brief(problem)));
  }

  /** As {@link #FormatException(Path, String)}, keeping the exception that revealed the problem. */
  public FormatException(Path file, String problem, Throwable cause) {
    super(oneLine(file + ": " + brief(problem)), cause);
  }

  /** Says with {@code context} where the file that {@code cause} names comes from. */
  public FormatException(String context, FormatException cause) {
    super(oneLine(context) + ": " + cause.getMessage(), cause);
  }

  private static String brief(String problem) {
    return problem.length() > LONGEST ? problem.substring(0, LONGEST) + "..." : problem;
  }

  /**
   * {@code text} with every control or format character replaced by '?': names of files and tensors
   * come from strangers, and must neither break the line nor steer the terminal.
   */
  public static String oneLine(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "?");
  }
}
