package vaeocl.data;

import java.util.ArrayList;
import java.util.List;

/**
 * One hand's rendering of a digit: the glyph's points jittered, joined by curves, bent, slanted and
 * turned, then scaled to a 20x20 box and centred by mass in the 28x28 picture as MNIST's digits
 * are.
 */
final class Handwriting {
  /** Rows and columns of a picture, as in MNIST. */
  static final int SIZE = 28;

  /** The longer side of a digit, ink included. */
  private static final double BOX = 20;

  /** Straight lines a curve from one point to the next is drawn as. */
  private static final int STEPS = 5;

  /** The widest that pressure makes a stroke, relative to the pen; the bells end there. */
  private static final double MAX_PRESSURE = 1.45;

  private final Chance chance;

  /** Every stroke as {x, y, pressure} triples; pressure is relative to the pen's width. */
  private final List<double[]> strokes = new ArrayList<>();

  private Handwriting(Chance chance) {
    this.chance = chance;
  }

  /** Draws {@code glyph} at {@code offset} of {@code pixels} (SIZE·SIZE bytes, row-major). */
  static void draw(Glyphs.Glyph glyph, Chance chance, byte[] pixels, int offset) {
    Handwriting hand = new Handwriting(chance);
    hand.write(glyph);
    hand.bend();
    hand.ink(pixels, offset);
  }

  /** Moves the pen through every stroke's jittered points. Units: the glyph's, 100 high. */
  private void write(Glyphs.Glyph glyph) {
    double sloppy = chance.uniform(1, 3.8);
    for (Glyphs.Stroke stroke : glyph.strokes()) {
      double shiftX = chance.bell(sloppy * 0.6);
      double shiftY = chance.bell(sloppy * 0.6);
      List<double[]> pieces = new ArrayList<>();
      double[] last = null;
      for (Glyphs.Piece piece : stroke.pieces()) {
        double[] xy = piece.xy().clone();
        for (int i = 0; i < xy.length; i += 2) {
          xy[i] += shiftX + chance.bell(sloppy);
          xy[i + 1] += shiftY + chance.bell(sloppy);
        }
        if (last != null) { // pieces meet where the pen turned
          xy[0] = last[last.length - 2];
          xy[1] = last[last.length - 1];
        }
        pieces.add(xy);
        last = xy;
      }
      strokes.add(press(wobble(curve(pieces))));
    }
  }

  /** Catmull-Rom curves through the points of each piece; {x, y, 1} triples. */
  private static double[] curve(List<double[]> pieces) {
    int spans = pieces.stream().mapToInt(p -> p.length / 2 - 1).sum();
    double[] points = new double[3 * (spans * STEPS + 1)];
    int at = 0;
    for (double[] p : pieces) {
      int n = p.length / 2;
      for (int i = 0; i + 1 < n; i++) {
        int before = 2 * Math.max(0, i - 1);
        int after = 2 * Math.min(n - 1, i + 2);
        // The first point of a piece is the last of the one before it.
        for (int s = at == 0 ? 0 : 1; s <= STEPS; s++) {
          double t = (double) s / STEPS;
          for (int k = 0; k < 2; k++) {
            points[at + k] = spline(p[before + k], p[2 * i + k], p[2 * i + 2 + k], p[after + k], t);
          }
          points[at + 2] = 1;
          at += 3;
        }
      }
    }
    return points;
  }

  private static double spline(double a, double b, double c, double d, double t) {
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  }

  /** The unsteady hand: a slow wave along the stroke. */
  private double[] wobble(double[] points) {
    double height = chance.uniform(0, 1.2);
    double pace = chance.uniform(0.15, 0.5);
    double phase = chance.uniform(0, 6.28);
    for (int i = 0; i < points.length; i += 3) {
      double wave = phase + pace * i / 3;
      points[i] += height * StrictMath.sin(wave);
      points[i + 1] += height * StrictMath.cos(1.3 * wave);
    }
    return points;
  }

  /** Pressure: a parabola from start over middle to end. */
  private double[] press(double[] points) {
    double start = 1 + chance.bell(0.15);
    double middle = 1 + chance.bell(0.12);
    double end = 1 - 0.12 + chance.bell(0.15);
    for (int i = 0; i < points.length; i += 3) {
      double t = (double) i / (points.length - 3);
      double arch = 4 * t * (1 - t);
      points[i + 2] = (start + (end - start) * t) * (1 - arch) + middle * arch;
    }
    return points;
  }

  /** Bends, narrows, slants and turns the whole digit, about its middle. */
  private void bend() {
    double bow = chance.bell(4);
    double topHeavy = chance.bell(4);
    double sag = chance.bell(3);
    double lean = chance.bell(4);
    double width = chance.uniform(0.8, 1.35);
    double slant = 0.12 + chance.bell(0.17);
    double angle = chance.bell(0.09);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    for (double[] p : strokes) {
      for (int i = 0; i < p.length; i += 3) {
        double u = (p[i] - 34) / 34;
        double v = (p[i + 1] - 50) / 50;
        double x = width * (p[i] - 34 + bow * v * v + topHeavy * u * v);
        double y = p[i + 1] - 50 + sag * u * u + lean * u * v;
        x -= slant * y;
        p[i] = cos * x - sin * y;
        p[i + 1] = sin * x + cos * y;
      }
    }
  }

  /** Scales to the box, centres by mass and draws. */
  private void ink(byte[] pixels, int offset) {
    double radius = chance.uniform(0.7, 1.25) + chance.uniform(0, 0.45);
    double soft = chance.uniform(0.95, 1.35);
    double strength = chance.uniform(0.98, 1);
    double[] box = {1e9, 1e9, -1e9, -1e9};
    for (double[] p : strokes) {
      for (int i = 0; i < p.length; i += 3) {
        box[0] = Math.min(box[0], p[i]);
        box[1] = Math.min(box[1], p[i + 1]);
        box[2] = Math.max(box[2], p[i]);
        box[3] = Math.max(box[3], p[i + 1]);
      }
    }
    double scale = (BOX - 2 * radius) / Math.max(box[2] - box[0], box[3] - box[1]);
    double[] mass = centreOfMass();
    double reach = MAX_PRESSURE * radius + soft / 2;
    double shiftX = shift(scale * box[0], scale * box[2], scale * mass[0], reach);
    double shiftY = shift(scale * box[1], scale * box[3], scale * mass[1], reach);
    Pen pen = new Pen(SIZE);
    for (double[] p : strokes) {
      for (int i = 3; i < p.length; i += 3) {
        pen.line(
            shiftX + scale * p[i - 3],
            shiftY + scale * p[i - 2],
            radius * p[i - 1],
            shiftX + scale * p[i],
            shiftY + scale * p[i + 1],
            radius * p[i + 2],
            soft);
      }
    }
    pen.develop(strength, pixels, offset);
  }

  /** Where to move the digit along one axis: its mass about the middle, its ink off the edge. */
  private double shift(double low, double high, double mass, double reach) {
    double wanted = (SIZE - 1) / 2.0 + chance.bell(0.35) - mass;
    return Math.max(1 + reach - low, Math.min(SIZE - 2 - reach - high, wanted));
  }

  private double[] centreOfMass() {
    double sum = 0;
    double x = 0;
    double y = 0;
    for (double[] p : strokes) {
      for (int i = 3; i < p.length; i += 3) {
        double dx = p[i] - p[i - 3];
        double dy = p[i + 1] - p[i - 2];
        double m = Math.sqrt(dx * dx + dy * dy) * (p[i - 1] + p[i + 2]);
        sum += m;
        x += m * (p[i] + p[i - 3]) / 2;
        y += m * (p[i + 1] + p[i - 2]) / 2;
      }
    }
    return new double[] {x / sum, y / sum};
  }
}
