/*
 * Several sources, and bases: one profile.
 *
 * Lives here: reading sources side by side, telling those that fail, combining the others in the
 * order of the command line, subtracting a base (spec/profile.md 2.7, 7.6).
 * Not here: how two profiles become one (profile/merge.h).
 *
 * A few sources are decoded at a time, one on each processor, and then added; so memory follows the
 * result and not the sum.
 */
#include "config.h"

#include "load/internal.h"

#include "profile/merge.h"
#include "profile/transform.h"

#include <time.h>

enum {
	BATCH_MAX = 16,		/* sources that are in memory at a time */
	PROGRESS_AFTER_MS = 200, /* before that nobody waits */
};

/* Sources that are read side by side. */
struct batch {
	const struct load_request *r;
	const struct str *source;
	struct profile *profile[BATCH_MAX];
	struct error err[BATCH_MAX];
};

/* All sources of one kind. */
struct list {
	const struct str *source;
	size_t n;
	const char *kind; /* "source" or "base" */
	size_t n_before;  /* of the other kind, for the progress */
	size_t n_good;	  /* that were read */
};

struct combining {
	const struct load_request *r;
	struct out *notice;
	int64_t begin_ms;
	bool has_progress; /* a line of progress stands on the terminal */
};

static int64_t now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* "Reading 120 of 1000 profiles" on a terminal, over itself. */
static void show_progress(struct combining *c, size_t n_done)
{
	size_t n = c->r->n_source + c->r->n_base;

	if (n > 1)
		progress_set(c->r->progress, n_done, n);
	if (!c->notice->is_terminal || n < 2 || now_ms() - c->begin_ms < PROGRESS_AFTER_MS)
		return;
	out_bytes(c->notice, "\r", 1);
	out_fmt(c->notice, "Reading %zu of %zu profiles", n_done, n);
	out_flush(c->notice);
	c->has_progress = true;
}

/* The line of progress gives way to what follows. */
static void end_progress(struct combining *c)
{
	if (c->has_progress)
		out_bytes(c->notice, "\r\033[K", 4);
	c->has_progress = false;
}

static void read_part(void *ctx, size_t i)
{
	struct batch *b = ctx;

	b->profile[i] = load_one(b->source[i], b->r, false, &b->err[i]);
}

static void tell_failed(struct combining *c, struct str source, const struct error *err)
{
	end_progress(c);
	out_str(c->notice, source);
	out_lit(c->notice, ": ");
	out_str(c->notice, str_from(err->msg));
	out_char(c->notice, '\n');
}

/* Adds what was read and counts it.  False: they do not fit together. */
static bool add_batch(struct combining *c, struct profile_merger *m, struct batch *b, size_t n, struct list *l,
		      struct error *err)
{
	bool ok = true;

	for (size_t i = 0; i < n; i++) {
		struct profile *p = b->profile[i];

		if (!ok) {
			profile_free(p);
		} else if (p) {
			l->n_good++;
			ok = profile_merger_add(m, p, err);
		} else {
			tell_failed(c, b->source[i], &b->err[i]);
			ok = profile_merger_skip(m, err);
		}
	}
	return ok;
}

static bool is_cancelled(const struct load_request *r, struct error *err)
{
	if (!cancel_is_raised(r->cancel))
		return false;
	error_set(err, ERR_CANCELLED, "cancelled");
	return true;
}

static bool add_all(struct combining *c, struct profile_merger *m, struct list *l, struct error *err)
{
	size_t at_a_time = worker_count() * 2;

	if (at_a_time > BATCH_MAX)
		at_a_time = BATCH_MAX;
	for (size_t at = 0; at < l->n; at += at_a_time) {
		struct batch b = { .r = c->r, .source = l->source + at };
		size_t n = l->n - at < at_a_time ? l->n - at : at_a_time;

		if (is_cancelled(c->r, err))
			return false;
		worker_parallel(n, read_part, &b);
		if (!add_batch(c, m, &b, n, l, err))
			return error_context(err, "problem fetching %s profiles: ", l->kind);
		show_progress(c, l->n_before + at + n);
	}
	return true;
}

/* The only source of a list: its failure is the failure of all, and is told as such in one line. */
static struct profile *load_single(const struct list *l, const struct load_request *r, struct error *err)
{
	struct profile *p = load_one(l->source[0], r, true, err);

	if (!p)
		error_context(err, "%.*s: ", STR_FMT(l->source[0]));
	return p;
}

static struct profile *finish(struct profile_merger *m, const struct list *l, struct error *err)
{
	struct profile *p = profile_merger_finish(m, err);

	if (!p)
		error_context(err, "problem fetching %s profiles: ", l->kind);
	return p;
}

/* Reads and merges all of l; what fails among several is told. */
static struct profile *load_list(struct combining *c, struct list *l, struct error *err)
{
	struct profile *only = l->n == 1 ? load_single(l, c->r, err) : NULL;
	struct profile_merger m;
	bool ok;

	if (l->n == 1 && !only)
		return NULL;
	profile_merger_init(&m);
	l->n_good = only ? 1 : 0;
	ok = only ? profile_merger_add(&m, only, err) : add_all(c, &m, l, err);
	end_progress(c);
	if (ok && l->n_good == 0)
		ok = error_set(err, ERR_NOTFOUND, "failed to fetch any %s profiles", l->kind);
	if (!ok) {
		profile_merger_release(&m);
		return NULL;
	}
	return finish(&m, l, err);
}

/* Once all that is left fits together. */
static void tell_partial(struct combining *c, const struct list *l)
{
	if (l->n_good < l->n)
		out_fmt(c->notice, "Fetched %zu %s profiles out of %zu\n", l->n_good, l->kind, l->n);
}

/* The sources have failed: who mends them should hear what is wrong with the bases at the same time. */
static void tell_failed_bases(struct combining *c, struct list *bases)
{
	struct error err = ERROR_INIT;
	struct profile *base = bases->n ? load_list(c, bases, &err) : NULL;

	/* Those of several have been told. */
	if (!base && bases->n == 1)
		out_fmt(c->notice, "%s\n", err.msg);
	profile_free(base);
}

/* Takes over apart; what equal samples of both sides come to together. */
static struct profile *bring_together(struct profile *apart, struct str mark, struct error *err)
{
	struct profile *p = NULL;

	if (apart && profile_remove_label(apart, mark, err))
		p = profile_merge_equal(apart, err);
	if (!p) {
		profile_free(apart);
		return NULL;
	}
	p->time_nanos = apart->time_nanos;
	p->apart = apart;
	return p;
}

/*
 * p with base subtracted.  Takes over both.  A mark on samples of the base keeps them apart: it stays
 * where it was asked for, and goes again where it only serves to have both.
 */
static struct profile *subtract(struct profile *p, struct profile *base, const struct load_request *r, struct error *err)
{
	bool is_apart = r->keeps_apart && !r->is_diff;
	struct str mark = is_apart ? STR("cpprof-view::base") : STR("pprof::base");
	struct profile_merger m;

	if (((r->is_diff || is_apart) && !profile_set_label(base, mark, STR("true"), err)) ||
	    (r->normalize && !profile_normalize(p, base, err)) || !profile_scale_all(base, -1, err)) {
		profile_free(p);
		profile_free(base);
		return NULL;
	}
	profile_merger_init(&m);
	/* The merger takes over what it is given, also when it fails. */
	if (!profile_merger_add(&m, p, err)) {
		profile_free(base);
		profile_merger_release(&m);
		return NULL;
	}
	if (!profile_merger_add(&m, base, err)) {
		profile_merger_release(&m);
		return NULL;
	}
	p = profile_merger_finish(&m, err);
	return is_apart ? bring_together(p, mark, err) : p;
}

struct profile *load_combined(const struct load_request *r, struct out *notice, struct error *err)
{
	struct list sources = { r->source, r->n_source, "source", 0, 0 };
	struct list bases = { r->base, r->n_base, "base", r->n_source, 0 };
	struct combining c = { .r = r, .notice = notice, .begin_ms = now_ms() };
	struct profile *p = load_list(&c, &sources, err), *base = NULL;

	if (!p) {
		if (err->code != ERR_NOMEM && err->code != ERR_CANCELLED)
			tell_failed_bases(&c, &bases);
		return NULL;
	}
	if (r->n_base) {
		base = load_list(&c, &bases, err);
		if (!base) {
			profile_free(p);
			return NULL;
		}
	}
	tell_partial(&c, &sources);
	tell_partial(&c, &bases);
	return base ? subtract(p, base, r, err) : p;
}
