/*
 * tree and peek: each function with its callers and callees.
 *
 * Lives here: spec/reports.md 8, as rows and as text.
 */
#include "config.h"

#include "report/internal.h"

static bool is_shown(const struct report_input *in, const struct graph *g, uint32_t i)
{
	return !in->regex || regex_match(in->regex, graph_name(g, g->list[i]));
}

/* The rows of the list that are shown, in its order; *n_edge: how many edges they have. */
static size_t choose(const struct report_input *in, const struct graph *g, uint32_t *shown, size_t *n_edge)
{
	size_t n = 0;

	*n_edge = 0;
	for (uint32_t i = 0; i < g->n_list; i++) {
		const struct graph_node *node = &g->node[g->list[i]];

		if (!is_shown(in, g, i))
			continue;
		shown[n++] = g->list[i];
		*n_edge += (size_t)node->n_in + node->n_out;
	}
	return n;
}

static struct report_tree_edge edge_of(const struct graph *g, const struct graph_edge *e, uint32_t other)
{
	return (struct report_tree_edge){ .name = graph_name(g, other),
					  .weight = e->weight,
					  .is_inline = e->is_inline };
}

static void fill_row(struct report_tree *t, struct report_tree_row *row, uint32_t node_row)
{
	const struct graph_node *n = &t->graph->node[node_row];

	*row = (struct report_tree_row){
		.name = graph_name(t->graph, node_row),
		.flat = graph_flat(n),
		.cum = graph_cum(n),
		.caller = t->edge + t->n_edge,
		.n_caller = n->n_in,
		.n_callee = n->n_out,
	};
	for (uint32_t i = 0; i < n->n_in; i++) {
		const struct graph_edge *e = graph_in(t->graph, node_row, i);

		t->edge[t->n_edge++] = edge_of(t->graph, e, e->from_row);
	}
	row->callee = t->edge + t->n_edge;
	for (uint32_t i = 0; i < n->n_out; i++) {
		const struct graph_edge *e = graph_out(t->graph, node_row, i);

		t->edge[t->n_edge++] = edge_of(t->graph, e, e->to_row);
	}
}

static bool fill(struct report_tree *t, const struct report_input *in, struct error *err)
{
	const struct graph *g = t->graph;
	uint32_t *shown = ARENA_ARRAY(&t->arena, uint32_t, g->n_list);
	size_t n_edge;

	if (!shown)
		return error_nomem(err, "tree");
	t->total = in->total;
	t->type = in->type;
	t->unit = report_unit(in, g, false);
	report_scaler(in, t->unit, &t->scaler);
	t->n_row = choose(in, g, shown, &n_edge);
	if (!t->n_row && in->regex)
		return error_set(err, ERR_NOTFOUND, "no matches found for regexp: %.*s", STR_FMT(in->regex_text));
	t->row = ARENA_ARRAY(&t->arena, struct report_tree_row, t->n_row);
	t->edge = ARENA_ARRAY(&t->arena, struct report_tree_edge, n_edge);
	if (!t->row || !t->edge || !report_graph_lines(in, &t->arena, &t->scaler, g, false, &t->head))
		return error_nomem(err, "tree");
	for (size_t i = 0; i < t->n_row; i++)
		fill_row(t, &t->row[i], shown[i]);
	return true;
}

struct report_tree *report_tree_rows(const struct report_input *in, struct error *err)
{
	struct graph *g = report_graph(in, 0, err);
	struct arena arena = ARENA_INIT;
	struct report_tree *t;

	if (!g)
		return NULL;
	t = ARENA_ZERO(&arena, struct report_tree, 1);
	if (!t) {
		graph_free(g);
		error_nomem(err, "tree");
		return NULL;
	}
	t->arena = arena;
	t->graph = g;
	if (fill(t, in, err))
		return t;
	report_tree_free(t);
	return NULL;
}

void report_tree_free(struct report_tree *t)
{
	struct arena arena;

	if (!t)
		return;
	graph_free(t->graph);
	arena = t->arena; /* t itself lives in it */
	arena_release(&arena);
}

/* ---- text ---- */

static const char separator[] = "----------------------------------------------------------+-------------\n";
static const char legend[] = "      flat  flat%   sum%        cum   cum%   calls calls% + context \t \t \n";

/* Weights are the raw sums, and shares are of the node that the edge belongs to. */
static void write_edges(struct out *out, const struct report_tree *t, const struct report_tree_edge *e, size_t n,
			int64_t cum)
{
	char percent[MEASURE_PERCENT_BYTES];

	for (size_t i = 0; i < n; i++) {
		measure_write(out, &t->scaler, e[i].weight, 50);
		out_char(out, ' ');
		out_str(out, measure_percentage(e[i].weight, cum, percent));
		out_lit(out, " |   ");
		out_str(out, e[i].name);
		if (e[i].is_inline)
			out_lit(out, " (inline)");
		out_char(out, '\n');
	}
}

static void write_row(struct out *out, const struct report_tree *t, const struct report_tree_row *row, int64_t sum)
{
	out_bytes(out, separator, sizeof(separator) - 1);
	write_edges(out, t, row->caller, row->n_caller, row->cum);
	report_values_write(out, &t->scaler, t->total, &(struct report_values){ row->flat, sum, row->cum });
	out_lit(out, "                | ");
	out_str(out, row->name);
	out_char(out, '\n');
	write_edges(out, t, row->callee, row->n_callee, row->cum);
}

bool report_tree_write(const struct report_input *in, struct out *out, struct error *err)
{
	struct report_tree *t = report_tree_rows(in, err);
	int64_t sum = 0;

	if (!t)
		return false;
	report_lines_write(&t->head, out);
	out_bytes(out, separator, sizeof(separator) - 1);
	out_bytes(out, legend, sizeof(legend) - 1);
	for (size_t i = 0; i < t->n_row && !out->is_broken; i++) {
		sum = i64_add(sum, t->row[i].flat);
		write_row(out, t, &t->row[i], sum);
	}
	if (t->graph->n_list)
		out_bytes(out, separator, sizeof(separator) - 1);
	report_tree_free(t);
	return true;
}
