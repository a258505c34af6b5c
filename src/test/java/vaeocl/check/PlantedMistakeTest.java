package vaeocl.check;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vaeocl.KernelFiles;
import vaeocl.Pocl;
import vaeocl.opencl.Tilings;
import vaeocl.opencl.device.ClDevice;
import vaeocl.opencl.device.DeviceInfo;
import vaeocl.opencl.device.KernelSource;
import vaeocl.opencl.plan.Tiling;

/** Mistakes in the shipped kernels are caught. Whoever rewrites a line adapts its mistake. */
class PlantedMistakeTest {
  /**
   * @param cases part of the label of the cases that must notice
   * @param text what the file holds once
   * @param other what is put in its place
   */
  @ParameterizedTest(name = "{1}, {0}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
        CPU   | lib/run.cl               | Latent                 | wrong slot                       | ((run)[1] + (nth)) | ((run)[1] + 1)
        GPU   | lib/run.cl               | Gather                 | wrong rows                       | ((run)[0] + (nth) | ((run)[0] - 1 + (nth)
        GPU   | lib/panel.cl             | LatentBackward         | panel                            | r, c) ((uint)(c) / P | r, c) ((uint)(c) / P % 1
        CPU   | lib/activation.cl        | SIGMOID                | sign                             | (T)1.0f + exp(-(v)) | (T)1.0f + exp(v)
        GPU   | lib/activation.cl        | RELU                   | max                              | define RELU_OF(T, v) ((v) < 0 ? | define RELU_OF(T, v) ((v) > 0 ?
        CPU   | lib/activation.cl        | DenseBackward          | derivative of ReLU               | define RELU_BACK(T, y, g) ((y) > 0.0f ? | define RELU_BACK(T, y, g) ((y) < 0.0f ?
        GPU   | lib/activation.cl        | DenseBackward          | derivative of ReLU               | define RELU_BACK(T, y, g) ((y) > 0.0f ? | define RELU_BACK(T, y, g) ((y) < 0.0f ?
        CPU   | lib/likelihood.cl        | Dense + Reconstruction | gradient of the loss             | (T)1.0f - (recon) | (T)1.0f + (recon)
        GPU   | lib/likelihood.cl        | Dense + Reconstruction | gradient of the loss             | (T)1.0f - (recon) | (T)1.0f + (recon)
        CPU   | lib/likelihood.cl        | Reconstruction         | sign                             | (T)2.0f * ((recon) - (x)) | (T)2.0f * ((x) - (recon))
        CPU   | lib/adam.cl              | AdamStep               | bias correction                  | sqrt(v) * rate.y | sqrt(v) / rate.y
        GPU   | lib/adam.cl              | AdamStep               | m uncorrected                    | rate.x * m | 1e-3f * m
        CPU   | lib/adam.cl              | AdamStep 784x400       | eps under the root               | sqrt(v) * rate.y + eps | sqrt(v + eps) * rate.y
        CPU   | lib/philox.cl            | 'Latent '              | rounds                           | round < 10 | round < 9
        GPU   | lib/philox.cl            | 'Latent '              | key                              | 0xBB67AE85u | 0xBB67AE86u
        CPU   | cpu/sampling.cl          | 'Latent 96x20 TRAIN'   | a block for all                  | w = first + JOIN(convert_uint, V)(LANE) | w = first
        CPU   | cpu/sampling.cl          | 'Latent 96x20 TRAIN'   | noise of other dimensions        | eps[4 * j + i] | eps[4 * j + (i ^ 1)]
        CPU   | cpu/sampling.cl          | 'Latent 96x20 TRAIN'   | logvar of another dimension      | min(col + j, cols - 1) | min(col, cols - 1)
        CPU   | cpu/sampling.cl          | 'Latent 96x20 TRAIN'   | divergence of padding            | d + LANE < latent ? | d + LANE < latent + 1 ?
        CPU   | cpu/sampling.cl          | 'LatentBackward 96x20' | mu over logvar                   | d, latent, MU_BACK | d, 2 * latent, MU_BACK
        CPU   | cpu/sampling.cl          | 'LatentBackward 96x20' | logvar of the first dimension    | latent + d, 2 * latent, LOGVAR | latent, 2 * latent, LOGVAR
        CPU   | cpu/sampling.cl          | 'LatentBackward 96x20 of free bits' | clamp of the others | < freeBits ? | > freeBits ?
        GPU   | lib/latent.cl            | 'Latent '              | sign in KL                       | exp(logvar) - (logvar) | exp(logvar) + (logvar)
        CPU   | lib/latent.cl            | LatentBackward         | 'sign of KL''s gradient'         | (dz) + (beta) * (mu) | (dz) - (beta) * (mu)
        GPU   | lib/latent.cl            | LatentBackward         | beta forgotten                   | 0.5f * (beta) * ( | 0.5f * (
        CPU   | lib/latent.cl            | 'Latent '              | second pair                      | d % 4 == 0 ? (*words).lo | d % 4 != 0 ? (*words).lo
        GPU   | lib/pixel.cl             | Gather                 | scale                            | (1.0f / 255.0f) | (1.0f / 256.0f)
        CPU   | lib/ssim.cl              | ImageMetrics           | sample covariance                | ((float)AREA / (AREA - 1)) | 1.0f
        GPU   | lib/ssim.cl              | ImageMetrics           | sample covariance                | ((float)AREA / (AREA - 1)) | 1.0f
        CPU   | plain/adam_step.cl       | AdamStep               | second moment                    | v[i] = square | v[i] = mean
        CPU   | lib/activation.cl        | LEAKY_RELU             | slope below 0                    | ((v) < 0 ? 0.01f * (v) | ((v) < 0 ? 0.02f * (v)
        PLAIN | lib/activation.cl        | DenseBackward          | leaky derivative                 | (g) : 0.01f * (g) | (g) : (g)
        GPU   | lib/activation.cl        | DenseBackward          | derivative of tanh               | (T)1.0f - (y) * (y) | (T)1.0f - (y)
        CPU   | lib/activation.cl        | DenseBackward          | derivative of softplus           | -expm1(-(y)) | -expm1(-2.0f * (y))
        GPU   | lib/activation.cl        | SOFTPLUS               | softplus above 0                 | (v) + log1p(exp(-(v))) | (v) + log1p(exp(v))
        CPU   | lib/activation.cl        | DenseBackward          | derivative of sigmoid            | (g) * (y) * ((T)1.0f - (y)) | (g) * ((T)1.0f - (y))
        PLAIN | plain/gather.cl          | Gather                 | another row                      | image * in + i | image * in
        PLAIN | plain/dense.cl           | 'Dense '               | bias forgotten                   | v = bias[o] | v = 0.0f
        PLAIN | plain/dense.cl           | 'Dense '               | activation forgotten             | EACH_ACTIVATION(ACTIVATE) | ''
        PLAIN | plain/dense_backward.cl  | DenseBackward          | activation forgotten             | EACH_ACTIVATION(THROUGH) | ''
        PLAIN | plain/dense_gradient.cl  | Gradient               | bias of all inputs               | bias += dy | bias = dy
        PLAIN | plain/latent.cl          | 'Latent '              | step ignored                     | stepwise ? RUN_STEP(run, nth) : 0 | 0
        PLAIN | plain/latent_backward.cl | LatentBackward         | halves exchanged                 | right = left + latent | right = left + latent - 1
        PLAIN | plain/scatter.cl         | Scatter                | by place                         | order[RUN_START(run, nth, batch) + s] | RUN_START(run, nth, batch) + s
        PLAIN | plain/reconstruction.cl  | Reconstruction         | last pixel                       | i < out | i < out - 1
        PLAIN | plain/image_metrics.cl   | ImageMetrics           | last window                      | window < WINDOWS | window < WINDOWS - 1
        CPU   | cpu/latent.cl            | Scatter                | by place                         | (s < batch ? order[RUN_START(run, nth, batch) + s] : 0) | (s < batch ? s : 0)
        CPU   | lib/sampling.cl          | Dense + Latent         | mu of another image              | allMu[image * latent + d] | allMu[s * latent + d]
        GPU   | gpu/latent.cl            | Scatter                | by place                         | (s < batch ? order[RUN_START(run, nth, batch) + s] : 0) | (s < batch ? s : 0)
        CPU   | cpu/tile.cl              | 'Dense '               | last of k                        | k < n - k0; k++ | k < n - k0 - 1; k++
        CPU   | cpu/tile.cl              | 'Dense '               | transpose elsewhere              | = lane[j] | = lane[j ^ 1]
        CPU   | cpu/nonzero.cl           | Dense                  | samples of the first word        | alike[g * WORDS(n) + word] | alike[g * WORDS(n)]
        CPU   | cpu/nonzero.cl           | Gather + Dense         | first lane not marked            | '|= bits_of(all.eights[i])' | '|= (bits_of(all.eights[i]) & 254)'
        CPU   | cpu/nonzero.cl           | Dense                  | columns not side by side         | << 8 * i; | << 8 * (P / 8 - 1 - i);
        CPU   | cpu/nonzero.cl           | Dense                  | samples exchanged                | != 0) << r | != 0) << (R - 1 - r)
        CPU   | cpu/nonzero.cl           | Dense                  | samples of another tile          | [row / R] = found | [row / R ^ 1] = found
        CPU   | cpu/nonzero.cl           | Dense                  | last sample of a word            | (1 << R) - 1); | (1 << (R - 1)) - 1);
        CPU   | cpu/gather.cl            | Gather                 | last pixel of a row              | i < left; i++ | i < left - 1; i++
        CPU   | cpu/gather.cl            | Gather + Dense         | faint ink not marked             | pixels != (uchar)0 | pixels > (uchar)127
        CPU   | cpu/latent.cl            | Step                   | marks of the first panel         | ySamples, t, row, panel | ySamples, t, row, 0
        CPU   | cpu/dense_backward.cl    | DenseBackward          | sums exchanged                   | LANE_SUM(t[s][0]) | LANE_SUM(t[s][1])
        CPU   | cpu/dense_forward.cl     | Dense                  | bias of the first panel          | CONST_VEC(bias + panel * P | CONST_VEC(bias
        CPU   | cpu/dense_forward.cl     | Dense + Reconstruction | padding in error                 | if (row + r < batch) sum | sum
        CPU   | cpu/dense_backward.cl    | DenseBackward          | activation forgotten             | EACH_ACTIVATION(GATE_SUMS) | ''
        CPU   | cpu/dense_backward.cl    | DenseBackward          | forgotten, few outputs           | EACH_ACTIVATION(GATE_TILE) | ''
        CPU   | cpu/dense_backward.cl    | DenseBackward          | second word of samples           | item0 * WORD | 0
        CPU   | cpu/dense_backward.cl    | DenseBackward          | lanes behind the end             | LANE < left | LANE <= left
        CPU   | cpu/dense_backward.cl    | DenseBackward          | zeros left out are not written   | all & ~some | 0
        CPU   | cpu/dense_gradient.cl    | Gradient               | last sample                      | s < batch; s++ | s < batch - 1; s++
        CPU   | lib/sampling.cl          | 'Latent '              | step ignored                     | stepwise ? RUN_STEP(run, nth) | 0 ? 1u
        CPU   | cpu/latent.cl            | Latent 1x1             | write behind the end             | if (s >= batch) return; | ''
        CPU   | cpu/latent.cl            | Dense + Latent         | last sample                      | min(row + R, batch) | min(row + R, batch - 1)
        CPU   | cpu/loss.cl              | Reconstruction         | last pixel                       | i < out | i < out - 1
        CPU   | cpu/loss.cl              | Reconstruction 1x1     | write behind the end             | if (s >= batch) return; | ''
        CPU   | cpu/ssim.cl              | ImageMetrics           | mean of b² taken for that of a·b | sum[4], sum[2] | sum[3], sum[2]
        GPU   | gpu/tile.cl              | 'Dense '               | one column of padding            | v.y = k + 1 < end | v.y = k + 1 <= end
        GPU   | gpu/product.cl           | 'Dense '               | one row of padding               | return k < terms ? v : 0.0f | return k <= terms ? v : 0.0f
        GPU   | gpu/product.cl           | 'Dense '               | last slab dropped                | (int k0_ = 0; k0_ < (terms) | (int k0_ = 0; k0_ + SLAB < (terms)
        GPU   | gpu/tile.cl              | 'Dense '               | a slice forgotten                | sum += ((const local float *)tile)[(slice + 1) | sum += ((const local float *)tile)[slice
        GPU   | gpu/product.cl           | DenseBackward          | columns side by side             | to[PANEL_QUADS] = | to[1] =
        GPU   | gpu/product.cl           | Gradient               | rows exchanged                   | t[AT_OF_ITEM(4 * q + 1, n)] = fma(a.yyyy | t[AT_OF_ITEM(4 * q + 1, n)] = fma(a.zzzz
        LARGE | gpu/product.cl           | 'Dense '               | one panel for both               | lb + 4 * k4 * QUADS + n * PANEL_QUADS | lb + 4 * k4 * QUADS
        LARGE | gpu/product.cl           | DenseBackward          | one panel for both               | (n * P + ITEM_QUAD) * LEAD | (ITEM_QUAD) * LEAD
        LARGE | gpu/product.cl           | DenseBackward          | a panel behind the other         | COLS + n * P + ITEM_QUAD; | COLS + ITEM_QUAD;
        LARGE | gpu/product.cl           | Gradient               | one panel for both               | lb[k * QUADS + n * PANEL_QUADS + ITEM_QUAD] | lb[k * QUADS + ITEM_QUAD]
        LARGE | gpu/product.cl           | Gradient               | the first panel's rows           | m + (panel + q / PANEL_QUADS) | m + (panel)
        LARGE | gpu/tile.cl              | 'Dense '               | columns of the first panel       | (PANEL + (i) % COLS / P) | (PANEL)
        LARGE | gpu/tile.cl              | DenseBackward          | activation of another element    | define FETCHED(xs, VALUE, j, i) VALUE(i) | define FETCHED(xs, VALUE, j, i) VALUE(i ^ 32)
        LARGE | gpu/parts.cl             | 'Step 300x49 100 8'    | one part for all tiles           | parts[PART_AT(TILE_COL, | parts[PART_AT(0,
        LARGE | gpu/loss_tile.cl         | Dense + Reconstruction | targets of the other panel       | TARGET(i) INPUT_AT(target, ELEMENT_ROW(i), ELEMENT_COL(i), out) | TARGET(i) INPUT_AT(target, ELEMENT_ROW(i), ELEMENT_COL(i ^ 32), out)
        LARGE | gpu/update.cl            | AdamStep               | quads of the first panel         | (panel + i % QUADS / PANEL_QUADS) | (panel)
        LARGE | gpu/gradient.cl          | Gradient               | biases of the first panel        | dy[(panel + (c) / P) * PAD(batch) | dy[(panel) * PAD(batch)
        GPU   | gpu/dense_forward.cl     | 'Dense '               | bias forgotten                   | ' + bias[ELEMENT_COL(i)]' | ''
        GPU   | gpu/loss_tile.cl         | Dense + Reconstruction | padding in error                 | row < batch && col < out | row < batch
        GPU   | gpu/dense_backward.cl    | DenseBackward          | activation forgotten             | EACH_ACTIVATION(GATE) | ''
        GPU   | gpu/gradient.cl          | Gradient               | last sample                      | s < (batch); s += STRIDES | s < (batch)-1; s += STRIDES
        GPU   | gpu/gradient.cl          | Gradient               | a stride forgotten               | EACH(i, STRIDES - 1) | EACH(i, STRIDES - 2)
        GPU   | gpu/update.cl            | Step                   | images by place                  | order[RUN_START(run, nth, batch) + ((s) < batch ? (s) : 0)] | ((s) < batch ? (s) : 0)
        GPU   | gpu/update.cl            | AdamStep               | gradient of padding              | total_quad(tile, i) | total_quad(tile, i ^ 1)
        GPU   | gpu/pixels.cl            | Step 3x49              | last pixel                       | p.w = images[at + (i + 3 < count ? 3 : 0)] | p.w = images[at]
        GPU   | gpu/parts.cl             | Step                   | a column forgotten               | EACH(j_, COLS) | EACH(j_, COLS - 1)
        GPU   | gpu/sample_rows.cl       | Step                   | a part forgotten                 | p < panels; p++ | p < panels - 1; p++
        GPU   | gpu/sample_rows.cl       | Step                   | noise of another image           | (row < batch ? row : 0)] | 0]
        GPU   | gpu/latent_back.cl       | Step                   | a part of dz forgotten           | p < panels; p++ | p < panels - 1; p++
        GPU   | gpu/latent_back.cl       | Step                   | the first samples again          | s = first + row; | s = row;
        GPU   | gpu/latent_back.cl       | Step                   | one head for all, in quads       | [o * QUADS + q], v) | [q], v)
        GPU   | gpu/latent_back.cl       | Step                   | another panel's weights          | w[k * HEADS + i / P] | w[i % P * HEADS + i / P]
        GPU   | gpu/latent_back.cl       | Step                   | an activation forgotten          | v = NAME##_BACK(float4, h, v) | v = v
        GPU   | gpu/latent_back.cl       | Step                   | no bias of the encoder           | v = fma(back[s * HEADS + o], columns | v = fma(0.0f, columns
        GPU   | gpu/latent_back.cl       | Step                   | heads side by side               | c < HEADS ? back[s * HEADS + c] | c < HEADS ? back[s * HEADS]
        GPU   | gpu/update.cl            | Step                   | the way back not kept            | dh[panel * PAD(batch) * P + i] | dh[i]
        GPU   | gpu/decode.cl            | Step                   | hidden layer not kept            | PANEL == 0 && k < in | PANEL == 1 && k < in
        GPU   | lib/sampling.cl          | Latent 3x2             | eps elsewhere                    | eps[AT(PAD(batch), s, d)] | eps[AT(PAD(batch), s, d ^ 1)]
        GPU   | gpu/loss.cl              | Reconstruction         | last pixel                       | i < out | i < out - 1
        GPU   | gpu/ssim.cl              | ImageMetrics           | last row of windows              | window < WINDOWS | window < WINDOWS - ACROSS
        CPU   | lib/likelihood.cl        | ' BERNOULLI'           | softplus                         | log1p(exp(-fabs(logit))) | log1p(exp(fabs(logit)))
        GPU   | lib/likelihood.cl        | ' BERNOULLI'           | softplus                         | log1p(exp(-fabs(logit))) | log1p(exp(fabs(logit)))
        CPU   | lib/likelihood.cl        | ' BERNOULLI'           | sign of the gradient             | BERNOULLI_GRADIENT(T, logit, recon, x) ((recon) - (x)) | BERNOULLI_GRADIENT(T, logit, recon, x) ((x) - (recon))
        GPU   | lib/likelihood.cl        | ' BERNOULLI'           | gradient by recon                | BERNOULLI_GRADIENT(T, logit, recon, x) ((recon) - (x)) | BERNOULLI_GRADIENT(T, logit, recon, x) ((recon) - (x)) / (recon)
        PLAIN | lib/likelihood.cl        | ' BERNOULLI'           | 'the squared error's gradient'   | BERNOULLI_GRADIENT(T, logit, recon, x) ((recon) - (x)) | BERNOULLI_GRADIENT(T, logit, recon, x) ((recon) - (x)) * (recon)
        CPU   | lib/likelihood.cl        | CONTINUOUS_BERNOULLI   | normaliser forgotten             | ' + log(SHRINK_OF(T, fmax(fabs(logit), (T)1e-12f)))' | ''
        GPU   | lib/likelihood.cl        | CONTINUOUS_BERNOULLI   | normaliser near 0                | (T)1e-12f | (T)0.5f
        CPU   | lib/likelihood.cl        | CONTINUOUS_BERNOULLI   | mean below 0                     | ? (T)1.0f - UPPER_MEAN_OF(T, fabs(logit)) | ? UPPER_MEAN_OF(T, fabs(logit))
        GPU   | lib/likelihood.cl        | CONTINUOUS_BERNOULLI   | second term of the mean          | (T)(1.0f / 720) | (T)(1.0f / 700)
        PLAIN | lib/likelihood.cl        | CONTINUOUS_BERNOULLI   | mean far from 0                  | expm1(-(a)) - (T)1.0f / (a) | expm1(-(a)) + (T)1.0f / (a)
        CPU   | lib/latent.cl            | of free bits           | clamp of the others              | KL_OF(mu, logvar) < (freeBits) | KL_OF(mu, logvar) > (freeBits)
        GPU   | lib/latent.cl            | of free bits           | clamp without effect             | ? 0.0f : (beta)) | ? (beta) : (beta))
        PLAIN | lib/latent.cl            | of free bits           | clamp at half of them            | < (freeBits) ? | < 0.5f * (freeBits) ?
        CPU   | plain/free_bits.cl       | FreeBits               | clamp forgotten                  | fmax(freeBits - KL_OF(mu, logvar), 0.0f) | freeBits - KL_OF(mu, logvar)
        GPU   | plain/free_bits.cl       | FreeBits               | last dimension alone             | sum += fmax | sum = fmax
        CPU   | plain/importance.cl      | LogWeights             | sign of the prior                | noise * noise - point * point | noise * noise + point * point
        GPU   | plain/importance.cl      | LogWeights             | 'posterior''s width'             | ' + heads[ELEMENT(images, 2 * latent, s, latent + d)]' | ''
        CPU   | plain/importance.cl      | LogWeights             | scale forgotten                  | RUN_SCALE(run) * loss | loss
        GPU   | plain/importance.cl      | LogWeights             | another image                    | s = r / samples, images | s = r % (batch / samples), images
        CPU   | plain/importance.cl      | ImportanceWeights      | mean of the weights              | log(sum / samples) | log(sum)
        GPU   | plain/importance.cl      | ImportanceWeights      | largest weight                   | most = fmax(most, | most = fmin(most,
        PLAIN | plain/importance.cl      | ImportanceWeights      | shares not relative              | - most) / sum | - most)
        CPU   | plain/importance.cl      | WeightedGradient       | share forgotten                  | share[ELEMENT(batch, 1, r, 0)] * RUN_SCALE(run) | RUN_SCALE(run)
        CPU   | plain/importance.cl      | ImportanceBackward     | prior forgotten                  | fma(part, z[at], dz[at]) | dz[at]
        GPU   | plain/importance.cl      | ImportanceBackward     | width forgotten                  | * eps[at] - part) | * eps[at])
        CPU   | plain/binarize.cl        | Binarize + Gather 130x784 DENSE | scale                            | (ulong)(word) * 255 | (ulong)(word) * 256
        GPU   | plain/binarize.cl        | Binarize               | the same in every epoch          | RUN_STEP(run, nth), image | 0, image
        PLAIN | plain/binarize.cl        | Binarize               | the same for every image         | nth), image, first | nth), 0, first
        CPU   | plain/binarize.cl        | Binarize               | a word twice                     | BINARY(3, words.w) | BINARY(3, words.z)
        GPU   | plain/binarize.cl        | Binarize               | another block                    | image, first / 4) | image, first)
        """)
  void isCaught(
      String kind,
      String file,
      String cases,
      String name,
      String text,
      String other,
      @TempDir Path folder)
      throws Exception {
    KernelFiles.plant(folder, file, text, other);
    List<OpCase> chosen =
        Cases.all().stream()
            .filter(c -> c.label().contains(cases))
            .filter(c -> c.small() || cases.equals(c.label()))
            .toList();
    assertTrue(chosen.size() > 0, "no case is called " + cases);
    ClDevice device = Pocl.device();
    Tiling tiling = tiling(kind, device.info());
    try (Checker checker = new Checker(device, KernelSource.folder(folder), tiling)) {
      assertTrue(chosen.stream().anyMatch(c -> notices(checker, c)), name + ": not noticed");
    }
  }

  /** A kind of tilings, or LARGE for that of GPUs with 64x64 tiles. */
  private static Tiling tiling(String kind, DeviceInfo device) {
    return kind.equals("LARGE") ? GpuForms.largeTiles(device) : Tilings.valueOf(kind).of(device);
  }

  /** Whether a case fails; a kernel that cannot be compiled does not count. */
  private static boolean notices(Checker checker, OpCase opCase) {
    try {
      return !checker.run(opCase).passed();
    } catch (IllegalStateException e) {
      String message = String.valueOf(e.getMessage());
      assertTrue(message.startsWith("a kernel wrote behind the end of "), message);
      return true;
    }
  }
}
