/*
 * Traces: the heaviest distinct stacks.
 *
 * Lives here: drawing the rows, and the line about the selected one.
 * Not here: the table itself (tui/table.c).
 */
#include "config.h"

#include "tui/traces_view.h"

#include "tui/format.h"

#include <stdio.h>

enum {
	DETAIL_CELLS = 2, /* before labels */
	FRAME_CELLS = 4,
};

struct str traces_leaf(const struct traces *t, const struct stack *s)
{
	return s->leaf == ROW_NONE ? STR("(empty stack)") : t->stacks->flame->frame[s->leaf].text;
}

static void set_stack_name(const struct traces *t, const struct traces_row *r, struct table_cell *cell)
{
	const struct stack *s = &t->stacks->stack[r->stack];

	cell->text = traces_leaf(t, s);
	if (s->leaf != ROW_NONE)
		cell->shorter = t->stacks->short_name[s->leaf];
	cell->glyph = t->is_open.at[r->stack] ? GLYPH_UNFOLDED : GLYPH_FOLDED;
	cell->suffix = t->is_open.at[r->stack] ? STR_EMPTY : s->callers;
}

static void draw_stack(const struct traces *t, const struct traces_row *r, enum traces_column column,
		       struct table_cell *cell)
{
	const struct stack *s = &t->stacks->stack[r->stack];

	switch (column) {
	case COLUMN_VALUE:
		cell->text = format_change(&t->scaler, s->value, t->is_diff, cell->buf);
		cell->attr = format_change_attr(s->value, s->plus > s->minus ? s->plus : s->minus,
						t->is_diff);
		break;
	case COLUMN_SHARE:
		format_share_cell(s->value, t->total, cell);
		break;
	case COLUMN_SUM:
		format_share_cell(s->sum, t->total, cell);
		cell->attr = AT_DIM;
		break;
	case COLUMN_DEPTH:
		cell->text = (struct str){ cell->buf, (size_t)snprintf(cell->buf, sizeof(cell->buf),
								       "%u", s->n_frame) };
		cell->attr = AT_DIM;
		break;
	case COLUMN_BAR:
		format_bar_cell(s->value, s->value, t->total, t->is_diff, cell);
		break;
	case COLUMN_NAME:
		set_stack_name(t, r, cell);
		break;
	case N_COLUMNS:
		break;
	}
}

static void draw_label(const struct traces *t, const struct traces_row *r, enum traces_column column,
		       struct table_cell *cell)
{
	const struct stack *s = &t->stacks->stack[r->stack];
	const struct stack_label *l = &s->detail->label[r->at];
	int64_t value = stack_label_value(l);

	if (column == COLUMN_VALUE) {
		cell->text = format_change(&t->scaler, value, t->is_diff, cell->buf);
		cell->attr = AT_DIM;
	} else if (column == COLUMN_SHARE) {
		format_share_cell(value, t->total, cell);
		cell->attr = AT_DIM;
	} else if (column == COLUMN_NAME) {
		cell->text = l->text;
		cell->indent = DETAIL_CELLS;
		cell->attr = ATTR(INK_TITLE, INK_DEFAULT, 0);
	}
}

static void draw_frame(const struct traces *t, const struct traces_row *r, enum traces_column column,
		       struct table_cell *cell)
{
	const struct report_frame *f = t->stacks->stack[r->stack].detail->frame[r->at];

	if (column != COLUMN_NAME)
		return;
	cell->text = f->name;
	cell->suffix = f->is_inlined ? STR(" (inline)") : STR_EMPTY;
	cell->indent = FRAME_CELLS;
}

static void draw_more(const struct traces *t, enum traces_column column, struct table_cell *cell)
{
	int64_t more = t->stacks->more;
	int n;

	cell->attr = AT_DIM;
	if (column == COLUMN_NAME) {
		n = snprintf(cell->buf, sizeof(cell->buf), "%zu more stacks, each no heavier",
			     t->stacks->n_more);
		cell->text = (struct str){ cell->buf, (size_t)n };
	} else if (t->stacks->in->is_mean) {
		return; /* averages do not add up */
	} else if (column == COLUMN_VALUE) {
		cell->text = format_change(&t->scaler, more, t->is_diff, cell->buf);
	} else if (column == COLUMN_SHARE) {
		format_share_cell(more, t->total, cell);
	}
}

static void draw_one(const void *data, size_t at, int column, struct table_cell *cell)
{
	const struct traces *t = data;
	const struct traces_row *r = &t->row.at[at];

	switch (r->kind) {
	case ROW_STACK:
		draw_stack(t, r, (enum traces_column)column, cell);
		break;
	case ROW_LABEL:
		draw_label(t, r, (enum traces_column)column, cell);
		break;
	case ROW_FRAME:
		draw_frame(t, r, (enum traces_column)column, cell);
		break;
	case ROW_MORE:
		draw_more(t, (enum traces_column)column, cell);
		break;
	}
}

void traces_draw(const void *state, struct area a, const struct search *search)
{
	const struct traces *t = state;

	table_draw(&t->table, a, draw_one, t, search->regex);
	if (t->row.n == 0 && a.rows > 1)
		grid_text(a, 1, 0, a.cols, STR("nothing to show: no sample is left"), AT_DIM);
}

void traces_draw_status(const void *state, struct area line)
{
	const struct traces *t = state;
	const struct traces_row *r = traces_selected(t);
	const struct stack *s = traces_stack_of(t, r);
	char sides[FORMAT_SIDES_BYTES];
	char value[FORMAT_BYTES], share[FORMAT_BYTES];
	struct str text;
	int at;

	if (!s)
		return;
	text = r->kind == ROW_LABEL   ? s->detail->label[r->at].text
	       : r->kind == ROW_FRAME ? s->detail->frame[r->at]->name
				      : traces_leaf(t, s);
	at = grid_fmt(line, 0, 0, line.cols, AT_DIM, "%u/%zu  %.*s %.*s  %u frames  ", r->stack + 1,
		      t->stacks->n + t->stacks->n_more,
		      STR_FMT(format_change(&t->scaler, s->value, t->is_diff, value)),
		      STR_FMT(format_share(s->value, t->total, share)), s->n_frame);
	if (t->has_sides)
		at += grid_text(line, 0, at, line.cols - at,
				format_sides(&t->scaler, s->minus, s->plus, line.grid->glyphs, sides),
				AT_DIM) + 2;
	grid_text(line, 0, at, line.cols - at, text, AT_DIM);
}
