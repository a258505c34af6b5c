package vaeocl.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line: {@code vae-ocl COMMAND [OPTIONS]}.
 *
 * <p>Exit statuses: {@link #OK}; {@link #FAILED} where a run failed; {@link #USER_ERROR} where the
 * user can put it right (an option, a file, a missing driver). Either failure is one line on
 * standard error that begins with {@code vae-ocl: }, and a stack trace only with {@code --verbose}.
 */
@Command(
    name = "vae-ocl",
    description = "Trains a variational autoencoder on MNIST with OpenCL.",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TrainCommand.class,
      ReproduceCommand.class,
      SweepCommand.class,
      LabCommand.class,
      CompareCommand.class,
      ReportCommand.class,
      EvalCommand.class,
      EncodeCommand.class,
      DecodeCommand.class,
      JoinCommand.class,
      ReconstructCommand.class,
      GenerateCommand.class,
      ExportCommand.class,
      DatasetCommand.class,
      DevicesCommand.class,
      SelfTestCommand.class,
      CheckCommand.class,
      BenchCommand.class,
      ProfileCommand.class,
      TuneCommand.class,
      DeviceReportCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    })
@SuppressWarnings("UnusedVariable") // picocli and the search for --verbose see to the options
public final class Cli implements Runnable {
  /** Exit status of success. */
  public static final int OK = 0;

  /** Exit status of a failed run. */
  public static final int FAILED = 1;

  /** Exit status of a user's mistake. */
  public static final int USER_ERROR = 2;

  /** Of a word that a message repeats. */
  private static final int LONGEST = 100;

  private static final String VERBOSE = "--verbose";

  @Spec private CommandSpec spec;

  @Option(
      names = VERBOSE,
      scope = ScopeType.INHERIT,
      description = "After an error, show the stack trace too.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version, Java, the system and OpenCL's drivers, and exit.")
  private boolean version;

  private Cli() {}

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "no command given; there are: " + String.join(", ", spec.subcommands().keySet()));
  }

  /**
   * Runs one command line.
   *
   * @param out receives the command's output, UTF-8
   * @param err receives errors and progress, UTF-8
   * @return the exit status; exceptions never escape
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return run(tree(), args, out, err);
  }

  /** As above, for a command tree to which a test has added its own commands. */
  static int run(CommandLine command, String[] args, PrintStream out, PrintStream err) {
    command.setOut(writer(out)).setErr(writer(err));
    command.setUsageHelpAutoWidth(true);
    command.setParameterExceptionHandler((e, a) -> wrongUsage(e, a, err));
    command.setExecutionExceptionHandler((e, cmd, parsed) -> report(e, args, err));
    command.setExpandAtFiles(false);
    command.setExecutionStrategy(
        parsed -> {
          Arguments.check(parsed);
          return new CommandLine.RunLast().execute(parsed);
        });
    ValueConverter.register(command);
    int status;
    try {
      status = command.execute(Arguments.checked(ArgumentFiles.expand(args)));
    } catch (Throwable t) { // errors such as OutOfMemoryError, which picocli lets through
      status = report(t, args, err);
    }
    command.getOut().flush();
    return status == OK ? outputStatus(out, err) : status;
  }

  /** All commands. */
  static CommandLine tree() {
    return new CommandLine(new Cli());
  }

  private static int report(Throwable t, String[] args, PrintStream err) {
    Failure failure = Failure.of(t);
    err.println("vae-ocl: " + failure.message());
    trace(t, args, err);
    return failure.status();
  }

  private static int wrongUsage(ParameterException e, String[] args, PrintStream err) {
    CommandLine command = e.getCommandLine();
    err.println("vae-ocl: " + new Failure(USER_ERROR, explain(e)).message());
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    trace(e, args, err);
    return USER_ERROR;
  }

  static String explain(ParameterException e) {
    if (e instanceof UnmatchedArgumentException u) {
      CommandLine command = e.getCommandLine();
      String first = u.getUnmatched().get(0);
      boolean option = first.startsWith("-");
      boolean noCommand = !option && !command.getSubcommands().isEmpty();
      return option
          ? unknown("option", first, command)
          : noCommand ? unknown("command", first, command) : "unexpected argument " + cut(first);
    }
    String message =
        e.getMessage() == null ? "wrong usage" : e.getMessage().replaceFirst("^Error: ", "");
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  /** Refuses a name, and says which there is that is most like it. */
  static String unknown(String kind, String name, CommandLine command) {
    Collection<String> names =
        kind.equals("command")
            ? command.getSubcommands().keySet()
            : command.getCommandSpec().optionsMap().keySet();
    return "unknown " + kind + " " + cut(name) + Nearest.hint(name.replaceFirst("=.*", ""), names);
  }

  private static String cut(String word) {
    return "'" + (word.length() > LONGEST ? word.substring(0, LONGEST) + "..." : word) + "'";
  }

  /** The arguments are searched, because a wrong one may have stopped the parser before. */
  private static void trace(Throwable t, String[] args, PrintStream err) {
    if (Arrays.asList(args).contains(VERBOSE)) {
      t.printStackTrace(err);
    }
  }

  /** A command whose output did not arrive has not succeeded; a reader that left knows it. */
  private static int outputStatus(PrintStream out, PrintStream err) {
    if (!out.checkError()) {
      return OK;
    }
    String reason =
        out instanceof StandardStream s ? s.failure().map(Throwable::getMessage).orElse("") : "";
    if (!reason.contains("pipe")) {
      err.println(
          "vae-ocl: cannot write standard output" + (reason.isEmpty() ? "" : ": " + reason));
    }
    return FAILED;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
