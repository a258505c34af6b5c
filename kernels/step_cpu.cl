// A whole training step, or many, as one launch on a CPU. Between launches a driver puts its threads to sleep and
// wakes them, and hands each a fixed share; here a few work-groups, one for each thread, stay awake and take chunks
// of work by tickets. The host writes the kernel `step` behind this text: the phases, in order, with their
// arguments, and which of them need not wait for each other.
//
//   tickets[0]       chunks handed out
//   tickets[DONE]    chunks done
//
// Whoever holds a ticket waits until all chunks of earlier phases are done. Each of them is held by a work-group
// that runs, and runs on: so nobody waits for ever, however many work-groups the driver runs at a time.

#define DONE 32 // in a cache line of its own

// What one thread wrote before `finish`, another reads after `await`. OpenCL C 1.2 has no fence between work-groups,
// and its mem_fence need not keep a compiler from moving loads; clang's, on which this driver is built, does.
#define ORDER __atomic_thread_fence(__ATOMIC_ACQ_REL)

static inline int take(volatile global int *tickets) { return atomic_inc(tickets); }

static inline void await(volatile global int *tickets, int chunks) {
  while (tickets[DONE] < chunks)
    ;
  ORDER;
}

static inline void finish(volatile global int *tickets) {
  ORDER;
  atomic_inc(tickets + DONE);
}

// Chunk `chunk` of a phase of items0 · items1 work-items, in so many chunks: those from FROM to TO.
#define FROM(chunk, chunks, items) ((int)((long)(chunk) * (items) / (chunks)))
