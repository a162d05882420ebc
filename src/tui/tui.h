/*
 * The viewer in the terminal.
 *
 * Lives here: its entry.
 * Not here: everything else of this folder, which nobody outside needs.
 */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include "base/error.h"
#include "base/out.h"
#include "base/worker.h"
#include "shell/arguments.h"

#include <stdbool.h>

/* Borrows everything. */
struct tui_request {
	/* Options, names of the inputs, the view to begin with, the script. */
	const struct arguments *arguments;
	/*
	 * Gives the struct profile; tui_run() frees it.  It runs beside the viewer, which shows how far
	 * it is when that takes long.
	 */
	const struct worker_job *load;
	const void *load_input;
	struct out *out; /* for dumps of the screen */
};

/*
 * Shows the profile until the user leaves; with a script, or with a dump asked for, without
 * a terminal.  *signal gets the number of the signal that made it leave, or 0: the caller
 * raises it again, the terminal being as it was.  False: the error of loading; ERR_CANCELLED, and then
 * loading may still be under way: leave the process; ERR_UNSUPPORTED without a terminal
 * that can show it; ERR_USAGE for a view, size or script that is not understood; ERR_NOMEM.
 */
bool tui_run(const struct tui_request *r, int *signal, struct error *err);

#endif
