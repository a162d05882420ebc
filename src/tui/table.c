/*
 * A table.
 *
 * Lives here: columns, heads, order.
 */
#include "config.h"

#include "tui/list.h"

enum { GAP = 1 }; /* cells between columns */

/* Cells that the shown columns need: to be good, or at least. */
static int needed(const struct table *t, const bool *is_shown, bool to_be_good)
{
	int sum = 0;

	for (int i = 0; i < t->n_column; i++) {
		const struct column *c = &t->column[i];

		if (is_shown[i])
			sum += (to_be_good && c->good_width ? c->good_width : c->width) +
			       (sum ? GAP : 0);
	}
	return sum;
}

/* The shown column of the highest rank from `least` on, the last of equals; -1: all stay. */
static int next_to_go(const struct table *t, const bool *is_shown, int least)
{
	int best = -1;

	for (int i = 0; i < t->n_column; i++)
		if (is_shown[i] && t->column[i].rank >= least &&
		    (best < 0 || t->column[i].rank >= t->column[best].rank))
			best = i;
	return best;
}

/* Which columns there is room for. */
static void choose_columns(const struct table *t, int cols, bool *is_shown)
{
	int victim;

	for (int i = 0; i < TABLE_COLUMNS; i++)
		is_shown[i] = i < t->n_column;
	while (cols < needed(t, is_shown, true) &&
	       (victim = next_to_go(t, is_shown, COLUMN_LUXURY)) >= 0)
		is_shown[victim] = false;
	while (cols < needed(t, is_shown, false) && (victim = next_to_go(t, is_shown, 1)) >= 0)
		is_shown[victim] = false;
}

struct table_layout table_layout(const struct table *t, int cols)
{
	struct table_layout l;
	bool is_shown[TABLE_COLUMNS];
	int spare, at = 0;

	choose_columns(t, cols, is_shown);
	spare = cols - needed(t, is_shown, false);
	for (int i = 0; i < TABLE_COLUMNS; i++) {
		l.col[i] = -1;
		l.width[i] = 0;
		if (!is_shown[i])
			continue;
		if (at)
			at += GAP;
		l.col[i] = at;
		l.width[i] = t->column[i].width;
		if (t->column[i].grows) {
			l.width[i] += spare;
			if (l.width[i] < 1)
				l.width[i] = 1;
			spare = 0;
		}
		at += l.width[i];
	}
	return l;
}

/* Where it can be seen, the first match in text that begins at col. */
static void light_match(struct area a, int row, int col, int width, struct str text,
			const struct regex *search)
{
	size_t start, end;
	int from, n;

	if (!search || !regex_find(search, text, 0, &start, &end) || start == end)
		return;
	from = grid_text_width(a.grid, str_head(text, start));
	n = grid_text_width(a.grid, (struct str){ text.ptr + start, end - start });
	if (from + n > width)
		n = width - from;
	if (n > 0)
		grid_tint(a, row, col + from, n, AT_MATCH);
}

/* What stands before the text; gives its width. */
static int draw_indent(struct area a, int row, int col, int width, const struct table_cell *cell)
{
	int n = cell->indent < width ? cell->indent : width;

	if (!cell->glyph || n >= width)
		return n;
	grid_glyph(a, row, col + n, cell->glyph, AT_DIM);
	return n + 2 < width ? n + 2 : width;
}

static void draw_cell(struct area a, int row, int col, int width, enum column_align align,
		      const struct table_cell *cell, const struct regex *search)
{
	struct str text = cell->text;
	int n = draw_indent(a, row, col, width, cell);

	col += n;
	width -= n;
	if (cell->shorter.len && grid_text_width(a.grid, text) > width)
		text = cell->shorter;
	if (cell->is_bar) {
		grid_bars(a, row, col, width, cell->bar, cell->front_bar, cell->attr,
			  cell->front_ink);
	} else if (align == ALIGN_RIGHT) {
		grid_text_right(a, row, col, width, cell->text, cell->attr);
	} else if (cell->cuts_head) {
		grid_text_tail(a, row, col, width, cell->text, cell->attr);
	} else {
		n = grid_text(a, row, col, width, text, cell->attr);
		if (cell->suffix.len && n < width)
			grid_text(a, row, col + n, width - n, cell->suffix, AT_DIM);
		light_match(a, row, col, width, text, search);
	}
}

static void draw_head(const struct table *t, const struct table_layout *l, struct area a)
{
	grid_fill(area_part(a, 0, 0, 1, a.cols), AT_HEAD);
	for (int i = 0; i < t->n_column; i++) {
		struct str title = str_from(t->column[i].title);
		bool is_sorted = i == t->sort_column;
		int width = l->width[i], n, col;

		if (l->col[i] < 0)
			continue;
		n = grid_text_width(a.grid, title) + (is_sorted ? 1 : 0);
		col = l->col[i] + (t->column[i].align == ALIGN_RIGHT && n < width ? width - n : 0);
		n = grid_text(a, 0, col, width - (is_sorted ? 1 : 0), title, AT_HEAD);
		if (is_sorted && width > 0)
			grid_glyph(a, 0, col + n,
				   t->is_descending ? GLYPH_SORT_DOWN : GLYPH_SORT_UP, AT_HEAD);
	}
}

static void draw_row(const struct table *t, const struct table_layout *l, struct area a, int at,
		     size_t row, table_cell_fn fn, const void *data, const struct regex *search)
{
	bool is_selected = row == t->list.selected;

	for (int k = 0; k < t->n_column; k++) {
		struct table_cell cell = { .text = STR_EMPTY, .shorter = STR_EMPTY, .suffix = STR_EMPTY,
					   .attr = AT_TEXT };

		if (l->col[k] < 0)
			continue;
		fn(data, row, k, &cell);
		draw_cell(a, at, l->col[k], l->width[k], t->column[k].align, &cell,
			  is_selected ? NULL : search);
	}
	if (is_selected)
		grid_tint(a, at, 0, a.cols, AT_SELECTED);
}

void table_draw(const struct table *t, struct area a, table_cell_fn fn, const void *data,
		const struct regex *search)
{
	struct table_layout l = table_layout(t, a.cols);
	int rows = table_rows(a);
	size_t top = list_top(&t->list, rows);

	if (a.rows < 1)
		return;
	draw_head(t, &l, a);
	for (int i = 0; i < rows && top + (size_t)i < t->list.n; i++)
		draw_row(t, &l, a, i + TABLE_HEAD_ROWS, top + (size_t)i, fn, data, search);
}

/* The column under the mouse when it points at the head; -1: none. */
static int head_at(const struct table *t, const struct act *act)
{
	struct table_layout l = table_layout(t, act->area.cols);

	if (act->row != 0)
		return -1;
	for (int i = 0; i < t->n_column; i++)
		if (l.col[i] >= 0 && act->col >= l.col[i] && act->col < l.col[i] + l.width[i])
			return i;
	return -1;
}

void table_sort_by(struct table *t, int column)
{
	if (column == t->sort_column) {
		t->is_descending = !t->is_descending;
		return;
	}
	t->sort_column = column;
	t->is_descending = t->column[column].align == ALIGN_RIGHT;
}

static enum table_change sorted_by(struct table *t, int column)
{
	table_sort_by(t, column);
	return TABLE_SORT;
}

/* The column that a head sorts by: its own, or, where that is another form of one on its left, that one. */
static int sorting_column(const struct table *t, int column)
{
	while (column >= 0 && !t->column[column].can_sort)
		column--;
	return column;
}

static enum table_change sort_step(struct table *t, int step)
{
	int at = t->sort_column < 0 ? 0 : t->sort_column;

	for (int i = 0; i < t->n_column; i++) {
		at = (at + step + t->n_column) % t->n_column;
		if (t->column[at].can_sort && at != t->sort_column)
			return sorted_by(t, at);
	}
	return TABLE_MOVED;
}

enum table_change table_act(struct table *t, const struct act *act)
{
	int column;

	switch (act->action) {
	case ACT_CLICK:
	case ACT_DOUBLE_CLICK:
		column = sorting_column(t, head_at(t, act));
		if (column >= 0)
			return sorted_by(t, column);
		break;
	case ACT_SORT_NEXT:
	case ACT_SORT_PREVIOUS:
		return sort_step(t, act->action == ACT_SORT_NEXT ? 1 : -1);
	case ACT_REVERSE:
		if (t->sort_column < 0)
			return TABLE_NOTHING;
		return sorted_by(t, t->sort_column);
	default:
		break;
	}
	return list_act(&t->list, act, table_rows(act->area), TABLE_HEAD_ROWS) ? TABLE_MOVED
									      : TABLE_NOTHING;
}
