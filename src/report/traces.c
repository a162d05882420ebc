/*
 * traces: every sample with its stack.
 *
 * Lives here: spec/reports.md 9, sample by sample and as text.
 */
#include "config.h"

#include "base/sort.h"
#include "report/report.h"

#include <errno.h>

static bool name_frames(struct report_traces *t)
{
	const struct profile *p = t->in->profile;
	size_t n = 0;

	for (uint32_t i = 0; i < p->location.n; i++)
		n += p->location.n_line[i] ? p->location.n_line[i] : 1;
	t->frame = ARENA_ARRAY(&t->arena, struct report_frame, n);
	t->frame_start = ARENA_ARRAY(&t->arena, uint32_t, (size_t)p->location.n + 1);
	if (!t->frame || !t->frame_start || n >= ROW_NONE)
		return false;
	n = 0;
	for (uint32_t i = 0; i < p->location.n; i++) {
		uint32_t n_line = p->location.n_line[i];

		t->frame_start[i] = (uint32_t)n;
		for (uint32_t k = 0; k == 0 || k < n_line; k++) {
			uint32_t line = n_line ? p->location.line_start[i] + k : ROW_NONE;
			struct str name = graph_frame_name(p, i, line, &t->arena);

			if (!name.ptr)
				return false;
			t->frame[n++] = (struct report_frame){ .name = name, .is_inlined = k + 1 < n_line };
		}
	}
	t->frame_start[p->location.n] = (uint32_t)n;
	return true;
}

struct report_traces *report_traces_new(const struct report_input *in, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct report_traces *t = ARENA_ZERO(&arena, struct report_traces, 1);
	bool ok = false;

	if (t) {
		t->arena = arena;
		t->in = in;
		report_scaler(in, in->output_unit, &t->scaler);
		ok = report_profile_lines(in, &t->arena, &t->scaler, &t->head) && name_frames(t);
	}
	if (ok)
		return t;
	report_traces_free(t);
	error_nomem(err, "traces");
	return NULL;
}

void report_traces_free(struct report_traces *t)
{
	struct arena arena;

	if (!t)
		return;
	arena = t->arena; /* t itself lives in it */
	arena_release(&arena);
}

int64_t report_traces_value(const struct report_traces *t, uint32_t sample_row)
{
	const struct profile *p = t->in->profile;
	int64_t value = p->sample.value[t->in->value_index][sample_row];

	return t->in->is_mean ? graph_mean(value, p->sample.value[0][sample_row]) : value;
}

/* ---- labels ---- */

static struct str label_text(const struct report_traces *t, const struct label *label, struct arena *arena)
{
	struct measure_scaler s;
	struct measure_label l;

	if (!(label->flags & LABEL_IS_NUMERIC))
		return profile_text(t->in->profile, label->text);
	measure_scaler_init(&s, label_units_get(t->in->label_units, label->key), STR("auto"));
	measure_label_with(&s, label->num, &l);
	return measure_label_text(arena, &l);
}

/* "       key:  value value" of n labels of one key; ptr NULL: no memory. */
static struct str label_line(const struct report_traces *t, const struct label *label, uint32_t n,
			     struct arena *arena)
{
	static const char blanks[] = "          ";
	struct str key = profile_text(t->in->profile, label->key);
	struct str *part = ARENA_ARRAY(arena, struct str, 2 * (size_t)n + 2);
	size_t width = str_width_runes(key), most = sizeof(blanks) - 1;

	if (!part)
		return (struct str){ NULL, 0 };
	part[0] = (struct str){ blanks, width < most ? most - width : 0 };
	part[1] = key;
	for (uint32_t i = 0; i < n; i++) {
		part[2 * i + 2] = i ? STR(" ") : STR(":  ");
		part[2 * i + 3] = label_text(t, &label[i], arena);
		if (!part[2 * i + 3].ptr)
			return (struct str){ NULL, 0 };
	}
	return arena_join(arena, part, 2 * (size_t)n + 2);
}

struct label_lines {
	const struct str *line;
	uint32_t n_text; /* lines of string labels: they come first */
};

static int line_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct label_lines *l = ctx;
	bool a_is_number = a >= l->n_text, b_is_number = b >= l->n_text;

	if (a_is_number != b_is_number)
		return a_is_number ? 1 : -1;
	return str_cmp(l->line[a], l->line[b]);
}

bool report_traces_labels(const struct report_traces *t, uint32_t label_set_row, struct arena *arena,
			  struct report_lines *lines)
{
	const struct profile *p = t->in->profile;
	const struct label *label = p->label_set.label + p->label_set.start[label_set_row];
	uint32_t n_label = p->label_set.len[label_set_row], n = 0, next;
	struct str *line = ARENA_ARRAY(arena, struct str, n_label);
	uint32_t *row = ARENA_ARRAY(arena, uint32_t, n_label);
	struct label_lines l = { .line = line };

	lines->line = ARENA_ARRAY(arena, struct str, n_label);
	lines->n = 0;
	if (!line || !row || !lines->line)
		return false;
	for (uint32_t i = 0; i < n_label; i = next, n++) {
		uint32_t is_number = label[i].flags & LABEL_IS_NUMERIC;

		for (next = i + 1; next < n_label && label[next].key == label[i].key &&
				   (label[next].flags & LABEL_IS_NUMERIC) == is_number; next++)
			;
		row[n] = n;
		line[n] = label_line(t, &label[i], next - i, arena);
		if (!line[n].ptr)
			return false;
		l.n_text += !is_number;
	}
	if (!sort_stable(row, n, line_cmp, &l))
		return false;
	for (uint32_t i = 0; i < n; i++)
		lines->line[i] = line[row[i]];
	lines->n = n;
	return true;
}

/* ---- text ---- */

static const char separator[] = "-----------+-------------------------------------------------------\n";
enum { MARGIN_BYTES = 13 }; /* before a name: the value in 10 columns, and three blanks */

struct paper {
	const struct report_traces *t;
	struct out *out;
	struct str *frames; /* by location: its lines, each with an empty margin */
	struct arena scratch;
};

/* A location's lines are put together once, and copied for each sample that has it. */
static bool render_frames(struct paper *w, struct arena *arena)
{
	const struct report_traces *t = w->t;
	uint32_t n = t->in->profile->location.n;

	w->frames = ARENA_ARRAY(arena, struct str, n);
	for (uint32_t i = 0; w->frames && i < n; i++) {
		uint32_t n_frame = t->frame_start[i + 1] - t->frame_start[i];
		struct str *part = ARENA_ARRAY(&w->scratch, struct str, 4 * (size_t)n_frame);

		if (!part)
			return false;
		for (uint32_t k = 0; k < n_frame; k++) {
			const struct report_frame *f = &t->frame[t->frame_start[i] + k];

			part[4 * k] = STR("             ");
			part[4 * k + 1] = f->name;
			part[4 * k + 2] = f->is_inlined ? STR(" (inline)") : STR_EMPTY;
			part[4 * k + 3] = STR("\n");
		}
		w->frames[i] = arena_join(arena, part, 4 * (size_t)n_frame);
		if (!w->frames[i].ptr)
			return false;
		arena_reset(&w->scratch);
	}
	return w->frames != NULL;
}

static void write_labels(struct paper *w, uint32_t set)
{
	struct report_lines lines;

	if (!w->t->in->profile->label_set.len[set])
		return;
	if (!report_traces_labels(w->t, set, &w->scratch, &lines)) {
		out_break(w->out, ENOMEM);
		return;
	}
	report_lines_write(&lines, w->out);
	arena_reset(&w->scratch);
}

static void write_sample(struct paper *w, uint32_t sample)
{
	const struct profile *p = w->t->in->profile;
	uint32_t stack = p->sample.stack_row[sample];
	const uint32_t *location = p->stack.location_row + p->stack.start[stack];

	if (!p->stack.len[stack])
		return;
	out_bytes(w->out, separator, sizeof(separator) - 1);
	write_labels(w, p->sample.label_set_row[sample]);
	measure_write(w->out, &w->t->scaler, report_traces_value(w->t, sample), 10);
	out_lit(w->out, "   ");
	out_str(w->out, str_from_offset(w->frames[location[0]], MARGIN_BYTES));
	for (uint32_t i = 1; i < p->stack.len[stack]; i++)
		out_str(w->out, w->frames[location[i]]);
}

bool report_traces_write(const struct report_input *in, struct out *out, struct error *err)
{
	struct report_traces *t = report_traces_new(in, err);
	struct paper w = { .t = t, .out = out, .scratch = ARENA_INIT };
	bool ok;

	if (!t)
		return false;
	ok = render_frames(&w, &t->arena) || error_nomem(err, "traces");
	if (ok) {
		/* Joined by line ends: no lines are an empty one. */
		for (size_t i = 0; i < t->head.n; i++) {
			out_bytes(out, "\n", i > 0);
			out_str(out, t->head.line[i]);
		}
		out_char(out, '\n');
		for (uint32_t i = 0; i < in->profile->sample.n && !out_has_ended(out, i); i++)
			write_sample(&w, i);
		out_bytes(out, separator, sizeof(separator) - 1);
	}
	arena_release(&w.scratch);
	report_traces_free(t);
	return ok;
}
