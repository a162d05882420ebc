/*
 * Waiting for work that somebody at the terminal has asked for.
 *
 * Lives here: the thread beside the one that owns the terminal, the line that says what it does, and giving
 * it up.
 * Not here: what the work is (ui_work() of tui/ui.h), waiting for the profile (tui/loading.h).
 */
#ifndef TUI_WORKING_H
#define TUI_WORKING_H

#include "base/error.h"
#include "tui/screen.h"
#include "tui/ui.h"

#include <stdbool.h>

/*
 * Runs w and gives its answer.  What is on the screen stays; when it takes longer than a moment after the last
 * event, the status line says what is done and for how long.  Ctrl-C, or Esc once that line is there, raises
 * ui->cancel and forgets what was typed ahead; other events wait in ui->ahead.  A signal that ends the
 * program ends the work too.
 */
bool working_wait(struct screen *s, struct ui *ui, const struct ui_work *w, struct error *err);

#endif
