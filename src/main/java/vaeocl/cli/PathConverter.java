package vaeocl.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Names of files. Java reads and writes them in the locale's encoding alone: in LC_ALL=C it cannot
 * open what is not ASCII, and turns it into another name.
 */
record PathConverter() implements ITypeConverter<Path> {
  private static final char REPLACEMENT = '\uFFFD';

  @Override
  public Path convert(String value) {
    try {
      return path(value);
    } catch (UserError e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /**
   * A path as the user named it.
   *
   * @throws UserError if it cannot be meant
   */
  static Path path(String name) {
    if (!usable(name)) {
      throw new UserError("'" + name + "' " + problem(name));
    }
    return Path.of(name);
  }

  /** Whether a name is that of a file. */
  static boolean usable(String name) {
    try {
      return Path.of(name).toString().indexOf(REPLACEMENT) < 0;
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Why a name is none, and what helps. */
  static String problem(String name) {
    if (name.indexOf('\0') >= 0) {
      return "holds a zero byte, which no name of a file does";
    }
    String encoding = System.getProperty("sun.jnu.encoding", "");
    return encoding.equals("UTF-8")
        ? "is no text in UTF-8, the encoding of this locale; rename it"
        : "cannot be used in this locale, whose encoding is " + encoding + "; set LC_ALL=C.UTF-8";
  }
}
