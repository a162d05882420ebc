/*
 * List: the source of a function, with what each line cost.
 *
 * Lives here: what the files of this view share.
 * Not here: rows and numbers (tui/listing.h).
 */
#ifndef TUI_LISTING_VIEW_H
#define TUI_LISTING_VIEW_H

#include "tui/listing.h"

enum {
	LISTING_SHIFT_CELLS = 8,
	LISTING_SHIFT_LARGEST = 1 << 20,
};

/* A function one was at, and where in it. */
struct listing_place {
	struct str function, file;
	int64_t line; /* -1: the hottest one */
};

struct listing_view {
	struct arena arena; /* this struct lives in it */
	struct app *app;
	struct listing listing;
	struct table table;
	int shift; /* cells of the text that are left of the screen */

	struct arena names; /* of the places */
	VEC(struct listing_place) history;
	size_t at; /* the one shown */
	bool wants_middle; /* the selected row goes to the middle, if the function's head does not fit too */

	const struct report_list_call *choice; /* of the menu that is open */
};

static inline bool listing_view_is_empty(const struct listing_view *v)
{
	return v->listing.n_row == 0;
}

/* Not of an empty one. */
static inline struct listing_row listing_view_selected(const struct listing_view *v)
{
	return listing_at(&v->listing, v->table.list.selected);
}

/* listing_history.c: the place shown, NULL before the first. */
struct listing_place *listing_view_present(struct listing_view *v);
/* Where one is goes into it, by file and line. */
void listing_view_note_line(struct listing_view *v);
/* Lists it. */
bool listing_view_show(struct listing_view *v, struct error *err);
/* To a function; what was forward is forgotten. */
bool listing_view_go_to(struct listing_view *v, struct str function, struct error *err);
void listing_view_step_history(struct listing_view *v, struct ui *ui, bool back);
/* Reads sources anew, after an edit or an answer. */
void listing_view_read_again(struct listing_view *v, struct ui *ui);

/* listing_act.c */
struct str listing_view_subject(const void *state);
bool listing_view_act(void *state, struct ui *ui, const struct act *a);
bool listing_view_search(void *state, const struct act *where, const struct search *what, enum search_step step);

#endif
