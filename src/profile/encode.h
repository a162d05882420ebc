/*
 * Encoding profile.proto.
 *
 * Lives here: a whole profile as the reference writes it.
 * Not here: gzip (base/gzip.h), choosing what is in the profile (profile/transform.h).
 */
#ifndef PROFILE_ENCODE_H
#define PROFILE_ENCODE_H

#include "base/error.h"
#include "base/out.h"
#include "profile/profile.h"

#include <stdbool.h>

/*
 * Writes p as profile.proto, not compressed, the same bytes as the reference (spec/profile.md 5):
 * all rows as they are, nothing merged or left out.  Values are multiplied by ratio and truncated
 * when ratio is above 0 and not 1.  ERR_NOMEM, and then part of it may be written; a failed
 * write shows at out_close().
 */
bool profile_encode(const struct profile *p, double ratio, struct out *o, struct error *err);

#endif
