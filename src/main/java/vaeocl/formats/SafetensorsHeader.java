package vaeocl.formats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The checked JSON header of a safetensors file.
 *
 * @param entries the tensors in the order of their values, which they cover without gap or overlap
 * @param metadata the free text under {@code __metadata__}
 */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {
  static final int MAX_BYTES = 1_000_000;
  static final String METADATA = "__metadata__";

  private static final int MAX_RANK = 8;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}");
  private static final Set<String> KEYS = Set.of("dtype", "shape", "data_offsets");
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * One tensor.
   *
   * @param begin the offset of its first byte behind the header
   * @param count the number of its values
   */
  @SuppressWarnings("ArrayRecordComponent") // built here, handed on once
  record Entry(String name, NumberType type, int[] shape, long begin, int count) {
    /** The offset of the byte behind its last. */
    long end() {
      return begin + (long) type.bytes() * count;
    }
  }

  /** Whether {@code name} is fit for a tensor: letters, digits, '_', '.', '-', as PyTorch's are. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches() && !name.equals(METADATA);
  }

  /**
   * @param json the header's bytes
   * @param dataBytes what the file holds behind the header
   * @throws FormatException naming {@code file}, if anything is not as the format wants it
   */
  static SafetensorsHeader parse(Path file, byte[] json, long dataBytes) throws FormatException {
    JsonNode root = tree(file, json);
    List<Entry> entries = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> e : root.properties()) {
      if (e.getKey().equals(METADATA)) {
        for (Map.Entry<String, JsonNode> text : e.getValue().properties()) {
          require(file, text.getValue().isTextual(), "its metadata holds something not a text");
          metadata.put(text.getKey(), text.getValue().textValue());
        }
        require(file, e.getValue().isObject(), "its metadata is not an object");
        require(file, TextFile.isUnicode(e.getValue().toString()), "its metadata is no Unicode");
      } else {
        entries.add(entry(file, e.getKey(), e.getValue(), dataBytes));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin));
    long expected = 0;
    for (Entry e : entries) {
      require(
          file,
          e.begin() == expected,
          "tensor %s begins at %d, %s the one before it, which ends at %d",
          e.name(),
          e.begin(),
          e.begin() < expected ? "overlapping" : "leaving a hole behind",
          expected);
      expected = e.end();
    }
    require(
        file,
        expected == dataBytes,
        "its tensors take %d bytes, the file holds %d; it is truncated or has trailing data",
        expected,
        dataBytes);
    return new SafetensorsHeader(List.copyOf(entries), metadata);
  }

  private static JsonNode tree(Path file, byte[] json) throws FormatException {
    // The format wants the object at once; and Jackson would guess other encodings than UTF-8.
    require(file, json[0] == '{', "not a safetensors file (its header is no JSON object)");
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      return STRICT.readTree(text);
    } catch (CharacterCodingException e) {
      throw new FormatException(file, "its header is not UTF-8", e);
    } catch (JsonProcessingException e) {
      throw new FormatException(file, "bad JSON in its header: " + e.getOriginalMessage(), e);
    }
  }

  private static Entry entry(Path file, String name, JsonNode node, long dataBytes)
      throws FormatException {
    require(file, isName(name), "unusable tensor name \"%s\"", name);
    require(
        file,
        node.isObject() && node.size() == KEYS.size() && KEYS.stream().allMatch(node::has),
        "tensor %s needs dtype, shape and data_offsets, and nothing else",
        name);
    NumberType type = type(node.get("dtype").asText());
    require(
        file,
        type != null,
        "tensor %s has dtype %s, but F16, BF16, F32 and F64 are read; save it with .float()",
        name,
        node.get("dtype"));

    JsonNode dims = node.get("shape");
    require(file, dims.isArray() && dims.size() <= MAX_RANK, "tensor %s has a bad shape", name);
    int[] shape = new int[dims.size()];
    long count = 1;
    for (int i = 0; i < shape.length; i++) {
      require(
          file,
          dims.get(i).isInt() && dims.get(i).intValue() >= 1,
          "tensor %s has a bad dimension %s",
          name,
          dims.get(i));
      shape[i] = dims.get(i).intValue();
      count *= shape[i];
      require(file, count <= dataBytes / type.bytes(), "tensor %s is larger than the file", name);
    }

    JsonNode offsets = node.get("data_offsets");
    require(
        file,
        offsets.size() == 2 && isLong(offsets.get(0)) && isLong(offsets.get(1)),
        "tensor %s has bad data_offsets",
        name);
    long begin = offsets.get(0).longValue();
    long end = offsets.get(1).longValue();
    require(
        file,
        begin >= 0 && begin <= end && end <= dataBytes && end - begin == type.bytes() * count,
        "tensor %s has data_offsets [%d, %d], which do not fit its shape or the file",
        name,
        begin,
        end);
    require(file, count <= NumberArray.MAX_VALUES, "tensor %s is too large for this program", name);
    return new Entry(name, type, shape, begin, (int) count);
  }

  private static NumberType type(String dtype) {
    return switch (dtype) {
      case "F16" -> NumberType.FLOAT16;
      case "BF16" -> NumberType.BFLOAT16;
      case "F32" -> NumberType.FLOAT32;
      case "F64" -> NumberType.FLOAT64;
      default -> null;
    };
  }

  private static boolean isLong(JsonNode node) {
    return node != null && node.isIntegralNumber() && node.canConvertToLong();
  }

  private static void require(Path file, boolean holds, String problem, Object... arguments)
      throws FormatException {
    if (!holds) {
      throw new FormatException(file, String.format(Locale.ROOT, problem, arguments));
    }
  }
}
