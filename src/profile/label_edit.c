/*
 * Changing the labels of samples.
 *
 * Lives here: tagshow and taghide (spec/profile.md 8.8); setting and removing a label on all samples (4); labels
 * that no file can hold (2.8).
 * Not here: dropping samples by label (profile/tag_filter.c).
 */
#include "config.h"

#include "base/arith.h"
#include "base/limits.h"
#include "profile/internal.h"
#include "profile/transform.h"

#include <string.h>

/* The new table of label sets, beside the old one. */
struct label_edit {
	struct profile *p;
	uint32_t *start, *len;
	struct label *label;
	uint32_t n_label;
};

/* Room for n_set sets, with n_extra labels more than now. */
static bool edit_begin(struct label_edit *e, struct profile *p, uint32_t n_set, size_t n_extra, struct error *err)
{
	size_t n = n_extra;

	*e = (struct label_edit){ .p = p };
	for (uint32_t i = 0; i < p->label_set.n; i++)
		n += p->label_set.len[i];
	if (n > LIMIT_ROWS)
		return error_set(err, ERR_LIMIT, "more than %llu labels", (unsigned long long)LIMIT_ROWS);
	e->start = ARENA_ARRAY(&p->arena, uint32_t, n_set);
	e->len = ARENA_ARRAY(&p->arena, uint32_t, n_set);
	e->label = ARENA_ARRAY(&p->arena, struct label, n);
	return (e->start && e->len && e->label) || error_nomem(err, "label sets");
}

static void edit_end(struct label_edit *e, uint32_t n_set)
{
	e->p->label_set.n = n_set;
	e->p->label_set.start = e->start;
	e->p->label_set.len = e->len;
	e->p->label_set.label = e->label;
}

/* ---- tagshow, taghide ---- */

struct key_filter {
	struct text_matcher show, hide;
	unsigned matched;
};

static bool key_stays(struct key_filter *f, str_id key)
{
	bool shown = !f->show.re, hidden;

	if (f->show.re && text_matches(&f->show, key)) {
		f->matched |= MATCH_TAGSHOW;
		shown = true;
	}
	hidden = text_matches(&f->hide, key);
	f->matched |= hidden ? MATCH_TAGHIDE : 0u;
	return shown && !hidden;
}

/* Sets that no sample has are left out: what matches there is no match. */
static bool filter_keys(struct key_filter *f, struct profile *p, struct arena *scratch, struct error *err)
{
	struct label_edit e;
	uint8_t *used = profile_used_label_sets(p, scratch);

	if (!used)
		return error_nomem(err, "marks of label sets");
	if (!edit_begin(&e, p, p->label_set.n, 0, err))
		return false;
	for (uint32_t i = 0; i < p->label_set.n; i++) {
		const struct label *label = p->label_set.label + p->label_set.start[i];
		uint32_t n = used[i] ? p->label_set.len[i] : 0;

		e.start[i] = e.n_label;
		for (uint32_t k = 0; k < n; k++)
			if (key_stays(f, label[k].key))
				e.label[e.n_label++] = label[k];
		e.len[i] = e.n_label - e.start[i];
	}
	edit_end(&e, p->label_set.n);
	return true;
}

bool profile_filter_label_keys(struct profile *p, const struct regex *show, const struct regex *hide,
			       unsigned *matched, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	struct key_filter f = { .matched = 0 };
	bool ok;

	if (!show && !hide)
		return true;
	ok = text_matcher_init(&f.show, p, show, &scratch, err) &&
	     text_matcher_init(&f.hide, p, hide, &scratch, err) && filter_keys(&f, p, &scratch, err) &&
	     text_matcher_finish(&f.show, err) && text_matcher_finish(&f.hide, err);
	*matched |= f.matched;
	arena_release(&scratch);
	return ok;
}

/* ---- what cannot be stored ---- */

static bool is_storable(const struct label *l)
{
	return !(l->flags & LABEL_IS_NUMERIC) || l->num || (l->flags & LABEL_HAS_UNIT && l->text);
}

bool profile_drop_unstorable_labels(struct profile *p, struct error *err)
{
	struct label_edit e;

	if (!edit_begin(&e, p, p->label_set.n, 0, err))
		return false;
	for (uint32_t i = 0; i < p->label_set.n; i++) {
		const struct label *label = p->label_set.label + p->label_set.start[i];

		e.start[i] = e.n_label;
		for (uint32_t k = 0; k < p->label_set.len[i]; k++)
			if (is_storable(&label[k]))
				e.label[e.n_label++] = label[k];
		e.len[i] = e.n_label - e.start[i];
	}
	edit_end(&e, p->label_set.n);
	return true;
}

/* ---- one key ---- */

static bool is_string_of(const struct label *l, str_id key)
{
	return !(l->flags & LABEL_IS_NUMERIC) && l->key == key;
}

/* Copies set i without the string labels of key. */
static void copy_without(struct label_edit *e, uint32_t i, str_id key)
{
	const struct label *label = e->p->label_set.label + e->p->label_set.start[i];

	for (uint32_t k = 0; k < e->p->label_set.len[i]; k++)
		if (!is_string_of(&label[k], key))
			e->label[e->n_label++] = label[k];
}

/* Puts l into the labels from `start` on, before the first that sorts behind it. */
static void insert(struct label_edit *e, uint32_t start, const struct label *l)
{
	struct str key = profile_text(e->p, l->key);
	uint32_t at = start;

	while (at < e->n_label && !(e->label[at].flags & LABEL_IS_NUMERIC) &&
	       str_cmp(profile_text(e->p, e->label[at].key), key) < 0)
		at++;
	memmove(e->label + at + 1, e->label + at, (e->n_label - at) * sizeof(*e->label));
	e->label[at] = *l;
	e->n_label++;
}

/* The empty set stays row 0, so every set moves up by one. */
bool profile_set_label(struct profile *p, struct str key, struct str value, struct error *err)
{
	struct label l = { .key = strtab_add(&p->strings, &p->arena, key),
			   .text = strtab_add(&p->strings, &p->arena, value) };
	uint32_t n = p->label_set.n + 1;
	struct label_edit e;

	if (l.key == STR_ID_NONE || l.text == STR_ID_NONE)
		return error_nomem(err, "label");
	if (!edit_begin(&e, p, n, p->label_set.n, err))
		return false;
	e.start[0] = e.len[0] = 0;
	for (uint32_t i = 0; i < p->label_set.n; i++) {
		e.start[i + 1] = e.n_label;
		copy_without(&e, i, l.key);
		insert(&e, e.start[i + 1], &l);
		e.len[i + 1] = e.n_label - e.start[i + 1];
	}
	if (!PROFILE_OWN(p, sample.label_set_row, p->sample.n))
		return error_nomem(err, "samples");
	for (uint32_t i = 0; i < p->sample.n; i++)
		p->sample.label_set_row[i]++;
	edit_end(&e, n);
	return true;
}

bool profile_remove_label(struct profile *p, struct str key, struct error *err)
{
	str_id id = strtab_find(&p->strings, key);
	struct label_edit e;

	if (id == STR_ID_NONE)
		return true;
	if (!edit_begin(&e, p, p->label_set.n, 0, err))
		return false;
	for (uint32_t i = 0; i < p->label_set.n; i++) {
		e.start[i] = e.n_label;
		copy_without(&e, i, id);
		e.len[i] = e.n_label - e.start[i];
	}
	edit_end(&e, p->label_set.n);
	return true;
}
