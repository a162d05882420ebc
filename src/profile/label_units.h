/*
 * Units of numeric labels.
 *
 * Lives here: which unit the values of each key have in the whole profile (spec/profile.md 2.9).
 * Not here: scaling (measure/); the notice about keys with several units (analysis/).
 */
#ifndef PROFILE_LABEL_UNITS_H
#define PROFILE_LABEL_UNITS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "profile/profile.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A key that came with more than one unit: "For tag %s used unit %s, also encountered unit(s) %s". */
struct label_conflict {
	str_id key;
	const str_id *other; /* units that are not used, in byte order */
	size_t n_other;
};

/* Borrows the profile's strings. */
struct label_units {
	struct str *unit; /* by string row; ptr NULL when it is not the key of a numeric label */
	uint32_t n_unit;  /* one more than the largest key of a numeric label */
	struct label_conflict *conflict; /* by key in byte order */
	size_t n_conflict;
};

/* All in the arena.  False: ERR_NOMEM. */
bool label_units_init(struct label_units *u, const struct profile *p, struct arena *arena, struct error *err);

/* Unit of a key; empty when it is not the key of a numeric label. */
static inline struct str label_units_get(const struct label_units *u, str_id key)
{
	return key < u->n_unit && u->unit[key].ptr ? u->unit[key] : STR_EMPTY;
}

#endif
