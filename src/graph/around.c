/*
 * Who calls one function, and what it calls.
 *
 * Lives here: the edges at one node of a graph that was built without any.
 * Not here: all edges at once (graph/link.c).
 *
 * Most stacks do not have the node, which their signs tell: four bits each, instead of all their frames.
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

static size_t n_blocks(const struct graph *g)
{
	return ((size_t)g->profile->stack.n + 63) / 64;
}

/* Of the 64 stacks of a block, or as many as there are: word[w][k] is a word of the k-th one. */
static void sign_block(const struct signing *s, size_t block, uint64_t word[SIGN_WORDS][64])
{
	const struct profile *p = s->g->profile;
	uint32_t first = (uint32_t)block * 64, n = p->stack.n - first;

	for (uint32_t k = 0; k < 64; k++) {
		struct stack_sign sign = { { 0 } };
		const uint32_t *location = k < n ? p->stack.location_row + p->stack.start[first + k] : NULL;

		for (uint32_t i = 0; location && i < p->stack.len[first + k]; i++)
			add_sign(&sign, &s->location[location[i]]);
		for (int w = 0; w < SIGN_WORDS; w++)
			word[w][k] = sign.word[w];
	}
}

/* Bit i of row k becomes bit k of row i: squares change places, of half the size in each round. */
static void transpose(uint64_t row[64])
{
	uint64_t mask = UINT32_MAX;

	for (unsigned size = 32; size; size >>= 1, mask ^= mask << size)
		for (unsigned k = 0; k < 64; k = ((k | size) + 1) & ~size) {
			uint64_t change = ((row[k] >> size) ^ row[k | size]) & mask;

			row[k] ^= change << size;
			row[k | size] ^= change;
		}
}

static void sign_part(void *ctx, size_t part)
{
	const struct signing *s = ctx;
	size_t n_part = graph_parts(s->g), n = n_blocks(s->g);
	uint64_t word[SIGN_WORDS][64];

	for (size_t block = n * part / n_part; block < n * (part + 1) / n_part; block++) {
		sign_block(s, block, word);
		for (size_t w = 0; w < SIGN_WORDS; w++) {
			transpose(word[w]);
			for (size_t bit = 0; bit < 64; bit++)
				s->g->state->sign[(w * 64 + bit) * n + block] = word[w][bit];
		}
	}
}

bool graph_sign_stacks(struct graph *g, struct error *err)
{
	const struct profile *p = g->profile;
	struct arena scratch = ARENA_INIT;
	struct stack_sign *location = ARENA_ARRAY(&scratch, struct stack_sign, p->location.n);
	struct signing s = { g, location };

	g->state->sign = ARENA_ARRAY(&g->state->arena, uint64_t, n_blocks(g) * SIGN_BITS);
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
		struct edge_call call = { .from = from, .to = to, .stack = stack, .flags = is_inline ? EDGE_CALL_INLINE : 0u };

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

/* The shares of the stacks are searched side by side. */
struct searching {
	const struct graph *g;
	const uint64_t *bit[SIGN_WORDS]; /* of the signs, by block: those that the node has */
	const uint8_t *has_node;	 /* by location */
	uint32_t *stack;		 /* of each share, where its stacks begin: those that have the node */
	uint32_t n_found[GRAPH_PARTS_MAX];
};

enum { AHEAD = 8 }; /* stacks that are asked for before they are looked at: they lie wide apart */

/* The first stack of a share. */
static uint32_t share_start(const struct graph *g, size_t part)
{
	size_t start = n_blocks(g) * part / graph_parts(g) * 64;

	return start < g->profile->stack.n ? (uint32_t)start : g->profile->stack.n;
}

/* Writes the stacks of a share whose signs have the node's bits; gives their number. */
static uint32_t list_likely(const struct searching *s, size_t part, uint32_t *stack)
{
	const uint8_t *is_touched = s->g->state->is_touched;
	uint32_t n = 0, end = share_start(s->g, part + 1);

	for (uint32_t first = share_start(s->g, part); first < end; first += 64) {
		uint64_t likely = UINT64_MAX;

		for (int w = 0; w < SIGN_WORDS; w++)
			likely &= s->bit[w][first / 64];
		for (; likely; likely &= likely - 1) {
			uint32_t i = first + (uint32_t)__builtin_ctzll(likely);

			stack[n] = i;
			n += is_touched[i] != 0;
		}
	}
	return n;
}

static void ask_for(const struct profile *p, uint32_t stack)
{
	const uint32_t *location = p->stack.location_row + p->stack.start[stack];

	for (uint32_t i = 0; i < p->stack.len[stack]; i += 16)
		__builtin_prefetch(location + i);
}

static void search_part(void *ctx, size_t part)
{
	struct searching *s = ctx;
	const struct profile *p = s->g->profile;
	uint32_t *stack = s->stack + share_start(s->g, part);
	uint32_t n = list_likely(s, part, stack), n_found = 0;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t likely = stack[i];

		if (i + AHEAD < n)
			ask_for(p, stack[i + AHEAD]);
		if (stack_has(p, likely, s->has_node))
			stack[n_found++] = likely;
	}
	s->n_found[part] = n_found;
}

static bool find(struct around *a, struct arena *scratch)
{
	const struct graph *g = a->g;
	struct searching s = { .g = g };
	struct stack_sign sign = sign_of(a->node_row);
	bool ok;

	for (int w = 0; w < SIGN_WORDS; w++)
		s.bit[w] = g->state->sign + (size_t)(w * 64 + __builtin_ctzll(sign.word[w])) * n_blocks(g);
	s.has_node = mark_locations(a, scratch);
	s.stack = ARENA_ARRAY(scratch, uint32_t, g->profile->stack.n);
	ok = s.has_node && s.stack;
	if (ok)
		worker_parallel(graph_parts(g), search_part, &s);
	for (size_t part = 0; ok && part < graph_parts(g); part++)
		for (uint32_t i = 0; ok && i < s.n_found[part]; i++)
			ok = walk(a, s.stack[share_start(g, part) + i]);
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
