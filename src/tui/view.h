/*
 * What a view is.
 *
 * Lives here: the row that each view fills.
 * Not here: the views (tui/view_*.c) and their table (tui/views.c), what stands around them
 * (tui/ui.h).
 */
#ifndef TUI_VIEW_H
#define TUI_VIEW_H

#include "base/error.h"
#include "base/out.h"
#include "tui/grid.h"
#include "tui/list.h"

#include <stdbool.h>

struct ui;

/*
 * One view.  It sees actions, not keys, and draws into the area it is given: drawing is
 * a pure function of state and area.  What is selected or folded is its own state; what the
 * data is belongs to the application behind all views (`app`).
 *
 * A view is opened and refreshed when it is first shown.  Before the data goes away it is dropped:
 * it remembers its place by names of its own and lets go of all that borrows the data.
 * When it is shown the next time it is refreshed, and finds its place again.
 */
struct view {
	const char *name;    /* in the key table, in flags and commands */
	const char *title;   /* on its tab */
	const char *summary; /* one line for the help */

	/* Gives its state, or false; borrows app. */
	bool (*open)(void *app, void **state, struct error *err);
	bool (*refresh)(void *state, struct error *err);
	void (*drop)(void *state); /* NULL: nothing is borrowed */
	void (*close)(void *state);

	/*
	 * Makes ready for an area and a search what drawing itself must not: whatever takes memory or
	 * time.  Comes before each draw; NULL: nothing to do.
	 */
	bool (*prepare)(void *state, struct area a, const struct search *search, struct error *err);
	void (*draw)(const void *state, struct area a, const struct search *search);
	/* False: the action is nothing to this view. */
	bool (*act)(void *state, struct ui *ui, const struct act *act);

	/*
	 * The view comes to be shown, and since it went this function was selected in another view:
	 * goes where it is.  One that is not there leaves the view as it is, unless the view is
	 * about one function.  NULL: the view keeps its own place.
	 */
	bool (*enter)(void *state, struct str function, struct error *err);

	/* One row about what is selected; NULL: none. */
	void (*status)(const void *state, struct area line);
	bool is_text; /* nothing in it can be selected */
	/* The selected function, empty if there is none; NULL: never. */
	struct str (*subject)(const void *state);
	/* Its part of what can be undone (a zoom) as text, and back.  NULL: it has none. */
	void (*save)(const void *state, struct out *out);
	void (*restore)(void *state, struct str saved);
	/*
	 * The whole place as pairs (tui/place.h), for a command line that shows this screen; and one of
	 * them back, in their order: false for a name that is none of its own.  NULL: it has none.
	 */
	void (*write_place)(const void *state, struct out *out);
	bool (*take_place)(void *state, struct str name, struct str value, struct error *err);
	/* Selects a match, around the end if need be; false: there is none.  NULL: nothing to find. */
	bool (*search)(void *state, const struct act *where, const struct search *search,
		       enum search_step step);
};

#endif
