/*
 * Numbers in words.
 *
 * Lives here: sentences that say what a number of a view stands for, with its values.
 * Not here: the numbers.
 */
#ifndef TUI_EXPLAIN_H
#define TUI_EXPLAIN_H

#include "tui/app.h"

/* What flat and cum of one function are, and relative to what: in a pane, as all of these. */
struct explain_function {
	struct str name;
	int64_t flat, cum, total;
	enum report_inlined inlined;
	const struct measure_scaler *scaler;
};

void explain_function(struct app *a, struct ui *ui, const struct explain_function *f);

/* One place in the tree of calls. */
struct explain_path {
	struct str name;
	int64_t flat, cum, parent_cum, total;
	bool is_inlined;  /* into its caller */
	bool is_inverted; /* the tree goes from the leaf, or a function, to the callers */
	bool is_box;	  /* of a flame graph */
	const struct measure_scaler *scaler;
};

void explain_path(struct app *a, struct ui *ui, const struct explain_path *f);

/* One function calling another; one of them is the centre, whose cum it is a share of. */
struct explain_call {
	struct str caller, callee, centre;
	int64_t value, cum, total;
	bool is_inline;
	const struct measure_scaler *scaler;
};

void explain_call(struct app *a, struct ui *ui, const struct explain_call *c);

/* A line of source, or all lines of a function. */
struct explain_line {
	struct str name; /* of the function */
	int64_t line;	 /* 0: all of them */
	int64_t flat, cum, total;
	const struct measure_scaler *scaler;
};

void explain_line(struct app *a, struct ui *ui, const struct explain_line *p);

/* A whole stack. */
struct explain_stack {
	struct str name; /* of its leaf */
	size_t n_frame;
	int64_t value, total;
	const struct measure_scaler *scaler;
};

void explain_stack(struct app *a, struct ui *ui, const struct explain_stack *s);

/* A label, or one value of it. */
struct explain_label {
	struct str key, text; /* no text: any value */
	int64_t value, total;
	const struct measure_scaler *scaler;
};

void explain_label(struct app *a, struct ui *ui, const struct explain_label *l);

#endif
