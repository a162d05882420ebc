/*
 * Building a graph: full, then trimmed.
 *
 * Lives here: the procedure of spec/reports.md 5.2 and the choice of nodes (5.1, 5.6).
 * Not here: its steps.
 */
#include "config.h"

#include "graph/internal.h"

#include <string.h>

/* Label values that take slots in a drawing, at most, per node. */
enum { SLOTS_OF_TAGS = 4 };

static bool is_tree(const struct graph *g)
{
	return g->opt.flags & GRAPH_CALL_TREE;
}

static bool is_drawing(const struct graph *g)
{
	return g->opt.flags & GRAPH_DRAWING;
}

/* Nodes that have a value are in the list, in order of creation (end of spec/reports.md 3.4). */
static bool list_nodes(struct graph *g, struct error *err)
{
	const uint8_t *is_kept = is_tree(g) ? NULL : g->state->is_kept;

	if (!g->list)
		g->list = ARENA_ARRAY(&g->arena, uint32_t, g->n_node);
	if (!g->list)
		return error_nomem(err, "graph nodes");
	g->n_list = 0;
	for (uint32_t i = 0; i < g->n_node; i++) {
		struct graph_node *n = &g->node[i];
		bool is_negative = n->flat < 0 || (n->flat == 0 && n->cum < 0);

		n->position = ROW_NONE;
		if ((n->cum == 0 && n->flat == 0) || (is_kept && !is_kept[i]) ||
		    ((g->opt.flags & GRAPH_DROP_NEGATIVE) && is_negative))
			continue;
		n->position = g->n_list;
		g->list[g->n_list++] = i;
	}
	return true;
}

/*
 * Builds once more from the samples with the nodes that are kept.  Sums of kept nodes do not
 * change, unless file names do.
 */
static bool rebuild_graph(struct graph *g, uint8_t *is_kept, struct error *err)
{
	bool has_changed;

	g->state->is_kept = is_kept;
	if (!graph_nodes_retrim(g, &has_changed, err) || (has_changed && !graph_nodes_sum(g, err)))
		return false;
	return list_nodes(g, err);
}

static bool rebuild_tree(struct graph *g, const uint8_t *is_kept, struct error *err)
{
	uint32_t n = 0;

	if (!graph_tree_trim(g, is_kept, err))
		return false;
	for (uint32_t i = 0; i < g->n_list; i++)
		if (g->node[g->list[i]].position != ROW_NONE)
			g->list[n++] = g->list[i];
	g->n_list = n;
	return true;
}

/* Keeps the first n nodes of the list. */
static bool keep_nodes(struct graph *g, const uint32_t *row, uint32_t n, struct error *err)
{
	uint8_t *is_kept = ARENA_ZERO(&g->state->arena, uint8_t, (size_t)g->n_node + 1);

	if (!is_kept)
		return error_nomem(err, "graph nodes");
	for (uint32_t i = 0; i < n; i++)
		is_kept[row[i]] = 1;
	return is_tree(g) ? rebuild_tree(g, is_kept, err) : rebuild_graph(g, is_kept, err);
}

/* Step 2: nodes below the cutoff. */
static bool drop_light_nodes(struct graph *g, int64_t cutoff, struct error *err)
{
	uint32_t n = 0, before = g->n_list;
	uint32_t *row = ARENA_ARRAY(&g->state->arena, uint32_t, g->n_list);

	if (!row)
		return error_nomem(err, "graph nodes");
	for (uint32_t i = 0; i < g->n_list; i++)
		if (i64_abs(g->node[g->list[i]].cum) >= cutoff)
			row[n++] = g->list[i];
	if (n == before)
		return true;
	g->n_dropped_node = before - n;
	return keep_nodes(g, row, n, err);
}

/* How many slots the node's tags take. */
static int64_t slots(const struct graph *g, const struct graph_node *n)
{
	int64_t used = 0;

	for (uint32_t i = 0; i < n->n_tag && used < SLOTS_OF_TAGS; i++)
		used += g->tag[n->tag_start + i].flat != 0;
	return 1 + used;
}

/* Step 4: how many of the sorted nodes are shown (spec/reports.md 5.6). */
static uint32_t count_top(const struct graph *g)
{
	int64_t limit = g->opt.nodecount, used = 0;

	if (is_drawing(g))
		for (uint32_t i = 0; i < g->n_list; i++) {
			used += slots(g, &g->node[g->list[i]]);
			if (used >= limit)
				return i + 1;
		}
	return limit < g->n_list ? (uint32_t)limit : g->n_list;
}

/* Edges and tags of the nodes that are kept.  A tree has its edges already. */
static bool connect(struct graph *g, struct error *err)
{
	if (!graph_nodes_name(g, err))
		return false;
	if (g->opt.flags & GRAPH_NO_EDGES)
		return true;
	if (!is_tree(g) && (g->opt.flags & GRAPH_ONLY_INLINING))
		return graph_find_inlining(g, err);
	if (!is_tree(g) && !graph_link(g, err))
		return false;
	return !is_drawing(g) || graph_tags(g, err);
}

/*
 * Keeps the first n nodes of the sorted list.  A cum of INT64_MIN has no size that is 0 or more: the
 * reference never takes such a node here.
 */
static bool keep_top(struct graph *g, uint32_t n_top, bool *is_less, struct error *err)
{
	uint32_t *row = ARENA_ARRAY(&g->state->arena, uint32_t, n_top);
	uint32_t n = 0;

	if (!row)
		return error_nomem(err, "graph nodes");
	for (uint32_t i = 0; i < n_top; i++)
		if (i64_abs(g->node[g->list[i]].cum) >= 0)
			row[n++] = g->list[i];
	*is_less = n < g->n_list;
	return !*is_less || keep_nodes(g, row, n, err);
}

static int64_t cutoff_of(int64_t sum, double fraction)
{
	return i64_abs(i64_from_double((double)sum * fraction));
}

static bool trim(struct graph *g, struct error *err)
{
	int64_t sum = 0, node_cutoff, edge_cutoff;
	bool is_less = false;
	/* Text needs edges only of what remains in the end. */
	bool is_connected = is_drawing(g);

	for (uint32_t i = 0; i < g->n_list; i++)
		sum = i64_add(sum, g->node[g->list[i]].flat);
	node_cutoff = cutoff_of(sum, g->opt.nodefraction);
	edge_cutoff = g->state->edge_cutoff = cutoff_of(sum, g->opt.edgefraction);
	g->state->tag_cutoff = node_cutoff > 0 ? (uint64_t)node_cutoff : 0;
	if (node_cutoff > 0 && !drop_light_nodes(g, node_cutoff, err))
		return false;
	if (!(is_connected ? connect(g, err) : graph_nodes_name(g, err)))
		return false;
	g->n_before_top = g->n_list;
	if (!(g->opt.flags & GRAPH_UNORDERED) && !graph_sort(g, err))
		return false;
	if (g->opt.nodecount > 0) {
		if (is_connected)
			graph_drop_light_edges(g, edge_cutoff);
		if (!keep_top(g, count_top(g), &is_less, err))
			return false;
		if (is_less && ((is_connected && !connect(g, err)) || !graph_sort(g, err)))
			return false;
	}
	if (!is_connected && !connect(g, err))
		return false;
	graph_drop_light_edges(g, edge_cutoff);
	if (!(g->opt.flags & GRAPH_ONLY_INLINING) && !graph_sort_edges(g, err))
		return false;
	if (is_drawing(g) && !graph_drop_redundant_edges(g, err))
		return false;
	if (is_tree(g) || !(g->opt.flags & GRAPH_ONLY_INLINING))
		graph_count_inlining(g);
	return true;
}

/* Edges are wanted of nodes whose printable name matches, and of no others. */
static bool mark_wanted(struct graph *g, struct error *err)
{
	if (!g->opt.only || is_tree(g) || (g->opt.flags & (GRAPH_NO_EDGES | GRAPH_ONLY_INLINING)))
		return true;
	g->state->is_wanted = ARENA_ZERO(&g->state->arena, uint8_t, (size_t)g->n_info + 1);
	if (!g->state->is_wanted)
		return error_nomem(err, "graph nodes");
	if (!graph_nodes_name(g, err))
		return false;
	for (uint32_t i = 0; i < g->n_info; i++)
		g->state->is_wanted[i] = regex_match(g->opt.only, g->info[i].text);
	return true;
}

static bool build(struct graph *g, struct error *err)
{
	if (!graph_nodes_init(g, err) || !mark_wanted(g, err))
		return false;
	if (is_tree(g) ? !graph_nodes_name(g, err) || !graph_tree_init(g, err) : !graph_nodes_sum(g, err))
		return false;
	return list_nodes(g, err) && trim(g, err) &&
	       (!(g->opt.flags & GRAPH_KEEP_STACKS) || graph_sign_stacks(g, err));
}

static void release_state(struct graph_state *st)
{
	vec_release(&st->many);
	arena_release(&st->arena);
}

/* What only building needs goes; what the graph shows moves to its arena. */
static bool finish(struct graph *g, struct error *err)
{
	struct graph_state *st = g->state;

	row_index_release(&st->info_index);
	g->info = vec_into_arena(&st->info, &g->arena);
	g->edge = vec_into_arena(&st->edge, &g->arena);
	g->tag = vec_into_arena(&st->tag, &g->arena);
	g->state = NULL;
	if (g->opt.flags & GRAPH_KEEP_STACKS)
		g->state = ARENA_ARRAY(&g->arena, struct graph_state, 1);
	if (g->state)
		*g->state = *st;
	else
		release_state(st);
	return (g->info && g->edge && g->tag && (g->state || !(g->opt.flags & GRAPH_KEEP_STACKS))) ||
	       error_nomem(err, "graph");
}

struct graph *graph_build(const struct profile *p, const struct graph_options *opt, struct error *err)
{
	struct graph_state st = { .many = VEC_INIT };
	struct arena arena = ARENA_INIT;
	struct graph *g = ARENA_ZERO(&arena, struct graph, 1);
	bool ok;

	if (!g) {
		error_nomem(err, "graph");
		return NULL;
	}
	g->arena = arena;
	g->profile = p;
	g->opt = *opt;
	g->state = &st;
	strtab_init_above(&g->strings, &p->strings);
	ok = build(g, err);
	ok = finish(g, err) && ok;
	if (!ok) {
		if (cancel_is_raised(opt->cancel))
			error_set(err, ERR_CANCELLED, "interrupted");
		graph_free(g);
		return NULL;
	}
	return g;
}

void graph_free(struct graph *g)
{
	struct arena arena;

	if (!g)
		return;
	if (g->state)
		release_state(g->state);
	strtab_release(&g->strings);
	arena = g->arena; /* g itself lives in it */
	arena_release(&arena);
}
