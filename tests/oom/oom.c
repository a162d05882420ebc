/*
 * Memory that runs out.
 *
 * Lives here: the allocator in between, and the loop.
 */
#include "config.h"

#include "tests/oom/oom.h"

#include "tests/test.h"

#include <stdlib.h>

enum { RUNS_MAX = 100000 };

static struct {
	size_t countdown; /* the allocation that fails when it comes to 0; 0: none */
	bool has_failed;
} oom;

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);

static bool fails(void)
{
	if (!oom.countdown || --oom.countdown)
		return false;
	oom.has_failed = true;
	return true;
}

void *__wrap_malloc(size_t size)
{
	return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
	return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	return fails() ? NULL : __real_realloc(old, size);
}

void oom_survives(oom_work *work, void *ctx)
{
	for (size_t n = 1; n < RUNS_MAX; n++) {
		struct error err = ERROR_INIT;
		bool ok;

		oom.countdown = n;
		oom.has_failed = false;
		ok = work(ctx, &err);
		oom.countdown = 0;
		if (!ok && !oom.has_failed)
			fail_msg("without a failing allocation: %s", err.msg);
		if (!ok && err.code != ERR_NOMEM && err.code != ERR_LIMIT)
			fail_msg("allocation %zu failed: code %d, %s", n, (int)err.code, err.msg);
		if (!oom.has_failed)
			return;
	}
	fail_msg("more than %d allocations", RUNS_MAX);
}
