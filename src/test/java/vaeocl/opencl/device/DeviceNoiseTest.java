package vaeocl.opencl.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jocl.CL;
import org.jocl.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vaeocl.KernelFiles;
import vaeocl.Normality;
import vaeocl.Pocl;
import vaeocl.opencl.DeviceBackend;
import vaeocl.opencl.Mode;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.DeviceBuffer.Element;
import vaeocl.opencl.plan.Tiling;
import vaeocl.ops.Batches;
import vaeocl.ops.Op;
import vaeocl.ops.Plan;
import vaeocl.ops.Role;
import vaeocl.ops.Sampling;
import vaeocl.ops.Tensor;
import vaeocl.ops.Type;
import vaeocl.random.Philox;

/** The device's random numbers: the integers are the host's, the noise is normal. */
class DeviceNoiseTest {
  private static final int COUNTERS = 5000;

  /** Six words in, key and counter; four words out. */
  private static final String KERNEL =
      """
      kernel void words(global int *out, const global int *in) {
        const int i = get_global_id(0);
        const uint2 key = (uint2)(in[6 * i], in[6 * i + 1]);
        const uint4 counter = (uint4)(in[6 * i + 2], in[6 * i + 3], in[6 * i + 4], in[6 * i + 5]);
        const uint4 words = philox(key, counter);
        vstore4(as_int4(words), i, out);
      }
      """;

  @Test
  void integersEqualTheHostsBitForBit(@TempDir Path folder) throws Exception {
    ClDevice device = Pocl.device();
    Files.writeString(folder.resolve("words.cl"), KernelFiles.text("lib/philox.cl") + KERNEL);
    SplittableRandom random = new SplittableRandom(3);
    int[] in = new int[6 * COUNTERS];
    int[] edges = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE};
    for (int i = 0; i < in.length; i++) {
      in[i] = i < 3000 ? edges[random.nextInt(edges.length)] : random.nextInt();
    }
    int[] expected = new int[4 * COUNTERS];
    int[] words = new int[4];
    for (int i = 0; i < COUNTERS; i++) {
      int[] row = Arrays.copyOfRange(in, 6 * i, 6 * i + 6);
      long key = (row[0] & 0xFFFF_FFFFL) | ((long) row[1] << 32);
      Philox.block(key, row[2], row[3], row[4], row[5], words);
      System.arraycopy(words, 0, expected, 4 * i, 4);
    }
    int[] actual = new int[4 * COUNTERS];
    String options = Programs.options("");
    try (ClContext context = new ClContext(device, false);
        KernelProgram program =
            new KernelProgram(
                context,
                KernelSource.folder(folder).program(List.of("words.cl")),
                "words.cl",
                options);
        DeviceBuffer input = new DeviceBuffer(context, "in", Element.INT, in.length, false);
        DeviceBuffer output = new DeviceBuffer(context, "out", Element.INT, actual.length, false)) {
      input.write(in);
      Map<String, Object> arguments = Map.of("out", output, "in", input);
      try (BoundKernel kernel =
          new BoundKernel(
              context, program, "words", arguments, new long[] {COUNTERS}, new long[] {1})) {
        kernel.enqueue(0, null);
        int status =
            CL.clEnqueueReadBuffer(
                context.queue(),
                output.memory(),
                CL.CL_TRUE,
                0,
                output.bytes(),
                Pointer.to(actual),
                0,
                null,
                null);
        OpenClException.check("clEnqueueReadBuffer", status);
      }
    }
    assertArrayEquals(expected, actual);
  }

  /** With mu = 0 and logvar = 0, z is the noise: rows are dimensions of several steps. */
  @ParameterizedTest
  @EnumSource
  void noiseIsStandardNormalAndUncorrelated(Tilings kind) {
    ClDevice device = Pocl.device();
    int batch = 1500;
    int latent = 5; // ends in the middle of a block
    int steps = 3;
    Tensor order = new Tensor("order", Role.DATASET, Type.I32, 1, batch);
    Tensor heads = Tensor.activation("heads", batch, 2 * latent);
    Tensor z = Tensor.activation("z", batch, latent);
    Tensor eps = Tensor.activation("eps", batch, latent);
    Tensor kl = new Tensor("kl", Role.SLOT, Type.F32, steps, 1);
    Op op = new Op.Latent(z, eps, kl, heads, order, Sampling.TRAIN, 1);
    double[][] noise = new double[steps * latent][batch];
    Tiling tiling = kind.of(device.info());
    try (DeviceBackend backend =
            new DeviceBackend(device, KernelSource.packed(), tiling, Mode.GUARDED);
        Plan plan = backend.compile(List.of(op), Set.of(z))) {
      int[] rows = new int[batch];
      Arrays.setAll(rows, i -> i);
      backend.write(order, rows);
      backend.write(heads, new float[batch * 2 * latent]);
      for (int step = 0; step < steps; step++) {
        plan.run(new Batches(step, step, 0, 1));
        float[] values = backend.read(z);
        for (int i = 0; i < values.length; i++) {
          noise[step * latent + i % latent][i / latent] = values[i];
        }
      }
      for (double sum : backend.sums(kl, 0, steps)) {
        assertEquals(0, sum, 1e-3, "KL(N(0, 1) ‖ N(0, 1))");
      }
    }
    Normality.assertStandardNormal(noise);
  }
}
