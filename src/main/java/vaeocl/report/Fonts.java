package vaeocl.report;

import java.awt.Font;
import java.awt.font.FontRenderContext;

/** Whether text can be drawn: that takes the system's fonts, which a bare machine lacks. */
final class Fonts {
  private static final String SKIPPED =
      "pictures skipped: Java finds no fonts on this machine; install fontconfig and"
          + " fonts-dejavu-core";

  private Fonts() {}

  /** Why no text can be drawn, in one line; null if it can. */
  static String problem() {
    try {
      Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
      FontRenderContext context = new FontRenderContext(null, true, true);
      return font.getStringBounds("0", context).getWidth() > 0 ? null : SKIPPED;
    } catch (RuntimeException | LinkageError | InternalError e) {
      // Depending on what is missing: no fonts, no fontconfig or freetype library, or a second try.
      return SKIPPED;
    }
  }
}
