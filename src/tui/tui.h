/*
 * The viewer in the terminal.
 *
 * Lives here: its entry.
 * Not here: everything else of this folder, which nobody outside needs.
 */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include "analysis/options.h"
#include "base/error.h"
#include "base/out.h"
#include "profile/profile.h"

#include <stdbool.h>

enum tui_dump {
	TUI_DUMP_NONE,
	TUI_DUMP_SCREEN, /* the last screen as text */
	TUI_DUMP_CELLS,	 /* with attributes */
};

/* Borrows everything. */
struct tui_request {
	const struct profile *profile;
	const struct options *options;
	struct str title; /* the profile's name, for people and for command lines */
	struct str view;  /* to begin with; empty: the first */

	/* Without a terminal: keys and commands from a text (tui/script.h). */
	bool is_headless;
	struct str script;
	struct str size; /* "120x40"; empty: 80x24 */
	enum tui_dump dump;
	struct out *out; /* for the dump */
};

/*
 * Shows the profile until the user leaves.  *signal gets the number of the signal that made it
 * leave, or 0: the caller raises it again, the terminal being as it was.  False:
 * ERR_UNSUPPORTED without a terminal that can show it, ERR_USAGE for a view, size or script
 * that is not understood, ERR_NOMEM.
 */
bool tui_run(const struct tui_request *r, int *signal, struct error *err);

#endif
