package vaeocl.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vae-ocl help}: what {@code --help} shows. */
@Command(name = "help", description = "Show the help of a command.")
final class HelpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "Which one.")
  private String command;

  @Override
  public Integer call() {
    CommandLine program = spec.parent().commandLine();
    CommandLine wanted = command == null ? program : program.getSubcommands().get(command);
    if (wanted == null) {
      throw new ParameterException(program, Cli.unknown("command", command, program));
    }
    wanted.usage(spec.commandLine().getOut());
    return Cli.OK;
  }
}
