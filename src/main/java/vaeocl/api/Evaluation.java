package vaeocl.api;

import vaeocl.model.Evidence;
import vaeocl.model.Figures;

/**
 * What a model makes of test images, means over them.
 *
 * @param sampled MSE of a pixel, PSNR in dB and SSIM of reconstructions from a sample of q(z|x)
 * @param mean the same from z = mu
 * @param evidence reconstruction loss, KL and ELBO in nats an image, bits a pixel
 */
public record Evaluation(Figures sampled, Figures mean, Evidence evidence) {
  /**
   * The evidence lower bound, by one sample of each image.
   *
   * @return nats an image
   */
  public double elbo() {
    return evidence.elbo();
  }
}
