/*
 * Fuzz target: decoding profile.proto.
 *
 * Lives here: the promises of profile_decode() that hold for any bytes, and that profile_decode_ahead() comes to
 * the same where it comes to anything.
 * Not here: gzip, other formats.
 */
#include "config.h"

#include "profile/profile.h"

#include "tests/fuzz/fuzz.h"
#include "tests/pieces.h"
#include "tests/same_profile.h"

#include <stdlib.h>

/* In pieces whose length the input tells. */
static struct profile *decode_ahead(struct bytes whole)
{
	size_t piece = whole.len ? 1 + whole.ptr[whole.len / 2] : 1;
	struct profile *p = NULL;
	struct pieces pieces;

	if (pieces_begin(&pieces, whole, piece, whole.len))
		p = profile_decode_ahead(&pieces.feed, false, NULL, NULL);
	pieces_end(&pieces);
	return p;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = ERROR_INIT;
	struct bytes whole = { data, size };
	struct profile *p = profile_decode(whole, NULL, NULL, &err), *ahead = decode_ahead(whole);

	/* A profile, or a reason that can be shown; and no input as small as ours fills the memory. */
	if (p ? err.code != ERR_NONE : err.code == ERR_NONE || err.code == ERR_NOMEM || !err.msg[0])
		abort();
	if (ahead && (!p || !same_profile(p, ahead)))
		abort();
	profile_free(p);
	profile_free(ahead);
	return 0;
}
