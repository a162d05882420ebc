/*
 * Interned strings.
 *
 * Lives here: one copy of each text of a model, named by a row, so that comparing texts
 * for equality is comparing integers.
 * Not here: order; rows come in order of first use.
 */
#ifndef BASE_STRTAB_H
#define BASE_STRTAB_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/str.h"
#include "base/vec.h"

/* Row of an interned string.  0 is the empty string. */
typedef uint32_t str_id;

#define STR_ID_NONE UINT32_MAX

struct strtab {
	VEC(struct str) text; /* by row */
	struct row_index index;
	const struct strtab *below; /* rows from 0 to n_below-1 are its; may be NULL */
	uint32_t n_below;
};

/* The empty string only.  Text is copied into arenas given with each add.  False: no memory. */
bool strtab_init(struct strtab *t);

/* On top of a finished table, whose rows stay valid.  Borrows below. */
void strtab_init_above(struct strtab *t, const struct strtab *below);

void strtab_release(struct strtab *t);

/* STR_ID_NONE: no memory.  Copies s into the arena when it is new. */
str_id strtab_add(struct strtab *t, struct arena *arena, struct str s);

/* STR_ID_NONE when absent. */
str_id strtab_find(const struct strtab *t, struct str s);

static inline uint32_t strtab_count(const struct strtab *t)
{
	return t->n_below + (uint32_t)t->text.n;
}

static inline struct str strtab_get(const struct strtab *t, str_id id)
{
	while (id < t->n_below)
		t = t->below;
	return t->text.at[id - t->n_below];
}

#endif
