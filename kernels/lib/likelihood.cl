// What the reconstruction of a pixel x costs, each likelihood in a block of its own, for a float or a vector of them: T
// is the type. The decoder puts out logits, and recon = sigmoid(logit).
//
//   NAME                               its code, by which the host names it
//   NAME_VALUE(T, logit, recon, x)     the error
//   NAME_GRADIENT(T, logit, recon, x)  its derivative by logit
//
// A Gaussian is the squared error, of which its variance makes a weight of the loss (RUN_SCALE).
// A sum of errors is one statement with the VALUE in it: compilers round a product and a sum once there.

#pragma once
#include "lib/activation.cl"

// (recon − x)²
#define SQUARED_ERROR 0
#define SQUARED_ERROR_VALUE(T, logit, recon, x) (((recon) - (x)) * ((recon) - (x)))
#define SQUARED_ERROR_GRADIENT(T, logit, recon, x) ((T)2.0f * ((recon) - (x)) * (recon) * ((T)1.0f - (recon)))

// −ln recon where x = 1, −ln (1 − recon) where x = 0, and between them in proportion: softplus(logit) − x·logit
#define BERNOULLI 1
#define BERNOULLI_VALUE(T, logit, recon, x)                                                                            \
  (fmax(logit, (T)0.0f) - (x) * (logit) + log1p(exp(-fabs(logit))))
#define BERNOULLI_GRADIENT(T, logit, recon, x) ((recon) - (x))

// The same with the normaliser that makes it a density on [0, 1] (Loaiza-Ganem and Cunningham, 2019): an exponential
// family of logit, whose log-partition is ln((exp(logit) − 1) / logit), and its mean that one's derivative. Both are
// written for a = |logit|: what is below 0 mirrors what is above; at 0, where both are 0/0, 1 − exp(−a) divided by a
// tends to 1, and the mean is taken by its series.
#define CONTINUOUS_BERNOULLI 2
#define CONTINUOUS_BERNOULLI_VALUE(T, logit, recon, x)                                                                 \
  (fmax(logit, (T)0.0f) - (x) * (logit) + log(SHRINK_OF(T, fmax(fabs(logit), (T)1e-12f))))
#define CONTINUOUS_BERNOULLI_GRADIENT(T, logit, recon, x)                                                              \
  (((logit) < 0.0f ? (T)1.0f - UPPER_MEAN_OF(T, fabs(logit)) : UPPER_MEAN_OF(T, fabs(logit))) - (x))
#define SHRINK_OF(T, a) (-expm1(-(a)) / (a))
#define UPPER_MEAN_OF(T, a)                                                                                            \
  ((a) < 1.0f ? (T)0.5f + (a) * ((T)(1.0f / 12) - (a) * (a) * ((T)(1.0f / 720) - (a) * (a) * SERIES_END(T, a)))        \
              : (T)-1.0f / expm1(-(a)) - (T)1.0f / (a))
#define SERIES_END(T, a) ((T)(1.0f / 30240) - (a) * (a) * (T)(1.0f / 1209600))

// All of them, for kernels that choose by code: EACH_LIKELIHOOD(X) is X(NAME) for each.
#define EACH_LIKELIHOOD(X) X(SQUARED_ERROR) X(BERNOULLI) X(CONTINUOUS_BERNOULLI)
