/*
 * Changing a profile: what the changes have in common.
 *
 * Lives here: making columns writable, keeping some of the samples, asking a regular expression about
 * interned strings.
 * Not here: which samples are kept (profile/filter.c, profile/tag_filter.c).
 */
#include "config.h"

#include "profile/internal.h"

#include <string.h>

void *profile_own_column(struct profile *p, void *column, const void *below, size_t n, size_t size)
{
	void *own;

	if (column != below)
		return column;
	own = arena_alloc_array(&p->arena, n, size);
	if (own && n)
		memcpy(own, column, n * size);
	return own;
}

static uint32_t *gather_u32(struct profile *p, const uint32_t *from, const uint32_t *row, uint32_t n)
{
	uint32_t *to = ARENA_ARRAY(&p->arena, uint32_t, n);

	for (uint32_t i = 0; to && i < n; i++)
		to[i] = from[row[i]];
	return to;
}

static int64_t *gather_i64(struct profile *p, const int64_t *from, const uint32_t *row, uint32_t n)
{
	int64_t *to = ARENA_ARRAY(&p->arena, int64_t, n);

	for (uint32_t i = 0; to && i < n; i++)
		to[i] = from[row[i]];
	return to;
}

bool profile_keep_samples(struct profile *p, const uint32_t *row, uint32_t n, struct error *err)
{
	int64_t **value;

	if (n == p->sample.n)
		return true;
	value = ARENA_ARRAY(&p->arena, int64_t *, p->n_sample_type);
	p->sample.stack_row = gather_u32(p, p->sample.stack_row, row, n);
	p->sample.label_set_row = gather_u32(p, p->sample.label_set_row, row, n);
	if (!value || !p->sample.stack_row || !p->sample.label_set_row)
		return error_nomem(err, "samples");
	for (uint32_t i = 0; i < p->n_sample_type; i++) {
		value[i] = gather_i64(p, p->sample.value[i], row, n);
		if (!value[i])
			return error_nomem(err, "sample values");
	}
	p->sample.value = value;
	p->sample.n = n;
	return true;
}

bool profile_select_samples(struct profile *p, const uint8_t *keep_stack, const uint8_t *keep_set,
			    struct error *err)
{
	struct arena scratch = ARENA_INIT;
	uint32_t *row = ARENA_ARRAY(&scratch, uint32_t, p->sample.n);
	uint32_t n = 0;
	bool ok;

	if (!row)
		return error_nomem(err, "samples");
	for (uint32_t i = 0; i < p->sample.n; i++) {
		row[n] = i;
		n += (!keep_stack || keep_stack[p->sample.stack_row[i]]) &&
		     (!keep_set || keep_set[p->sample.label_set_row[i]]);
	}
	ok = profile_keep_samples(p, row, n, err);
	arena_release(&scratch);
	return ok;
}

uint8_t *profile_used_label_sets(const struct profile *p, struct arena *scratch)
{
	uint8_t *used = ARENA_ZERO(scratch, uint8_t, p->label_set.n);

	for (uint32_t i = 0; used && i < p->sample.n; i++)
		used[p->sample.label_set_row[i]] = 1;
	return used;
}

bool text_matcher_init(struct text_matcher *m, const struct profile *p, const struct regex *re,
		       struct arena *scratch, struct error *err)
{
	*m = (struct text_matcher){ .p = p, .re = re };
	if (!re)
		return true;
	m->memo = ARENA_ZERO(scratch, uint8_t, strtab_count(&p->strings));
	return m->memo || error_nomem(err, "matches");
}

bool text_matcher_finish(const struct text_matcher *m, struct error *err)
{
	return !m->re || !regex_ran_out(m->re) || error_nomem(err, "regular expression");
}

bool text_matcher_ask(struct text_matcher *m, str_id id)
{
	bool matches = regex_match(m->re, profile_text(m->p, id));

	m->memo[id] = matches ? TEXT_MATCHES : TEXT_DIFFERS;
	return matches;
}
