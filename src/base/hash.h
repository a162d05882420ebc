/*
 * Hashing and open addressing.
 *
 * Lives here: hashing of bytes and words, a table of rows whose equality the caller knows,
 * and a map from 64-bit ids to rows.
 * Not here: the things hashed.  Nothing is ever printed in table order.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ROW_NONE UINT32_MAX

/* One step of a hash over words: mixes word into h.  Start with hash_seed(). */
static inline uint64_t hash_mix(uint64_t h, uint64_t word)
{
	__extension__ typedef unsigned __int128 u128;
	u128 m = (u128)(h ^ word ^ 0x9e3779b97f4a7c15u) * 0xd6e8feb86659fd93u;

	return (uint64_t)m ^ (uint64_t)(m >> 64);
}

/*
 * A number that differs from run to run, so that an input cannot be made to collide.
 * Results never depend on it.
 */
uint64_t hash_seed(void);

uint64_t hash_bytes(uint64_t seed, const void *p, size_t len);
/* Over n 32-bit rows. */
uint64_t hash_rows(uint64_t seed, const uint32_t *row, size_t n);

/*
 * A set of rows 0, 1, 2, ... of some table of the caller.  Look up with
 *
 *	for (size_t at = row_index_start(hash); (row = row_index_probe(&ix, &at, hash)) != ROW_NONE;)
 *		if (the caller's table[row] is the one)
 *			return row;
 *	row_index_add(&ix, hash, new_row)
 *
 * Only rows whose hash agrees in its upper 32 bits are offered; those bits place the row
 * too, so a table spreads well up to some hundred million rows.
 */
struct row_slot {
	uint32_t row, tag;
};

struct row_index {
	struct row_slot *slot;
	size_t mask; /* number of slots - 1; 0: none yet */
	size_t n;
	uint64_t seed;
};

/* Owns nothing until the first add. */
void row_index_init(struct row_index *ix);
void row_index_release(struct row_index *ix);

/* Where probing for a hash begins: bits that the table still has when it grows. */
static inline size_t row_index_start(uint64_t hash)
{
	return (size_t)(hash >> 32);
}

static inline uint32_t row_index_probe(const struct row_index *ix, size_t *at, uint64_t hash)
{
	if (!ix->mask)
		return ROW_NONE;
	for (;; ++*at) {
		const struct row_slot *s = &ix->slot[*at & ix->mask];

		if (s->row == ROW_NONE)
			return ROW_NONE;
		if (s->tag == (uint32_t)(hash >> 32)) {
			++*at;
			return s->row;
		}
	}
}

/* Room for n rows in all, so that adding them moves nothing.  False: no memory. */
bool row_index_reserve(struct row_index *ix, size_t n);

/* Fetches the memory that a probe for this hash will look at. */
static inline void row_index_prefetch(const struct row_index *ix, uint64_t hash)
{
	if (ix->mask)
		__builtin_prefetch(&ix->slot[row_index_start(hash) & ix->mask], 1);
}

/* Adds a row that is not there yet; hash is of the row's key.  False: no memory. */
bool row_index_add(struct row_index *ix, uint64_t hash, uint32_t row);

/*
 * Map from the 64-bit ids of a file to rows.  Ids are mostly 1..n: then an array answers;
 * otherwise a hash does.
 */
struct id_map {
	uint32_t *dense; /* row of id, for id < n_dense */
	size_t n_dense;
	const uint64_t *id; /* of each row; borrowed; used by the hash only */
	struct row_index sparse;
};

/*
 * Maps id[row] to row, for n rows.  Borrows id.  A repeated id means its last row.  False:
 * no memory, and nothing to release.
 */
bool id_map_build(struct id_map *m, const uint64_t *id, size_t n);
void id_map_release(struct id_map *m);
uint32_t id_map_find_sparse(const struct id_map *m, uint64_t id);

/* ROW_NONE when absent. */
static inline uint32_t id_map_find(const struct id_map *m, uint64_t id)
{
	return id < m->n_dense ? m->dense[id] : id_map_find_sparse(m, id);
}

#endif
