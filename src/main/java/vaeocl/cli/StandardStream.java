package vaeocl.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Standard output or error, in UTF-8 whatever the locale. Like every PrintStream it never throws;
 * unlike others it remembers why writing failed, since a full disk is worth a message and a reader
 * that has left ({@code | head}) is not.
 */
public final class StandardStream extends PrintStream {
  private final Sink sink;

  private StandardStream(Sink sink) {
    super(sink, true, StandardCharsets.UTF_8);
    this.sink = sink;
  }

  /** The process's standard output. */
  public static StandardStream out() {
    return of(new FileOutputStream(FileDescriptor.out));
  }

  /** The process's standard error. */
  public static StandardStream err() {
    return of(new FileOutputStream(FileDescriptor.err));
  }

  static StandardStream of(OutputStream stream) {
    return new StandardStream(new Sink(stream));
  }

  /** The first failure to write, if any. */
  Optional<IOException> failure() {
    flush();
    return Optional.ofNullable(sink.failure);
  }

  private static final class Sink extends OutputStream {
    private final OutputStream stream;
    private volatile IOException failure;

    Sink(OutputStream stream) {
      this.stream = stream;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        stream.write(bytes, offset, length);
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        }
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      stream.flush();
    }
  }
}
