/*
 * Combining profiles.
 *
 * Lives here: several profiles into one, as they come (spec/profile.md 7.1-7.5).
 * Not here: subtracting a base, which is profile_scale_all() by -1 and then combining
 * (profile/transform.h); reading profiles (load/).
 */
#ifndef PROFILE_MERGE_H
#define PROFILE_MERGE_H

#include "base/error.h"
#include "base/vec.h"
#include "profile/profile.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Sources that the reference combines at a time, and then the results one after another.  That shows
 * in the time of the result, and in when samples that add up to zero go.
 */
enum { PROFILE_MERGE_CHUNK = 128 };

/*
 * Profiles that wait until the types of all are known; past this they are combined.  When a
 * profile of other types comes later, what is there already counts as one profile.
 */
#define PROFILE_MERGE_PENDING_BYTES ((size_t)64 << 20)

struct merge_target;

/* Memory follows the result, not the sum of what is added. */
struct profile_merger {
	VEC(struct profile *) pending; /* owned */
	size_t pending_bytes, most_pending_bytes;
	struct merge_target *target; /* what is combined; NULL: nothing */
	size_t n_in_chunk;	     /* sources, those that failed included */
	size_t n_good;		     /* of those, the ones that did not */
	size_t n_chunk;		     /* chunks that are complete and gave something */
	int64_t time_nanos;	     /* of those */
};

void profile_merger_init(struct profile_merger *m);

/* Harmless after profile_merger_finish(). */
void profile_merger_release(struct profile_merger *m);

/*
 * The next source, in the order of the command line.  Takes over p, also when it fails:
 * ERR_USAGE in the reference's words when the types do not fit ("profiles have empty
 * common sample type list", "period type: incompatible types: ..."), ERR_NOMEM, ERR_LIMIT.
 */
bool profile_merger_add(struct profile_merger *m, struct profile *p, struct error *err);

/* In the place of a source that could not be read. */
bool profile_merger_skip(struct profile_merger *m, struct error *err);

/*
 * The result, which the caller frees; a single profile comes back as it is, but for its sample types
 * (spec/profile.md 7.2).  NULL: errors as in profile_merger_add(), or ERR_NOTFOUND when nothing was
 * added.  Releases m in any case.
 */
struct profile *profile_merger_finish(struct profile_merger *m, struct error *err);

/*
 * A new profile in which equal samples of p are one, without those that come to 0 and what only they
 * need.  NULL: ERR_NOMEM, ERR_LIMIT.
 */
struct profile *profile_merge_equal(const struct profile *p, struct error *err);

#endif
