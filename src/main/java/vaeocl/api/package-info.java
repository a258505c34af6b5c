/**
 * Variational autoencoders from Java: a {@link vaeocl.api.Device}, {@link vaeocl.api.ImageSet
 * images}, a {@link vaeocl.api.Trainer}, and a trained {@link vaeocl.api.Model} that encodes,
 * decodes, generates and is measured. The program's own commands are written with these classes.
 *
 * <pre>{@code
 * try (Device device = Device.open()) {
 *   ImageSet mnist = ImageSet.mnist();
 *   TrainedRun run = Trainer.of(mnist).latent(2).epochs(5).train(device);
 *   try (Model model = run.open(device)) {
 *     System.out.println(model.evaluate(mnist.test()).elbo() + " nats an image");
 *     model.save(Path.of("vae.safetensors"));
 *   }
 * }
 * }</pre>
 *
 * <p>Shapes are written [rows, columns], row-major; pixels are in [0, 1], 0 black; losses, ELBO and
 * KL are in nats an image, PSNR in dB. A message of an exception is one line that says what to do;
 * where a line names an option, it is the command line's, and the method of that name is meant.
 *
 * <p>What holds a device's memory is {@link AutoCloseable}: models are closed before their device.
 * A device and what is open on it belong to one thread at a time.
 *
 * @see <a href="https://arxiv.org/abs/1312.6114">Kingma and Welling: Auto-Encoding Variational
 *     Bayes</a>
 */
package vaeocl.api;
