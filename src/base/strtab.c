/*
 * Interned strings.
 *
 * Lives here: look-up by content through a row index, one layer on top of another.
 */
#include "config.h"

#include "base/strtab.h"

bool strtab_init(struct strtab *t)
{
	*t = (struct strtab){ .text = VEC_INIT };
	row_index_init(&t->index);
	if (vec_push(&t->text, STR_EMPTY) &&
	    row_index_add(&t->index, hash_bytes(t->index.seed, "", 0), 0))
		return true;
	strtab_release(t);
	return false;
}

void strtab_init_above(struct strtab *t, const struct strtab *below)
{
	*t = (struct strtab){ .text = VEC_INIT, .below = below, .n_below = strtab_count(below) };
	row_index_init(&t->index);
}

void strtab_release(struct strtab *t)
{
	vec_release(&t->text);
	row_index_release(&t->index);
}

static str_id find_here(const struct strtab *t, struct str s, uint64_t hash)
{
	uint32_t row;

	for (size_t at = row_index_start(hash);
	     (row = row_index_probe(&t->index, &at, hash)) != ROW_NONE;)
		if (str_eq(t->text.at[row], s))
			return t->n_below + row;
	return STR_ID_NONE;
}

str_id strtab_find(const struct strtab *t, struct str s)
{
	for (; t; t = t->below) {
		str_id id = find_here(t, s, hash_bytes(t->index.seed, s.ptr, s.len));

		if (id != STR_ID_NONE)
			return id;
	}
	return STR_ID_NONE;
}

str_id strtab_add(struct strtab *t, struct arena *arena, struct str s)
{
	uint64_t hash = hash_bytes(t->index.seed, s.ptr, s.len);
	str_id id = find_here(t, s, hash);
	struct str copy;
	uint32_t row;

	if (id == STR_ID_NONE && t->below)
		id = strtab_find(t->below, s);
	if (id != STR_ID_NONE)
		return id;
	copy = arena_str(arena, s);
	if (!copy.ptr || strtab_count(t) == UINT32_MAX - 1)
		return STR_ID_NONE;
	row = (uint32_t)t->text.n;
	if (!vec_push(&t->text, copy))
		return STR_ID_NONE;
	if (!row_index_add(&t->index, hash, row)) {
		t->text.n--;
		return STR_ID_NONE;
	}
	return t->n_below + row;
}
