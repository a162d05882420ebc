/*
 * The views.
 *
 * Lives here: their names.
 * Not here: what a view is (tui/view.h).
 */
#ifndef TUI_VIEWS_H
#define TUI_VIEWS_H

#include "tui/view.h"

/* In the order of their tabs; NULL ends them.  They are opened with a struct app. */
extern const struct view *const view_table[];

extern const struct view view_flame, view_list, view_overview, view_sandwich, view_tags, view_top, view_traces,
	view_tree;

#endif
