package vaeocl.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * One of several parts of a set, of sizes that differ by at most one.
 *
 * @param number from 1
 * @param count of all parts
 */
record Shard(int number, int count) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})/([0-9]{1,9})");

  /** The index of the first row in a set of so many. */
  int first(int rows) {
    return (int) ((long) rows * (number - 1) / count);
  }

  /** How many rows of a set of so many. */
  int size(int rows) {
    return (int) ((long) rows * number / count) - first(rows);
  }

  /** As part of a file's name, which sort like their numbers. */
  String label() {
    String digits = Integer.toString(count);
    return "-" + ("%0" + digits.length() + "d").formatted(number) + "-of-" + digits;
  }

  /** "3/16". */
  static final class Converter implements ITypeConverter<Shard> {
    @Override
    public Shard convert(String text) {
      Matcher parts = TEXT.matcher(text);
      if (parts.matches()) {
        Shard shard = new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
        if (shard.number >= 1 && shard.number <= shard.count) {
          return shard;
        }
      }
      throw new TypeConversionException(
          "expected a part and their number, such as 3/16, from 1/16 to 16/16, but was '"
              + text
              + "'");
    }
  }
}
