package vaeocl.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import vaeocl.opencl.device.LaunchTime;
import vaeocl.ops.Op;

/**
 * Launches in Chrome's trace event format, which Perfetto and chrome://tracing open; each thread of
 * the device in a row of its own.
 */
public final class Trace {
  private Trace() {}

  /** Writes a complete event for each launch, times in microseconds since the first. */
  public static void write(OutputStream out, String device, List<LaunchTime> times)
      throws IOException {
    long first = times.stream().mapToLong(LaunchTime::start).min().orElse(0);
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeStringField("displayTimeUnit", "ns");
      json.writeArrayFieldStart("traceEvents");
      json.writeStartObject();
      json.writeStringField("name", "process_name");
      json.writeStringField("ph", "M");
      json.writeNumberField("pid", 1);
      json.writeObjectFieldStart("args");
      json.writeStringField("name", device);
      json.writeEndObject();
      json.writeEndObject();
      for (LaunchTime t : times) {
        json.writeStartObject();
        json.writeStringField("name", t.launch().kernel());
        json.writeStringField("ph", "X");
        json.writeNumberField("pid", 1);
        json.writeNumberField("tid", 1 + t.thread());
        json.writeNumberField("ts", (t.start() - first) / 1e3);
        json.writeNumberField("dur", t.duration() / 1e3);
        json.writeObjectFieldStart("args");
        json.writeStringField(
            "covers", String.join(" + ", t.launch().covers().stream().map(Op::name).toList()));
        json.writeNumberField("waited_us", t.waited() / 1e3);
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }
}
