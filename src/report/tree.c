/*
 * tree and peek: each function with its callers and callees.
 *
 * Lives here: spec/reports.md 8.
 */
#include "config.h"

#include "report/report.h"

static const char separator[] = "----------------------------------------------------------+-------------\n";
static const char legend[] = "      flat  flat%   sum%        cum   cum%   calls calls% + context \t \t \n";

struct paper {
	const struct report_input *in;
	const struct graph *g;
	struct measure_scaler scaler;
	struct out *out;
};

/* Weights are the raw sums, and shares are of the node that the edge belongs to. */
static void write_edge(const struct paper *p, const struct graph_edge *e, uint32_t other, int64_t cum)
{
	char percent[MEASURE_PERCENT_BYTES];

	measure_write(p->out, &p->scaler, e->weight, 50);
	out_char(p->out, ' ');
	out_str(p->out, measure_percentage(e->weight, cum, percent));
	out_lit(p->out, " |   ");
	out_str(p->out, graph_name(p->g, other));
	if (e->is_inline)
		out_lit(p->out, " (inline)");
	out_char(p->out, '\n');
}

static void write_node(const struct paper *p, uint32_t row, int64_t sum)
{
	const struct graph_node *n = &p->g->node[row];
	char percent[MEASURE_PERCENT_BYTES];
	int64_t flat = graph_flat(n), cum = graph_cum(n), total = p->in->total;

	out_bytes(p->out, separator, sizeof(separator) - 1);
	for (uint32_t i = 0; i < n->n_in; i++)
		write_edge(p, graph_in(p->g, row, i), graph_in(p->g, row, i)->from_row, cum);
	measure_write(p->out, &p->scaler, flat, 10);
	out_char(p->out, ' ');
	out_str(p->out, measure_percentage(flat, total, percent));
	out_char(p->out, ' ');
	out_str(p->out, measure_percentage(sum, total, percent));
	out_char(p->out, ' ');
	measure_write(p->out, &p->scaler, cum, 10);
	out_char(p->out, ' ');
	out_str(p->out, measure_percentage(cum, total, percent));
	out_lit(p->out, "                | ");
	out_str(p->out, graph_name(p->g, row));
	out_char(p->out, '\n');
	for (uint32_t i = 0; i < n->n_out; i++)
		write_edge(p, graph_out(p->g, row, i), graph_out(p->g, row, i)->to_row, cum);
}

static bool is_shown(const struct report_input *in, const struct graph *g, uint32_t i)
{
	return !in->regex || regex_match(in->regex, graph_name(g, g->list[i]));
}

static bool any_shown(const struct report_input *in, const struct graph *g)
{
	for (uint32_t i = 0; i < g->n_list; i++)
		if (is_shown(in, g, i))
			return true;
	return !in->regex;
}

static void write_nodes(const struct paper *p)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < p->g->n_list; i++) {
		if (!is_shown(p->in, p->g, i))
			continue;
		sum = i64_add(sum, graph_flat(&p->g->node[p->g->list[i]]));
		write_node(p, p->g->list[i], sum);
	}
	if (p->g->n_list)
		out_bytes(p->out, separator, sizeof(separator) - 1);
}

bool report_tree_write(const struct report_input *in, struct out *out, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct graph *g = report_graph(in, 0, err);
	struct paper p = { .in = in, .g = g, .out = out };
	struct report_lines head;
	bool ok = false;

	if (!g)
		return false;
	report_scaler(in, report_unit(in, g, false), &p.scaler);
	if (!any_shown(in, g)) {
		error_set(err, ERR_NOTFOUND, "no matches found for regexp: %.*s", STR_FMT(in->regex_text));
	} else if (!report_graph_lines(in, &arena, &p.scaler, g, false, &head)) {
		error_nomem(err, "head of report");
	} else {
		for (size_t i = 0; i < head.n; i++) {
			out_str(out, head.line[i]);
			out_char(out, '\n');
		}
		out_bytes(out, separator, sizeof(separator) - 1);
		out_bytes(out, legend, sizeof(legend) - 1);
		write_nodes(&p);
		ok = true;
	}
	arena_release(&arena);
	graph_free(g);
	return ok;
}

