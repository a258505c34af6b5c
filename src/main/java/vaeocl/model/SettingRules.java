package vaeocl.model;

import static vaeocl.ops.Likelihood.CONTINUOUS_BERNOULLI;
import static vaeocl.ops.Likelihood.GAUSSIAN;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which settings mean something only beside others. */
public final class SettingRules {
  /**
   * A combination that means nothing.
   *
   * @param why for people, with settings by their names in braces
   */
  private record Rule(Predicate<VaeConfig> broken, String why) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              c -> c.sigma() > 0 && c.likelihood() != GAUSSIAN,
              "{sigma} is for {likelihood} gaussian alone"),
          new Rule(
              c -> c.samples() > 1 && c.objective() != Objective.IWAE,
              "{samples} is for {objective} iwae alone"),
          new Rule(
              c -> c.objective() != Objective.VAE && weighs(c),
              "{beta}, {klWarmup}, {klCycle} and {freeBits} are for {objective} vae: the others"
                  + " have no KL to weigh"),
          new Rule(
              c -> c.klWarmup() > 0 && c.klCycle() > 0,
              "{klWarmup} and {klCycle} exclude each other: name one"),
          new Rule(
              c -> c.patience() > 0 && c.validation() == 0,
              "{patience} needs {validation}, whose images say what is better"),
          new Rule(
              c -> c.objective() == Objective.IWAE && c.likelihood() == GAUSSIAN && c.sigma() == 0,
              "{objective} iwae with {likelihood} gaussian needs {sigma}: weighed samples have no"
                  + " one squared error to learn it from"),
          new Rule(
              c -> c.likelihood() == CONTINUOUS_BERNOULLI && c.binarize() != Binarize.NONE,
              "{binarize} leaves pixels of 0 and 1, which {likelihood} bernoulli is for;"
                  + " continuous-bernoulli is for grey ones"));

  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

  private SettingRules() {}

  private static boolean weighs(VaeConfig c) {
    return c.beta() != 1 || c.klWarmup() > 0 || c.klCycle() > 0 || c.freeBits() > 0;
  }

  /**
   * What is wrong with a combination of settings, if anything is.
   *
   * @param naming what to call a setting: its option, or its key
   */
  public static Optional<String> problem(VaeConfig c, Function<SettingSpec, String> naming) {
    return RULES.stream()
        .filter(rule -> rule.broken().test(c))
        .findFirst()
        .map(rule -> NAME.matcher(rule.why()).replaceAll(m -> naming.apply(named(m.group(1)))));
  }

  private static SettingSpec named(String name) {
    return VaeConfig.SETTINGS.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}
