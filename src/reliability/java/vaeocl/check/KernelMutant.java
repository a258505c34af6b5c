package vaeocl.check;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vaeocl.KernelFiles;

/**
 * One small mistake in a kernel's source: another operator, an index or a constant that is off.
 *
 * @param file within {@code kernels}
 * @param at where its text is replaced
 * @param text what stands there
 * @param other what is put in its place
 */
record KernelMutant(String file, int at, String text, String other) {
  private static final Pattern COMMENT = Pattern.compile("//[^\n]*|/\\*.*?\\*/", Pattern.DOTALL);

  /** Lines that decide what is compiled, or how. */
  private static final Pattern DIRECTIVE =
      Pattern.compile("(?m)^\\s*#\\s*(?:if|ifdef|ifndef|elif|else|endif|include|pragma)\\b.*$");

  /** Binary operators, which stand between blanks, and those with an assignment. */
  private static final Pattern OPERATOR =
      Pattern.compile("(?<= )(?:[-+*/]=?|[<>]=?|==|!=|&&|\\|\\|)(?= )");

  private static final Pattern INDEX = Pattern.compile("(?<=\\w|\\))\\[[^\\[\\]\n]+(?=\\])");
  private static final Pattern CONSTANT =
      Pattern.compile(
          "(?<![\\w.])(?:0x\\p{XDigit}+u?|\\d+\\.\\d*(?:e[-+]?\\d+)?f?|\\d+u?)(?![\\w.])");

  /** All that can be made of some files, in one order. */
  static List<KernelMutant> of(List<String> files) throws IOException {
    List<KernelMutant> all = new ArrayList<>();
    for (String file : files) {
      String code = blanked(blanked(KernelFiles.text(file), COMMENT), DIRECTIVE);
      for (MatchResult m : OPERATOR.matcher(code).results().toList()) {
        all.add(new KernelMutant(file, m.start(), m.group(), otherOperator(m.group())));
      }
      for (MatchResult m : INDEX.matcher(code).results().toList()) {
        String off = all.size() % 2 == 0 ? " + 1" : " - 1";
        all.add(new KernelMutant(file, m.end(), "", off));
      }
      for (MatchResult m : CONSTANT.matcher(code).results().toList()) {
        all.add(new KernelMutant(file, m.start(), m.group(), otherConstant(m.group())));
      }
    }
    return all;
  }

  /** So many of them by chance, or all, in an order by chance. */
  static List<KernelMutant> some(List<String> files, int count, long seed) throws IOException {
    List<KernelMutant> all = of(files);
    Collections.shuffle(all, new Random(seed));
    return all.subList(0, Math.min(count, all.size()));
  }

  /** The same length, with blanks in the place of what is found. */
  private static String blanked(String text, Pattern found) {
    Matcher m = found.matcher(text);
    return m.replaceAll(r -> Matcher.quoteReplacement(r.group().replaceAll("[^\n]", " ")));
  }

  private static String otherOperator(String operator) {
    return switch (operator) {
      case "+" -> "-";
      case "-" -> "+";
      case "*" -> "/";
      case "/" -> "*";
      case "+=" -> "-=";
      case "-=" -> "+=";
      case "*=" -> "/=";
      case "/=" -> "*=";
      case "<" -> "<=";
      case "<=" -> "<";
      case ">" -> ">=";
      case ">=" -> ">";
      case "==" -> "!=";
      case "!=" -> "==";
      case "&&" -> "||";
      default -> "&&";
    };
  }

  /** The next whole number; a tenth more of others. */
  private static String otherConstant(String constant) {
    String unsigned = constant.endsWith("u") ? "u" : "";
    String digits = constant.substring(0, constant.length() - unsigned.length());
    if (digits.startsWith("0x")) {
      long value = Long.parseLong(digits.substring(2), 16) + 1;
      return "0x" + Long.toHexString(value) + unsigned;
    }
    if (digits.matches("\\d+")) {
      return Long.parseLong(digits) + 1 + unsigned;
    }
    String single = digits.endsWith("f") ? "f" : "";
    BigDecimal value = new BigDecimal(digits.substring(0, digits.length() - single.length()));
    BigDecimal other = value.signum() == 0 ? BigDecimal.ONE : value.multiply(new BigDecimal("1.1"));
    String text = other.toString();
    return (text.matches("-?\\d+") ? text + ".0" : text) + single;
  }

  /** The file's text with the mistake in it. */
  String mutated() throws IOException {
    String whole = KernelFiles.text(file);
    return whole.substring(0, at) + other + whole.substring(at + text.length());
  }

  /** Where it is and what it says, in a line. */
  String description() throws IOException {
    String whole = KernelFiles.text(file);
    int begin = whole.lastIndexOf('\n', at - 1) + 1;
    String line = whole.substring(begin, whole.indexOf('\n', at));
    long number = whole.substring(0, begin).lines().count() + 1;
    String marked =
        line.substring(0, at - begin)
            + "{"
            + text
            + " -> "
            + other
            + "}"
            + line.substring(at - begin + text.length());
    return file + ":" + number + ": " + marked.strip();
  }
}
