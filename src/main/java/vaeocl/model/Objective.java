package vaeocl.model;

/** What a training minimises. */
public enum Objective {
  /** recon + beta·KL: the evidence lower bound (Kingma and Welling, 2014). */
  VAE,

  /** The importance-weighted bound (Burda et al., 2016), by itself. */
  IWAE,

  /** recon, with z = mu: an autoencoder. */
  AE
}
