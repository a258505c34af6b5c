package vaeocl.cli;

import java.io.IOException;
import java.io.StreamTokenizer;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import vaeocl.formats.TextFile;

/**
 * Arguments from files: {@code @FILE} stands for the words of that file, which blanks and ends of
 * lines separate and quotes hold together; {@code #} begins a comment. {@code @@x} is the word
 * {@code @x}.
 */
final class ArgumentFiles {
  private static final int MOST_BYTES = 64 << 10;

  private final List<String> words = new ArrayList<>();
  private final Deque<Path> open = new ArrayDeque<>();

  private ArgumentFiles() {}

  /**
   * All arguments.
   *
   * @throws IOException if a file is missing or no text
   * @throws UserError if a file names itself
   */
  static String[] expand(String[] args) throws IOException {
    ArgumentFiles files = new ArgumentFiles();
    for (String arg : args) {
      files.add(arg);
    }
    return files.words.toArray(String[]::new);
  }

  private void add(String word) throws IOException {
    if (word.startsWith("@@")) {
      words.add(word.substring(1));
    } else if (word.startsWith("@") && word.length() > 1) {
      read(PathConverter.path(word.substring(1)));
    } else {
      words.add(word);
    }
  }

  private void read(Path file) throws IOException {
    Path real = file.toAbsolutePath().normalize();
    if (open.contains(real)) {
      throw new UserError("@" + file + ": the file names itself; arguments would never end");
    }
    open.push(real);
    String text = TextFile.read(file, MOST_BYTES, "no file of arguments is");
    if (text.indexOf('\0') >= 0) {
      throw new UserError("@" + file + ": holds zero bytes, it is no file of arguments");
    }
    StreamTokenizer in = new StreamTokenizer(new StringReader(text));
    in.resetSyntax();
    in.wordChars(' ' + 1, Character.MAX_VALUE);
    in.whitespaceChars(0, ' ');
    in.quoteChar('"');
    in.quoteChar('\'');
    in.commentChar('#');
    while (in.nextToken() != StreamTokenizer.TT_EOF) {
      add(in.sval);
    }
    open.pop();
  }
}
