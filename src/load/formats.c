/*
 * Formats of profiles.
 *
 * Lives here: profile.proto.
 */
#include "config.h"

#include "load/formats.h"

struct profile *load_decode(struct bytes input, void (*done)(void *ctx, size_t upto), void *ctx,
			    struct error *err)
{
	return profile_decode(input, done, ctx, err);
}
