/*
 * Who calls one function, and what it calls.
 *
 * Lives here: the edges at one node of a graph that was built without any.
 * Not here: all edges at once (graph/link.c).
 *
 * Only stacks that have the node are walked frame by frame; which ones these are is soon found.
 */
#include "config.h"

#include "base/arith.h"
#include "base/sort.h"
#include "graph/internal.h"

#include <string.h>

/* The edges on one side of the node, by the row of the node at the other end. */
struct side {
	uint32_t *edge;  /* index into found, plus 1 */
	VEC(struct graph_edge) found;
};

struct around {
	const struct graph *g;
	uint32_t node_row;
	struct side in, out;
};

static bool location_has(const struct graph_state *st, uint32_t location, uint32_t node_row)
{
	uint32_t f = st->location_frame[location];
	const uint32_t *many;

	if (!(f & FRAME_MANY))
		return f == node_row;
	many = st->many.at + (f & ~FRAME_MANY);
	for (uint32_t k = 1; k <= many[0]; k++)
		if (many[k] == node_row)
			return true;
	return false;
}

static uint8_t *mark_locations(const struct around *a, struct arena *scratch)
{
	const struct profile *p = a->g->profile;
	uint8_t *has_node = ARENA_ARRAY(scratch, uint8_t, p->location.n);

	for (uint32_t i = 0; has_node && i < p->location.n; i++)
		has_node[i] = location_has(a->g->state, i, a->node_row);
	return has_node;
}

/* Counts a call once for each stack, however often it is on it.  False: no memory. */
static bool count(struct around *a, struct side *side, const struct graph_edge *call, uint32_t other,
		  uint32_t stack)
{
	const struct graph_state *st = a->g->state;
	struct graph_edge *e;

	if (!side->edge[other]) {
		if (!vec_push(&side->found, *call))
			return false;
		side->edge[other] = (uint32_t)side->found.n;
	}
	e = &side->found.at[side->edge[other] - 1];
	if (e->stamp == stack + 1)
		return true;
	e->stamp = stack + 1;
	e->is_inline &= call->is_inline;
	e->weight = i64_add(e->weight, st->weight[stack]);
	e->weight_div = i64_add(e->weight_div, st->div ? st->div[stack] : 0);
	return true;
}

static bool walk(struct around *a, uint32_t stack)
{
	struct frame_walk w = frame_walk(a->g, stack);
	uint32_t from = ROW_NONE, to;
	bool is_inline, ok = true;

	while (ok && frame_next(&w, &to, &is_inline)) {
		struct graph_edge call = { .from_row = from, .to_row = to, .is_inline = is_inline };

		if (from != ROW_NONE && from != to && to == a->node_row)
			ok = count(a, &a->in, &call, from, stack);
		else if (from == a->node_row && from != to)
			ok = count(a, &a->out, &call, to, stack);
		from = to;
	}
	return ok;
}

/* The edges of a side in edge order, in the arena. */
static struct graph_edge *sorted(const struct around *a, const struct side *side, struct arena *arena,
				 struct arena *scratch)
{
	struct graph order = *a->g;
	uint32_t *row = ARENA_ARRAY(scratch, uint32_t, side->found.n);
	struct graph_edge *edge = ARENA_ARRAY(arena, struct graph_edge, side->found.n);

	if (!row || !edge)
		return NULL;
	order.edge = side->found.at;
	for (uint32_t i = 0; i < side->found.n; i++)
		row[i] = i;
	if (!sort_stable(row, side->found.n, graph_edge_cmp, &order))
		return NULL;
	for (uint32_t i = 0; i < side->found.n; i++)
		edge[i] = side->found.at[row[i]];
	return edge;
}

static bool find(struct around *a, struct arena *scratch)
{
	const struct profile *p = a->g->profile;
	const uint8_t *is_touched = a->g->state->is_touched;
	uint8_t *has_node = mark_locations(a, scratch), *is_on = ARENA_ARRAY(scratch, uint8_t, p->stack.n);
	bool ok;

	a->in.edge = ARENA_ZERO(scratch, uint32_t, (size_t)a->g->n_info + 1);
	a->out.edge = ARENA_ZERO(scratch, uint32_t, (size_t)a->g->n_info + 1);
	ok = has_node && is_on && a->in.edge && a->out.edge && profile_find_stacks(p, has_node, is_on);
	for (uint32_t s = 0; ok && s < p->stack.n; s++)
		ok = !is_on[s] || !is_touched[s] || walk(a, s);
	return ok;
}

bool graph_around(const struct graph *g, uint32_t node_row, struct arena *arena, struct graph_around *around,
		  struct error *err)
{
	struct around a = { .g = g, .node_row = node_row };
	struct arena scratch = ARENA_INIT;
	bool ok = find(&a, &scratch);

	if (ok) {
		around->in = sorted(&a, &a.in, arena, &scratch);
		around->out = sorted(&a, &a.out, arena, &scratch);
		around->n_in = (uint32_t)a.in.found.n;
		around->n_out = (uint32_t)a.out.found.n;
		ok = around->in && around->out;
	}
	vec_release(&a.in.found);
	vec_release(&a.out.found);
	arena_release(&scratch);
	return ok || error_nomem(err, "callers and callees");
}
