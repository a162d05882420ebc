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

/* The edges found in one share of the stacks, on a thread of its own. */
struct share {
	struct edge_table in, out;
	bool is_broken; /* no memory */
};

/* The shares of the stacks are searched side by side. */
struct searching {
	const struct graph *g;
	uint32_t node_row;
	const uint64_t *bit[SIGN_WORDS]; /* of the signs, by block: those that the node has */
	const uint8_t *has_node;	 /* by location */
	uint32_t *stack;		 /* of each share, where its stacks begin: those that may have the node */
	struct share share[GRAPH_PARTS_MAX];
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

enum { BLOCK_MASK = 63 }; /* of blocks between two looks at cancel */

static void sign_part(void *ctx, size_t part)
{
	const struct signing *s = ctx;
	size_t n_part = graph_parts(s->g), n = n_blocks(s->g);
	uint64_t word[SIGN_WORDS][64];

	for (size_t block = n * part / n_part; block < n * (part + 1) / n_part; block++) {
		if (!(block & BLOCK_MASK) && cancel_is_raised(s->g->opt.cancel))
			return;
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
	if (cancel_is_raised(g->opt.cancel))
		return error_set(err, ERR_CANCELLED, "interrupted");
	return (location && g->state->sign) || error_nomem(err, "callers and callees");
}

static bool location_has(const struct graph_state *st, uint32_t location, uint32_t node_row)
{
	struct graph_frames f = graph_frames_of(st, location);

	for (uint32_t k = 0; k < f.n; k++)
		if (f.at[k] == node_row)
			return true;
	return false;
}

/* By location: is the node one of its frames?  NULL: no memory. */
static const uint8_t *mark_locations(const struct searching *s, struct arena *scratch)
{
	const struct profile *p = s->g->profile;
	uint8_t *has_node = ARENA_ARRAY(scratch, uint8_t, p->location.n);

	for (uint32_t i = 0; has_node && i < p->location.n; i++)
		has_node[i] = location_has(s->g->state, i, s->node_row);
	return has_node;
}

/* One frame calling another: counts if one of them, and only one, is the node.  False: no memory. */
static bool note_call(const struct searching *s, struct share *share, const struct edge_call *call)
{
	const struct graph_state *st = s->g->state;

	if (call->from == call->to)
		return true;
	if (call->to == s->node_row)
		return edge_table_count(&share->in, call, 1, st->weight, st->div);
	if (call->from == s->node_row)
		return edge_table_count(&share->out, call, 1, st->weight, st->div);
	return true;
}

/* The calls at one location that has the node: into it, inside, and out of it. */
static bool look_at(const struct searching *s, struct share *share, uint32_t stack, uint32_t depth)
{
	const struct profile *p = s->g->profile;
	const uint32_t *row = p->stack.location_row + p->stack.start[stack];
	struct graph_frames f = graph_frames_of(s->g->state, row[depth]), outer = f;
	struct edge_call call = { .stack = stack };
	bool ok = true;

	if (depth + 1 < p->stack.len[stack]) {
		outer = graph_frames_of(s->g->state, row[depth + 1]);
		call.from = outer.at[outer.n - 1];
		call.to = f.at[0];
		/* What the node of the location before calls has been noted there. */
		ok = call.to != s->node_row || note_call(s, share, &call);
	}
	call.flags = EDGE_CALL_INLINE;
	for (uint32_t k = 1; ok && k < f.n; k++) {
		call.from = f.at[k - 1];
		call.to = f.at[k];
		ok = note_call(s, share, &call);
	}
	if (!ok || !depth)
		return ok;
	call.flags = 0;
	call.from = f.at[f.n - 1];
	call.to = graph_frames_of(s->g->state, row[depth - 1]).at[0];
	return call.from != s->node_row || note_call(s, share, &call);
}

/* All calls to and from the node on a stack, from the root.  False: no memory. */
static bool walk(const struct searching *s, struct share *share, uint32_t stack)
{
	const struct profile *p = s->g->profile;
	const uint32_t *row = p->stack.location_row + p->stack.start[stack];

	for (uint32_t depth = p->stack.len[stack]; depth-- > 0;)
		if (s->has_node[row[depth]] && !look_at(s, share, stack, depth))
			return false;
	return true;
}

/* The edges of a side in edge order, in the arena. */
static struct graph_edge *sorted(const struct graph *g, const struct edge_table *side, struct arena *arena,
				 struct arena *scratch)
{
	struct graph order = *g;
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
	struct share *share = &s->share[part];
	uint32_t *stack = s->stack + share_start(s->g, part);
	uint32_t n = list_likely(s, part, stack);

	for (uint32_t i = 0; !share->is_broken && i < n; i++) {
		if (i + AHEAD < n)
			ask_for(s->g->profile, stack[i + AHEAD]);
		share->is_broken = !walk(s, share, stack[i]);
	}
}

/* All edges are in the first share then, in the order in which one share of all stacks would have met them. */
static bool gather(struct searching *s)
{
	struct share *all = &s->share[0];

	for (size_t i = 0; i < graph_parts(s->g); i++)
		if (s->share[i].is_broken || (i && (!edge_table_merge(&all->in, &s->share[i].in, NULL) ||
						    !edge_table_merge(&all->out, &s->share[i].out, NULL))))
			return false;
	return true;
}

static bool find(struct searching *s, struct arena *scratch)
{
	const struct graph *g = s->g;
	struct stack_sign sign = sign_of(s->node_row);

	for (int w = 0; w < SIGN_WORDS; w++)
		s->bit[w] = g->state->sign + (size_t)(w * 64 + __builtin_ctzll(sign.word[w])) * n_blocks(g);
	s->has_node = mark_locations(s, scratch);
	s->stack = ARENA_ARRAY(scratch, uint32_t, g->profile->stack.n);
	if (!s->has_node || !s->stack)
		return false;
	worker_parallel(graph_parts(g), search_part, s);
	return gather(s);
}

bool graph_around(const struct graph *g, uint32_t node_row, struct arena *arena, struct graph_around *around,
		  struct error *err)
{
	struct searching s = { .g = g, .node_row = node_row };
	struct arena scratch = ARENA_INIT;
	bool ok;

	for (size_t i = 0; i < graph_parts(g); i++) {
		edge_table_init(&s.share[i].in);
		edge_table_init(&s.share[i].out);
	}
	ok = find(&s, &scratch);
	if (ok) {
		around->in = sorted(g, &s.share[0].in, arena, &scratch);
		around->out = sorted(g, &s.share[0].out, arena, &scratch);
		around->n_in = (uint32_t)s.share[0].in.n;
		around->n_out = (uint32_t)s.share[0].out.n;
		ok = around->in && around->out;
	}
	for (size_t i = 0; i < graph_parts(g); i++) {
		edge_table_release(&s.share[i].in);
		edge_table_release(&s.share[i].out);
	}
	arena_release(&scratch);
	return ok || error_nomem(err, "callers and callees");
}
