/*
 * Tree: who calls whom, path by path.
 *
 * Lives here: drawing the rows, and the line about the selected one.
 * Not here: the table itself (tui/table.c).
 */
#include "config.h"

#include "tui/tree_view.h"

#include "tui/format.h"

#include <stdio.h>

enum { INDENT_CELLS = 2 };

/* What one drawing needs to know of all its rows. */
struct drawing {
	const struct tree *t;
	uint32_t depth;	 /* that stands without indent */
	int most_indent; /* cells */
};

/* Deep rows move to the left together, so that their names can be read. */
static struct drawing drawing_of(const struct tree *t, struct area a)
{
	int rows = table_rows(a), width = table_layout(&t->table, a.cols).width[COLUMN_NAME];
	size_t top = list_top(&t->table.list, rows);
	uint32_t least = UINT32_MAX, most = 0;
	struct drawing d = { .t = t, .depth = 0, .most_indent = width / 2 };

	for (size_t i = top; i < top + (size_t)rows && i < t->rows.row.n; i++) {
		uint32_t depth = flame_at(t->rows.flame, tree_at(t, i))->depth;

		least = depth < least ? depth : least;
		most = depth > most ? depth : most;
	}
	if ((int64_t)most * INDENT_CELLS > d.most_indent && least != UINT32_MAX)
		d.depth = least;
	return d;
}

static int indent_of(const struct drawing *d, const struct flame_node *n)
{
	int64_t cells = (int64_t)(n->depth - d->depth) * INDENT_CELLS;

	return cells < d->most_indent ? (int)cells : d->most_indent;
}

static struct attr value_attr(const struct tree *t, const struct flame_node *n, int64_t value)
{
	return format_change_attr(value, n->plus > n->minus ? n->plus : n->minus, t->is_diff);
}

static struct str signed_value(const struct tree *t, int64_t value, char to[FORMAT_BYTES])
{
	return format_change(&t->scaler, value, t->is_diff, to);
}

static void set_name(const struct drawing *d, uint32_t node_row, struct table_cell *cell)
{
	const struct tree *t = d->t;
	const struct flame_node *n = flame_at(t->rows.flame, node_row);
	const struct tree_node *own = &t->rows.node.at[node_row];

	cell->text = flame_text(t->rows.flame, n);
	if (n->frame_row != ROW_NONE)
		cell->shorter = t->names->short_name[n->frame_row];
	cell->suffix = n->is_inlined ? STR(" (inline)") : STR_EMPTY;
	cell->indent = indent_of(d, n);
	cell->glyph = !own->has_callees ? GLYPH_DOT
		      : own->is_unfolded ? GLYPH_UNFOLDED
					 : GLYPH_FOLDED;
	if (n->frame_row == ROW_NONE)
		cell->attr = AT_DIM;
}

static void draw_one(const void *data, size_t at, int column, struct table_cell *cell)
{
	const struct drawing *d = data;
	const struct tree *t = d->t;
	uint32_t node_row = tree_at(t, at);
	const struct flame_node *n = flame_at(t->rows.flame, node_row);
	int64_t cum = flame_cum(n), flat = t->rows.node.at[node_row].flat;

	switch ((enum tree_column)column) {
	case COLUMN_CUM:
		cell->text = signed_value(t, cum, cell->buf);
		cell->attr = value_attr(t, n, cum);
		break;
	case COLUMN_TOTAL_SHARE:
		format_share_cell(cum, t->total, cell);
		break;
	case COLUMN_PARENT_SHARE:
		format_share_cell(cum, tree_parent_cum(t, n), cell);
		break;
	case COLUMN_FLAT:
		cell->text = signed_value(t, flat, cell->buf);
		cell->attr = value_attr(t, n, flat);
		break;
	case COLUMN_BAR:
		format_bar_cell(flat, cum, t->total, t->is_diff, cell);
		break;
	case COLUMN_NAME:
		set_name(d, node_row, cell);
		break;
	case N_COLUMNS:
		break;
	}
}

void tree_draw(const void *state, struct area a, const struct search *search)
{
	const struct tree *t = state;
	struct drawing d = drawing_of(t, a);
	struct table table = t->table;
	char title[40];

	if (d.depth) {
		(void)snprintf(title, sizeof(title), "name, from level %u on", d.depth);
		table.column[COLUMN_NAME].title = title;
	}
	table_draw(&table, a, draw_one, &d, search->regex);
	if (flame_at(t->rows.flame, 0)->weight == 0 && a.rows > 2)
		grid_text(a, 2, 0, a.cols, STR("nothing to show: no sample is left"), AT_DIM);
}

void tree_draw_status(const void *state, struct area line)
{
	const struct tree *t = state;
	uint32_t node_row = tree_selected(t);
	const struct flame_node *n = flame_at(t->rows.flame, node_row);
	char cum[FORMAT_BYTES], flat[FORMAT_BYTES], share[FORMAT_BYTES], of_parent[FORMAT_BYTES];
	char sides[FORMAT_SIDES_BYTES];
	int at;

	at = grid_fmt(line, 0, 0, line.cols, AT_DIM,
		      "%zu/%zu  cum %.*s %.*s, %.*s of caller  flat %.*s  ",
		      t->table.list.selected + 1, t->rows.row.n,
		      STR_FMT(signed_value(t, flame_cum(n), cum)),
		      STR_FMT(format_share(flame_cum(n), t->total, share)),
		      STR_FMT(format_share(flame_cum(n), tree_parent_cum(t, n), of_parent)),
		      STR_FMT(signed_value(t, t->rows.node.at[node_row].flat, flat)));
	if (t->has_sides && !n->div)
		at += grid_text(line, 0, at, line.cols - at,
				format_sides(&t->scaler, n->minus, n->plus, line.grid->glyphs, sides),
				AT_DIM) + 2;
	grid_text(line, 0, at, line.cols - at, flame_text(t->rows.flame, n), AT_DIM);
}

/* Does the mouse point at the sign before the name of that row? */
bool tree_is_on_sign(const void *state, const struct act *a, size_t row)
{
	const struct tree *t = state;
	struct table_layout l = table_layout(&t->table, a->area.cols);
	struct drawing d = drawing_of(t, a->area);
	int col = l.col[COLUMN_NAME] + indent_of(&d, flame_at(t->rows.flame, tree_at(t, row)));

	return a->col == col || a->col == col + 1;
}
