package vaeocl.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class RepeatTest {
  private static String command(ObjectNode config) {
    return String.join(" ", Repeat.command(new Settings(config)));
  }

  @Test
  void optionsComeFromTheConfiguration() {
    ObjectNode config = SmallRun.config(2);
    config.putObject("tiling").put("kind", "cpu").put("kernels", "packed");
    assertEquals(
        "java -jar vae-ocl.jar train --dataset digits --epochs 5 --hidden 12 --latent 2"
            + " --batch-size 128 --learning-rate 0.001 --beta 1.0 --seed 1"
            + " --device 'A device' --tiling cpu",
        command(config));
  }

  @Test
  void filesAreNamed() {
    ObjectNode config = SmallRun.config(2);
    config.putObject("dataset").put("name", "idx").put("source", "/data/it's here");
    config.putObject("tiling").put("kernels", "/my/kernels");
    config.putObject("device");
    assertEquals(
        "java -jar vae-ocl.jar train --data '/data/it'\\''s here' --epochs 5 --hidden 12 --latent 2"
            + " --batch-size 128 --learning-rate 0.001 --beta 1.0 --seed 1"
            + " --kernels /my/kernels",
        command(config));
  }

  @Test
  void valuesCannotBreakOut() {
    ObjectNode config = SmallRun.config(2);
    config.removeAll();
    config.put("epochs", "$(rm -rf ~)").put("beta", "-1").put("seed", "1\n; reboot");
    assertEquals(
        "java -jar vae-ocl.jar train --epochs '$(rm -rf ~)' --beta=-1 --seed '1?; reboot'",
        command(config));
  }

  @Test
  void aDeviceIsNamedAsItCanBeChosen() {
    ObjectNode config = SmallRun.config(2);
    config.putObject("device").put("name", "A device").put("option", "3");
    String command = command(config);
    assertEquals("--device 3", command.substring(command.indexOf("--device")));
  }
}
