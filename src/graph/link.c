/*
 * Edges: who calls whom among the nodes that are kept.
 *
 * Lives here: walking the stacks for calls (spec/reports.md 3.4).
 * Not here: the table in which calls are summed (graph/edge_table.c), call trees (graph/tree.c), what is
 * done with edges (graph/edges.c).
 */
#include "config.h"

#include "base/arith.h"
#include "base/worker.h"
#include "graph/edge_table.h"
#include "graph/internal.h"

#include <string.h>

/*
 * A kept frame on a stack: its info row, and in the upper bits what is known of it before any stack is seen.
 * Walking the stacks then takes no decision that depends on which frame it meets: with thousands of nodes
 * no processor could foretell it.
 */
enum {
	FRAME_BITS = 28,
	FRAME_IS_INLINE = EDGE_CALL_INLINE << FRAME_BITS,     /* not the outermost of its location */
	FRAME_IS_RESIDUAL = EDGE_CALL_RESIDUAL << FRAME_BITS, /* frames before it are left out */
	FRAME_CALL_FLAGS = EDGE_CALL_INLINE | EDGE_CALL_RESIDUAL,
	FRAME_WANTS_OUT = 1 << (FRAME_BITS + 2),   /* edges are wanted in which it is the caller */
	FRAME_ROW = (1 << FRAME_BITS) - 1,
	PLACE_FRAMES = 4, /* copied at a time, as most locations have no more */
};

#define FRAME_WANTS_IN ((uint32_t)1 << 31) /* edges are wanted in which it is the callee */

/* The kept frames of a location, outermost first. */
struct place {
	uint32_t start; /* in link_plan.frame */
	uint32_t n;
	uint32_t rest; /* FRAME_IS_RESIDUAL, when frames behind the last one are left out; or 0 */
};

/* What all shares read. */
struct link_plan {
	struct place *place; /* by location */
	VEC(uint32_t) frame; /* PLACE_FRAMES more than there are */
};

enum { CALLS_NOTED = 256 }; /* before they are summed */

/* The edges of one share of the stacks, built on a thread of its own. */
struct linker {
	const struct graph *g;
	const struct link_plan *plan;
	uint32_t first, end; /* stacks */
	struct edge_table table;
	VEC(uint32_t) frame; /* of one stack */
	VEC(struct edge_call) call;
	bool is_broken; /* no memory, or cancelled */
};

static bool frame_is_kept(const struct graph *g, uint32_t f)
{
	return f != g->n_info && (!g->state->is_kept || g->state->is_kept[f]);
}

static uint32_t wants(const struct graph_state *st, uint32_t f)
{
	return !st->is_wanted || st->is_wanted[f] ? FRAME_WANTS_OUT | FRAME_WANTS_IN : 0;
}

/* Lays out the kept ones of n frames. */
static bool plan_location(const struct graph *g, struct link_plan *plan, struct place *place, const uint32_t *frame,
			  uint32_t n)
{
	*place = (struct place){ .start = (uint32_t)plan->frame.n };
	for (uint32_t i = 0; i < n; i++) {
		uint32_t flags = place->rest | (i ? FRAME_IS_INLINE : 0);

		place->rest = FRAME_IS_RESIDUAL;
		if (!frame_is_kept(g, frame[i]))
			continue;
		if (!vec_push(&plan->frame, frame[i] | flags | wants(g->state, frame[i])))
			return false;
		place->n++;
		place->rest = 0;
	}
	return true;
}

static bool make_plan(const struct graph *g, struct link_plan *plan)
{
	const struct graph_state *st = g->state;

	plan->place = ARENA_ARRAY(&g->state->arena, struct place, g->profile->location.n);
	if (!plan->place || g->n_info > FRAME_ROW)
		return false;
	for (uint32_t i = 0; i < g->profile->location.n; i++) {
		const uint32_t *f = &st->location_frame[i];
		bool is_many = *f & FRAME_MANY;
		const uint32_t *many = is_many ? st->many.at + (*f & ~FRAME_MANY) : NULL;

		if (!plan_location(g, plan, &plan->place[i], is_many ? many + 1 : f, is_many ? many[0] : 1))
			return false;
	}
	for (uint32_t i = 0; i < PLACE_FRAMES; i++)
		if (!vec_push(&plan->frame, 0))
			return false;
	return true;
}

/* Room for the frames of a location with many, and for the usual number of `left` others. */
static bool make_room(struct linker *l, size_t n, size_t n_more, size_t left)
{
	l->frame.n = n;
	return vec_reserve(&l->frame, n_more + (left + 1) * PLACE_FRAMES);
}

/* The kept frames of a stack, root first, into l->frame. */
static bool list_frames(struct linker *l, uint32_t stack)
{
	const struct profile *p = l->g->profile;
	const uint32_t *row = p->stack.location_row + p->stack.start[stack], *frame = l->plan->frame.at;
	const struct place *places = l->plan->place;
	uint32_t rest = 0, *to;
	size_t n = 0;

	if (!make_room(l, 0, 0, p->stack.len[stack]))
		return false;
	to = l->frame.at;
	for (uint32_t depth = p->stack.len[stack]; depth-- > 0;) {
		const struct place place = places[row[depth]];

		memcpy(to + n, frame + place.start, PLACE_FRAMES * sizeof(*frame));
		if (place.n > PLACE_FRAMES) {
			if (!make_room(l, n, place.n, depth))
				return false;
			to = l->frame.at;
			memcpy(to + n, frame + place.start, place.n * sizeof(*frame));
		}
		/* Without a kept frame this is written over by the next one, whose business it is too. */
		to[n] |= rest;
		rest = place.rest | (place.n ? 0 : rest);
		n += place.n;
	}
	l->frame.n = n;
	return true;
}

/* Notes the calls between the frames that are listed. */
static bool note_calls(struct linker *l, uint32_t stack)
{
	const uint32_t *frame = l->frame.at;
	struct edge_call *call;

	if (!vec_reserve(&l->call, l->frame.n))
		return false;
	call = l->call.at + l->call.n;
	for (size_t i = 1; i < l->frame.n; i++) {
		uint32_t from = frame[i - 1], to = frame[i];
		bool is_wanted = (from & FRAME_WANTS_OUT) | (to & FRAME_WANTS_IN);

		*call = (struct edge_call){ .from = from & FRAME_ROW,
					    .to = to & FRAME_ROW,
					    .stack = stack,
					    .flags = (to >> FRAME_BITS) & FRAME_CALL_FLAGS };
		call += is_wanted & (call->from != call->to);
	}
	l->call.n = (size_t)(call - l->call.at);
	return true;
}

static bool settle_calls(struct linker *l)
{
	const struct graph_state *st = l->g->state;
	bool ok = edge_table_count(&l->table, l->call.at, l->call.n, st->weight, st->div);

	l->call.n = 0;
	return ok;
}

static bool link_stack(struct linker *l, uint32_t stack)
{
	return list_frames(l, stack) && note_calls(l, stack) && (l->call.n < CALLS_NOTED || settle_calls(l));
}

static void link_part(void *ctx, size_t i)
{
	struct linker *l = (struct linker *)ctx + i;

	for (uint32_t s = l->first; !l->is_broken && s < l->end; s++) {
		l->is_broken = graph_is_cancelled(l->g, s);
		if (!l->is_broken && l->g->state->is_touched[s])
			l->is_broken = !link_stack(l, s);
	}
	l->is_broken = l->is_broken || !settle_calls(l);
}

/*
 * The edges of all shares, in the order in which one share of all stacks would have made them.
 */
static bool gather(struct graph *g, struct linker *part, size_t n_part)
{
	for (size_t i = 0; i < n_part; i++) {
		if (part[i].is_broken || (i && !edge_table_merge(&part[0].table, &part[i].table, g->opt.cancel)))
			return false;
		if (i)
			edge_table_release(&part[i].table);
	}
	if (!vec_reserve(&g->state->edge, part[0].table.n))
		return false;
	edge_table_write(&part[0].table, g->state->edge.at);
	g->state->edge.n = part[0].table.n;
	return true;
}

bool graph_link(struct graph *g, struct error *err)
{
	size_t n_part = graph_parts(g);
	struct arena scratch = ARENA_INIT;
	struct linker *part = ARENA_ZERO(&scratch, struct linker, n_part);
	struct link_plan plan = { .frame = VEC_INIT };
	bool ok = part && make_plan(g, &plan);

	for (size_t i = 0; ok && i < n_part; i++) {
		part[i].g = g;
		part[i].plan = &plan;
		part[i].first = (uint32_t)((uint64_t)g->profile->stack.n * i / n_part);
		part[i].end = (uint32_t)((uint64_t)g->profile->stack.n * (i + 1) / n_part);
		edge_table_init(&part[i].table);
	}
	g->state->edge.n = 0;
	if (ok) {
		worker_parallel(n_part, link_part, part);
		ok = gather(g, part, n_part);
	}
	for (size_t i = 0; part && i < n_part; i++) {
		edge_table_release(&part[i].table);
		vec_release(&part[i].frame);
		vec_release(&part[i].call);
	}
	vec_release(&plan.frame);
	arena_release(&scratch);
	return ok ? graph_index_edges(g, err) : error_nomem(err, "graph edges");
}
