/*
 * Flame: the call paths as boxes, as wide as their values.
 *
 * Lives here: building it, keeping the place when the data changes, what comes before drawing.
 * Not here: the tree and the layout (flame/), boxes as cells (tui/flame_draw.c), keys
 * (tui/flame_act.c).
 */
#include "config.h"

#include "tui/views.h"

#include "tui/flame_view.h"
#include "tui/format.h"

#include <string.h>

bool flame_open_view(void *app, void **state, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct flame_view *v = ARENA_ZERO(&arena, struct flame_view, 1);

	if (!v)
		return error_nomem(err, "flame view");
	v->arena = arena;
	v->app = app;
	*state = v;
	return true;
}

static void release_tree(struct flame_tree *t)
{
	flame_free(t->flame);
	arena_release(&t->arena);
	vec_release(&t->zoom_path);
	vec_release(&t->selected_path);
	*t = (struct flame_tree){ .flame = NULL };
}

void flame_close_view(void *state)
{
	struct flame_view *v = state;
	struct arena arena = v->arena;

	release_tree(&v->t);
	release_tree(&v->parked);
	arena_release(&v->box_arena);
	arena_release(&arena);
}

/* ---- Places as text: frame names from the outermost on, a line each ---- */

static void write_path(const struct flame *f, uint32_t node_row, struct out *o)
{
	VEC(uint32_t) path = VEC_INIT;

	for (; flame_at(f, node_row)->parent_row != ROW_NONE; node_row = flame_at(f, node_row)->parent_row)
		if (!vec_push(&path, node_row))
			path.n = 0;
	while (path.n) {
		out_str(o, flame_text(f, flame_at(f, path.at[--path.n])));
		out_char(o, '\n');
	}
	vec_release(&path);
}

static uint32_t child_of(struct flame *f, uint32_t node_row, struct str name)
{
	struct error ignored = ERROR_INIT;

	for (int round = 0; round < 2; round++) {
		for (uint32_t c = flame_at(f, node_row)->first_child_row; c != ROW_NONE;
		     c = flame_at(f, c)->next_row)
			if (str_eq(flame_text(f, flame_at(f, c)), name))
				return c;
		if (round == 0 && !flame_open(f, node_row, 1, &ignored))
			return ROW_NONE;
	}
	return ROW_NONE;
}

/* The node of a path, or of as much of it as there is. */
static uint32_t find_path(struct flame *f, struct str path)
{
	uint32_t at = 0;

	while (path.len) {
		struct str name;
		uint32_t child;

		(void)str_cut(path, '\n', &name, &path);
		child = child_of(f, at, name);
		if (child == ROW_NONE)
			break;
		at = child;
	}
	return at;
}

/* ---- Making it ---- */

/* The pivot's own node, the only one below the root. */
static bool start_at_pivot(struct flame_view *v, struct error *err)
{
	uint32_t pivot;

	if (!flame_open(v->t.flame, 0, 1, err))
		return false;
	pivot = flame_at(v->t.flame, 0)->first_child_row;
	if (pivot == ROW_NONE)
		return true;
	v->t.zoom_row = pivot;
	v->t.selected = (struct flame_place){ pivot, false };
	return true;
}

/* The new tree, with zoom and selection where they were. */
static bool take_tree(struct flame_view *v, struct flame *f, struct error *err)
{
	struct flame_tree *t = &v->t;

	t->flame = f;
	t->zoom_row = find_path(f, (struct str){ t->zoom_path.at, t->zoom_path.n });
	t->selected.node_row = find_path(f, (struct str){ t->selected_path.at, t->selected_path.n });
	t->selected.is_merged = false;
	t->before_leap = (struct flame_place){ 0, false };
	memset(t->mark, 0, sizeof(t->mark));
	v->is_laid = false;
	if (v->colours == FLAME_BY_CHANGE && !f->is_diff)
		v->colours = FLAME_BY_PACKAGE;
	if (f->is_diff && v->colours == FLAME_BY_PACKAGE)
		v->colours = FLAME_BY_CHANGE;
	if (v->pivot.len && !start_at_pivot(v, err))
		return false;
	arena_reset(&t->arena);
	t->is_match = NULL;
	t->has_cover = false;
	v->names = app_frame_names(v->app, f, err);
	return v->names != NULL;
}

bool flame_rebuild(struct flame_view *v, struct error *err)
{
	const struct report_input *in = app_apart(v->app, err);
	struct flame *f = in ? app_flame(v->app, v->is_inverted, v->pivot, err) : NULL;

	if (!f)
		return false;
	app_scaler(in, &v->scaler);
	v->total = in->total;
	return take_tree(v, f, err);
}

bool flame_refresh(void *state, struct error *err)
{
	struct flame_view *v = state;

	flame_drop(v);
	return flame_rebuild(v, err);
}

/* A path is kept in vec; without memory the place is lost. */
static void keep_path(struct vec_raw *vec, const struct flame *f, uint32_t node_row)
{
	struct out o;
	struct str text;

	out_open_memory(&o);
	write_path(f, node_row, &o);
	text = out_text(&o);
	vec->n = 0;
	if (text.len && (vec->cap >= text.len || vec_grow(vec, text.len, 1))) {
		memcpy(vec->at, text.ptr, text.len);
		vec->n = text.len;
	}
	out_release(&o);
}

void flame_drop(void *state)
{
	struct flame_view *v = state;
	struct flame_tree *t = &v->t;

	/* The other one is built again when somebody turns to it. */
	release_tree(&v->parked);
	v->is_laid = false;
	if (!t->flame)
		return;
	keep_path(&t->zoom_path.raw, t->flame, t->zoom_row);
	keep_path(&t->selected_path.raw, t->flame, t->selected.node_row);
	flame_free(t->flame);
	t->flame = NULL;
}

/* ---- Before drawing ---- */

/* Rows of the layout that can be seen, and what may be scrolled to next. */
static uint32_t rows_needed(const struct flame_view *v, struct area a)
{
	uint32_t above = flame_rows_above(v), end = v->t.scroll + (uint32_t)a.rows;
	uint32_t selected = flame_row_of(v, v->t.selected) + 1;

	if (selected > end)
		end = selected;
	return end > above ? end - above : 1;
}

bool flame_relay(struct flame_view *v, struct area a, uint32_t more, struct error *err)
{
	uint32_t unit = a.grid->glyphs == GLYPHS_ASCII || a.grid->is_plain ? 1 : CELL_UNITS;
	uint32_t width = (uint32_t)a.cols * unit, depth = rows_needed(v, a);
	struct flame_layout l = { .root_row = v->t.zoom_row, .width = width, .min_width = unit,
				  .max_depth = depth };

	l.max_depth = depth = depth < UINT32_MAX - more ? depth + more : UINT32_MAX;
	if (v->is_laid && v->laid_width == width && v->laid_unit == unit &&
	    v->laid_zoom == v->t.zoom_row && v->laid_depth >= depth)
		return true;
	v->is_laid = false;
	arena_reset(&v->box_arena);
	if (!flame_lay_out(v->t.flame, &l, &v->box_arena, &v->boxes, err))
		return false;
	v->laid_width = width;
	v->laid_unit = unit;
	v->laid_zoom = v->t.zoom_row;
	v->laid_depth = depth;
	v->is_laid = true;
	return true;
}

/* A pattern that is still being typed lights matches; what they add up to takes longer. */
static bool match(struct flame_view *v, const struct search *search, struct error *err)
{
	struct flame_tree *t = &v->t;

	if (!search->regex) {
		t->is_match = NULL;
		t->has_cover = false;
		return true;
	}
	if (!t->is_match || t->search_id != search->id) {
		if (!t->is_match)
			t->is_match = ARENA_ARRAY(&t->arena, uint8_t, t->flame->n_frame);
		if (!t->is_match)
			return error_nomem(err, "matches");
		flame_match(t->flame, search->regex, t->is_match);
		t->search_id = search->id;
		t->has_cover = false;
	}
	if (!t->has_cover && !search->is_typed) {
		if (!flame_cover(t->flame, t->is_match, &t->cover, err))
			return false;
		t->has_cover = true;
	}
	return true;
}

/* Keeps the selected row on the screen. */
static void scroll_to_selected(struct flame_view *v, struct area a)
{
	uint32_t row = flame_row_of(v, v->t.selected), page = a.rows > 0 ? (uint32_t)a.rows : 1;

	if (row < v->t.scroll)
		v->t.scroll = row;
	if (row >= v->t.scroll + page)
		v->t.scroll = row - page + 1;
	if (v->t.scroll < v->hidden_rows)
		v->t.scroll = v->hidden_rows;
}

/* A screen that has grown shows more of the picture, if there is more above, and not more below it. */
static void fill_screen(struct flame_view *v, struct area a)
{
	uint32_t end = flame_last_row(v) + 1, page = (uint32_t)a.rows, blank;

	blank = v->t.scroll + page > end ? v->t.scroll + page - end : 0;
	v->t.scroll = v->t.scroll > v->hidden_rows + blank ? v->t.scroll - blank : v->hidden_rows;
}

bool flame_prepare(void *state, struct area a, const struct search *search, struct error *err)
{
	struct flame_view *v = state;

	if (a.cols < 1 || a.rows < 1)
		return true;
	scroll_to_selected(v, a);
	if (!flame_relay(v, a, 0, err))
		return false;
	if (a.rows > v->rows && v->rows)
		fill_screen(v, a);
	v->rows = a.rows;
	/* What is selected may have become part of a merged box. */
	while (flame_row_of(v, v->t.selected) >= flame_rows_above(v) &&
	       flame_box_of(v, v->t.selected) == SIZE_MAX && v->t.selected.node_row != 0) {
		uint32_t parent = flame_at(v->t.flame, v->t.selected.node_row)->parent_row;

		v->t.selected = (struct flame_place){ parent, !v->t.selected.is_merged };
		if (v->t.selected.is_merged && flame_box_of(v, v->t.selected) == SIZE_MAX)
			v->t.selected.is_merged = false;
	}
	/* Its flat value is wanted for the status line.  Mostly the layout has opened it, and knows how far. */
	return flame_open(v->t.flame, v->t.selected.node_row, UINT64_MAX - 1, err) && match(v, search, err);
}

struct str flame_subject(const void *state)
{
	const struct flame_view *v = state;
	const struct flame_node *n = flame_at(v->t.flame, v->t.selected.node_row);

	return n->frame_row == ROW_NONE || v->t.selected.is_merged ? STR_EMPTY
								 : flame_text(v->t.flame, n);
}

bool flame_search(void *state, const struct act *where, const struct search *what,
		   enum search_step step)
{
	struct flame_view *v = state;
	struct error ignored = ERROR_INIT;
	struct flame_place place;

	if (!flame_prepare(v, where->area, what, &ignored) || !flame_find(v, step, &place))
		return false;
	v->t.selected = place;
	return true;
}

/* A zoom can be undone. */
static void save(const void *state, struct out *out)
{
	const struct flame_view *v = state;

	write_path(v->t.flame, v->t.zoom_row, out);
}

static void restore(void *state, struct str saved)
{
	struct flame_view *v = state;

	flame_zoom(v, find_path(v->t.flame, saved));
}

const struct view view_flame = {
	.name = "flame",
	.title = "Flame",
	.summary = "call paths as boxes, as wide as their values",
	.open = flame_open_view,
	.refresh = flame_refresh,
	.drop = flame_drop,
	.close = flame_close_view,
	.prepare = flame_prepare,
	.draw = flame_draw,
	.act = flame_act,
	.enter = flame_enter,
	.status = flame_draw_status,
	.subject = flame_subject,
	.save = save,
	.restore = restore,
	.write_place = flame_write_place,
	.take_place = flame_take_place,
	.search = flame_search,
};
