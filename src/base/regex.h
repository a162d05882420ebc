/*
 * Regular expressions: Go's syntax and meaning in linear time.
 *
 * Lives here: the C face of RE2: error texts, text that is not UTF-8, where a bad byte
 * counts as one U+FFFD (spec/profile.md 0.3).
 * Not here: where Go's syntax differs from RE2's (base/regex_go.h); which patterns there are
 * (analysis/).
 */
#ifndef BASE_REGEX_H
#define BASE_REGEX_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct regex;

/*
 * Compiles a pattern.  NULL with ERR_USAGE and Go's words, "error parsing regexp: missing
 * closing ]: `[a`", or with ERR_NOMEM.  Free it with regex_free().  May be used by several
 * threads at a time.
 */
struct regex *regex_compile(struct str pattern, struct error *err);

/* As regex_compile() of "^(pattern)$", put together as text like the reference does. */
struct regex *regex_compile_whole(struct str pattern, struct error *err);

/* Harmless on NULL. */
void regex_free(struct regex *re);

/* Whether text holds a match anywhere. */
bool regex_match(const struct regex *re, struct str text);

/*
 * The leftmost match in text that begins at offset `from` or later: true, and its offsets
 * in bytes, *end behind it.  ^ and \b look at the whole text.
 */
bool regex_find(const struct regex *re, struct str text, size_t from, size_t *start, size_t *end);

/*
 * True when some match had to be given up for lack of memory and was answered "no"; asked
 * once after a batch.
 */
bool regex_ran_out(const struct regex *re);

#ifdef __cplusplus
}
#endif

#endif
