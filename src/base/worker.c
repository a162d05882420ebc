/*
 * Threads.
 *
 * Lives here: starting and joining.  What crosses between threads is an atomic or waits for the
 * join, so there are no locks.
 */
#include "config.h"

#include "base/worker.h"

#include "base/golike.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { THREADS_MAX = 16 };

size_t worker_count(void)
{
	cpu_set_t set;
	int n = sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 1;

	return n < 1 ? 1 : n > THREADS_MAX ? THREADS_MAX : (size_t)n;
}

/* A thread that takes no signals: handlers run in the main thread. */
static bool start_thread(pthread_t *thread, void *(*run)(void *arg), void *arg)
{
	sigset_t all, before;
	int result;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	result = pthread_create(thread, NULL, run, arg);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return result == 0;
}

struct loop {
	void (*part)(void *ctx, size_t i);
	void *ctx;
	size_t n;
	atomic_size_t next;
};

static void *take_parts(void *arg)
{
	struct loop *l = arg;
	size_t i;

	while ((i = atomic_fetch_add(&l->next, 1)) < l->n)
		l->part(l->ctx, i);
	return NULL;
}

void worker_parallel(size_t n, void (*part)(void *ctx, size_t i), void *ctx)
{
	struct loop l = { .part = part, .ctx = ctx, .n = n };
	size_t n_thread = worker_count(), n_started = 0;
	pthread_t thread[THREADS_MAX];

	atomic_init(&l.next, 0);
	if (n_thread > n)
		n_thread = n;
	while (n_started + 1 < n_thread && start_thread(&thread[n_started], take_parts, &l))
		n_started++;
	take_parts(&l);
	for (size_t i = 0; i < n_started; i++)
		(void)pthread_join(thread[i], NULL);
}

/* Parts [0, taken) are done with, [taken, begun) are made or being made. */
struct series {
	const struct worker_series *of;
	atomic_size_t begun, taken;
	atomic_bool is_over;
	atomic_bool is_found; /* somebody has begun to find the parts */
	atomic_bool is_made[WORKER_AHEAD_MAX]; /* by place */
};

/* Parts that are known, and whether these are all: looked at first, since then no more come. */
static size_t count_known(const struct series *s, bool *is_all)
{
	*is_all = !s->of->find || atomic_load(s->of->is_all);
	return s->of->find ? atomic_load(s->of->n_found) : s->of->n;
}

/* Claims the next part, if it has a place. */
static bool begin_part(struct series *s, size_t *i)
{
	bool is_all;
	size_t known = count_known(s, &is_all);

	*i = atomic_load(&s->begun);
	while (*i < known && *i < atomic_load(&s->taken) + s->of->ahead)
		if (atomic_compare_exchange_weak(&s->begun, i, *i + 1))
			return true;
	return false;
}

static void make_part(struct series *s, size_t i)
{
	s->of->make(s->of->ctx, i);
	atomic_store(&s->is_made[i % s->of->ahead], true);
}

/*
 * Waits a little.  A part takes a tenth of a millisecond; who spins or yields for longer than a moment takes from the
 * others, where two processors are one core.
 */
static void relax(unsigned *n_wait)
{
	enum { SPINS = 100, SLEEP_NS = 50000 };
	static const struct timespec sleep = { .tv_nsec = SLEEP_NS };

	if (++*n_wait > SPINS)
		(void)nanosleep(&sleep, NULL);
}

/* The first thread to come here finds the parts. */
static void find_parts(struct series *s)
{
	if (s->of->find && !atomic_exchange(&s->is_found, true))
		s->of->find(s->of->ctx);
}

static bool can_begin_more(const struct series *s)
{
	bool is_all;
	size_t known = count_known(s, &is_all);

	return !atomic_load(&s->is_over) && !(is_all && atomic_load(&s->begun) >= known);
}

static void *make_parts(void *arg)
{
	struct series *s = arg;
	unsigned n_wait = 0;
	size_t i;

	find_parts(s);
	while (can_begin_more(s))
		if (begin_part(s, &i)) {
			make_part(s, i);
			n_wait = 0;
		} else {
			relax(&n_wait);
		}
	return NULL;
}

/* Rather than wait for a part that another thread makes, the taking thread makes one itself.  False: there is none. */
static bool await_part(struct series *s, size_t i)
{
	unsigned n_wait = 0;
	size_t other;
	bool is_all;

	while (!atomic_load(&s->is_made[i % s->of->ahead])) {
		if (count_known(s, &is_all) <= i && is_all)
			return false;
		if (begin_part(s, &other)) {
			make_part(s, other);
			n_wait = 0;
		} else {
			relax(&n_wait);
		}
	}
	return true;
}

/* The last one taken frees no place: nothing is begun after it. */
static void take_parts_in_order(struct series *s)
{
	for (size_t i = 0; await_part(s, i); i++) {
		if (!s->of->take(s->of->ctx, i)) {
			atomic_store(&s->is_over, true);
			return;
		}
		atomic_store(&s->is_made[i % s->of->ahead], false);
		atomic_store(&s->taken, i + 1);
	}
}

bool worker_in_order(const struct worker_series *series)
{
	struct series s = { .of = series };
	size_t n_thread = worker_count(), n_started = 0;
	pthread_t thread[THREADS_MAX];

	if (!series->find && n_thread > series->n)
		n_thread = series->n;
	while (n_started + 1 < n_thread && start_thread(&thread[n_started], make_parts, &s))
		n_started++;
	if (!n_started)
		find_parts(&s);
	take_parts_in_order(&s);
	for (size_t i = 0; i < n_started; i++)
		(void)pthread_join(thread[i], NULL);
	return !s.is_over;
}

double progress_share(const struct progress *p)
{
	uint64_t total = atomic_load_explicit(&p->total, memory_order_relaxed);
	uint64_t done = atomic_load_explicit(&p->done, memory_order_relaxed);

	if (total == 0)
		return -1;
	return done < total ? (double)done / (double)total : 1;
}

static bool set_flags(int fd)
{
	return fcntl(fd, F_SETFL, O_NONBLOCK) == 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

bool wake_open(struct wake *w, struct error *err)
{
	int fd[2];
	char why[128];

	*w = (struct wake)WAKE_INIT;
	if (pipe(fd) == 0) {
		*w = (struct wake){ .read_fd = fd[0], .write_fd = fd[1] };
		if (set_flags(fd[0]) && set_flags(fd[1]))
			return true;
	}
	go_errno_text(errno, why, sizeof(why));
	wake_close(w);
	return error_set(err, ERR_IO, "pipe: %s", why);
}

void wake_knock(const struct wake *w)
{
	int saved = errno; /* of what a signal interrupted */
	ssize_t n;

	do
		n = write(w->write_fd, "", 1);
	while (n < 0 && errno == EINTR);
	/* A full pipe has been knocked at often enough. */
	errno = saved;
}

void wake_clear(const struct wake *w)
{
	char knocks[256];
	ssize_t n;

	do
		n = read(w->read_fd, knocks, sizeof(knocks));
	while (n > 0 || (n < 0 && errno == EINTR));
}

void wake_close(struct wake *w)
{
	if (w->read_fd >= 0)
		(void)close(w->read_fd);
	if (w->write_fd >= 0)
		(void)close(w->write_fd);
	*w = (struct wake)WAKE_INIT;
}

struct worker {
	const struct worker_job *job;
	const void *input;
	const struct wake *wake;
	struct cancel cancel;
	struct progress progress;
	atomic_bool is_done;
	void *result;	  /* these two belong to the thread until it is joined */
	struct error err;
	pthread_t thread;
};

static void *run_worker(void *arg)
{
	struct worker *w = arg;

	w->result = w->job->run(w->input, &w->cancel, &w->progress, &w->err);
	atomic_store(&w->is_done, true);
	if (w->wake)
		wake_knock(w->wake);
	return NULL;
}

struct worker *worker_start(const struct worker_job *job, const void *input, const struct wake *wake,
			    struct error *err)
{
	struct worker *w = calloc(1, sizeof(*w));

	if (w) {
		w->job = job;
		w->input = input;
		w->wake = wake;
		if (start_thread(&w->thread, run_worker, w))
			return w;
	}
	free(w);
	error_nomem(err, "thread");
	return NULL;
}

bool worker_is_done(const struct worker *w)
{
	return atomic_load(&w->is_done);
}

const struct progress *worker_progress(const struct worker *w)
{
	return &w->progress;
}

void worker_cancel(struct worker *w)
{
	cancel_raise(&w->cancel);
}

void *worker_finish(struct worker *w, struct error *err)
{
	void *result;

	(void)pthread_join(w->thread, NULL);
	result = w->result;
	if (!result)
		*err = w->err;
	free(w);
	return result;
}

void worker_free(struct worker *w)
{
	struct error ignored;
	const struct worker_job *job;
	void *result;

	if (!w)
		return;
	job = w->job;
	worker_cancel(w);
	result = worker_finish(w, &ignored);
	if (result)
		job->discard(result);
}
