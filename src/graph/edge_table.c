/*
 * Edges while they are summed.
 *
 * Lives here: linear probing over slots that are the edges themselves, at most three quarters full.
 */
#include "config.h"

#include "graph/edge_table.h"

#include "base/arith.h"

#include <string.h>

enum {
	SLOTS_FIRST = 1 << 10,
	PLACES_MAX = 1 << 30, /* what fits into edge_slot.place */
	PLACE_SHIFT = 2,
	PLACE_IS_INLINE = 1,
	PLACE_IS_RESIDUAL = 2,
	AHEAD = 8, /* calls whose slot is fetched before they are counted */
};

void edge_table_init(struct edge_table *t)
{
	*t = (struct edge_table){ .slot = VEC_INIT, .seed = hash_seed() };
}

void edge_table_release(struct edge_table *t)
{
	vec_release(&t->slot);
	t->mask = t->n = 0;
}

static inline size_t slot_of(const struct edge_table *t, uint32_t from, uint32_t to)
{
	return (size_t)hash_mix(t->seed, (uint64_t)from << 32 | to) & t->mask;
}

/* The slot of an edge, or the free one where it would stand. */
static inline struct edge_slot *find_slot(const struct edge_table *t, uint32_t from, uint32_t to)
{
	for (size_t at = slot_of(t, from, to);; at = (at + 1) & t->mask) {
		struct edge_slot *s = &t->slot.at[at];

		if (!s->stamp || (s->from == from && s->to == to))
			return s;
	}
}

static bool grow(struct edge_table *t)
{
	struct edge_table old = *t;

	t->slot.raw = (struct vec_raw){ NULL, 0, 0 };
	if (!vec_reserve_large(&t->slot, old.mask ? (old.mask + 1) * 2 : SLOTS_FIRST)) {
		*t = old;
		return false;
	}
	t->slot.n = old.mask ? (old.mask + 1) * 2 : SLOTS_FIRST;
	t->mask = t->slot.n - 1;
	memset(t->slot.at, 0, t->slot.n * sizeof(*t->slot.at));
	for (size_t i = 0; i < old.slot.n; i++)
		if (old.slot.at[i].stamp)
			*find_slot(t, old.slot.at[i].from, old.slot.at[i].to) = old.slot.at[i];
	vec_release(&old.slot);
	return true;
}

/* The slot of an edge, which is a new one when it was not there; NULL: no memory. */
static inline struct edge_slot *get_slot(struct edge_table *t, uint32_t from, uint32_t to)
{
	struct edge_slot *s;

	if (t->n >= t->slot.n / 4 * 3 && (t->n >= PLACES_MAX || !grow(t)))
		return NULL;
	s = find_slot(t, from, to);
	if (!s->stamp)
		*s = (struct edge_slot){ .from = from, .to = to,
					 .place = (uint32_t)t->n++ << PLACE_SHIFT | PLACE_IS_INLINE };
	return s;
}

static bool count_call(struct edge_table *t, const struct edge_call *c, int64_t weight, int64_t div)
{
	struct edge_slot *s = get_slot(t, c->from, c->to);

	if (!s)
		return false;
	if (s->stamp == c->stack + 1)
		return true;
	s->stamp = c->stack + 1;
	s->weight = i64_add(s->weight, weight);
	s->weight_div = i64_add(s->weight_div, div);
	s->place &= ~(uint32_t)PLACE_IS_INLINE | c->is_inline;
	s->place |= (uint32_t)c->is_residual << 1;
	return true;
}

bool edge_table_count(struct edge_table *t, const struct edge_call *call, size_t n, const int64_t *weight,
		      const int64_t *div)
{
	for (size_t i = 0; i < n; i++) {
		const struct edge_call *c = &call[i];

		/* The edges of a large profile are in no cache. */
		if (i + AHEAD < n && t->mask)
			__builtin_prefetch(&t->slot.at[slot_of(t, c[AHEAD].from, c[AHEAD].to)], 1);
		if (!count_call(t, c, weight[c->stack], div ? div[c->stack] : 0))
			return false;
	}
	return true;
}

/* Slots in order of creation. */
static void list_slots(const struct edge_table *t, uint32_t *slot)
{
	for (size_t i = 0; i < t->slot.n; i++)
		if (t->slot.at[i].stamp)
			slot[t->slot.at[i].place >> PLACE_SHIFT] = (uint32_t)i;
}

static bool merge_slots(struct edge_table *to, const struct edge_table *from, const uint32_t *row,
			const struct cancel *cancel)
{
	for (size_t i = 0; i < from->n; i++) {
		const struct edge_slot *f = &from->slot.at[row[i]];
		struct edge_slot *s = get_slot(to, f->from, f->to);

		if (!s || (!(i & CANCEL_MASK) && cancel_is_raised(cancel)))
			return false;
		s->stamp = f->stamp;
		s->weight = i64_add(s->weight, f->weight);
		s->weight_div = i64_add(s->weight_div, f->weight_div);
		s->place &= f->place | ~(uint32_t)PLACE_IS_INLINE;
		s->place |= f->place & PLACE_IS_RESIDUAL;
	}
	return true;
}

bool edge_table_merge(struct edge_table *to, const struct edge_table *from, const struct cancel *cancel)
{
	struct arena scratch = ARENA_INIT;
	uint32_t *row = ARENA_ARRAY(&scratch, uint32_t, from->n);
	bool ok = row != NULL;

	if (ok) {
		list_slots(from, row);
		ok = merge_slots(to, from, row, cancel);
	}
	arena_release(&scratch);
	return ok;
}

void edge_table_write(const struct edge_table *t, struct graph_edge *edge)
{
	for (size_t i = 0; i < t->slot.n; i++) {
		const struct edge_slot *s = &t->slot.at[i];

		if (s->stamp)
			edge[s->place >> PLACE_SHIFT] = (struct graph_edge){
				.from_row = s->from,
				.to_row = s->to,
				.weight = s->weight,
				.weight_div = s->weight_div,
				.is_inline = s->place & PLACE_IS_INLINE,
				.is_residual = s->place & PLACE_IS_RESIDUAL,
			};
	}
}
