// A whole training step, or many, as one launch on a CPU. Between launches a driver puts its threads to sleep and
// wakes them, and hands each a fixed share; here a few work-groups, one for each thread, stay awake and take chunks
// of work by tickets. The host writes the kernel `training_steps` behind this text: the phases, in order, with their
// arguments and chunks, and which of them need not wait for each other.
//
//   tickets[0]          chunks handed out
//   tickets[SLOW]       1 once a work-group has waited so long that another must have lost its processor
//   tickets[BEGUN]      steps that run: whoever takes a step's first chunk begins it
//   tickets[STOPPED]    1 if no more steps begin, since waiting for each other is slow now
//   tickets[DONE(g)]    chunks done by work-group g
//
// With CLOCKED, each ticket's times are taken down in cycles of the processor's clock, for a profile:
//
//   entries[4·ticket + i]   i = 0: taken, 1: begun, 2: done; 3: by which work-group
//
// Whoever holds a ticket waits until all chunks of earlier phases are done. Each of them is held by a work-group
// that runs, and runs on: so nobody waits for ever, however many work-groups the driver runs at a time.

#include "lib/items.cl"

#define SLOW 16 // these in a cache line of their own, too
#define BEGUN 17
#define STOPPED 18
#define DONE(group) (32 * ((group) + 1)) // each in cache lines of its own

#ifndef LONG_WAIT
#define LONG_WAIT (1 << 20) // looks at others' counts, a few milliseconds; other waits are some microseconds
#endif

#ifdef CLOCKED
#define CLOCK(i) entries[4 * t + (i)] = __builtin_readcyclecounter()
#define NOTE_GROUP entries[4 * t + 3] = get_group_id(0)
#else
#define CLOCK(i)
#define NOTE_GROUP
#endif

// What one thread wrote before `finish`, another reads after `await`. OpenCL C 1.2 has no fence between work-groups,
// and its mem_fence need not keep a compiler from moving loads; clang's, on which this driver is built, does.
#define ORDER __atomic_thread_fence(__ATOMIC_ACQ_REL)

static inline int take(volatile global int *tickets) { return atomic_inc(tickets); }

// Whether a chunk's step runs. Numbers do not depend on where it stops: steps run whole or not at all.
static inline bool begins(volatile global int *tickets, int chunk, int step) {
  if (chunk == 0) tickets[step > 0 && tickets[SLOW] ? STOPPED : BEGUN] = step + 1;
  while (tickets[BEGUN] <= step)
    if (tickets[STOPPED]) return false;
  return true;
}

static inline void await(volatile global int *tickets, int chunks) {
  int done, looks = 0;
  do {
    done = 0;
    for (int group = 0; group < (int)get_num_groups(0); group++) done += tickets[DONE(group)];
    looks += get_num_groups(0);
    if (looks > LONG_WAIT) tickets[SLOW] = 1;
  } while (done < chunks);
  ORDER;
}

static inline void finish(volatile global int *tickets) {
  ORDER;
  tickets[DONE(get_group_id(0))]++;
}
