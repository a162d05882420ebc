/*
 * Boxes of a flame graph as cells.
 *
 * Lives here: inks, names in boxes, edges to the eighth of a cell, the status line.
 *
 *	█root██████████████████████████
 *	█main.main█████████████▊runtime.
 *	█main.work████▌main.rest       ▒    the last one: several, each too narrow
 *
 * Where a box ends inside of a cell, the cell shows a block of that many eighths in the ink of the
 * left box on the ground of the right one.  Without colours, or in ASCII, layouts are
 * in whole cells and each box begins with a bar.
 */
#include "config.h"

#include "tui/internal.h"

#include "base/arith.h"
#include "tui/flame_view.h"
#include "tui/format.h"

#include <stdio.h>

enum {
	NAME_CELLS = 3,	   /* a narrower box has no name */
	SHADED_ROWS = 256, /* rows of a screen that alternate each on its own */
	STATUS_BYTES = 512,
	LEAST_NAME_CELLS = 16, /* of the name in the status line, whatever becomes of the numbers */
	MOST_NAME_CELLS = 40,  /* that are worth shorter numbers */
};

static double change_of(const struct flame_node *n)
{
	int64_t larger = n->plus > n->minus ? n->plus : n->minus;

	return larger ? (double)i64_sub(n->plus, n->minus) / (double)larger : 0;
}

/*
 * What is known of its own share.  Where callers stand inside of what they call, the outermost boxes are what
 * their functions took themselves, unless all begin at one function.
 */
static int64_t own_of(const struct flame_view *v, const struct flame_node *n)
{
	if (!v->is_inverted)
		return n->flat;
	return n->depth == 1 && v->pivot.len == 0 ? i64_sub(n->plus, n->minus) : 0;
}

static enum ink ink_of_node(const struct flame_view *v, const struct flame_node *n)
{
	if (n->frame_row == ROW_NONE)
		return INK_BOX_ROOT;
	switch (v->colours) {
	case FLAME_BY_CHANGE:
		return theme_diff_ink(change_of(n));
	case FLAME_BY_FLAT:
		return theme_heat_ink(format_part(own_of(v, n), v->total));
	case FLAME_BY_HEAT:
		return theme_heat_ink(format_part(flame_cum(n), v->total));
	default:
		return (enum ink)v->names->ink[n->frame_row];
	}
}

/*
 * The look of a box: selected, of the selected function, found, or by its colour.  Every other one of
 * a row is darker, so that one ends where the next begins even in one ink.
 */
static struct attr look_of(const struct flame_view *v, struct flame_place place, bool is_shaded)
{
	const struct flame_node *n = flame_at(v->t.flame, place.node_row);
	const struct flame_node *chosen = flame_at(v->t.flame, v->t.selected.node_row);
	enum ink ink;

	if (!v->is_idle && place.node_row == v->t.selected.node_row &&
	    place.is_merged == v->t.selected.is_merged)
		return ATTR(INK_SELECTED_TEXT, INK_SELECTED_BACK, ATTR_BOLD);
	if (place.is_merged)
		return ATTR(INK_BOX_TEXT, INK_BOX_ROOT, 0);
	if (v->t.is_match && n->frame_row != ROW_NONE && v->t.is_match[n->frame_row])
		return ATTR(INK_MATCH_TEXT, INK_MATCH_BACK, ATTR_BOLD);
	if (!v->is_idle && !v->t.selected.is_merged && n->frame_row != ROW_NONE && n->frame_row == chosen->frame_row)
		return ATTR(INK_BOX_TEXT, INK_TWIN_BACK, ATTR_UNDERLINE);
	ink = ink_of_node(v, n);
	return ATTR(INK_BOX_TEXT, (uint8_t)(is_shaded ? theme_shade(ink) : ink), 0);
}

/* The name, or its short form where that fits better; with + or - in a difference. */
static void draw_name(const struct flame_view *v, struct area a, int row, int col, int width,
		      uint32_t node_row, struct attr at)
{
	const struct flame_node *n = flame_at(v->t.flame, node_row);
	struct str name = flame_text(v->t.flame, n);

	if (width < NAME_CELLS)
		return;
	if (v->t.flame->is_diff && n->plus != n->minus) {
		if (n->plus > n->minus)
			grid_text(a, row, col, 1, STR("+"), at);
		else
			grid_glyph(a, row, col, GLYPH_MINUS, at);
		col++;
		width--;
	}
	if (n->frame_row != ROW_NONE && grid_text_width(a.grid, name) > width)
		name = v->names->short_name[n->frame_row];
	grid_text(a, row, col, width, name, at);
}

/* The first cell of a box that begins inside of it: the left box's part stays in front. */
static void draw_left_edge(struct area a, int row, int col, uint32_t eighths, struct attr at)
{
	struct cell *c = area_cell(a, row, col);

	if (!c)
		return;
	if (c->rune == ' ' && c->attr.bg == INK_DEFAULT) {
		/* Nothing on the left: its part is the ground, the rest of the cell the box. */
		struct cell edge = { .rune = GLYPH_ONE_EIGHTH + 1 - eighths, .width = 1 };

		edge.attr = ATTR(at.bg, INK_DEFAULT, ATTR_REVERSE);
		area_put(a, row, col, &edge);
		return;
	}
	c->attr.bg = at.bg;
}

static void draw_right_edge(struct area a, int row, int col, uint32_t eighths, struct attr at)
{
	struct cell edge = { .rune = GLYPH_ONE_EIGHTH + 1 - eighths, .width = 1 };

	edge.attr = ATTR(at.bg, INK_DEFAULT, 0);
	area_put(a, row, col, &edge);
}

/* Is there room for a sign at a cell: is it not the only one of a box? */
static bool is_free(struct area a, int row, int col)
{
	const struct cell *c = area_cell(a, row, col), *left = area_cell(a, row, col - 1);

	if (!c || c->attr.bg == INK_DEFAULT || (c->rune >= GLYPH_FULL && c->rune <= GLYPH_ONE_EIGHTH))
		return true;
	return left && attr_eq(left->attr, c->attr);
}

/* Hatching: one cell at least, for what is merged may be as good as nothing. */
static void draw_merged(struct area a, int row, const struct flame_box *b, uint32_t unit,
			struct attr at)
{
	int from = (int)((b->x + unit / 2) / unit), end = (int)((b->x + b->width + unit / 2) / unit);

	if (end <= from) {
		from = (int)((b->x + b->width / 2) / unit);
		end = from + 1;
	}
	if (from >= a.cols)
		from = a.cols - 1;
	if (end - from == 1 && at.bg != INK_SELECTED_BACK && !is_free(a, row, from))
		return;
	grid_line(a, row, from, end - from, GLYPH_SHADE, ATTR(at.bg, INK_DEFAULT, at.flags));
}

static void draw_box(const struct flame_view *v, struct area a, int row, const struct flame_box *b,
		     bool is_shaded)
{
	uint32_t unit = v->laid_unit, end = b->x + b->width;
	int from = (int)((b->x + unit - 1) / unit), to = (int)(end / unit);
	struct attr at = look_of(v, flame_place_of(b), is_shaded);

	if (b->x % unit)
		draw_left_edge(a, row, from - 1, b->x % unit, at);
	grid_fill(area_part(a, row, from, 1, to - from), at);
	if (end % unit)
		draw_right_edge(a, row, to, end % unit, at);
	if (unit == 1) {
		grid_glyph(a, row, from, GLYPH_COLUMN, at);
		from++;
	}
	draw_name(v, a, row, from, to - from, b->node_row, at);
}

/* Frames above the zoom, each over the whole width. */
static void draw_above(const struct flame_view *v, struct area a)
{
	uint32_t n = flame_at(v->t.flame, v->t.zoom_row)->parent_row;

	for (; n != ROW_NONE; n = flame_at(v->t.flame, n)->parent_row) {
		struct flame_place place = { n, false };
		int row = flame_screen_row(v, a, flame_row_of(v, place));
		struct attr at = look_of(v, place, false);

		if (row < 0)
			continue;
		if (at.bg != INK_SELECTED_BACK && at.bg != INK_MATCH_BACK)
			at = ATTR(INK_DIM, INK_DEFAULT, 0);
		grid_fill(area_part(a, row, 0, 1, a.cols), at);
		draw_name(v, a, row, 1, a.cols - 1, n, at);
	}
}

void flame_draw(const void *state, struct area a, const struct search *search)
{
	const struct flame_view *v = state;
	bool is_shaded[SHADED_ROWS] = { false };
	uint32_t above;

	(void)search;
	if (!v->is_laid)
		return;
	above = flame_rows_above(v);
	draw_above(v, a);
	for (size_t i = 0; i < v->boxes.n; i++) {
		const struct flame_box *b = &v->boxes.at[i];
		int row = flame_screen_row(v, a, above + b->depth);

		if (row < 0 || b->n_merged)
			continue;
		draw_box(v, a, row, b, is_shaded[row % SHADED_ROWS]);
		is_shaded[row % SHADED_ROWS] ^= true;
	}
	/* On top of the edges of their neighbours. */
	for (size_t i = 0; i < v->boxes.n; i++) {
		const struct flame_box *b = &v->boxes.at[i];
		int row = flame_screen_row(v, a, above + b->depth);

		if (row >= 0 && b->n_merged)
			draw_merged(a, row, b, v->laid_unit, look_of(v, flame_place_of(b), false));
	}
	if (v->t.flame->node.at[0].weight == 0)
		grid_text(a, a.rows > 1 ? 1 : 0, 0, a.cols, STR("nothing to show: no sample is left"),
			  AT_DIM);
}

static void draw_merged_status(const struct flame_view *v, struct area line)
{
	const struct flame_node *parent = flame_at(v->t.flame, v->t.selected.node_row);
	size_t i = flame_box_of(v, v->t.selected);

	grid_fmt(line, 0, 0, line.cols, AT_DIM,
		 "%u callees of %.*s, each too narrow here; Enter lists them",
		 i == SIZE_MAX ? parent->rest.n : v->boxes.at[i].n_merged,
		 STR_FMT(flame_text(v->t.flame, parent)));
}

/* " found: 1.2s, 12% of the total" */
static int draw_cover(const struct flame_view *v, struct area line, int col)
{
	char value[FORMAT_BYTES], share[FORMAT_BYTES];
	int64_t sum = i64_sub(v->t.cover.plus, v->t.cover.minus);

	return grid_fmt(line, 0, col, line.cols - col, AT_MATCH, "found %.*s %.*s",
			STR_FMT(format_value(&v->scaler, sum, value)),
			STR_FMT(format_share(sum, v->total, share)));
}

/*
 * Numbers of the selected box: in full, or without words where these would leave no room for its name.  Where
 * callers stand inside of what they call, no box has all that a function is itself.
 */
static struct str numbers_of(const struct flame_view *v, const struct flame_node *n, bool is_short,
			     char *to, size_t size)
{
	const struct flame_node *parent = n->parent_row == ROW_NONE ? n
								   : flame_at(v->t.flame, n->parent_row);
	const struct flame_node *zoom = flame_at(v->t.flame, v->t.zoom_row);
	const char *outer = v->is_inverted ? "callee" : "caller";
	char buf[5][FORMAT_BYTES], flat[FORMAT_BYTES + 8] = "";
	int64_t c = flame_cum(n);
	bool is_diff = v->t.flame->is_diff;
	struct str cum = format_change(&v->scaler, c, is_diff, buf[0]), total = format_share(c, v->total, buf[1]);
	struct str of_outer = format_share(c, flame_cum(parent), buf[2]);
	struct str of_zoom = format_share(c, flame_cum(zoom), buf[3]);
	int k;

	if (!v->is_inverted)
		(void)snprintf(flat, sizeof(flat), "flat %.*s  ",
			       STR_FMT(format_change(&v->scaler, flame_flat(n), is_diff, buf[4])));
	if (is_short)
		k = snprintf(to, size, "%scum %.*s  %.*s, %s %.*s, zoom %.*s", flat, STR_FMT(cum), STR_FMT(total), outer,
			     STR_FMT(of_outer), STR_FMT(of_zoom));
	else
		k = snprintf(to, size, "%scum %.*s  %.*s of total  %.*s of %s  %.*s of zoom", flat, STR_FMT(cum),
			     STR_FMT(total), STR_FMT(of_outer), outer, STR_FMT(of_zoom));
	return (struct str){ to, k < 0 ? 0 : (size_t)k < size ? (size_t)k : size - 1 };
}

void flame_draw_status(const void *state, struct area line)
{
	const struct flame_view *v = state;
	const struct flame_node *n = flame_at(v->t.flame, v->t.selected.node_row);
	char text[STATUS_BYTES], sides[FORMAT_SIDES_BYTES];
	struct str numbers;
	int col = 0, name_cells;

	if (v->t.has_cover)
		col += draw_cover(v, line, col) + 2;
	if (v->t.selected.is_merged) {
		draw_merged_status(v, area_part(line, 0, col, 1, line.cols));
		return;
	}
	if (v->t.flame->is_diff && !n->div)
		col += grid_text(line, 0, col, line.cols - col,
				 format_sides(&v->scaler, n->minus, n->plus, line.grid->glyphs, sides), AT_DIM) +
		       2;
	name_cells = grid_text_width(line.grid, flame_text(v->t.flame, n));
	name_cells = name_cells < MOST_NAME_CELLS ? name_cells : MOST_NAME_CELLS;
	numbers = numbers_of(v, n, false, text, sizeof(text));
	if (col + (int)numbers.len + 2 + name_cells > line.cols)
		numbers = numbers_of(v, n, true, text, sizeof(text));
	name_cells = line.cols - col - 2 - (int)numbers.len;
	name_cells = name_cells > LEAST_NAME_CELLS ? name_cells : LEAST_NAME_CELLS;
	col += grid_text_tail(line, 0, col, name_cells, flame_text(v->t.flame, n), AT_BOLD) + 2;
	grid_text(line, 0, col, line.cols - col, numbers, AT_DIM);
}
