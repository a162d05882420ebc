/*
 * Keys of a table whose rows fold: the call tree, the traces.
 *
 * Lives here: what keys and the mouse do with the selected row, whatever folds.
 * Not here: folding itself (the views), the table (tui/list.h).
 */
#ifndef TUI_FOLD_H
#define TUI_FOLD_H

#include "tui/list.h"
#include "tui/ui.h"

enum fold_state {
	FOLD_NOTHING, /* there is nothing to unfold */
	FOLD_CLOSED,
	FOLD_OPEN,
	FOLD_INSIDE, /* it belongs to a row that is open, and does not fold itself */
};

/* What a view does with its rows; the functions get its state. */
struct fold_view {
	enum fold_state (*selected)(const void *state);
	void (*toggle)(void *state, struct ui *ui);
	/* To the row that the selected one belongs to. */
	void (*go_out)(void *state, const struct act *a);
	void (*close_all)(void *state, struct ui *ui);
	void (*explain)(const void *state, struct ui *ui);
	/* Does the mouse point at what says whether the row is open? */
	bool (*is_on_sign)(const void *state, const struct act *a, size_t row);
};

/* False: the action is nothing to such a table. */
bool fold_act(const struct fold_view *f, void *state, struct table *t, struct ui *ui, const struct act *a);

#endif
