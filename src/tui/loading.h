/*
 * Waiting for the profile.
 *
 * Lives here: the progress bar, and giving up.
 * Not here: loading (load/), threads (base/worker.h).
 */
#ifndef TUI_LOADING_H
#define TUI_LOADING_H

#include "base/error.h"
#include "base/worker.h"
#include "tui/screen.h"

#include <stdbool.h>

/*
 * Waits until w is done.  When that takes long, *s is opened and shows how far it is; then s->is_open says
 * so.  False: ERR_CANCELLED, somebody pressed q; *signal says if it was a signal.
 */
bool loading_wait(struct worker *w, const struct wake *wake, struct str title,
		  const struct theme *theme, struct screen *s, int *signal, struct error *err);

#endif
