/*
 * Decoding profile.proto: what its files share.
 *
 * Lives here: the state of one decoding.
 */
#ifndef PROFILE_DECODE_H
#define PROFILE_DECODE_H

#include "base/cursor.h"
#include "base/feed.h"
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

/*
 * Samples that are read before the tables they name: one thread walks over what comes and reads the tables, while another
 * adds samples.  Until both have ended, a location row of a stack is a location id - 1, and a text of a label an index
 * into string_table.
 */
struct decode_ahead {
	struct feed *feed;
	bool without_stacks; /* nobody wants them */

	/* By the thread that walks. */
	atomic_bool is_walked;	   /* there are no more parts */
	atomic_size_t table_begin; /* first byte of any other table; SIZE_MAX: there is none yet */
	bool is_good;		   /* in the end: all that it read is */
	struct error err;

	/* By the thread that adds. */
	atomic_bool is_given_up;
	uint32_t row_end, text_end; /* rows in stacks, and texts of labels, are below */
};

struct decoder {
	struct profile_builder b;
	struct arena scratch;			 /* of one protobuf-c message */
	bool is_scratch_short;			 /* some of it could not be had */
	VEC(str_id) string;			 /* interned row of each string_table entry */
	const uint8_t *start;			 /* of the input */
	size_t n_row[FIELD_FUNCTION + 1];	 /* messages of each table */
	VEC(size_t) part;			 /* part i of the samples goes from byte part[i] to part[i + 1]; does not move */
	atomic_size_t n_part;			 /* that have an end; threads may read them while more are found */
	struct cursor span[FIELD_FUNCTION + 1];	 /* from the first to the last message of a table */
	struct value_type_index period_type;	 /* the last one */
	VEC(struct value_type_index) sample_type;
	VEC(uint64_t) comment;			 /* string indexes */
	uint64_t drop_frames, keep_frames, default_sample_type, doc_url; /* string indexes */
	VEC(uint64_t) mapping_id;
	struct id_map mapping_row, function_row, location_row;
	uint32_t n_value;			 /* that a sample must have */
	struct error invalid;			 /* first broken rule about samples; reported last */
	struct decode_ahead *ahead;		 /* NULL: what samples name is there */
	void (*done)(void *ctx, size_t upto);	 /* may be NULL; see profile_decode() */
	void *done_ctx;
};

/* Row of string_table[index]; ERR_UNSUPPORTED outside of it. */
static inline bool decode_str(const struct decoder *d, uint64_t index, str_id *id, struct error *err)
{
	if (index >= d->string.n)
		return error_set(err, ERR_UNSUPPORTED, "string %" PRId64 " of a table of %zu", (int64_t)index,
				 d->string.n);
	*id = d->string.at[index];
	return true;
}

bool decode_function(struct decoder *d, struct cursor c, struct error *err);
bool decode_location(struct decoder *d, struct cursor c, struct error *err);

/* Room to walk over so many bytes. */
bool decode_begin(struct decoder *d, size_t n_byte_max, struct error *err);

/*
 * The first walk, from c->at on: strings, header and sample types are read, the tables and parts noted.  Ends at the end
 * or before a field that it cannot read, which says why and may only not be there to its end.  False: what could be
 * read is no profile.
 */
bool decode_walk(struct decoder *d, struct cursor *c, struct error *err);

/* Once it has come to the end. */
void decode_end_parts(struct decoder *d);

/* All that for d->ahead, and then the tables; for a thread of its own. */
void decode_walk_ahead(struct decoder *d);

/* After the walk: mappings, functions, locations, and the types of samples. */
bool decode_tables(struct decoder *d, struct error *err);

/* Then what stands once. */
bool decode_header(struct decoder *d, struct error *err);

/* All samples, in between.  A broken rule of validity goes to d->invalid. */
bool decode_samples(struct decoder *d, struct error *err);

/* The profile, sealed and validated; d still has to be released. */
struct profile *decode_seal(struct decoder *d, struct error *err);

void decode_release(struct decoder *d);

#endif
