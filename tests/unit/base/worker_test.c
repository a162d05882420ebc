/*
 * Threads: parts of a loop, a job beside us, waking up.
 */
#include "config.h"

#include "base/worker.h"

#include <poll.h>
#include <stdlib.h>

#include "tests/test.h"

enum { PARTS = 1000 };

static void count_part(void *ctx, size_t i)
{
	((int *)ctx)[i]++;
}

static void each_part_runs_once(void **state)
{
	int ran[PARTS] = { 0 };

	(void)state;
	worker_parallel(PARTS, count_part, ran);
	for (size_t i = 0; i < PARTS; i++)
		assert_int_equal(ran[i], 1);
	worker_parallel(0, count_part, NULL);
	assert_in_range(worker_count(), 1, 16);
}

enum { AHEAD = 5 };

/* A series whose parts lie in few places. */
struct squares {
	size_t place[AHEAD];
	_Atomic size_t n_made;
	size_t n_taken, until;
	bool has_failed;
};

static void make_square(void *ctx, size_t i)
{
	struct squares *s = ctx;

	s->place[i % AHEAD] = i * i;
	s->n_made++;
}

static bool take_square(void *ctx, size_t i)
{
	struct squares *s = ctx;

	s->has_failed |= i != s->n_taken || s->place[i % AHEAD] != i * i;
	s->n_taken++;
	s->has_failed |= s->n_made < s->n_taken || s->n_made > s->n_taken - 1 + AHEAD;
	return s->n_taken < s->until;
}

static void a_series_is_taken_in_order(void **state)
{
	static const size_t sizes[] = { 0, 1, 2, AHEAD, AHEAD + 1, PARTS };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct squares s = { .until = SIZE_MAX };
		struct worker_series series = { .make = make_square, .take = take_square, .ctx = &s, .n = sizes[i], .ahead = AHEAD };

		assert_true(worker_in_order(&series));
		assert_false(s.has_failed);
		assert_int_equal(s.n_taken, sizes[i]);
		assert_int_equal(s.n_made, sizes[i]);
	}
}

static void a_series_ends_when_one_says_so(void **state)
{
	static const size_t ends[] = { 1, AHEAD, PARTS / 2, PARTS };

	(void)state;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		struct squares s = { .until = ends[i] };
		struct worker_series series = { .make = make_square, .take = take_square, .ctx = &s, .n = PARTS, .ahead = AHEAD };

		assert_false(worker_in_order(&series));
		assert_false(s.has_failed);
		assert_int_equal(s.n_taken, ends[i]);
		assert_in_range(s.n_made, ends[i], ends[i] - 1 + AHEAD);
	}
}

/* The same for parts that are found meanwhile, some at a time. */
struct found_squares {
	struct squares s; /* first: the two above take it */
	atomic_size_t n_found;
	atomic_bool is_all, is_stopped;
	size_t n;
};

static void find_squares(void *ctx)
{
	struct found_squares *f = ctx;

	for (size_t i = 0; i < f->n && !f->is_stopped; i += 7)
		f->n_found = i + 7 < f->n ? i + 7 : f->n;
	f->is_all = true;
}

static bool take_found(void *ctx, size_t i)
{
	struct found_squares *f = ctx;

	if (take_square(ctx, i))
		return true;
	f->is_stopped = true;
	return false;
}

static void parts_may_be_found_meanwhile(void **state)
{
	static const size_t sizes[] = { 0, 1, 7, AHEAD, PARTS };

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t n = sizes[i / 2];
		struct found_squares f = { .s = { .until = i % 2 && n ? (n + 1) / 2 : SIZE_MAX }, .n = n };
		struct worker_series series = {
			.make = make_square, .take = take_found, .ctx = &f, .ahead = AHEAD,
			.find = find_squares, .n_found = &f.n_found, .is_all = &f.is_all,
		};

		assert_true(worker_in_order(&series) == (f.s.until == SIZE_MAX));
		assert_false(f.s.has_failed);
		assert_int_equal(f.s.n_taken, f.s.until < n ? f.s.until : n);
		assert_true(f.is_all);
	}
}

/* Counts to *input, or until it is told to stop. */
static void *count_to(const void *input, const struct cancel *cancel, struct progress *progress,
		      struct error *err)
{
	uint64_t to = *(const uint64_t *)input;
	uint64_t *result;

	for (uint64_t i = 0; i < to; i++) {
		if (cancel_is_raised(cancel)) {
			error_set(err, ERR_CANCELLED, "stopped");
			return NULL;
		}
		progress_set(progress, i + 1, to);
	}
	result = malloc(sizeof(*result));
	*result = to;
	return result;
}

static void discard(void *result)
{
	free(result);
}

static const struct worker_job counting = { .run = count_to, .discard = discard };

static bool is_readable(const struct wake *w, int timeout_ms)
{
	struct pollfd p = { .fd = w->read_fd, .events = POLLIN };

	return poll(&p, 1, timeout_ms) == 1;
}

static void a_job_knocks_when_it_is_done(void **state)
{
	struct test *t = *state;
	const uint64_t to = 1000;
	struct worker *w;
	struct wake wake;
	uint64_t *result;

	assert_true(wake_open(&wake, &t->err));
	assert_false(is_readable(&wake, 0));
	w = worker_start(&counting, &to, &wake, &t->err);
	assert_non_null(w);
	assert_true(is_readable(&wake, 10000));
	assert_true(worker_is_done(w));
	assert_true(progress_share(worker_progress(w)) == 1);
	result = worker_finish(w, &t->err);
	assert_non_null(result);
	assert_true(*result == to);
	discard(result);
	wake_knock(&wake);
	wake_clear(&wake);
	assert_false(is_readable(&wake, 0));
	wake_close(&wake);
	wake_close(&wake);
}

static void a_cancelled_job_gives_its_error(void **state)
{
	struct test *t = *state;
	const uint64_t to = UINT64_MAX;
	struct worker *w = worker_start(&counting, &to, NULL, &t->err);

	assert_non_null(w);
	worker_cancel(w);
	assert_null(worker_finish(w, &t->err));
	assert_error(&t->err, ERR_CANCELLED, "stopped");
}

static void a_result_that_nobody_wants_is_discarded(void **state)
{
	struct test *t = *state;
	const uint64_t forever = UINT64_MAX, nothing = 0;
	struct worker *w = worker_start(&counting, &forever, NULL, &t->err);

	assert_non_null(w);
	worker_free(w);
	w = worker_start(&counting, &nothing, NULL, &t->err);
	assert_non_null(w);
	while (!worker_is_done(w))
		;
	worker_free(w);
	worker_free(NULL);
}

static void a_full_pipe_does_not_block(void **state)
{
	struct test *t = *state;
	struct wake wake;

	assert_true(wake_open(&wake, &t->err));
	for (int i = 0; i < 100000; i++)
		wake_knock(&wake);
	wake_clear(&wake);
	assert_false(is_readable(&wake, 0));
	wake_close(&wake);
}

static void an_unknown_total_has_no_share(void **state)
{
	struct progress p = { 0 };

	(void)state;
	assert_true(progress_share(&p) < 0);
	progress_set(&p, 1, 4);
	assert_true(progress_share(&p) == 0.25);
	progress_set(&p, 9, 4);
	assert_true(progress_share(&p) == 1);
	progress_set(NULL, 1, 1);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(each_part_runs_once),
		TEST(a_series_is_taken_in_order),
		TEST(a_series_ends_when_one_says_so),
		TEST(parts_may_be_found_meanwhile),
		TEST(a_job_knocks_when_it_is_done),
		TEST(a_cancelled_job_gives_its_error),
		TEST(a_result_that_nobody_wants_is_discarded),
		TEST(a_full_pipe_does_not_block),
		TEST(an_unknown_total_has_no_share),
	};

	return TEST_RUN(tests, argc, argv);
}
