/*
 * The loop: events in, screens out.
 *
 * Lives here: the loop, on a terminal or from a script without one.
 * Not here: what events do (tui/ui.h), the script's words (tui/script.h).
 */
#ifndef TUI_LOOP_H
#define TUI_LOOP_H

#include "base/error.h"
#include "base/out.h"
#include "tui/screen.h"
#include "tui/script.h"
#include "tui/ui.h"

#include <stdbool.h>

/* Runs until somebody leaves.  s is open. */
void loop_run(struct ui *ui, struct screen *s);

enum loop_dump {
	LOOP_DUMP_NONE,
	LOOP_DUMP_SCREEN, /* text */
	LOOP_DUMP_CELLS,  /* with attributes */
};

/*
 * Runs a script to its end, drawing after every event as on a terminal.  Prints the screen to out at
 * each @dump, and once at the end.  ERR_USAGE names the line of the script that is not understood.
 */
bool loop_run_script(struct ui *ui, struct script *s, enum loop_dump dump, struct out *out,
		     struct error *err);

#endif
