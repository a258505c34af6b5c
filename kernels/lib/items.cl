// A kernel runs as a launch of its own, or, with JOINED, as a phase of a step that is one launch (cpu/step.cl). There
// it is a function that is told which work-item it is, of how many in each of two dimensions: its first parameters are
// WORK_ITEM.

#pragma once

#ifdef JOINED
#define KERNEL static inline __attribute__((always_inline)) void
#define SINGLE
#define SINGLE_ITEM __attribute__((reqd_work_group_size(1, 1, 1)))
#define WORK_ITEM const int item0, const int item1, const int items0, const int items1,
#else
#define KERNEL kernel void
#define SINGLE __attribute__((reqd_work_group_size(1, 1, 1)))
#define WORK_ITEM
#define item0 ((int)get_global_id(0))
#define item1 ((int)get_global_id(1))
#define items0 ((int)get_global_size(0))
#define items1 ((int)get_global_size(1))
#endif
