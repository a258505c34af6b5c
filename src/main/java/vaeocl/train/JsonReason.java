package vaeocl.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is wrong with a configuration, in words that name its keys and no class of a library. */
final class JsonReason {
  private static final Pattern MISSING = Pattern.compile("Missing creator property '([^']*)'.*");
  private static final Pattern TWICE = Pattern.compile("Duplicate field '([^']*)'.*");

  private JsonReason() {}

  /** As a part of a sentence: "dataset.sha256 is missing". */
  static String of(JsonProcessingException e) {
    String said = e.getOriginalMessage() == null ? "" : e.getOriginalMessage();
    if (!(e instanceof JsonMappingException mapping)) {
      Matcher twice = TWICE.matcher(said);
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      return (twice.lookingAt() ? twice.group(1) + " stands there twice" : "not valid JSON")
          + ", at line "
          + line;
    }
    String key =
        mapping.getPath().stream()
            .map(r -> r.getFieldName() == null ? "" + r.getIndex() : r.getFieldName())
            .collect(Collectors.joining("."));
    Matcher missing = MISSING.matcher(said);
    if (missing.lookingAt()) {
      String name = missing.group(1);
      boolean named = key.equals(name) || key.endsWith("." + name);
      String whole = key.isEmpty() ? name : key + "." + name;
      return (named ? key : whole) + " is missing";
    }
    if (mapping instanceof InvalidNullException) {
      return key + " is missing";
    }
    if (mapping.getCause() instanceof IllegalArgumentException wrong) {
      return (key.isEmpty() ? "" : key + ": ") + wrong.getMessage();
    }
    Class<?> type = mapping instanceof MismatchedInputException m ? m.getTargetType() : null;
    if (mapping.getCause() instanceof InputCoercionException tooLarge) {
      type = tooLarge.getTargetType();
    }
    return (key.isEmpty() ? "it" : key) + " is not " + kind(type);
  }

  private static String kind(Class<?> type) {
    if (type == int.class || type == Integer.class || type == long.class) {
      return "a whole number that fits";
    }
    if (type == String.class) {
      return "a text";
    }
    boolean object = type != null && (type.isRecord() || Map.class.isAssignableFrom(type));
    return object ? "an object" : "what it has to be";
  }
}
