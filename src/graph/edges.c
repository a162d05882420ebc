/*
 * The edges of a graph once they are built: the lists of each node, and which edges go.
 *
 * Lives here: lists in edge order, light and redundant edges (spec/reports.md 5.4, 5.7), how many edges
 * come from inlining.
 * Not here: building edges from samples (graph/link.c, graph/tree.c).
 */
#include "config.h"

#include "base/arith.h"
#include "base/sort.h"
#include "graph/internal.h"

/*
 * Distributes n edges to the lists of their nodes, each list in the order of row[]; NULL: the
 * order of creation.
 */
static void fill_lists(struct graph *g, const uint32_t *row, uint32_t n)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < g->n_node; i++)
		g->node[i].n_in = g->node[i].n_out = 0;
	for (uint32_t i = 0; i < n; i++) {
		const struct graph_edge *e = &g->edge[row ? row[i] : i];

		g->node[e->from_row].n_out++;
		g->node[e->to_row].n_in++;
	}
	for (uint32_t i = 0; i < g->n_node; i++) {
		g->node[i].in_start = at;
		at += g->node[i].n_in;
		g->node[i].out_start = at;
		at += g->node[i].n_out;
		g->node[i].n_in = g->node[i].n_out = 0;
	}
	for (uint32_t i = 0; i < n; i++) {
		uint32_t edge = row ? row[i] : i;
		struct graph_node *from = &g->node[g->edge[edge].from_row], *to = &g->node[g->edge[edge].to_row];

		g->edge_of[from->out_start + from->n_out++] = edge;
		g->edge_of[to->in_start + to->n_in++] = edge;
	}
}

bool graph_index_edges(struct graph *g, struct error *err)
{
	struct graph_state *st = g->state;

	g->edge = st->edge.at;
	g->n_edge = (uint32_t)st->edge.n;
	if (g->opt.flags & GRAPH_ONLY_INLINING)
		return true;
	g->edge_of = ARENA_ARRAY(&g->arena, uint32_t, 2 * st->edge.n);
	if (!g->edge_of)
		return error_nomem(err, "graph edges");
	fill_lists(g, NULL, g->n_edge);
	return true;
}

bool graph_sort_edges(struct graph *g, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	uint32_t *row = ARENA_ARRAY(&scratch, uint32_t, g->n_edge), n = 0;
	bool ok = row != NULL;

	for (uint32_t i = 0; ok && i < g->n_edge; i++)
		if (!g->edge[i].is_dropped)
			row[n++] = i;
	ok = ok && sort_stable(row, n, graph_edge_cmp, g) && !cancel_is_raised(g->opt.cancel);
	if (ok)
		fill_lists(g, row, n);
	arena_release(&scratch);
	return ok || error_nomem(err, "graph edges");
}

void graph_count_inlining(struct graph *g)
{
	for (uint32_t i = 0; i < g->n_node; i++)
		g->node[i].n_in = g->node[i].n_inline_in = 0;
	for (uint32_t i = 0; i < g->n_edge; i++) {
		struct graph_node *to = &g->node[g->edge[i].to_row];

		to->n_in += !g->edge[i].is_dropped;
		to->n_inline_in += !g->edge[i].is_dropped && g->edge[i].is_inline;
	}
}

static uint32_t keep_undropped(const struct graph *g, uint32_t *list, uint32_t n)
{
	uint32_t k = 0;

	for (uint32_t i = 0; i < n; i++)
		if (!g->edge[list[i]].is_dropped)
			list[k++] = list[i];
	return k;
}

/* Takes dropped edges out of all lists; the order of the rest stays. */
static void compact_lists(struct graph *g)
{
	for (uint32_t i = 0; i < g->n_node; i++) {
		struct graph_node *n = &g->node[i];

		n->n_in = keep_undropped(g, g->edge_of + n->in_start, n->n_in);
		n->n_out = keep_undropped(g, g->edge_of + n->out_start, n->n_out);
	}
}

/* Edges into nodes of the list; the others are never dropped (spec/reports.md 5.4). */
void graph_drop_light_edges(struct graph *g, int64_t cutoff)
{
	g->n_dropped_edge = 0;
	for (uint32_t i = 0; i < g->n_edge; i++) {
		struct graph_edge *e = &g->edge[i];

		if (e->is_dropped || g->node[e->to_row].position == ROW_NONE || i64_abs(e->weight) >= cutoff)
			continue;
		e->is_dropped = true;
		g->n_dropped_edge++;
	}
	if (g->n_dropped_edge && !(g->opt.flags & GRAPH_ONLY_INLINING))
		compact_lists(g);
}

/* Is `edge`'s caller an ancestor of its callee by other edges too?  A search backwards. */
static bool is_redundant(struct graph *g, uint32_t edge, uint32_t *queue, uint32_t *seen, uint32_t stamp)
{
	size_t head = 0, tail = 0;

	queue[tail++] = g->edge[edge].to_row;
	seen[g->edge[edge].to_row] = stamp;
	while (head < tail) {
		const struct graph_node *n = &g->node[queue[head++]];

		for (uint32_t i = 0; i < n->n_in; i++) {
			uint32_t e = g->edge_of[n->in_start + i], from = g->edge[e].from_row;

			if (e == edge || g->edge[e].is_dropped || seen[from] == stamp)
				continue;
			if (from == g->edge[edge].from_row)
				return true;
			seen[from] = stamp;
			queue[tail++] = from;
		}
	}
	return false;
}

bool graph_drop_redundant_edges(struct graph *g, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	uint32_t *queue = ARENA_ARRAY(&scratch, uint32_t, g->n_node);
	uint32_t *seen = ARENA_ZERO(&scratch, uint32_t, g->n_node), stamp = 0;
	bool ok = queue && seen;

	for (uint32_t i = g->n_list; ok && i-- > 0;) {
		const struct graph_node *n = &g->node[g->list[i]];

		for (uint32_t k = n->n_in; k-- > 0;) {
			uint32_t edge = g->edge_of[n->in_start + k];

			if (!g->edge[edge].is_residual)
				break;
			g->edge[edge].is_dropped = is_redundant(g, edge, queue, seen, ++stamp);
		}
	}
	compact_lists(g);
	arena_release(&scratch);
	return ok || error_nomem(err, "graph edges");
}
