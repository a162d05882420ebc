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

#include <string.h>

enum { LABELS_FEW = 8 }; /* of one sample */

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
	b->p->sample_type = ARENA_ARRAY(&b->p->arena, struct value_type, n);
	b->value = arena_alloc_zero(&b->p->arena, n, sizeof(*b->value));
	if (!b->p->sample_type || !b->value)
		return false;
	if (n)
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
	       vec_reserve_large(&b->stack_pool, n_frame) && row_index_reserve(&b->stack_index, n);
}

uint32_t *profile_builder_stack_room(struct profile_builder *b, size_t n)
{
	size_t used = b->pool_end - b->stack_pool.n, total;

	/* Room for one at least: the room of an empty stack is not NULL. */
	if (!size_add(used, n + 1, &total) || !vec_reserve(&b->stack_pool, total))
		return NULL;
	return b->stack_pool.at + b->pool_end;
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

/* String labels before numeric ones, then keys in byte order. */
static int label_cmp(const struct profile *p, const struct label *a, const struct label *b)
{
	uint32_t an = a->flags & LABEL_IS_NUMERIC, bn = b->flags & LABEL_IS_NUMERIC;

	if (an != bn)
		return an < bn ? -1 : 1;
	return a->key == b->key ? 0 : str_cmp(profile_text(p, a->key), profile_text(p, b->key));
}

/* Stable, for the few labels that a sample usually has. */
static void sort_few_labels(const struct profile *p, struct label *label, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct label l = label[i];
		size_t k = i;

		for (; k > 0 && label_cmp(p, &l, &label[k - 1]) < 0; k--)
			label[k] = label[k - 1];
		label[k] = l;
	}
}

/* Stable merge sort from `from`[lo..hi) with scratch; a sample may carry any number of labels. */
static void sort_labels(const struct profile *p, struct label *label, struct label *scratch, size_t n)
{
	for (size_t width = 1; width < n; width *= 2) {
		for (size_t lo = 0; lo < n; lo += 2 * width) {
			size_t mid = lo + width < n ? lo + width : n, hi = mid + width < n ? mid + width : n;
			size_t i = lo, j = mid, k = lo;

			while (i < mid && j < hi)
				scratch[k++] = label_cmp(p, &label[j], &label[i]) < 0 ? label[j++] : label[i++];
			while (i < mid)
				scratch[k++] = label[i++];
			while (j < hi)
				scratch[k++] = label[j++];
		}
		memcpy(label, scratch, n * sizeof(*label));
	}
}

/* A key with a unit on one value has a list of units for all (spec/profile.md 2.2). */
static void complete_units(struct label *label, size_t n)
{
	for (size_t i = 0, end; i < n; i = end) {
		uint32_t flags = label[i].flags;

		for (end = i + 1; end < n && label[end].key == label[i].key &&
				  !((label[end].flags ^ label[i].flags) & LABEL_IS_NUMERIC); end++)
			flags |= label[end].flags;
		for (size_t k = i; k < end; k++)
			label[k].flags = flags;
	}
}

static uint64_t hash_labels(uint64_t h, const struct label *label, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		h = hash_mix(h, (uint64_t)label[i].key << 32 | label[i].text);
		h = hash_mix(h, (uint64_t)label[i].num);
		h = hash_mix(h, label[i].flags);
	}
	return h;
}

static bool labels_equal(const struct label *a, const struct label *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (a[i].key != b[i].key || a[i].text != b[i].text || a[i].num != b[i].num ||
		    a[i].flags != b[i].flags)
			return false;
	return true;
}

/* Makes a row of a stack that stands somewhere behind the table, and moves it to its end. */
static uint32_t add_stack(struct profile_builder *b, size_t start, size_t n, uint64_t hash)
{
	uint32_t row = next_row(b, b->stack_start.n);

	if (row == ROW_NONE || next_row(b, b->stack_pool.n + n) == ROW_NONE ||
	    !row_index_add(&b->stack_index, hash, row) ||
	    !vec_push(&b->stack_start, (uint32_t)b->stack_pool.n) || !vec_push(&b->stack_len, (uint32_t)n))
		return ROW_NONE;
	if (start != b->stack_pool.n)
		memmove(b->stack_pool.at + b->stack_pool.n, b->stack_pool.at + start,
			n * sizeof(*b->stack_pool.at));
	b->stack_pool.n += n;
	return row;
}

/* Row of a stack that stands somewhere behind the table. */
static uint32_t intern_stack(struct profile_builder *b, size_t start, size_t n, uint64_t hash)
{
	uint32_t row = find_stack(b, b->stack_pool.at + start, n, hash);

	return row != ROW_NONE ? row : add_stack(b, start, n, hash);
}

/* The same of a set of labels. */
static uint32_t intern_set(struct profile_builder *b, size_t start, size_t n, uint64_t hash)
{
	uint32_t row;

	for (size_t at = row_index_start(hash);
	     (row = row_index_probe(&b->set_index, &at, hash)) != ROW_NONE;)
		if (b->set_len.at[row] == n &&
		    labels_equal(b->label.at + b->set_start.at[row], b->label.at + start, n))
			return row;
	row = next_row(b, b->set_start.n);
	if (row == ROW_NONE || next_row(b, b->label.n + n) == ROW_NONE ||
	    !row_index_add(&b->set_index, hash, row) ||
	    !vec_push(&b->set_start, (uint32_t)b->label.n) || !vec_push(&b->set_len, (uint32_t)n))
		return ROW_NONE;
	if (start != b->label.n)
		memmove(b->label.at + b->label.n, b->label.at + start, n * sizeof(*b->label.at));
	b->label.n += n;
	return row;
}

static bool settle_pending(struct profile_builder *b)
{
	for (size_t i = 0; i < b->n_pending; i++) {
		const struct pending_sample *s = &b->pending[i];
		uint32_t stack = 0, set = 0;

		if (s->n_location)
			stack = intern_stack(b, s->stack_start, s->n_location, s->stack_hash);
		if (s->n_label)
			set = intern_set(b, s->set_start, s->n_label, s->set_hash);
		if (stack == ROW_NONE || set == ROW_NONE)
			return false;
		b->sample_stack.at[s->row] = stack;
		b->sample_labels.at[s->row] = set;
	}
	b->n_pending = 0;
	b->pool_end = b->stack_pool.n;
	b->label_end = b->label.n;
	return true;
}

uint32_t profile_builder_stack(struct profile_builder *b, size_t n)
{
	size_t start = b->pool_end;
	uint32_t row;

	if (n == 0)
		return 0;
	if (n >= LIMIT_ROWS || !settle_pending(b))
		return ROW_NONE;
	row = intern_stack(b, start, n, hash_rows(b->stack_index.seed, b->stack_pool.at + start, n));
	b->pool_end = b->stack_pool.n;
	return row;
}

uint64_t profile_builder_stack_hash(const struct profile_builder *b, const uint32_t *stack, size_t n)
{
	uint64_t hash = hash_rows(b->stack_index.seed, stack, n);

	row_index_prefetch(&b->stack_index, hash);
	return hash;
}

uint32_t profile_builder_stack_hashed(struct profile_builder *b, const uint32_t *stack, size_t n, uint64_t hash)
{
	uint32_t row, *room;

	if (n == 0)
		return 0;
	if (n >= LIMIT_ROWS || !settle_pending(b))
		return ROW_NONE;
	row = find_stack(b, stack, n, hash);
	if (row != ROW_NONE)
		return row;
	room = profile_builder_stack_room(b, n);
	if (!room)
		return ROW_NONE;
	memcpy(room, stack, n * sizeof(*room));
	row = add_stack(b, b->pool_end, n, hash);
	b->pool_end = b->stack_pool.n;
	return row;
}

/* Copies a set of labels behind the table, in the order of struct profile. */
static bool append_labels(struct profile_builder *b, struct label *label, size_t n, uint64_t *hash)
{
	size_t used = b->label_end - b->label.n, total;

	/* The first set tells how many labels a sample has.  It is a guess: that there is no such room is no error. */
	if (!b->label.cap && n <= LABELS_FEW)
		(void)vec_reserve_large(&b->label, b->n_expected * n);
	/* The room serves as scratch first. */
	if (!size_add(used, n, &total) || !vec_reserve(&b->label, total))
		return false;
	if (n <= LABELS_FEW)
		sort_few_labels(b->p, label, n);
	else
		sort_labels(b->p, label, b->label.at + b->label_end, n);
	complete_units(label, n);
	memcpy(b->label.at + b->label_end, label, n * sizeof(*label));
	b->label_end += n;
	*hash = hash_labels(b->set_index.seed, label, n);
	return true;
}

uint32_t profile_builder_label_set(struct profile_builder *b, struct label *label, size_t n)
{
	uint64_t hash;
	uint32_t row;

	if (n == 0)
		return 0;
	if (!settle_pending(b) || !append_labels(b, label, n, &hash))
		return ROW_NONE;
	row = intern_set(b, b->label.n, n, hash);
	b->label_end = b->label.n;
	return row;
}

bool profile_builder_sample(struct profile_builder *b, uint32_t stack_row, uint32_t label_set_row,
			    const int64_t *value)
{
	if (next_row(b, b->sample_stack.n) == ROW_NONE || !vec_push(&b->sample_stack, stack_row) ||
	    !vec_push(&b->sample_labels, label_set_row))
		return false;
	for (uint32_t i = 0; i < b->n_value; i++)
		if (!vec_push(&b->value[i], value[i]))
			return false;
	return true;
}

bool profile_builder_add(struct profile_builder *b, size_t n_location, struct label *label, size_t n_label,
			 const int64_t *value)
{
	struct pending_sample *s = &b->pending[b->n_pending];

	if (n_location >= LIMIT_ROWS || n_label >= LIMIT_ROWS) {
		b->is_full = true;
		return false;
	}
	*s = (struct pending_sample){ .row = (uint32_t)b->sample_stack.n, .n_location = (uint32_t)n_location,
				      .n_label = (uint32_t)n_label, .stack_start = b->pool_end,
				      .set_start = b->label_end };
	if (!profile_builder_sample(b, 0, 0, value) ||
	    (n_label && !append_labels(b, label, n_label, &s->set_hash)))
		return false;
	if (n_label)
		row_index_prefetch(&b->set_index, s->set_hash);
	if (n_location)
		s->stack_hash = profile_builder_stack_hash(b, b->stack_pool.at + b->pool_end, n_location);
	b->pool_end += n_location;
	b->n_pending++;
	return b->n_pending < PENDING_SAMPLES || settle_pending(b);
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
	bool ok = settle_pending(b);

	row_index_release(&b->stack_index);
	row_index_release(&b->set_index);
	if (ok && take_samples(b, p) && take_tables(b, p)) {
		b->p = NULL;
	} else {
		p = NULL;
		error_nomem(err, "profile");
	}
	profile_builder_release(b);
	return p;
}
