/*
 * Pages before they are needed.
 *
 * Lives here: madvise() in steps, so that other threads' calls about memory get in between.
 */
#include "config.h"

#include "base/prefault.h"

#include "base/worker.h"

#include <stdint.h>
#include <sys/mman.h>

enum {
	PAGE_BYTES = 4096,	  /* the start is rounded up to that; where pages are larger the system refuses */
	STEP_BYTES = 1 << 21,	  /* a large page */
	AREA_BYTES_MIN = 1 << 22, /* less is done before a thread has begun */
};

static bool populate(char *at, size_t len)
{
#ifdef MADV_POPULATE_WRITE
	return madvise(at, len, MADV_POPULATE_WRITE) == 0;
#else
	(void)at;
	(void)len;
	return false;
#endif
}

/* A worker has a result; this one's is that it has ended. */
static void *run(const void *input, const struct cancel *cancel, struct progress *progress, struct error *err)
{
	static char ended;
	const struct prefault *p = input;

	(void)progress;
	(void)err;
	for (size_t from = 0; from < p->len && !cancel_is_raised(cancel); from += STEP_BYTES)
		if (!populate(p->at + from, p->len - from < STEP_BYTES ? p->len - from : STEP_BYTES))
			break;
	return &ended;
}

static void discard(void *result)
{
	(void)result;
}

void prefault_start(struct prefault *p, void *at, size_t len)
{
	static const struct worker_job job = { .run = run, .discard = discard };
	size_t skip = -(uintptr_t)at % PAGE_BYTES;
	struct error ignored;

	*p = (struct prefault){ .at = at };
	if (len < AREA_BYTES_MIN || worker_count() < 2)
		return;
	p->at += skip;
	p->len = (len - skip) / PAGE_BYTES * PAGE_BYTES;
	p->worker = worker_start(&job, p, NULL, &ignored);
}

void prefault_end(struct prefault *p)
{
	worker_free(p->worker);
	p->worker = NULL;
}
