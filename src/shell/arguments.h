/*
 * The command line.
 *
 * Lives here: Go's flag syntax (spec/driver.md 1.2), the flags that are no options of a report, the rules
 * between flags (1.4).
 * Not here: options and reports, which have tables of their own; acting on any of it (main.c).
 */
#ifndef SHELL_ARGUMENTS_H
#define SHELL_ARGUMENTS_H

#include "analysis/options.h"
#include "base/error.h"
#include "base/str.h"
#include "base/vec.h"
#include "report/report.h"

#include <stdbool.h>

/* What to do instead of a report. */
enum arguments_action {
	ARGUMENTS_RUN,
	ARGUMENTS_HELP,
	ARGUMENTS_VERSION,
};

struct arguments_list {
	VEC(struct str) v;
};

/* Texts are borrowed from argv.  Owned by whoever called arguments_parse(). */
struct arguments {
	enum arguments_action action;
	struct options options;
	const struct report *report; /* NULL: the viewer or the prompt */
	struct str report_regex;     /* of a report that takes one */
	bool is_interactive;	     /* the prompt, even with a terminal */

	struct arguments_list source; /* positional */
	struct arguments_list base, diff_base;
	struct str build_id, add_comment, symbolize, http;
	bool all_frames, no_browser;
	int64_t seconds, timeout;

	struct str view; /* that the viewer begins with */
	struct str place; /* and where in it */
	/* The viewer without a terminal. */
	struct str script, size;
	bool dump_screen, dump_cells;
};

/*
 * Reads argv[1..].  notice gets what the user should know and may go on with.  False: ERR_USAGE in the
 * reference's words.
 */
bool arguments_parse(struct arguments *a, int argc, char **argv, struct out *notice, struct error *err);
void arguments_release(struct arguments *a);

/* Has a view a flag of its own: "flame" for -flame?  The names of others are those of reports. */
bool arguments_is_view_flag(struct str name);

/* Who writes down what the tables hold: the help as text, the manual as roff. */
struct usage_writer {
	void (*section)(void *ctx, const char *title);
	/* value: "=REGEX" and its like, or "". */
	void (*item)(void *ctx, const char *name, const char *value, const char *help);
	void *ctx;
};

/* All flags, grouped. */
void arguments_list(const struct usage_writer *w);

/* The help. */
void arguments_write_help(struct out *out);

#endif
