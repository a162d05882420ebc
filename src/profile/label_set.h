/*
 * A set of labels in the form in which equal ones are equal.
 *
 * Lives here: the order of struct profile, unit flags, hash and comparison.
 * Not here: which sets there are (profile/builder.c).
 */
#ifndef PROFILE_LABEL_SET_H
#define PROFILE_LABEL_SET_H

#include "profile/profile.h"

#include <stddef.h>

enum { LABELS_FEW = 8 }; /* of one sample: they need no scratch */

/*
 * Sorts n labels, given in file order, into the order of struct profile and completes their unit flags.
 * Without p, whose texts make that order, keys go by row, which makes equal sets equal too.  scratch has room for n;
 * NULL for LABELS_FEW and less.
 */
void label_set_sort(const struct profile *p, struct label *label, struct label *scratch, size_t n);

/* Whether label_set_sort() would leave them as they are. */
bool label_set_is_sorted(const struct profile *p, const struct label *label, size_t n);

/* Of n labels that are sorted; equal sets have equal hashes. */
uint64_t label_set_hash(uint64_t seed, const struct label *label, size_t n);

/* Whether two sets of n labels each, both sorted, are one. */
bool label_set_equal(const struct label *a, const struct label *b, size_t n);

#endif
