/*
 * Where Go's syntax of regular expressions differs from RE2's.
 *
 * Lives here: rewriting a pattern of Go into one that RE2 reads alike, and the few errors
 * that only Go reports.
 * Not here: compiling (base/regex.h).
 *
 * Known to Go alone and not rewritten: \p{LC}, \p{Cn}, \p{Assigned}; RE2 refuses them.
 */
#ifndef BASE_REGEX_GO_H
#define BASE_REGEX_GO_H

#include "base/out.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The result; zero it first and release `text` at the end. */
struct regex_go {
	struct out text;     /* in memory: the pattern for RE2, up to the fault if there is one */
	const char *fault;   /* Go's words for what is wrong; NULL: nothing that RE2 would miss */
	struct str fragment; /* of the pattern, that the words are about */
	struct str open_class; /* the pattern from its last class on */
	size_t depth;	     /* how deep capturing groups nest */
};

/* Borrows pattern for the fragment. */
void regex_go_rewrite(struct regex_go *g, struct str pattern);

/*
 * What stood in pattern where the rewritten text has the class name `written`, such as
 * \p{Foo} for a \p{foo}; `written` itself when it was not rewritten.
 */
struct str regex_go_original(struct str pattern, struct str written);

#ifdef __cplusplus
}
#endif

#endif
