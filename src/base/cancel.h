/*
 * Giving up on work that is under way.
 *
 * Lives here: the flag that the one who waits raises and long loops look at.
 * Not here: who raises it (signal handlers of the front ends, keys, workers).
 */
#ifndef BASE_CANCEL_H
#define BASE_CANCEL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/* May be raised in a signal handler and in any thread.  Starts as zeros. */
struct cancel {
	atomic_bool is_raised;
};

/* How many steps of a loop may pass between two looks, as a mask: if (!(i & CANCEL_MASK) && ...). */
enum {
	CANCEL_MASK = 4095,
};

static inline void cancel_raise(struct cancel *c)
{
	atomic_store_explicit(&c->is_raised, true, memory_order_relaxed);
}

static inline void cancel_reset(struct cancel *c)
{
	atomic_store_explicit(&c->is_raised, false, memory_order_relaxed);
}

/* c may be NULL: nobody can cancel. */
static inline bool cancel_is_raised(const struct cancel *c)
{
	return c && atomic_load_explicit(&c->is_raised, memory_order_relaxed);
}

#endif
