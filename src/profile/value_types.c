/*
 * Types of values, compared between profiles.
 *
 * Lives here: whether two profiles have exactly the same types (spec/profile.md 7.3, the end).
 * Not here: making them the same (profile/merge.c).
 */
#include "config.h"

#include "base/out.h"
#include "profile/internal.h"

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
