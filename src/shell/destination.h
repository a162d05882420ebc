/*
 * Where a report goes: standard output, a file, or a program that shows it.
 *
 * Lives here: the choice of the command line, programs that show files (spec/driver.md 1.6).
 * Not here: `> FILE` and `| COMMAND` of the prompt (shell/target.c), reports.
 */
#ifndef SHELL_DESTINATION_H
#define SHELL_DESTINATION_H

#include "analysis/analysis.h"
#include "base/litter.h"
#include "base/vec.h"

#include <stdbool.h>
#include <time.h>

/*
 * Files that programs were given and that are to go when this one ends.  Starts as
 * DESTINATION_INIT.
 */
struct destination {
	bool waits;     /* until the program ends: there is no prompt to go back to */
	time_t started; /* the last program, on the monotonic clock; 0: none */
	VEC(struct litter) file;
};

#define DESTINATION_INIT                         \
	{                                        \
		.waits = false, .file = VEC_INIT \
	}

/* Removes the files, but not before the last program had time to read its own. */
void destination_release(struct destination *d);

/* What to write: profile, options, report and its regular expression, all borrowed. */
struct destination_request {
	const struct profile *profile;
	const struct options *options;
	const struct report *report;
	struct str regex;
};

/* The report, or another one in its place where that can do without a program that is missing. */
const struct report *destination_substitute(const struct report *r, struct out *notice);

/*
 * Makes the report's file and starts the first of its viewers that there is.  ERR_NOTFOUND: there
 * is none; ERR_IO with "exit status 1" if it failed while we waited; errors of the report.
 */
bool destination_show(struct destination *d, const struct destination_request *r,
		      struct out *notice, struct error *err);

/*
 * Writes to the option `output` if it is set, shows it if the report has a viewer, or writes to
 * standard output; what is not for a terminal goes to a new file profile001.SUFFIX there.
 */
bool destination_deliver(struct destination *d, const struct destination_request *r,
			 struct out *notice, struct error *err);

#endif
