/*
 * Frames made of labels: tagroot and tagleaf.
 *
 * Lives here: new functions and locations named by label values, and the longer stacks (spec/profile.md
 * 8.9).
 * Not here: how values with units are written (measure/).
 *
 *	labels of the sample      key1=a key2=b   tagroot=key1 tagleaf=key2
 *	its stack, leaf first     f g             becomes    b f g a
 */
#include "config.h"

#include "base/limits.h"
#include "measure/measure.h"
#include "profile/internal.h"
#include "profile/transform.h"

#include <string.h>

/* One new function with its one location. */
struct tag_frame {
	str_id text, key;
};

struct tag_framing {
	struct profile *p;
	struct arena scratch;
	struct str unit;
	str_id *key; /* leaf keys last first, then root keys last first: as they stand in a stack */
	uint32_t n_leaf, n_root;

	VEC(struct tag_frame) frame;
	struct row_index frame_index;

	/* Sets that give the same frames are one group. */
	VEC(uint32_t) group; /* n_leaf + n_root location rows each */
	uint32_t n_group;
	struct row_index group_index;
	uint32_t *group_of; /* by label set; ROW_NONE: not looked at yet */

	/* The new stacks: an old one with a group. */
	VEC(uint32_t) start;
	VEC(uint32_t) len;
	VEC(uint32_t) pool;
	VEC(uint64_t) made_of; /* old stack << 32 | group */
	struct row_index stack_index;

	VEC(char) text;
	unsigned matched;
};

/* ---- lists of keys ---- */

static bool next_item(struct str *list, struct str *item)
{
	while (list->len) {
		str_cut(*list, ',', item, list);
		if (item->len)
			return true;
	}
	return false;
}

static uint32_t count_items(struct str list)
{
	struct str item;
	uint32_t n = 0;

	while (next_item(&list, &item))
		n++;
	return n;
}

/* Interned, the last item first. */
static bool put_keys(struct tag_framing *t, struct str list, str_id *to, uint32_t n)
{
	struct str item;

	while (next_item(&list, &item)) {
		to[--n] = strtab_add(&t->p->strings, &t->p->arena, item);
		if (to[n] == STR_ID_NONE)
			return false;
	}
	return true;
}

/* ---- frames ---- */

static bool put_text(struct tag_framing *t, struct str s)
{
	if (!vec_reserve(&t->text, s.len))
		return false;
	if (s.len)
		memcpy(t->text.at + t->text.n, s.ptr, s.len);
	t->text.n += s.len;
	return true;
}

static bool put_number(struct tag_framing *t, const struct label *l)
{
	bool has_unit = l->flags & LABEL_HAS_UNIT;
	struct measure_scaler s;
	struct measure_label m;

	/* Without a unit too the value goes through a double, as the reference's does. */
	measure_scaler_init(&s, has_unit ? profile_text(t->p, l->text) : STR_EMPTY, has_unit ? t->unit : STR_EMPTY);
	measure_label_with(&s, l->num, &m);
	return put_text(t, measure_label_number(&m)) && put_text(t, m.unit);
}

/* All values of key in the set, joined by commas, in t->text; *any: there was one. */
static bool format_values(struct tag_framing *t, uint32_t set, str_id key, bool *any)
{
	const struct label *label = t->p->label_set.label + t->p->label_set.start[set];

	t->text.n = 0;
	*any = false;
	for (uint32_t i = 0; i < t->p->label_set.len[set]; i++) {
		if (label[i].key != key)
			continue;
		if (*any && !put_text(t, STR(",")))
			return false;
		*any = true;
		if (!(label[i].flags & LABEL_IS_NUMERIC ? put_number(t, &label[i])
							: put_text(t, profile_text(t->p, label[i].text))))
			return false;
	}
	return true;
}

/* The location of the frame with that text; ROW_NONE: no memory. */
static uint32_t frame_location(struct tag_framing *t, str_id text, str_id key)
{
	uint64_t hash = hash_mix(t->frame_index.seed, (uint64_t)text << 32 | key);
	struct tag_frame f = { .text = text, .key = key };
	uint32_t row;

	for (size_t at = row_index_start(hash); (row = row_index_probe(&t->frame_index, &at, hash)) != ROW_NONE;)
		if (t->frame.at[row].text == text && t->frame.at[row].key == key)
			return t->p->location.n + row;
	row = (uint32_t)t->frame.n;
	if ((uint64_t)row + t->p->location.n + t->p->function.n + t->p->line.n >= LIMIT_ROWS ||
	    !row_index_add(&t->frame_index, hash, row) || !vec_push(&t->frame, f))
		return ROW_NONE;
	return t->p->location.n + row;
}

/* Frames of keys [from, upto) into the new group; ids are given in this order. */
static bool make_frames(struct tag_framing *t, uint32_t set, uint32_t from, uint32_t upto, uint32_t *group,
			unsigned match)
{
	for (uint32_t i = from; i < upto; i++) {
		bool any;
		str_id text;

		if (!format_values(t, set, t->key[i], &any))
			return false;
		text = strtab_add(&t->p->strings, &t->p->arena, (struct str){ t->text.at, t->text.n });
		if (text == STR_ID_NONE)
			return false;
		group[i] = frame_location(t, text, t->key[i]);
		if (group[i] == ROW_NONE)
			return false;
		if (any)
			t->matched |= match;
	}
	return true;
}

/* Group of a label set; ROW_NONE: no memory. */
static uint32_t group_of_set(struct tag_framing *t, uint32_t set)
{
	uint32_t n = t->n_leaf + t->n_root, row, *group;
	uint64_t hash;

	if (!vec_reserve(&t->group, n))
		return ROW_NONE;
	group = t->group.at + t->group.n;
	if (!make_frames(t, set, t->n_leaf, n, group, MATCH_TAGROOT) ||
	    !make_frames(t, set, 0, t->n_leaf, group, MATCH_TAGLEAF))
		return ROW_NONE;
	hash = hash_rows(t->group_index.seed, group, n);
	for (size_t at = row_index_start(hash); (row = row_index_probe(&t->group_index, &at, hash)) != ROW_NONE;)
		if (memcmp(t->group.at + (size_t)row * n, group, n * sizeof(*group)) == 0)
			return row;
	if (!row_index_add(&t->group_index, hash, t->n_group))
		return ROW_NONE;
	t->group.n += n;
	return t->n_group++;
}

/* ---- stacks ---- */

/* The row of an old stack with a group around it; ROW_NONE: no memory, or too many rows. */
static uint32_t stack_with(struct tag_framing *t, uint32_t stack, uint32_t group)
{
	uint64_t made_of = (uint64_t)stack << 32 | group;
	uint64_t hash = hash_mix(t->stack_index.seed, made_of);
	const uint32_t *frame = t->group.at + (size_t)group * (t->n_leaf + t->n_root);
	uint32_t old = t->p->stack.len[stack], row, *to;
	size_t n = (size_t)old + t->n_leaf + t->n_root;

	for (size_t at = row_index_start(hash); (row = row_index_probe(&t->stack_index, &at, hash)) != ROW_NONE;)
		if (t->made_of.at[row] == made_of)
			return row;
	row = (uint32_t)t->made_of.n;
	if (t->pool.n + n >= LIMIT_ROWS || !vec_reserve(&t->pool, n) ||
	    !row_index_add(&t->stack_index, hash, row) || !vec_push(&t->made_of, made_of) ||
	    !vec_push(&t->start, (uint32_t)t->pool.n) || !vec_push(&t->len, (uint32_t)n))
		return ROW_NONE;
	to = t->pool.at + t->pool.n;
	memcpy(to, frame, t->n_leaf * sizeof(*to));
	if (old)
		memcpy(to + t->n_leaf, t->p->stack.location_row + t->p->stack.start[stack], old * sizeof(*to));
	memcpy(to + t->n_leaf + old, frame + t->n_leaf, t->n_root * sizeof(*to));
	t->pool.n += n;
	return row;
}

/* Row 0 of the new stacks is the empty one, which no sample has now. */
static bool make_stacks(struct tag_framing *t, uint32_t *stack_row)
{
	const struct profile *p = t->p;
	size_t room = (size_t)p->stack.n * (t->n_leaf + t->n_root); /* about: stacks may double or go */

	for (uint32_t i = 0; i < p->stack.n; i++)
		room += p->stack.len[i];
	if (!vec_reserve_large(&t->pool, room) || !vec_push(&t->made_of, UINT64_MAX) || !vec_push(&t->start, 0) ||
	    !vec_push(&t->len, 0))
		return false;
	for (uint32_t i = 0; i < p->sample.n; i++) {
		uint32_t set = p->sample.label_set_row[i];

		if (t->group_of[set] == ROW_NONE)
			t->group_of[set] = group_of_set(t, set);
		if (t->group_of[set] == ROW_NONE)
			return false;
		stack_row[i] = stack_with(t, p->sample.stack_row[i], t->group_of[set]);
		if (stack_row[i] == ROW_NONE)
			return false;
	}
	return true;
}

/* ---- tables ---- */

static uint64_t largest_id(const uint64_t *id, uint32_t n)
{
	uint64_t largest = 0;

	for (uint32_t i = 0; i < n; i++)
		if (id[i] > largest)
			largest = id[i];
	return largest;
}

/* A longer copy of a column; what follows the old items is zero. */
#define EXTEND(p, column, n, extra)                                                            \
	(((p)->column = extended(&(p)->arena, (p)->column, (n), (extra), sizeof(*(p)->column))) != NULL)

static void *extended(struct arena *a, const void *column, size_t n, size_t extra, size_t size)
{
	char *to = arena_alloc_zero(a, n + extra, size);

	if (to && n)
		memcpy(to, column, n * size);
	return to;
}

static bool add_functions(struct tag_framing *t)
{
	struct profile *p = t->p;
	uint32_t n = p->function.n, extra = (uint32_t)t->frame.n;
	uint64_t id = largest_id(p->function.id, n);

	if (!EXTEND(p, function.id, n, extra) || !EXTEND(p, function.name, n, extra) ||
	    !EXTEND(p, function.system_name, n, extra) || !EXTEND(p, function.filename, n, extra) ||
	    !EXTEND(p, function.start_line, n, extra))
		return false;
	for (uint32_t i = 0; i < extra; i++) {
		p->function.id[n + i] = id + i + 1;
		p->function.name[n + i] = t->frame.at[i].text;
		p->function.filename[n + i] = t->frame.at[i].key;
	}
	p->function.n += extra;
	return true;
}

/* After add_functions(). */
static bool add_locations(struct tag_framing *t)
{
	struct profile *p = t->p;
	uint32_t n = p->location.n, n_line = p->line.n, extra = (uint32_t)t->frame.n;
	uint64_t id = largest_id(p->location.id, n);

	if (!EXTEND(p, location.id, n, extra) || !EXTEND(p, location.address, n, extra) ||
	    !EXTEND(p, location.mapping_row, n, extra) || !EXTEND(p, location.line_start, n, extra) ||
	    !EXTEND(p, location.n_line, n, extra) || !EXTEND(p, location.is_folded, n, extra) ||
	    !EXTEND(p, line.function_row, n_line, extra) || !EXTEND(p, line.line, n_line, extra) ||
	    !EXTEND(p, line.column, n_line, extra))
		return false;
	for (uint32_t i = 0; i < extra; i++) {
		p->location.id[n + i] = id + i + 1;
		p->location.mapping_row[n + i] = ROW_NONE;
		p->location.line_start[n + i] = n_line + i;
		p->location.n_line[n + i] = 1;
		p->line.function_row[n_line + i] = p->function.n - extra + i;
	}
	p->location.n += extra;
	p->line.n += extra;
	return true;
}

static bool take_stacks(struct tag_framing *t, uint32_t *stack_row)
{
	struct profile *p = t->p;

	p->sample.stack_row = stack_row;
	p->stack.n = (uint32_t)t->start.n;
	p->stack.start = vec_into_arena(&t->start, &p->arena);
	p->stack.len = vec_into_arena(&t->len, &p->arena);
	p->stack.location_row = vec_into_arena(&t->pool, &p->arena);
	return p->stack.start && p->stack.len && p->stack.location_row;
}

static bool add_tag_frames(struct tag_framing *t, struct str root, struct str leaf)
{
	struct profile *p = t->p;
	uint32_t *stack_row = ARENA_ARRAY(&p->arena, uint32_t, p->sample.n);

	t->key = ARENA_ARRAY(&t->scratch, str_id, (size_t)t->n_leaf + t->n_root);
	t->group_of = ARENA_ARRAY(&t->scratch, uint32_t, p->label_set.n);
	if (!stack_row || !t->key || !t->group_of)
		return false;
	memset(t->group_of, 0xff, p->label_set.n * sizeof(*t->group_of));
	return put_keys(t, leaf, t->key, t->n_leaf) && put_keys(t, root, t->key + t->n_leaf, t->n_root) &&
	       make_stacks(t, stack_row) && add_functions(t) && add_locations(t) && take_stacks(t, stack_row);
}

static void release(struct tag_framing *t)
{
	vec_release(&t->frame);
	row_index_release(&t->frame_index);
	vec_release(&t->group);
	row_index_release(&t->group_index);
	vec_release(&t->start);
	vec_release(&t->len);
	vec_release(&t->pool);
	vec_release(&t->made_of);
	row_index_release(&t->stack_index);
	vec_release(&t->text);
	arena_release(&t->scratch);
}

bool profile_add_tag_frames(struct profile *p, struct str root, struct str leaf, struct str unit,
			    unsigned *matched, struct error *err)
{
	struct tag_framing t = { .p = p, .unit = unit };
	bool ok;

	t.n_leaf = count_items(leaf);
	t.n_root = count_items(root);
	if (t.n_leaf + t.n_root == 0)
		return true;
	row_index_init(&t.frame_index);
	row_index_init(&t.group_index);
	row_index_init(&t.stack_index);
	ok = add_tag_frames(&t, root, leaf);
	*matched |= t.matched;
	release(&t);
	return ok || error_nomem(err, "frames of labels");
}
