/*
 * dot: the call graph for Graphviz.
 *
 * Lives here: spec/reports.md 15.1, 15.2 and 15.6, and how 15.4 is written.
 * Not here: which label values are drawn (report/dot_tags.c), colours (report/dot_colour.c).
 */
#include "config.h"

#include "base/golike.h"
#include "base/markup.h"
#include "base/sort.h"
#include "graph/name.h"
#include "report/internal.h"

#include <inttypes.h>
#include <math.h>

/* All that is drawn. */
struct drawing {
	const struct report_input *in;
	const struct graph *g;
	struct arena arena;
	struct measure_scaler scaler;
	struct report_lines head;
	struct str *short_name; /* by position in the graph's list */
	struct dot_tags tags;
	uint32_t *edge, n_edge; /* rows, in edge order */
	struct out *out;
};

static bool collect_edges(struct drawing *d)
{
	const struct graph *g = d->g;

	for (uint32_t i = 0; i < g->n_list; i++)
		d->n_edge += g->node[g->list[i]].n_out;
	d->edge = ARENA_ARRAY(&d->arena, uint32_t, d->n_edge);
	d->n_edge = 0;
	for (uint32_t i = 0; d->edge && i < g->n_list; i++) {
		const struct graph_node *n = &g->node[g->list[i]];

		for (uint32_t k = 0; k < n->n_out; k++)
			d->edge[d->n_edge++] = g->edge_of[n->out_start + k];
	}
	return d->edge && sort_stable(d->edge, d->n_edge, graph_edge_cmp, g);
}

static bool shorten_names(struct drawing *d)
{
	const struct graph *g = d->g;

	d->short_name = ARENA_ARRAY(&d->arena, struct str, g->n_list);
	for (uint32_t i = 0; d->short_name && i < g->n_list; i++) {
		d->short_name[i] = name_short(&d->arena, graph_text(g, graph_info(g, g->list[i])->name));
		if (!d->short_name[i].ptr)
			return false;
	}
	return d->short_name != NULL;
}

static void write_value(const struct drawing *d, int64_t value)
{
	struct measure_label l;

	measure_label_with(&d->scaler, value, &l);
	out_str(d->out, measure_label_number(&l));
	dot_string(d->out, l.unit);
}

static void write_share(const struct drawing *d, int64_t value)
{
	char percent[MEASURE_PERCENT_BYTES];

	out_lit(d->out, " (");
	out_str(d->out, measure_percentage_bare(value, d->in->total, percent));
	out_lit(d->out, ")");
}

static void write_colour(const struct drawing *d, int64_t value, enum dot_layer layer)
{
	char colour[DOT_COLOUR_BYTES];

	out_char(d->out, '"');
	out_str(d->out, dot_colour((double)value / (double)i64_abs(d->in->total), layer, colour));
	out_char(d->out, '"');
}

/* Number of a node in the document; 0 of one that is not in it. */
static uint32_t number(const struct drawing *d, uint32_t node_row)
{
	uint32_t position = d->g->node[node_row].position;

	return position == ROW_NONE ? 0 : position + 1;
}

static void write_head(const struct drawing *d)
{
	const struct profile *p = d->in->profile;
	struct str file = p->n_mapping ? profile_text(p, p->mapping[0].filename) : STR_EMPTY;
	struct str title = file.len ? go_path_base(file) : STR("unnamed");

	out_lit(d->out, "digraph \"");
	dot_string(d->out, title);
	out_lit(d->out, "\" {\nnode [style=filled fillcolor=\"#f8f8f8\"]\nsubgraph cluster_L { \"");
	dot_string(d->out, d->head.line[0]);
	out_lit(d->out, "\" [shape=box fontsize=16 label=\"");
	for (size_t i = 0; i < d->head.n; i++) {
		dot_string(d->out, d->head.line[i]);
		out_lit(d->out, "\\l");
	}
	out_lit(d->out, "\\lSee https://git.io/JfYMW for how to read the graph\\l\"");
	if (file.len) {
		out_lit(d->out, " tooltip=\"");
		dot_string(d->out, title);
		out_char(d->out, '"');
	}
	out_lit(d->out, "] }\n");
}

/* A function name with a line for each of its parts: "::" and "." end lines, but "[...]" stays. */
static void write_parts(struct out *out, struct str name)
{
	while (name.len) {
		size_t n = 0;

		while (n < name.len && name.ptr[n] != '.' && name.ptr[n] != ':' && name.ptr[n] != '[')
			n++;
		dot_string(out, str_head(name, n));
		name = str_from_offset(name, n);
		if (str_has_prefix(name, STR("[...]"))) {
			out_lit(out, "[\xe2\x80\xa6]");
			n = 5;
		} else if (str_has_prefix(name, STR("::"))) {
			out_lit(out, "\\n");
			n = 2;
		} else if (name.len && name.ptr[0] == '.') {
			out_lit(out, "\\n");
			n = 1;
		} else if (name.len) {
			out_char(out, name.ptr[0]);
			n = 1;
		}
		name = str_from_offset(name, n);
	}
}

/* The parts of the printable name (spec/reports.md 3.3), each with its line end. */
static void write_name(const struct drawing *d, uint32_t position)
{
	const struct node_info *info = graph_info(d->g, d->g->list[position]);
	struct str name = d->short_name[position], file = graph_text(d->g, info->file);
	struct str object = graph_text(d->g, info->objfile);

	if (info->address)
		out_fmt(d->out, "%016" PRIx64 "\\n", info->address);
	if (name.len) {
		write_parts(d->out, name);
		out_lit(d->out, "\\n");
	}
	if (info->line || file.len) {
		if (file.len)
			dot_string(d->out, go_path_base(file));
		if (info->line)
			out_fmt(d->out, ":%" PRId64, info->line);
		if (info->line && info->column)
			out_fmt(d->out, ":%" PRId64, info->column);
		out_lit(d->out, "\\n");
	} else if (!name.len && object.len) {
		out_char(d->out, '[');
		dot_string(d->out, go_path_base(object));
		out_lit(d->out, "]\\n");
	} else if (!name.len) {
		out_lit(d->out, "<unknown>\\n");
	}
}

static void write_values(const struct drawing *d, int64_t flat, int64_t cum)
{
	if (flat != 0) {
		write_value(d, flat);
		write_share(d, flat);
	} else {
		out_char(d->out, '0');
	}
	if (cum == flat)
		return;
	out_bytes(d->out, flat != 0 ? "\\n" : " ", flat != 0 ? 2 : 1);
	out_lit(d->out, "of ");
	write_value(d, cum);
	write_share(d, cum);
}

enum { FONT_SIZE_LEAST = 8, FONT_SIZE_SPAN = 16 };

static int64_t font_size(int64_t flat, int64_t max_flat)
{
	double share;

	if (flat == 0 || max_flat == 0)
		return FONT_SIZE_LEAST;
	share = sqrt((double)i64_abs(flat) / (double)max_flat);
	return i64_add(FONT_SIZE_LEAST, i64_from_double(ceil(FONT_SIZE_SPAN * share)));
}

static void write_node(const struct drawing *d, uint32_t position, int64_t max_flat)
{
	uint32_t row = d->g->list[position];
	int64_t flat = graph_flat(&d->g->node[row]), cum = graph_cum(&d->g->node[row]);
	uint32_t id = position + 1;

	out_fmt(d->out, "N%" PRIu32 " [label=\"", id);
	write_name(d, position);
	write_values(d, flat, cum);
	out_fmt(d->out, "\" id=\"node%" PRIu32 "\" fontsize=%" PRId64 " shape=box tooltip=\"", id,
		font_size(flat, max_flat));
	dot_string(d->out, graph_name(d->g, row));
	out_lit(d->out, " (");
	write_value(d, cum);
	out_lit(d->out, ")\" color=");
	write_colour(d, cum, DOT_FOREGROUND);
	out_lit(d->out, " fillcolor=");
	write_colour(d, cum, DOT_BACKGROUND);
	out_lit(d->out, "]\n");
}

/* "N1", "N1_0": what a label value hangs on. */
static void write_tag_source(const struct drawing *d, uint32_t id, const struct dot_tag *t)
{
	out_fmt(d->out, "N%" PRIu32, id);
	if (t->parent != DOT_ON_NODE)
		out_fmt(d->out, "_%" PRIu32, t->parent);
}

/* "N1_0", and of numeric ones "NN1_0": the doubled letter is the reference's. */
static void write_tag_id(const struct drawing *d, uint32_t id, const struct dot_tag *t)
{
	if (t->is_numeric)
		out_char(d->out, 'N');
	write_tag_source(d, id, t);
	out_fmt(d->out, "_%" PRIu32, t->index);
}

static void write_tag(const struct drawing *d, uint32_t id, const struct dot_tag *t)
{
	write_tag_id(d, id, t);
	out_lit(d->out, " [label = \"");
	for (uint32_t i = 0; i < t->n_text; i++) {
		if (i)
			out_lit(d->out, "\\n");
		dot_string(d->out, t->text[i]);
	}
	out_lit(d->out, "\" id=\"");
	write_tag_id(d, id, t);
	out_lit(d->out, "\" fontsize=8 shape=box3d tooltip=\"");
	write_value(d, t->weight);
	out_lit(d->out, "\"]\n");
	write_tag_source(d, id, t);
	out_lit(d->out, " -> ");
	write_tag_id(d, id, t);
	out_lit(d->out, " [label=\" ");
	write_value(d, t->weight);
	out_lit(d->out, "\" weight=100 tooltip=\"");
	write_value(d, t->weight);
	out_lit(d->out, "\" labeltooltip=\"");
	write_value(d, t->weight);
	out_char(d->out, '"');
	if (t->is_dotted)
		out_lit(d->out, " style=\"dotted\"");
	out_lit(d->out, "]\n");
}

static void write_nodes(const struct drawing *d)
{
	const struct graph *g = d->g;
	int64_t max_flat = 0;

	for (uint32_t i = 0; i < g->n_list; i++) {
		int64_t flat = i64_abs(graph_flat(&g->node[g->list[i]]));

		if (i == 0 || flat > max_flat) /* the size of INT64_MIN is below 0 */
			max_flat = flat;
	}
	for (uint32_t i = 0; i < g->n_list; i++) {
		write_node(d, i, max_flat);
		for (uint32_t k = d->tags.start[i]; k < d->tags.start[i + 1]; k++)
			write_tag(d, i + 1, &d->tags.tag[k]);
	}
}

/* 1 to most + 1, by the share of the total; Go's integers wrap. */
static int64_t thickness(int64_t value, int64_t total, int64_t most)
{
	int64_t share = i64_abs(i64_div(i64_mul(value, most), total));

	return 1 + (share < most ? share : most);
}

static void write_edge_ends(const struct drawing *d, const struct graph_edge *e, int64_t value)
{
	out_char(d->out, '"');
	dot_string(d->out, graph_name(d->g, e->from_row));
	out_str(d->out, e->is_residual ? STR(" ... ") : STR(" -> "));
	dot_string(d->out, graph_name(d->g, e->to_row));
	out_lit(d->out, " (");
	write_value(d, value);
	out_lit(d->out, ")\"");
}

static void write_edge(const struct drawing *d, const struct graph_edge *e)
{
	int64_t value = graph_mean(e->weight, e->weight_div), total = d->in->total;
	uint32_t from = number(d, e->from_row);

	out_fmt(d->out, "N%" PRIu32 " -> N%" PRIu32 " [label=\" ", from, number(d, e->to_row));
	write_value(d, value);
	if (e->is_inline)
		out_lit(d->out, "\\n (inline)");
	out_char(d->out, '"');
	if (total != 0) {
		int64_t weight = thickness(value, total, 100), width = thickness(value, total, 5);

		if (weight > 1)
			out_fmt(d->out, " weight=%" PRId64, weight);
		if (width > 1)
			out_fmt(d->out, " penwidth=%" PRId64, width);
		out_lit(d->out, " color=");
		write_colour(d, value, DOT_FOREGROUND);
	}
	out_lit(d->out, " tooltip=");
	write_edge_ends(d, e, value);
	out_lit(d->out, " labeltooltip=");
	write_edge_ends(d, e, value);
	if (e->is_residual)
		out_lit(d->out, " style=\"dotted\"");
	if (from && d->tags.start[from - 1] != d->tags.start[from])
		out_lit(d->out, " minlen=2");
	out_lit(d->out, "]\n");
}

static void write_drawing(const struct drawing *d)
{
	write_head(d);
	write_nodes(d);
	for (uint32_t i = 0; i < d->n_edge; i++)
		write_edge(d, &d->g->edge[d->edge[i]]);
	out_lit(d->out, "}\n");
}

bool report_dot_write(const struct report_input *in, struct out *out, struct error *err)
{
	struct graph *g = report_graph(in, GRAPH_DRAWING | (in->call_tree ? GRAPH_CALL_TREE : 0u), err);
	struct drawing d = { .in = in, .g = g, .arena = ARENA_INIT, .out = out };
	bool ok;

	if (!g)
		return false;
	report_scaler(in, report_unit(in, g, false), &d.scaler);
	ok = report_graph_lines(in, &d.arena, &d.scaler, g, true, &d.head) && collect_edges(&d) &&
	     shorten_names(&d) && dot_tags_choose(g, &d.arena, &d.tags);
	if (ok)
		write_drawing(&d);
	else
		error_nomem(err, "drawing");
	arena_release(&d.arena);
	graph_free(g);
	return ok;
}
