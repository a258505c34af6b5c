// Mean squared error, PSNR and SSIM of single images a and b:
//
//   mse = Σ (a − b)² / n        psnr = 10·log₁₀(1 / mse)
//   ssim = mean over 7x7 windows wholly inside of
//          (2·μa·μb + C₁)(2·σab + C₂) / ((μa² + μb² + C₁)(σa² + σb² + C₂)),  σ with ×49/48, C = (0.01², 0.03²)
//
// as scikit-image has it (data_range 1). Where no window fits into the image, 0 stands for ssim.

#pragma once

#ifndef HEIGHT
#define HEIGHT 28 // rows of an image
#endif
#ifndef WIDTH
#define WIDTH 28 // columns of an image
#endif

#define WINDOW 7
#define AREA (WINDOW * WINDOW)
#if HEIGHT < WINDOW || WIDTH < WINDOW
#define ACROSS 1
#define WINDOWS 0
#else
#define ACROSS (WIDTH - WINDOW + 1)
#define WINDOWS (ACROSS * (HEIGHT - WINDOW + 1))
#endif
#define MEAN_SSIM(sum) ((sum) / max(WINDOWS, 1))
#define UNBIASED ((float)AREA / (AREA - 1))
#define C1 1e-4f
#define C2 9e-4f

// sum += a window's ssim, from its means of a, b, a·b and a² + b². T is a float or a vector of them.
#define ADD_SSIM(T, sum, ma, mb, mab, msquares)                                                                        \
  do {                                                                                                                 \
    const T ab = (ma) * (mb), squares = (ma) * (ma) + (mb) * (mb);                                                     \
    const T cov = ((mab)-ab) * UNBIASED, var = ((msquares)-squares) * UNBIASED;                                        \
    sum += (2.0f * ab + C1) * (2.0f * cov + C2) / ((squares + C1) * (var + C2));                                       \
  } while (0)
