package vaeocl.formats;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An event file, which TensorBoard shows. It merges those of a folder; each begins with a mark that
 * makes it forget what earlier files say of steps from there on. The numbers are those of
 * tensorboard/compat/proto/event.proto in github.com/tensorflow/tensorboard.
 */
public final class EventFile {
  private static final String VERSION = "brain.Event:2";

  // message Event
  private static final int EVENT_WALL_TIME = 1;
  private static final int EVENT_STEP = 2;
  private static final int EVENT_FILE_VERSION = 3;
  private static final int EVENT_SUMMARY = 5;
  private static final int EVENT_SESSION_LOG = 7;

  // message SessionLog
  private static final int SESSION_STATUS = 1;
  private static final int START = 1;

  private final Path file;

  /**
   * Begins a new file in a folder.
   *
   * @param step the first that it will have
   */
  public EventFile(Path folder, long step) throws IOException {
    file = create(folder);
    append(
        event(0, ProtoField.text(EVENT_FILE_VERSION, VERSION)),
        event(
            step,
            ProtoField.message(
                EVENT_SESSION_LOG, List.of(ProtoField.integer(SESSION_STATUS, START)))));
  }

  /** A name of its own, behind those of earlier ones, since they are read in this order. */
  private static Path create(Path folder) throws IOException {
    long seconds = System.currentTimeMillis() / 1000;
    while (true) {
      String name = String.format(Locale.ROOT, "events.out.tfevents.%010d.vae-ocl", seconds++);
      if (!Files.exists(folder.resolve(name))) {
        return Files.createFile(folder.resolve(name));
      }
    }
  }

  /** Adds what there is to show of a step. */
  public void write(long step, EventSummary summary) throws IOException {
    append(event(step, summary.field(EVENT_SUMMARY)));
  }

  private static byte[] event(long step, ProtoField what) throws IOException {
    List<ProtoField> fields = new ArrayList<>();
    fields.add(ProtoField.number(EVENT_WALL_TIME, System.currentTimeMillis() / 1e3));
    if (step > 0) { // 0 is what a reader takes it for where it is left out
      fields.add(ProtoField.integer(EVENT_STEP, step));
    }
    fields.add(what);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    ProtoField.write(out, fields);
    out.flush();
    return bytes.toByteArray();
  }

  private void append(byte[]... events) throws IOException {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    for (byte[] event : events) {
      TfRecord.write(records, event);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      AtomicFile.writeFully(channel, ByteBuffer.wrap(records.toByteArray()));
    } catch (IOException e) {
      throw new WriteException(file, e);
    }
  }
}
