/*
 * From one box of a flame graph to another.
 *
 * Lives here: neighbours, places under the mouse, matches, going to a function.
 *
 * Boxes stand in the order of the tree: each node before what is inside of it, from left to
 * right.
 */
#include "config.h"

#include "tui/flame_view.h"

static bool is_box_of(const struct flame_box *b, struct flame_place place)
{
	if (place.is_merged)
		return b->node_row == ROW_NONE && b->parent_row == place.node_row;
	return b->node_row == place.node_row;
}

size_t flame_box_of(const struct flame_view *v, struct flame_place place)
{
	for (size_t i = 0; i < v->boxes.n; i++)
		if (is_box_of(&v->boxes.at[i], place))
			return i;
	return SIZE_MAX;
}

struct flame_place flame_place_of(const struct flame_box *box)
{
	if (box->node_row == ROW_NONE)
		return (struct flame_place){ box->parent_row, true };
	return (struct flame_place){ box->node_row, false };
}

uint32_t flame_rows_above(const struct flame_view *v)
{
	return flame_at(v->t.flame, v->t.zoom_row)->depth;
}

uint32_t flame_row_of(const struct flame_view *v, struct flame_place place)
{
	return flame_at(v->t.flame, place.node_row)->depth + (place.is_merged ? 1 : 0);
}

uint32_t flame_last_row(const struct flame_view *v)
{
	uint32_t depth = 0;

	for (size_t i = 0; i < v->boxes.n; i++)
		if (v->boxes.at[i].depth > depth)
			depth = v->boxes.at[i].depth;
	return flame_rows_above(v) + depth;
}

/* The first box inside of box i; i itself when there is none. */
static size_t inside(const struct flame_view *v, size_t i)
{
	const struct flame_box *b = v->boxes.at;

	return i + 1 < v->boxes.n && b[i + 1].depth == b[i].depth + 1 ? i + 1 : i;
}

struct flame_place flame_inside(const struct flame_view *v, size_t box, uint32_t steps)
{
	for (; steps && inside(v, box) != box; steps--)
		box = inside(v, box);
	return flame_place_of(&v->boxes.at[box]);
}

/* The next box of the same row to one side; i itself at the edge. */
static size_t beside(const struct flame_view *v, size_t i, bool to_the_left)
{
	const struct flame_box *b = v->boxes.at;

	if (to_the_left) {
		for (size_t k = i; k-- > 0;)
			if (b[k].depth == b[i].depth)
				return k;
		return i;
	}
	for (size_t k = i + 1; k < v->boxes.n; k++)
		if (b[k].depth == b[i].depth)
			return k;
	return i;
}

/* Towards the zoom from a frame above it. */
static struct flame_place step_above(const struct flame_view *v, enum flame_step step)
{
	struct flame_place to = v->t.selected;
	uint32_t child = v->t.zoom_row;

	if (step == STEP_OUT && flame_at(v->t.flame, to.node_row)->parent_row != ROW_NONE)
		to.node_row = flame_at(v->t.flame, to.node_row)->parent_row;
	if (step != STEP_IN)
		return to;
	while (flame_at(v->t.flame, child)->parent_row != to.node_row)
		child = flame_at(v->t.flame, child)->parent_row;
	return (struct flame_place){ child, false };
}

struct flame_place flame_step(const struct flame_view *v, enum flame_step step)
{
	size_t i = flame_box_of(v, v->t.selected);
	uint32_t parent;

	if (i == SIZE_MAX)
		return flame_row_of(v, v->t.selected) < flame_rows_above(v) ? step_above(v, step)
									 : v->t.selected;
	switch (step) {
	case STEP_OUT:
		parent = v->t.selected.is_merged ? v->t.selected.node_row
					       : flame_at(v->t.flame, v->t.selected.node_row)->parent_row;
		return parent == ROW_NONE ? v->t.selected : (struct flame_place){ parent, false };
	case STEP_IN:
		return flame_place_of(&v->boxes.at[inside(v, i)]);
	case STEP_LEFT:
	case STEP_RIGHT:
		return flame_place_of(&v->boxes.at[beside(v, i, step == STEP_LEFT)]);
	}
	return v->t.selected;
}

int flame_screen_row(const struct flame_view *v, struct area a, uint32_t picture_row)
{
	int64_t row = (int64_t)picture_row - v->t.scroll;

	if (row < 0 || row >= a.rows)
		return -1;
	return v->shape == FLAME_FLAME ? a.rows - 1 - (int)row : (int)row;
}

/* The ancestor of the zoom in that row of the picture. */
static uint32_t node_above(const struct flame_view *v, uint32_t picture_row)
{
	uint32_t n = v->t.zoom_row;

	while (flame_at(v->t.flame, n)->depth > picture_row)
		n = flame_at(v->t.flame, n)->parent_row;
	return n;
}

bool flame_place_at(const struct flame_view *v, struct area a, int row, int col,
		    struct flame_place *place)
{
	uint32_t picture_row, depth, x = (uint32_t)col * v->laid_unit + v->laid_unit / 2;
	size_t merged = SIZE_MAX;

	if (row < 0 || row >= a.rows || !v->t.flame)
		return false;
	picture_row = v->t.scroll + (uint32_t)(v->shape == FLAME_FLAME ? a.rows - 1 - row : row);
	if (picture_row < flame_rows_above(v)) {
		*place = (struct flame_place){ node_above(v, picture_row), false };
		return true;
	}
	depth = picture_row - flame_rows_above(v);
	for (size_t i = 0; i < v->boxes.n; i++) {
		const struct flame_box *b = &v->boxes.at[i];

		if (b->depth != depth)
			continue;
		if (x >= b->x && x < b->x + b->width) {
			*place = flame_place_of(b);
			return true;
		}
		/* A merged box may be too narrow for the middle of its cell. */
		if (b->n_merged && b->x / v->laid_unit == (uint32_t)col)
			merged = i;
	}
	if (merged == SIZE_MAX)
		return false;
	*place = flame_place_of(&v->boxes.at[merged]);
	return true;
}

bool flame_find(const struct flame_view *v, enum search_step step, struct flame_place *place)
{
	size_t n = v->boxes.n, at = flame_box_of(v, v->t.selected);

	if (!v->t.is_match || n == 0)
		return false;
	if (at == SIZE_MAX)
		at = 0;
	for (size_t i = 0; i < n; i++) {
		size_t k = step == SEARCH_HERE	 ? (at + i) % n
			   : step == SEARCH_NEXT ? (at + i + 1) % n
						 : (at + n - i - 1) % n;
		uint32_t node = v->boxes.at[k].node_row;

		if (node == ROW_NONE || flame_at(v->t.flame, node)->frame_row == ROW_NONE)
			continue;
		if (v->t.is_match[flame_at(v->t.flame, node)->frame_row]) {
			*place = flame_place_of(&v->boxes.at[k]);
			return true;
		}
	}
	return false;
}

static bool is_of_function(const struct flame *f, uint32_t node_row, struct str function)
{
	uint32_t frame = flame_at(f, node_row)->frame_row;

	return frame != ROW_NONE && (str_eq(f->frame[frame].text, function) ||
				     str_eq(strtab_get(f->strings, f->frame[frame].name), function));
}

static bool is_inside(const struct flame *f, uint32_t node_row, uint32_t outer_row)
{
	while (flame_at(f, node_row)->depth > flame_at(f, outer_row)->depth)
		node_row = flame_at(f, node_row)->parent_row;
	return node_row == outer_row;
}

bool flame_enter(void *state, struct str function, struct error *err)
{
	struct flame_view *v = state;
	struct flame *f = v->t.flame;
	uint32_t zoom_row = v->t.zoom_row, at;

	if (!v->t.selected.is_merged && is_of_function(f, v->t.selected.node_row, function))
		return true;
	if (!flame_find_function(f, function, zoom_row, &at, err))
		return false;
	if (at == ROW_NONE && zoom_row && !flame_find_function(f, function, 0, &at, err))
		return false;
	if (at == ROW_NONE)
		return true;
	while (!is_inside(f, at, zoom_row) && !is_inside(f, zoom_row, at))
		zoom_row = flame_at(f, zoom_row)->parent_row;
	if (zoom_row != v->t.zoom_row)
		flame_zoom(v, zoom_row);
	v->t.before_leap = v->t.selected;
	v->t.selected = (struct flame_place){ at, false };
	return true;
}
