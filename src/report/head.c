/*
 * What reports share: their graph, their unit, and the lines at their head.
 *
 * Lives here: spec/reports.md 2.5, 6.1 and 6.2.
 */
#include "config.h"

#include "report/report.h"

#include "base/golike.h"
#include "base/vec.h"

struct graph_options report_graph_options(const struct report_input *in, unsigned flags)
{
	struct graph_options opt = {
		.value_index = in->value_index,
		.is_mean = in->is_mean,
		.flags = flags | (in->drop_negative ? GRAPH_DROP_NEGATIVE : 0u) | (in->by_cum ? GRAPH_BY_CUM : 0u),
		.nodecount = in->nodecount,
		.nodefraction = in->nodefraction,
		.edgefraction = in->edgefraction,
		.trim_path = in->trim_path,
		.source_path = in->source_path,
		.tag_unit = in->output_unit,
		.only = in->regex,
		.cancel = in->cancel,
		.sums = in->sums,
	};
	str_id bytes = strtab_find(&in->profile->strings, STR("bytes"));

	opt.bytes_unit = bytes == STR_ID_NONE ? STR_EMPTY : label_units_get(in->label_units, bytes);
	return opt;
}

struct graph *report_graph(const struct report_input *in, unsigned flags, struct error *err)
{
	struct graph_options opt = report_graph_options(in, flags);

	return graph_build(in->profile, &opt, err);
}

struct str report_unit(const struct report_input *in, const struct graph *g, bool is_callgrind)
{
	int64_t min = 0;

	if (!str_eq(in->output_unit, STR("minimum")) || g->n_list == 0)
		return in->output_unit;
	for (uint32_t i = 0; i < g->n_list; i++) {
		const struct graph_node *n = &g->node[g->list[i]];
		int64_t value = i64_abs(graph_flat(n));

		if (value == 0)
			value = i64_abs(graph_cum(n));
		if (value > 0 && (min == 0 || value < min)) /* |INT64_MIN| is not */
			min = value;
	}
	if (min == 0)
		min = in->total;
	return measure_minimum_unit(min, in->total, in->ratio, in->sample_unit, is_callgrind);
}

void report_scaler(const struct report_input *in, struct str unit, struct measure_scaler *s)
{
	measure_scaler_init(s, in->sample_unit, unit);
	s->ratio = in->ratio;
}

/* Lines while they are collected. */
struct head {
	struct arena *arena;
	VEC(struct str) line;
	bool is_broken;
};

static void add(struct head *h, struct str line)
{
	h->is_broken |= !line.ptr || !vec_push(&h->line, line);
}

static struct str value_text(struct head *h, const struct measure_scaler *s, int64_t value)
{
	struct measure_label l;
	struct str text;

	measure_label_with(s, value, &l);
	text = measure_label_text(h->arena, &l);
	h->is_broken |= !text.ptr;
	return text.ptr ? text : STR_EMPTY;
}

/* "Duration: 29.30s, Total samples = 1.12s (11.20%)"; the last part only of times. */
static void add_duration(struct head *h, const struct report_input *in, const struct measure_scaler *s)
{
	char percent[MEASURE_PERCENT_BYTES];
	struct measure_scaler whole;
	struct str duration, total = value_text(h, s, in->total), unit, share = STR_EMPTY;
	double nanoseconds = measure_scale(in->total, in->sample_unit, STR("nanoseconds"), &unit);

	measure_scaler_init(&whole, STR("nanoseconds"), STR("auto"));
	duration = value_text(h, &whole, in->profile->duration_nanos);
	if (str_eq(unit, STR("ns")) && nanoseconds != 0)
		share = measure_percentage(i64_from_double(nanoseconds), in->profile->duration_nanos, percent);
	add(h, arena_fmt(h->arena, "Duration: %.*s, Total samples = %.*s %s%.*s%s", STR_FMT(duration),
			 STR_FMT(total), share.len ? "(" : "", STR_FMT(share), share.len ? ")" : ""));
}

static void add_named(struct head *h, const char *what, struct str value)
{
	if (value.len)
		add(h, arena_fmt(h->arena, "%s: %.*s", what, STR_FMT(value)));
}

static void add_mapping(struct head *h, const struct profile *p)
{
	struct str file, build_id;

	if (!p->n_mapping)
		return;
	file = profile_text(p, p->mapping[0].filename);
	build_id = profile_text(p, p->mapping[0].build_id);
	if (file.len)
		add_named(h, "File", go_path_base(file));
	add_named(h, "Build ID", build_id);
}

static void add_profile_lines(struct head *h, const struct report_input *in, const struct measure_scaler *s)
{
	const struct profile *p = in->profile;

	add_mapping(h, p);
	for (uint32_t i = 0; i < p->n_comment; i++) {
		struct str comment = profile_text(p, p->comment[i]);

		if (!str_has_prefix(comment, STR("#")))
			add(h, comment);
	}
	add_named(h, "Type", in->type);
	add_named(h, "Doc", profile_text(p, p->doc_url));
	if (p->time_nanos)
		add_named(h, "Time", go_time_text(h->arena, p->time_nanos));
	if (p->duration_nanos)
		add_duration(h, in, s);
}

enum { FILTER_BYTES_MAX = 80 }; /* longer ones are cut (spec/reports.md 6.2) */

static void add_filters(struct head *h, const struct report_input *in)
{
	if (in->n_active_filter)
		add(h, STR("Active filters:"));
	for (size_t i = 0; i < in->n_active_filter; i++) {
		struct str f = in->active_filter[i], head = str_head(f, FILTER_BYTES_MAX);

		add(h, arena_fmt(h->arena, "   %.*s%s", STR_FMT(head), f.len > FILTER_BYTES_MAX ? "\xe2\x80\xa6" : ""));
	}
}

static void add_dropped(struct head *h, const struct report_input *in, const struct measure_scaler *s, uint32_t n,
			const char *what, const char *measure, double fraction)
{
	struct str value;

	if (!n)
		return;
	value = value_text(h, s, i64_abs(i64_from_double((double)in->total * fraction)));
	add(h, arena_fmt(h->arena, "Dropped %u %s%s (%s <= %.*s)", n, what, n == 1 ? "" : "s", measure,
			 STR_FMT(value)));
}

static void add_shown(struct head *h, const struct report_input *in, const struct measure_scaler *s, int64_t shown)
{
	char percent[MEASURE_PERCENT_BYTES];
	struct str shown_text = value_text(h, s, shown), total = value_text(h, s, in->total);
	struct str share = measure_percentage_bare(shown, in->total, percent);

	add(h, arena_fmt(h->arena, "Showing nodes accounting for %.*s, %.*s of %.*s total", STR_FMT(shown_text),
			 STR_FMT(share), STR_FMT(total)));
}

static void add_graph_lines(struct head *h, const struct report_input *in, const struct measure_scaler *s,
			    const struct graph *g, bool is_drawing)
{
	int64_t shown = 0;

	add_filters(h, in);
	for (uint32_t i = 0; i < g->n_list; i++)
		shown = i64_add(shown, graph_flat(&g->node[g->list[i]]));
	add_shown(h, in, s, shown);
	if (in->total == 0)
		return;
	add_dropped(h, in, s, g->n_dropped_node, "node", "cum", in->nodefraction);
	if (is_drawing)
		add_dropped(h, in, s, g->n_dropped_edge, "edge", "freq", in->edgefraction);
	if (g->n_list > 0 && g->n_list < g->n_before_top)
		add(h, arena_fmt(h->arena, "Showing top %u nodes out of %u", g->n_list, g->n_before_top));
}

static bool finish(struct head *h, struct report_lines *lines)
{
	lines->n = h->line.n;
	lines->line = vec_into_arena(&h->line, h->arena);
	return lines->line && !h->is_broken;
}

void report_lines_write(const struct report_lines *lines, struct out *out)
{
	for (size_t i = 0; i < lines->n; i++) {
		out_str(out, lines->line[i]);
		out_char(out, '\n');
	}
}

bool report_profile_lines(const struct report_input *in, struct arena *arena, const struct measure_scaler *s,
			  struct report_lines *lines)
{
	struct head h = { .arena = arena, .line = VEC_INIT };

	add_profile_lines(&h, in, s);
	return finish(&h, lines);
}

bool report_graph_lines(const struct report_input *in, struct arena *arena, const struct measure_scaler *s,
			const struct graph *g, bool is_drawing, struct report_lines *lines)
{
	struct head h = { .arena = arena, .line = VEC_INIT };

	if (is_drawing || !in->compact_labels)
		add_profile_lines(&h, in, s);
	add_graph_lines(&h, in, s, g, is_drawing);
	return finish(&h, lines);
}

bool report_stack_lines(const struct report_input *in, struct arena *arena, const struct measure_scaler *s,
			int64_t shown, struct report_lines *lines)
{
	struct head h = { .arena = arena, .line = VEC_INIT };

	if (!in->compact_labels)
		add_profile_lines(&h, in, s);
	add_filters(&h, in);
	add_shown(&h, in, s, shown);
	return finish(&h, lines);
}
