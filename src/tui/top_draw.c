/*
 * Top: the table of functions.
 *
 * Lives here: its cells, and the line about the selected function.
 */
#include "config.h"

#include "tui/top_view.h"

#include "base/arith.h"
#include "tui/format.h"

static void draw_one(const void *state, size_t at, int column, struct table_cell *cell)
{
	static const char *const inlined[] = { "", " (partial-inline)", " (inline)" };
	const struct top *t = state;
	const struct report_text_row *r = top_row(t, at);

	switch ((enum top_column)column) {
	case COLUMN_FLAT:
		format_value_cell(&t->rows->scaler, r->flat, t->is_diff, cell);
		break;
	case COLUMN_FLAT_SHARE:
		format_share_cell(r->flat, t->rows->total, cell);
		break;
	case COLUMN_SUM:
		format_share_cell(t->sum.at[at], t->rows->total, cell);
		cell->attr = AT_DIM;
		break;
	case COLUMN_CUM:
		format_value_cell(&t->rows->scaler, r->cum, t->is_diff, cell);
		break;
	case COLUMN_CUM_SHARE:
		format_share_cell(r->cum, t->rows->total, cell);
		break;
	case COLUMN_BAR:
		format_bar_cell(r->flat, r->cum, t->rows->total, t->is_diff, cell);
		break;
	case COLUMN_NAME:
		cell->text = r->name;
		cell->shorter = t->short_name.at[t->order.at[at]];
		cell->suffix = str_from(inlined[r->inlined]);
		break;
	case N_COLUMNS:
		break;
	}
}

void top_draw(const void *state, struct area a, const struct search *search)
{
	const struct top *t = state;

	table_draw(&t->table, a, draw_one, t, search->regex);
	if (t->rows->n_row == 0 && a.rows > 1)
		grid_text(a, 1, 0, a.cols, STR("nothing to show: no sample is left"), AT_DIM);
}

static int64_t cum_before(const struct top *t, struct str name)
{
	for (size_t i = 0; i < t->before->n_row; i++)
		if (str_eq(name, t->before->row[i].name))
			return t->before->row[i].cum;
	return 0;
}

void top_draw_status(const void *state, struct area line)
{
	const struct top *t = state;
	const struct measure_scaler *s;
	const struct report_text_row *r;
	char flat[FORMAT_BYTES], cum[FORMAT_BYTES], flat_share[FORMAT_BYTES], cum_share[FORMAT_BYTES];
	char sides[FORMAT_SIDES_BYTES];
	int at;

	if (t->order.n == 0)
		return;
	r = top_row(t, t->table.list.selected);
	s = &t->rows->scaler;
	at = grid_fmt(line, 0, 0, line.cols, AT_DIM, "%zu/%zu  flat %.*s %.*s  cum %.*s %.*s  ",
		      t->table.list.selected + 1, t->order.n,
		      STR_FMT(format_change(s, r->flat, t->is_diff, flat)),
		      STR_FMT(format_share(r->flat, t->rows->total, flat_share)),
		      STR_FMT(format_change(s, r->cum, t->is_diff, cum)),
		      STR_FMT(format_share(r->cum, t->rows->total, cum_share)));
	if (t->before) {
		int64_t before = cum_before(t, r->name);

		at += grid_text(line, 0, at, line.cols - at,
				format_sides(s, before, i64_add(before, r->cum), line.grid->glyphs, sides),
				AT_DIM) + 2;
	}
	grid_text(line, 0, at, line.cols - at, r->name, AT_DIM);
}
