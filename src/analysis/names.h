/*
 * Names in a profile, for people who type them.
 *
 * Lives here: lists of sample types, functions, labels and units, each name once.
 * Not here: completing what was typed (shell/).
 */
#ifndef ANALYSIS_NAMES_H
#define ANALYSIS_NAMES_H

#include "base/arena.h"
#include "base/str.h"
#include "profile/profile.h"

#include <stdbool.h>
#include <stddef.h>

/* In the arena; the texts are the profile's, or static. */
struct names {
	struct str *at;
	size_t n;
};

/* Each of these: false when there is no memory. */

/* In the profile's order. */
bool names_of_sample_types(const struct profile *p, struct arena *arena, struct names *names);
/* In the order of the function table; without the empty name. */
bool names_of_functions(const struct profile *p, struct arena *arena, struct names *names);
/* Of labels, text and numeric ones. */
bool names_of_label_keys(const struct profile *p, struct arena *arena, struct names *names);
/* Texts that a label of that key has. */
bool names_of_label_values(const struct profile *p, struct str key, struct arena *arena, struct names *names);

/* Units that values of the profile can be shown in, and "auto" and "minimum". */
bool names_of_units(const struct profile *p, struct arena *arena, struct names *names);

#endif
