/*
 * Profile, inside.
 *
 * Lives here: what the files of profile/ share with nobody else.
 */
#ifndef PROFILE_INTERNAL_H
#define PROFILE_INTERNAL_H

#include "base/regex.h"
#include "profile/profile.h"

#include <stddef.h>

/* An empty profile that lives in its own arena; its strings are not begun.  NULL: no memory. */
struct profile *profile_new(void);

/*
 * The rules of spec/profile.md 2.3 about mappings, functions and locations; those about samples are
 * checked while they are decoded.  ERR_FORMAT "malformed profile: ...".
 */
bool profile_validate_tables(const struct profile *p, struct error *err);

/*
 * The column itself when it is p's own, else a copy in p's arena; below is the same column of
 * p->below, or NULL when there is no such profile.  NULL: no memory.
 */
void *profile_own_column(struct profile *p, void *column, const void *below, size_t n, size_t size);

/* Looks at cancel each few thousand steps.  True: ERR_CANCELLED. */
static inline bool profile_is_cancelled(const struct profile *p, uint32_t step, struct error *err)
{
	if ((step & CANCEL_MASK) || !cancel_is_raised(p->cancel))
		return false;
	error_set(err, ERR_CANCELLED, "interrupted");
	return true;
}

/* Makes a column of n items writable: PROFILE_OWN(p, location.n_line, p->location.n). */
#define PROFILE_OWN(p, column, n)                                                                      \
	(((p)->column = profile_own_column((p), (p)->column, (p)->below ? (p)->below->column : NULL, (n), \
					   sizeof(*(p)->column))) != NULL)

/*
 * Keeps the samples whose stack and whose label set are marked; NULL: all are.  The marks are by row.
 */
bool profile_select_samples(struct profile *p, const uint8_t *keep_stack, const uint8_t *keep_set,
			    struct error *err);

/* Keeps these n samples, given in ascending order. */
bool profile_keep_samples(struct profile *p, const uint32_t *row, uint32_t n, struct error *err);

/* Whether the types of periods and samples are the same to the letter; else ERR_USAGE. */
bool profile_types_equal(const struct profile *p, const struct profile *q, struct error *err);

/* Marks, by row, the label sets that samples have; NULL: no memory. */
uint8_t *profile_used_label_sets(const struct profile *p, struct arena *scratch);

/* A regular expression asked at most once about each string of a profile. */
struct text_matcher {
	const struct profile *p;
	const struct regex *re; /* NULL: matches nothing */
	uint8_t *memo;		/* by string row: 0 not asked yet, else enum text_memo */
};

enum text_memo {
	TEXT_MATCHES = 1,
	TEXT_DIFFERS = 2,
};

/* Borrows p and re; the memo lies in scratch. */
bool text_matcher_init(struct text_matcher *m, const struct profile *p, const struct regex *re,
		       struct arena *scratch, struct error *err);

/* False with ERR_NOMEM when a match had to be given up. */
bool text_matcher_finish(const struct text_matcher *m, struct error *err);

bool text_matcher_ask(struct text_matcher *m, str_id id);

static inline bool text_matches(struct text_matcher *m, str_id id)
{
	return m->re && (m->memo[id] ? m->memo[id] == TEXT_MATCHES : text_matcher_ask(m, id));
}

#endif
