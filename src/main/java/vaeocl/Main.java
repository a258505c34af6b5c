package vaeocl;

import java.util.Locale;
import vaeocl.cli.Cli;
import vaeocl.cli.StandardStream;

/** Runs the command line and turns its outcome into the exit status. */
public final class Main {
  private Main() {}

  /** See {@link Cli} for the exit statuses. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // libraries too write figures as every program reads them
    System.exit(Cli.run(args, StandardStream.out(), StandardStream.err()));
  }
}
