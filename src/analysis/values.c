/*
 * Which values a report shows.
 *
 * Lives here: sample type, mean, divisor, total (spec/profile.md 8.10-8.13).
 */
#include "config.h"

#include "analysis/internal.h"

#include "base/arith.h"
#include "base/golike.h"

#include <inttypes.h>

static uint32_t default_index(const struct profile *p)
{
	int i = p->default_sample_type ? profile_sample_type_find(p, profile_text(p, p->default_sample_type)) : -1;

	return i >= 0 ? (uint32_t)i : p->n_sample_type - 1;
}

/* "[samples cpu]" */
static struct str type_list(const struct profile *p, struct arena *arena)
{
	struct str all = STR("[");

	for (uint32_t i = 0; i < p->n_sample_type; i++) {
		struct str type = profile_text(p, p->sample_type[i].type);

		all = arena_fmt(arena, "%.*s%s%.*s", STR_FMT(all), i ? " " : "", STR_FMT(type));
		if (!all.ptr)
			return STR("[");
	}
	return all;
}

static bool unknown_type(const struct profile *p, struct str text, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	struct str list = type_list(p, &scratch);
	char quoted[256];

	go_quote_to(text, quoted, sizeof(quoted));
	error_set(err, ERR_USAGE, "sample_index %s must be one of: %.*s]", quoted, STR_FMT(list));
	arena_release(&scratch);
	return false;
}

bool analysis_sample_index(const struct profile *p, struct str text, uint32_t *index, struct error *err)
{
	struct error ignored = ERROR_INIT;
	struct str short_name = text;
	int64_t n;
	int i;

	if (p->n_sample_type == 0)
		return error_set(err, ERR_USAGE, "profile has no samples");
	*index = default_index(p);
	if (!text.len)
		return true;
	if (go_parse_atoi(text, &n, &ignored)) {
		*index = (uint32_t)n;
		if (n >= 0 && n < p->n_sample_type)
			return true;
		return error_set(err, ERR_USAGE, "sample_index %.*s is outside the range [0..%" PRIu32 "]",
				 STR_FMT(text), p->n_sample_type - 1);
	}
	if (str_has_prefix(text, STR("inuse_")))
		short_name = str_from_offset(text, 6);
	for (i = 0; i < (int)p->n_sample_type; i++) {
		struct str type = profile_text(p, p->sample_type[i].type);

		if (str_eq(type, text) || str_eq(type, short_name))
			break;
	}
	*index = (uint32_t)i;
	return i < (int)p->n_sample_type || unknown_type(p, text, err);
}

bool analysis_choose_values(struct analysis_view *v, const struct options *o, struct error *err)
{
	const struct profile *p = v->profile;
	double divide_by = o->value[OPT_DIVIDE_BY].number;
	struct report_input *in = &v->in;

	if (!analysis_sample_index(p, o->value[OPT_SAMPLE_INDEX].text, &in->value_index, err))
		return false;
	if (divide_by == 0)
		return error_set(err, ERR_USAGE, "zero divisor specified");
	in->is_mean = o->value[OPT_MEAN].is_set;
	in->ratio = 1 / divide_by;
	in->sample_unit = profile_text(p, p->sample_type[in->value_index].unit);
	in->type = profile_text(p, p->sample_type[in->value_index].type);
	if (in->is_mean)
		in->type = arena_fmt(&v->arena, "mean_%.*s", STR_FMT(in->type));
	return in->type.ptr || error_nomem(err, "type");
}

/* A sum of sizes of values, and of the counts that they are divided by. */
struct total {
	int64_t value, div;
};

static void add(struct total *t, int64_t value, int64_t div)
{
	t->value = i64_add(t->value, i64_abs(value));
	t->div = i64_add(t->div, div);
}

/*
 * What percentages are relative to: all samples, or those of the base of a comparison.  Empty
 * stacks count too.
 */
bool analysis_total(const struct report_input *in, int64_t *total, struct error *err)
{
	const struct profile *p = in->profile;
	const int64_t *value = p->sample.value[in->value_index], *count = in->is_mean ? p->sample.value[0] : NULL;
	struct arena scratch = ARENA_INIT;
	uint8_t *is_base = ARENA_ARRAY(&scratch, uint8_t, p->label_set.n);
	struct total all = { 0, 0 }, base = { 0, 0 };
	bool may_have_base = strtab_find(&p->strings, STR("pprof::base")) != STR_ID_NONE;

	if (!is_base)
		return error_nomem(err, "total");
	for (uint32_t i = 0; i < p->label_set.n; i++)
		is_base[i] = may_have_base && profile_label_set_is_diff_base(p, i);
	for (uint32_t i = 0; i < p->sample.n; i++)
		add(&all, value[i], count ? count[i] : 0);
	for (uint32_t i = 0; may_have_base && i < p->sample.n; i++)
		if (is_base[p->sample.label_set_row[i]])
			add(&base, value[i], count ? count[i] : 0);
	arena_release(&scratch);
	if (base.value > 0)
		all = base;
	*total = all.div ? i64_div(all.value, all.div) : all.value;
	return true;
}
