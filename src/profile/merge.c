/*
 * Combining profiles.
 *
 * Lives here: what is combined with what, and when (spec/profile.md 7.1).
 * Not here: types (profile/merge_types.c), rows (profile/merge_target.c).
 *
 * The reference combines chunks of sources, and then each chunk with all before.  Here everything
 * goes into one target: stacks, labels and sums come out the same, since what is there already keeps
 * its order.  Only the time is folded chunk by chunk, and zero samples go at the end of each.
 */
#include "config.h"

#include "profile/merge.h"

#include <stdint.h>

#include "profile/internal.h"
#include "profile/merge_target.h"

void profile_merger_init(struct profile_merger *m)
{
	*m = (struct profile_merger){ .most_pending_bytes = PROFILE_MERGE_PENDING_BYTES };
}

void profile_merger_release(struct profile_merger *m)
{
	for (size_t i = 0; i < m->pending.n; i++)
		profile_free(m->pending.at[i]);
	vec_release(&m->pending);
	merge_target_free(m->target);
	profile_merger_init(m);
}

/* Takes over p. */
static bool push(struct profile_merger *m, struct profile *p, struct error *err)
{
	if (!vec_push(&m->pending, p)) {
		profile_free(p);
		return error_nomem(err, "profiles");
	}
	m->pending_bytes += p->arena.used_bytes;
	return true;
}

/* Takes what is pending out, one after another, so that memory is given back early. */
static bool add_pending(struct profile_merger *m, const struct type_plan *plan, struct error *err)
{
	bool ok = true;

	for (size_t i = 0; i < m->pending.n && ok; i++) {
		ok = type_plan_apply(plan, m->pending.at[i], true, err) &&
		     merge_target_add(m->target, m->pending.at[i], err);
		profile_free(m->pending.at[i]);
		m->pending.at[i] = NULL;
	}
	if (ok)
		m->pending.n = m->pending_bytes = 0;
	return ok;
}

/* The plan for what is pending and, before that, for what is combined already. */
static bool make_plan(struct profile_merger *m, struct type_plan *plan, struct error *err)
{
	VEC(const struct profile *) all = VEC_INIT;
	bool ok = vec_reserve(&all, m->pending.n + 1) || error_nomem(err, "profiles");

	*plan = (struct type_plan){ .n = 0 };
	if (ok && m->target)
		all.at[all.n++] = merge_target_header(m->target);
	for (size_t i = 0; ok && i < m->pending.n; i++)
		all.at[all.n++] = m->pending.at[i];
	ok = ok && type_plan_make(plan, all.at, all.n, err);
	vec_release(&all);
	return ok;
}

/* What is combined already becomes the first of what is pending. */
static bool reopen_target(struct profile_merger *m, struct error *err)
{
	struct profile *p = merge_target_seal(m->target, err);

	m->target = NULL;
	if (!p || !push(m, p, err))
		return false;
	for (size_t i = m->pending.n - 1; i > 0; i--)
		m->pending.at[i] = m->pending.at[i - 1];
	m->pending.at[0] = p;
	return true;
}

/* Combines all that is pending into the target. */
static bool flush(struct profile_merger *m, struct error *err)
{
	struct type_plan plan;
	bool ok;

	if (!m->pending.n)
		return true;
	ok = make_plan(m, &plan, err);
	if (ok && m->target && !type_plan_is_met(&plan, merge_target_header(m->target)))
		ok = reopen_target(m, err);
	if (ok && !m->target) {
		m->target = merge_target_new(err);
		ok = m->target != NULL;
	}
	ok = ok && add_pending(m, &plan, err);
	type_plan_release(&plan);
	return ok;
}

static struct profile *merge_once(const struct profile *p, bool *has_zero, struct error *err)
{
	struct merge_target *t = merge_target_new(err);

	if (t && merge_target_add(t, p, err)) {
		*has_zero = merge_target_has_zero(t);
		return merge_target_seal(t, err);
	}
	merge_target_free(t);
	return NULL;
}

/* Takes over p; the same without zero samples and what only they need. */
static struct profile *merge_again(struct profile *p, struct error *err)
{
	bool has_zero;
	struct profile *merged = merge_once(p, &has_zero, err);

	profile_free(p);
	return merged;
}

struct profile *profile_merge_equal(const struct profile *p, struct error *err)
{
	bool has_zero = false;
	struct profile *merged = merge_once(p, &has_zero, err);

	return merged && has_zero ? merge_again(merged, err) : merged;
}

/* What is combined waits again, without zero samples. */
static bool drop_zeros(struct profile_merger *m, struct error *err)
{
	struct profile *p = merge_target_seal(m->target, err);

	m->target = NULL;
	if (p)
		p = merge_again(p, err);
	return p && push(m, p, err);
}

static bool is_single(const struct profile_merger *m)
{
	return m->pending.n == 1 && !m->target;
}

/* A time of 0 takes part, and does not stay. */
static void fold_time(struct profile_merger *m, int64_t time_nanos)
{
	if (m->time_nanos == 0 || time_nanos < m->time_nanos)
		m->time_nanos = time_nanos;
	m->n_chunk++;
}

static bool close_chunk(struct profile_merger *m, struct error *err)
{
	bool is_empty = m->n_good == 0;
	struct profile *header;

	m->n_in_chunk = m->n_good = 0;
	if (is_empty)
		return true;
	/* A single profile is not combined with itself; it may be all that there is. */
	if (is_single(m)) {
		fold_time(m, m->pending.at[0]->time_nanos);
		return true;
	}
	if (!flush(m, err))
		return false;
	header = merge_target_header(m->target);
	fold_time(m, header->time_nanos);
	header->time_nanos = 0;
	return !merge_target_has_zero(m->target) || drop_zeros(m, err);
}

/*
 * Gives memory back before the chunk is complete.  Types that do not fit are left for its end, where
 * all that the message depends on is known.
 */
static bool flush_early(struct profile_merger *m, struct error *err)
{
	struct type_plan plan;
	bool fits;

	if (m->pending_bytes <= m->most_pending_bytes || (!m->target && m->pending.n < 2))
		return true;
	fits = make_plan(m, &plan, err);
	type_plan_release(&plan);
	if (fits)
		return flush(m, err);
	if (err->code != ERR_USAGE)
		return false;
	error_clear(err);
	m->most_pending_bytes = SIZE_MAX;
	return true;
}

static bool count_source(struct profile_merger *m, struct error *err)
{
	return ++m->n_in_chunk < PROFILE_MERGE_CHUNK || close_chunk(m, err);
}

bool profile_merger_add(struct profile_merger *m, struct profile *p, struct error *err)
{
	/* What an earlier chunk left waiting has its time in m already. */
	if (is_single(m) && m->n_chunk)
		m->pending.at[0]->time_nanos = 0;
	m->n_good++;
	return push(m, p, err) && flush_early(m, err) && count_source(m, err);
}

bool profile_merger_skip(struct profile_merger *m, struct error *err)
{
	return count_source(m, err);
}

/* Only its types are looked at. */
static struct profile *take_single(struct profile_merger *m, struct error *err)
{
	struct type_plan plan;
	bool ok = make_plan(m, &plan, err) && type_plan_apply(&plan, m->pending.at[0], false, err);

	type_plan_release(&plan);
	if (!ok)
		return NULL;
	m->pending.n = 0;
	return m->pending.at[0];
}

static struct profile *take_target(struct profile_merger *m, struct error *err)
{
	struct profile *p = merge_target_seal(m->target, err);

	m->target = NULL;
	return p;
}

struct profile *profile_merger_finish(struct profile_merger *m, struct error *err)
{
	struct profile *p = NULL;

	if (close_chunk(m, err)) {
		if (is_single(m))
			p = take_single(m, err);
		else if (m->target)
			p = take_target(m, err);
		else
			error_set(err, ERR_NOTFOUND, "no profiles");
	}
	if (p)
		p->time_nanos = m->time_nanos;
	profile_merger_release(m);
	return p;
}
