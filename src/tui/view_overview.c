/*
 * Overview: what this profile is.
 *
 * Lives here: the page about it: types and totals, where it is from, how much of it is without names,
 * and what looks wrong.
 * Not here: showing pages (tui/pager.h), the head of reports (report/head.c).
 */
#include "config.h"

#include "tui/views.h"

#include "graph/name.h"
#include "tui/app.h"
#include "tui/format.h"
#include "tui/pager.h"
#include "tui/place.h"

#include <inttypes.h>
#include <string.h>

enum {
	FEW_SAMPLES = 100,	/* below it, single ones decide */
	UNKNOWN_PERCENT = 5,	/* of the total without names: worth a word */
	GO_STACK_DEPTHS = 3,
	CUT_PERCENT = 1,	/* of stacks at a known limit */
};

struct overview {
	struct arena arena; /* this struct lives in it */
	struct app *app;
	struct pager page;
};

static bool open_overview(void *app, void **state, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct overview *o = ARENA_ZERO(&arena, struct overview, 1);

	if (!o)
		return error_nomem(err, "overview");
	o->arena = arena;
	o->app = app;
	*state = o;
	return true;
}

static void close_overview(void *state)
{
	struct overview *o = state;
	struct arena arena = o->arena;

	pager_release(&o->page);
	arena_release(&arena);
}

/* ---- What is counted for the page ---- */

struct facts {
	uint32_t n_sample, n_stack, deepest;
	int64_t total, unknown, negative; /* of the chosen type: all, leaf without name, below zero */
	uint32_t n_at_limit; /* samples whose stack is the deepest, as deep as Go records; else 0 */
	uint32_t n_labelled;
};

static bool has_name(const struct profile *p, uint32_t location)
{
	uint32_t n = p->location.n_line[location], line = p->location.line_start[location];

	return n && p->line.function_row[line] != ROW_NONE &&
	       p->function.name[p->line.function_row[line]] != 0;
}

static bool is_limit(uint32_t depth)
{
	static const uint32_t limit[GO_STACK_DEPTHS] = { 32, 64, 128 };

	for (int i = 0; i < GO_STACK_DEPTHS; i++)
		if (depth == limit[i])
			return true;
	return false;
}

/* is_used: of each stack, all 0. */
static struct facts count(const struct report_input *in, uint8_t *is_used)
{
	const struct profile *p = in->profile;
	const int64_t *value = p->sample.value[in->value_index];
	struct facts f = { .n_sample = p->sample.n };

	for (uint32_t i = 0; i < p->sample.n; i++) {
		uint32_t stack = p->sample.stack_row[i], len = p->stack.len[stack];
		int64_t size = i64_abs(value[i]);

		f.n_stack += !is_used[stack];
		is_used[stack] = 1;
		f.total = i64_add(f.total, size);
		f.negative += value[i] < 0;
		f.n_labelled += p->sample.label_set_row[i] != 0;
		if (len > f.deepest)
			f.deepest = len;
		if (len && !has_name(p, p->stack.location_row[p->stack.start[stack]]))
			f.unknown = i64_add(f.unknown, size);
	}
	for (uint32_t i = 0; is_limit(f.deepest) && i < p->sample.n; i++)
		f.n_at_limit += p->stack.len[p->sample.stack_row[i]] == f.deepest;
	return f;
}

/* ---- The page ---- */

static void heading(struct out *o, const char *text)
{
	out_fmt(o, "\n%s\n", text);
}

static void write_period(const struct profile *p, struct out *o)
{
	struct measure_scaler scaler;
	char value[FORMAT_BYTES];

	measure_scaler_init(&scaler, profile_text(p, p->period_type.unit), STR("auto"));
	out_fmt(o, "  one sample each %.*s of %.*s\n", STR_FMT(format_value(&scaler, p->period, value)),
		STR_FMT(profile_text(p, p->period_type.type)));
}

static void write_types(const struct app *a, const struct report_input *in, struct out *o)
{
	const struct profile *p = a->profile;

	heading(o, "Sample types (s chooses)");
	for (uint32_t t = 0; t < p->n_sample_type; t++) {
		struct str type = profile_text(p, p->sample_type[t].type);
		struct str unit = profile_text(p, p->sample_type[t].unit);
		struct measure_scaler scaler;
		char value[FORMAT_BYTES];
		int64_t sum = 0;

		for (uint32_t i = 0; i < p->sample.n; i++)
			sum = i64_add(sum, p->sample.value[t][i]);
		measure_scaler_init(&scaler, unit, STR("auto"));
		out_fmt(o, "  %c %-16.*s %12.*s  in %.*s\n", t == in->value_index ? '*' : ' ', STR_FMT(type),
			STR_FMT(format_value(&scaler, sum, value)), STR_FMT(unit));
	}
	if (p->period)
		write_period(p, o);
}

static void write_size(const struct report_input *in, const struct facts *f, struct out *o)
{
	const struct profile *p = in->profile;
	char share[FORMAT_BYTES];

	heading(o, "Size, as the filters leave it");
	out_fmt(o, "  samples %u, with labels %u\n", f->n_sample, f->n_labelled);
	out_fmt(o, "  different stacks %u, locations in the deepest %u\n", f->n_stack, f->deepest);
	out_fmt(o, "  locations %u, functions %u, mappings %u\n", p->location.n, p->function.n, p->n_mapping);
	out_fmt(o, "  without names %.*s of the total\n", STR_FMT(format_share(f->unknown, f->total, share)));
}

static void write_mappings(const struct profile *p, struct out *o)
{
	bool has_heading = false;

	for (uint32_t i = 0; i < p->n_mapping; i++) {
		const struct mapping *m = &p->mapping[i];
		struct str name = profile_text(p, m->filename), id = profile_text(p, m->build_id);

		if (name.len == 0 && m->limit == 0) /* stands for there being none */
			continue;
		if (!has_heading)
			heading(o, "Mappings");
		has_heading = true;
		out_fmt(o, "  %#14" PRIx64 "-%#-14" PRIx64 " %.*s", m->start, m->limit,
			STR_FMT(name.len ? name : STR("(no name)")));
		if (id.len)
			out_fmt(o, "  build id %.*s", STR_FMT(id));
		out_lit(o, "\n");
	}
}

static void write_sources(struct out *o, const char *title, const struct arguments_list *l)
{
	if (l->v.n)
		heading(o, title);
	for (size_t i = 0; i < l->v.n; i++)
		out_fmt(o, "  %.*s\n", STR_FMT(l->v.at[i]));
}

/* Where it is from, when it is not from one file. */
static void write_inputs(const struct app *a, struct out *o)
{
	const struct arguments *given = a->arguments;

	if (given->source.v.n > 1)
		write_sources(o, "Inputs, added up", &given->source);
	write_sources(o, "Subtracted (-base): values are differences", &given->base);
	write_sources(o, "Compared with (-diff_base): values are differences, shares are of it", &given->diff_base);
}

static void write_filters(const struct app *a, struct out *o)
{
	enum option_id id[APP_FILTERS];
	struct arena scratch = ARENA_INIT;
	size_t n = app_filters(a, id);

	heading(o, n ? "Filters (b takes one off)" : "Filters");
	for (size_t i = 0; i < n; i++)
		out_fmt(o, "  %s=%.*s\n", option_table[id[i]].name,
			STR_FMT(options_text(app_options(a), id[i], &scratch)));
	if (!n)
		out_lit(o, "  none\n");
	arena_release(&scratch);
}

static void write_comments(const struct profile *p, struct out *o)
{
	if (p->n_comment)
		heading(o, "Comments");
	for (uint32_t i = 0; i < p->n_comment; i++)
		out_fmt(o, "  %.*s\n", STR_FMT(profile_text(p, p->comment[i])));
	if (p->doc_url)
		out_fmt(o, "\nDocumentation: %.*s\n", STR_FMT(profile_text(p, p->doc_url)));
	if (p->drop_frames)
		out_fmt(o, "\nFrames that the profile wants dropped: %.*s\n",
			STR_FMT(profile_text(p, p->drop_frames)));
}

/* ---- What looks wrong ---- */

static void write_doubts(const struct app *a, const struct report_input *in, const struct facts *f,
			 struct out *o)
{
	const struct profile *p = in->profile;
	char share[FORMAT_BYTES];
	bool is_fine = true;

#define DOUBT(holds, ...) ((holds) ? (is_fine = false, out_lit(o, "  - "), out_fmt(o, __VA_ARGS__)) : (void)0)
	heading(o, "What looks wrong");
	DOUBT(f->n_sample == 0, "there is no sample%s\n", p->below && p->below->sample.n ? " left" : "");
	DOUBT(f->n_sample && f->total == 0, "all values of this sample type are 0; s chooses another\n");
	DOUBT(f->n_sample && f->n_sample < FEW_SAMPLES,
	      "few samples (%u): shares below a few percent are chance\n", f->n_sample);
	DOUBT(f->total && f->unknown > f->total / 100 * UNKNOWN_PERCENT,
	      "%.*s of the total is in code without names, and programs are not read for them yet:\n"
	      "    go tool pprof -proto PROGRAM PROFILE writes a profile that has some\n",
	      STR_FMT(format_share(f->unknown, f->total, share)));
	DOUBT(f->n_at_limit > f->n_sample / 100 * CUT_PERCENT,
	      "%u samples have stacks of %u locations, as deep as Go records: they may be cut off, and\n"
	      "    hang at the wrong root\n",
	      f->n_at_limit, f->deepest);
	DOUBT(f->negative > 0 && !app_is_diff(a),
	      "%" PRId64 " samples are below zero: a difference, written to a file\n", f->negative);
	DOUBT(str_eq(in->type, STR("cpu")) && p->duration_nanos == 0,
	      "how long it was recorded is not known, so neither is the load\n");
#undef DOUBT
	if (is_fine)
		out_lit(o, "  nothing\n");
}

static bool refresh(void *state, struct error *err)
{
	struct overview *v = state;
	const struct report_input *in = app_input(v->app, err);
	struct arena scratch = ARENA_INIT;
	struct measure_scaler scaler;
	struct report_lines head;
	struct facts f;
	uint8_t *is_used;
	struct out *o;
	size_t top = v->page.list.top;

	if (!in)
		return false;
	app_scaler(in, &scaler);
	is_used = ARENA_ZERO(&scratch, uint8_t, (size_t)in->profile->stack.n + 1);
	if (!is_used || !report_profile_lines(in, &scratch, &scaler, &head)) {
		arena_release(&scratch);
		return error_nomem(err, "overview");
	}
	f = count(in, is_used);
	o = pager_start(&v->page, "Overview");
	out_fmt(o, "%.*s\n\n", STR_FMT(v->app->title));
	for (size_t i = 0; i < head.n; i++)
		out_fmt(o, "  %.*s\n", STR_FMT(head.line[i]));
	arena_release(&scratch);
	write_doubts(v->app, in, &f, o);
	write_inputs(v->app, o);
	write_types(v->app, in, o);
	write_size(in, &f, o);
	write_filters(v->app, o);
	write_mappings(in->profile, o);
	write_comments(in->profile, o);
	if (!pager_open(&v->page))
		return error_nomem(err, "overview");
	v->page.list.top = top < v->page.list.n ? top : 0;
	return true;
}

static void draw(const void *state, struct area a, const struct search *search)
{
	const struct overview *v = state;

	pager_draw(&v->page, search->regex, a);
}

static void draw_status(const void *state, struct area line)
{
	const struct overview *v = state;

	grid_fmt(line, 0, 0, line.cols, AT_DIM, "line %zu of %zu",
		 v->page.list.n ? v->page.list.top + 1 : 0, v->page.list.n);
}

static bool act(void *state, struct ui *ui, const struct act *a)
{
	struct overview *v = state;

	(void)ui;
	return pager_act(&v->page, a);
}

static bool search(void *state, const struct act *where, const struct search *what,
		   enum search_step step)
{
	struct overview *v = state;

	return pager_search(&v->page, what->regex, step == SEARCH_PREVIOUS, where->area.rows);
}

static void write_place(const void *state, struct out *out)
{
	const struct overview *v = state;

	if (v->page.list.top)
		place_write_number(out, "top", v->page.list.top);
	if (v->page.match)
		place_write_number(out, "match", v->page.match);
	if (v->page.shift)
		place_write_number(out, "shift", (uint64_t)v->page.shift);
}

static bool take_place(void *state, struct str name, struct str value, struct error *err)
{
	struct overview *v = state;
	uint64_t n;

	(void)err;
	if (place_take_rows(&v->page.list, name, value))
		return true;
	if (!place_number(value, &n) || n > INT16_MAX)
		return false;
	if (str_eq(name, STR("shift")))
		v->page.shift = (int)n;
	else if (str_eq(name, STR("match")))
		v->page.match = (size_t)n;
	else
		return false;
	return true;
}

const struct view view_overview = {
	.name = "overview",
	.title = "Overview",
	.summary = "what this profile is, and what looks wrong with it",
	.is_text = true,
	.open = open_overview,
	.refresh = refresh,
	.close = close_overview,
	.draw = draw,
	.act = act,
	.status = draw_status,
	.write_place = write_place,
	.take_place = take_place,
	.search = search,
};
