/*
 * Units of numeric labels.
 *
 * Lives here: the walk over all labels of all samples, each label set once.
 */
#include "config.h"

#include "profile/label_units.h"

#include "base/sort.h"
#include "base/vec.h"

/* A unit that is not the one of its key. */
struct other_unit {
	str_id key, unit;
};

struct unit_walk {
	const struct profile *p;
	struct label_units *u;
	struct arena scratch;
	str_id *first; /* by key: its unit; 0: none yet */
	VEC(struct other_unit) other;
	struct row_index index;
};

static bool add_other(struct unit_walk *w, const struct label *l)
{
	uint64_t hash = hash_mix(w->index.seed, (uint64_t)l->key << 32 | l->text);
	struct other_unit other = { l->key, l->text };
	uint32_t row;

	for (size_t at = row_index_start(hash); (row = row_index_probe(&w->index, &at, hash)) != ROW_NONE;)
		if (w->other.at[row].key == l->key && w->other.at[row].unit == l->text)
			return true;
	return row_index_add(&w->index, hash, (uint32_t)w->other.n) && vec_push(&w->other, other);
}

static struct str default_unit(struct str key)
{
	bool is_size = str_eq(key, STR("alignment")) || str_eq(key, STR("request"));

	return is_size ? STR("bytes") : key;
}

static bool take_set(struct unit_walk *w, uint32_t set)
{
	const struct label *label = w->p->label_set.label + w->p->label_set.start[set];

	for (uint32_t i = 0; i < w->p->label_set.len[set]; i++) {
		const struct label *l = &label[i];

		if (!(l->flags & LABEL_IS_NUMERIC))
			continue;
		if (!w->u->unit[l->key].ptr)
			w->u->unit[l->key] = default_unit(profile_text(w->p, l->key));
		if (l->text == 0 || l->text == w->first[l->key])
			continue;
		if (w->first[l->key] == 0) {
			w->first[l->key] = l->text;
			w->u->unit[l->key] = profile_text(w->p, l->text);
		} else if (!add_other(w, l)) {
			return false;
		}
	}
	return true;
}

/* The first unit is that of the first sample, so sets are taken in the order of the samples. */
static bool walk(struct unit_walk *w)
{
	const struct profile *p = w->p;
	uint8_t *is_done = ARENA_ZERO(&w->scratch, uint8_t, p->label_set.n);

	for (uint32_t i = 0; is_done && i < p->sample.n; i++) {
		uint32_t set = p->sample.label_set_row[i];

		if (is_done[set])
			continue;
		is_done[set] = 1;
		if (!take_set(w, set))
			return false;
	}
	return is_done != NULL;
}

static int other_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct unit_walk *w = ctx;
	const struct other_unit *x = &w->other.at[a], *y = &w->other.at[b];

	if (x->key != y->key)
		return str_cmp(profile_text(w->p, x->key), profile_text(w->p, y->key));
	return str_cmp(profile_text(w->p, x->unit), profile_text(w->p, y->unit));
}

static bool list_conflicts(struct unit_walk *w, struct arena *arena)
{
	size_t n = w->other.n;
	uint32_t *row = ARENA_ARRAY(&w->scratch, uint32_t, n);
	str_id *unit = ARENA_ARRAY(arena, str_id, n);
	struct label_conflict *c = ARENA_ARRAY(arena, struct label_conflict, n);

	if (!row || !unit || !c)
		return false;
	for (size_t i = 0; i < n; i++)
		row[i] = (uint32_t)i;
	if (!sort_stable(row, n, other_cmp, w))
		return false;
	w->u->conflict = c;
	for (size_t i = 0; i < n; i++) {
		const struct other_unit *other = &w->other.at[row[i]];

		unit[i] = other->unit;
		if (i == 0 || c[w->u->n_conflict - 1].key != other->key)
			c[w->u->n_conflict++] = (struct label_conflict){ .key = other->key, .other = &unit[i] };
		c[w->u->n_conflict - 1].n_other++;
	}
	return true;
}

/* One more than the largest key of a numeric label; such labels stand at the end of their set. */
static uint32_t count_keys(const struct profile *p)
{
	uint32_t n = 0;

	for (uint32_t set = 0; set < p->label_set.n; set++) {
		const struct label *first = p->label_set.label + p->label_set.start[set];
		const struct label *l = first + p->label_set.len[set];

		while (l > first && ((--l)->flags & LABEL_IS_NUMERIC))
			n = l->key >= n ? l->key + 1 : n;
	}
	return n;
}

bool label_units_init(struct label_units *u, const struct profile *p, struct arena *arena, struct error *err)
{
	struct unit_walk w = { .p = p, .u = u };
	uint32_t n = count_keys(p);
	bool ok;

	*u = (struct label_units){ .n_unit = n };
	row_index_init(&w.index);
	u->unit = ARENA_ZERO(arena, struct str, n);
	w.first = ARENA_ZERO(&w.scratch, str_id, n);
	ok = u->unit && w.first && (n == 0 || walk(&w)) && list_conflicts(&w, arena);
	vec_release(&w.other);
	row_index_release(&w.index);
	arena_release(&w.scratch);
	return ok || error_nomem(err, "units of labels");
}
