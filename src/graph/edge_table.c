/*
 * Edges while they are summed.
 *
 * Lives here: linear probing over slots that are the edges themselves, at most seven eighths full.
 */
#include "config.h"

#include "graph/edge_table.h"

#include "base/arith.h"

#include <string.h>

enum {
	SLOTS_FIRST = 1 << 12,
	SLOTS_MANY = 1 << 14,
	PLACES_MAX = 1 << 30, /* what fits into edge_slot.place */
	PLACE_SHIFT = 2,
	PLACE_IS_INLINE = EDGE_CALL_INLINE,
	PLACE_IS_RESIDUAL = EDGE_CALL_RESIDUAL,
	AHEAD = 8, /* calls whose slot is fetched before they are counted */
};

void edge_table_init(struct edge_table *t)
{
	*t = (struct edge_table){ .mem = VEC_INIT, .seed = hash_seed() };
}

void edge_table_release(struct edge_table *t)
{
	vec_release(&t->mem);
	t->slot = NULL;
	t->n_slot = t->n = 0;
}

static inline size_t slot_of(const struct edge_table *t, uint32_t from, uint32_t to)
{
	return (size_t)hash_mix(t->seed, (uint64_t)from << 32 | to) & (t->n_slot - 1);
}

/* The slot of an edge, or the free one where it would stand. */
static inline struct edge_slot *find_slot(const struct edge_table *t, uint32_t from, uint32_t to)
{
	for (size_t at = slot_of(t, from, to);; at = (at + 1) & (t->n_slot - 1)) {
		struct edge_slot *s = &t->slot[at];

		if (!s->stamp || (s->from == from && s->to == to))
			return s;
	}
}

/* An empty table of n slots. */
static bool make_slots(struct edge_table *t, size_t n)
{
	uintptr_t at;

	if (!vec_reserve_large(&t->mem, n + 1))
		return false;
	at = (uintptr_t)t->mem.at;
	t->slot = (struct edge_slot *)((at + sizeof(*t->slot) - 1) / sizeof(*t->slot) * sizeof(*t->slot));
	t->n_slot = n;
	memset(t->slot, 0, n * sizeof(*t->slot));
	return true;
}

/* In few steps to where the memory is large pages. */
static size_t larger_than(size_t n_slot)
{
	if (!n_slot)
		return SLOTS_FIRST;
	return n_slot * (n_slot < SLOTS_MANY ? 4 : 2);
}

static bool grow(struct edge_table *t)
{
	struct edge_table larger = { .mem = VEC_INIT, .n = t->n, .seed = t->seed };

	if (!make_slots(&larger, larger_than(t->n_slot)))
		return false;
	for (size_t i = 0; i < t->n_slot; i++)
		if (t->slot[i].stamp)
			*find_slot(&larger, t->slot[i].from, t->slot[i].to) = t->slot[i];
	vec_release(&t->mem);
	*t = larger;
	return true;
}

_Static_assert(sizeof(struct edge_slot) == 32, "two slots a cache line");

/* The slot of an edge, which is a new one when it was not there; NULL: no memory. */
static inline struct edge_slot *get_slot(struct edge_table *t, uint32_t from, uint32_t to)
{
	struct edge_slot *s;

	if (t->n >= t->n_slot / 8 * 7 && (t->n >= PLACES_MAX || !grow(t)))
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
	s->place &= ~(uint32_t)PLACE_IS_INLINE | c->flags;
	s->place |= c->flags & PLACE_IS_RESIDUAL;
	return true;
}

bool edge_table_count(struct edge_table *t, const struct edge_call *call, size_t n, const int64_t *weight,
		      const int64_t *div)
{
	for (size_t i = 0; i < n; i++) {
		const struct edge_call *c = &call[i];

		/* The edges of a large profile are in no cache. */
		if (i + AHEAD < n && t->n_slot)
			__builtin_prefetch(&t->slot[slot_of(t, c[AHEAD].from, c[AHEAD].to)], 1);
		if (!count_call(t, c, weight[c->stack], div ? div[c->stack] : 0))
			return false;
	}
	return true;
}

/* Slots in order of creation. */
static void list_slots(const struct edge_table *t, uint32_t *slot)
{
	for (size_t i = 0; i < t->n_slot; i++)
		if (t->slot[i].stamp)
			slot[t->slot[i].place >> PLACE_SHIFT] = (uint32_t)i;
}

static void add_slot(struct edge_slot *s, const struct edge_slot *f)
{
	s->stamp = f->stamp;
	s->weight = i64_add(s->weight, f->weight);
	s->weight_div = i64_add(s->weight_div, f->weight_div);
	s->place &= f->place | ~(uint32_t)PLACE_IS_INLINE;
	s->place |= f->place & PLACE_IS_RESIDUAL;
}

static bool merge_slots(struct edge_table *to, const struct edge_table *from, const uint32_t *row,
			const struct cancel *cancel)
{
	for (size_t i = 0; i < from->n; i++) {
		const struct edge_slot *f = &from->slot[row[i]], *ahead = &from->slot[row[i + AHEAD < from->n ? i + AHEAD : i]];
		struct edge_slot *s = get_slot(to, f->from, f->to);

		__builtin_prefetch(&to->slot[slot_of(to, ahead->from, ahead->to)], 1);
		if (!s || (!(i & CANCEL_MASK) && cancel_is_raised(cancel)))
			return false;
		add_slot(s, f);
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

bool edge_table_move_common(struct edge_table *to, struct edge_table *from, const struct cancel *cancel)
{
	for (size_t i = 0; i < from->n_slot && to->n_slot; i++) {
		struct edge_slot *f = &from->slot[i], *s;
		const struct edge_slot *ahead = &from->slot[i + AHEAD < from->n_slot ? i + AHEAD : i];

		if (!(i & CANCEL_MASK) && cancel_is_raised(cancel))
			return false;
		__builtin_prefetch(&to->slot[slot_of(to, ahead->from, ahead->to)], 1);
		if (!f->stamp || f->to == ROW_NONE)
			continue;
		s = find_slot(to, f->from, f->to);
		if (!s->stamp)
			continue;
		add_slot(s, f);
		/* It stays in the way of those that were placed behind it. */
		f->from = f->to = ROW_NONE;
	}
	return true;
}

void edge_table_count_inlining(const struct edge_table *t, int64_t cutoff, struct graph *g)
{
	for (size_t i = 0; i < t->n_slot; i++) {
		const struct edge_slot *s = &t->slot[i];
		struct graph_node *to;

		if (!s->stamp || s->to == ROW_NONE)
			continue;
		to = &g->node[s->to];
		if (to->position != ROW_NONE && i64_abs(s->weight) < cutoff)
			continue;
		to->n_in++;
		to->n_inline_in += s->place & PLACE_IS_INLINE;
	}
}

void edge_table_write(const struct edge_table *t, struct graph_edge *edge)
{
	for (size_t i = 0; i < t->n_slot; i++) {
		const struct edge_slot *s = &t->slot[i];

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
