/*
 * Combining profiles: types of values.
 *
 * Lives here: the sample types that all have, the finest of compatible units, and giving them to a
 * profile (spec/profile.md 7.2, 7.3); whether types are equal already.
 * Not here: rows (profile/merge_target.c).
 */
#include "config.h"

#include "base/arith.h"
#include "base/golike.h"
#include "base/out.h"
#include "measure/measure.h"
#include "profile/internal.h"
#include "profile/merge_target.h"
#include "profile/transform.h"

/* ---- equal types ---- */

static bool type_equal(const struct profile *p, const struct value_type *a, const struct profile *q,
		       const struct value_type *b)
{
	return str_eq(profile_text(p, a->type), profile_text(q, b->type)) &&
	       str_eq(profile_text(p, a->unit), profile_text(q, b->unit));
}

static void put_types(struct out *o, const struct profile *p)
{
	out_char(o, '[');
	for (uint32_t i = 0; i < p->n_sample_type; i++) {
		if (i)
			out_char(o, ' ');
		out_str(o, profile_text(p, p->sample_type[i].type));
		out_char(o, '/');
		out_str(o, profile_text(p, p->sample_type[i].unit));
	}
	out_char(o, ']');
}

/* The reference prints addresses of its own here; names say more. */
static bool sample_types_differ(const struct profile *p, const struct profile *q, struct error *err)
{
	struct out o;

	out_open_memory(&o);
	out_lit(&o, "incompatible sample types ");
	put_types(&o, p);
	out_lit(&o, " and ");
	put_types(&o, q);
	error_set(err, ERR_USAGE, "%.*s", STR_FMT(out_text(&o)));
	out_release(&o);
	return false;
}

bool profile_types_equal(const struct profile *p, const struct profile *q, struct error *err)
{
	if (!type_equal(p, &p->period_type, q, &q->period_type))
		return error_set(err, ERR_USAGE, "incompatible period types &{%.*s %.*s 0 0} and &{%.*s %.*s 0 0}",
				 STR_FMT(profile_text(p, p->period_type.type)),
				 STR_FMT(profile_text(p, p->period_type.unit)),
				 STR_FMT(profile_text(q, q->period_type.type)),
				 STR_FMT(profile_text(q, q->period_type.unit)));
	if (p->n_sample_type != q->n_sample_type)
		return sample_types_differ(p, q, err);
	for (uint32_t i = 0; i < p->n_sample_type; i++)
		if (!type_equal(p, &p->sample_type[i], q, &q->sample_type[i]))
			return sample_types_differ(p, q, err);
	return true;
}

/* ---- the plan ---- */

void type_plan_release(struct type_plan *plan)
{
	arena_release(&plan->arena);
}

static size_t count_type(const struct profile *p, struct str type)
{
	size_t n = 0;

	for (uint32_t i = 0; i < p->n_sample_type; i++)
		n += str_eq(profile_text(p, p->sample_type[i].type), type);
	return n;
}

/* "..." is not found in profile, in Go's quotes. */
static bool not_found(struct str type, struct error *err)
{
	struct out o;

	out_open_memory(&o);
	go_quote(&o, type);
	error_set(err, ERR_USAGE, "%.*s sample type is not found in profile", STR_FMT(out_text(&o)));
	out_release(&o);
	return false;
}

/* How often each name occurs is compared with the number of profiles, as the reference does. */
static bool plan_types(struct type_plan *plan, const struct profile *const *p, size_t n, struct error *err)
{
	uint32_t n_first = p[0]->n_sample_type;

	plan->type = ARENA_ARRAY(&plan->arena, struct str, n_first);
	if (!plan->type)
		return error_nomem(err, "sample types");
	for (uint32_t i = 0; i < n_first; i++) {
		struct str type = profile_text(p[0], p[0]->sample_type[i].type);
		size_t count = 0;

		for (size_t k = 0; k < n; k++)
			count += count_type(p[k], type);
		if (count != n)
			continue;
		plan->type[plan->n] = arena_str(&plan->arena, type);
		if (!plan->type[plan->n++].ptr)
			return error_nomem(err, "sample types");
	}
	if (!plan->n)
		return error_set(err, ERR_USAGE, "profiles have empty common sample type list");
	for (size_t k = 0; k < n; k++)
		for (uint32_t i = 0; i < plan->n; i++)
			if (profile_sample_type_find(p[k], plan->type[i]) < 0)
				return not_found(plan->type[i], err);
	return true;
}

/* A type and its unit, as text. */
struct named_type {
	struct str type, unit;
};

static struct named_type named(const struct profile *p, const struct value_type *vt)
{
	return (struct named_type){ profile_text(p, vt->type), profile_text(p, vt->unit) };
}

static struct str without_s(struct str s)
{
	return str_has_suffix(s, STR("s")) ? str_head(s, s.len - 1) : s;
}

/* Compares the choice so far with one more type; the finer unit becomes the choice. */
static bool choose(struct named_type *choice, struct named_type next, struct error *err)
{
	if (!str_eq(without_s(choice->type), without_s(next.type)) || !measure_is_compatible(choice->unit, next.unit))
		return error_set(err, ERR_USAGE, "incompatible types: {%.*s %.*s 0 0} {%.*s %.*s 0 0}",
				 STR_FMT(choice->type), STR_FMT(choice->unit), STR_FMT(next.type),
				 STR_FMT(next.unit));
	if (measure_ratio(next.unit, choice->unit) < 1)
		*choice = next;
	return true;
}

static bool plan_period(struct type_plan *plan, const struct profile *const *p, size_t n, struct error *err)
{
	struct named_type choice = named(p[0], &p[0]->period_type);

	for (size_t k = 1; k < n; k++)
		if (!choose(&choice, named(p[k], &p[k]->period_type), err))
			return error_context(err, "period type: ");
	plan->period_unit = arena_str(&plan->arena, choice.unit);
	return plan->period_unit.ptr || error_nomem(err, "period type");
}

static bool plan_units(struct type_plan *plan, const struct profile *const *p, size_t n, struct error *err)
{
	plan->unit = ARENA_ARRAY(&plan->arena, struct str, plan->n);
	if (!plan->unit)
		return error_nomem(err, "sample types");
	for (uint32_t i = 0; i < plan->n; i++) {
		struct named_type choice;

		for (size_t k = 0; k < n; k++) {
			int at = profile_sample_type_find(p[k], plan->type[i]);
			struct named_type next = named(p[k], &p[k]->sample_type[at]);

			if (k == 0)
				choice = next;
			else if (!choose(&choice, next, err))
				return error_context(err, "sample types: ");
		}
		plan->unit[i] = arena_str(&plan->arena, choice.unit);
		if (!plan->unit[i].ptr)
			return error_nomem(err, "sample types");
	}
	return true;
}

bool type_plan_make(struct type_plan *plan, const struct profile *const *p, size_t n, struct error *err)
{
	*plan = (struct type_plan){ .n = 0 };
	return plan_types(plan, p, n, err) && plan_period(plan, p, n, err) && plan_units(plan, p, n, err);
}

/* ---- carrying it out ---- */

static bool has_types(const struct type_plan *plan, const struct profile *p)
{
	if (p->n_sample_type != plan->n)
		return false;
	for (uint32_t i = 0; i < plan->n; i++)
		if (!str_eq(profile_text(p, p->sample_type[i].type), plan->type[i]))
			return false;
	return true;
}

bool type_plan_is_met(const struct type_plan *plan, const struct profile *p)
{
	if (!has_types(plan, p) || !str_eq(profile_text(p, p->period_type.unit), plan->period_unit))
		return false;
	for (uint32_t i = 0; i < plan->n; i++)
		if (!str_eq(profile_text(p, p->sample_type[i].unit), plan->unit[i]))
			return false;
	return true;
}

/* The default type becomes the first one, unless it is one of those that stay. */
static bool choose_default(const struct type_plan *plan, struct profile *p)
{
	for (uint32_t i = 0; i < plan->n; i++)
		if (str_eq(profile_text(p, p->default_sample_type), plan->type[i]))
			return true;
	p->default_sample_type = strtab_add(&p->strings, &p->arena, plan->type[0]);
	return p->default_sample_type != STR_ID_NONE;
}

static bool select_types(const struct type_plan *plan, struct profile *p)
{
	struct value_type *type = ARENA_ARRAY(&p->arena, struct value_type, plan->n);
	int64_t **value = ARENA_ARRAY(&p->arena, int64_t *, plan->n);

	if (!type || !value || !choose_default(plan, p))
		return false;
	for (uint32_t i = 0; i < plan->n; i++) {
		int at = profile_sample_type_find(p, plan->type[i]);

		type[i] = p->sample_type[at];
		value[i] = p->sample.value[at];
	}
	p->sample_type = type;
	p->sample.value = value;
	p->n_sample_type = plan->n;
	return true;
}

static bool give_units(const struct type_plan *plan, struct profile *p, struct arena *scratch, struct error *err)
{
	double *ratio = ARENA_ARRAY(scratch, double, plan->n);
	str_id unit = strtab_add(&p->strings, &p->arena, plan->period_unit);

	if (!ratio || unit == STR_ID_NONE || !PROFILE_OWN(p, sample_type, p->n_sample_type))
		return error_nomem(err, "units");
	p->period = i64_from_double(
		measure_scale(p->period, profile_text(p, p->period_type.unit), plan->period_unit, NULL));
	p->period_type.unit = unit;
	for (uint32_t i = 0; i < plan->n; i++) {
		ratio[i] = measure_ratio(profile_text(p, p->sample_type[i].unit), plan->unit[i]);
		p->sample_type[i].unit = strtab_add(&p->strings, &p->arena, plan->unit[i]);
		if (p->sample_type[i].unit == STR_ID_NONE)
			return error_nomem(err, "units");
	}
	return profile_scale(p, ratio, err);
}

bool type_plan_apply(const struct type_plan *plan, struct profile *p, bool are_units, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	bool ok = true;

	if (!has_types(plan, p) && !select_types(plan, p))
		return error_nomem(err, "sample types");
	if (are_units)
		ok = give_units(plan, p, &scratch, err);
	arena_release(&scratch);
	return ok;
}
