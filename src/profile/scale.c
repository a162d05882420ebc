/*
 * Scaling the values of all samples.
 *
 * Lives here: spec/profile.md 7.4 and 7.7.
 * Not here: units (profile/merge.c).
 */
#include "config.h"

#include "base/arith.h"
#include "profile/internal.h"
#include "profile/transform.h"

#include <math.h>

/* A new column of scaled values; marks the samples where it is not 0. */
static bool scale_column(struct profile *p, uint32_t column, double ratio, uint8_t *is_left)
{
	const int64_t *from = p->sample.value[column];
	int64_t *to = ARENA_ARRAY(&p->arena, int64_t, p->sample.n);

	if (!to)
		return false;
	for (uint32_t i = 0; i < p->sample.n; i++) {
		to[i] = i64_from_double(round((double)from[i] * ratio));
		is_left[i] |= to[i] != 0;
	}
	p->sample.value[column] = to;
	return true;
}

static bool keep_marked(struct profile *p, const uint8_t *is_left, struct arena *scratch, struct error *err)
{
	uint32_t *row = ARENA_ARRAY(scratch, uint32_t, p->sample.n), n = 0;

	if (!row)
		return error_nomem(err, "samples");
	for (uint32_t i = 0; i < p->sample.n; i++) {
		row[n] = i;
		n += is_left[i];
	}
	return profile_keep_samples(p, row, n, err);
}

static bool scale(struct profile *p, const double *ratio, struct arena *scratch, struct error *err)
{
	uint8_t *is_left = ARENA_ZERO(scratch, uint8_t, p->sample.n);

	if (!is_left || !PROFILE_OWN(p, sample.value, p->n_sample_type))
		return error_nomem(err, "sample values");
	for (uint32_t i = 0; i < p->n_sample_type; i++)
		if (ratio[i] != 1 && !scale_column(p, i, ratio[i], is_left))
			return error_nomem(err, "sample values");
	return keep_marked(p, is_left, scratch, err);
}

bool profile_keep_subtracted(struct profile *p, struct error *err)
{
	if (!PROFILE_OWN(p, sample.value, p->n_sample_type))
		return error_nomem(err, "sample values");
	for (uint32_t t = 0; t < p->n_sample_type; t++) {
		const int64_t *from = p->sample.value[t];
		int64_t *to = ARENA_ARRAY(&p->arena, int64_t, p->sample.n);

		if (!to)
			return error_nomem(err, "sample values");
		for (uint32_t i = 0; i < p->sample.n; i++)
			to[i] = from[i] < 0 ? i64_neg(from[i]) : 0;
		p->sample.value[t] = to;
	}
	return true;
}

bool profile_scale(struct profile *p, const double *ratio, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	bool is_needed = false, ok = true;

	for (uint32_t i = 0; i < p->n_sample_type; i++)
		is_needed |= ratio[i] != 1;
	if (is_needed)
		ok = scale(p, ratio, &scratch, err);
	arena_release(&scratch);
	return ok;
}

bool profile_scale_all(struct profile *p, double ratio, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	double *all = ARENA_ARRAY(&scratch, double, p->n_sample_type);
	bool ok;

	if (!all)
		return error_nomem(err, "ratios");
	for (uint32_t i = 0; i < p->n_sample_type; i++)
		all[i] = ratio;
	ok = profile_scale(p, all, err);
	arena_release(&scratch);
	return ok;
}

static int64_t column_sum(const struct profile *p, uint32_t column)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < p->sample.n; i++)
		sum = i64_add(sum, p->sample.value[column][i]);
	return sum;
}

bool profile_normalize(struct profile *p, const struct profile *base, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	double *ratio = ARENA_ARRAY(&scratch, double, p->n_sample_type);
	bool ok;

	if (!ratio)
		return error_nomem(err, "ratios");
	ok = profile_types_equal(p, base, err);
	for (uint32_t i = 0; ok && i < p->n_sample_type; i++) {
		int64_t sum = column_sum(p, i);

		ratio[i] = sum ? (double)column_sum(base, i) / (double)sum : 0;
	}
	ok = ok && profile_scale(p, ratio, err);
	arena_release(&scratch);
	return ok;
}
