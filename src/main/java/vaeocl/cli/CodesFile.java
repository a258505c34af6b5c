package vaeocl.cli;

import java.nio.file.Path;
import vaeocl.compression.Quantiser;
import vaeocl.formats.CodeFile;
import vaeocl.formats.FormatException;
import vaeocl.model.Rows;
import vaeocl.model.SavedModel;

/** Quantised codes on disk. */
final class CodesFile {
  static final String ENDING = ".codes";

  private CodesFile() {}

  /**
   * @throws UserError if a code cannot have so many bits a dimension
   */
  static void requireBits(int bits) {
    if (bits < CodeFile.MIN_BITS || bits > CodeFile.MAX_BITS) {
      throw new UserError(
          "--bits must be %d to %d, not %d".formatted(CodeFile.MIN_BITS, CodeFile.MAX_BITS, bits));
    }
  }

  /**
   * Quantises and writes.
   *
   * @param mu [N, latent]
   */
  static void write(Path file, float[] mu, SavedModel model, int bits) throws FormatException {
    Quantiser.fit(mu, model.config().latent(), bits).file(model.fingerprint(), mu).write(file);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @return [N, latent]
   * @throws FormatException if the file is damaged, or not one of this model's
   */
  static Rows read(Path file, SavedModel model) throws FormatException {
    CodeFile codes = CodeFile.read(file);
    if (!codes.model().equals(model.fingerprint())) {
      throw new FormatException(file, "holds codes of another model; name the one that made them");
    }
    return Rows.of(Quantiser.of(codes).decode(codes.levels()), codes.dims());
  }
}
