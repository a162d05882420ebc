/*
 * Text into cells.
 *
 * Lives here: the one way from a name to cells: made safe, measured, cut, put.
 */
#include "config.h"

#include "tui/internal.h"

#include "tui/grid.h"

#include "base/term.h"
#include "base/width.h"

#include <stdarg.h>
#include <stdio.h>

enum {
	TAB_CELLS = 8,
	DOTTED_CIRCLE = 0x25cc, /* carries a combining mark that has no base */
};

char glyph_ascii(uint32_t rune)
{
	static const struct {
		uint32_t glyph;
		char ascii;
	} stand_in[] = {
		{ GLYPH_DOT, '.' },	    { GLYPH_ELLIPSIS, '~' },	{ GLYPH_LEFT, '<' },
		{ GLYPH_UP, '^' },	    { GLYPH_RIGHT, '>' },	{ GLYPH_DOWN, 'v' },
		{ GLYPH_MINUS, '-' },	    { GLYPH_ROW, '-' },		{ GLYPH_COLUMN, '|' },
		{ GLYPH_TOP_LEFT, '+' },    { GLYPH_TOP_RIGHT, '+' },	{ GLYPH_BOTTOM_LEFT, '+' },
		{ GLYPH_BOTTOM_RIGHT, '+' }, { GLYPH_BRANCH, '+' },	{ GLYPH_LOWER_HALF, '_' },
		{ GLYPH_FULL, '#' },	    { GLYPH_ONE_EIGHTH, '|' },	{ GLYPH_SHADE, ':' },
		{ GLYPH_BULLET, '*' },	    { GLYPH_CIRCLE, 'o' },	{ GLYPH_SORT_UP, '^' },
		{ GLYPH_FOLDED, '+' },	    { GLYPH_SORT_DOWN, 'v' },	{ GLYPH_UNFOLDED, '-' },
	};

	if (rune < 0x80)
		return (char)rune;
	if (rune >= GLYPH_SEVEN_EIGHTHS && rune < GLYPH_ONE_EIGHTH)
		return '#';
	for (size_t i = 0; i < sizeof(stand_in) / sizeof(stand_in[0]); i++)
		if (stand_in[i].glyph == rune)
			return stand_in[i].ascii;
	return '?';
}

/* The safe code point at the front of *s, which moves on. */
static uint32_t take_rune(struct str *s)
{
	char to[TERM_SAFE_LARGEST];
	size_t used, n = term_safe(*s, false, to, &used);
	uint32_t r;

	(void)str_rune(n ? (struct str){ to, n } : *s, &r);
	*s = str_from_offset(*s, used);
	return r;
}

/* Selectors of one of two looks of a character.  Terminals disagree about the width of the second. */
static bool is_selector(uint32_t r)
{
	return r >= 0xfe00 && r <= 0xfe0f;
}

/* Attaches the combining marks at the front of *s. */
static void take_marks(struct str *s, struct cell *c)
{
	size_t n = c->mark[0] ? 1 : 0;

	while (s->len && (unsigned char)s->ptr[0] >= 0x80) {
		struct str rest = *s;
		uint32_t r = take_rune(&rest);

		if (rune_width(r) != 0)
			return;
		if (n < CELL_MARKS && !is_selector(r))
			c->mark[n++] = r;
		*s = rest;
	}
}

/* The glyph at the front of *s (not empty), which moves on behind it and its marks. */
static void take_glyph(enum grid_glyphs glyphs, struct str *s, struct cell *c)
{
	unsigned char b = (unsigned char)s->ptr[0];

	*c = (struct cell){ .rune = b, .width = 1 };
	if (b >= 0x20 && b < 0x7f) {
		s->ptr++;
		s->len--;
	} else {
		c->rune = take_rune(s);
		c->width = (uint8_t)rune_width(c->rune);
		if (c->width == 0) {
			c->mark[0] = is_selector(c->rune) ? 0 : c->rune;
			c->rune = DOTTED_CIRCLE;
			c->width = 1;
		}
	}
	if (s->len && (unsigned char)s->ptr[0] >= 0x80)
		take_marks(s, c);
	if (glyphs == GLYPHS_ASCII && (c->rune >= 0x80 || c->mark[0]))
		*c = (struct cell){ .rune = (unsigned char)glyph_ascii(c->rune), .width = 1 };
}

/* Cells of s, or something above `enough`. */
static int measure(enum grid_glyphs glyphs, struct str s, int enough)
{
	struct cell c;
	int n = 0;

	while (s.len && n <= enough) {
		take_glyph(glyphs, &s, &c);
		n += c.width;
	}
	return n;
}

int grid_text_width(const struct grid *g, struct str s)
{
	return measure(g->glyphs, s, INT32_MAX - 2);
}

/* Puts what fits into `width` cells; gives their number. */
static int put_text(struct area a, int row, int col, int width, struct str s, struct attr at)
{
	struct cell c;
	int n = 0;

	while (s.len) {
		take_glyph(a.grid->glyphs, &s, &c);
		if (n + c.width > width)
			break;
		c.attr = at;
		area_put(a, row, col + n, &c);
		n += c.width;
	}
	return n;
}

/* Room from col to the end of a, at most width. */
static int room(struct area a, int row, int col, int width)
{
	if (row < 0 || row >= a.rows)
		return 0;
	return width < a.cols - col ? width : a.cols - col;
}

int grid_text(struct area a, int row, int col, int width, struct str s, struct attr at)
{
	int n;

	width = room(a, row, col, width);
	if (width <= 0)
		return 0;
	if (measure(a.grid->glyphs, s, width) <= width)
		return put_text(a, row, col, width, s, at);
	n = put_text(a, row, col, width - 1, s, at);
	grid_glyph(a, row, col + n, GLYPH_ELLIPSIS, at);
	return n + 1;
}

/* The next glyph of a line at a column, a tab as blanks; gives its cells. */
static int take_source(enum grid_glyphs glyphs, struct str *s, int at, struct cell *c)
{
	if (s->ptr[0] != '\t') {
		take_glyph(glyphs, s, c);
		return c->width;
	}
	*c = (struct cell){ .rune = ' ', .width = 1 };
	*s = str_from_offset(*s, 1);
	return TAB_CELLS - at % TAB_CELLS;
}

int grid_source_width(const struct grid *g, struct str s)
{
	struct cell c;
	int at = 0;

	while (s.len && at < INT32_MAX / 2)
		at += take_source(g->glyphs, &s, at, &c);
	return at;
}

int grid_source(struct area a, int row, int col, int width, struct str s, int shift, struct attr at)
{
	struct cell c;
	int from = 0, end = 0;
	bool has_more;

	width = room(a, row, col, width);
	while (s.len && from < shift + width) {
		end = from + take_source(a.grid->glyphs, &s, from, &c);
		c.attr = at;
		/* Tabs and blanks take any part of it; half a wide glyph is a blank. */
		for (int i = from; c.rune == ' ' && i < end && i < shift + width; i++)
			if (i >= shift)
				area_put(a, row, col + i - shift, &c);
		if (c.rune != ' ' && from >= shift && end <= shift + width)
			area_put(a, row, col + from - shift, &c);
		from = end;
	}
	has_more = s.len > 0 || from > shift + width;
	if (has_more && width > 0)
		grid_glyph(a, row, col + width - 1, GLYPH_RIGHT, AT_DIM);
	if (shift > 0 && width > 1 && from > 0)
		grid_glyph(a, row, col, GLYPH_LEFT, AT_DIM);
	from -= shift;
	return from < 0 ? 0 : from < width ? from : width;
}

int grid_text_tail(struct area a, int row, int col, int width, struct str s, struct attr at)
{
	int left;
	struct cell c;

	width = room(a, row, col, width);
	if (width <= 0)
		return 0;
	left = grid_text_width(a.grid, s);
	if (left <= width)
		return put_text(a, row, col, width, s, at);
	while (s.len && left > width - 1) {
		take_glyph(a.grid->glyphs, &s, &c);
		left -= c.width;
	}
	grid_glyph(a, row, col, GLYPH_ELLIPSIS, at);
	return 1 + put_text(a, row, col + 1, width - 1, s, at);
}

int grid_text_right(struct area a, int row, int col, int width, struct str s, struct attr at)
{
	int n = measure(a.grid->glyphs, s, width);

	if (n < width)
		col += width - n;
	grid_text(a, row, col, width, s, at);
	return col;
}

int grid_fmt(struct area a, int row, int col, int width, struct attr at, const char *fmt, ...)
{
	char text[512];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n < 0)
		return 0;
	if ((size_t)n >= sizeof(text))
		n = (int)sizeof(text) - 1;
	return grid_text(a, row, col, width, (struct str){ text, (size_t)n }, at);
}
