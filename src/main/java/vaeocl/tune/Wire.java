package vaeocl.tune;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.plan.Tiling;

/** How a search speaks with the process that runs its trials: lines of words. */
final class Wire {
  /** Begins every line of an answer: drivers print what they like. */
  static final String MARK = "trial: ";

  static final String FINE = "fine ";
  static final String REJECTED = "rejected ";

  /** No limit of its own: the one who asks ends the process. */
  private static final Duration NONE = Duration.ZERO;

  private Wire() {}

  /** A question: "time FIRST rows=8,panel=32". */
  static String question(String verb, Trials.Depth depth, Tiling tiling) {
    StringBuilder sizes = new StringBuilder();
    tiling.sizes().forEach((name, size) -> sizes.append(',').append(name).append('=').append(size));
    return verb + " " + depth + " " + sizes.substring(1);
  }

  /** Answers a question, as a line without its mark. */
  static String answer(String question, Trials trials, Tilings kind) {
    try {
      String[] words = question.split(" ", -1);
      Trials.Depth depth = Trials.Depth.valueOf(words[1]);
      Tiling tiling = kind.ofSizes(sizes(words[2]));
      return FINE + answer(words[0], depth, tiling, trials);
    } catch (RejectedException e) {
      return REJECTED + e.getMessage().replaceAll("\\s+", " ");
    }
  }

  private static String answer(String verb, Trials.Depth depth, Tiling tiling, Trials trials)
      throws RejectedException {
    return switch (verb) {
      case "build" -> Long.toString(trials.build(tiling, NONE));
      case "check" -> {
        trials.check(tiling, depth, NONE);
        yield "";
      }
      case "time" -> trials.time(tiling, depth, NONE).text();
      default -> throw new IllegalArgumentException(verb);
    };
  }

  private static Map<String, Integer> sizes(String text) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (String size : text.split(",", -1)) {
      String[] sides = size.split("=", 2);
      sizes.put(sides[0], Integer.parseInt(sides[1]));
    }
    return sizes;
  }
}
