/*
 * The profile: samples and all that they name.
 *
 * Lives here: the model that every view and report reads, and what can be done with a whole
 * profile: decode, encode, derive, free.
 * Not here: building one row by row (profile/builder.h), report-time changes
 * (profile/transform.h), reading files (load/).
 *
 * A profile is columns: arrays that run in parallel, indexed by 32-bit rows.  Rows of
 * another table are `_row` and may be ROW_NONE where the text says so; ids from the
 * file are `_id`.  Text is an interned row of `strings`.  Identical stacks and
 * identical label sets are stored once.  Nothing changes after a profile is sealed, so
 * that any thread may read it.
 */
#ifndef PROFILE_PROFILE_H
#define PROFILE_PROFILE_H

#include "base/arena.h"
#include "base/cancel.h"
#include "base/feed.h"
#include "base/error.h"
#include "base/strtab.h"

#include <stdbool.h>
#include <stdint.h>

struct value_type {
	str_id type, unit;
};

enum mapping_flag {
	MAPPING_HAS_FUNCTIONS = 1 << 0,
	MAPPING_HAS_FILENAMES = 1 << 1,
	MAPPING_HAS_LINE_NUMBERS = 1 << 2,
	MAPPING_HAS_INLINE_FRAMES = 1 << 3,
};

struct mapping {
	uint64_t id, start, limit, offset;
	str_id filename, build_id;
	uint32_t flags; /* enum mapping_flag */
};

enum label_flag {
	LABEL_IS_NUMERIC = 1 << 0,
	LABEL_HAS_UNIT = 1 << 1, /* the key has a list of units here, this value's may be empty */
};

/* One value of one label.  A key with several values has several, side by side. */
struct label {
	int64_t num;	/* numeric only */
	str_id key;
	str_id text;	/* the value; of a numeric one its unit */
	uint32_t flags; /* enum label_flag */
};

struct profile {
	struct arena arena;
	struct strtab strings;
	/* Columns may belong to this one, which must outlive the profile; NULL: all are own. */
	const struct profile *below;
	const struct cancel *cancel; /* once raised, nobody waits for a change of it; may be NULL */

	struct value_type *sample_type;
	uint32_t n_sample_type;

	struct {
		uint32_t n;
		uint32_t *stack_row;
		uint32_t *label_set_row;
		int64_t **value; /* value[sample type][sample] */
	} sample;

	/* Row 0 is the empty stack.  Leaf first. */
	struct {
		uint32_t n;
		uint32_t *start, *len; /* of each stack in location_row */
		uint32_t *location_row;
	} stack;

	/*
	 * Row 0 is the empty set.  Within a set: string labels first, then numeric ones, each by
	 * key in byte order, the values of a key in file order.
	 */
	struct {
		uint32_t n;
		uint32_t *start, *len; /* of each set in label */
		struct label *label;
	} label_set;

	struct {
		uint32_t n;
		uint64_t *id;
		uint64_t *address;
		uint32_t *mapping_row; /* or ROW_NONE */
		uint32_t *line_start, *n_line; /* in line; innermost inlined frame first */
		uint8_t *is_folded;
	} location;

	struct {
		uint32_t n;
		uint32_t *function_row; /* or ROW_NONE, in a table that is not validated */
		int64_t *line, *column;
	} line;

	struct {
		uint32_t n;
		uint64_t *id;
		str_id *name, *system_name, *filename;
		int64_t *start_line;
	} function;

	struct mapping *mapping;
	uint32_t n_mapping;

	str_id drop_frames, keep_frames; /* regular expressions, or empty */
	int64_t time_nanos, duration_nanos;
	struct value_type period_type;
	int64_t period;
	str_id *comment;
	uint32_t n_comment;
	str_id default_sample_type, doc_url;

	/*
	 * Of a profile from which another one was subtracted: the same, with the samples of both sides
	 * kept apart, those of the other one below zero.  Own; NULL when nobody asked for it, and when
	 * this one has them apart itself.
	 */
	struct profile *apart;
};

/*
 * Decodes an inflated profile.proto (spec/profile.md 1.3-2.2) and validates it (2.3).
 * done(ctx, upto), if not NULL, is told that bytes before `upto` will not be read again.
 * Errors: ERR_UNSUPPORTED with the byte offset: these bytes are no profile.proto;
 * ERR_FORMAT: it is one, and broken, in the reference's whole words ("parsing profile: concatenated
 * profiles detected", "malformed profile: ...");
 * ERR_NOMEM, ERR_LIMIT.  The caller frees the result.
 */
struct profile *profile_decode(struct bytes input, void (*done)(void *ctx, size_t upto), void *ctx,
			       struct error *err);

/*
 * The same for an input that is still being inflated, with the same result; calls feed->more() to the end.
 * without_stacks: locations are checked, but all samples get the empty stack.
 * NULL: something is unusual or wrong, or memory was short: profile_decode() of the whole input tells.
 */
struct profile *profile_decode_ahead(struct feed *feed, bool without_stacks, void (*done)(void *ctx, size_t upto),
				     void *ctx);

/*
 * A profile that shares all columns of `below` and can be changed by profile/transform.h
 * until it is shown to others.  Borrows below.  NULL: no memory.
 */
struct profile *profile_derive(const struct profile *below, struct error *err);

/* Harmless on NULL.  Profiles derived from p must be freed before. */
void profile_free(struct profile *p);

static inline struct str profile_text(const struct profile *p, str_id id)
{
	return strtab_get(&p->strings, id);
}

/* Index of the sample type of that name, or -1. */
int profile_sample_type_find(const struct profile *p, struct str type);

/*
 * has[stack row] for all stacks: whether a location is on it for which is_wanted[location row].  False: no
 * memory.
 */
bool profile_find_stacks(const struct profile *p, const uint8_t *is_wanted, uint8_t *has);

/* Label sets whose string label pprof::base holds "true" (spec/profile.md 4). */
bool profile_label_set_is_diff_base(const struct profile *p, uint32_t label_set_row);

#endif
