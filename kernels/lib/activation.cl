// Activations, each in a block of its own, for a float or a vector of them: T is the type.
//
//   NAME             its code, by which the host names it
//   NAME_OF(T, v)    y = f(v)
//   NAME_BACK(T, y, g)  g·f′(v), with f′ from the output y
//
// NaN goes through f: a comparison with it is false.

#pragma once

#define NONE 0 // f(v) = v: nothing to compute

// f(v) = max(v, 0)
#define RELU 1
#define RELU_OF(T, v) ((v) < 0 ? (T)0.0f : (v))
#define RELU_BACK(T, y, g) ((y) > 0.0f ? (g) : (T)0.0f)

// f(v) = 1 / (1 + exp(−v))
#define SIGMOID 2
#define SIGMOID_OF(T, v) ((T)1.0f / ((T)1.0f + exp(-(v))))
#define SIGMOID_BACK(T, y, g) ((g) * (y) * ((T)1.0f - (y)))

// f(v) = v where v > 0, else v / 100
#define LEAKY_RELU 3
#define LEAKY_RELU_OF(T, v) ((v) < 0 ? 0.01f * (v) : (v))
#define LEAKY_RELU_BACK(T, y, g) ((y) > 0.0f ? (g) : 0.01f * (g))

// f(v) = tanh(v)
#define TANH 4
#define TANH_OF(T, v) tanh(v)
#define TANH_BACK(T, y, g) ((g) * ((T)1.0f - (y) * (y)))

// f(v) = ln(1 + exp(v)), for large v without overflow
#define SOFTPLUS 5
#define SOFTPLUS_OF(T, v) ((v) > 0 ? (v) + log1p(exp(-(v))) : log1p(exp(v)))
#define SOFTPLUS_BACK(T, y, g) ((g) * -expm1(-(y)))

// All of them, for kernels that choose by code: EACH_ACTIVATION(X) is X(NAME) for each.
#define EACH_ACTIVATION(X) X(RELU) X(SIGMOID) X(LEAKY_RELU) X(TANH) X(SOFTPLUS)
