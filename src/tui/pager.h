/*
 * A pane of text.
 *
 * Lives here: lines, moving through them and sideways, searching, drawing.
 * Not here: where the text comes from.
 */
#ifndef TUI_PAGER_H
#define TUI_PAGER_H

#include "base/out.h"
#include "base/regex.h"
#include "base/vec.h"
#include "tui/list.h"

struct pager {
	bool is_open;
	struct str title; /* of the arena of the text; borrowed from `name` */
	char name[128];
	struct out text; /* collects what is shown */
	bool has_text;
	VEC(struct str) line;
	struct list list; /* selected: the first line shown, or the match */
	int shift;	  /* cells left of the screen */
	size_t match;	  /* line + 1 of the last match; 0: none */
};

/* Empties it and gives where to write its text. */
struct out *pager_start(struct pager *p, const char *title);
/* Shows what was written.  False: no memory. */
bool pager_open(struct pager *p);
void pager_close(struct pager *p);
void pager_release(struct pager *p);

/* False: the action is not for pagers. */
bool pager_act(struct pager *p, const struct act *act);

/* To the next line (or the one before) that matches; false: none does. */
bool pager_search(struct pager *p, const struct regex *re, bool back, int rows);

void pager_draw(const struct pager *p, const struct regex *search, struct area a);

#endif
