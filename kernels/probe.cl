// The device's own ceilings: how many fused multiply-adds and how many bytes a second, with nothing in the way.
//
//   fma_probe   CHAINS independent chains t ← t·a + b in each work-item, `rounds` long
//   copy_probe  to[i] = from[i]

#ifndef V
#define V 1 // floats in a vector register: 1 on GPUs, whose work-items are scalar
#endif
#ifndef CHAINS
#define CHAINS 12 // enough to keep all units busy until the first is done
#endif

#if V == 1
typedef float vec;
#else
#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
typedef JOIN(float, V) vec;
#endif
#define EACH_CHAIN _Pragma("unroll") for (int c = 0; c < CHAINS; c++)

kernel void fma_probe(global float *out, int rounds, float a, float b) {
  vec t[CHAINS], sum = 0.0f;
  EACH_CHAIN t[c] = (float)((int)get_global_id(0) + c);
  for (int i = 0; i < rounds; i++) EACH_CHAIN t[c] = fma(t[c], (vec)a, (vec)b);
  EACH_CHAIN sum += t[c];
  ((global vec *)out)[get_global_id(0)] = sum;
}

// A work-item copies `count` vectors, from vector gid·spacing on, `stride` apart.
kernel void copy_probe(global float *to, const global float *from, int count, int spacing, int stride) {
  const int first = (int)get_global_id(0) * spacing;
  for (int j = 0; j < count; j++)
    ((global vec *)to)[first + j * stride] = ((const global vec *)from)[first + j * stride];
}
