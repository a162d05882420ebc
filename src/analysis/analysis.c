/*
 * Analysis: the pipeline from a loaded profile to a report.
 *
 * Lives here: spec/reports.md 1.1-1.3, step by step.
 */
#include "config.h"

#include "analysis/internal.h"

#include "profile/transform.h"

enum { NODECOUNT_DEFAULT = 80 };

/* What a report overrides (spec/reports.md 1.2). */
static void choose_limits(struct report_input *in, const struct options *o, const struct report *r)
{
	bool is_trimmed = o->value[OPT_TRIM].is_set && !(r->flags & REPORT_UNTRIMMED);

	in->nodecount = is_trimmed ? o->value[OPT_NODECOUNT].integer : 0;
	in->nodefraction = is_trimmed ? o->value[OPT_NODEFRACTION].number : 0;
	in->edgefraction = is_trimmed ? o->value[OPT_EDGEFRACTION].number : 0;
	if (in->nodecount == -1)
		in->nodecount = r->flags & REPORT_ALL_NODES ? 0 : NODECOUNT_DEFAULT;
}

static void translate(struct report_input *in, const struct options *o, const struct report *r)
{
	in->output_unit = o->value[OPT_UNIT].text;
	in->compact_labels = o->value[OPT_COMPACT_LABELS].is_set;
	in->call_tree = o->value[OPT_CALL_TREE].is_set;
	in->drop_negative = o->value[OPT_DROP_NEGATIVE].is_set;
	in->by_cum = str_eq(o->value[OPT_SORT].text, STR("cum"));
	in->trim_path = o->value[OPT_TRIM_PATH].text;
	in->source_path = o->value[OPT_SOURCE_PATH].text;
	in->is_inverted = o->value[OPT_INVERTED].is_set;
	in->flame_up = o->value[OPT_FLAME_UP].is_set;
	in->flame_width = o->value[OPT_FLAME_WIDTH].integer;
	choose_limits(in, o, r);
}

/* What tells frames apart, as enum aggregate_flag; 0 with *is_all: everything does. */
static unsigned kept_by(const struct options *o, const struct report *r, bool *is_all)
{
	static const struct {
		const char *name;
		unsigned keep;
	} row[] = {
		{ "", AGGREGATE_FUNCTION },
		{ "functions", AGGREGATE_FUNCTION },
		{ "filefunctions", AGGREGATE_FUNCTION | AGGREGATE_FILENAME },
		{ "files", AGGREGATE_FILENAME },
		{ "lines", AGGREGATE_FUNCTION | AGGREGATE_FILENAME | AGGREGATE_LINE },
		{ "addresses", AGGREGATE_FUNCTION | AGGREGATE_FILENAME | AGGREGATE_LINE | AGGREGATE_ADDRESS },
	};
	struct str name = o->value[OPT_GRANULARITY].text;
	unsigned keep = 0;

	if (r->granularity == REPORT_GRANULARITY_LINES)
		name = STR("lines");
	else if (r->granularity == REPORT_GRANULARITY_ADDRESSES)
		name = STR("addresses");
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		if (str_eq(name, str_from(row[i].name)))
			keep = row[i].keep;
	*is_all = (keep & AGGREGATE_ADDRESS) && !o->value[OPT_NOINLINES].is_set;
	return keep | (o->value[OPT_NOINLINES].is_set ? 0u : AGGREGATE_INLINES) |
	       (o->value[OPT_SHOWCOLUMNS].is_set ? AGGREGATE_COLUMN : 0u);
}

/* Keys whose values came with several units; the first unit counts for all (spec/profile.md 2.9). */
static void tell_conflicts(const struct analysis_view *v, struct out *notice)
{
	const struct profile *p = v->profile;

	for (size_t i = 0; i < v->label_units.n_conflict; i++) {
		const struct label_conflict *c = &v->label_units.conflict[i];

		out_lit(notice, "For tag ");
		out_str(notice, profile_text(p, c->key));
		out_lit(notice, " used unit ");
		out_str(notice, label_units_get(&v->label_units, c->key));
		out_lit(notice, ", also encountered unit(s) ");
		for (size_t k = 0; k < c->n_other; k++) {
			out_str(notice, k ? STR(", ") : STR_EMPTY);
			out_str(notice, profile_text(p, c->other[k]));
		}
		out_char(notice, '\n');
	}
}

static bool compile_argument(struct analysis_view *v, struct str regex, struct error *err)
{
	v->regex = regex_compile(regex, err);
	if (!v->regex)
		return error_context(err, "parsing argument regexp %.*s: ", STR_FMT(regex));
	v->in.regex = v->regex;
	v->in.regex_text = regex;
	return true;
}

static bool is_cancelled(const struct analysis_view *v, struct error *err)
{
	if (!cancel_is_raised(v->in.cancel))
		return false;
	error_set(err, ERR_CANCELLED, "interrupted");
	return true;
}

static bool prepare(struct analysis_view *v, const struct options *o, const struct report *r, struct str regex,
		    struct out *notice, struct error *err)
{
	bool is_relative = o->value[OPT_RELATIVE_PERCENTAGES].is_set, is_all;
	unsigned keep = kept_by(o, r, &is_all);

	if (!label_units_init(&v->label_units, v->profile, &v->arena, err))
		return false;
	tell_conflicts(v, notice);
	translate(&v->in, o, r);
	if (!analysis_tag_frames(v, o, notice, err) || (is_relative && !analysis_filter(v, o, notice, err)))
		return false;
	if (is_cancelled(v, err))
		return false;
	if (!analysis_choose_values(v, o, err) || !analysis_active_filters(v, o, err))
		return false;
	if ((r->flags & REPORT_TAKES_REGEX) && !compile_argument(v, regex, err))
		return false;
	if (!analysis_total(&v->in, &v->in.total, err) || (!is_relative && !analysis_filter(v, o, notice, err)))
		return false;
	return !is_cancelled(v, err) && (is_all || profile_aggregate(v->profile, keep, err));
}

bool analysis_view_init(struct analysis_view *v, const struct profile *p, const struct options *o,
			const struct report *r, struct str regex, struct out *notice,
			const struct cancel *cancel, struct error *err)
{
	*v = (struct analysis_view){ .arena = ARENA_INIT, .in = { .cancel = cancel } };
	v->profile = profile_derive(p, err);
	if (!v->profile)
		return false;
	v->profile->cancel = cancel;
	v->in.profile = v->profile;
	v->in.label_units = &v->label_units;
	if (prepare(v, o, r, regex, notice, err))
		return true;
	analysis_view_release(v);
	return false;
}

void analysis_view_release(struct analysis_view *v)
{
	regex_free(v->regex);
	profile_free(v->profile);
	arena_release(&v->arena);
	*v = (struct analysis_view){ .arena = ARENA_INIT };
}

/* The writer for the format that was chosen. */
static report_writer *writer_of(const struct report *r, const struct options *o, struct error *err)
{
	struct str format = o->value[OPT_FORMAT].text;
	report_writer *write = r->write;

	if (str_eq(format, STR("csv")))
		write = r->csv;
	else if (str_eq(format, STR("json")))
		write = r->json;
	if (!write)
		error_set(err, ERR_UNSUPPORTED, "%s cannot be written as %.*s", r->name, STR_FMT(format));
	return write;
}

bool analysis_report(const struct profile *p, const struct options *o, const struct report *r, struct str regex,
		     struct out *out, struct out *notice, struct error *err)
{
	report_writer *write = writer_of(r, o, err);
	struct analysis_view v;
	bool ok;

	if (!write || !analysis_view_init(&v, p, o, r, regex, notice, out->cancel, err))
		return false;
	v.in.notice = notice;
	out_flush(notice); /* what there is to say of a report stands before it */
	ok = !cancel_is_raised(out->cancel) && write(&v.in, out, err);
	if (cancel_is_raised(out->cancel))
		ok = error_set(err, ERR_CANCELLED, "interrupted");
	analysis_view_release(&v);
	return ok;
}
