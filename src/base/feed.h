/*
 * Feed: an input that comes piece by piece, each behind the last.
 *
 * Lives here: what the one who has it made and the one who makes it say to each other.
 * Not here: who makes it (base/inflate_ahead.h).
 */
#ifndef BASE_FEED_H
#define BASE_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct feed {
	const uint8_t *start; /* where the bytes lie; they do not move */
	size_t n_ready;	      /* of them are there */
	size_t n_expected;    /* in all; a guess that nobody vouches for */
	size_t n_max;	      /* in all; more cannot come */
	bool is_complete;     /* all are there, and as they should be */

	/* Makes some more.  False: it ends here, or if it is not complete then the rest cannot be had. */
	bool (*more)(struct feed *f);
	/* The bytes before `upto`, which only grows, will not be read again.  On any thread, beside more(). */
	void (*discard)(struct feed *f, size_t upto);
};

#endif
