// A whole training step, or many, as one launch on a CPU. Between launches a driver puts its threads to sleep and
// wakes them, and hands each another share; here a few work-groups, one for each thread, stay awake. The host writes
// the kernel `training_steps` behind this text: the stages of a step, in order, each of one or more phases that need
// not wait for each other, and a phase is a kernel with its arguments.
//
// The work-items of a phase are shared out evenly, to each work-group the same ones in every step: a layer's weights
// and their moments stay in that core's caches, and in its part of the chip, where others' caches are far away. A share
// is cut into chunks, and whoever is done with its own takes what is left of others'.
//
//   tickets[BEGUN]             steps that were begun, or ~steps if no more begin, as waiting for each other is slow
//   tickets[SLOW]              1 once a work-group has waited so long that another must have lost its processor
//   tickets[CLAIMED(s)]        1 once share s has a work-group
//   tickets[DONE(s)]           chunks done by this work-group, of whichever share
//   tickets[TAKEN(s, phase)]   chunks taken of share s of a phase
//   homes[s]                   the thread that had share s last
//
// With CLOCKED, the times of chunk c of step s are taken down in cycles of the processor's clock, for a profile:
//
//   entries[4·(s·CHUNKS + c) + i]   i = 0: looked for, 1: begun, 2: done; 3: whose work-group did it, by its share
//
// A work-group leaves a stage when all of its chunks are taken, and so by work-groups that run, and run on; it waits
// for nothing else, and holds none meanwhile: so nobody waits for ever, however many the driver runs at a time.

#include "lib/items.cl"

#define BEGUN 0
#define SLOW 1
#define LINE 32 // numbers in two cache lines, which processors fetch together
#define DONE(share) (LINE * ((share) + 1))
#define CLAIMED(share) (DONE(share) + 1)
#define TAKEN(share, phase) (DONE(SHARES) + (share) * ((PHASES + LINE - 1) / LINE * LINE) + (phase))
#define SHARES ((int)get_num_groups(0))

#ifndef LONG_WAIT
#define LONG_WAIT (1 << 20) // looks at others' counts, a few milliseconds; other waits are some microseconds
#endif

#ifdef CLOCKED
#define CLOCK_STARTS ulong clock = __builtin_readcyclecounter()
#define ENTRY(i) entries[4 * (step * CHUNKS + chunk) + (i)]
#define CHUNK_BEGINS ENTRY(0) = clock, ENTRY(1) = __builtin_readcyclecounter(),
#define CHUNK_ENDS , ENTRY(2) = clock = __builtin_readcyclecounter(), ENTRY(3) = mine
#else
#define CLOCK_STARTS
#define CHUNK_BEGINS
#define CHUNK_ENDS
#endif

// What one thread wrote before `finish`, another reads after `await`. OpenCL C 1.2 has no fence between work-groups,
// and its mem_fence need not keep a compiler from moving loads; clang's, on which this driver is built, does.
#define ORDER __atomic_thread_fence(__ATOMIC_ACQ_REL)

// A share for a work-group: the one that its thread had in the launch before, else one that no thread had, else any.
// A thread is known by its stack.
static inline int claim(volatile global int *tickets, volatile global int *homes) {
  const int here = 0, thread = (int)((ulong)&here >> 4);
  for (int choice = 0; choice < 3; choice++)
    for (int share = 0; share < SHARES; share++) {
      const bool wanted = choice == 0 ? homes[share] == thread : choice == 2 || homes[share] == 0;
      if (wanted && atomic_cmpxchg(tickets + CLAIMED(share), 0, 1) == 0) {
        homes[share] = thread;
        return share;
      }
    }
  return 0; // never: there are as many as work-groups
}

// Whether a step runs, which the first to come to it decides. Numbers do not depend on where it stops: steps run whole
// or not at all.
static inline bool begins(volatile global int *tickets, int step) {
  atomic_cmpxchg(tickets + BEGUN, step, step > 0 && tickets[SLOW] ? ~step : step + 1);
  return tickets[BEGUN] > step;
}

// The next of the chunks first … end − 1, a share of a phase; less than 0 if all are taken.
static inline int take(volatile global int *taken, int step, int first, int end) {
  const int before = step * (end - first), all = before + end - first;
  for (int was, n = *taken; n < all; n = was) {
    was = atomic_cmpxchg(taken, n, n + 1);
    if (was == n) return first + n - before;
  }
  return -1;
}

static inline void await(volatile global int *tickets, int chunks) {
  int done, looks = 0;
  do {
    done = 0;
    for (int share = 0; share < SHARES; share++) done += tickets[DONE(share)];
    looks += SHARES;
    if (looks > LONG_WAIT) tickets[SLOW] = 1;
  } while (done < chunks);
  ORDER;
}

static inline void finish(volatile global int *tickets, int mine) {
  ORDER;
  tickets[DONE(mine)]++;
}

// What a work-group does of a stage: its own share of each phase, and then what is left of others'.
#define EACH_SHARE                                                                                                     \
  for (int turn = 0, share = mine; turn < SHARES; turn++, share = (share + 1) % SHARES)
#define EACH_ITEM(phase)                                                                                               \
  for (int chunk, at = (phase)*SHARES + share;                                                                         \
       (chunk = take(tickets + TAKEN(share, phase), step, FIRST[at], FIRST[at + 1])) >= 0;                             \
       finish(tickets, mine) CHUNK_ENDS)                                                                               \
    for (int item = (CHUNK_BEGINS FROM[chunk]); item < TO[chunk]; item++)
