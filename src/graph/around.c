/*
 * Who calls one function, and what it calls.
 *
 * Lives here: the edges at one node of a graph that was built without any.
 * Not here: all edges at once (graph/link.c).
 *
 * Most stacks do not have the node, which their signs tell: four words each, instead of all their frames.
 */
#include "config.h"

#include "base/arith.h"
#include "base/sort.h"
#include "base/worker.h"
#include "graph/edge_table.h"
#include "graph/internal.h"

#include <string.h>

struct around {
	const struct graph *g;
	uint32_t node_row;
	struct edge_table in, out;
};

static void add_sign(struct stack_sign *to, const struct stack_sign *sign)
{
	for (int i = 0; i < SIGN_WORDS; i++)
		to->word[i] |= sign->word[i];
}

static struct stack_sign sign_of(uint32_t frame)
{
	uint64_t hash = hash_mix(0, frame);
	struct stack_sign sign;

	for (int i = 0; i < SIGN_WORDS; i++, hash >>= 6)
		sign.word[i] = 1ULL << (hash & 63);
	return sign;
}

static struct stack_sign sign_of_location(const struct graph_state *st, uint32_t location)
{
	uint32_t f = st->location_frame[location];
	struct stack_sign sign = { { 0 } };
	const uint32_t *many;

	if (!(f & FRAME_MANY))
		return sign_of(f);
	many = st->many.at + (f & ~FRAME_MANY);
	for (uint32_t k = 1; k <= many[0]; k++) {
		struct stack_sign one = sign_of(many[k]);

		add_sign(&sign, &one);
	}
	return sign;
}

struct signing {
	struct graph *g;
	const struct stack_sign *location;
};

static void sign_part(void *ctx, size_t part)
{
	const struct signing *s = ctx;
	const struct profile *p = s->g->profile;
	size_t n_part = graph_parts(s->g);
	uint32_t end = (uint32_t)((uint64_t)p->stack.n * (part + 1) / n_part);

	for (uint32_t stack = (uint32_t)((uint64_t)p->stack.n * part / n_part); stack < end; stack++) {
		const uint32_t *location = p->stack.location_row + p->stack.start[stack];
		struct stack_sign sign = { { 0 } };

		for (uint32_t i = 0; i < p->stack.len[stack]; i++)
			add_sign(&sign, &s->location[location[i]]);
		s->g->state->sign[stack] = sign;
	}
}

bool graph_sign_stacks(struct graph *g, struct error *err)
{
	const struct profile *p = g->profile;
	struct arena scratch = ARENA_INIT;
	struct stack_sign *location = ARENA_ARRAY(&scratch, struct stack_sign, p->location.n);
	struct signing s = { g, location };

	g->state->sign = ARENA_ARRAY(&g->state->arena, struct stack_sign, p->stack.n);
	for (uint32_t i = 0; location && i < p->location.n; i++)
		location[i] = sign_of_location(g->state, i);
	if (location && g->state->sign)
		worker_parallel(graph_parts(g), sign_part, &s);
	arena_release(&scratch);
	return (location && g->state->sign) || error_nomem(err, "callers and callees");
}

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

/* By location: is the node one of its frames?  NULL: no memory. */
static const uint8_t *mark_locations(const struct around *a, struct arena *scratch)
{
	const struct profile *p = a->g->profile;
	uint8_t *has_node = ARENA_ARRAY(scratch, uint8_t, p->location.n);

	for (uint32_t i = 0; has_node && i < p->location.n; i++)
		has_node[i] = location_has(a->g->state, i, a->node_row);
	return has_node;
}

static bool may_have(const struct stack_sign *stack, const struct stack_sign *node)
{
	for (int i = 0; i < SIGN_WORDS; i++)
		if (!(stack->word[i] & node->word[i]))
			return false;
	return true;
}

static bool stack_has(const struct profile *p, uint32_t stack, const uint8_t *has_node)
{
	const uint32_t *location = p->stack.location_row + p->stack.start[stack];

	for (uint32_t i = 0; i < p->stack.len[stack]; i++)
		if (has_node[location[i]])
			return true;
	return false;
}

/* False: no memory. */
static bool walk(struct around *a, uint32_t stack)
{
	const struct graph_state *st = a->g->state;
	struct frame_walk w = frame_walk(a->g, stack);
	uint32_t from = ROW_NONE, to;
	bool is_inline, ok = true;

	for (; ok && frame_next(&w, &to, &is_inline); from = to) {
		struct edge_call call = { .from = from, .to = to, .stack = stack, .is_inline = is_inline };

		if (from == ROW_NONE || from == to)
			continue;
		if (to == a->node_row)
			ok = edge_table_count(&a->in, &call, 1, st->weight, st->div);
		else if (from == a->node_row)
			ok = edge_table_count(&a->out, &call, 1, st->weight, st->div);
	}
	return ok;
}

/* The edges of a side in edge order, in the arena. */
static struct graph_edge *sorted(const struct around *a, const struct edge_table *side, struct arena *arena,
				 struct arena *scratch)
{
	struct graph order = *a->g;
	uint32_t n = (uint32_t)side->n, *row = ARENA_ARRAY(scratch, uint32_t, n);
	struct graph_edge *found = ARENA_ARRAY(scratch, struct graph_edge, n);
	struct graph_edge *edge = ARENA_ARRAY(arena, struct graph_edge, n);

	if (!row || !found || !edge)
		return NULL;
	edge_table_write(side, found);
	order.edge = found;
	for (uint32_t i = 0; i < n; i++)
		row[i] = i;
	if (!sort_stable(row, n, graph_edge_cmp, &order))
		return NULL;
	for (uint32_t i = 0; i < n; i++)
		edge[i] = found[row[i]];
	return edge;
}

/* What the shares of the stacks are searched for, side by side. */
struct searching {
	const struct graph *g;
	struct stack_sign sign;
	const uint8_t *has_node; /* by location */
	uint8_t *is_on;		 /* by stack */
};

static void search_part(void *ctx, size_t part)
{
	const struct searching *s = ctx;
	const struct profile *p = s->g->profile;
	const struct graph_state *st = s->g->state;
	size_t n_part = graph_parts(s->g);
	uint32_t end = (uint32_t)((uint64_t)p->stack.n * (part + 1) / n_part);

	for (uint32_t i = (uint32_t)((uint64_t)p->stack.n * part / n_part); i < end; i++)
		s->is_on[i] = may_have(&st->sign[i], &s->sign) && st->is_touched[i] &&
			      stack_has(p, i, s->has_node);
}

static bool find(struct around *a, struct arena *scratch)
{
	uint32_t n_stack = a->g->profile->stack.n;
	struct searching s = { .g = a->g, .sign = sign_of(a->node_row) };
	bool ok;

	s.has_node = mark_locations(a, scratch);
	s.is_on = ARENA_ARRAY(scratch, uint8_t, n_stack);
	ok = s.has_node && s.is_on;
	if (ok)
		worker_parallel(graph_parts(a->g), search_part, &s);
	for (uint32_t i = 0; ok && i < n_stack; i++)
		ok = !s.is_on[i] || walk(a, i);
	return ok;
}

bool graph_around(const struct graph *g, uint32_t node_row, struct arena *arena, struct graph_around *around,
		  struct error *err)
{
	struct around a = { .g = g, .node_row = node_row };
	struct arena scratch = ARENA_INIT;
	bool ok;

	edge_table_init(&a.in);
	edge_table_init(&a.out);
	ok = find(&a, &scratch);
	if (ok) {
		around->in = sorted(&a, &a.in, arena, &scratch);
		around->out = sorted(&a, &a.out, arena, &scratch);
		around->n_in = (uint32_t)a.in.n;
		around->n_out = (uint32_t)a.out.n;
		ok = around->in && around->out;
	}
	edge_table_release(&a.in);
	edge_table_release(&a.out);
	arena_release(&scratch);
	return ok || error_nomem(err, "callers and callees");
}
