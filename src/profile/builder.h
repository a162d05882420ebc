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
#include "profile/profile.h"

/*
 * A stack that waits to be compared with those before it.  The table of stacks of a large
 * profile is in no cache; while some wait, what each will look at is fetched.
 */
struct pending_stack {
	uint64_t hash;
	size_t start; /* in stack_pool */
	uint32_t n, sample_row;
};

enum { PENDING_STACKS = 32 };

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
	struct pending_stack pending[PENDING_STACKS];
	size_t n_pending;
	size_t pool_end; /* of the stacks in stack_pool, those that wait included */

	VEC(uint32_t) set_start;
	VEC(uint32_t) set_len;
	VEC(struct label) label;
	struct row_index set_index;

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
	bool is_full; /* a table has LIMIT_ROWS rows */
};

bool profile_builder_init(struct profile_builder *b, struct error *err);
void profile_builder_release(struct profile_builder *b);

/* Sets err to what a ROW_NONE or false of the functions below meant; returns false. */
bool profile_builder_failed(const struct profile_builder *b, struct error *err);

/* STR_ID_NONE: no memory. */
str_id profile_builder_str(struct profile_builder *b, struct str s);

/* Before the first sample; copies the types. */
bool profile_builder_sample_types(struct profile_builder *b, const struct value_type *type, uint32_t n);

uint32_t profile_builder_mapping(struct profile_builder *b, const struct mapping *m);
uint32_t profile_builder_function(struct profile_builder *b, uint64_t id, str_id name,
				  str_id system_name, str_id filename, int64_t start_line);

/* A location without lines; profile_builder_line() adds lines to the newest one. */
uint32_t profile_builder_location(struct profile_builder *b, uint64_t id, uint32_t mapping_row,
				  uint64_t address, bool is_folded);
bool profile_builder_line(struct profile_builder *b, uint32_t function_row, int64_t line, int64_t column);

/* Says that some n samples with some n_frame frames in all will come.  False: no memory. */
bool profile_builder_expect(struct profile_builder *b, size_t n, size_t n_frame);

/*
 * Room for a stack of n location rows, valid until the next call; NULL: no memory.  The
 * caller fills it and calls profile_builder_stack() with the number really used.
 */
uint32_t *profile_builder_stack_room(struct profile_builder *b, size_t n);
/* Row of the stack that stands in the room: an old one when it was there before. */
uint32_t profile_builder_stack(struct profile_builder *b, size_t n);
/* The same for the sample that was added last, which gets the row some time later. */
bool profile_builder_stack_later(struct profile_builder *b, size_t n);

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

/* value: one a sample type. */
bool profile_builder_sample(struct profile_builder *b, uint32_t stack_row, uint32_t label_set_row,
			    const int64_t *value);

/* The finished profile, and b is released; NULL: no memory. */
struct profile *profile_builder_seal(struct profile_builder *b, struct error *err);

#endif
