/*
 * Edges: who calls whom among the nodes that are kept.
 *
 * Lives here: building edges from the samples (spec/reports.md 3.4).
 * Not here: call trees (graph/tree.c), what is done with edges (graph/edges.c).
 */
#include "config.h"

#include "base/arith.h"
#include "base/worker.h"
#include "graph/internal.h"

#include <string.h>

/*
 * How the edge between two nodes is found: in a table by the positions of both among the nodes
 * that are kept, when that table is small, and otherwise by a hash.
 */
struct places {
	uint32_t *column, n_column; /* by info row: position among callees */
	uint32_t *line;		    /* by info row: position among callers, times n_column */
	size_t n;		    /* of the table; 0: by hash */
	/*
	 * By location: 0 when none of its frames is kept, else the row of its only frame plus 1, or
	 * FRAME_MANY with an index into graph_state.many.
	 */
	uint32_t *kept;
};

/* A location of a stack with kept frames, and how many locations are between it and the leaf. */
struct stop {
	uint32_t code, depth;
};

/* One frame calling another. */
struct call {
	uint64_t hash; /* where there is no table */
	uint32_t from, to, stack, edge;
	bool is_inline, is_residual;
};

enum { CALLS_NOTED = 512 }; /* before they are added to their edges */

/* The edges of one share of the stacks, built on a thread of its own. */
struct linker {
	const struct graph *g;
	const struct places *places;
	struct arena arena;
	uint32_t first, end; /* stacks */
	uint32_t *table;     /* edge row + 1 */
	struct row_index index;
	VEC(struct graph_edge) edge;
	VEC(struct stop) stop; /* of one stack */
	VEC(struct call) call;
	bool is_broken;	       /* no memory */
};

/* Where a walk from the root to the leaf is. */
struct link_walk {
	uint32_t stack;
	uint32_t parent; /* the last kept frame, or ROW_NONE */
	bool is_residual; /* frames were passed since */
};

enum { TABLE_PLACES_MAX = 1 << 21 }; /* 8 MB: stays in a cache, where a hash of as many edges does not */

static bool frame_is_kept(const struct graph *g, uint32_t f)
{
	return f != g->n_info && (!g->state->is_kept || g->state->is_kept[f]);
}

static bool make_places(const struct graph *g, struct places *pl)
{
	struct graph_state *st = g->state;
	uint32_t n_line = 0;

	pl->column = ARENA_ARRAY(&st->arena, uint32_t, g->n_info);
	pl->line = ARENA_ARRAY(&st->arena, uint32_t, g->n_info);
	if (!pl->column || !pl->line)
		return false;
	for (uint32_t i = 0; i < g->n_info; i++) {
		if (!frame_is_kept(g, i))
			continue;
		pl->line[i] = n_line++;
		if (!st->is_inlined_somewhere || st->is_inlined_somewhere[i])
			pl->column[i] = pl->n_column++;
	}
	if (!size_mul(n_line, pl->n_column, &pl->n) || pl->n > TABLE_PLACES_MAX)
		pl->n = 0;
	for (uint32_t i = 0; pl->n && i < g->n_info; i++)
		if (frame_is_kept(g, i))
			pl->line[i] *= pl->n_column;
	return true;
}

static uint64_t edge_hash(const struct linker *l, uint32_t from, uint32_t to)
{
	return hash_mix(l->index.seed, (uint64_t)from << 32 | to);
}

static inline uint32_t *table_place(const struct linker *l, uint32_t from, uint32_t to)
{
	return &l->table[l->places->line[from] + l->places->column[to]];
}

static bool add_edge(struct linker *l, const struct call *c)
{
	struct graph_edge e = { .from_row = c->from, .to_row = c->to, .is_inline = c->is_inline };

	return l->edge.n < ROW_NONE - 1 && vec_push(&l->edge, e);
}

/* Row of the edge of a call, which is added when it is new; ROW_NONE: no memory. */
static inline uint32_t edge_row(struct linker *l, const struct call *c)
{
	uint32_t row;

	if (l->table) {
		uint32_t *place = table_place(l, c->from, c->to);

		if (!*place) {
			if (!add_edge(l, c))
				return ROW_NONE;
			*place = (uint32_t)l->edge.n;
		}
		return *place - 1;
	}
	for (size_t at = row_index_start(c->hash); (row = row_index_probe(&l->index, &at, c->hash)) != ROW_NONE;)
		if (l->edge.at[row].from_row == c->from && l->edge.at[row].to_row == c->to)
			return row;
	row = (uint32_t)l->edge.n;
	return add_edge(l, c) && row_index_add(&l->index, c->hash, row) ? row : ROW_NONE;
}

/*
 * Adds the calls that were noted to their edges, in their order.  The edges of a large profile are in
 * no cache: each of the three steps, of which noting is the first, fetches what the next one reads.
 */
static bool settle_calls(struct linker *l)
{
	const struct graph_state *st = l->g->state;

	for (size_t i = 0; i < l->call.n; i++) {
		struct call *c = &l->call.at[i];

		c->edge = edge_row(l, c);
		if (c->edge == ROW_NONE)
			return false;
		__builtin_prefetch(&l->edge.at[c->edge], 1);
	}
	for (size_t i = 0; i < l->call.n; i++) {
		const struct call *c = &l->call.at[i];
		struct graph_edge *e = &l->edge.at[c->edge];

		/* Once for each stack, however often the call is on it. */
		if (e->stamp == c->stack + 1)
			continue;
		e->stamp = c->stack + 1;
		e->weight = i64_add(e->weight, st->weight[c->stack]);
		e->weight_div = i64_add(e->weight_div, st->div ? st->div[c->stack] : 0);
		e->is_residual |= c->is_residual;
		e->is_inline &= c->is_inline;
	}
	l->call.n = 0;
	return true;
}

static inline bool is_wanted(const struct graph_state *st, uint32_t from, uint32_t to)
{
	if (st->is_inlined_somewhere)
		return st->is_inlined_somewhere[to];
	return !st->is_wanted || st->is_wanted[from] || st->is_wanted[to];
}

/* False: no memory. */
static bool note_call(struct linker *l, const struct call *c)
{
	if (!vec_push(&l->call, *c))
		return false;
	if (l->table) {
		__builtin_prefetch(table_place(l, c->from, c->to), 1);
	} else {
		struct call *noted = &l->call.at[l->call.n - 1];

		noted->hash = edge_hash(l, c->from, c->to);
		row_index_prefetch(&l->index, noted->hash);
	}
	return true;
}

/* The next kept frame.  False: no memory. */
static inline bool link_frame(struct linker *l, struct link_walk *w, uint32_t f, bool is_inline)
{
	uint32_t from = w->parent;
	bool is_residual = w->is_residual;

	w->parent = f;
	w->is_residual = false;
	if (from == ROW_NONE || from == f || !is_wanted(l->g->state, from, f))
		return true;
	return note_call(l, &(struct call){ .from = from, .to = f, .stack = w->stack, .is_inline = is_inline,
					    .is_residual = is_residual });
}

static bool link_many(struct linker *l, struct link_walk *w, const uint32_t *many)
{
	for (uint32_t i = 1; i <= many[0]; i++) {
		if (!frame_is_kept(l->g, many[i]))
			w->is_residual = true;
		else if (!link_frame(l, w, many[i], i > 1))
			return false;
	}
	return true;
}

/*
 * Most locations of a large profile have no kept frame.  They are passed over in a loop without a
 * branch on what they are, which no processor could foretell.
 */
static size_t find_stops(struct linker *l, uint32_t stack)
{
	const struct profile *p = l->g->profile;
	const uint32_t *row = p->stack.location_row + p->stack.start[stack], *kept = l->places->kept;
	struct stop *stop = l->stop.at;
	size_t n = 0;

	for (uint32_t depth = p->stack.len[stack]; depth-- > 0;) {
		stop[n] = (struct stop){ kept[row[depth]], depth };
		n += stop[n].code != 0;
	}
	return n;
}

static bool link_stack(struct linker *l, uint32_t stack)
{
	struct link_walk w = { .stack = stack, .parent = ROW_NONE };
	uint32_t depth = l->g->profile->stack.len[stack];
	size_t n = find_stops(l, stack);

	for (size_t i = 0; i < n; i++) {
		const struct stop *s = &l->stop.at[i];
		bool ok;

		w.is_residual |= s->depth + 1 != depth;
		depth = s->depth;
		ok = s->code & FRAME_MANY ? link_many(l, &w, l->g->state->many.at + (s->code & ~FRAME_MANY))
					  : link_frame(l, &w, s->code - 1, false);
		if (!ok)
			return false;
	}
	return l->call.n < CALLS_NOTED || settle_calls(l);
}

static bool mark_locations(const struct graph *g, struct places *pl)
{
	const struct graph_state *st = g->state;

	pl->kept = ARENA_ZERO(&g->state->arena, uint32_t, g->profile->location.n);
	if (!pl->kept)
		return false;
	for (uint32_t i = 0; i < g->profile->location.n; i++) {
		uint32_t f = st->location_frame[i];
		const uint32_t *many;

		if (!(f & FRAME_MANY)) {
			pl->kept[i] = frame_is_kept(g, f) ? f + 1 : 0;
			continue;
		}
		many = st->many.at + (f & ~FRAME_MANY);
		for (uint32_t k = 1; k <= many[0] && !pl->kept[i]; k++)
			pl->kept[i] = frame_is_kept(g, many[k]) ? f : 0;
	}
	return true;
}

static uint32_t longest_stack(const struct profile *p, uint32_t first, uint32_t end)
{
	uint32_t n = 0;

	for (uint32_t i = first; i < end; i++)
		n = p->stack.len[i] > n ? p->stack.len[i] : n;
	return n;
}

static void link_part(void *ctx, size_t i)
{
	struct linker *l = (struct linker *)ctx + i;

	row_index_init(&l->index);
	l->table = l->places->n ? ARENA_ZERO(&l->arena, uint32_t, l->places->n) : NULL;
	l->is_broken = (l->places->n && !l->table) ||
		       !vec_reserve(&l->stop, (size_t)longest_stack(l->g->profile, l->first, l->end) + 1);
	for (uint32_t s = l->first; !l->is_broken && s < l->end; s++) {
		l->is_broken = graph_is_cancelled(l->g, s);
		if (!l->is_broken && l->g->state->is_touched[s])
			l->is_broken = !link_stack(l, s);
	}
	l->is_broken = l->is_broken || !settle_calls(l);
}

/* Adds the edges of another share, in their order: as if all stacks had been one share. */
static bool merge_edges(struct linker *to, const struct linker *from)
{
	for (size_t i = 0; i < from->edge.n; i++) {
		const struct graph_edge *e = &from->edge.at[i];
		struct call c = { .from = e->from_row, .to = e->to_row, .is_inline = e->is_inline };
		struct graph_edge *sum;

		if (graph_is_cancelled(to->g, (uint32_t)i))
			return false;
		if (!to->table)
			c.hash = edge_hash(to, c.from, c.to);
		c.edge = edge_row(to, &c);
		if (c.edge == ROW_NONE)
			return false;
		sum = &to->edge.at[c.edge];
		sum->weight = i64_add(sum->weight, e->weight);
		sum->weight_div = i64_add(sum->weight_div, e->weight_div);
		sum->is_residual |= e->is_residual;
		sum->is_inline &= e->is_inline;
	}
	return true;
}

bool graph_link(struct graph *g, struct error *err)
{
	struct linker part[GRAPH_PARTS_MAX] = { { .first = 0 } };
	struct places places = { .n = 0 };
	size_t n_part = graph_parts(g);
	bool ok = mark_locations(g, &places) && make_places(g, &places);

	for (size_t i = 0; i < n_part; i++) {
		part[i].g = g;
		part[i].places = &places;
		part[i].first = (uint32_t)((uint64_t)g->profile->stack.n * i / n_part);
		part[i].end = (uint32_t)((uint64_t)g->profile->stack.n * (i + 1) / n_part);
	}
	if (ok)
		worker_parallel(n_part, link_part, part);
	for (size_t i = 0; i < n_part; i++)
		ok = ok && !part[i].is_broken && (i == 0 || merge_edges(&part[0], &part[i]));
	vec_release(&g->state->edge);
	g->state->edge.raw = part[0].edge.raw;
	for (size_t i = 0; i < n_part; i++) {
		arena_release(&part[i].arena);
		row_index_release(&part[i].index);
		vec_release(&part[i].stop);
		vec_release(&part[i].call);
		if (i)
			vec_release(&part[i].edge);
	}
	return ok ? graph_index_edges(g, err) : error_nomem(err, "graph edges");
}
