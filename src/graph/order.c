/*
 * Orders of nodes and edges (spec/reports.md 4).
 *
 * Lives here: comparators, each a total order whose last key is the order of creation, and the entropy
 * score of drawings.
 */
#include "config.h"

#include "base/sort.h"
#include "graph/internal.h"

#include <inttypes.h>
#include <math.h>

struct node_order {
	const struct graph *g;
	const int64_t *score; /* by node row, of drawings */
};

/* "{Name OrigName Address File StartLine Lineno Column Objfile}": the last word among equals. */
static int tuple_cmp(const struct graph *g, const struct node_info *a, const struct node_info *b)
{
	struct arena scratch = ARENA_INIT;
	struct str text[2];
	int c;

	for (int i = 0; i < 2; i++) {
		const struct node_info *n = i ? b : a;
		struct str name = graph_text(g, n->name), file = graph_text(g, n->file);
		struct str objfile = graph_text(g, n->objfile);

		text[i] = arena_fmt(&scratch, "%.*s  %" PRIu64 " %.*s %" PRId64 " %" PRId64 " %" PRId64 " %.*s",
				    STR_FMT(name), n->address, STR_FMT(file), n->start_line, n->line, n->column,
				    STR_FMT(objfile));
	}
	c = text[0].ptr && text[1].ptr ? str_cmp(text[0], text[1]) : 0;
	arena_release(&scratch);
	return c;
}

static int row_cmp(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int node_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct node_order *o = ctx;
	const struct graph *g = o->g;
	const struct graph_node *x = &g->node[a], *y = &g->node[b];
	bool by_cum = g->opt.flags & GRAPH_BY_CUM;
	int c;

	if (o->score)
		c = graph_size_cmp(o->score[a], o->score[b]);
	else
		c = by_cum ? graph_size_cmp(x->cum, y->cum) : graph_size_cmp(x->flat, y->flat);
	if (!c && x->info_row != y->info_row)
		c = str_cmp(graph_name(g, a), graph_name(g, b));
	if (!c)
		c = by_cum || o->score ? graph_size_cmp(x->flat, y->flat) : graph_size_cmp(x->cum, y->cum);
	if (!c && x->info_row != y->info_row)
		c = tuple_cmp(g, &g->info[x->info_row], &g->info[y->info_row]);
	return c;
}

int graph_edge_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct graph *g = ctx;
	const struct graph_edge *x = &g->edge[a], *y = &g->edge[b];
	int c;

	/* There are millions of edges: a sort that nobody waits for any more is soon done with all equal. */
	if (cancel_is_raised(g->opt.cancel))
		return 0;
	/* The reference looks at no name where signs differ; ties by row there and by name here would go in circles. */
	c = graph_size_cmp(x->weight, y->weight);
	if (!c)
		c = str_cmp(graph_name(g, x->from_row), graph_name(g, y->from_row));
	if (!c)
		c = str_cmp(graph_name(g, x->to_row), graph_name(g, y->to_row));
	return c ? c : row_cmp(a, b);
}

/* Go's math.Log2: exact for powers of two. */
static double log2_like_go(double x)
{
	int exponent;
	double m = frexp(x, &exponent);

	if (m == 0.5)
		return exponent - 1;
	return log(m) * M_LOG2E + exponent;
}

/* No number when the total is negative: the reference then sorts the node to the front or back. */
static double entropy_term(int64_t part, int64_t total)
{
	double f = fabs((double)part) / (double)total;

	return -f * log2_like_go(f);
}

/* Entropy of how a node's value spreads over its edges and itself (spec/reports.md 4.1). */
static double entropy(const struct graph *g, uint32_t start, uint32_t n, int64_t self)
{
	int64_t total = self;
	double h = 0;

	for (uint32_t i = 0; i < n; i++)
		if (g->edge[g->edge_of[start + i]].weight > 0)
			total = i64_add(total, g->edge[g->edge_of[start + i]].weight);
	if (total == 0)
		return 0;
	for (uint32_t i = 0; i < n; i++)
		h += entropy_term(g->edge[g->edge_of[start + i]].weight, total);
	if (self > 0)
		h += entropy_term(self, total);
	return h;
}

static int64_t score(const struct graph *g, const struct graph_node *n)
{
	double in = n->n_in ? entropy(g, n->in_start, n->n_in, 0) : 1;
	double out = n->n_out ? entropy(g, n->out_start, n->n_out, n->flat) : 1;

	return i64_add(i64_from_double((in + out) * (double)n->cum), n->flat);
}

bool graph_sort(struct graph *g, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	struct node_order o = { .g = g };
	int64_t *scores = NULL;
	bool ok = true;

	if (g->opt.flags & GRAPH_DRAWING) {
		o.score = scores = ARENA_ARRAY(&scratch, int64_t, g->n_node);
		ok = scores != NULL;
		for (uint32_t i = 0; ok && i < g->n_list; i++)
			scores[g->list[i]] = score(g, &g->node[g->list[i]]);
	}
	ok = ok && sort_stable(g->list, g->n_list, node_cmp, &o);
	arena_release(&scratch);
	if (!ok)
		return error_nomem(err, "order of nodes");
	for (uint32_t i = 0; i < g->n_list; i++)
		g->node[g->list[i]].position = i;
	return true;
}
