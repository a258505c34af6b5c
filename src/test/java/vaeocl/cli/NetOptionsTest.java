package vaeocl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vaeocl.Configs;
import vaeocl.formats.FormatException;
import vaeocl.model.SavedModel;
import vaeocl.model.SettingSpec;
import vaeocl.model.VaeConfig;
import vaeocl.report.RepeatLine;
import vaeocl.train.RunConfig;

/** Settings on all their ways: command line, config.json, the command that repeats a run. */
class NetOptionsTest {
  private static final Path STORED = Path.of("src/test/resources/runs/config-0.1.0.json");

  /** A value for each setting that is not its default. */
  /** Values that are not the defaults; each setting is in one of them at least. */
  private static final List<Map<String, String>> OTHERS =
      List.of(
          Map.ofEntries(
              Map.entry("hidden", "512,256,7"),
              Map.entry("latent", "8"),
              Map.entry("activation", "sigmoid"),
              Map.entry("likelihood", "gaussian"),
              Map.entry("sigma", "0.25"),
              Map.entry("batch_size", "96"),
              Map.entry("learning_rate", "1.0E-4"),
              Map.entry("schedule", "cosine"),
              Map.entry("beta", "0.1"),
              Map.entry("kl_warmup", "5"),
              Map.entry("free_bits", "0.5"),
              Map.entry("binarize", "fixed"),
              Map.entry("validation", "100"),
              Map.entry("patience", "3"),
              Map.entry("seed", "-9223372036854775808")),
          Map.of("objective", "iwae", "samples", "50", "likelihood", "bernoulli"),
          Map.of("kl_cycle", "4"));

  @Command
  static final class Probe implements Runnable {
    @Mixin NetOptions net;

    @Override
    public void run() {}
  }

  private static VaeConfig parse(List<String> args, SavedModel initial) throws IOException {
    Probe probe = new Probe();
    new CommandLine(probe).parseArgs(args.toArray(String[]::new));
    return probe.net.config(initial, Path.of("a.safetensors"));
  }

  private static RunConfig stored() throws IOException {
    return RunConfig.parse(STORED, Files.readString(STORED));
  }

  private static RunConfig with(VaeConfig vae) throws IOException {
    RunConfig c = stored();
    return new RunConfig(
        c.version(),
        c.started(),
        c.epochs(),
        vae,
        c.initFrom(),
        c.checkpointEvery(),
        c.dataset(),
        c.device(),
        c.tiling(),
        c.host());
  }

  /** What the repeat line says of the settings, as a shell would pass it. */
  private static List<String> repeated(String json) throws IOException {
    List<String> options = VaeConfig.SETTINGS.stream().map(SettingSpec::option).toList();
    List<String> args = new ArrayList<>();
    for (String group : RepeatLine.of(json)) {
      String[] words = group.split("[ =]", 2);
      if (options.contains(words[0])) {
        args.add(words[0] + "=" + words[1]);
      }
    }
    return args;
  }

  @Test
  void everySettingSurvivesItsWayRound() throws IOException {
    Set<String> changed = new HashSet<>();
    for (Map<String, String> others : OTHERS) {
      List<String> args = new ArrayList<>();
      VaeConfig.SETTINGS.stream()
          .filter(setting -> others.containsKey(setting.key()))
          .forEach(setting -> args.add(setting.option() + "=" + others.get(setting.key())));
      VaeConfig given = parse(args, null);
      others
          .keySet()
          .forEach(
              key -> assertNotEquals(VaeConfig.DEFAULT.values().get(key), given.values().get(key)));
      String json = with(given).json();
      assertEquals(given, RunConfig.parse(STORED, json).vae());
      assertEquals(VaeConfig.SETTINGS.size(), repeated(json).size());
      assertEquals(given, parse(repeated(json), null));
      assertEquals(given, VaeConfig.parse(others::get));
      changed.addAll(others.keySet());
    }
    assertEquals(VaeConfig.DEFAULT.values().keySet(), changed);
    String json = with(VaeConfig.parse(OTHERS.get(0)::get)).json();
    assertEquals("[512,256,7]", new ObjectMapper().readTree(json).get("hidden").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --sigma=0.1 | --sigma is for --likelihood gaussian alone
          --samples=5 | --samples is for --objective iwae alone
          --objective=ae --kl-warmup=3 | --beta, --kl-warmup, --kl-cycle and --free-bits are for \
          --objective vae: the others have no KL to weigh
          --kl-warmup=2 --kl-cycle=4 | --kl-warmup and --kl-cycle exclude each other: name one
          --patience=2 | --patience needs --validation, whose images say what is better
          --objective=iwae --likelihood=gaussian | --objective iwae with --likelihood gaussian \
          needs --sigma: weighed samples have no one squared error to learn it from
          --binarize=fixed --likelihood=continuous-bernoulli | --binarize leaves pixels of 0 and 1, \
          which --likelihood bernoulli is for; continuous-bernoulli is for grey ones
          """)
  void combinationsThatMeanNothingAreRefused(String args, String expected) throws IOException {
    UserError e = assertThrows(UserError.class, () -> parse(List.of(args.split(" ", -1)), null));
    assertEquals(expected, e.getMessage());
  }

  @Test
  void everySettingHasAnOptionAKeyAndADefault() throws IOException {
    for (SettingSpec setting : VaeConfig.SETTINGS) {
      assertTrue(setting.option().matches("--[a-z]+(-[a-z]+)*"), setting.option());
      Object initial = setting.parse(setting.setting().initial());
      assertEquals(initial, VaeConfig.DEFAULT.values().get(setting.key()));
      assertEquals(initial, setting.parse(setting.print(initial)));
      assertTrue(setting.help().contains("(" + setting.setting().initial() + ")"));
    }
    assertEquals(VaeConfig.DEFAULT, parse(List.of(), null));
    assertEquals(VaeConfig.DEFAULT, parse(repeated(with(VaeConfig.DEFAULT).json()), null));
  }

  @Test
  void aConfigurationOfVersion010ReadsAndWritesTheSame() throws IOException {
    VaeConfig vae = Configs.of(List.of(20), 3, 64, 2e-3, 0.5, -7);
    assertEquals(vae, stored().vae());
    ObjectMapper json = new ObjectMapper();
    JsonNode before = json.readTree(Files.readString(STORED));
    JsonNode after = json.readTree(stored().json());
    for (Map.Entry<String, JsonNode> e : before.properties()) {
      assertEquals(e.getValue(), after.get(e.getKey()), e.getKey());
    }
    assertTrue(stored().json().contains("\"hidden\" : 20,"), stored().json());
  }

  @Test
  void aMissingKeyHasItsDefaultAndAnUnknownOneIsIgnored() throws IOException {
    String text = Files.readString(STORED).replace("\"beta\"", "\"gamma\"");
    assertEquals(stored().vae().with(Map.of("beta", 1.0)), RunConfig.parse(STORED, text).vae());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"x\"", "0", "[]", "[400, -1]", "1.5", "{}", "true", "[[4]]"})
  void anUnusableValueInAFileIsNamed(String value) throws IOException {
    String text = Files.readString(STORED).replace("\"hidden\" : 20", "\"hidden\" : " + value);
    FormatException e = assertThrows(FormatException.class, () -> RunConfig.parse(STORED, text));
    assertTrue(e.getMessage().contains("hidden: expected 1 to 16 values"), e.getMessage());
  }

  @Test
  void aListOfOneAndANumberAreTheSame() throws IOException {
    String text = Files.readString(STORED).replace("\"hidden\" : 20", "\"hidden\" : [20]");
    assertEquals(stored().vae(), RunConfig.parse(STORED, text).vae());
  }

  @Test
  void aModelDecidesWhatItsWeightsBelongTo() throws IOException {
    VaeConfig net = Configs.of(List.of(30, 20), 5, 64, 2e-3, 0.5, 9);
    SavedModel model = new SavedModel(net, 28, 28, Map.of(), Map.of());
    VaeConfig expected = VaeConfig.DEFAULT.with(Map.of("hidden", List.of(30, 20), "latent", 5));
    assertEquals(expected, parse(List.of(), model));
    assertEquals(expected, parse(List.of("--hidden=30,20", "--latent", "5"), model));
    UserError e = assertThrows(UserError.class, () -> parse(List.of("--hidden=30"), model));
    assertEquals("--hidden 30 does not fit a.safetensors, whose net has 30,20", e.getMessage());
  }

  @Test
  void aModelsMetadataHasWhatItsNetIs() {
    VaeConfig deep = Configs.of(List.of(512, 256), 8, 64, 2e-3, 0.5, 9);
    Map<String, String> metadata = SavedModel.metadata(deep, 28, 28, "mnist", "0");
    assertEquals("512,256", metadata.get("hidden"));
    assertEquals("0.5", metadata.get("beta"));
    assertEquals(
        deep.with(Map.of("batch_size", 128, "learning_rate", 1e-3)),
        VaeConfig.parse(metadata::get));
    long kept = VaeConfig.SETTINGS.stream().filter(o -> o.setting().kept()).count();
    assertEquals(5 + kept, metadata.size());
  }
}
