package vaeocl.data;

import java.util.Locale;

/** The data sets that have a name. */
public enum Choice {
  /** What the user's files hold; else MNIST, or the built-in digits where none can be reached. */
  AUTO,
  MNIST,
  FASHION_MNIST,
  KMNIST,
  EMNIST_DIGITS,
  EMNIST_LETTERS,
  /** Drawn by the program itself. */
  DIGITS;

  /** As written on the command line: in lower case, with hyphens. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
