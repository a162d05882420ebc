/*
 * The cell grid: everything that will be on the screen, as data.
 *
 * Lives here: cells, areas that clip, text (the gate that all names pass on their way to a
 * screen), bars, fills, dumps.  Nothing here allocates but grid_resize().
 * Not here: the terminal (tui/screen.h), what to draw (widgets and views).
 */
#ifndef TUI_GRID_H
#define TUI_GRID_H

#include "base/error.h"
#include "base/out.h"
#include "base/str.h"
#include "base/vec.h"
#include "tui/theme.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	CELL_MARKS = 2, /* combining marks kept; more are dropped */
};

struct cell {
	uint32_t rune; /* 0: the right half of the wide one to its left */
	uint32_t mark[CELL_MARKS];
	struct attr attr;
	uint8_t width; /* 1 or 2; 0 for a right half */
};

enum grid_glyphs {
	GLYPHS_UTF8,
	GLYPHS_ASCII, /* everything else has a stand-in */
};

/* Our own glyphs; each has an ASCII stand-in. */
enum glyph {
	GLYPH_DOT = 0xb7,
	GLYPH_ELLIPSIS = 0x2026,
	GLYPH_LEFT = 0x2190,
	GLYPH_UP = 0x2191,
	GLYPH_RIGHT = 0x2192,
	GLYPH_DOWN = 0x2193,
	GLYPH_MINUS = 0x2212,
	GLYPH_ROW = 0x2500,
	GLYPH_COLUMN = 0x2502,
	GLYPH_TOP_LEFT = 0x250c,
	GLYPH_TOP_RIGHT = 0x2510,
	GLYPH_BOTTOM_LEFT = 0x2514,
	GLYPH_BOTTOM_RIGHT = 0x2518,
	GLYPH_BRANCH = 0x251c,
	GLYPH_LOWER_HALF = 0x2584,
	GLYPH_FULL = 0x2588,
	GLYPH_SEVEN_EIGHTHS = 0x2589, /* from the left, down to... */
	GLYPH_ONE_EIGHTH = 0x258f,
	GLYPH_SHADE = 0x2592,
	GLYPH_BULLET = 0x25cf,
	GLYPH_CIRCLE = 0x25cb,
	GLYPH_SORT_UP = 0x25b2,
	GLYPH_FOLDED = 0x25b8,
	GLYPH_SORT_DOWN = 0x25bc,
	GLYPH_UNFOLDED = 0x25be,
};

struct grid {
	VEC(struct cell) cells; /* rows * cols, row by row */
	int rows, cols;
	enum grid_glyphs glyphs;
	bool is_plain; /* too few colours to tell things apart by them alone */
	int cursor_row, cursor_col; /* where typing goes; -1: no cursor */
};

#define GRID_INIT { .cells = VEC_INIT, .cursor_row = -1, .cursor_col = -1 }

/* Makes it rows by cols, all blank.  ERR_NOMEM leaves the old one. */
bool grid_resize(struct grid *g, int rows, int cols, struct error *err);
void grid_release(struct grid *g);

/* All blank, no cursor. */
void grid_clear(struct grid *g);

static inline const struct cell *grid_cell(const struct grid *g, int row, int col)
{
	return &g->cells.at[(size_t)row * (size_t)g->cols + (size_t)col];
}

/*
 * A rectangle of a grid.  Rows and columns given together with an area count from its corner,
 * and nothing is drawn outside of it.  Sizes are never negative.
 */
struct area {
	struct grid *grid;
	int row, col, rows, cols;
};

struct area grid_area(struct grid *g);

/* The part of a that lies in the rectangle; empty when none does. */
struct area area_part(struct area a, int row, int col, int rows, int cols);

/* Takes n rows or columns off an edge of *a and gives them; fewer where there are fewer. */
struct area area_cut_top(struct area *a, int n);
struct area area_cut_bottom(struct area *a, int n);
struct area area_cut_right(struct area *a, int n);

/* Is the cell of the grid (from its corner) in a?  Then gives the place in a. */
bool area_has(struct area a, int grid_row, int grid_col, int *row, int *col);

/*
 * Writes s, made safe, into at most `width` cells and gives the number of cells written.  What is
 * too long ends (grid_text_tail: begins) in an ellipsis.
 */
int grid_text(struct area a, int row, int col, int width, struct str s, struct attr at);
int grid_text_tail(struct area a, int row, int col, int width, struct str s, struct attr at);

/* As grid_text(), at the right end of the `width` cells; gives the column where it began. */
int grid_text_right(struct area a, int row, int col, int width, struct str s, struct attr at);

/* printf into at most `width` cells; longer than 512 bytes is cut. */
int grid_fmt(struct area a, int row, int col, int width, struct attr at, const char *fmt, ...)
	__attribute__((format(printf, 6, 7)));

/* Cells that grid_text() would write, given room. */
int grid_text_width(const struct grid *g, struct str s);

/*
 * A line of program text: as grid_text(), but tabs go to the next multiple of eight, the text is moved
 * to the left by `shift` cells, and an arrow stands at either end where there is more of it.
 * grid_source_width() counts its cells, tabs too.
 */
int grid_source(struct area a, int row, int col, int width, struct str s, int shift, struct attr at);
int grid_source_width(const struct grid *g, struct str s);

/*
 * One glyph of ours (not a name's), one cell wide; ASCII grids show the stand-in of
 * glyph_ascii().
 */
void grid_glyph(struct area a, int row, int col, enum glyph glyph, struct attr at);

/* Blanks. */
void grid_fill(struct area a, struct attr at);

/* n times the glyph. */
void grid_line(struct area a, int row, int col, int n, enum glyph glyph, struct attr at);

/* Gives the cells of one row another look and leaves what they show. */
void grid_tint(struct area a, int row, int col, int n, struct attr at);

/*
 * A bar of `eighths` of a cell in `width` cells, from the left; the rest is blank.  In ASCII
 * a cell that is half full counts as full.
 */
void grid_bar(struct area a, int row, int col, int width, int eighths, struct attr at);

/*
 * A bar of `bar` of the width, 0 to 1, and in front of it one of `front` in another ink.  Anything
 * above 0 is seen.  In ASCII '#' is the one in front, '=' the other.
 */
void grid_bars(struct area a, int row, int col, int width, double bar, double front,
	       struct attr at, uint8_t front_ink);

/* A frame around a, inside of it, with a title on its upper edge. */
void grid_frame(struct area a, struct str title, struct attr at);

/* Where typing goes; outside of a: nowhere. */
void grid_cursor(struct area a, int row, int col);

/* The ASCII stand-in of a code point; '?' when it has none. */
char glyph_ascii(uint32_t rune);

/* One line a row, without blanks at the ends. */
void grid_dump_text(const struct grid *g, struct out *o);

/* Each row, then its runs of equal attributes that are not the default: "  3-17 text/bar-back bold". */
void grid_dump_cells(const struct grid *g, struct out *o);

#endif
