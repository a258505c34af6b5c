package vaeocl.cli;

import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import vaeocl.model.Preset;
import vaeocl.model.TextValue;

/** Presets by their names. */
final class PresetConverter implements ITypeConverter<Preset>, Iterable<String> {
  @Override
  public Preset convert(String text) {
    try {
      return (Preset) TextValue.parse(Preset.class, text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  @Override
  public Iterator<String> iterator() {
    return Arrays.stream(Preset.values()).map(TextValue::print).iterator();
  }
}
