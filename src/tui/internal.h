/*
 * What the files of this folder share and nobody else needs.
 *
 * Lives here: cells by place in an area; parts of the user interface.
 */
#ifndef TUI_INTERNAL_H
#define TUI_INTERNAL_H

#include "tui/grid.h"
#include "tui/ui.h"

#include <signal.h>

/* NULL outside of a. */
struct cell *area_cell(struct area a, int row, int col);

/*
 * Puts *what there; nothing outside of a, nor a wide one of which half would be outside.  What
 * is left of a wide one that it covers becomes blank.
 */
void area_put(struct area a, int row, int col, const struct cell *what);

enum { UI_INTERRUPT = SIGINT };

/* tui/ui_draw.c: the line under the view, on any screen; the line about the profile, and the tab at a place of the screen (-1: none). */
struct area ui_status_of(struct grid *g);
struct area ui_crumbs(struct ui *ui);
int ui_tab_at(struct ui *ui, int row, int col);

/* tui/ui.c: after somebody gave up: the screen that was there before.  False: there is no other. */
bool ui_go_back(struct ui *ui);

/* tui/ui_act.c: gives an action to whoever knows it. */
void ui_act(struct ui *ui, const struct act *act);

/* Runs a command; more than a line of answer is a text to look at. */
void ui_run_command(struct ui *ui, struct str line);

/* tui/ui_place.c: may a command line that was copied run this command, too? */
bool ui_is_harmless(struct str line);

/* tui/ui_help.c: is the row's key worth a hint in that view?  NULL: in a pager. */
bool ui_is_useful(const struct key_row *r, const struct view *v);

/* tui/ui_search.c: what is being looked for now. */
struct search ui_search(const struct ui *ui);
/* Looks for text from now on; false: it is no pattern. */
bool ui_set_search(struct ui *ui, struct str text, struct error *err);
/* False: the action has nothing to do with searching. */
bool ui_search_act(struct ui *ui, const struct act *act);

#endif
