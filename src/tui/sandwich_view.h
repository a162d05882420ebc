/*
 * Sandwich: one function in the middle, its callers above, its callees below.
 *
 * Lives here: what the files of this view share.
 * Not here: the numbers (graph/), flame graphs (tui/flame_view.h).
 */
#ifndef TUI_SANDWICH_VIEW_H
#define TUI_SANDWICH_VIEW_H

#include "tui/app.h"
#include "tui/flame_view.h"

enum sandwich_column {
	COLUMN_LINK,
	COLUMN_WEIGHT,
	COLUMN_SHARE,
	COLUMN_BAR,
	COLUMN_NAME,
	N_COLUMNS,
};

enum { CALLERS, CALLEES, N_PANES };

struct sandwich {
	struct arena arena; /* this struct lives in it */
	struct app *app;
	const struct graph *graph; /* the app's */
	struct measure_scaler scaler;
	int64_t total;
	struct table table; /* callers up to the heaviest, the function, callees from the heaviest */

	struct arena names;	   /* of the functions one was at */
	VEC(struct str) history;
	size_t at;		   /* the one in the middle */
	uint32_t node_row;	   /* ROW_NONE: it is not there now */
	VEC(char) selected;	   /* name that was, while there are no rows */
	struct arena around_arena; /* of its callers and callees */
	struct graph_around around;
	/* Of a difference: what was subtracted. */
	const struct graph *graph_before; /* the app's; NULL: it is no difference */
	uint32_t before_row;		  /* ROW_NONE: it was not there */
	struct graph_around around_before;

	bool wants_middle; /* the function goes to the middle of the screen if callers fill half of it */
	bool is_flames;
	int pane;		   /* that keys are for */
	struct flame_view *flame[N_PANES];
};

/* The function in the middle, whether it is there now or not; empty before the first. */
struct str sandwich_centre(const struct sandwich *s);
/* Puts another one there; what was forward is forgotten. */
bool sandwich_go_to(struct sandwich *s, struct str name, struct error *err);
void sandwich_step_history(struct sandwich *s, struct ui *ui, bool back);

/* Rows of the table: callers, the heaviest last; the function itself; callees, the heaviest first. */
size_t sandwich_centre_row(const struct sandwich *s);
const struct graph_edge *sandwich_edge(const struct sandwich *s, size_t row);
struct str sandwich_name(const void *state, size_t row);

/* Flames are wanted, and made: before the first drawing they are not. */
bool sandwich_has_flames(const struct sandwich *s);
/* The upper half for the callers, the lower one for the callees. */
void sandwich_split(struct area a, struct area part[N_PANES]);

/* sandwich_draw.c: what a row weighs. */
int64_t sandwich_weight(const struct sandwich *s, size_t row);
void sandwich_draw(const void *state, struct area a, const struct search *search);
void sandwich_draw_status(const void *state, struct area line);

/* sandwich_act.c */
struct str sandwich_subject(const void *state);
bool sandwich_act(void *state, struct ui *ui, const struct act *a);
bool sandwich_search(void *state, const struct act *where, const struct search *what, enum search_step step);

#endif
