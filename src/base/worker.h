/*
 * Threads.
 *
 * Lives here: the only use of pthreads: a loop cut into parts that run side by side.
 * Not here: what is shared; parts get immutable input and write to places of their own.
 */
#ifndef BASE_WORKER_H
#define BASE_WORKER_H

#include <stddef.h>

/* How many threads run at a time: the processors that this process may use, at most 16. */
size_t worker_count(void);

/*
 * Calls part(ctx, i) for each i below n, on as many threads as there are processors, and returns when
 * all are done.  The calling thread does its share, and all of it when no thread can be had.
 */
void worker_parallel(size_t n, void (*part)(void *ctx, size_t i), void *ctx);

#endif
