/*
 * Fuzz target: which format an input is.
 *
 * Lives here: the promises of load_decode() that hold for any bytes, with the input taken away as
 * soon as that is allowed.
 * Not here: what one decoder makes of its own format (fuzz_decode, fuzz_legacy_*).
 */
#include "config.h"

#include "load/formats.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

/* What is given away is not there any more. */
static void overwrite(void *ctx, size_t upto)
{
	memset(ctx, 0xff, upto);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = ERROR_INIT;
	uint8_t *copy = malloc(size + 1);
	struct profile *p;

	if (!copy)
		abort();
	if (size)
		memcpy(copy, data, size);
	p = load_decode((struct bytes){ copy, size }, overwrite, copy, &err);
	if (p ? err.code != ERR_NONE : (err.code != ERR_FORMAT && err.code != ERR_LIMIT) || !err.msg[0])
		abort();
	profile_free(p);
	free(copy);
	return 0;
}
