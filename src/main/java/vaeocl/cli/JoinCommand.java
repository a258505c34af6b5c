package vaeocl.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vaeocl.formats.FloatArray;
import vaeocl.formats.FormatException;
import vaeocl.formats.Npy;
import vaeocl.formats.NumberArray;

/** {@code vae-ocl join}: the parts that 'encode --shard' wrote, as one file. */
@Command(
    name = "join",
    description = "Join .npy arrays of one row shape along their first axis, in the order given.",
    sortOptions = false)
final class JoinCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Parts, such as codes-*-of-16.npy.")
  private List<Path> files;

  @Mixin private OutOption out;

  @Override
  public Integer call() throws IOException {
    Path file = out.file("joined.npy", List.of(".npy"));
    List<FloatArray> parts = new ArrayList<>();
    for (Path each : files) {
      FloatArray part = Npy.readFloats(each);
      if (part.shape().length == 0) {
        throw new FormatException(each, "holds a single number, which has no rows");
      }
      if (!parts.isEmpty() && !Arrays.equals(row(part), row(parts.get(0)))) {
        throw new FormatException(
            each,
            "has shape %s, whose rows are not those of %s in %s"
                .formatted(
                    NumberArray.describe(part.shape()),
                    NumberArray.describe(parts.get(0).shape()),
                    files.get(0)));
      }
      parts.add(part);
    }
    int[] shape = parts.get(0).shape().clone();
    shape[0] = parts.stream().mapToInt(part -> part.shape()[0]).reduce(0, Math::addExact);
    float[] values =
        new float[parts.stream().mapToInt(part -> part.values().length).reduce(0, Math::addExact)];
    int at = 0;
    for (FloatArray part : parts) {
      System.arraycopy(part.values(), 0, values, at, part.values().length);
      at += part.values().length;
    }
    Npy.write(file, new FloatArray(shape, values));
    spec.commandLine().getOut().println("Joined %d rows: %s".formatted(shape[0], file));
    return Cli.OK;
  }

  private static int[] row(FloatArray part) {
    return Arrays.copyOfRange(part.shape(), 1, part.shape().length);
  }
}
