/*
 * Top: the table of functions, the rows of -top.
 *
 * Lives here: what the files of this view share.
 * Not here: the numbers (report/text.c), the table itself (tui/table.c).
 */
#ifndef TUI_TOP_VIEW_H
#define TUI_TOP_VIEW_H

#include "tui/app.h"

enum top_column {
	COLUMN_FLAT,
	COLUMN_FLAT_SHARE,
	COLUMN_SUM,
	COLUMN_CUM,
	COLUMN_CUM_SHARE,
	COLUMN_BAR,
	COLUMN_NAME,
	N_COLUMNS,
};

struct top {
	struct arena arena; /* this struct lives in it */
	struct app *app;
	struct report_text *rows;
	struct report_text *before; /* of a difference: what was subtracted; NULL: not made yet */
	bool is_diff;
	bool by_cum; /* the order of the options, when they were last looked at */
	bool has_leapt; /* the selected row goes to the middle of the screen unless it is on it */
	struct table table;
	/* In the order shown: rows of `rows`, and the sums of their flat values so far. */
	VEC(uint32_t) order;
	VEC(int64_t) sum;
	struct arena names; /* of short names that are no views of the long ones */
	VEC(struct str) short_name; /* by row of `rows` */
};

static inline const struct report_text_row *top_row(const struct top *t, size_t at)
{
	return &t->rows->row[t->order.at[at]];
}

static inline struct str top_name(const void *state, size_t at)
{
	return top_row(state, at)->name;
}

/* view_top.c: after the order of the table has changed.  Under a limit the report has other rows then. */
bool top_sort_again(struct top *t, struct error *err);

/* top_order.c: puts the rows in the order that the table wants; equal ones stay as the report has them. */
bool top_set_order(struct top *t, struct error *err);
/* Numbers from the largest, names from a to z. */
bool top_is_usual_order(const struct table *t);

/* top_draw.c */
void top_draw(const void *state, struct area a, const struct search *search);
void top_draw_status(const void *state, struct area line);

/* top_act.c */
struct str top_subject(const void *state);
bool top_enter(void *state, struct str function, struct error *err);
bool top_search(void *state, const struct act *where, const struct search *what, enum search_step step);
bool top_act(void *state, struct ui *ui, const struct act *a);

#endif
