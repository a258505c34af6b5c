// Activations, for scalars and vectors alike. NaN goes through: a comparison with it is false.
//
//   relu(v) = max(v, 0)      sigmoid(v) = 1 / (1 + exp(-v))

#pragma once

#define NONE 0
#define RELU 1
#define SIGMOID 2

#define RELU_OF(v, zero) ((v) < 0 ? (zero) : (v))
#define SIGMOID_OF(v) (1.0f / (1.0f + exp(-(v))))
