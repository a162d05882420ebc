/*
 * text, top: the table of functions.
 *
 * Lives here: spec/reports.md 7, as rows and as text; the columns of numbers that tree has too.
 */
#include "config.h"

#include "report/internal.h"

static enum report_inlined inlined(const struct graph_node *n)
{
	if (n->n_inline_in == 0)
		return REPORT_NOT_INLINED;
	return n->n_inline_in == n->n_in ? REPORT_INLINED : REPORT_PARTLY_INLINED;
}

static bool fill(struct report_text *t, const struct report_input *in, const struct graph *g)
{
	struct str unit = report_unit(in, g, false);

	t->total = in->total;
	t->type = arena_str(&t->arena, in->type);
	t->unit = arena_str(&t->arena, unit);
	t->row = ARENA_ARRAY(&t->arena, struct report_text_row, g->n_list);
	if (!t->type.ptr || !t->unit.ptr || !t->row)
		return false;
	report_scaler(in, t->unit, &t->scaler);
	for (uint32_t i = 0; i < g->n_list; i++) {
		const struct graph_node *n = &g->node[g->list[i]];

		t->row[i] = (struct report_text_row){
			.name = arena_str(&t->arena, graph_name(g, g->list[i])),
			.flat = graph_flat(n),
			.cum = graph_cum(n),
			.inlined = inlined(n),
		};
		if (!t->row[i].name.ptr)
			return false;
	}
	t->n_row = g->n_list;
	return report_graph_lines(in, &t->arena, &t->scaler, g, false, &t->head);
}

struct report_text *report_text_rows(const struct report_input *in, struct error *err)
{
	struct graph *g = report_graph(in, GRAPH_ONLY_INLINING, err);
	struct arena arena = ARENA_INIT;
	struct report_text *t = NULL;
	bool ok;

	if (!g)
		return NULL;
	t = ARENA_ZERO(&arena, struct report_text, 1);
	if (t) {
		t->arena = arena;
		ok = fill(t, in, g);
		if (!ok) {
			report_text_free(t);
			t = NULL;
		}
	}
	if (!t)
		error_nomem(err, "table of functions");
	graph_free(g);
	return t;
}

void report_text_free(struct report_text *t)
{
	struct arena arena;

	if (!t)
		return;
	arena = t->arena; /* t itself lives in it */
	arena_release(&arena);
}

void report_values_write(struct out *out, const struct measure_scaler *s, int64_t total, const struct report_values *v)
{
	char percent[MEASURE_PERCENT_BYTES];

	measure_write(out, s, v->flat, 10);
	out_char(out, ' ');
	out_str(out, measure_percentage(v->flat, total, percent));
	out_char(out, ' ');
	out_str(out, measure_percentage(v->sum, total, percent));
	out_char(out, ' ');
	measure_write(out, s, v->cum, 10);
	out_char(out, ' ');
	out_str(out, measure_percentage(v->cum, total, percent));
}

static void write_row(struct out *out, const struct report_text *t, const struct report_text_row *row, int64_t sum)
{
	static const char *const marker[] = { "", " (partial-inline)", " (inline)" };

	report_values_write(out, &t->scaler, t->total, &(struct report_values){ row->flat, sum, row->cum });
	out_lit(out, "  ");
	out_str(out, row->name);
	out_str(out, str_from(marker[row->inlined]));
	out_char(out, '\n');
}

bool report_text_write(const struct report_input *in, struct out *out, struct error *err)
{
	struct report_text *t = report_text_rows(in, err);
	int64_t sum = 0;

	if (!t)
		return false;
	report_lines_write(&t->head, out);
	out_lit(out, "      flat  flat%   sum%        cum   cum%\n");
	for (size_t i = 0; i < t->n_row; i++) {
		sum = i64_add(sum, t->row[i].flat);
		write_row(out, t, &t->row[i], sum);
	}
	report_text_free(t);
	return true;
}
