package vaeocl.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import vaeocl.ChildJvm;

/**
 * The program in a process that gets signals, as the head of a group of processes, as a shell
 * starts it.
 *
 * @param signal its name, without SIG
 */
record SignalledProcess(Process process, String signal) {

  static SignalledProcess start(String signal, Map<String, String> env, String... command)
      throws IOException {
    // A campaign in the background, or under nohup, ignores signals, and so would its children.
    List<String> heeding = List.of("env", "--default-signal=" + signal, "setsid");
    return new SignalledProcess(ChildJvm.start(heeding, env, List.of(), command), signal);
  }

  /** To the whole group, as a terminal does it: a driver's linker gets it too. */
  void send(long afterMillis) throws IOException, InterruptedException {
    if (!process.waitFor(afterMillis, TimeUnit.MILLISECONDS)) {
      String group = "-" + process.pid();
      new ProcessBuilder("kill", "-" + signal, "--", group).inheritIO().start().waitFor();
    }
  }

  /** What PoCL's compiler says where a signal took its files, or ended its linker. */
  private static final Pattern COMPILERS =
      Pattern.compile(
          "(?m)^(1 error generated\\.|error: unable to execute command: .*"
              + "|error: linker command failed due to signal .*|Final linking of kernel .* failed\\.)\\R");

  /** What it left, without what is PoCL's. */
  ChildJvm.Result end() throws IOException, InterruptedException {
    ChildJvm.Result r = ChildJvm.finish(process);
    String err = COMPILERS.matcher(r.err()).replaceAll("");
    return new ChildJvm.Result(r.status(), r.out(), err);
  }
}
