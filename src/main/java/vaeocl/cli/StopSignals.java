package vaeocl.cli;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Ctrl-C, TERM, USR1 and the end of the terminal as a wish: the first one asks to stop, the second
 * one stops at once.
 *
 * <p>The JDK's only way to catch a signal without beginning to shut down is {@code
 * sun.misc.Signal}, of which javac warns wherever it is named; so it is used by reflection, and
 * where it is missing the signals do what they always did. One that was ignored, as by nohup, stays
 * so.
 */
final class StopSignals implements BooleanSupplier, AutoCloseable {
  private static final List<String> SIGNALS = List.of("HUP", "INT", "USR1", "TERM");
  private static final int SIGNALLED = 128;
  private static final int PATIENCE_MILLIS = 500;

  private final AtomicInteger received = new AtomicInteger();
  private final PrintStream err;
  private boolean closed;
  private String last = "";

  StopSignals(PrintStream err) {
    this.err = err;
    SIGNALS.forEach(this::handle);
  }

  private void handle(String name) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Method handle = signalType.getMethod("handle", signalType, handlerType);
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      int number = (Integer) signalType.getMethod("getNumber").invoke(signal); // systems differ
      handle.invoke(null, signal, handler(handlerType, number));
    } catch (ReflectiveOperationException e) {
      // No such class or signal (Windows has no HUP), or the JVM keeps the signals to itself
      // (-Xrs): they end the program.
      return;
    }
  }

  private Object handler(Class<?> type, int number) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          switch (method.getName()) {
            case "handle" -> receive(number);
            case "equals" -> {
              return proxy == arguments[0];
            }
            case "hashCode" -> {
              return number;
            }
            default -> {
              return "stop at signal " + number;
            }
          }
          return null;
        });
  }

  private synchronized void receive(int number) {
    if (closed) {
      received.set(number);
      System.exit(lastWord());
    }
    if (!received.compareAndSet(0, number)) {
      endAtOnce(SIGNALLED + number);
    }
    err.println();
    err.println("Stopping after this step; once more stops at once.");
    err.flush();
  }

  /** An exit takes away what was half written; where it hangs, without. */
  private static void endAtOnce(int status) {
    Thread halt =
        new Thread(
            () -> {
              try {
                Thread.sleep(PATIENCE_MILLIS);
              } catch (InterruptedException e) {
                // Then at once.
              }
              Runtime.getRuntime().halt(status);
            });
    halt.setDaemon(true);
    halt.start();
    System.exit(status);
  }

  /** Whether to stop. */
  @Override
  public boolean getAsBoolean() {
    return received.get() != 0;
  }

  /** The exit status of a program that a signal stopped: 129, 130 138 or 143. */
  int status() {
    return SIGNALLED + received.get();
  }

  /**
   * From now on a signal ends the program, as without this class, but for a last word. The handlers
   * that were there before are not put back: LLVM, inside of PoCL, comes and goes with handlers of
   * its own, and one of those may have been there.
   *
   * @param word lines to say then, or none
   */
  synchronized void release(String word) {
    closed = true;
    last = word;
  }

  /** Says it; the exit status. */
  int lastWord() {
    err.print(last);
    err.flush();
    return status();
  }

  @Override
  public void close() {
    release("");
  }
}
