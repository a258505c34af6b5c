package vaeocl.data;

import java.util.ArrayList;
import java.util.List;

/**
 * The ten digits as hand-made pen strokes, several handwritings each.
 *
 * <p>A line below is one way to write a digit. Strokes are separated by '/', points by blanks; the
 * pen follows a smooth curve through the points and turns sharply where a point ends in '!'. A '2*'
 * in front makes the line twice as likely. x points right and y down; a digit is about 100 high.
 */
final class Glyphs {
  /** A smooth piece of a stroke: the points that its curve runs through, {x0, y0, x1, y1, ...}. */
  @SuppressWarnings("ArrayRecordComponent") // never leaves this package, never written
  record Piece(double[] xy) {}

  /** A stroke is pieces that share their end points; the pen is down all along it. */
  record Stroke(List<Piece> pieces) {}

  /** One way to write a digit. */
  record Glyph(List<Stroke> strokes) {}

  private static final String[] TABLE = {
    """
    2* 44,3 22,10 6,42 10,80 32,98 54,86 64,48 54,14 36,4
    46,8 30,2 10,26 6,64 24,97 48,88 62,48 52,14 34,5 20,12
    30,4 8,30 8,72 30,97 56,84 66,46 56,12 30,3
    """,
    """
    4* 50,0 48,50 47,100
    26,24 47,0! 46,100
    30,16 46,0! 46,100 / 20,99 45,100 72,98
    """,
    """
    2* 8,24 22,5 44,2 59,18 54,42 30,72 4,97! 34,93 68,96
    10,20 30,2 54,8 58,32 38,66 18,92 5,92 10,77 32,82 50,94 70,92
    6,16 26,4 50,10 54,34 32,68 4,95! 36,96 66,98
    """,
    """
    2* 8,13 30,0 54,11 51,33 28,46! 54,54 63,76 45,97 20,98 4,86
    6,4 32,4 58,3! 32,42! 54,50 63,74 46,96 18,98 4,87
    8,14 30,1 53,12 47,36 26,47 24,43 36,44 57,57 62,79 40,98 9,91
    """,
    """
    14,3 8,30 6,54! 34,53 66,48 / 56,8 52,55 49,100
    52,100 53,50 54,0! 30,32 2,65! 36,64 72,62
    2* 10,4 9,38 26,54 58,46 / 60,2 56,50 50,100
    """,
    """
    2* 62,4 40,3 19,4! 13,43! 36,37 58,52 59,80 36,98 4,91
    19,6 14,44! 38,38 61,56 57,84 34,98 4,89 / 19,6 40,5 64,1
    """,
    """
    2* 52,1 28,22 9,58 14,88 35,99 56,86 55,63 36,53 13,68
    38,0 16,42 7,76 24,99 47,92 54,72 38,59 15,73 10,84
    """,
    """
    2* 4,9 32,8 61,6! 43,48 29,100
    4,9 32,8 60,5! 41,50 27,100 / 17,53 38,51 58,48
    4,24 7,7! 34,8 62,5! 49,42 36,100
    """,
    """
    2* 55,15 34,0 12,14 20,36 45,56 57,80 36,99 10,84 18,60 43,41 57,18
    36,48 14,36 14,12 34,0 55,12 53,36 34,48 9,66 10,90 34,100 59,88 57,64 36,49
    """,
    """
    56,18 36,2 10,14 8,38 28,50 50,38 58,14! 56,55 50,100
    56,17 34,2 9,18 12,43 35,48 56,20! 58,60 46,92 24,99 8,89
    2* 55,8 30,3 9,22 16,45 40,42 56,12 55,50 40,100
    """
  };

  private static final List<List<Glyph>> BY_DIGIT = parse();

  private Glyphs() {}

  /** The handwritings of {@code digit} (0..9); one that is likelier occurs more than once. */
  static List<Glyph> of(int digit) {
    return BY_DIGIT.get(digit);
  }

  private static List<List<Glyph>> parse() {
    List<List<Glyph>> all = new ArrayList<>();
    for (String digit : TABLE) {
      List<Glyph> variants = new ArrayList<>();
      for (String line : digit.strip().split("\n", -1)) {
        int star = line.indexOf('*');
        int times = star < 0 ? 1 : Integer.parseInt(line.substring(0, star));
        List<Stroke> strokes = new ArrayList<>();
        for (String stroke : line.substring(star + 1).strip().split(" / ", -1)) {
          strokes.add(stroke(stroke.split(" ", -1)));
        }
        for (int i = 0; i < times; i++) {
          variants.add(new Glyph(List.copyOf(strokes)));
        }
      }
      all.add(List.copyOf(variants));
    }
    return List.copyOf(all);
  }

  private static Stroke stroke(String[] points) {
    List<Piece> pieces = new ArrayList<>();
    List<Double> piece = new ArrayList<>();
    for (String point : points) {
      boolean corner = point.endsWith("!");
      String[] xy = (corner ? point.substring(0, point.length() - 1) : point).split(",", -1);
      double x = Double.parseDouble(xy[0]);
      double y = Double.parseDouble(xy[1]);
      piece.add(x);
      piece.add(y);
      if (corner) {
        pieces.add(piece(piece));
        piece = new ArrayList<>(List.of(x, y));
      }
    }
    pieces.add(piece(piece));
    return new Stroke(List.copyOf(pieces));
  }

  private static Piece piece(List<Double> xy) {
    return new Piece(xy.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
