/*
 * Memory that runs out.
 *
 * Lives here: running a piece of work again and again, with the first, the second, ... the
 * last of its allocations failing.
 * Not here: the work.
 *
 * Programs that use it are linked with $(oom_ldflags) of Makefile.am: the calls of malloc,
 * calloc and realloc in our own code then come here.  Libraries keep theirs.
 */
#ifndef TESTS_OOM_OOM_H
#define TESTS_OOM_OOM_H

#include "base/error.h"

#include <stdbool.h>

/* Does everything from the beginning, releases all of it, and says whether it worked. */
typedef bool oom_work(void *ctx, struct error *err);

/*
 * Calls work until no allocation is left to fail.  A cmocka assertion fails unless each run works in
 * spite of it or fails with ERR_NOMEM (ERR_LIMIT, when an arena reports it so), and the last
 * one works.  That nothing leaks or is used after it was freed is for the sanitizers to see.
 */
void oom_survives(oom_work *work, void *ctx);

#endif
