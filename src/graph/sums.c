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

#include <string.h>

/* The first two frames of a location, outermost first: in most it has no more. */
struct pair {
	uint32_t outer; /* with FRAME_MANY: the location has more, see graph_state.many */
	uint32_t inner; /* ROW_NONE: there is but one */
};

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
	VEC(uint32_t) frame;	     /* of one stack */
	bool is_broken;		     /* no memory, or cancelled */
};

struct summing {
	const struct graph *g;
	const int64_t *known; /* weights of stacks that are summed already; NULL: none is */
	const uint8_t *has;   /* by stack: a frame of it is wanted; NULL: all are */
	struct pair *pair;    /* by location */
	struct sum_part part[GRAPH_PARTS_MAX];
};

static bool pair_frames(struct summing *s, struct arena *scratch)
{
	const struct graph_state *st = s->g->state;

	s->pair = ARENA_ARRAY(scratch, struct pair, s->g->profile->location.n);
	for (uint32_t i = 0; s->pair && i < s->g->profile->location.n; i++) {
		uint32_t f = st->location_frame[i];
		const uint32_t *many = f & FRAME_MANY ? st->many.at + (f & ~FRAME_MANY) : NULL;

		s->pair[i] = (struct pair){ f, ROW_NONE };
		if (many && many[0] == 2)
			s->pair[i] = (struct pair){ many[1], many[2] };
	}
	return s->pair != NULL;
}

/* Room for the frames of a location with many, and for those of `left` others. */
static bool make_room(struct sum_part *part, size_t n, size_t many, size_t left)
{
	part->frame.n = n;
	return vec_reserve(&part->frame, many + (left + 1) * 2);
}

/* All frames of a stack, from the root.  Whether a location has one or two is no decision: nobody could foretell it. */
static bool list_frames(const struct summing *s, struct sum_part *part, uint32_t stack)
{
	const struct profile *p = s->g->profile;
	const uint32_t *row = p->stack.location_row + p->stack.start[stack];
	const struct pair *pairs = s->pair;
	uint32_t *to;
	size_t n = 0;

	if (!make_room(part, 0, 0, p->stack.len[stack]))
		return false;
	to = part->frame.at;
	for (uint32_t depth = p->stack.len[stack]; depth-- > 0;) {
		struct pair pair = pairs[row[depth]];

		if (pair.outer & FRAME_MANY) {
			const uint32_t *many = s->g->state->many.at + (pair.outer & ~FRAME_MANY);

			if (!make_room(part, n, many[0], depth))
				return false;
			to = part->frame.at;
			memcpy(to + n, many + 1, many[0] * sizeof(*many));
			n += many[0];
			continue;
		}
		to[n] = pair.outer;
		to[n + 1] = pair.inner;
		n += pair.inner == ROW_NONE ? 1 : 2;
	}
	part->frame.n = n;
	return true;
}

static void count_frames(struct sum_part *part, uint32_t stack, int64_t weight, int64_t div)
{
	const uint32_t *frame = part->frame.at, *end = frame + part->frame.n;
	struct hot *hot = part->hot;
	int64_t *cum_div = part->cum_div;

	for (; frame < end; frame++) {
		struct hot *h = &hot[*frame];

		if (h->stamp == stack + 1)
			continue;
		h->stamp = stack + 1;
		h->cum = i64_add(h->cum, weight);
		if (cum_div)
			cum_div[*frame] = i64_add(cum_div[*frame], div);
	}
}

static bool count_stack(const struct summing *s, struct sum_part *part, uint32_t stack, int64_t weight)
{
	int64_t div = s->g->state->div ? s->g->state->div[stack] : 0;
	uint32_t leaf;

	if (!list_frames(s, part, stack))
		return false;
	count_frames(part, stack, weight, div);
	leaf = part->frame.n ? part->frame.at[part->frame.n - 1] : s->g->n_info;
	part->flat[leaf] = i64_add(part->flat[leaf], weight);
	if (part->flat_div)
		part->flat_div[leaf] = i64_add(part->flat_div[leaf], div);
	return true;
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
		} else if (!s->has) {
			graph_ask_for_stack(s->g, stack);
		}
		part->is_broken = graph_is_cancelled(s->g, stack);
		if (!part->is_broken && is_counted)
			part->is_broken = !count_stack(s, part, stack, weight);
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
	bool ok = pair_frames(&s, &scratch) && find_wanted(&s, &scratch);

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
	for (size_t i = 0; i < n_part; i++)
		vec_release(&s.part[i].frame);
	arena_release(&scratch);
	return ok || error_nomem(err, "graph nodes");
}
