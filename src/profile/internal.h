/*
 * Profile, inside.
 *
 * Lives here: what the files of profile/ share with nobody else.
 */
#ifndef PROFILE_INTERNAL_H
#define PROFILE_INTERNAL_H

#include "profile/profile.h"

/* An empty profile that lives in its own arena; its strings are not begun.  NULL: no memory. */
struct profile *profile_new(void);

/*
 * The rules of spec/profile.md 2.3 about mappings, functions and locations; those about samples are
 * checked while they are decoded.  ERR_FORMAT "malformed profile: ...".
 */
bool profile_validate_tables(const struct profile *p, struct error *err);

#endif
