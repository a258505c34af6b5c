package vaeocl.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that somebody meant who mistyped one. */
final class Nearest {
  /** Nobody mistypes a longer one. */
  private static final int LONGEST = 40;

  private Nearest() {}

  /** The name with the fewest letters to change, if they are few. */
  static Optional<String> of(String word, Collection<String> names) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    String wanted = word.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name -> distance(wanted, name) <= Math.max(1, Math.min(3, name.length() / 3)))
        .min(Comparator.comparingInt((String name) -> distance(wanted, name)));
  }

  /** What to say of it behind a refusal. */
  static String hint(String word, Collection<String> names) {
    return of(word, names).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /** Levenshtein's: letters to insert, remove or replace; two exchanged neighbours are one. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + cost);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
