package vaeocl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigitsTest {
  private static final int COUNT = 4000;
  private static final Dataset DIGITS = Digits.draw(COUNT, 500, Digits.SEED);

  private static byte[] picture(Images images, int index) {
    int size = images.size();
    return Arrays.copyOfRange(images.pixels(), index * size, (index + 1) * size);
  }

  /** Pinned: every machine draws these bytes, and whoever changes the drawing sees it here. */
  @Test
  void theSameBytesOnEveryMachine() {
    assertEquals(
        "59baab25abc05a15eb4a3391fd719f70a807fe96e3660ae8ab110bfd36b6e839",
        Digits.draw(200, 50, 1).sha256());
  }

  @Test
  void dependsOnSeedAndIndexAlone() {
    assertEquals(DIGITS, Digits.draw(COUNT, 500, Digits.SEED));
    assertNotEquals(DIGITS.sha256(), Digits.draw(COUNT, 500, Digits.SEED + 1).sha256());
    Dataset shorter = Digits.draw(100, 20, Digits.SEED);
    for (int i = 0; i < 100; i++) {
      assertEquals(DIGITS.trainLabels()[i], shorter.trainLabels()[i]);
      assertTrue(
          Arrays.equals(picture(DIGITS.train(), i), picture(shorter.train(), i)), "picture " + i);
    }
    // Test pictures go on where the training pictures end.
    assertTrue(Arrays.equals(picture(DIGITS.train(), 100), picture(shorter.test(), 0)));
  }

  @Test
  void hasTheShapeOfMnist() {
    Dataset standard = Digits.standard();
    assertEquals("digits", standard.name());
    assertEquals("Images[60000x28x28]", standard.train().toString());
    assertEquals("Images[10000x28x28]", standard.test().toString());
  }

  /** MNIST: 19% of the pixels are not 0, their mean is 0.13. */
  @Test
  void hasTheInkOfMnist() {
    byte[] pixels = DIGITS.train().pixels();
    long inked = 0;
    long sum = 0;
    for (byte b : pixels) {
      inked += b != 0 ? 1 : 0;
      sum += Byte.toUnsignedInt(b);
    }
    double share = (double) inked / pixels.length;
    double mean = sum / 255.0 / pixels.length;
    assertTrue(share > 0.14 && share < 0.24, "share " + share);
    assertTrue(mean > 0.10 && mean < 0.16, "mean " + mean);
  }

  @Test
  void everyPictureIsCentredAndClearOfTheEdge() {
    Images images = DIGITS.train();
    double total = 0;
    for (int i = 0; i < images.count(); i++) {
      byte[] p = picture(images, i);
      double sum = 0;
      double x = 0;
      double y = 0;
      for (int k = 0; k < p.length; k++) {
        int ink = Byte.toUnsignedInt(p[k]);
        sum += ink;
        x += ink * (k % 28);
        y += ink * (k / 28);
        boolean edge = k % 28 == 0 || k % 28 == 27 || k / 28 == 0 || k / 28 == 27;
        assertTrue(!edge || ink == 0, "picture " + i + " touches the edge");
      }
      assertTrue(sum > 10 * 255, "picture " + i + " is nearly empty");
      double off = Math.max(Math.abs(x / sum - 13.5), Math.abs(y / sum - 13.5));
      assertTrue(off < 4, "picture " + i + " is " + off + " off the middle");
      total += off;
    }
    assertTrue(total / images.count() < 0.8, "mean distance " + total / images.count());
  }

  @Test
  void labelsAreBalancedAndShuffled() {
    int[] count = new int[10];
    int repeats = 0;
    byte[] labels = DIGITS.trainLabels();
    for (int i = 0; i < COUNT; i++) {
      count[labels[i]]++;
      repeats += i > 0 && labels[i] == labels[i - 1] ? 1 : 0;
    }
    for (int c : count) {
      assertEquals(COUNT / 10.0, c, 100, Arrays.toString(count)); // five standard deviations
    }
    assertEquals(COUNT / 10.0, repeats, 100);
  }

  @Test
  void noTwoPicturesAreAlike() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < COUNT; i++) {
      seen.add(Arrays.toString(picture(DIGITS.train(), i)));
    }
    assertEquals(COUNT, seen.size());
  }

  /**
   * Readable: the mean picture of each label, made of the training set, recognises most of the test
   * set. MNIST's nearest mean gets 82% right; shuffled labels would get 10%.
   */
  @Test
  void picturesShowTheirLabels() {
    int size = DIGITS.train().size();
    double[][] mean = new double[10][size];
    int[] count = new int[10];
    for (int i = 0; i < COUNT; i++) {
      int label = DIGITS.trainLabels()[i];
      count[label]++;
      byte[] p = picture(DIGITS.train(), i);
      for (int k = 0; k < size; k++) {
        mean[label][k] += Byte.toUnsignedInt(p[k]);
      }
    }
    int right = 0;
    for (int i = 0; i < DIGITS.test().count(); i++) {
      byte[] p = picture(DIGITS.test(), i);
      int best = -1;
      double least = Double.MAX_VALUE;
      for (int label = 0; label < 10; label++) {
        double distance = 0;
        for (int k = 0; k < size; k++) {
          double d = Byte.toUnsignedInt(p[k]) - mean[label][k] / count[label];
          distance += d * d;
        }
        if (distance < least) {
          least = distance;
          best = label;
        }
      }
      right += best == DIGITS.testLabels()[i] ? 1 : 0;
    }
    double share = (double) right / DIGITS.test().count();
    assertTrue(share > 0.75, "recognised " + share);
  }
}
