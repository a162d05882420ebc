/*
 * Hashing and open addressing.
 *
 * Lives here: linear probing over {row, tag} slots at no more than half load.
 */
#include "config.h"

#include "base/hash.h"

#include "base/arith.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

enum {
	SLOTS_FIRST = 64,
	SLOTS_MANY = 1 << 16, /* a quarter of the smallest table in large pages */
};

uint64_t hash_seed(void)
{
	uint64_t seed;

	if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != sizeof(seed))
		seed = (uint64_t)time(NULL) ^ (uintptr_t)&seed;
	return seed;
}

static inline uint64_t word_at(const unsigned char *p)
{
	uint64_t w;

	memcpy(&w, p, sizeof(w));
	return w;
}

/* In lanes, since each step of one waits for the step before it.  Takes all but the last len % 32 bytes. */
static uint64_t hash_lanes(uint64_t h, const unsigned char *b, size_t len)
{
	uint64_t lane[4] = { h, ~h, h ^ 0x5bd1e9955bd1e995u, h + len };

	for (; len >= sizeof(lane); b += sizeof(lane), len -= sizeof(lane))
		for (size_t i = 0; i < 4; i++)
			lane[i] = hash_mix(lane[i], word_at(b + 8 * i));
	return hash_mix(hash_mix(lane[0], lane[1]), hash_mix(lane[2], lane[3]));
}

uint64_t hash_bytes(uint64_t seed, const void *p, size_t len)
{
	const unsigned char *b = p;
	uint64_t h = seed ^ len, w = 0;

	if (len >= 64) {
		h = hash_lanes(h, b, len);
		b += len - len % 32;
		len %= 32;
	}
	for (; len >= sizeof(w); b += sizeof(w), len -= sizeof(w))
		h = hash_mix(h, word_at(b));
	if (len)
		memcpy(&w, b, len);
	return hash_mix(hash_mix(h, w), 0);
}

uint64_t hash_rows(uint64_t seed, const uint32_t *row, size_t n)
{
	return hash_bytes(seed, row, n * sizeof(*row));
}

void row_index_init(struct row_index *ix)
{
	*ix = (struct row_index){ .slot = NULL, .seed = hash_seed() };
}

void row_index_release(struct row_index *ix)
{
	free(ix->slot);
	ix->slot = NULL;
	ix->mask = ix->n = 0;
}

static void place(struct row_index *ix, struct row_slot s)
{
	size_t at = s.tag & ix->mask;

	while (ix->slot[at].row != ROW_NONE)
		at = (at + 1) & ix->mask;
	ix->slot[at] = s;
}

static bool grow(struct row_index *ix, size_t n)
{
	size_t n_old = ix->mask ? ix->mask + 1 : 0;
	struct row_slot *old = ix->slot;
	VEC(struct row_slot) slot = VEC_INIT;

	/* Looking up is a jump to a random page. */
	if (!vec_reserve_large(&slot, n))
		return false;
	memset(slot.at, 0xff, n * sizeof(*slot.at));
	ix->slot = slot.at;
	ix->mask = n - 1;
	for (size_t i = 0; i < n_old; i++)
		if (old[i].row != ROW_NONE)
			place(ix, old[i]);
	free(old);
	return true;
}

bool row_index_reserve(struct row_index *ix, size_t n)
{
	size_t n_slot = SLOTS_FIRST;

	while (n_slot / 2 <= n) {
		if (n_slot > SIZE_MAX / 2)
			return false;
		n_slot *= 2;
	}
	return n_slot <= ix->mask + 1 || grow(ix, n_slot);
}

/* In few steps to where the memory is large pages. */
static size_t next_size(const struct row_index *ix)
{
	if (!ix->mask)
		return SLOTS_FIRST;
	return (ix->mask + 1) * (ix->mask < SLOTS_MANY && ix->mask > SLOTS_FIRST ? 4 : 2);
}

bool row_index_add(struct row_index *ix, uint64_t hash, uint32_t row)
{
	if ((ix->n + 1) * 2 > ix->mask && !grow(ix, next_size(ix)))
		return false;
	place(ix, (struct row_slot){ .row = row, .tag = (uint32_t)(hash >> 32) });
	ix->n++;
	return true;
}

enum {
	DENSE_ALWAYS = 4096, /* ids below this always go by array */
	DENSE_SPREAD = 4,    /* and so they do when the largest is at most so many times n */
};

static bool build_dense(struct id_map *m, const uint64_t *id, size_t n, size_t n_dense)
{
	size_t total;

	if (!size_mul(n_dense, sizeof(*m->dense), &total))
		return false;
	m->dense = malloc(total);
	if (!m->dense)
		return false;
	m->n_dense = n_dense;
	memset(m->dense, 0xff, total);
	for (size_t i = 0; i < n; i++)
		m->dense[id[i]] = (uint32_t)i;
	return true;
}

static bool build_sparse(struct id_map *m, const uint64_t *id, size_t n)
{
	m->id = id;
	for (size_t i = 0; i < n; i++)
		if (!row_index_add(&m->sparse, hash_mix(m->sparse.seed, id[i]), (uint32_t)i)) {
			row_index_release(&m->sparse);
			return false;
		}
	return true;
}

bool id_map_build(struct id_map *m, const uint64_t *id, size_t n)
{
	uint64_t largest = 0;

	*m = (struct id_map){ .dense = NULL };
	row_index_init(&m->sparse);
	for (size_t i = 0; i < n; i++)
		if (id[i] > largest)
			largest = id[i];
	if (largest < DENSE_ALWAYS || largest / DENSE_SPREAD <= n)
		return build_dense(m, id, n, (size_t)largest + 1);
	return build_sparse(m, id, n);
}

void id_map_release(struct id_map *m)
{
	free(m->dense);
	m->dense = NULL;
	m->n_dense = 0;
	row_index_release(&m->sparse);
}

uint32_t id_map_find_sparse(const struct id_map *m, uint64_t id)
{
	uint64_t hash = hash_mix(m->sparse.seed, id);
	uint32_t row, last = ROW_NONE;

	for (size_t at = row_index_start(hash); (row = row_index_probe(&m->sparse, &at, hash)) != ROW_NONE;)
		if (m->id[row] == id && (last == ROW_NONE || row > last))
			last = row;
	return last;
}
