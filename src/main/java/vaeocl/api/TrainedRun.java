package vaeocl.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import vaeocl.model.EpochResult;
import vaeocl.model.SavedModel;
import vaeocl.train.Position;
import vaeocl.train.RunFolder;

/**
 * What came of a training.
 *
 * @param epochs figures of all finished epochs, also of those before a resumption: losses in nats
 *     an image, PSNR in dB
 * @param position where it stopped
 * @param whole whether it came to its end, by its number of epochs or by its patience
 * @param early whether it ended by its patience: the validation loss had not become better
 * @param folder where all of it is kept; empty where no folder was named
 * @param kept the model, where no folder keeps it and an epoch was finished
 */
public record TrainedRun(
    List<EpochResult> epochs,
    Position position,
    boolean whole,
    boolean early,
    Optional<Path> folder,
    Optional<SavedModel> kept) {
  /**
   * The weights after the last finished epoch.
   *
   * @return the model
   * @throws RequestException if no epoch was finished
   * @throws vaeocl.formats.FormatException if the folder was changed since
   */
  public SavedModel model() throws IOException {
    if (epochs.isEmpty()) {
      throw new RequestException("there is no model yet, since no epoch is finished");
    }
    return folder.isPresent() ? RunFolder.open(folder.get()).savedModel() : kept.orElseThrow();
  }

  /**
   * Brings {@link #model} to a device.
   *
   * @param device to be closed after the model
   * @return the model, to be closed
   * @throws IOException as {@link #model}
   */
  public Model open(Device device) throws IOException {
    return Model.of(model(), device);
  }
}
