/*
 * Decoding profile.proto: what its files share.
 *
 * Lives here: the state of one decoding.
 */
#ifndef PROFILE_DECODE_H
#define PROFILE_DECODE_H

#include "base/cursor.h"
#include "profile/builder.h"

#include <inttypes.h>

/* Field numbers of the outer message (spec/profile.md 1.4). */
enum profile_field {
	FIELD_SAMPLE_TYPE = 1,
	FIELD_SAMPLE = 2,
	FIELD_MAPPING = 3,
	FIELD_LOCATION = 4,
	FIELD_FUNCTION = 5,
	FIELD_STRING = 6,
	FIELD_DROP_FRAMES = 7,
	FIELD_KEEP_FRAMES = 8,
	FIELD_TIME_NANOS = 9,
	FIELD_DURATION_NANOS = 10,
	FIELD_PERIOD_TYPE = 11,
	FIELD_PERIOD = 12,
	FIELD_COMMENT = 13,
	FIELD_DEFAULT_SAMPLE_TYPE = 14,
	FIELD_DOC_URL = 15,
};

/* A ValueType by its string indexes. */
struct value_type_index {
	uint64_t type, unit;
};

struct decoder {
	struct profile_builder b;
	struct arena scratch;			 /* of one protobuf-c message */
	bool is_scratch_short;			 /* some of it could not be had */
	VEC(str_id) string;			 /* interned row of each string_table entry */
	size_t n_sample;
	VEC(size_t) sample_part;		 /* where all parts of the samples begin but the first */
	struct cursor span[FIELD_FUNCTION + 1];	 /* from the first to the last message of a table */
	struct value_type_index period_type;	 /* the last one */
	VEC(struct value_type_index) sample_type;
	VEC(uint64_t) comment;			 /* string indexes */
	uint64_t drop_frames, keep_frames, default_sample_type, doc_url; /* string indexes */
	VEC(uint64_t) mapping_id;
	struct id_map mapping_row, function_row, location_row;
	struct error invalid;			 /* first broken rule about samples; reported last */
	void (*done)(void *ctx, size_t upto);	 /* see profile_decode() */
	void *done_ctx;
};

/* Reads one message; ERR_UNSUPPORTED when it is none. */
typedef bool decode_message(struct decoder *d, struct cursor c, struct error *err);

/* Calls one() for each message of the table `number`. */
bool decode_each(struct decoder *d, enum profile_field number, decode_message *one, struct error *err);

/* Row of string_table[index]; ERR_UNSUPPORTED outside of it. */
static inline bool decode_str(const struct decoder *d, uint64_t index, str_id *id, struct error *err)
{
	if (index >= d->string.n)
		return error_set(err, ERR_UNSUPPORTED, "string %" PRId64 " of a table of %zu", (int64_t)index,
				 d->string.n);
	*id = d->string.at[index];
	return true;
}

bool decode_location(struct decoder *d, struct cursor c, struct error *err);

/* All samples.  A broken rule of validity goes to d->invalid. */
bool decode_samples(struct decoder *d, struct error *err);

#endif
