/*
 * Sums that are known from the graph before.
 *
 * Lives here: whether they serve the graph that is being built, what is kept of it for the next.
 * Not here: walking stacks (graph/sums.c).
 *
 * Cum and flat are sums over stacks, so those of other weights differ by the sums of what the weights differ by.
 * That holds as long as the stacks and the node of each frame are the same, whatever else has changed.
 */
#include "config.h"

#include "graph/internal.h"

#include <string.h>

struct graph_sums {
	struct arena arena; /* this struct lives in it */
	const struct profile *profile;

	/* One walk over all stacks; nothing is known as long as there is no weight. */
	struct arena walk;
	const int64_t *weight;		/* by stack */
	const int64_t *cum, *flat;	/* by info row */
	const uint32_t *location_frame; /* see graph_state */
	const uint32_t *many;
	size_t n_many;
	uint32_t n_info, n_location, n_touched;
};

struct graph_sums *graph_sums_new(const struct profile *p)
{
	struct arena arena = ARENA_INIT;
	struct graph_sums *s = ARENA_ZERO(&arena, struct graph_sums, 1);

	if (s) {
		s->arena = arena;
		s->profile = p;
	}
	return s;
}

void graph_sums_free(struct graph_sums *s)
{
	struct arena arena;

	if (!s)
		return;
	arena_release(&s->walk);
	arena = s->arena; /* s itself lives in it */
	arena_release(&arena);
}

/* A derived profile shares what it does not change, and its own arrays may lie where others have been. */
static bool has_stacks_of(const struct profile *derived, const struct profile *p)
{
	return derived->stack.location_row == p->stack.location_row && derived->stack.start == p->stack.start &&
	       derived->stack.len == p->stack.len && derived->stack.n == p->stack.n;
}

static bool may_serve(const struct graph *g)
{
	return g->opt.sums && !g->opt.wants && !g->state->div && has_stacks_of(g->profile, g->opt.sums->profile);
}

/* Is the node of each frame the same? */
static bool has_nodes_of(const struct graph *g, const struct graph_sums *k)
{
	const struct graph_state *st = g->state;

	return g->n_info == k->n_info && g->profile->location.n == k->n_location && st->many.n == k->n_many &&
	       memcmp(st->location_frame, k->location_frame, k->n_location * sizeof(*k->location_frame)) == 0 &&
	       (!k->n_many || memcmp(st->many.at, k->many, k->n_many * sizeof(*k->many)) == 0);
}

static uint32_t count_touched(const struct graph *g)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < g->profile->stack.n; i++)
		n += g->state->is_touched[i];
	return n;
}

const int64_t *graph_find_known(const struct graph *g)
{
	const struct graph_sums *k = g->opt.sums;
	uint32_t n = 0;

	if (!may_serve(g) || !k->weight || !has_nodes_of(g, k))
		return NULL;
	for (uint32_t i = 0; i < g->profile->stack.n; i++)
		n += g->state->weight[i] != k->weight[i];
	return n < count_touched(g) ? k->weight : NULL;
}

void graph_add_known(struct graph *g)
{
	const struct graph_sums *k = g->opt.sums;

	for (uint32_t i = 0; i < g->n_info; i++) {
		g->node[i].cum = i64_add(g->node[i].cum, k->cum[i]);
		g->node[i].flat = i64_add(g->node[i].flat, k->flat[i]);
	}
}

static void forget(struct graph_sums *k)
{
	arena_release(&k->walk);
	k->weight = NULL;
}

static const void *copy(struct graph_sums *k, const void *from, size_t n, size_t size)
{
	void *to = arena_alloc_array(&k->walk, n, size);

	if (to && n)
		memcpy(to, from, n * size);
	return to;
}

static bool keep(struct graph_sums *k, const struct graph *g)
{
	const struct graph_state *st = g->state;
	int64_t *cum = ARENA_ARRAY(&k->walk, int64_t, g->n_info), *flat = ARENA_ARRAY(&k->walk, int64_t, g->n_info);

	for (uint32_t i = 0; cum && flat && i < g->n_info; i++) {
		cum[i] = g->node[i].cum;
		flat[i] = g->node[i].flat;
	}
	k->cum = cum;
	k->flat = flat;
	k->n_info = g->n_info;
	k->n_location = g->profile->location.n;
	k->n_many = st->many.n;
	k->location_frame = copy(k, st->location_frame, k->n_location, sizeof(*k->location_frame));
	k->many = copy(k, st->many.at, k->n_many, sizeof(*k->many));
	k->weight = copy(k, st->weight, g->profile->stack.n, sizeof(*k->weight));
	return cum && flat && k->location_frame && k->many && k->weight;
}

/* Of two walks the longer one is worth more.  Without memory nothing is known, and that is all. */
void graph_keep_known(const struct graph *g)
{
	struct graph_sums *k = g->opt.sums;
	uint32_t n_touched;

	if (!may_serve(g))
		return;
	n_touched = count_touched(g);
	if (k->weight && has_nodes_of(g, k) && n_touched <= k->n_touched)
		return;
	forget(k);
	k->n_touched = n_touched;
	if (!keep(k, g))
		forget(k);
}
