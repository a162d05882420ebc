/*
 * Reports as JSON, for programs: doc/json.md says what each member is.
 *
 * Lives here: top, tree and peek, tags, traces, list, from the rows that their text is made from.
 * Not here: the rows; CSV (report/csv.c).
 */
#include "config.h"

#include "report/report.h"

#include "base/json_out.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>

/* Grows when a member changes its meaning or goes away, not when one is added. */
enum { SCHEMA_VERSION = 1 };

struct page {
	struct json_out j;
	const struct report_input *in;
	const struct measure_scaler *scaler;
	struct arena scratch; /* of one value */
};

/* "flat":90000000,"flat_text":"90ms" */
static void write_value_with(struct page *p, const struct measure_scaler *s, const char *name,
			     const char *text_name, int64_t value)
{
	struct measure_label l;
	struct str text;

	measure_label_with(s, value, &l);
	text = measure_label_text(&p->scratch, &l);
	if (!text.ptr)
		out_break(p->j.out, ENOMEM);
	json_out_i64(&p->j, name, value);
	json_out_text(&p->j, text_name, text.ptr ? text : STR_EMPTY);
	arena_reset(&p->scratch);
}

static void write_value(struct page *p, const char *name, const char *text_name, int64_t value)
{
	write_value_with(p, p->scaler, name, text_name, value);
}

/* To a ten-thousandth; shares of nothing are nothing. */
static void write_percent(struct page *p, const char *name, int64_t value, int64_t total)
{
	double percent = total ? (double)value / (double)total * 100 : 0;

	json_out_double(&p->j, name, round(percent * 1e4) / 1e4);
}

static void write_lines(struct page *p, const char *name, const struct str *line, size_t n)
{
	json_out_list(&p->j, name);
	for (size_t i = 0; i < n; i++)
		json_out_text(&p->j, NULL, line[i]);
	json_out_list_end(&p->j);
}

static void write_type(struct page *p, const char *name, struct value_type type)
{
	json_out_object(&p->j, name);
	json_out_text(&p->j, "type", profile_text(p->in->profile, type.type));
	json_out_text(&p->j, "unit", profile_text(p->in->profile, type.unit));
	json_out_object_end(&p->j);
}

static void write_profile(struct page *p)
{
	const struct profile *profile = p->in->profile;
	struct json_out *j = &p->j;

	json_out_object(j, "profile");
	if (profile->n_mapping) {
		json_out_text(j, "file", profile_text(profile, profile->mapping[0].filename));
		json_out_text(j, "build_id", profile_text(profile, profile->mapping[0].build_id));
	}
	json_out_i64(j, "time_nanos", profile->time_nanos);
	json_out_i64(j, "duration_nanos", profile->duration_nanos);
	write_type(p, "period_type", profile->period_type);
	json_out_i64(j, "period", profile->period);
	json_out_list(j, "sample_types");
	for (uint32_t i = 0; i < profile->n_sample_type; i++)
		write_type(p, NULL, profile->sample_type[i]);
	json_out_list_end(j);
	json_out_list(j, "comments");
	for (uint32_t i = 0; i < profile->n_comment; i++)
		json_out_text(j, NULL, profile_text(profile, profile->comment[i]));
	json_out_list_end(j);
	json_out_object_end(j);
}

/* What all reports begin with. */
static void begin(struct page *p, const char *report)
{
	struct json_out *j = &p->j;

	json_out_object(j, NULL);
	json_out_text(j, "schema", STR("cpprof-view/report"));
	json_out_i64(j, "version", SCHEMA_VERSION);
	json_out_text(j, "report", str_from(report));
	write_profile(p);
	json_out_text(j, "type", p->in->type);
	json_out_text(j, "unit", p->in->sample_unit);
	json_out_double(j, "ratio", p->in->ratio);
	write_value(p, "total", "total_text", p->in->total);
	write_lines(p, "filters", p->in->active_filter, p->in->n_active_filter);
}

static void end(struct page *p)
{
	json_out_object_end(&p->j);
	arena_release(&p->scratch);
}

static void write_flat_cum(struct page *p, int64_t flat, int64_t cum)
{
	write_value(p, "flat", "flat_text", flat);
	write_percent(p, "flat_percent", flat, p->in->total);
	write_value(p, "cum", "cum_text", cum);
	write_percent(p, "cum_percent", cum, p->in->total);
}

bool report_text_json(const struct report_input *in, struct out *out, struct error *err)
{
	static const char *const inlined[] = {
		[REPORT_NOT_INLINED] = "no", [REPORT_PARTLY_INLINED] = "partly", [REPORT_INLINED] = "yes"
	};
	struct report_text *t = report_text_rows(in, err);
	struct page p = { .j.out = out, .in = in, .scratch = ARENA_INIT };

	if (!t)
		return false;
	p.scaler = &t->scaler;
	begin(&p, "top");
	write_lines(&p, "head", t->head.line, t->head.n);
	json_out_list(&p.j, "rows");
	for (size_t i = 0; i < t->n_row && !out->is_broken; i++) {
		json_out_object(&p.j, NULL);
		json_out_text(&p.j, "name", t->row[i].name);
		json_out_text(&p.j, "inlined", str_from(inlined[t->row[i].inlined]));
		write_flat_cum(&p, t->row[i].flat, t->row[i].cum);
		json_out_object_end(&p.j);
	}
	json_out_list_end(&p.j);
	end(&p);
	report_text_free(t);
	return true;
}

static void write_edges(struct page *p, const char *name, const struct report_tree_edge *e, size_t n, int64_t cum)
{
	json_out_list(&p->j, name);
	for (size_t i = 0; i < n; i++) {
		json_out_object(&p->j, NULL);
		json_out_text(&p->j, "name", e[i].name);
		json_out_bool(&p->j, "inlined", e[i].is_inline);
		write_value(p, "weight", "weight_text", e[i].weight);
		write_percent(p, "weight_percent", e[i].weight, cum);
		json_out_object_end(&p->j);
	}
	json_out_list_end(&p->j);
}

bool report_tree_json(const struct report_input *in, struct out *out, struct error *err)
{
	struct report_tree *t = report_tree_rows(in, err);
	struct page p = { .j.out = out, .in = in, .scratch = ARENA_INIT };

	if (!t)
		return false;
	p.scaler = &t->scaler;
	begin(&p, in->regex ? "peek" : "tree");
	write_lines(&p, "head", t->head.line, t->head.n);
	json_out_list(&p.j, "rows");
	for (size_t i = 0; i < t->n_row && !out->is_broken; i++) {
		const struct report_tree_row *row = &t->row[i];

		json_out_object(&p.j, NULL);
		json_out_text(&p.j, "name", row->name);
		write_flat_cum(&p, row->flat, row->cum);
		write_edges(&p, "callers", row->caller, row->n_caller, row->cum);
		write_edges(&p, "callees", row->callee, row->n_callee, row->cum);
		json_out_object_end(&p.j);
	}
	json_out_list_end(&p.j);
	end(&p);
	report_tree_free(t);
	return true;
}

static void write_key(struct page *p, const struct report_tags *t, const struct report_tags_key *key)
{
	json_out_object(&p->j, NULL);
	json_out_text(&p->j, "key", key->key);
	write_value(p, "total", "total_text", key->total);
	json_out_list(&p->j, "values");
	for (size_t i = key->start; i < key->start + key->n; i++) {
		json_out_object(&p->j, NULL);
		json_out_text(&p->j, "value", t->row[i].text);
		write_value(p, "weight", "weight_text", t->row[i].value);
		write_percent(p, "weight_percent", t->row[i].value, t->total);
		json_out_object_end(&p->j);
	}
	json_out_list_end(&p->j);
	json_out_object_end(&p->j);
}

bool report_tags_json(const struct report_input *in, struct out *out, struct error *err)
{
	struct report_tags *t = report_tags_rows(in, err);
	struct page p = { .j.out = out, .in = in, .scratch = ARENA_INIT };

	if (!t)
		return false;
	p.scaler = &t->scaler;
	begin(&p, "tags");
	json_out_list(&p.j, "rows");
	for (size_t i = 0; i < t->n_key && !out->is_broken; i++)
		write_key(&p, t, &t->key[i]);
	json_out_list_end(&p.j);
	end(&p);
	report_tags_free(t);
	return true;
}

/* ---- traces ---- */

/* What the profile knows of a frame beside its name; address and line go with some granularities. */
static void write_frame(struct page *p, const struct report_frame *f, uint32_t location, uint32_t k)
{
	const struct profile *profile = p->in->profile;
	uint64_t address = profile->location.address[location];
	struct arena *a = &p->scratch;

	json_out_object(&p->j, NULL);
	json_out_text(&p->j, "name", f->name);
	json_out_bool(&p->j, "inlined", f->is_inlined);
	if (k < profile->location.n_line[location]) {
		uint32_t line = profile->location.line_start[location] + k;
		uint32_t function = profile->line.function_row[line];

		if (function != ROW_NONE && profile->function.filename[function])
			json_out_text(&p->j, "file", profile_text(profile, profile->function.filename[function]));
		if (profile->line.line[line])
			json_out_i64(&p->j, "line", profile->line.line[line]);
	}
	/* As text: not every reader of JSON has numbers of 64 bits. */
	if (address)
		json_out_text(&p->j, "address", arena_fmt(a, "0x%" PRIx64, address));
	json_out_object_end(&p->j);
	arena_reset(a);
}

/* The frames of each location, written once: in the arena; NULL: no memory. */
static struct str *render_frames(struct page *p, const struct report_traces *t, struct arena *arena)
{
	uint32_t n = p->in->profile->location.n;
	struct str *text = ARENA_ARRAY(arena, struct str, n);
	struct page one = *p;
	struct out out;

	for (uint32_t i = 0; text && i < n; i++) {
		out_open_memory(&out);
		one.j = (struct json_out){ .out = &out, .depth = p->j.depth + 3 };
		for (uint32_t k = t->frame_start[i]; k < t->frame_start[i + 1]; k++)
			write_frame(&one, &t->frame[k], i, k - t->frame_start[i]);
		text[i] = arena_str(arena, out_text(&out));
		if (out.is_broken || !text[i].ptr)
			text = NULL;
		out_release(&out);
	}
	p->scratch = one.scratch;
	return text;
}

static void write_number(struct page *p, const struct label *l)
{
	struct str unit = label_units_get(p->in->label_units, l->key);
	struct measure_scaler s;

	measure_scaler_init(&s, unit, STR("auto"));
	json_out_object(&p->j, NULL);
	write_value_with(p, &s, "value", "text", l->num);
	json_out_text(&p->j, "unit", unit);
	json_out_object_end(&p->j);
}

/* The labels of one kind: {"key":[value,...]}; the values of a key stand side by side. */
static void write_labels(struct page *p, const char *name, uint32_t set, unsigned kind)
{
	const struct profile *profile = p->in->profile;
	const struct label *label = profile->label_set.label + profile->label_set.start[set];
	const struct label *before = NULL;

	json_out_object(&p->j, name);
	for (uint32_t i = 0; i < profile->label_set.len[set]; i++) {
		if ((label[i].flags & LABEL_IS_NUMERIC) != kind)
			continue;
		if (before && before->key != label[i].key)
			json_out_list_end(&p->j);
		if (!before || before->key != label[i].key) {
			json_out_key(&p->j, profile_text(profile, label[i].key));
			json_out_list(&p->j, NULL);
		}
		before = &label[i];
		if (kind)
			write_number(p, before);
		else
			json_out_text(&p->j, NULL, profile_text(profile, before->text));
	}
	if (before)
		json_out_list_end(&p->j);
	json_out_object_end(&p->j);
}

static void write_sample(struct page *p, const struct report_traces *t, const struct str *frames, uint32_t row)
{
	const struct profile *profile = p->in->profile;
	uint32_t stack = profile->sample.stack_row[row], set = profile->sample.label_set_row[row];
	const uint32_t *location = profile->stack.location_row + profile->stack.start[stack];

	if (!profile->stack.len[stack])
		return;
	json_out_object(&p->j, NULL);
	write_value(p, "value", "text", report_traces_value(t, row));
	write_labels(p, "labels", set, 0);
	write_labels(p, "numeric_labels", set, LABEL_IS_NUMERIC);
	json_out_list(&p->j, "stack");
	for (uint32_t i = 0; i < profile->stack.len[stack]; i++)
		json_out_raw(&p->j, NULL, frames[location[i]]);
	json_out_list_end(&p->j);
	json_out_object_end(&p->j);
}

bool report_traces_json(const struct report_input *in, struct out *out, struct error *err)
{
	struct report_traces *t = report_traces_new(in, err);
	struct page p = { .j.out = out, .in = in, .scratch = ARENA_INIT };
	struct str *frames;

	if (!t)
		return false;
	p.scaler = &t->scaler;
	frames = render_frames(&p, t, &t->arena);
	if (frames) {
		begin(&p, "traces");
		json_out_list(&p.j, "rows");
		for (uint32_t i = 0; i < in->profile->sample.n && !out_has_ended(out, i); i++)
			write_sample(&p, t, frames, i);
		json_out_list_end(&p.j);
		end(&p);
	}
	report_traces_free(t);
	return frames || error_nomem(err, "traces");
}

static void write_routine(struct page *p, const struct report_list_routine *r)
{
	json_out_object(&p->j, NULL);
	json_out_text(&p->j, "name", r->name);
	json_out_text(&p->j, "file", r->file);
	json_out_text(&p->j, "path", r->path);
	json_out_text(&p->j, "error", r->error);
	if (r->n_tried) {
		json_out_list(&p->j, "tried");
		for (size_t i = 0; i < r->n_tried; i++)
			json_out_text(&p->j, NULL, r->tried[i].path);
		json_out_list_end(&p->j);
	}
	write_flat_cum(p, r->flat, r->cum);
	json_out_list(&p->j, "lines");
	for (size_t i = 0; i < r->n_line; i++) {
		json_out_object(&p->j, NULL);
		json_out_i64(&p->j, "line", r->line[i].number);
		write_value(p, "flat", "flat_text", r->line[i].flat);
		write_value(p, "cum", "cum_text", r->line[i].cum);
		json_out_text(&p->j, "source", r->line[i].text);
		json_out_object_end(&p->j);
	}
	json_out_list_end(&p->j);
	json_out_object_end(&p->j);
}

bool report_list_json(const struct report_input *in, struct out *out, struct error *err)
{
	struct report_list *l = report_list_rows(in, err);
	struct page p = { .j.out = out, .in = in, .scratch = ARENA_INIT };

	if (!l)
		return false;
	p.scaler = &l->scaler;
	begin(&p, "list");
	json_out_list(&p.j, "rows");
	for (size_t i = 0; i < l->n_routine && !out->is_broken; i++)
		write_routine(&p, &l->routine[i]);
	json_out_list_end(&p.j);
	end(&p);
	report_list_free(l);
	return true;
}
