package vaeocl.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmTest {
  private static final String RUN = "0123456789abcdef".repeat(4);
  private static final Film.Head HEAD = new Film.Head(3, 2, 4, 5, RUN, new byte[] {7, 0, -1});

  @TempDir Path folder;

  private static Film.Frame frame(int epoch) {
    float[] mu = {0, -1.5f, epoch, 0.25f, 1024, -0x1p-20f};
    byte[] picture = new byte[20];
    Arrays.fill(picture, (byte) (200 + epoch));
    return new Film.Frame(epoch, mu, picture);
  }

  private Path film(int... epochs) throws IOException {
    Path file = folder.resolve("film.bin");
    try (FilmWriter writer = FilmWriter.create(file, HEAD)) {
      for (int slot = 0; slot < epochs.length; slot++) {
        writer.write(slot, frame(epochs[slot]));
      }
    }
    return file;
  }

  private static void assertEpochs(Path file, int... epochs) throws IOException {
    Film film = Film.read(file);
    assertArrayEquals(epochs, film.frames().stream().mapToInt(Film.Frame::epoch).toArray());
    for (Film.Frame found : film.frames()) {
      Film.Frame written = frame(found.epoch());
      assertArrayEquals(written.mu(), found.mu());
      assertArrayEquals(written.picture(), found.picture());
    }
  }

  @Test
  void framesComeBackByTheirEpochs() throws IOException {
    Path file = film(0, 3, 2, 1);
    assertEpochs(file, 0, 1, 2, 3);
    Film.Head head = Film.read(file).head();
    assertEquals(RUN, head.run());
    assertArrayEquals(HEAD.labels(), head.labels());
    assertArrayEquals(HEAD.bytes(), head.bytes());
    assertEpochs(film()); // as soon as it is there
    Film.Head plain = new Film.Head(3, 2, 4, 5, RUN, null);
    FilmWriter.create(file, plain).close();
    assertEquals(null, Film.read(file).head().labels());
  }

  @Test
  void aFilmGoesOnAndSlotsAreTakenAgain() throws IOException {
    Path file = film(0, 1);
    try (FilmWriter writer = FilmWriter.open(file, HEAD)) {
      writer.write(2, frame(2));
      writer.write(1, frame(3));
    }
    assertEpochs(file, 0, 2, 3);
    Film.Head other = new Film.Head(3, 2, 4, 5, RUN.replace('0', '1'), HEAD.labels());
    FormatException e =
        assertThrows(FormatException.class, () -> FilmWriter.open(file, other).close());
    assertTrue(e.getMessage().contains("is of another run"), e.getMessage());
    assertEpochs(file, 0, 2, 3);
  }

  /** Whatever a killed writer leaves of a frame, the others are there. */
  @Test
  void aFrameThatWasCutShortIsNone() throws IOException {
    Path file = film(0, 1, 2);
    byte[] whole = Files.readAllBytes(file);
    int frame = HEAD.frameBytes();
    assertEquals(HEAD.bytes().length + 3 * frame, whole.length);
    for (int left = 0; left < frame; left++) {
      Files.write(file, Arrays.copyOf(whole, whole.length - frame + left));
      assertEpochs(file, 0, 1);
    }
    byte[] other = frame(9).bytes();
    for (int left = 1; left < frame; left++) {
      byte[] torn = whole.clone();
      System.arraycopy(other, 0, torn, whole.length - 2 * frame, left);
      Files.write(file, torn);
      assertEpochs(file, 0, 2);
    }
  }

  @Test
  void whatIsNoFilmIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(film(0));
    Path file = folder.resolve("damaged");
    for (int i = 0; i < HEAD.bytes().length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 1;
      Files.write(file, damaged);
      assertThrows(FormatException.class, () -> Film.read(file), "byte " + i);
      Files.write(file, Arrays.copyOf(whole, i));
      assertThrows(FormatException.class, () -> Film.read(file), i + " bytes");
    }
    assertThrows(FormatException.class, () -> Film.read(folder.resolve("missing")));
  }
}
