/*
 * Combining profiles: what its files share.
 *
 * Lives here: a profile that grows by others, and the plan that gives all of them the same types.
 */
#ifndef PROFILE_MERGE_TARGET_H
#define PROFILE_MERGE_TARGET_H

#include "base/hash.h"
#include "profile/builder.h"

/*
 * The sample types that some profiles have in common, and the unit of each and of the period
 * (spec/profile.md 7.2, 7.3).  Owns its texts.
 */
struct type_plan {
	struct arena arena;
	struct str *type, *unit;
	uint32_t n;
	struct str period_unit;
};

/*
 * ERR_USAGE in the reference's words when there is no plan.  A single profile keeps its units.
 * Release it in any case.
 */
bool type_plan_make(struct type_plan *plan, const struct profile *const *p, size_t n, struct error *err);
void type_plan_release(struct type_plan *plan);

/* Whether p's types and units are those of the plan already. */
bool type_plan_is_met(const struct type_plan *plan, const struct profile *p);

/*
 * Selects and scales p's values, which nobody else may see yet; are_units says whether units are
 * looked at, which they are with two profiles or more.
 */
bool type_plan_apply(const struct type_plan *plan, struct profile *p, bool are_units, struct error *err);

/* The rows of one source, by what they became; ROW_NONE: not needed so far. */
struct merge_rows {
	str_id *str;
	uint32_t *mapping, *function, *location, *stack, *label_set;
};

/* One sample of a block, see add_block(). */
struct merge_sample {
	uint32_t sample;       /* row in the source */
	uint32_t stack, set;   /* rows in the result */
	uint64_t hash;	       /* of its stack, then of its key */
	size_t frames, n_frame; /* its stack in the frames of the block */
};

enum { MERGE_BLOCK = 32 };

/* A result being made.  Samples with equal keys are one row. */
struct merge_target {
	struct arena home; /* holds this struct */
	struct profile_builder b;
	bool has_header;
	struct row_index mapping, function, location, sample, comment;
	VEC(str_id) comments;

	/* Of the profile that is being added. */
	const struct profile *from;
	struct merge_rows rows;
	struct arena scratch;
	VEC(uint32_t) line_function; /* of one location */
	VEC(struct label) label;     /* of one set */
	struct merge_sample block[MERGE_BLOCK];
	uint32_t n_block;
	VEC(uint32_t) frames; /* location rows of the stacks of one block */
	VEC(int64_t) value;   /* of one sample */
};

/* NULL: no memory. */
struct merge_target *merge_target_new(struct error *err);
void merge_target_free(struct merge_target *t);

/* Header so far: its types are those that further profiles must have. */
static inline struct profile *merge_target_header(struct merge_target *t)
{
	return t->b.p;
}

/* Whether the values of some sample add up to zero. */
bool merge_target_has_zero(const struct merge_target *t);

/* ERR_USAGE when p's types are not exactly those of the first one; ERR_NOMEM, ERR_LIMIT. */
bool merge_target_add(struct merge_target *t, const struct profile *p, struct error *err);

/*
 * The result; frees t.  Samples that add up to zero are still there.  NULL: no memory.
 */
struct profile *merge_target_seal(struct merge_target *t, struct error *err);

#endif
