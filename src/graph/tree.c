/*
 * Call trees: a node for each path from the root.
 *
 * Lives here: building one from the samples (spec/reports.md 3.5) and cutting nodes out of it (5.5).
 */
#include "config.h"

#include "graph/internal.h"

#include <string.h>

struct grower {
	struct graph *g;
	struct row_index index; /* of (parent, identity) */
	VEC(struct graph_node) node;
};

static uint32_t child_of(struct grower *t, uint32_t parent, uint32_t info_row, bool is_inline)
{
	struct graph_state *st = t->g->state;
	uint64_t hash = hash_mix(t->index.seed, (uint64_t)parent << 32 | info_row);
	uint32_t row;

	for (size_t at = row_index_start(hash); (row = row_index_probe(&t->index, &at, hash)) != ROW_NONE;)
		if (t->node.at[row].parent_row == parent && t->node.at[row].info_row == info_row)
			return row;
	row = (uint32_t)t->node.n;
	if (t->node.n >= ROW_NONE || !row_index_add(&t->index, hash, row) ||
	    !vec_push(&t->node, ((struct graph_node){ .info_row = info_row, .parent_row = parent,
						     .position = ROW_NONE })))
		return ROW_NONE;
	/* The edge into a node stands in the node's row; a root has one without a caller. */
	return vec_push(&st->edge, ((struct graph_edge){ .from_row = parent, .to_row = row,
							.is_inline = is_inline })) ? row : ROW_NONE;
}

static bool grow_stack(struct grower *t, uint32_t stack)
{
	struct graph_state *st = t->g->state;
	int64_t weight = st->weight[stack], div = st->div ? st->div[stack] : 0;
	struct frame_walk w = frame_walk(t->g, stack);
	uint32_t at = ROW_NONE, f;
	bool is_inline;

	while (frame_next(&w, &f, &is_inline)) {
		struct graph_node *n;

		if (f == t->g->n_info)
			continue;
		at = child_of(t, at, f, is_inline);
		if (at == ROW_NONE)
			return false;
		n = &t->node.at[at];
		n->cum = i64_add(n->cum, weight);
		n->cum_div = i64_add(n->cum_div, div);
		st->edge.at[at].weight = n->cum;
		st->edge.at[at].weight_div = n->cum_div;
		st->edge.at[at].is_inline &= is_inline;
	}
	st->stack_leaf[stack] = at;
	if (at != ROW_NONE) {
		t->node.at[at].flat = i64_add(t->node.at[at].flat, weight);
		t->node.at[at].flat_div = i64_add(t->node.at[at].flat_div, div);
	}
	return true;
}

/* Gives the graph its edges: all but those of the roots. */
static bool take_edges(struct graph *g, struct error *err)
{
	struct graph_state *st = g->state;
	size_t k = 0;

	for (size_t i = 0; i < st->edge.n; i++)
		if (st->edge.at[i].from_row != ROW_NONE)
			st->edge.at[k++] = st->edge.at[i];
	st->edge.n = k;
	return graph_index_edges(g, err);
}

bool graph_tree_init(struct graph *g, struct error *err)
{
	struct grower t = { .g = g, .node = VEC_INIT };
	bool ok = true;

	g->state->edge.n = 0;
	g->state->stack_leaf = ARENA_ARRAY(&g->state->arena, uint32_t, g->profile->stack.n);
	if (!g->state->stack_leaf)
		return error_nomem(err, "call tree");
	row_index_init(&t.index);
	for (uint32_t s = 0; ok && s < g->profile->stack.n; s++) {
		ok = !graph_is_cancelled(g, s);
		if (ok && g->state->is_touched[s])
			ok = grow_stack(&t, s);
	}
	row_index_release(&t.index);
	if (!ok) {
		vec_release(&t.node);
		return error_nomem(err, "call tree");
	}
	g->n_node = (uint32_t)t.node.n;
	g->node = vec_into_arena(&t.node, &g->arena);
	return g->node ? take_edges(g, err) : error_nomem(err, "call tree");
}

/*
 * Nodes that are in the list and not kept give their place to their nearest kept ancestor; a
 * parent's row is below its children's, so one pass from the front does.  A node that never
 * was in the list stays where it is.  An edge that was dropped before leads nowhere.
 */
bool graph_tree_trim(struct graph *g, const uint8_t *is_kept, struct error *err)
{
	struct graph_state *st = g->state;
	uint32_t *edge_into = ARENA_ARRAY(&st->arena, uint32_t, g->n_node);
	uint8_t *is_gone = ARENA_ARRAY(&st->arena, uint8_t, g->n_node);
	size_t k = 0;

	if (!edge_into || !is_gone)
		return error_nomem(err, "call tree");
	memset(edge_into, 0xff, g->n_node * sizeof(*edge_into));
	for (uint32_t i = 0; i < g->n_edge; i++)
		if (!g->edge[i].is_dropped)
			edge_into[g->edge[i].to_row] = i;
	for (uint32_t i = 0; i < g->n_node; i++)
		is_gone[i] = g->node[i].position != ROW_NONE && !is_kept[i];
	for (uint32_t i = 0; i < g->n_node; i++) {
		struct graph_edge *e = edge_into[i] == ROW_NONE ? NULL : &g->edge[edge_into[i]], *above;
		uint32_t parent;

		if (!e || e->from_row == ROW_NONE)
			continue;
		parent = e->from_row;
		if (!is_gone[parent])
			continue;
		above = edge_into[parent] == ROW_NONE ? NULL : &g->edge[edge_into[parent]];
		e->from_row = above ? above->from_row : ROW_NONE;
		e->is_residual = true;
		e->is_inline = above && above->is_inline && e->is_inline;
	}
	for (uint32_t i = 0; i < g->n_edge; i++)
		if (g->edge[i].from_row != ROW_NONE && !g->edge[i].is_dropped && !is_gone[g->edge[i].to_row])
			st->edge.at[k++] = g->edge[i];
	st->edge.n = k;
	for (uint32_t i = 0; i < g->n_node; i++)
		if (is_gone[i])
			g->node[i].position = ROW_NONE;
	return graph_index_edges(g, err);
}
