/*
 * Threads.
 *
 * Lives here: handing out the parts of a loop.
 */
#include "config.h"

#include "base/worker.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

enum { THREADS_MAX = 16 };

size_t worker_count(void)
{
	cpu_set_t set;
	int n = sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 1;

	return n < 1 ? 1 : n > THREADS_MAX ? THREADS_MAX : (size_t)n;
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
	while (n_started + 1 < n_thread && pthread_create(&thread[n_started], NULL, take_parts, &l) == 0)
		n_started++;
	take_parts(&l);
	for (size_t i = 0; i < n_started; i++)
		(void)pthread_join(thread[i], NULL);
}
