/*
 * A list that scrolls, and a table made of one.
 *
 * Lives here: the selected row and the first one shown, moving them; columns that give way
 * on narrow screens, their heads, clicks on them.
 * Not here: what the rows are (the views), keys (tui/keys.h).
 */
#ifndef TUI_LIST_H
#define TUI_LIST_H

#include "base/regex.h"
#include "tui/grid.h"
#include "tui/keys.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	LIST_MARKS = 27, /* letters a to z, and ' for the place before the last leap */
	TABLE_COLUMNS = 12,
};

enum search_step {
	SEARCH_HERE, /* the selected place counts too: while the pattern is being typed */
	SEARCH_NEXT,
	SEARCH_PREVIOUS,
};

/* What is being looked for. */
struct search {
	const struct regex *regex; /* NULL: nothing */
	uint64_t id;		   /* another one for each pattern */
	bool is_typed;		   /* not finished: what is slow can wait */
};

/* A view's action with its particulars. */
struct act {
	enum action action;
	uint32_t count; /* 1 without one */
	bool has_count;
	uint32_t letter;
	struct area area; /* of the view, without what stands around it */
	int row, col;	  /* of the mouse, in area */
};

struct list {
	size_t n, selected, top; /* top: the first row shown, before list_top() looks at it */
	size_t mark[LIST_MARKS];   /* row + 1; 0: not set */
};

/*
 * The first row to show so that the selected one is among `rows` shown, and no more rows are
 * left blank than must be.
 */
size_t list_top(const struct list *l, int rows);

/* Selects a row and keeps it on a screen of so many rows. */
void list_select(struct list *l, size_t row, int rows);

/* The selected row comes to the middle of a screen of so many rows, unless it is on it. */
void list_centre(struct list *l, int rows);

/* There are n rows now; what is selected and shown stays, as far as it still exists. */
void list_resize(struct list *l, size_t n);

/*
 * Moves if the action is a movement, for a list shown in `rows` rows.  A click gives the row in
 * act->row; head_rows above the list are not rows.  False: the action is something else.
 */
bool list_act(struct list *l, const struct act *act, int rows, int head_rows);

/* The row that a mouse action points at; false: none. */
bool list_row_at(const struct list *l, const struct act *act, int rows, int head_rows, size_t *row);

/* Selects a row whose text matches, around the end if need be; false: none does. */
bool list_search(struct list *l, int rows, struct str (*text)(const void *data, size_t row),
		 const void *data, const struct regex *re, enum search_step step);

enum column_align {
	ALIGN_LEFT,
	ALIGN_RIGHT,
};

enum { COLUMN_LUXURY = 4 };

struct column {
	const char *title;
	int width; /* cells; the least, for the one that grows */
	bool grows;
	int good_width; /* of the one that grows: below it, columns of rank COLUMN_LUXURY and more go */
	uint8_t rank; /* the highest gives way first; rank 0 stays */
	enum column_align align;
	bool can_sort;
};

/* What a view says about one cell of the table.  Texts are borrowed; buf is there to print into. */
struct table_cell {
	struct str text;
	struct str shorter; /* instead of a text that does not fit; empty: none */
	struct str suffix; /* behind the text, dim */
	int indent;	   /* blank cells before the text */
	enum glyph glyph;  /* and then this one and a blank; 0: nothing */
	struct attr attr;
	bool cuts_head; /* too long: the end stays, as in paths */
	/* In place of text: a bar, and a bar of another ink in front of it; parts of the width. */
	bool is_bar;
	double bar, front_bar;
	uint8_t front_ink;
	char buf[80];
};

struct table {
	struct list list;
	struct column column[TABLE_COLUMNS];
	int n_column;
	int sort_column; /* -1: none */
	bool is_descending;
};

/* Fills *cell, which comes with empty text and AT_TEXT. */
typedef void (*table_cell_fn)(const void *data, size_t row, int column, struct table_cell *cell);

enum { TABLE_HEAD_ROWS = 1 };

/* Rows that a table in a shows. */
static inline int table_rows(struct area a)
{
	return a.rows > TABLE_HEAD_ROWS ? a.rows - TABLE_HEAD_ROWS : 0;
}

/* Draws the head and the rows.  What matches search (may be NULL) in texts is lit. */
void table_draw(const struct table *t, struct area a, table_cell_fn fn, const void *data,
		const struct regex *search);

/* Where each column stands: its first cell, or -1 where it gave way; and its width. */
struct table_layout {
	int col[TABLE_COLUMNS], width[TABLE_COLUMNS];
};

struct table_layout table_layout(const struct table *t, int cols);

enum table_change {
	TABLE_NOTHING, /* the action is not for tables */
	TABLE_MOVED,
	TABLE_SORT, /* another order is wanted: sort_column and is_descending say which */
};

/* Orders by a column: numbers go down at first, names up; once more turns it round. */
void table_sort_by(struct table *t, int column);

/* Moving, and choosing the order by key or by a click on a head. */
enum table_change table_act(struct table *t, const struct act *act);

#endif
