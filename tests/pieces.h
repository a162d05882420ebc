/*
 * Bytes that come in pieces.
 *
 * Lives here: a feed of bytes in memory, for tests; what was given away is overwritten.
 */
#ifndef TESTS_PIECES_H
#define TESTS_PIECES_H

#include "base/feed.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

struct pieces {
	struct feed feed;
	struct bytes whole;
	uint8_t *copy;
	size_t piece, left; /* bytes that come at a time, and that can still come */
};

static inline bool pieces_more(struct feed *f)
{
	struct pieces *p = (struct pieces *)f;
	size_t n = p->left < p->piece ? p->left : p->piece;

	if (!n) {
		f->is_complete = f->n_ready == p->whole.len;
		return false;
	}
	memcpy(p->copy + f->n_ready, p->whole.ptr + f->n_ready, n);
	f->n_ready += n;
	p->left -= n;
	return true;
}

static inline void pieces_discard(struct feed *f, size_t upto)
{
	memset(((struct pieces *)f)->copy, 0xff, upto);
}

/* All of whole, or only its first `upto` bytes.  False: no memory. */
static inline bool pieces_begin(struct pieces *p, struct bytes whole, size_t piece, size_t upto)
{
	*p = (struct pieces){ .whole = whole, .piece = piece, .left = upto, .copy = malloc(whole.len + 1) };
	p->feed.start = p->copy;
	p->feed.n_expected = p->feed.n_max = whole.len;
	p->feed.more = pieces_more;
	p->feed.discard = pieces_discard;
	return p->copy != NULL;
}

static inline void pieces_end(struct pieces *p)
{
	free(p->copy);
}

#endif
