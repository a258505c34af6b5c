package vaeocl.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** compare.csv: a line a run, the best first, with all its settings and figures. */
public final class ComparisonCsv {
  private ComparisonCsv() {}

  /** The file's text. */
  public static String of(Ranking ranking) {
    StringBuilder text = new StringBuilder();
    List<String> heading = new ArrayList<>(List.of("rank", "run", "folder", "epoch"));
    heading.addAll(ranking.runs().get(0).texts().keySet());
    Quantity.ALL.forEach(q -> heading.add(q.key()));
    text.append(line(heading));
    int rank = 0;
    for (ComparedRun run : ranking.runs()) {
      List<String> cells = new ArrayList<>(List.of(Integer.toString(++rank), run.name()));
      cells.add(run.folder().toString());
      cells.add(Integer.toString(run.epoch()));
      cells.addAll(run.texts().values());
      for (Quantity q : Quantity.ALL) {
        double value = q.value().applyAsDouble(run);
        cells.add(Double.isFinite(value) ? Double.toString(value) : "");
      }
      text.append(line(cells));
    }
    return text.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream().map(ComparisonCsv::cell).collect(Collectors.joining(",")) + "\n";
  }

  /** As RFC 4180 has it. */
  private static String cell(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
