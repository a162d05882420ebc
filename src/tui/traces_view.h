/*
 * Traces: the heaviest distinct stacks, with their frames and labels.
 *
 * Lives here: what the files of this view share.
 * Not here: which stacks these are and what is known of them (tui/stacks.h).
 */
#ifndef TUI_TRACES_VIEW_H
#define TUI_TRACES_VIEW_H

#include "tui/app.h"
#include "tui/stacks.h"

enum traces_column {
	COLUMN_VALUE,
	COLUMN_SHARE,
	COLUMN_SUM,
	COLUMN_DEPTH,
	COLUMN_BAR,
	COLUMN_NAME,
	N_COLUMNS,
};

enum traces_kind {
	ROW_STACK,
	ROW_LABEL,
	ROW_FRAME,
	ROW_MORE, /* how many stacks there are beside these */
};

struct traces_row {
	uint32_t stack;
	uint32_t at; /* label or frame */
	enum traces_kind kind;
};

struct traces {
	struct arena arena; /* this struct lives in it */
	struct app *app;
	struct stacks *stacks;
	VEC(uint8_t) is_open; /* by stack */
	VEC(struct traces_row) row;
	struct table table;
	struct measure_scaler scaler;
	int64_t total;
	bool is_diff, has_sides; /* values are differences; both sides are known */
	VEC(uint8_t) is_match; /* by frame */
	uint64_t match_id;     /* of the search; 0: none */
};

/* traces_rows.c: NULL when there are no rows. */
const struct traces_row *traces_selected(const struct traces *t);
/* NULL for the row about all the others. */
const struct stack *traces_stack_of(const struct traces *t, const struct traces_row *r);
/* The row of a stack itself. */
size_t traces_find_row(const struct traces *t, uint32_t stack);
/* Makes the rows anew; what was selected stays so, as far as it is still there. */
bool traces_show_rows(struct traces *t, struct error *err);
/* Its frames and labels are to be shown; traces_show_rows() does it. */
bool traces_open_stack(struct traces *t, uint32_t i, struct error *err);

/* traces_draw.c */
struct str traces_leaf(const struct traces *t, const struct stack *s);
void traces_draw(const void *state, struct area a, const struct search *search);
void traces_draw_status(const void *state, struct area line);

/* traces_find.c */
struct str traces_subject(const void *state);
bool traces_search(void *state, const struct act *where, const struct search *what, enum search_step step);
/* To the function on the heaviest stack that it is on, unless it is selected already. */
bool traces_enter(void *state, struct str function, struct error *err);

/* traces_act.c */
bool traces_act(void *state, struct ui *ui, const struct act *a);

#endif
