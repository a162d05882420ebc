/*
 * Numbers in words.
 *
 * Lives here: sentences that say what a number of a view stands for, with its values.
 * Not here: the numbers.
 */
#ifndef TUI_EXPLAIN_H
#define TUI_EXPLAIN_H

#include "tui/app.h"

/* What flat and cum of one function are, and relative to what: in a pane. */
void explain_row(struct app *a, struct ui *ui, const struct report_text_row *row,
		 const struct report_text *t);

/* One place in the tree of calls. */
struct explain_path {
	struct str name;
	int64_t flat, cum, parent_cum, total;
	bool is_inlined; /* into its caller */
	const struct measure_scaler *scaler;
};

void explain_path(struct app *a, struct ui *ui, const struct explain_path *p);

/* A whole stack. */
struct explain_stack {
	struct str name; /* of its leaf */
	size_t n_frame;
	int64_t value, total;
	const struct measure_scaler *scaler;
};

void explain_stack(struct app *a, struct ui *ui, const struct explain_stack *p);

#endif
