// What the reconstruction of a pixel x costs, each likelihood in a block of its own, for a float or a vector of them: T
// is the type. The decoder puts out logits, and recon = sigmoid(logit).
//
//   NAME                               its code, by which the host names it
//   NAME_VALUE(T, logit, recon, x)     the error
//   NAME_GRADIENT(T, logit, recon, x)  its derivative by logit
//
// A sum of errors is one statement with the VALUE in it: compilers round a product and a sum once there.

#pragma once
#include "lib/activation.cl"

// (recon − x)²
#define SQUARED_ERROR 0
#define SQUARED_ERROR_VALUE(T, logit, recon, x) (((recon) - (x)) * ((recon) - (x)))
#define SQUARED_ERROR_GRADIENT(T, logit, recon, x) ((T)2.0f * ((recon) - (x)) * (recon) * ((T)1.0f - (recon)))

// All of them, for kernels that choose by code: EACH_LIKELIHOOD(X) is X(NAME) for each.
#define EACH_LIKELIHOOD(X) X(SQUARED_ERROR)
