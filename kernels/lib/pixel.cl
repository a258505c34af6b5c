// p / 255, rounded as the division would be for every p in 0 … 255, without dividing. T, the type of p, is a float or a
// vector of them.

#pragma once

#define SCALE (1.0f / 255.0f)
#define SCALED(T, p) fma(fma(-((p)*SCALE), (T)255.0f, (p)), (T)SCALE, (p)*SCALE)
