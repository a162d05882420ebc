/*
 * Formats of profiles.
 *
 * Lives here: which decoder reads the bytes of a source.
 * Not here: the decoders (profile/), reading and inflating sources (load/load.c).
 */
#ifndef LOAD_FORMATS_H
#define LOAD_FORMATS_H

#include "base/error.h"
#include "base/str.h"
#include "profile/profile.h"

/*
 * The profile in an inflated input; borrows the input for the call, the caller frees the result.
 * done(ctx, upto), if not NULL, is told that bytes before `upto` will not be read again.
 * NULL: ERR_FORMAT, ERR_LIMIT, ERR_NOMEM.
 */
struct profile *load_decode(struct bytes input, void (*done)(void *ctx, size_t upto), void *ctx,
			    struct error *err);

#endif
