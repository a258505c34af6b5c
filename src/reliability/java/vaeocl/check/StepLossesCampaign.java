package vaeocl.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.Mode;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.Devices;
import vaeocl.opencl.device.KernelSource;

/**
 * Twenty steps of trainings of many shapes equal the reference's. The device is
 * -Dvaeocl.losses.device (its first), the tiling -Dvaeocl.losses.tiling (gpu).
 */
class StepLossesCampaign {
  private static final double TOLERANCE = 1e-5;

  @Test
  void ofManyShapes() {
    ClDevice device = Devices.select(System.getProperty("vaeocl.losses.device"));
    String tiling = System.getProperty("vaeocl.losses.tiling", "gpu");
    List<String> wrong = new ArrayList<>();
    double worst = 0;
    int count = 0;
    for (int pixels : new int[] {49, 784, 1024}) {
      for (int hidden : new int[] {3, 100, 400}) {
        for (int latent : new int[] {1, 2, 5, 8, 20}) {
          for (int batch : new int[] {1, 33, 96, 128, 300}) {
            StepLosses shape = new StepLosses(batch, latent, hidden, pixels);
            try (DeviceBackend backend =
                new DeviceBackend(
                    device,
                    KernelSource.packed(),
                    Tilings.of(tiling).of(device.info()),
                    Mode.NORMAL)) {
              double difference = shape.difference(backend);
              worst = Double.isNaN(difference) ? difference : Math.max(worst, difference);
              if (!(difference <= TOLERANCE)) {
                wrong.add(shape + ": " + difference);
              }
              count++;
            }
          }
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "losses of 20 steps, %s tiling, %s: %d shapes, largest difference %.1e%n",
        tiling,
        device.info().name(),
        count,
        worst);
    assertTrue(count > 0);
    assertEquals(List.of(), wrong);
  }
}
