/*
 * Sandwich: one function in the middle, its callers above, its callees below.
 *
 * Lives here: what rows weigh, drawing them as a table or as flames, the line about the selected one.
 */
#include "config.h"

#include "tui/sandwich_view.h"

#include "tui/format.h"

static enum glyph link_of(const struct sandwich *s, size_t row)
{
	if (row == sandwich_centre_row(s))
		return GLYPH_BULLET;
	if (row == 0)
		return GLYPH_TOP_LEFT;
	return row + 1 == s->table.list.n ? GLYPH_BOTTOM_LEFT : GLYPH_BRANCH;
}

/* What the function is told: its own numbers, or the weight of the edge to or from it. */
int64_t sandwich_weight(const struct sandwich *s, size_t row)
{
	return row == sandwich_centre_row(s) ? graph_cum(&s->graph->node[s->node_row]) : sandwich_edge(s, row)->weight;
}

/* What it weighs that of. */
static int64_t sandwich_whole(const struct sandwich *s, size_t row)
{
	return row == sandwich_centre_row(s) ? s->total : graph_cum(&s->graph->node[s->node_row]);
}

/* What was subtracted from sandwich_weight(). */
static int64_t weight_before(const struct sandwich *s, size_t row)
{
	bool is_in = row < s->around.n_in;
	const struct graph_edge *edge = is_in ? s->around_before.in : s->around_before.out;
	uint32_t n = is_in ? s->around_before.n_in : s->around_before.n_out;

	if (s->before_row == ROW_NONE)
		return 0;
	if (row == sandwich_centre_row(s))
		return graph_cum(&s->graph_before->node[s->before_row]);
	for (uint32_t i = 0; i < n; i++)
		if (str_eq(sandwich_name(s, row),
			   graph_name(s->graph_before, is_in ? edge[i].from_row : edge[i].to_row)))
			return edge[i].weight;
	return 0;
}

static void draw_cell(const void *state, size_t row, int column, struct table_cell *cell)
{
	const struct sandwich *s = state;
	bool is_centre = row == sandwich_centre_row(s);

	switch ((enum sandwich_column)column) {
	case COLUMN_LINK:
		cell->text = (struct str){ cell->buf, rune_encode(link_of(s, row), cell->buf) };
		break;
	case COLUMN_WEIGHT:
		format_value_cell(&s->scaler, sandwich_weight(s, row), s->graph_before, cell);
		break;
	case COLUMN_SHARE:
		format_share_cell(sandwich_weight(s, row), sandwich_whole(s, row), cell);
		break;
	case COLUMN_BAR:
		format_bar_cell(is_centre ? graph_flat(&s->graph->node[s->node_row]) : 0,
				sandwich_weight(s, row), sandwich_whole(s, row), s->graph_before, cell);
		return;
	case COLUMN_NAME:
		cell->text = sandwich_name(s, row);
		if (!is_centre && sandwich_edge(s, row)->is_inline)
			cell->suffix = STR(" (inline)");
		break;
	case N_COLUMNS:
		break;
	}
	if (is_centre)
		cell->attr = AT_TITLE;
}

void sandwich_draw(const void *state, struct area a, const struct search *search)
{
	const struct sandwich *s = state;
	struct area part[N_PANES];

	if (sandwich_centre(s).len == 0) {
		grid_text(a, 0, 0, a.cols, STR("nothing to show: no sample is left"), AT_DIM);
		return;
	}
	if (s->node_row == ROW_NONE) {
		grid_fmt(a, 0, 0, a.cols, AT_DIM, "%.*s is not in what is left of the profile",
			 STR_FMT(sandwich_centre(s)));
		return;
	}
	if (!sandwich_has_flames(s)) {
		table_draw(&s->table, a, draw_cell, s, search->regex);
		return;
	}
	sandwich_split(a, part);
	for (int i = 0; i < N_PANES; i++)
		flame_draw(s->flame[i], part[i], search);
}

/* " 1.2s → 1.5s"; gives its width. */
static int draw_sides(const struct sandwich *s, size_t row, struct area line, int at)
{
	int64_t before = weight_before(s, row);
	char sides[FORMAT_SIDES_BYTES];

	return grid_text(line, 0, at, line.cols - at,
			 format_sides(&s->scaler, before, i64_add(before, sandwich_weight(s, row)), line.grid->glyphs,
				      sides),
			 AT_DIM) + 2;
}

void sandwich_draw_status(const void *state, struct area line)
{
	const struct sandwich *s = state;
	size_t row = s->table.list.selected;
	char weight[FORMAT_BYTES], share[FORMAT_BYTES], flat[FORMAT_BYTES];
	bool is_diff = s->graph_before != NULL;
	const struct graph_node *n;
	int at = 0;

	if (s->node_row == ROW_NONE)
		return;
	if (sandwich_has_flames(s)) {
		flame_draw_status(s->flame[s->pane], line);
		return;
	}
	if (is_diff)
		at = draw_sides(s, row, line, 0);
	n = &s->graph->node[s->node_row];
	if (row == sandwich_centre_row(s)) {
		grid_fmt(line, 0, at, line.cols - at, AT_DIM,
			 "callers %u  callees %u  flat %.*s  cum %.*s  %.*s of total", s->around.n_in,
			 s->around.n_out, STR_FMT(format_change(&s->scaler, graph_flat(n), is_diff, flat)),
			 STR_FMT(format_change(&s->scaler, graph_cum(n), is_diff, weight)),
			 STR_FMT(format_share(graph_cum(n), s->total, share)));
		return;
	}
	grid_fmt(line, 0, at, line.cols - at, AT_DIM, "%.*s, %.*s of %.*s, is %s %.*s",
		 STR_FMT(format_change(&s->scaler, sandwich_weight(s, row), is_diff, weight)),
		 STR_FMT(format_share(sandwich_weight(s, row), sandwich_whole(s, row), share)), STR_FMT(sandwich_centre(s)),
		 row < s->around.n_in ? "called by" : "in calls of", STR_FMT(sandwich_name(s, row)));
}
