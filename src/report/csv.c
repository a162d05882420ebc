/*
 * Reports as CSV, for spreadsheets and scripts: doc/json.md names the columns.
 *
 * Lives here: top, tree and peek, tags, traces, list, from the rows that their text is made from; the first
 * line names the columns, lines end in one line feed.
 * Not here: the rows; JSON (report/json.c).
 */
#include "config.h"

#include "report/report.h"

#include "report/internal.h"

#include "base/markup.h"

#include <errno.h>
#include <inttypes.h>

/* A file while it is written. */
struct sheet {
	struct out *out;
	const struct report_input *in;
	const struct measure_scaler *scaler;
	struct arena scratch; /* of one cell */
	bool has_cell;	      /* on this line */
};

static void next_cell(struct sheet *s)
{
	if (s->has_cell)
		out_char(s->out, ',');
	s->has_cell = true;
}

static void cell(struct sheet *s, struct str text)
{
	next_cell(s);
	csv_text(s->out, text);
}

static void cell_i64(struct sheet *s, int64_t v)
{
	next_cell(s);
	out_i64(s->out, v);
}

/* As the text reports show it: 90ms. */
static void cell_value(struct sheet *s, int64_t value)
{
	struct measure_label l;
	struct str text;

	measure_label_with(s->scaler, value, &l);
	text = measure_label_text(&s->scratch, &l);
	if (!text.ptr)
		out_break(s->out, ENOMEM);
	cell(s, text.ptr ? text : STR_EMPTY);
	arena_reset(&s->scratch);
}

static void cell_percent(struct sheet *s, int64_t value, int64_t total)
{
	next_cell(s);
	out_fmt(s->out, "%.4f", total ? (double)value / (double)total * 100 : 0);
}

static void end_line(struct sheet *s)
{
	out_char(s->out, '\n');
	s->has_cell = false;
}

bool report_text_csv(const struct report_input *in, struct out *out, struct error *err)
{
	static const char *const inlined[] = {
		[REPORT_NOT_INLINED] = "no", [REPORT_PARTLY_INLINED] = "partly", [REPORT_INLINED] = "yes"
	};
	struct report_text *t = report_text_rows(in, err);
	struct sheet s = { .out = out, .in = in, .scratch = ARENA_INIT };

	if (!t)
		return false;
	s.scaler = &t->scaler;
	out_lit(out, "name,inlined,flat,flat_percent,cum,cum_percent,unit,flat_text,cum_text\n");
	for (size_t i = 0; i < t->n_row && !out->is_broken; i++) {
		cell(&s, t->row[i].name);
		cell(&s, str_from(inlined[t->row[i].inlined]));
		cell_i64(&s, t->row[i].flat);
		cell_percent(&s, t->row[i].flat, in->total);
		cell_i64(&s, t->row[i].cum);
		cell_percent(&s, t->row[i].cum, in->total);
		cell(&s, in->sample_unit);
		cell_value(&s, t->row[i].flat);
		cell_value(&s, t->row[i].cum);
		end_line(&s);
	}
	arena_release(&s.scratch);
	report_text_free(t);
	return true;
}

static void write_edges(struct sheet *s, const struct report_tree_row *row, const char *relation,
			const struct report_tree_edge *e, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		cell(s, row->name);
		cell(s, str_from(relation));
		cell(s, e[i].name);
		cell(s, e[i].is_inline ? STR("yes") : STR("no"));
		cell(s, STR_EMPTY);
		cell_i64(s, e[i].weight);
		cell_percent(s, e[i].weight, row->cum);
		cell(s, s->in->sample_unit);
		cell(s, STR_EMPTY);
		cell_value(s, e[i].weight);
		end_line(s);
	}
}

bool report_tree_csv(const struct report_input *in, struct out *out, struct error *err)
{
	struct report_tree *t = report_tree_rows(in, err);
	struct sheet s = { .out = out, .in = in, .scratch = ARENA_INIT };

	if (!t)
		return false;
	s.scaler = &t->scaler;
	out_lit(out, "function,relation,name,inlined,flat,cum,cum_percent,unit,flat_text,cum_text\n");
	for (size_t i = 0; i < t->n_row && !out->is_broken; i++) {
		const struct report_tree_row *row = &t->row[i];

		write_edges(&s, row, "caller", row->caller, row->n_caller);
		cell(&s, row->name);
		cell(&s, STR("self"));
		cell(&s, row->name);
		cell(&s, STR_EMPTY);
		cell_i64(&s, row->flat);
		cell_i64(&s, row->cum);
		cell_percent(&s, row->cum, in->total);
		cell(&s, in->sample_unit);
		cell_value(&s, row->flat);
		cell_value(&s, row->cum);
		end_line(&s);
		write_edges(&s, row, "callee", row->callee, row->n_callee);
	}
	arena_release(&s.scratch);
	report_tree_free(t);
	return true;
}

bool report_tags_csv(const struct report_input *in, struct out *out, struct error *err)
{
	struct report_tags *t = report_tags_rows(in, err);
	struct sheet s = { .out = out, .in = in, .scratch = ARENA_INIT };

	if (!t)
		return false;
	s.scaler = &t->scaler;
	out_lit(out, "key,value,weight,weight_percent,unit,weight_text\n");
	for (size_t k = 0; k < t->n_key && !out->is_broken; k++)
		for (size_t i = t->key[k].start; i < t->key[k].start + t->key[k].n; i++) {
			cell(&s, t->key[k].key);
			cell(&s, t->row[i].text);
			cell_i64(&s, t->row[i].value);
			cell_percent(&s, t->row[i].value, in->total);
			cell(&s, in->sample_unit);
			cell_value(&s, t->row[i].value);
			end_line(&s);
		}
	arena_release(&s.scratch);
	report_tags_free(t);
	return true;
}

/* "route=/a; bytes=160", numbers without their unit; ptr NULL: no memory. */
static struct str labels_cell(const struct profile *p, uint32_t set, struct arena *arena)
{
	const struct label *label = p->label_set.label + p->label_set.start[set];
	uint32_t n = p->label_set.len[set];
	struct str *part = ARENA_ARRAY(arena, struct str, 4 * (size_t)n);

	for (uint32_t i = 0; part && i < n; i++) {
		bool is_number = label[i].flags & LABEL_IS_NUMERIC;

		part[4 * i] = i ? STR("; ") : STR_EMPTY;
		part[4 * i + 1] = profile_text(p, label[i].key);
		part[4 * i + 2] = STR("=");
		part[4 * i + 3] = is_number ? arena_fmt(arena, "%" PRId64, label[i].num) :
					      profile_text(p, label[i].text);
		if (!part[4 * i + 3].ptr)
			part = NULL;
	}
	return part ? arena_join(arena, part, 4 * (size_t)n) : (struct str){ NULL, 0 };
}

/* A line for each frame, leaf first. */
static void write_sample(struct sheet *s, const struct report_traces *t, uint32_t row, struct arena *arena)
{
	const struct profile *p = s->in->profile;
	uint32_t stack = p->sample.stack_row[row], depth = 0;
	const uint32_t *location = p->stack.location_row + p->stack.start[stack];
	struct str labels = labels_cell(p, p->sample.label_set_row[row], arena);
	int64_t value = report_traces_value(t, row);

	if (!labels.ptr) {
		out_break(s->out, ENOMEM);
		return;
	}
	for (uint32_t i = 0; i < p->stack.len[stack]; i++)
		for (uint32_t k = t->frame_start[location[i]]; k < t->frame_start[location[i] + 1]; k++) {
			cell_i64(s, row);
			cell_i64(s, value);
			cell(s, s->in->sample_unit);
			cell_value(s, value);
			cell(s, labels);
			cell_i64(s, depth++);
			cell(s, t->frame[k].is_inlined ? STR("yes") : STR("no"));
			cell(s, t->frame[k].name);
			end_line(s);
		}
}

bool report_traces_csv(const struct report_input *in, struct out *out, struct error *err)
{
	struct report_traces *t = report_traces_new(in, err);
	struct sheet s = { .out = out, .in = in, .scratch = ARENA_INIT };
	struct arena labels = ARENA_INIT;

	if (!t)
		return false;
	s.scaler = &t->scaler;
	out_lit(out, "sample,value,unit,value_text,labels,depth,inlined,name\n");
	for (uint32_t i = 0; i < in->profile->sample.n && !out_has_ended(out, i); i++) {
		write_sample(&s, t, i, &labels);
		arena_reset(&labels);
	}
	arena_release(&labels);
	arena_release(&s.scratch);
	report_traces_free(t);
	return true;
}

/* line NULL: of the whole function, where its source was not found. */
static void write_line(struct sheet *s, const struct report_list_routine *r, const struct report_list_line *line)
{
	int64_t flat = line ? line->flat : r->flat, cum = line ? line->cum : r->cum;

	cell(s, r->name);
	cell(s, r->file);
	if (line)
		cell_i64(s, line->number);
	else
		cell(s, STR_EMPTY);
	cell_i64(s, flat);
	cell_i64(s, cum);
	cell(s, s->in->sample_unit);
	cell_value(s, flat);
	cell_value(s, cum);
	cell(s, line ? line->text : STR_EMPTY);
	end_line(s);
}

static void write_routine(struct sheet *s, const struct report_list_routine *r)
{
	if (!r->n_line)
		write_line(s, r, NULL);
	for (size_t i = 0; i < r->n_line; i++)
		write_line(s, r, &r->line[i]);
}

bool report_list_csv(const struct report_input *in, struct out *out, struct error *err)
{
	struct report_list *l = report_list_rows(in, err);
	struct sheet s = { .out = out, .in = in, .scratch = ARENA_INIT };

	if (!l)
		return false;
	s.scaler = &l->scaler;
	out_lit(out, "function,file,line,flat,cum,unit,flat_text,cum_text,source\n");
	for (size_t i = 0; i < l->n_routine && !out->is_broken; i++)
		write_routine(&s, &l->routine[i]);
	report_list_tell_tried(l, in->notice);
	arena_release(&s.scratch);
	report_list_free(l);
	return true;
}
