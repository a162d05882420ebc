/*
 * Which key does what.
 *
 * Lives here: actions, the key table, finding the action of a key, counts; the help and the
 * footer are made from the same table.
 * Not here: doing it (tui/ui.c and the views).
 */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include "tui/input.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum action {
	ACT_NONE,
	/* moving */
	ACT_UP,
	ACT_DOWN,
	ACT_LEFT,
	ACT_RIGHT,
	ACT_PAGE_UP,
	ACT_PAGE_DOWN,
	ACT_HALF_UP,
	ACT_HALF_DOWN,
	ACT_FIRST,
	ACT_LAST, /* with a count: to that row */
	ACT_TOP_ROW,
	ACT_MIDDLE_ROW,
	ACT_BOTTOM_ROW,
	ACT_OPEN,
	ACT_BACK,
	ACT_FORWARD,
	ACT_MARK,
	ACT_JUMP,
	/* mouse; of the view's area */
	ACT_CLICK,
	ACT_DOUBLE_CLICK,
	ACT_WHEEL_UP,
	ACT_WHEEL_DOWN,
	/* views */
	ACT_VIEW,
	ACT_NEXT_VIEW,
	ACT_PREVIOUS_VIEW,
	/* finding */
	ACT_SEARCH,
	ACT_NEXT_MATCH,
	ACT_PREVIOUS_MATCH,
	ACT_SEARCH_NAME,
	ACT_SEARCH_NAME_BACK,
	/* the profile */
	ACT_FOCUS,
	ACT_IGNORE,
	ACT_HIDE,
	ACT_SHOW,
	ACT_FILTERS,
	ACT_UNDO,
	ACT_REDO,
	ACT_SAMPLE_TYPE,
	ACT_GRANULARITY,
	ACT_COMMAND,
	ACT_EXPORT,
	ACT_COPY,
	ACT_COPY_COMMAND,
	ACT_EXPLAIN,
	/* tables */
	ACT_SORT_NEXT,
	ACT_SORT_PREVIOUS,
	ACT_SORT_FLAT,
	ACT_SORT_CUM,
	ACT_SORT_NAME,
	ACT_REVERSE,
	/* trees, flame */
	ACT_PARENT,
	ACT_HOTTEST,
	ACT_NEXT_HOT,
	ACT_PREVIOUS_HOT,
	ACT_FOLD,
	ACT_UNFOLD_ALL,
	ACT_FOLD_ALL,
	ACT_ZOOM,
	ACT_ZOOM_OUT,
	ACT_ZOOM_RESET,
	ACT_DIRECTION,
	ACT_COLOURS,
	/* tags */
	ACT_TAG_ROOT,
	ACT_TAG_LEAF,
	ACT_TAG_IGNORE,
	/* typing */
	ACT_COMPLETE,
	ACT_COMPLETE_BACK,
	/* the rest */
	ACT_EDIT,
	ACT_SOURCE_DIR,
	ACT_THEME,
	ACT_HELP,
	ACT_REDRAW,
	ACT_CANCEL,
	ACT_QUIT,
};

enum key_group {
	GROUP_MOVE,
	GROUP_VIEW, /* of this view */
	GROUP_FIND,
	GROUP_PROFILE,
	GROUP_PROGRAM,
	GROUP_COUNT,
};

enum { KEYS_OF_ROW = 3 };

/* What lies over the view on show has rows of its own: these stand in the place of a view's name. */
#define KEYS_OF_MENU "menu"
#define KEYS_OF_TEXT "text"
#define KEYS_OF_PROMPT "prompt"

struct key_row {
	uint32_t key[KEYS_OF_ROW]; /* the first is shown in the footer; 0: no more */
	enum action action;
	enum key_group group;
	const char *view;  /* name of the only view it is for, or KEYS_OF_...; NULL: all */
	const char *label; /* one or two words for the footer; NULL: not there */
	const char *help;  /* what it does, for the help screen and the manual */
};

/* action ACT_NONE ends it.  A row for one view goes before a row for all. */
extern const struct key_row key_table[];

/* Heading of a group in the help. */
const char *key_group_title(enum key_group g);

/* The row that serves the key in that view; NULL: it does nothing there. */
const struct key_row *key_row_find(uint32_t key, const char *view);

/*
 * A key typed while a view is shown, on its way to an action.
 *
 * Digits 1 to 9 open views at once.  A 0 makes a count of them: "10" after all does not open the
 * first view but is the number ten, and further digits belong to it; a count below ten or without
 * a 0 in second place begins with 0, as in "07" or "025".
 */
struct key_state {
	uint32_t count;	   /* typed so far */
	bool has_count;
	uint32_t last_digit; /* that has just opened a view; 0: none */
	uint32_t wants;	   /* ACT_MARK or ACT_JUMP waits for the letter */
};

enum { COUNT_LARGEST = 1000000 };

struct key_act {
	enum action action; /* ACT_NONE: more is to come, or the key means nothing */
	uint32_t count;	    /* of ACT_VIEW the digit; otherwise 1 without one */
	bool has_count;
	bool undoes_view;   /* a digit before belongs to a count: the view opened for it goes back */
	uint32_t letter;    /* of ACT_MARK and ACT_JUMP */
};

struct key_act key_press(struct key_state *k, uint32_t key, const char *view);

#endif
