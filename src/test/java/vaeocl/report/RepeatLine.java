package vaeocl.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** The command to repeat a run, for tests of other packages. */
public final class RepeatLine {
  private RepeatLine() {}

  /** The options with their values that a config.json gives. */
  public static List<String> of(String json) throws JsonProcessingException {
    return Repeat.command(new Settings(new ObjectMapper().readTree(json)));
  }
}
