package vaeocl.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import vaeocl.api.OverflowException;
import vaeocl.api.RequestException;
import vaeocl.check.WrongDeviceException;
import vaeocl.formats.WriteException;
import vaeocl.opencl.device.DeviceLimitException;
import vaeocl.opencl.device.NoDeviceException;
import vaeocl.opencl.device.OpenClException;
import vaeocl.train.LossException;

/**
 * What the user gets to see of an exception.
 *
 * @param status the exit status: {@link Cli#USER_ERROR} or {@link Cli#FAILED}
 * @param message one line
 */
record Failure(int status, String message) {
  private static final int LONGEST = 2000;

  Failure {
    String whole = message.length() > LONGEST ? message.substring(0, LONGEST) + "..." : message;
    message = whole.strip().replaceAll("\\s*\\R\\s*", "; ").replaceAll("\\p{Cntrl}", " ");
  }

  static Failure of(Throwable thrown) {
    Throwable t = unwrap(thrown);
    if (t instanceof UserError
        || t instanceof RequestException
        || t instanceof NoDeviceException
        || t instanceof DeviceLimitException) {
      return new Failure(Cli.USER_ERROR, text(t));
    }
    if (t instanceof InvalidPathException e) {
      String name = e.getInput();
      return new Failure(Cli.USER_ERROR, "'" + name + "' " + PathConverter.problem(name));
    }
    if (t instanceof RunFailure
        || t instanceof OverflowException
        || t instanceof WriteException
        || t instanceof WrongDeviceException) {
      return new Failure(Cli.FAILED, text(t));
    }
    if (t instanceof IOException e) {
      return new Failure(Cli.USER_ERROR, IoMessages.sentence(e));
    }
    if (t instanceof OpenClException e) {
      return new Failure(Cli.FAILED, text(t) + "; " + e.remedy());
    }
    if (t instanceof LossException) {
      return new Failure(Cli.FAILED, text(t) + "; try a lower --learning-rate");
    }
    if (t instanceof OutOfMemoryError) {
      return new Failure(
          Cli.FAILED,
          "out of memory (" + text(t) + "): give Java more with -Xmx, which was " + Memory.xmx(1));
    }
    return new Failure(
        Cli.FAILED,
        "unexpected " + t.getClass().getSimpleName() + ": " + text(t) + " (--verbose shows where)");
  }

  /** Wrappers say nothing of their own. */
  private static Throwable unwrap(Throwable thrown) {
    Throwable t = thrown;
    while (t.getCause() != null
        && (t instanceof UncheckedIOException
            || t instanceof ExecutionException
            || t instanceof CompletionException)) {
      t = t.getCause();
    }
    return t;
  }

  private static String text(Throwable t) {
    String message = t.getMessage();
    return message == null || message.isBlank() ? "no details given" : message;
  }
}
