package vaeocl.model;

import java.util.function.IntPredicate;
import vaeocl.data.Images;

/** Rows of numbers that are read a few at a time: pixels in [0, 1], or codes. */
public interface Rows {
  int count();

  /** Numbers in a row. */
  int width();

  /** Copies rows first … first + rows − 1 to the beginning of {@code into}. */
  void copy(int first, int rows, float[] into);

  /** Pictures as pixels / 255, one a row. */
  static Rows of(Images images) {
    return new Rows() {
      @Override
      public int count() {
        return images.count();
      }

      @Override
      public int width() {
        return images.size();
      }

      @Override
      public void copy(int first, int rows, float[] into) {
        byte[] pixels = images.pixels();
        int begin = first * width(); // a Java array holds them all, so the index fits
        for (int i = 0; i < rows * width(); i++) {
          into[i] = (pixels[begin + i] & 0xff) / 255f;
        }
      }
    };
  }

  /** Rows of an array, which is not copied. */
  static Rows of(float[] values, int width) {
    if (width < 1 || values.length % width != 0) {
      throw new IllegalArgumentException(values.length + " values are no rows of " + width);
    }
    return new Rows() {
      @Override
      public int count() {
        return values.length / width;
      }

      @Override
      public int width() {
        return width;
      }

      @Override
      public void copy(int first, int rows, float[] into) {
        System.arraycopy(values, first * width, into, 0, rows * width);
      }
    };
  }

  /** The same, but 1 − v for v in these rows. */
  default Rows inverted(IntPredicate which) {
    Rows from = this;
    return new Rows() {
      @Override
      public int count() {
        return from.count();
      }

      @Override
      public int width() {
        return from.width();
      }

      @Override
      public void copy(int first, int rows, float[] into) {
        from.copy(first, rows, into);
        for (int i = 0; i < rows * width(); i++) {
          into[i] = which.test(first + i / width()) ? 1 - into[i] : into[i];
        }
      }
    };
  }

  /** The first rows alone, which are not copied. */
  default Rows first(int count) {
    return part(0, count);
  }

  /** Some rows alone, which are not copied. */
  default Rows part(int from, int count) {
    Rows all = this;
    return new Rows() {
      @Override
      public int count() {
        return count;
      }

      @Override
      public int width() {
        return all.width();
      }

      @Override
      public void copy(int first, int rows, float[] into) {
        all.copy(from + first, rows, into);
      }
    };
  }

  /** All rows, one after the other. */
  default float[] all() {
    float[] all = new float[Math.multiplyExact(count(), width())];
    copy(0, count(), all);
    return all;
  }
}
