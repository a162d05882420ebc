/*
 * The cell grid: everything that will be on the screen, as data.
 *
 * Lives here: cells, areas, bars, dumps.
 * Not here: text (tui/text.c).
 */
#include "config.h"

#include "tui/internal.h"

#include "tui/grid.h"

static const struct cell blank = { .rune = ' ', .width = 1 };

bool grid_resize(struct grid *g, int rows, int cols, struct error *err)
{
	size_t n = (size_t)rows * (size_t)cols;

	g->cells.n = 0;
	if (!vec_reserve(&g->cells, n ? n : 1)) {
		g->cells.n = (size_t)g->rows * (size_t)g->cols;
		return error_nomem(err, "the screen");
	}
	g->cells.n = n;
	g->rows = rows;
	g->cols = cols;
	grid_clear(g);
	return true;
}

void grid_release(struct grid *g)
{
	vec_release(&g->cells);
	g->rows = g->cols = 0;
}

void grid_clear(struct grid *g)
{
	for (size_t i = 0; i < g->cells.n; i++)
		g->cells.at[i] = blank;
	g->cursor_row = g->cursor_col = -1;
}

struct area grid_area(struct grid *g)
{
	return (struct area){ .grid = g, .rows = g->rows, .cols = g->cols };
}

/* The part of from..from+n that lies in 0..size. */
static void clip(int *from, int *n, int size)
{
	if (*from < 0) {
		*n += *from;
		*from = 0;
	}
	if (*from > size)
		*from = size;
	if (*n > size - *from)
		*n = size - *from;
	if (*n < 0)
		*n = 0;
}

struct area area_part(struct area a, int row, int col, int rows, int cols)
{
	clip(&row, &rows, a.rows);
	clip(&col, &cols, a.cols);
	return (struct area){ a.grid, a.row + row, a.col + col, rows, cols };
}

struct area area_cut_top(struct area *a, int n)
{
	struct area top = area_part(*a, 0, 0, n, a->cols);

	*a = area_part(*a, top.rows, 0, a->rows, a->cols);
	return top;
}

struct area area_cut_bottom(struct area *a, int n)
{
	int at = n < a->rows ? a->rows - n : 0;
	struct area bottom = area_part(*a, at, 0, n, a->cols);

	*a = area_part(*a, 0, 0, at, a->cols);
	return bottom;
}

struct area area_cut_right(struct area *a, int n)
{
	int at = n < a->cols ? a->cols - n : 0;
	struct area right = area_part(*a, 0, at, a->rows, n);

	*a = area_part(*a, 0, 0, a->rows, at);
	return right;
}

bool area_has(struct area a, int grid_row, int grid_col, int *row, int *col)
{
	*row = grid_row - a.row;
	*col = grid_col - a.col;
	return *row >= 0 && *row < a.rows && *col >= 0 && *col < a.cols;
}

struct cell *area_cell(struct area a, int row, int col)
{
	if (row < 0 || row >= a.rows || col < 0 || col >= a.cols)
		return NULL;
	return &a.grid->cells.at[(size_t)(a.row + row) * (size_t)a.grid->cols +
				 (size_t)(a.col + col)];
}

/* What half a wide glyph leaves when the other half goes. */
static void blank_half(struct cell *c)
{
	struct attr at = c->attr;

	*c = blank;
	c->attr = at;
}

void area_put(struct area a, int row, int col, const struct cell *what)
{
	struct cell *c = area_cell(a, row, col);
	int grid_col = a.col + col;

	if (!c || (what->width == 2 && col + 1 >= a.cols))
		return;
	if (c->width == 0)
		blank_half(c - 1);
	if (grid_col + what->width < a.grid->cols && c[what->width].width == 0)
		blank_half(c + what->width);
	*c = *what;
	if (what->width == 2)
		c[1] = (struct cell){ .attr = what->attr };
}

static void put_rune(struct area a, int row, int col, uint32_t rune, struct attr at)
{
	struct cell c = { .rune = rune, .attr = at, .width = 1 };

	area_put(a, row, col, &c);
}

void grid_glyph(struct area a, int row, int col, enum glyph glyph, struct attr at)
{
	put_rune(a, row, col,
		 a.grid->glyphs == GLYPHS_ASCII ? (uint32_t)glyph_ascii(glyph) : glyph, at);
}

void grid_fill(struct area a, struct attr at)
{
	for (int row = 0; row < a.rows; row++)
		for (int col = 0; col < a.cols; col++)
			put_rune(a, row, col, ' ', at);
}

void grid_line(struct area a, int row, int col, int n, enum glyph glyph, struct attr at)
{
	for (int i = 0; i < n; i++)
		grid_glyph(a, row, col + i, glyph, at);
}

void grid_tint(struct area a, int row, int col, int n, struct attr at)
{
	struct area part = area_part(a, row, col, 1, n);

	for (int i = 0; part.rows && i < part.cols; i++)
		area_cell(part, 0, i)->attr = at;
}

void grid_bar(struct area a, int row, int col, int width, int eighths, struct attr at)
{
	bool ascii = a.grid->glyphs == GLYPHS_ASCII;

	for (int i = 0; i < width; i++) {
		int part = eighths - 8 * i;
		uint32_t rune = ' ';

		if (part >= 8 || (ascii && part >= 4))
			rune = ascii ? '#' : GLYPH_FULL;
		else if (part > 0 && !ascii)
			rune = GLYPH_ONE_EIGHTH + 1 - (uint32_t)part;
		put_rune(a, row, col + i, rune, at);
	}
}

/* Eighths of a cell that a part of the width fills; what is there shows. */
static int eighths(double part, int width)
{
	double n = part * 8 * width + 0.5;

	if (!(part > 0))
		return 0;
	return n < 1 ? 1 : n > 8 * width ? 8 * width : (int)n;
}

void grid_bars(struct area a, int row, int col, int width, double bar, double front,
	       struct attr at, uint8_t front_ink)
{
	int n = eighths(bar, width), n_front = eighths(front, width);
	struct attr front_at = { front_ink, at.bg, at.flags };

	grid_bar(a, row, col, width, n, at);
	if (a.grid->glyphs == GLYPHS_ASCII) {
		for (int i = 0; i < width && 8 * i + 4 <= n; i++)
			put_rune(a, row, col + i, '=', at);
		for (int i = 0; i < width && 8 * i + 4 <= n_front; i++)
			put_rune(a, row, col + i, '#', front_at);
		return;
	}
	for (int i = 0; i < width && 8 * i < n_front; i++) {
		int part = n_front - 8 * i < 8 ? n_front - 8 * i : 8;

		/* Half a cell of each: the ground is the bar behind. */
		front_at.bg = n >= 8 * i + 8 ? at.fg : at.bg;
		put_rune(a, row, col + i, GLYPH_ONE_EIGHTH + 1 - (uint32_t)part, front_at);
	}
}

void grid_frame(struct area a, struct str title, struct attr at)
{
	int right = a.cols - 1, bottom = a.rows - 1;

	grid_line(a, 0, 0, a.cols, GLYPH_ROW, at);
	grid_line(a, bottom, 0, a.cols, GLYPH_ROW, at);
	for (int row = 1; row < bottom; row++) {
		grid_glyph(a, row, 0, GLYPH_COLUMN, at);
		grid_glyph(a, row, right, GLYPH_COLUMN, at);
	}
	grid_glyph(a, 0, 0, GLYPH_TOP_LEFT, at);
	grid_glyph(a, 0, right, GLYPH_TOP_RIGHT, at);
	grid_glyph(a, bottom, 0, GLYPH_BOTTOM_LEFT, at);
	grid_glyph(a, bottom, right, GLYPH_BOTTOM_RIGHT, at);
	if (title.len && a.cols > 6) {
		int n = grid_text(a, 0, 3, a.cols - 6, title, at);

		put_rune(a, 0, 2, ' ', at);
		put_rune(a, 0, 3 + n, ' ', at);
	}
}

void grid_cursor(struct area a, int row, int col)
{
	if (row < 0 || row >= a.rows || col < 0 || col >= a.cols)
		return;
	a.grid->cursor_row = a.row + row;
	a.grid->cursor_col = a.col + col;
}

static void dump_rune(struct out *o, uint32_t r)
{
	char to[RUNE_LARGEST];

	out_bytes(o, to, rune_encode(r, to));
}

static void dump_row(const struct grid *g, int row, struct out *o)
{
	int end = g->cols;

	while (end > 0 && grid_cell(g, row, end - 1)->rune == ' ')
		end--;
	for (int col = 0; col < end; col++) {
		const struct cell *c = grid_cell(g, row, col);

		if (c->width == 0)
			continue;
		dump_rune(o, c->rune);
		for (int i = 0; i < CELL_MARKS && c->mark[i]; i++)
			dump_rune(o, c->mark[i]);
	}
	out_lit(o, "\n");
}

void grid_dump_text(const struct grid *g, struct out *o)
{
	for (int row = 0; row < g->rows; row++)
		dump_row(g, row, o);
}

static void dump_attr(struct out *o, struct attr at)
{
	char fg[32], bg[32];

	theme_ink_name((enum ink)at.fg, fg, sizeof(fg));
	theme_ink_name((enum ink)at.bg, bg, sizeof(bg));
	out_fmt(o, " %s/%s", fg, bg);
	if (at.flags & ATTR_BOLD)
		out_lit(o, " bold");
	if (at.flags & ATTR_UNDERLINE)
		out_lit(o, " underline");
	if (at.flags & ATTR_REVERSE)
		out_lit(o, " reverse");
	if (at.flags & ATTR_DIM)
		out_lit(o, " dim");
	out_lit(o, "\n");
}

void grid_dump_cells(const struct grid *g, struct out *o)
{
	for (int row = 0; row < g->rows; row++) {
		out_lit(o, "|");
		dump_row(g, row, o);
		for (int col = 0, end; col < g->cols; col = end) {
			struct attr at = grid_cell(g, row, col)->attr;

			for (end = col + 1; end < g->cols; end++)
				if (!attr_eq(at, grid_cell(g, row, end)->attr))
					break;
			if (attr_eq(at, AT_TEXT))
				continue;
			out_fmt(o, "  %d-%d", col, end - 1);
			dump_attr(o, at);
		}
	}
}
