/*
 * Building a profile row by row.
 *
 * Lives here: growing tables, with stacks and label sets stored once.
 * Not here: bytes of any format; validation (profile/validate.c).
 */
#ifndef PROFILE_BUILDER_H
#define PROFILE_BUILDER_H

#include "base/hash.h"
#include "base/vec.h"
#include "profile/label_set.h"
#include "profile/profile.h"

#include <stdatomic.h>

/* A sample that is read and has no rows yet. */
struct batch_sample {
	uint64_t stack_hash, set_hash;
	uint32_t n_location, n_label;
};

/* Some of them, one behind the other in each array; apart from any builder, so that a thread may make it. */
struct sample_batch {
	VEC(struct batch_sample) sample;
	VEC(uint32_t) frame;	 /* location rows */
	VEC(struct label) label; /* of each sample as label_set_sort() leaves them */
	VEC(int64_t) value;	 /* for each sample one a sample type */
};

/*
 * Owns everything until profile_builder_seal().  Functions that return a row give
 * ROW_NONE when memory or the number of rows is out; is_full then says which.
 */
struct profile_builder {
	struct profile *p; /* header fields may be set at any time */

	VEC(uint32_t) sample_stack;
	VEC(uint32_t) sample_labels;
	VEC(int64_t) *value; /* one column a sample type */
	uint32_t n_value;

	VEC(uint32_t) stack_start;
	VEC(uint32_t) stack_len;
	VEC(uint32_t) stack_pool;
	struct row_index stack_index;

	VEC(uint32_t) set_start;
	VEC(uint32_t) set_len;
	VEC(struct label) label;
	struct row_index set_index;

	size_t n_expected; /* samples; 0: nobody said */

	VEC(uint64_t) location_id;
	VEC(uint64_t) location_address;
	VEC(uint32_t) location_mapping;
	VEC(uint32_t) location_line;
	VEC(uint32_t) location_n_line;
	VEC(uint8_t) location_folded;

	VEC(uint32_t) line_function;
	VEC(int64_t) line_line;
	VEC(int64_t) line_column;

	VEC(uint64_t) function_id;
	VEC(str_id) function_name;
	VEC(str_id) function_system_name;
	VEC(str_id) function_filename;
	VEC(int64_t) function_start_line;

	VEC(struct mapping) mapping;
	atomic_bool is_full; /* a table has LIMIT_ROWS rows; one thread may add samples while another adds the rest */
};

bool profile_builder_init(struct profile_builder *b, struct error *err);
void profile_builder_release(struct profile_builder *b);

/* Sets err to what a ROW_NONE or false of the functions below meant; returns false. */
bool profile_builder_failed(const struct profile_builder *b, struct error *err);

/* STR_ID_NONE: no memory. */
str_id profile_builder_str(struct profile_builder *b, struct str s);

/* Before the first sample; copies the types.  NULL: they will be put into p->sample_type later. */
bool profile_builder_sample_types(struct profile_builder *b, const struct value_type *type, uint32_t n);

uint32_t profile_builder_mapping(struct profile_builder *b, const struct mapping *m);
uint32_t profile_builder_function(struct profile_builder *b, uint64_t id, str_id name,
				  str_id system_name, str_id filename, int64_t start_line);

/* A location without lines; profile_builder_line() adds lines to the newest one. */
uint32_t profile_builder_location(struct profile_builder *b, uint64_t id, uint32_t mapping_row,
				  uint64_t address, bool is_folded);
bool profile_builder_line(struct profile_builder *b, uint32_t function_row, int64_t line, int64_t column);

/* Says that some n samples with some n_frame frames in all will come; 0: they have no stacks.  False: no memory. */
bool profile_builder_expect(struct profile_builder *b, size_t n, size_t n_frame);
/* The same of locations, with a line each, and functions. */
bool profile_builder_expect_tables(struct profile_builder *b, size_t n_location, size_t n_function);

/*
 * Room for a stack of n location rows, valid until the next call; NULL: no memory.  The
 * caller fills it and calls profile_builder_stack() with the number really used.
 */
uint32_t *profile_builder_stack_room(struct profile_builder *b, size_t n);
/* Row of the stack that stands in the room: an old one when it was there before. */
uint32_t profile_builder_stack(struct profile_builder *b, size_t n);
/*
 * The same in two steps and for stacks elsewhere, so that their hashes can be made ahead of time;
 * the first step has the memory fetched that the second one reads.
 */
uint64_t profile_builder_stack_hash(const struct profile_builder *b, const uint32_t *stack, size_t n);
uint32_t profile_builder_stack_hashed(struct profile_builder *b, const uint32_t *stack, size_t n, uint64_t hash);

/*
 * Row of the set of these n labels, in file order.  Sorts label[] in place into the order of
 * struct profile and completes its unit flags.
 */
uint32_t profile_builder_label_set(struct profile_builder *b, struct label *label, size_t n);

/* Label sets that were sorted without their texts, all of which differ: brings each into the order of struct profile. */
bool profile_builder_sort_sets(struct profile_builder *b);

/* value: one a sample type. */
bool profile_builder_sample(struct profile_builder *b, uint32_t stack_row, uint32_t label_set_row,
			    const int64_t *value);

/*
 * The hashes that a sample of a batch has.  They need nothing of b that changes: other threads may ask
 * while this one adds samples.
 */
static inline uint64_t batch_stack_hash(const struct profile_builder *b, const uint32_t *stack, size_t n)
{
	return hash_rows(b->stack_index.seed, stack, n);
}

static inline uint64_t batch_set_hash(const struct profile_builder *b, const struct label *label, size_t n)
{
	return label_set_hash(b->set_index.seed, label, n);
}

/* Adds the samples of a batch, as profile_builder_stack(), _label_set() and _sample() would. */
bool profile_builder_batch(struct profile_builder *b, const struct sample_batch *batch);

/* The finished profile, and b is released; NULL: no memory. */
struct profile *profile_builder_seal(struct profile_builder *b, struct error *err);

#endif
