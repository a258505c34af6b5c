package vaeocl.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An option of 'train' and all the values that a sweep gives it.
 *
 * @param option with its hyphens; a flag has the one value ""
 */
public record Axis(String option, List<String> values) {
  private static final Pattern RANGE = Pattern.compile("([0-9]+)-([0-9]+)");

  /** More is a mistake in typing. */
  private static final int MOST = 10_000;

  /** How the values of an option may be written together. */
  public enum Notation {
    /** Each by itself, as it may hold commas. */
    SINGLE,
    /** With commas between. */
    LIST,
    /** Likewise, and A-B for all whole numbers from A to B. */
    RANGES
  }

  public Axis {
    values = List.copyOf(values);
  }

  /**
   * An axis as the user gave it.
   *
   * @param given the option's value as often as it was given
   * @throws IllegalArgumentException if a value comes twice, or a range is none
   */
  public static Axis of(String option, List<String> given, Notation notation) {
    List<String> values = new ArrayList<>();
    for (String text : given) {
      List<String> parts =
          notation == Notation.SINGLE ? List.of(text) : Arrays.asList(text.split(",", -1));
      for (String part : parts) {
        values.addAll(notation == Notation.RANGES ? range(option, part) : List.of(part));
      }
    }
    for (int i = 0; i < values.size(); i++) {
      if (values.subList(0, i).contains(values.get(i))) {
        throw new IllegalArgumentException(option + " has " + values.get(i) + " twice");
      }
    }
    return new Axis(option, values);
  }

  private static List<String> range(String option, String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      return List.of(text);
    }
    List<String> values = new ArrayList<>();
    try {
      long from = Long.parseLong(range.group(1));
      long to = Long.parseLong(range.group(2));
      if (from > to || to - from >= MOST) {
        throw new IllegalArgumentException(
            option + " " + text + ": a range goes up, by less than " + MOST);
      }
      for (long value = from; value <= to; value++) {
        values.add(Long.toString(value));
      }
    } catch (NumberFormatException e) {
      return List.of(text); // which train refuses
    }
    return values;
  }

  /** The option with one of its values, as a word of a command line. */
  String word(String value) {
    return value.isEmpty() ? option : option + "=" + value;
  }

  /** What a folder's name says of one of the values: "beta-0.5". */
  String label(int index) {
    List<String> names = values.stream().map(Axis::fileName).toList();
    boolean unique = Collections.frequency(names, names.get(index)) == 1;
    String name = names.get(index) + (unique ? "" : "-" + (index + 1));
    return option.replaceFirst("^--", "") + "-" + name;
  }

  /** The value as a part of a file's name: of a path the last part. */
  private static String fileName(String value) {
    return value.replaceFirst(".*/(?=.)", "").replaceAll("[^A-Za-z0-9.+]+", "-");
  }
}
