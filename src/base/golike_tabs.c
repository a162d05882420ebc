/*
 * Go's text: the tab writer.
 *
 * Lives here: columns of neighbouring lines made equally wide.
 *
 *	a<tab>bb<tab>rest	a cell is what ends in a tab; the rest of a line is none
 *	ccc<tab>rest		a column runs as long as lines have a cell in it
 */
#include "config.h"

#include "base/golike.h"

#include "base/vec.h"

enum {
	PADDING = 1,
	ESCAPE = 0xff, /* between two of these tabs and newlines are text */
};

struct cell {
	struct str text;
	size_t width;  /* in code points */
	size_t column; /* its row in tabs.column, when it is one of a column */
	char end;      /* what ended it: '\t' of a column, '\n' of a line, 0 of the text */
};

struct tabs {
	VEC(struct cell) cells;
	VEC(size_t) column; /* widths */
	VEC(size_t) open;   /* columns that the line before had, left to right */
	size_t n_open;
};

static bool is_end_of_cell(char c)
{
	return c == '\t' || c == '\v' || c == '\n' || c == '\f';
}

/* The cell at the front of *rest, which moves behind what ended it. */
static struct cell next_cell(struct str *rest)
{
	struct cell c = { .text = *rest };
	bool is_escaped = false;
	size_t at = 0;

	for (; at < rest->len; at++) {
		char ch = rest->ptr[at];

		if ((unsigned char)ch == ESCAPE) {
			/* The pair of marks is written but takes no room. */
			c.width -= is_escaped ? 2 : 0;
			is_escaped = !is_escaped;
		} else if (!is_escaped && is_end_of_cell(ch)) {
			break;
		}
	}
	c.text.len = at;
	c.width += str_width_runes(c.text);
	c.end = at < rest->len ? rest->ptr[at] : '\0';
	*rest = str_from_offset(*rest, at + 1);
	return c;
}

/* Puts cell number i of its line into the column that the line before has there, or a new one. */
static bool place(struct tabs *t, struct cell *c, size_t i)
{
	if (i >= t->n_open) {
		if (!vec_push(&t->column, PADDING))
			return false;
		if (i < t->open.n)
			t->open.at[i] = t->column.n - 1;
		else if (!vec_push(&t->open, t->column.n - 1))
			return false;
		t->n_open = i + 1;
	}
	c->column = t->open.at[i];
	if (t->column.at[c->column] < c->width + PADDING)
		t->column.at[c->column] = c->width + PADDING;
	return true;
}

static bool measure(struct tabs *t, struct str rest)
{
	size_t i = 0;

	while (rest.len) {
		struct cell c = next_cell(&rest);

		if ((c.end == '\t' || c.end == '\v') && !rest.len) {
			c.end = '\0'; /* the last cell is in no column, tab or not */
		} else if (c.end == '\t' || c.end == '\v') {
			c.end = '\t';
			if (!place(t, &c, i++))
				return false;
		} else if (c.end) {
			t->n_open = c.end == '\f' ? 0 : i;
			c.end = '\n';
			i = 0;
		}
		if (!vec_push(&t->cells, c))
			return false;
	}
	return true;
}

static void write_cells(const struct tabs *t, struct out *o)
{
	for (size_t i = 0; i < t->cells.n; i++) {
		const struct cell *c = &t->cells.at[i];

		if (c->end == '\t')
			out_spaces(o, t->column.at[c->column] - c->width);
		out_str(o, c->text);
		if (c->end == '\n')
			out_char(o, '\n');
	}
}

bool go_tabs_is_escaped(struct str text)
{
	bool is_escaped = false;

	for (size_t i = 0; i < text.len; i++)
		is_escaped ^= (unsigned char)text.ptr[i] == ESCAPE;
	return is_escaped;
}

bool go_tabs(struct out *o, struct str text, struct error *err)
{
	struct tabs t = { .cells = VEC_INIT, .column = VEC_INIT, .open = VEC_INIT };
	bool ok = measure(&t, text);

	if (ok)
		write_cells(&t, o);
	vec_release(&t.cells);
	vec_release(&t.column);
	vec_release(&t.open);
	return ok || error_nomem(err, "columns");
}
