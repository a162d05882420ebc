/*
 * Building a profile row by row.
 *
 * Lives here: the growing tables, finding equal stacks and label sets, handing all over.
 */
#include "config.h"

#include "profile/builder.h"

#include "base/arith.h"
#include "base/limits.h"
#include "profile/internal.h"
#include "profile/label_set.h"

#include <string.h>

enum {
	AHEAD = 16,	  /* samples whose places in the tables are fetched before they are looked up */
	SETS_MANY = 4096, /* of labels: when most samples have brought a new one, the others will too */
};

/* Row 0 of stacks and label sets is the empty one. */
static bool add_empty_rows(struct profile_builder *b)
{
	return vec_push(&b->stack_start, 0) && vec_push(&b->stack_len, 0) &&
	       vec_push(&b->set_start, 0) && vec_push(&b->set_len, 0);
}

bool profile_builder_init(struct profile_builder *b, struct error *err)
{
	memset(b, 0, sizeof(*b));
	row_index_init(&b->stack_index);
	row_index_init(&b->set_index);
	b->p = profile_new();
	if (b->p && strtab_init(&b->p->strings) && add_empty_rows(b))
		return true;
	profile_builder_release(b);
	return error_nomem(err, "profile");
}

void profile_builder_release(struct profile_builder *b)
{
	vec_release(&b->sample_stack);
	vec_release(&b->sample_labels);
	for (uint32_t i = 0; i < b->n_value; i++)
		vec_release(&b->value[i]);
	vec_release(&b->stack_start);
	vec_release(&b->stack_len);
	vec_release(&b->stack_pool);
	row_index_release(&b->stack_index);
	vec_release(&b->set_start);
	vec_release(&b->set_len);
	vec_release(&b->label);
	row_index_release(&b->set_index);
	vec_release(&b->location_id);
	vec_release(&b->location_address);
	vec_release(&b->location_mapping);
	vec_release(&b->location_line);
	vec_release(&b->location_n_line);
	vec_release(&b->location_folded);
	vec_release(&b->line_function);
	vec_release(&b->line_line);
	vec_release(&b->line_column);
	vec_release(&b->function_id);
	vec_release(&b->function_name);
	vec_release(&b->function_system_name);
	vec_release(&b->function_filename);
	vec_release(&b->function_start_line);
	vec_release(&b->mapping);
	profile_free(b->p);
	memset(b, 0, sizeof(*b));
}

bool profile_builder_failed(const struct profile_builder *b, struct error *err)
{
	if (b->is_full)
		return error_set(err, ERR_LIMIT, "more than %llu rows in one table",
				 (unsigned long long)LIMIT_ROWS);
	return error_nomem(err, "profile");
}

str_id profile_builder_str(struct profile_builder *b, struct str s)
{
	return strtab_add(&b->p->strings, &b->p->arena, s);
}

bool profile_builder_sample_types(struct profile_builder *b, const struct value_type *type, uint32_t n)
{
	b->p->sample_type = ARENA_ZERO(&b->p->arena, struct value_type, n);
	b->value = arena_alloc_zero(&b->p->arena, n, sizeof(*b->value));
	if (!b->p->sample_type || !b->value)
		return false;
	if (n && type)
		memcpy(b->p->sample_type, type, n * sizeof(*type));
	b->p->n_sample_type = b->n_value = n;
	return true;
}

/* The row that the next item of a table of n gets; ROW_NONE when the table is full. */
static uint32_t next_row(struct profile_builder *b, size_t n)
{
	if (n < LIMIT_ROWS)
		return (uint32_t)n;
	b->is_full = true;
	return ROW_NONE;
}

uint32_t profile_builder_mapping(struct profile_builder *b, const struct mapping *m)
{
	uint32_t row = next_row(b, b->mapping.n);

	return row != ROW_NONE && vec_push(&b->mapping, *m) ? row : ROW_NONE;
}

uint32_t profile_builder_function(struct profile_builder *b, uint64_t id, str_id name,
				  str_id system_name, str_id filename, int64_t start_line)
{
	uint32_t row = next_row(b, b->function_id.n);
	bool ok = row != ROW_NONE && vec_push(&b->function_id, id) &&
		  vec_push(&b->function_name, name) &&
		  vec_push(&b->function_system_name, system_name) &&
		  vec_push(&b->function_filename, filename) &&
		  vec_push(&b->function_start_line, start_line);

	return ok ? row : ROW_NONE;
}

uint32_t profile_builder_location(struct profile_builder *b, uint64_t id, uint32_t mapping_row,
				  uint64_t address, bool is_folded)
{
	uint32_t row = next_row(b, b->location_id.n);
	bool ok = row != ROW_NONE && vec_push(&b->location_id, id) &&
		  vec_push(&b->location_address, address) &&
		  vec_push(&b->location_mapping, mapping_row) &&
		  vec_push(&b->location_line, (uint32_t)b->line_function.n) &&
		  vec_push(&b->location_n_line, 0) && vec_push(&b->location_folded, is_folded);

	return ok ? row : ROW_NONE;
}

bool profile_builder_line(struct profile_builder *b, uint32_t function_row, int64_t line, int64_t column)
{
	if (next_row(b, b->line_function.n) == ROW_NONE || !vec_push(&b->line_function, function_row) ||
	    !vec_push(&b->line_line, line) || !vec_push(&b->line_column, column))
		return false;
	b->location_n_line.at[b->location_n_line.n - 1]++;
	return true;
}

bool profile_builder_expect(struct profile_builder *b, size_t n, size_t n_frame)
{
	b->n_expected = n;
	for (uint32_t i = 0; i < b->n_value; i++)
		if (!vec_reserve(&b->value[i], n))
			return false;
	return vec_reserve(&b->sample_stack, n) && vec_reserve(&b->sample_labels, n) &&
	       vec_reserve_large(&b->stack_pool, n_frame) && (!n_frame || row_index_reserve(&b->stack_index, n));
}

bool profile_builder_expect_tables(struct profile_builder *b, size_t n_location, size_t n_function)
{
	return vec_reserve(&b->location_id, n_location) && vec_reserve(&b->location_address, n_location) &&
	       vec_reserve(&b->location_mapping, n_location) && vec_reserve(&b->location_line, n_location) &&
	       vec_reserve(&b->location_n_line, n_location) && vec_reserve(&b->location_folded, n_location) &&
	       vec_reserve(&b->line_function, n_location) && vec_reserve(&b->line_line, n_location) &&
	       vec_reserve(&b->line_column, n_location) && vec_reserve(&b->function_id, n_function) &&
	       vec_reserve(&b->function_name, n_function) && vec_reserve(&b->function_system_name, n_function) &&
	       vec_reserve(&b->function_filename, n_function) && vec_reserve(&b->function_start_line, n_function);
}

uint32_t *profile_builder_stack_room(struct profile_builder *b, size_t n)
{
	/* Room for one at least: the room of an empty stack is not NULL. */
	return vec_reserve(&b->stack_pool, n + 1) ? b->stack_pool.at + b->stack_pool.n : NULL;
}

static uint32_t find_stack(const struct profile_builder *b, const uint32_t *stack, size_t n, uint64_t hash)
{
	uint32_t row;

	for (size_t at = row_index_start(hash);
	     (row = row_index_probe(&b->stack_index, &at, hash)) != ROW_NONE;)
		if (b->stack_len.at[row] == n &&
		    memcmp(b->stack_pool.at + b->stack_start.at[row], stack, n * sizeof(*stack)) == 0)
			return row;
	return ROW_NONE;
}

/* The stack may stand in the room that profile_builder_stack_room() gave. */
static uint32_t add_stack(struct profile_builder *b, const uint32_t *stack, size_t n, uint64_t hash)
{
	uint32_t row = next_row(b, b->stack_start.n);

	if (row == ROW_NONE || next_row(b, b->stack_pool.n + n) == ROW_NONE || !vec_reserve(&b->stack_pool, n) ||
	    !row_index_add(&b->stack_index, hash, row) ||
	    !vec_push(&b->stack_start, (uint32_t)b->stack_pool.n) || !vec_push(&b->stack_len, (uint32_t)n))
		return ROW_NONE;
	if (stack != b->stack_pool.at + b->stack_pool.n)
		memcpy(b->stack_pool.at + b->stack_pool.n, stack, n * sizeof(*stack));
	b->stack_pool.n += n;
	return row;
}

uint32_t profile_builder_stack(struct profile_builder *b, size_t n)
{
	const uint32_t *stack;

	if (n == 0)
		return 0;
	stack = b->stack_pool.at + b->stack_pool.n;
	return profile_builder_stack_hashed(b, stack, n, batch_stack_hash(b, stack, n));
}

uint64_t profile_builder_stack_hash(const struct profile_builder *b, const uint32_t *stack, size_t n)
{
	uint64_t hash = batch_stack_hash(b, stack, n);

	row_index_prefetch(&b->stack_index, hash);
	return hash;
}

uint32_t profile_builder_stack_hashed(struct profile_builder *b, const uint32_t *stack, size_t n, uint64_t hash)
{
	uint32_t row;

	if (n == 0)
		return 0;
	if (n >= LIMIT_ROWS) {
		b->is_full = true;
		return ROW_NONE;
	}
	row = find_stack(b, stack, n, hash);
	return row != ROW_NONE ? row : add_stack(b, stack, n, hash);
}

static uint32_t find_set(const struct profile_builder *b, const struct label *label, size_t n, uint64_t hash)
{
	uint32_t row;

	for (size_t at = row_index_start(hash);
	     (row = row_index_probe(&b->set_index, &at, hash)) != ROW_NONE;)
		if (b->set_len.at[row] == n && label_set_equal(b->label.at + b->set_start.at[row], label, n))
			return row;
	return ROW_NONE;
}

static uint32_t add_set(struct profile_builder *b, const struct label *label, size_t n, uint64_t hash)
{
	uint32_t row = next_row(b, b->set_start.n);

	/* The first set tells how many labels a sample has.  It is a guess: that there is no such room is no error. */
	if (!b->label.cap && n <= LABELS_FEW)
		(void)vec_reserve_large(&b->label, b->n_expected * n);
	/* A guess as well: it saves placing them again each time that the index grows. */
	if (row == SETS_MANY && b->sample_stack.n < 2 * SETS_MANY)
		(void)row_index_reserve(&b->set_index, b->n_expected);
	if (row == ROW_NONE || next_row(b, b->label.n + n) == ROW_NONE || !vec_reserve(&b->label, n) ||
	    !row_index_add(&b->set_index, hash, row) ||
	    !vec_push(&b->set_start, (uint32_t)b->label.n) || !vec_push(&b->set_len, (uint32_t)n))
		return ROW_NONE;
	memcpy(b->label.at + b->label.n, label, n * sizeof(*label));
	b->label.n += n;
	return row;
}

/* Row of a set that is sorted. */
static uint32_t intern_set(struct profile_builder *b, const struct label *label, size_t n, uint64_t hash)
{
	uint32_t row;

	if (n == 0)
		return 0;
	if (n >= LIMIT_ROWS) {
		b->is_full = true;
		return ROW_NONE;
	}
	row = find_set(b, label, n, hash);
	return row != ROW_NONE ? row : add_set(b, label, n, hash);
}

uint32_t profile_builder_label_set(struct profile_builder *b, struct label *label, size_t n)
{
	/* The room serves as scratch first. */
	if (n > LABELS_FEW && !vec_reserve(&b->label, n))
		return ROW_NONE;
	label_set_sort(b->p, label, n > LABELS_FEW ? b->label.at + b->label.n : NULL, n);
	return intern_set(b, label, n, batch_set_hash(b, label, n));
}

bool profile_builder_sort_sets(struct profile_builder *b)
{
	for (size_t i = 0; i < b->set_start.n; i++) {
		struct label *label = b->label.at + b->set_start.at[i];
		size_t n = b->set_len.at[i];

		if (label_set_is_sorted(b->p, label, n))
			continue;
		/* The room behind all labels serves as scratch. */
		if (n > LABELS_FEW && !vec_reserve(&b->label, n))
			return false;
		label = b->label.at + b->set_start.at[i];
		label_set_sort(b->p, label, n > LABELS_FEW ? b->label.at + b->label.n : NULL, n);
	}
	return true;
}

/* Room for n more samples. */
static bool reserve_samples(struct profile_builder *b, size_t n)
{
	bool ok = n < LIMIT_ROWS && next_row(b, b->sample_stack.n + n) != ROW_NONE && vec_reserve(&b->sample_stack, n) &&
		  vec_reserve(&b->sample_labels, n);

	for (uint32_t i = 0; ok && i < b->n_value; i++)
		ok = vec_reserve(&b->value[i], n);
	return ok;
}

/* There is room. */
static void put_sample(struct profile_builder *b, uint32_t stack_row, uint32_t label_set_row, const int64_t *value)
{
	b->sample_stack.at[b->sample_stack.n++] = stack_row;
	b->sample_labels.at[b->sample_labels.n++] = label_set_row;
	for (uint32_t i = 0; i < b->n_value; i++)
		b->value[i].at[b->value[i].n++] = value[i];
}

bool profile_builder_sample(struct profile_builder *b, uint32_t stack_row, uint32_t label_set_row,
			    const int64_t *value)
{
	if (!reserve_samples(b, 1))
		return false;
	put_sample(b, stack_row, label_set_row, value);
	return true;
}

bool profile_builder_batch(struct profile_builder *b, const struct sample_batch *batch)
{
	const struct batch_sample *sample = batch->sample.at;
	const uint32_t *stack = batch->frame.at;
	const struct label *label = batch->label.at;
	const int64_t *value = batch->value.at;

	if (!reserve_samples(b, batch->sample.n))
		return false;
	for (size_t i = 0; i < batch->sample.n; i++) {
		const struct batch_sample *s = &sample[i];
		const struct batch_sample *ahead = &sample[i + AHEAD < batch->sample.n ? i + AHEAD : i];
		uint32_t stack_row, set_row;

		/* The tables of a large profile are in no cache. */
		row_index_prefetch(&b->stack_index, ahead->stack_hash);
		row_index_prefetch(&b->set_index, ahead->set_hash);
		stack_row = profile_builder_stack_hashed(b, stack, s->n_location, s->stack_hash);
		set_row = intern_set(b, label, s->n_label, s->set_hash);
		if (stack_row == ROW_NONE || set_row == ROW_NONE)
			return false;
		put_sample(b, stack_row, set_row, value);
		stack += s->n_location;
		label += s->n_label;
		value += b->n_value;
	}
	return true;
}

/* Hands a vector to the arena as a column. */
#define TAKE(column, vec) (((column) = vec_into_arena(&(vec), &p->arena)) != NULL)

static bool take_samples(struct profile_builder *b, struct profile *p)
{
	p->sample.n = (uint32_t)b->sample_stack.n;
	p->sample.value = ARENA_ARRAY(&p->arena, int64_t *, b->n_value);
	if (!p->sample.value)
		return false;
	for (uint32_t i = 0; i < b->n_value; i++)
		if (!TAKE(p->sample.value[i], b->value[i]))
			return false;
	p->stack.n = (uint32_t)b->stack_start.n;
	p->label_set.n = (uint32_t)b->set_start.n;
	return TAKE(p->sample.stack_row, b->sample_stack) &&
	       TAKE(p->sample.label_set_row, b->sample_labels) &&
	       TAKE(p->stack.start, b->stack_start) && TAKE(p->stack.len, b->stack_len) &&
	       TAKE(p->stack.location_row, b->stack_pool) &&
	       TAKE(p->label_set.start, b->set_start) && TAKE(p->label_set.len, b->set_len) &&
	       TAKE(p->label_set.label, b->label);
}

static bool take_tables(struct profile_builder *b, struct profile *p)
{
	p->location.n = (uint32_t)b->location_id.n;
	p->line.n = (uint32_t)b->line_function.n;
	p->function.n = (uint32_t)b->function_id.n;
	p->n_mapping = (uint32_t)b->mapping.n;
	return TAKE(p->location.id, b->location_id) &&
	       TAKE(p->location.address, b->location_address) &&
	       TAKE(p->location.mapping_row, b->location_mapping) &&
	       TAKE(p->location.line_start, b->location_line) &&
	       TAKE(p->location.n_line, b->location_n_line) &&
	       TAKE(p->location.is_folded, b->location_folded) &&
	       TAKE(p->line.function_row, b->line_function) && TAKE(p->line.line, b->line_line) &&
	       TAKE(p->line.column, b->line_column) && TAKE(p->function.id, b->function_id) &&
	       TAKE(p->function.name, b->function_name) &&
	       TAKE(p->function.system_name, b->function_system_name) &&
	       TAKE(p->function.filename, b->function_filename) &&
	       TAKE(p->function.start_line, b->function_start_line) &&
	       TAKE(p->mapping, b->mapping);
}

struct profile *profile_builder_seal(struct profile_builder *b, struct error *err)
{
	struct profile *p = b->p;

	row_index_release(&b->stack_index);
	row_index_release(&b->set_index);
	if (take_samples(b, p) && take_tables(b, p)) {
		b->p = NULL;
	} else {
		p = NULL;
		error_nomem(err, "profile");
	}
	profile_builder_release(b);
	return p;
}
