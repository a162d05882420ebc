/*
 * Fuzz target: decoding profile.proto.
 *
 * Lives here: the promises of profile_decode() that hold for any bytes.
 * Not here: gzip, other formats.
 */
#include "config.h"

#include "profile/profile.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = ERROR_INIT;
	struct profile *p = profile_decode((struct bytes){ data, size }, NULL, NULL, &err);

	/* A profile, or a reason that can be shown; and no input as small as ours fills the memory. */
	if (p ? err.code != ERR_NONE : err.code == ERR_NONE || err.code == ERR_NOMEM || !err.msg[0])
		abort();
	profile_free(p);
	return 0;
}
