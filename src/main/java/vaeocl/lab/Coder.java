package vaeocl.lab;

import vaeocl.compression.Pca;
import vaeocl.data.Images;
import vaeocl.model.Codec;
import vaeocl.model.Rows;

/** A way from pictures to points and back. */
public interface Coder {
  /** The points of pictures, [N, d]. */
  float[] encode(Images images);

  /** The pictures of points: [N, pixels] in [0, 1] from [N, d]. */
  float[] decode(float[] points);

  /** A net's, with z = mu. */
  static Coder of(Codec codec) {
    return new Coder() {
      @Override
      public float[] encode(Images images) {
        return Codec.mu(codec.encode(Rows.of(images)), codec.latent());
      }

      @Override
      public float[] decode(float[] points) {
        return codec.decode(Rows.of(points, codec.latent()));
      }
    };
  }

  /** That of principal components. */
  static Coder of(Pca pca) {
    return new Coder() {
      @Override
      public float[] encode(Images images) {
        return pca.project(images);
      }

      @Override
      public float[] decode(float[] points) {
        return pca.reconstructPixels(points);
      }
    };
  }
}
