/*
 * What keys and the mouse do in a flame graph.
 *
 * Lives here: selecting, rolling, zoom, shape, colours.
 * Not here: which box is beside which (tui/flame_walk.c).
 */
#include "config.h"

#include "tui/flame_view.h"
#include "tui/explain.h"
#include "tui/format.h"

enum { ROWS_ABOVE_ZOOM = 3 }; /* that stay in sight */

static void select_place(struct flame_view *v, struct flame_place place)
{
	v->t.selected = place;
}

void flame_zoom(struct flame_view *v, uint32_t node_row)
{
	uint32_t above;

	v->t.zoom_row = node_row;
	v->t.selected = (struct flame_place){ node_row, false };
	above = flame_rows_above(v);
	v->t.scroll = above > ROWS_ABOVE_ZOOM ? above - ROWS_ABOVE_ZOOM : 0;
}

/*
 * The first callee of a node that is in its merged cell, or ROW_NONE: callees stand from the heaviest on, and
 * the first of them have boxes.
 */
static uint32_t first_merged(const struct flame_view *v, uint32_t node_row)
{
	uint32_t c = flame_at(v->t.flame, node_row)->first_child_row;

	for (size_t i = 0; i < v->boxes.n && c != ROW_NONE; i++)
		if (v->boxes.at[i].parent_row == node_row && v->boxes.at[i].node_row != ROW_NONE)
			c = flame_at(v->t.flame, c)->next_row;
	return c;
}

static void merged_chosen(struct ui *ui, void *ctx, size_t i)
{
	struct flame_view *v = ctx;
	uint32_t node = first_merged(v, v->t.selected.node_row);

	(void)ui;
	for (; node != ROW_NONE && i; i--)
		node = flame_at(v->t.flame, node)->next_row;
	if (node != ROW_NONE)
		flame_zoom(v, node);
}

static void list_merged(struct flame_view *v, struct ui *ui)
{
	struct error err = ERROR_INIT;
	struct arena scratch = ARENA_INIT;
	struct menu *m;
	uint32_t c;

	if (!flame_open(v->t.flame, v->t.selected.node_row, 1, &err)) {
		ui_error(ui, &err);
		return;
	}
	m = ui_menu_start(ui, "zoom to");
	for (c = first_merged(v, v->t.selected.node_row); c != ROW_NONE; c = flame_at(v->t.flame, c)->next_row) {
		const struct flame_node *n = flame_at(v->t.flame, c);
		char value[FORMAT_BYTES], share[FORMAT_BYTES];

		menu_add(m,
			 arena_fmt(&scratch, "%10.*s %7.*s  %.*s",
				   STR_FMT(format_value(&v->scaler, flame_cum(n), value)),
				   STR_FMT(format_share(flame_cum(n), v->total, share)),
				   STR_FMT(flame_text(v->t.flame, n))),
			 false);
	}
	arena_release(&scratch);
	ui_menu_show(ui, merged_chosen, v);
}

static void zoom(struct flame_view *v, struct ui *ui)
{
	if (v->t.selected.is_merged)
		list_merged(v, ui);
	else
		flame_zoom(v, v->t.selected.node_row);
}

static void zoom_out(struct flame_view *v)
{
	uint32_t parent = flame_at(v->t.flame, v->t.zoom_row)->parent_row;
	struct flame_place selected = v->t.selected;

	if (parent == ROW_NONE)
		return;
	flame_zoom(v, parent);
	v->t.selected = selected;
}

/* The tree from the leaves is another one than that from the root. */
static void swap_trees(struct flame_view *v)
{
	struct flame_tree t = v->t;

	v->t = v->parked;
	v->parked = t;
	v->is_laid = false;
}

static bool turn_round(struct flame_view *v, struct error *err)
{
	swap_trees(v);
	return v->t.flame || flame_rebuild(v, err);
}

bool flame_turn(struct flame_view *v, enum flame_shape shape, struct error *err)
{
	bool is_inverted = shape == FLAME_INVERTED, is_other_tree = is_inverted != v->is_inverted;
	enum flame_shape before = v->shape;

	v->shape = shape;
	v->is_inverted = is_inverted;
	if (!is_other_tree || turn_round(v, err))
		return true;
	swap_trees(v);
	v->shape = before;
	v->is_inverted = !is_inverted;
	return false;
}

struct turning {
	struct flame_view *v;
	enum flame_shape shape;
};

static bool turn_to(void *ctx, struct error *err)
{
	const struct turning *t = ctx;
	struct str selected = flame_subject(t->v); /* of the tree that will be parked */

	return flame_turn(t->v, t->shape, err) && (!selected.len || flame_enter(t->v, selected, err));
}

static void turn(struct flame_view *v, struct ui *ui)
{
	static const char *const said[N_FLAME_SHAPES] = {
		[FLAME_ICICLE] = "root on top, callees below",
		[FLAME_FLAME] = "root below, callees on top",
		[FLAME_INVERTED] = "inverted: functions by their flat value, their callers below",
	};
	struct turning t = { .v = v, .shape = (enum flame_shape)((v->shape + 1) % N_FLAME_SHAPES) };
	struct ui_work w = { .what = "turning", .run = turn_to, .ctx = &t };
	struct error err = ERROR_INIT;

	if (!ui_work(ui, &w, &err))
		ui_error(ui, &err);
	else
		ui_message(ui, "%s", said[v->shape]);
}

static void next_colours(struct flame_view *v, struct ui *ui)
{
	static const char *const said[N_FLAME_COLOURS] = {
		[FLAME_BY_PACKAGE] = "coloured by package",
		[FLAME_BY_FLAT] = "coloured by flat share of the total",
		[FLAME_BY_HEAT] = "coloured by cum share of the total",
		[FLAME_BY_CHANGE] = "coloured by change: more, or less",
	};

	v->colours = (enum flame_colours)((v->colours + 1) % N_FLAME_COLOURS);
	if (v->colours == FLAME_BY_CHANGE && !v->t.flame->is_diff)
		v->colours = FLAME_BY_PACKAGE;
	v->is_laid = false;
	ui_message(ui, "%s", said[v->colours]);
}

/* Up and down of the screen are in or out of the tree. */
static void step(struct flame_view *v, const struct act *a)
{
	bool down_is_in = v->shape != FLAME_FLAME;
	enum flame_step to = a->action == ACT_LEFT    ? STEP_LEFT
			     : a->action == ACT_RIGHT ? STEP_RIGHT
			     : (a->action == ACT_DOWN) == down_is_in ? STEP_IN
								     : STEP_OUT;

	for (uint32_t i = 0; i < a->count && i < 10000; i++)
		select_place(v, flame_step(v, to));
}

/* So many rows towards the inside, or the outside; what is selected goes along. */
static void step_rows(struct flame_view *v, struct area a, bool to_the_inside, uint32_t rows)
{
	struct error ignored = ERROR_INIT;

	if (!flame_relay(v, a, to_the_inside ? rows : 0, &ignored))
		return;
	for (uint32_t i = 0; i < rows; i++) {
		size_t box = to_the_inside ? flame_box_of(v, v->t.selected) : SIZE_MAX;
		struct flame_place to = box != SIZE_MAX ? flame_inside(v, box, rows - i)
							: flame_step(v, to_the_inside ? STEP_IN : STEP_OUT);

		if (to.node_row == v->t.selected.node_row && to.is_merged == v->t.selected.is_merged)
			break;
		select_place(v, to);
		if (box != SIZE_MAX)
			break;
	}
}

/* Rolls the picture; what is selected goes along only when it would leave the screen. */
static void roll(struct flame_view *v, struct area a, bool to_the_inside, uint32_t rows)
{
	uint32_t page = a.rows > 0 ? (uint32_t)a.rows : 1, last, row;
	struct error ignored = ERROR_INIT;

	if (!flame_relay(v, a, rows, &ignored))
		return;
	last = flame_last_row(v) + 1 > page ? flame_last_row(v) + 1 - page : 0;
	if (to_the_inside)
		v->t.scroll = v->t.scroll + rows < last ? v->t.scroll + rows : last;
	else
		v->t.scroll = v->t.scroll > rows + v->hidden_rows ? v->t.scroll - rows
								 : v->hidden_rows;
	row = flame_row_of(v, v->t.selected);
	if (row < v->t.scroll)
		step_rows(v, a, true, v->t.scroll - row);
	else if (row >= v->t.scroll + page)
		step_rows(v, a, false, row - v->t.scroll - page + 1);
}

static void leap(struct flame_view *v, struct flame_place place)
{
	v->t.before_leap = v->t.selected;
	select_place(v, place);
}

static bool act_mark(struct flame_view *v, const struct act *a)
{
	bool is_letter = a->letter >= 'a' && a->letter <= 'z';
	struct flame_place *mark = is_letter ? &v->t.mark[a->letter - 'a'] : &v->t.before_leap;

	if (!is_letter && a->letter != '\'')
		return true;
	if (a->action == ACT_MARK)
		*mark = v->t.selected;
	else
		leap(v, *mark);
	return true;
}

static bool act_mouse(struct flame_view *v, struct ui *ui, const struct act *a)
{
	struct flame_place place;

	if (a->action == ACT_WHEEL_UP || a->action == ACT_WHEEL_DOWN) {
		roll(v, a->area, (a->action == ACT_WHEEL_DOWN) == (v->shape != FLAME_FLAME), 3);
		return true;
	}
	if (!flame_place_at(v, a->area, a->row, a->col, &place))
		return true;
	select_place(v, place);
	if (a->action == ACT_DOUBLE_CLICK)
		zoom(v, ui);
	return true;
}

static bool act_move(struct flame_view *v, const struct act *a)
{
	bool down_is_in = v->shape != FLAME_FLAME;

	switch (a->action) {
	case ACT_UP:
	case ACT_DOWN:
	case ACT_LEFT:
	case ACT_RIGHT:
		step(v, a);
		return true;
	case ACT_PAGE_UP:
	case ACT_PAGE_DOWN:
		step_rows(v, a->area, (a->action == ACT_PAGE_DOWN) == down_is_in,
			  (uint32_t)a->area.rows);
		return true;
	case ACT_HALF_UP:
	case ACT_HALF_DOWN:
		step_rows(v, a->area, (a->action == ACT_HALF_DOWN) == down_is_in,
			  (uint32_t)(a->area.rows + 1) / 2);
		return true;
	case ACT_FIRST:
		leap(v, (struct flame_place){ v->t.zoom_row, false });
		return true;
	case ACT_LAST:
		v->t.before_leap = v->t.selected;
		step_rows(v, a->area, true, UINT32_MAX);
		return true;
	case ACT_MARK:
	case ACT_JUMP:
		return act_mark(v, a);
	default:
		return false;
	}
}

static void explain(const struct flame_view *v, struct ui *ui)
{
	const struct flame_node *n = flame_at(v->t.flame, v->t.selected.node_row);
	const struct flame_node *parent = n->parent_row == ROW_NONE ? n : flame_at(v->t.flame, n->parent_row);
	struct explain_path p = { .name = flame_text(v->t.flame, n),
				  .flat = flame_flat(n),
				  .cum = flame_cum(n),
				  .parent_cum = flame_cum(parent),
				  .total = v->total,
				  .is_inlined = n->is_inlined,
				  .is_inverted = v->is_inverted,
				  .is_box = true,
				  .scaler = &v->scaler };

	if (v->t.selected.is_merged)
		ui_message(ui, "a merged cell stands for several functions; Enter lists them");
	else
		explain_path(v->app, ui, &p);
}

bool flame_act(void *state, struct ui *ui, const struct act *a)
{
	struct flame_view *v = state;

	switch (a->action) {
	case ACT_CLICK:
	case ACT_DOUBLE_CLICK:
	case ACT_WHEEL_UP:
	case ACT_WHEEL_DOWN:
		return act_mouse(v, ui, a);
	case ACT_PARENT:
		select_place(v, flame_step(v, STEP_OUT));
		return true;
	case ACT_HOTTEST:
		select_place(v, flame_step(v, STEP_IN));
		return true;
	case ACT_OPEN:
	case ACT_ZOOM:
		zoom(v, ui);
		return true;
	case ACT_ZOOM_OUT:
		zoom_out(v);
		return true;
	case ACT_ZOOM_RESET:
		if (v->t.zoom_row == 0)
			return false;
		flame_zoom(v, 0);
		return true;
	case ACT_DIRECTION:
		turn(v, ui);
		return true;
	case ACT_COLOURS:
		next_colours(v, ui);
		return true;
	case ACT_EXPLAIN:
		explain(v, ui);
		return true;
	default:
		return act_move(v, a);
	}
}
