package vaeocl.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One setting: all that follows from a record's component and its {@link Setting}.
 *
 * @param name the component's: learningRate
 * @param type of the value, or of a list's elements
 * @param list whether the value is a list, with commas in its text
 */
public record SettingSpec(String name, Class<?> type, boolean list, Setting setting) {
  public SettingSpec {
    if (!TextValue.knows(type)) {
      throw new IllegalArgumentException("no text for a " + type.getSimpleName() + ": " + name);
    }
  }

  /** A record's settings, in its order. */
  static List<SettingSpec> of(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(SettingSpec::of).toList();
  }

  /** All values of a record by {@link #key}, in its order. */
  static Map<String, Object> values(List<SettingSpec> settings, Record of) {
    Map<String, Object> values = new LinkedHashMap<>();
    RecordComponent[] components = of.getClass().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      try {
        values.put(settings.get(i).key(), components[i].getAccessor().invoke(of));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e); // accessors of a public record only return
      }
    }
    return values;
  }

  /** The record of these values, in its order. */
  static <T extends Record> T construct(Class<T> type, Object[] values) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e); // every record has its canonical constructor
    }
  }

  private static SettingSpec of(RecordComponent component) {
    Setting setting = Objects.requireNonNull(component.getAnnotation(Setting.class));
    boolean list = component.getType() == List.class;
    Class<?> type =
        list
            ? (Class<?>)
                ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
            : component.getType();
    return new SettingSpec(component.getName(), type, list, setting);
  }

  /** Its option: --learning-rate. */
  public String option() {
    return "--" + words("-");
  }

  /** Its key in config.json and in a model's metadata: learning_rate. */
  public String key() {
    return words("_");
  }

  private String words(String between) {
    return name.replaceAll("(?=[A-Z])", between).toLowerCase(Locale.ROOT);
  }

  /** What it is, with its default. */
  public String help() {
    return setting
        .help()
        .replace("{initial}", setting.initial())
        .replace("{values}", TextValue.expected(type).replace("one of ", ""));
  }

  /** The default. */
  Object initial() {
    return parse(setting.initial());
  }

  /**
   * The value of a text.
   *
   * @throws IllegalArgumentException if it has none that is allowed; the message says what is
   */
  public Object parse(String text) {
    try {
      Object value = list ? elements(text) : TextValue.parse(type, text);
      if (allowed(value)) {
        return value;
      }
    } catch (IllegalArgumentException e) {
      boolean said = e instanceof NumberFormatException && Double.isInfinite(setting.to());
      throw said ? e : new IllegalArgumentException(refusal(text), e);
    }
    throw new IllegalArgumentException(refusal(text));
  }

  private List<Object> elements(String text) {
    return Arrays.stream(text.split(",", -1)).map(each -> TextValue.parse(type, each)).toList();
  }

  /** The text of a value. */
  public String print(Object value) {
    return value instanceof List<?> all
        ? all.stream().map(TextValue::print).collect(Collectors.joining(","))
        : TextValue.print(value);
  }

  /**
   * @throws IllegalArgumentException if the value is not allowed; the message says what is
   */
  void check(Object value) {
    if (!allowed(value)) {
      throw new IllegalArgumentException(key() + ": " + refusal(print(value)));
    }
  }

  private boolean allowed(Object value) {
    if (value instanceof List<?> all) {
      return !all.isEmpty() && all.size() <= setting.most() && all.stream().allMatch(this::allowed);
    }
    if (!(value instanceof Number number)) {
      return value != null;
    }
    double v = number.doubleValue();
    boolean enough = setting.above() ? v > setting.from() : v >= setting.from();
    return Double.isFinite(v) && enough && v <= setting.to();
  }

  private String refusal(String text) {
    String each = TextValue.expected(type) + range();
    String all =
        list ? "1 to " + setting.most() + " values with commas between, each " + each : each;
    return TextValue.unexpected(all, text).getMessage();
  }

  private String range() {
    boolean lower = Double.isFinite(setting.from());
    boolean upper = Double.isFinite(setting.to());
    if (lower && upper && !setting.above()) {
      return " from " + number(setting.from()) + " to " + number(setting.to());
    }
    String least = (setting.above() ? ", more than " : ", at least ") + number(setting.from());
    return (lower ? least : "") + (upper ? ", at most " + number(setting.to()) : "");
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
