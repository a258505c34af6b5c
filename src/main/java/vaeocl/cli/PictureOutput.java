package vaeocl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vaeocl.formats.GreyImage;
import vaeocl.formats.Npy;
import vaeocl.formats.Png;
import vaeocl.formats.Sheet;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;

/**
 * Where a command puts images: an array, or a sheet to look at.
 *
 * @param file ends in .npy or .png
 */
record PictureOutput(Path file) {
  private static final String SHEET = ".png";
  private static final int LARGEST_SHEET = 10_000;
  private static final int PAIRS_IN_A_ROW = 10;

  /** Pixels between images. */
  private static final int GAP = 2;

  /** Their grey: images are black at their edges. */
  private static final int SHADE = 96;

  /** The file that the user names, or else this one. */
  static PictureOutput of(OutOption out, String otherwise) {
    return new PictureOutput(out.file(otherwise, List.of(".npy", SHEET)));
  }

  /**
   * @throws UserError if a sheet cannot hold so many images
   */
  void check(long count) {
    if (OutOption.has(file, SHEET)) {
      requireFew(count);
    }
  }

  /**
   * Writes images.
   *
   * @param pixels [N, pixels] in [0, 1]
   * @param columns of a sheet; 0 for about as many as rows
   */
  void write(float[] pixels, int columns, SavedModel model, PrintWriter out, JsonOption json)
      throws IOException {
    int size = model.height() * model.width();
    int count = pixels.length / size;
    if (OutOption.has(file, SHEET)) {
      requireFew(count);
      int square = (int) Math.ceil(Math.sqrt(count));
      sheet(GreyImage.levels(pixels, size), columns == 0 ? square : columns, model);
    } else {
      Npy.write(file, ArrayShapes.images(pixels, model));
    }
    tell("Images", count, out, json);
  }

  /** Writes reconstructions; on a sheet, each row of images stands over their reconstructions. */
  void writePairs(
      Rows images, float[] reconstructions, SavedModel model, PrintWriter out, JsonOption json)
      throws IOException {
    int size = model.height() * model.width();
    int count = images.count();
    if (OutOption.has(file, SHEET)) {
      requireFew(2L * count);
      int columns = Math.min(PAIRS_IN_A_ROW, count);
      int blocks = (count + columns - 1) / columns;
      byte[][] originals = GreyImage.levels(images.all(), size);
      byte[][] copies = GreyImage.levels(reconstructions, size);
      byte[][] both = new byte[2 * blocks * columns][];
      Arrays.fill(both, new byte[size]);
      for (int i = 0; i < count; i++) {
        int at = i / columns * 2 * columns + i % columns;
        both[at] = originals[i];
        both[at + columns] = copies[i];
      }
      sheet(both, columns, model);
    } else {
      Npy.write(file, ArrayShapes.images(reconstructions, model));
    }
    tell("Reconstructions", count, out, json);
  }

  private void sheet(byte[][] images, int columns, SavedModel model) throws IOException {
    Sheet sheet = Sheet.even(model.height(), model.width(), columns, GAP, SHADE);
    Png.write(file, sheet.of(images));
  }

  private void requireFew(long count) {
    if (count > LARGEST_SHEET) {
      throw new UserError(
          "a .png sheet holds at most "
              + LARGEST_SHEET
              + " images, these are "
              + count
              + "; write an .npy file, or take fewer with --count");
    }
  }

  private void tell(String what, int count, PrintWriter out, JsonOption json) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("images", count);
    values.put("out", file.toString());
    json.print(out, List.of(what + ": " + count + ", in " + file), values);
  }
}
