/*
 * Sums: flat and cum of each node.
 *
 * Lives here: walking the stacks, in shares, for the frames on them (spec/reports.md 3.4).
 * Not here: which frames are one node (graph/nodes.c), edges (graph/link.c), sums that are known already
 * (graph/known.c).
 */
#include "config.h"

#include "base/worker.h"
#include "graph/internal.h"

/* What the summing loop touches at each frame, side by side. */
struct hot {
	int64_t cum;
	uint32_t stamp; /* stack that was counted last, plus 1 */
};

/* One share of the stacks, summed on a thread of its own. */
struct sum_part {
	uint32_t first, end; /* stacks */
	struct hot *hot;     /* by info row */
	int64_t *flat;
	int64_t *cum_div, *flat_div; /* of the divisors; NULL: no mean */
	bool is_broken;		     /* cancelled */
};

struct summing {
	const struct graph *g;
	const int64_t *known; /* weights of stacks that are summed already; NULL: none is */
	const uint8_t *has;   /* by stack: a frame of it is wanted; NULL: all are */
	struct sum_part part[GRAPH_PARTS_MAX];
};

/* What a stack adds; local to its loop, which knows then that no store changes it. */
struct addend {
	struct hot *hot;
	int64_t *cum_div;
	int64_t weight, div;
	uint32_t stamp;
};

static inline void count_cum(struct addend a, uint32_t frame)
{
	struct hot *h = &a.hot[frame];

	if (h->stamp == a.stamp)
		return;
	h->stamp = a.stamp;
	h->cum = i64_add(h->cum, a.weight);
	if (a.cum_div)
		a.cum_div[frame] = i64_add(a.cum_div[frame], a.div);
}

/* The innermost frame of a stack; the row behind all when there is none. */
static uint32_t leaf_of(const struct graph *g, uint32_t stack)
{
	const struct profile *p = g->profile;
	uint32_t f;

	if (!p->stack.len[stack])
		return g->n_info;
	f = g->state->location_frame[p->stack.location_row[p->stack.start[stack]]];
	if (f & FRAME_MANY) {
		const uint32_t *many = g->state->many.at + (f & ~FRAME_MANY);

		return many[many[0]];
	}
	return f;
}

/* Adds one stack to the nodes on it. */
static void count_stack(const struct graph *g, struct sum_part *part, uint32_t stack, int64_t weight)
{
	const struct profile *p = g->profile;
	const uint32_t *first = p->stack.location_row + p->stack.start[stack];
	const uint32_t *location_frame = g->state->location_frame;
	const struct addend a = { .hot = part->hot, .cum_div = part->cum_div, .weight = weight,
				  .div = g->state->div ? g->state->div[stack] : 0, .stamp = stack + 1 };
	uint32_t leaf = leaf_of(g, stack);

	for (const uint32_t *at = first + p->stack.len[stack]; at > first;) {
		uint32_t f = location_frame[*--at];

		if (!(f & FRAME_MANY)) {
			count_cum(a, f);
		} else {
			const uint32_t *many = g->state->many.at + (f & ~FRAME_MANY);

			for (uint32_t i = 1; i <= many[0]; i++)
				count_cum(a, many[i]);
		}
	}
	part->flat[leaf] = i64_add(part->flat[leaf], weight);
	if (part->flat_div)
		part->flat_div[leaf] = i64_add(part->flat_div[leaf], a.div);
}

static void sum_part(void *ctx, size_t i)
{
	struct summing *s = ctx;
	const struct graph_state *st = s->g->state;
	struct sum_part *part = &s->part[i];

	for (uint32_t stack = part->first; !part->is_broken && stack < part->end; stack++) {
		int64_t weight = st->weight[stack];
		bool is_counted = st->is_touched[stack] && (!s->has || s->has[stack]);

		if (s->known) {
			weight = i64_sub(weight, s->known[stack]);
			is_counted = weight != 0;
		}
		part->is_broken = graph_is_cancelled(s->g, stack);
		if (!part->is_broken && is_counted)
			count_stack(s->g, part, stack, weight);
	}
}

/* Most stacks have none of a few frames, and that is soon seen. */
static bool find_wanted(struct summing *s, struct arena *scratch)
{
	const struct profile *p = s->g->profile;
	uint8_t *is_wanted, *has;

	if (!s->g->opt.wants)
		return true;
	is_wanted = ARENA_ZERO(scratch, uint8_t, p->location.n);
	s->has = has = ARENA_ARRAY(scratch, uint8_t, p->stack.n);
	for (uint32_t i = 0; is_wanted && i < p->location.n; i++) {
		struct graph_frames f = graph_frames_of(s->g->state, i);

		for (uint32_t k = 0; k < f.n; k++)
			is_wanted[i] |= f.at[k] != s->g->n_info;
	}
	return is_wanted && has && profile_find_stacks(p, is_wanted, has);
}

static bool init_part(struct sum_part *part, const struct graph *g, struct arena *scratch)
{
	size_t n = (size_t)g->n_info + 1;
	bool is_mean = g->state->div;

	part->hot = ARENA_ZERO(scratch, struct hot, n);
	part->flat = ARENA_ZERO(scratch, int64_t, n);
	part->cum_div = is_mean ? ARENA_ZERO(scratch, int64_t, n) : NULL;
	part->flat_div = is_mean ? ARENA_ZERO(scratch, int64_t, n) : NULL;
	return part->hot && part->flat && (!is_mean || (part->cum_div && part->flat_div));
}

static void add_part(struct graph *g, const struct sum_part *part)
{
	for (uint32_t i = 0; i < g->n_info; i++) {
		struct graph_node *n = &g->node[i];

		n->cum = i64_add(n->cum, part->hot[i].cum);
		n->flat = i64_add(n->flat, part->flat[i]);
		if (part->cum_div) {
			n->cum_div = i64_add(n->cum_div, part->cum_div[i]);
			n->flat_div = i64_add(n->flat_div, part->flat_div[i]);
		}
	}
}

size_t graph_parts(const struct graph *g)
{
	size_t n = worker_count();

	if (g->profile->stack.n < GRAPH_PART_STACKS_MIN * 2)
		return 1;
	return n < GRAPH_PARTS_MAX ? n : GRAPH_PARTS_MAX;
}

static bool add_parts(struct graph *g, const struct summing *s, size_t n_part)
{
	g->n_node = g->n_info;
	for (uint32_t i = 0; i <= g->n_info; i++)
		g->node[i] = (struct graph_node){ .info_row = i, .parent_row = ROW_NONE, .position = ROW_NONE };
	for (size_t i = 0; i < n_part; i++) {
		if (s->part[i].is_broken)
			return false;
		add_part(g, &s->part[i]);
	}
	if (s->known)
		graph_add_known(g);
	else
		graph_keep_known(g);
	return true;
}

/*
 * Nodes are all kept identities, in order of creation; cum counts a stack once however often the
 * node is on it (spec/reports.md 3.4).  The flat value of a stack whose leaf frame is not kept
 * is lost.
 */
bool graph_nodes_sum(struct graph *g, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	struct summing s = { .g = g, .known = graph_find_known(g) };
	size_t n_part = graph_parts(g);
	bool ok = find_wanted(&s, &scratch);

	if (!g->node)
		g->node = ARENA_ARRAY(&g->arena, struct graph_node, (size_t)g->n_info + 1);
	for (size_t i = 0; ok && i < n_part; i++) {
		s.part[i].first = (uint32_t)((uint64_t)g->profile->stack.n * i / n_part);
		s.part[i].end = (uint32_t)((uint64_t)g->profile->stack.n * (i + 1) / n_part);
		ok = init_part(&s.part[i], g, &scratch);
	}
	ok = ok && g->node;
	if (ok) {
		worker_parallel(n_part, sum_part, &s);
		ok = add_parts(g, &s, n_part);
	}
	arena_release(&scratch);
	return ok || error_nomem(err, "graph nodes");
}
