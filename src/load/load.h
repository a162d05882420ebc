/*
 * Loading: names in, one profile out.
 *
 * Lives here: reading each source, decoding it, what is put right after that, and combining them
 * (spec/profile.md 2.4, 2.7, 7).
 * Not here: formats (profile/), filters of a report (analysis/).
 */
#ifndef LOAD_LOAD_H
#define LOAD_LOAD_H

#include "base/error.h"
#include "base/out.h"
#include "base/str.h"
#include "base/worker.h"
#include "profile/profile.h"

#include <stdbool.h>
#include <stddef.h>

/* Texts are borrowed for the call.  A source is a file; "-" is standard input. */
struct load_request {
	const struct str *source;
	size_t n_source;
	const struct str *base; /* subtracted */
	size_t n_base;
	bool is_diff; /* base samples are marked, and percentages are of the base */
	bool keeps_apart; /* a difference comes with its sides too: profile.apart */
	bool normalize; /* scale the sources to the base's total */
	struct str binary; /* file name of the main binary, or empty */
	struct str build_id, add_comment;
	struct str symbolize; /* spec/driver.md 5.1 */
	bool all_frames; /* forget drop_frames and keep_frames */
	bool without_stacks; /* of one source they are not needed: samples may have the empty one instead */
	bool for_session; /* for several reports, not one: without what an encoded profile cannot hold, as there */
	struct progress *progress; /* sources that are read, or bytes of the only one; may be NULL */
	const struct cancel *cancel; /* between sources; may be NULL */
};

/*
 * The profile; the caller frees it.  Sources that fail are told on notice, and the others go on.  NULL: none was
 * left, or they do not fit together; the error names the source when there is only one.
 */
struct profile *load_profile(const struct load_request *r, struct out *notice, struct error *err);

/* Whether the first of several arguments is an object file rather than a profile (spec/driver.md 1.5). */
bool load_is_object(struct str path);

#endif
