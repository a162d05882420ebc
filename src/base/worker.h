/*
 * Threads.
 *
 * Lives here: the only use of pthreads: a loop cut into parts that run side by side; parts that are
 * made side by side and taken one after the other; one long job beside the main thread; the pipe by
 * which it wakes the loop that waits.
 * Not here: what is shared; parts get immutable input and write to places of their own.
 */
#ifndef BASE_WORKER_H
#define BASE_WORKER_H

#include "base/cancel.h"
#include "base/error.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many threads run at a time: the processors that this process may use, at most 16. */
size_t worker_count(void);

/*
 * Calls part(ctx, i) for each i below n, on as many threads as there are processors, and returns when
 * all are done.  The calling thread does its share, and all of it when no thread can be had.
 */
void worker_parallel(size_t n, void (*part)(void *ctx, size_t i), void *ctx);

enum { WORKER_AHEAD_MAX = 64 };

/*
 * A long input in parts: the slow half of the work on many at a time, the half that needs their order on
 * one after the other.
 */
struct worker_series {
	void (*make)(void *ctx, size_t i); /* on any thread */
	bool (*take)(void *ctx, size_t i); /* on the caller's thread, in order, once i is made; false: no more */
	void *ctx;
	size_t n;
	/*
	 * So many at most, from 1 to WORKER_AHEAD_MAX, are made and not taken: what is made of i may lie in a
	 * place number i % ahead.
	 */
	size_t ahead;
	/*
	 * NULL, or what finds the parts, when nobody knows yet how many there are: runs once to its end, beside all
	 * else where there are threads.  Adds to *n_found, which is used in place of n, and sets *is_all in the end.
	 * When take() says false before that, it has to see to it that this ends.
	 */
	void (*find)(void *ctx);
	const atomic_size_t *n_found;
	const atomic_bool *is_all;
};

/*
 * Returns when all are taken, or when one said false and nothing is being made any longer; whether all were
 * taken.  The calling thread makes too, and does all of it when no thread can be had.
 */
bool worker_in_order(const struct worker_series *series);

/*
 * How far a job is, in units of its own, for a bar.  Written by the job, read by anybody; starts
 * as zeros.  A total of 0: not known.
 */
struct progress {
	_Atomic uint64_t done, total;
	const char *_Atomic what; /* it does now: "inflating"; NULL: not said */
};

/* Another part of the job, of which nobody knows yet how far it is.  p may be NULL; what is a literal. */
static inline void progress_begin(struct progress *p, const char *what)
{
	if (!p)
		return;
	atomic_store_explicit(&p->total, 0, memory_order_relaxed);
	atomic_store_explicit(&p->what, what, memory_order_relaxed);
}

/* p may be NULL: nobody looks. */
static inline void progress_set(struct progress *p, uint64_t done, uint64_t total)
{
	if (!p)
		return;
	atomic_store_explicit(&p->total, total, memory_order_relaxed);
	atomic_store_explicit(&p->done, done, memory_order_relaxed);
}

/* From 0 to 1; below 0: not known. */
double progress_share(const struct progress *p);

/*
 * A pipe that wakes a loop in poll().  Any thread and any signal handler may knock; many knocks
 * may be seen as one.
 */
struct wake {
	int read_fd, write_fd;
};

#define WAKE_INIT { .read_fd = -1, .write_fd = -1 }

/* ERR_IO: no descriptors left. */
bool wake_open(struct wake *w, struct error *err);
void wake_knock(const struct wake *w);
/* Takes all knocks: read_fd is quiet until the next. */
void wake_clear(const struct wake *w);
/* Harmless on WAKE_INIT and twice. */
void wake_close(struct wake *w);

/* What a worker does. */
struct worker_job {
	/*
	 * Runs in a thread of its own.  input is immutable meanwhile.  Gives a result that it no
	 * longer touches, or NULL with an error; ERR_CANCELLED soon after cancel is raised.
	 */
	void *(*run)(const void *input, const struct cancel *cancel, struct progress *progress,
		     struct error *err);
	void (*discard)(void *result); /* frees a result that nobody wants */
};

struct worker;

/*
 * Starts job, a static table.  Borrows input and wake (which may be NULL and is knocked at when the
 * job is done) until worker_finish() or worker_free().  NULL with ERR_NOMEM.
 */
struct worker *worker_start(const struct worker_job *job, const void *input, const struct wake *wake,
			    struct error *err);

/* Whether worker_finish() would not have to wait. */
bool worker_is_done(const struct worker *w);

const struct progress *worker_progress(const struct worker *w);

/* Asks the job to give up; it still has to be finished or freed. */
void worker_cancel(struct worker *w);

/* Waits, frees w and hands over the result; NULL with the job's error. */
void *worker_finish(struct worker *w, struct error *err);

/* Cancels, waits, frees w and discards the result.  Harmless on NULL. */
void worker_free(struct worker *w);

#endif
