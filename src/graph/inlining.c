/*
 * Which nodes are inlined: what text says of them, without all the edges.
 *
 * Lives here: counting the edges into nodes that are inlined somewhere (spec/reports.md 3.4, 7).
 * Not here: edges that somebody wants to see (graph/link.c), the table in which they are summed
 * (graph/edge_table.c).
 *
 * Few nodes are both kept and inlined somewhere: the other frames of a stack are passed with a look at who
 * would be the caller of the next.
 */
#include "config.h"

#include "base/worker.h"
#include "graph/edge_table.h"
#include "graph/internal.h"

/* What a location does to a walk from the root: its innermost kept frame, or NO_FRAME, and in the upper bits: */
enum {
	PLACE_FRAME = (1 << 28) - 1,
	NO_FRAME = PLACE_FRAME,
	PLACE_INLINE_SHIFT = 28,    /* that frame is not the outermost */
	PLACE_HAS_OTHERS = 1 << 29, /* it has more kept frames */
	PLACE_WATCHED_SHIFT = 31,   /* one of its kept frames is watched */
};

enum { CALLS_NOTED = 256 }; /* before they are summed */

/* What all shares read. */
struct plan {
	const struct graph *g;
	uint8_t *is_watched; /* by info row: kept, and inlined somewhere */
	uint32_t *place;     /* by location; see PLACE_FRAME */
};

/* A location on a stack that has a watched frame. */
struct sighting {
	uint32_t location;
	uint32_t caller; /* the kept frame before it, or NO_FRAME */
};

/* One share of the stacks, on a thread of its own. */
struct counter {
	const struct plan *plan;
	uint32_t first, end; /* stacks */
	struct edge_table table;
	VEC(struct sighting) seen; /* on one stack */
	VEC(struct edge_call) call;
	bool is_broken; /* no memory, or cancelled */
};

static bool is_kept(const struct graph *g, uint32_t frame)
{
	return frame != g->n_info && (!g->state->is_kept || g->state->is_kept[frame]);
}

/* How many nodes are watched. */
static uint32_t watch_nodes(struct plan *plan)
{
	const struct graph_state *st = plan->g->state;
	uint32_t n, n_watched = 0;

	for (size_t i = 0; i < st->many.n; i += (size_t)n + 1) {
		n = st->many.at[i];
		for (uint32_t k = 2; k <= n; k++) {
			uint32_t frame = st->many.at[i + k];

			if (plan->is_watched[frame] || !is_kept(plan->g, frame))
				continue;
			plan->is_watched[frame] = 1;
			n_watched++;
		}
	}
	return n_watched;
}

static uint32_t place_of(const struct plan *plan, uint32_t location)
{
	struct graph_frames f = graph_frames_of(plan->g->state, location);
	uint32_t place = NO_FRAME, n_kept = 0;
	bool is_watched = false;

	for (uint32_t k = 0; k < f.n; k++) {
		if (!is_kept(plan->g, f.at[k]))
			continue;
		place = f.at[k] | (uint32_t)(k > 0) << PLACE_INLINE_SHIFT;
		is_watched |= plan->is_watched[f.at[k]];
		n_kept++;
	}
	if (!is_watched)
		return place;
	return place | 1U << PLACE_WATCHED_SHIFT | (n_kept > 1 ? PLACE_HAS_OTHERS : 0u);
}

/*
 * Where watched frames are on a stack, from the root.  No step depends on what is met: with thousands of
 * nodes no processor could foretell it.
 */
static bool find_watched(struct counter *c, uint32_t stack)
{
	const struct profile *p = c->plan->g->profile;
	const uint32_t *row = p->stack.location_row + p->stack.start[stack], *places = c->plan->place;
	uint32_t caller = NO_FRAME;
	struct sighting *seen;

	c->seen.n = 0;
	if (!vec_reserve(&c->seen, (size_t)p->stack.len[stack] + 1))
		return false;
	seen = c->seen.at;
	for (uint32_t depth = p->stack.len[stack]; depth-- > 0;) {
		uint32_t place = places[row[depth]], frame = place & PLACE_FRAME;

		*seen = (struct sighting){ row[depth], caller };
		seen += place >> PLACE_WATCHED_SHIFT;
		caller = frame != NO_FRAME ? frame : caller;
	}
	c->seen.n = (size_t)(seen - c->seen.at);
	return true;
}

/* Notes the calls of watched frames at a location with several kept ones. */
static bool look_closer(struct counter *c, const struct sighting *s, uint32_t stack)
{
	const struct plan *plan = c->plan;
	struct graph_frames f = graph_frames_of(plan->g->state, s->location);
	uint32_t caller = s->caller;

	if (!vec_reserve(&c->call, f.n))
		return false;
	for (uint32_t k = 0; k < f.n; k++) {
		uint32_t frame = f.at[k];

		if (!is_kept(plan->g, frame))
			continue;
		if (plan->is_watched[frame] && caller != NO_FRAME && caller != frame)
			c->call.at[c->call.n++] = (struct edge_call){ caller, frame, stack,
								      k ? EDGE_CALL_INLINE : 0u };
		caller = frame;
	}
	return true;
}

/* Notes what the sightings on a stack call. */
static bool note_calls(struct counter *c, uint32_t stack)
{
	const struct sighting *seen = c->seen.at, *end = seen + c->seen.n;
	const uint32_t *places = c->plan->place;

	while (seen < end) {
		struct edge_call *call;

		if (!vec_reserve(&c->call, c->seen.n))
			return false;
		call = c->call.at + c->call.n;
		for (; seen < end && !(places[seen->location] & PLACE_HAS_OTHERS); seen++) {
			uint32_t place = places[seen->location], frame = place & PLACE_FRAME;

			*call = (struct edge_call){ seen->caller, frame, stack,
						    (place >> PLACE_INLINE_SHIFT) & EDGE_CALL_INLINE };
			call += (seen->caller != NO_FRAME) & (seen->caller != frame);
		}
		c->call.n = (size_t)(call - c->call.at);
		for (; seen < end && (places[seen->location] & PLACE_HAS_OTHERS); seen++)
			if (!look_closer(c, seen, stack))
				return false;
	}
	return true;
}

static bool settle_calls(struct counter *c)
{
	const struct graph_state *st = c->plan->g->state;
	bool ok = edge_table_count(&c->table, c->call.at, c->call.n, st->weight, st->div);

	c->call.n = 0;
	return ok;
}

static bool count_stack(struct counter *c, uint32_t stack)
{
	return find_watched(c, stack) && note_calls(c, stack) && (c->call.n < CALLS_NOTED || settle_calls(c));
}

/*
 * For a walk through all stacks that is at this one: asks memory for one to come.  Each is read from its end, which
 * no processor foresees.  The walk for the sums waits for its nodes instead, and gains nothing by this.
 */
static inline void ask_for_stack(const struct graph *g, uint32_t stack_row)
{
	enum { AHEAD = 8 };
	const struct profile *p = g->profile;
	uint32_t ahead = stack_row + AHEAD;
	const uint32_t *location = p->stack.location_row;

	if (ahead >= p->stack.n)
		return;
	location += p->stack.start[ahead];
	for (uint32_t i = 0; i < p->stack.len[ahead]; i += 16)
		__builtin_prefetch(location + i);
}

static void count_part(void *ctx, size_t i)
{
	struct counter *c = (struct counter *)ctx + i;
	const struct graph *g = c->plan->g;

	for (uint32_t s = c->first; !c->is_broken && s < c->end; s++) {
		ask_for_stack(g, s);
		c->is_broken = graph_is_cancelled(g, s);
		if (!c->is_broken && g->state->is_touched[s])
			c->is_broken = !count_stack(c, s);
	}
	c->is_broken = c->is_broken || !settle_calls(c);
}

/* Each edge with all its weight, in the first share that has it. */
static bool gather(struct graph *g, struct counter *part, size_t n_part)
{
	for (size_t i = 0; i < n_part; i++) {
		if (part[i].is_broken)
			return false;
		for (size_t k = 0; k < i; k++)
			if (!edge_table_move_common(&part[k].table, &part[i].table, g->opt.cancel))
				return false;
	}
	for (size_t i = 0; i < n_part; i++)
		edge_table_count_inlining(&part[i].table, g->state->edge_cutoff, g);
	return true;
}

static bool count(struct graph *g, const struct plan *plan, struct arena *scratch)
{
	size_t n_part = graph_parts(g);
	struct counter *part = ARENA_ZERO(scratch, struct counter, n_part);
	bool ok;

	if (!part)
		return false;
	for (size_t i = 0; i < n_part; i++) {
		part[i].plan = plan;
		part[i].first = (uint32_t)((uint64_t)g->profile->stack.n * i / n_part);
		part[i].end = (uint32_t)((uint64_t)g->profile->stack.n * (i + 1) / n_part);
		edge_table_init(&part[i].table);
	}
	worker_parallel(n_part, count_part, part);
	ok = gather(g, part, n_part);
	for (size_t i = 0; i < n_part; i++) {
		edge_table_release(&part[i].table);
		vec_release(&part[i].seen);
		vec_release(&part[i].call);
	}
	return ok;
}

bool graph_find_inlining(struct graph *g, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	struct plan plan = { .g = g };
	bool ok;

	plan.is_watched = ARENA_ZERO(&scratch, uint8_t, (size_t)g->n_info + 1);
	plan.place = ARENA_ARRAY(&scratch, uint32_t, g->profile->location.n);
	ok = plan.is_watched && plan.place && g->n_info < NO_FRAME;
	if (ok && watch_nodes(&plan)) {
		for (uint32_t i = 0; i < g->profile->location.n; i++)
			plan.place[i] = place_of(&plan, i);
		ok = count(g, &plan, &scratch);
	}
	arena_release(&scratch);
	return ok || error_nomem(err, "what is inlined");
}
