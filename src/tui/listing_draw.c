/*
 * The source of one function, drawn.
 *
 *	      flat        cum  line    decode.go
 *	      80ms      1.24s        json.(*decodeState).object  src/encoding/json/decode.go
 *	         .          .   602    func (d *decodeState) object(v reflect.Value) error {
 *	      10ms      250ms   603 ▊→  	u, ut, pv := indirect(v, false)
 *
 * Lives here: columns, the margin of heat, the text of programs, the line about the selected row.
 */
#include "config.h"

#include "tui/listing.h"

#include "base/arith.h"
#include "tui/format.h"

#include <stdio.h>

const struct column listing_column_table[LISTING_COLUMNS] = {
	[LISTING_FLAT] = { "flat", 10, .rank = 3, .align = ALIGN_RIGHT },
	[LISTING_CUM] = { "cum", 10, .rank = 1, .align = ALIGN_RIGHT },
	[LISTING_SHARE] = { "cum%", 7, .rank = COLUMN_LUXURY, .align = ALIGN_RIGHT },
	[LISTING_NUMBER] = { "line", 5, .rank = 2, .align = ALIGN_RIGHT },
	[LISTING_MARKS] = { .title = "", .width = 2 },
	[LISTING_SOURCE] = { "source", 12, .grows = true, .good_width = 50 },
};

/* On wide screens what lines call stands on their right. */
enum {
	WIDE_CELLS = 110, /* of the source */
	WIDE_GAP = 2,
	LEAST_FILE = 8,	  /* cells of a file name, or it is left out */
};

static int calls_cells(int width)
{
	return width >= WIDE_CELLS ? width / 3 : 0;
}

static int64_t share_of(const struct report_list_routine *r, const struct listing_row *row)
{
	return row->kind == LISTING_HEAD ? r->cum : row->value ? row->value->cum : 0;
}

static void set_value(const struct listing *l, int64_t value, struct table_cell *cell)
{
	cell->text = value ? format_change(&l->now.list->scaler, value, l->is_diff, cell->buf) : STR(".");
	cell->attr = format_change_attr(value, l->hottest, l->is_diff);
	if (value < 0 && !l->is_diff)
		cell->attr = ATTR(INK_MINUS + THEME_DIFFS - 1, INK_DEFAULT, 0);
}

/* All but the marks and the source, which are no cells of a table. */
static void draw_cell(const void *data, size_t at, int column, struct table_cell *cell)
{
	const struct listing *l = data;
	struct listing_row row = listing_at(l, at);
	const struct report_list_routine *r = listing_routine(l, &row);
	bool is_head = row.kind == LISTING_HEAD;

	if (!is_head && row.kind != LISTING_LINE)
		return;
	switch ((enum listing_column)column) {
	case LISTING_FLAT:
		set_value(l, is_head ? r->flat : row.value ? row.value->flat : 0, cell);
		break;
	case LISTING_CUM:
		set_value(l, is_head ? r->cum : row.value ? row.value->cum : 0, cell);
		break;
	case LISTING_SHARE:
		if (share_of(r, &row))
			format_share_cell(share_of(r, &row), l->now.list->total, cell);
		break;
	case LISTING_NUMBER:
		if (!is_head)
			cell->text = (struct str){ cell->buf, (size_t)snprintf(cell->buf, sizeof(cell->buf), row.line ? "%lld" : "?",
									       (long long)row.line) };
		cell->attr = AT_DIM;
		break;
	case LISTING_MARKS:
	case LISTING_SOURCE:
	case LISTING_COLUMNS:
		break;
	}
	if (is_head)
		cell->attr.flags |= ATTR_BOLD;
}

/* A bar one cell wide; five signs where there are no eighths of a cell. */
static void draw_heat(const struct listing *l, const struct listing_row *row, struct area a, int at, int col)
{
	static const char ascii[] = " .:+*#";
	double heat = listing_heat(l, row);
	struct attr attr = ATTR((uint8_t)theme_heat_ink(heat), INK_DEFAULT, 0);
	int step;

	if (heat <= 0)
		return;
	if (l->is_diff)
		attr = format_change_attr(row->value->cum, l->hottest, true);
	if (a.grid->glyphs != GLYPHS_ASCII) {
		step = (int)(heat * 8 + 0.5);
		grid_bar(a, at, col, 1, step < 1 ? 1 : step, attr);
		return;
	}
	step = (int)(heat * 5 + 0.5);
	grid_text(a, at, col, 1, (struct str){ ascii + (step < 1 ? 1 : step), 1 }, attr);
}

/* Where it can be seen, the first match. */
static void light_match(struct area a, int at, int col, int width, struct str text, int shift,
			const struct regex *search)
{
	size_t start, end;
	int from, to;

	if (!search || !regex_find(search, text, 0, &start, &end) || start == end)
		return;
	from = grid_source_width(a.grid, str_head(text, start)) - shift;
	to = grid_source_width(a.grid, str_head(text, end)) - shift;
	from = from < 0 ? 0 : from;
	to = to > width ? width : to;
	if (to > from)
		grid_tint(a, at, col + from, to - from, AT_MATCH);
}

static void draw_note(const struct listing *l, const struct listing_row *row, struct area a, int at)
{
	const struct report_list_routine *r = listing_routine(l, row);
	const struct source_try *t;
	int col;

	if (row->kind == LISTING_ASK) {
		col = grid_text(a, at, 2, a.cols, STR("d"), AT_TITLE);
		grid_text(a, at, 2 + col, a.cols, STR(": say in which directory it is"), AT_BOLD);
	} else if (!r->file.len) {
		grid_text(a, at, 2, a.cols, STR("the profile names no source file of it"), AT_WARN);
	} else if (row->note == 0) {
		col = 2 + grid_text(a, at, 2, a.cols, STR("source not found: "), AT_WARN);
		grid_text_tail(a, at, col, a.cols - col, r->file, AT_WARN);
	} else {
		t = &r->tried[row->note - 1];
		col = 4 + grid_text(a, at, 4, a.cols, STR("tried "), AT_DIM);
		col += grid_text_tail(a, at, col, a.cols - col, t->path, AT_TEXT);
		if (!str_eq(t->why, STR("no such file or directory"))) {
			col += grid_text(a, at, col, a.cols - col, STR(": "), AT_DIM);
			grid_text(a, at, col, a.cols - col, t->why, AT_DIM);
		}
	}
}

static void draw_head(const struct report_list_routine *r, struct area a, int at, int col, int width)
{
	int n = grid_text(a, at, col, width, r->name, AT_TITLE);

	if (n + 4 < width)
		grid_text_tail(a, at, col + n + 2, width - n - 2, r->file, AT_DIM);
}

static void draw_line(const struct listing *l, const struct listing_row *row, struct area a, int at, int col, int width,
		      int shift, const struct regex *search)
{
	struct str text = listing_text(l, row);

	if (!text.ptr) {
		if (row->line == 0)
			grid_text(a, at, col, width, STR("(the profile does not say which line)"), AT_DIM);
		else if (listing_routine(l, row)->source)
			grid_text(a, at, col, width, STR("(the file has no such line)"), AT_WARN);
		return;
	}
	grid_source(a, at, col, width, text, shift, AT_TEXT);
	light_match(a, at, col, width, text, shift, search);
}

/* What the line calls, the heaviest first, from a column on. */
static void draw_calls(const struct listing *l, const struct listing_row *row, struct area line, int at,
		       struct attr attr)
{
	size_t n;
	const struct report_list_call *c = listing_calls(l, row, &n);
	char weight[FORMAT_BYTES];

	for (size_t i = 0; i < n && at < line.cols; i++) {
		at += grid_text(line, 0, at, line.cols - at, i ? STR(", ") : STR_EMPTY, AT_DIM);
		at += grid_text(line, 0, at, line.cols - at, c[i].name, attr);
		at += grid_fmt(line, 0, at, line.cols - at, AT_DIM, " %.*s",
			       STR_FMT(format_change(&l->now.list->scaler, c[i].weight, l->is_diff, weight)));
	}
}

/* What is no cell of a table. */
static void draw_rest(const struct listing *l, const struct table_layout *where, struct area a, int at,
		      const struct listing_row *row, int shift, const struct regex *search)
{
	int marks = where->col[LISTING_MARKS], source = where->col[LISTING_SOURCE];
	int width = where->width[LISTING_SOURCE], calls = calls_cells(width);
	size_t n;

	switch (row->kind) {
	case LISTING_HEAD:
		draw_head(listing_routine(l, row), a, at, source, width);
		break;
	case LISTING_NOTE:
	case LISTING_ASK:
		draw_note(l, row, a, at);
		break;
	case LISTING_LINE:
		(void)listing_calls(l, row, &n);
		draw_heat(l, row, a, at, marks);
		if (n)
			grid_glyph(a, at, marks + 1, GLYPH_RIGHT, ATTR(INK_TITLE, INK_DEFAULT, 0));
		draw_line(l, row, a, at, source, calls ? width - calls - WIDE_GAP : width, shift, search);
		if (calls)
			draw_calls(l, row, area_part(a, at, source + width - calls, 1, calls), 0, AT_DIM);
		break;
	}
}

/* In place of "source": the file, and in front of it the function whose head has left the screen. */
static void draw_title(const struct listing *l, size_t top, struct area a, int col, int width)
{
	struct listing_row row = listing_at(l, top);
	const struct report_list_routine *r = listing_routine(l, &row);
	struct str file = r->path.len ? r->path : r->file;
	int n = 0;

	grid_fill(area_part(a, 0, col, 1, width), AT_HEAD);
	if (row.kind == LISTING_HEAD && !r->path.len) {
		grid_text(a, 0, col, width, STR("source"), AT_HEAD);
		return;
	}
	if (row.kind != LISTING_HEAD)
		n = grid_text(a, 0, col, width, r->name, AT_HEAD) + WIDE_GAP;
	if (n + LEAST_FILE <= width)
		grid_text_tail(a, 0, col + n, width - n, file, AT_HEAD);
}

void listing_draw(const struct listing *l, const struct table *t, struct area a, int shift, const struct regex *search)
{
	struct table_layout where = table_layout(t, a.cols);
	int rows = table_rows(a), calls = calls_cells(where.width[LISTING_SOURCE]);
	size_t top = list_top(&t->list, rows);
	int col = where.col[LISTING_SOURCE], width = where.width[LISTING_SOURCE] - (calls ? calls + WIDE_GAP : 0);

	table_draw(t, a, draw_cell, l, NULL);
	if (a.rows > 0)
		draw_title(l, top, a, col, width);
	if (calls)
		grid_text(a, 0, where.col[LISTING_SOURCE] + where.width[LISTING_SOURCE] - calls, calls, STR("calls"),
			  AT_HEAD);
	for (int i = 0; i < rows && top + (size_t)i < l->n_row; i++) {
		struct listing_row row = listing_at(l, top + (size_t)i);
		bool is_selected = top + (size_t)i == t->list.selected;

		draw_rest(l, &where, a, i + TABLE_HEAD_ROWS, &row, shift, is_selected ? NULL : search);
		if (is_selected)
			grid_tint(a, i + TABLE_HEAD_ROWS, 0, a.cols, AT_SELECTED);
	}
}

void listing_draw_status(const struct listing *l, size_t at, struct area line)
{
	struct listing_row row = listing_at(l, at);
	const struct report_list_routine *r = listing_routine(l, &row);
	char flat[FORMAT_BYTES], cum[FORMAT_BYTES], share[FORMAT_BYTES], sides[FORMAT_SIDES_BYTES];
	int64_t own = row.kind == LISTING_LINE ? row.value ? row.value->flat : 0 : r->flat;
	int64_t all = row.kind == LISTING_LINE ? row.value ? row.value->cum : 0 : r->cum;
	size_t n;
	int col;

	if (row.kind == LISTING_LINE && row.line)
		col = grid_fmt(line, 0, 0, line.cols, AT_DIM, "line %lld  ", (long long)row.line);
	else if (row.kind == LISTING_LINE)
		col = grid_text(line, 0, 0, line.cols, STR("no line  "), AT_DIM);
	else
		col = grid_text(line, 0, 0, line.cols, STR("all lines  "), AT_DIM);
	if (!row.value && row.kind == LISTING_LINE) {
		grid_text(line, 0, col, line.cols - col, STR("nothing was spent here"), AT_DIM);
		return;
	}
	col += grid_fmt(line, 0, col, line.cols - col, AT_DIM, "flat %.*s  cum %.*s, %.*s of total",
			STR_FMT(format_change(&l->now.list->scaler, own, l->is_diff, flat)),
			STR_FMT(format_change(&l->now.list->scaler, all, l->is_diff, cum)),
			STR_FMT(format_share(all, l->now.list->total, share)));
	if (l->before.list) {
		int64_t before = listing_cum_before(l, &row);

		col += grid_text(line, 0, col, line.cols - col, STR("  "), AT_DIM);
		col += grid_text(line, 0, col, line.cols - col,
				 format_sides(&l->now.list->scaler, before, i64_add(before, all), line.grid->glyphs, sides),
				 AT_TEXT);
	}
	(void)listing_calls(l, &row, &n);
	if (n)
		draw_calls(l, &row, line, col + grid_text(line, 0, col, line.cols - col, STR("  calls "), AT_DIM),
			   AT_TEXT);
}
