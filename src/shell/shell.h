/*
 * The command interpreter.
 *
 * Lives here: running one line, completing one line, what is said before the first.
 * Not here: where lines come from (shell/prompt.h, the viewer); it knows no terminal.
 */
#ifndef SHELL_SHELL_H
#define SHELL_SHELL_H

#include "analysis/analysis.h"
#include "base/arena.h"
#include "base/cancel.h"
#include "base/error.h"
#include "base/out.h"
#include "base/str.h"
#include "base/vec.h"
#include "shell/destination.h"

#include <stdbool.h>
#include <stddef.h>

/* What lines may do besides writing to the output that they are given. */
enum shell_flag {
	SHELL_MAY_WRITE = 1 << 0, /* files: `> FILE`, reports that are no text, saved settings */
	SHELL_MAY_RUN = 1 << 1,	  /* `| COMMAND` */
};

/* What a line is run against.  Borrows everything; there is nothing to release. */
struct shell {
	const struct profile *profile;
	struct options *options;     /* what assignments change */
	unsigned flags;		     /* enum shell_flag */
	const struct cancel *cancel; /* once raised, the report under way ends; may be NULL */
	struct destination *destination; /* starts programs that show files; NULL: none are started */
};

enum shell_result {
	SHELL_DONE,
	SHELL_CHANGED, /* options have another value now */
	SHELL_QUIT,
};

/*
 * Runs one line (spec/driver.md 4.3, 4.4).  Reports go to out, or where the line says; help, lists and notices
 * to notice.  False: the text for the user in err, ERR_USAGE in the reference's words,
 * ERR_CANCELLED for a report that was ended; options are then as far changed as the line got.
 */
bool shell_run(const struct shell *s, struct str line, struct out *out, struct out *notice,
	       enum shell_result *result, struct error *err);

struct usage_writer; /* shell/arguments.h */

/* The commands that are no reports. */
void shell_list(const struct usage_writer *w);

/* What the profile is, and how to begin (4.2). */
bool shell_greet(const struct shell *s, struct out *notice, struct error *err);

/* What could stand at the end of a line; release with shell_completion_release(). */
struct shell_completion {
	struct arena arena;
	size_t from; /* byte of the line from which a candidate replaces it */
	VEC(struct str) candidate;
	VEC(struct str) shown; /* of each candidate: as it is listed */
	struct str fragment;   /* candidates hold it somewhere, not in front; or empty */
	bool is_open; /* more may follow a candidate at once: no blank after it */
};

/* For the line up to the cursor.  Finds nothing when there is no memory. */
void shell_complete(const struct shell *s, struct str line, struct shell_completion *c);

/* The same for a line that is the name of a file or directory. */
void shell_complete_file(struct str line, struct shell_completion *c);
void shell_completion_release(struct shell_completion *c);

/*
 * What may stand in place of what was typed: the longest text that all candidates begin with, unless
 * that loses the fragment; empty if there is nothing to gain.
 */
struct str shell_completion_common(const struct shell_completion *c);

#endif
