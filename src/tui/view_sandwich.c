/*
 * Sandwich: one function in the middle, its callers above, its callees below.
 *
 * Lives here: as lists with the numbers of -peek, as flames with callers growing up and callees
 * down; which function it is, and going back and forward.
 * Not here: the numbers (graph/), flame graphs (tui/view_flame.c).
 */
#include "config.h"

#include "tui/views.h"

#include "graph/name.h"
#include "tui/explain.h"
#include "tui/flame_view.h"
#include "tui/format.h"
#include "tui/place.h"

#include <string.h>

enum sandwich_column {
	COLUMN_LINK,
	COLUMN_WEIGHT,
	COLUMN_SHARE,
	COLUMN_BAR,
	COLUMN_NAME,
	N_COLUMNS,
};

static const struct column columns[N_COLUMNS] = {
	[COLUMN_LINK] = { "", 1, .grows = false },
	[COLUMN_WEIGHT] = { "value", 10, .align = ALIGN_RIGHT },
	[COLUMN_SHARE] = { "share", 7, .rank = 2, .align = ALIGN_RIGHT },
	[COLUMN_BAR] = { "", 12, .rank = COLUMN_LUXURY },
	[COLUMN_NAME] = { "name", 12, .grows = true, .good_width = 30 },
};

enum { CALLERS, CALLEES, N_PANES };

struct sandwich {
	struct arena arena; /* this struct lives in it */
	struct app *app;
	const struct graph *graph; /* the app's */
	struct measure_scaler scaler;
	int64_t total;
	struct table table; /* callers, the function, callees */

	struct arena names;	   /* of the functions one was at */
	VEC(struct str) history;
	size_t at;		   /* the one in the middle */
	uint32_t node_row;	   /* ROW_NONE: it is not there now */
	VEC(char) selected;	   /* name that was, while there are no rows */
	struct arena around_arena; /* of its callers and callees */
	struct graph_around around;
	/* Of a difference: what was subtracted. */
	const struct graph *graph_before; /* the app's; NULL: it is no difference */
	uint32_t before_row;		  /* ROW_NONE: it was not there */
	struct graph_around around_before;

	bool wants_middle; /* the function goes to the middle of the screen if callers fill half of it */
	bool is_flames;
	int pane;		   /* that keys are for */
	struct flame_view *flame[N_PANES];
};

static bool open_sandwich(void *app, void **state, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct sandwich *s = ARENA_ZERO(&arena, struct sandwich, 1);

	if (!s)
		return error_nomem(err, "sandwich view");
	s->arena = arena;
	s->app = app;
	s->table.n_column = N_COLUMNS;
	s->table.sort_column = -1;
	s->node_row = ROW_NONE;
	memcpy(s->table.column, columns, sizeof(columns));
	*state = s;
	return true;
}

static void close_flames(struct sandwich *s)
{
	for (int i = 0; i < N_PANES; i++) {
		if (s->flame[i])
			flame_close_view(s->flame[i]);
		s->flame[i] = NULL;
	}
}

static void close_sandwich(void *state)
{
	struct sandwich *s = state;
	struct arena arena = s->arena;

	close_flames(s);
	vec_release(&s->history);
	vec_release(&s->selected);
	arena_release(&s->around_arena);
	arena_release(&s->names);
	arena_release(&arena);
}

/* ---- Which function ---- */

static struct str centre(const struct sandwich *s)
{
	return s->history.n ? s->history.at[s->at] : STR_EMPTY;
}

static uint32_t find_node(const struct graph *g, struct str name)
{
	for (uint32_t i = 0; i < g->n_list; i++)
		if (str_eq(graph_name(g, g->list[i]), name))
			return g->list[i];
	return ROW_NONE;
}

/* Flames are wanted, and made: before the first drawing they are not. */
static bool has_flames(const struct sandwich *s)
{
	return s->is_flames && s->flame[CALLERS] && s->flame[CALLEES];
}

/* Row of the table where the function itself is. */
static size_t centre_row(const struct sandwich *s)
{
	return s->around.n_in;
}

static bool fill_before(struct sandwich *s, struct error *err)
{
	s->around_before = (struct graph_around){ .n_in = 0 };
	s->before_row = s->graph_before ? find_node(s->graph_before, centre(s)) : ROW_NONE;
	return s->before_row == ROW_NONE ||
	       graph_around(s->graph_before, s->before_row, &s->around_arena, &s->around_before, err);
}

/* Takes the numbers of the function in the middle. */
static bool fill(struct sandwich *s, struct error *err)
{
	bool ok = true;

	close_flames(s);
	s->pane = CALLEES;
	s->node_row = find_node(s->graph, centre(s));
	s->around = (struct graph_around){ .n_in = 0 };
	arena_reset(&s->around_arena);
	if (s->node_row != ROW_NONE)
		ok = graph_around(s->graph, s->node_row, &s->around_arena, &s->around, err);
	ok = ok && fill_before(s, err);
	if (!ok)
		s->node_row = ROW_NONE;
	list_resize(&s->table.list,
		    s->node_row == ROW_NONE ? 0 : (size_t)s->around.n_in + 1 + s->around.n_out);
	return ok;
}

static void select_centre(struct sandwich *s)
{
	s->table.list.selected = centre_row(s);
	s->wants_middle = true;
}

static bool go_to(struct sandwich *s, struct str name, struct error *err)
{
	struct str copy;

	if (s->history.n && str_eq(name, centre(s)))
		return true;
	copy = arena_str(&s->names, name);
	s->history.n = s->history.n ? s->at + 1 : 0; /* what was forward is forgotten */
	if (!copy.ptr || !vec_push(&s->history, copy))
		return error_nomem(err, "sandwich view");
	s->at = s->history.n - 1;
	if (!fill(s, err))
		return false;
	select_centre(s);
	return true;
}

/* Somebody has selected a function elsewhere, perhaps without the place that names have here. */
static bool enter(void *state, struct str function, struct error *err)
{
	struct sandwich *s = state;
	const struct graph *g = s->graph;

	bool is_there = find_node(g, function) != ROW_NONE;

	for (uint32_t i = 0; !is_there && i < g->n_list; i++)
		if (str_eq(graph_text(g, graph_info(g, g->list[i])->name), function))
			return go_to(s, graph_name(g, g->list[i]), err);
	return go_to(s, function, err);
}

static void step_history(struct sandwich *s, struct ui *ui, bool back)
{
	struct error err = ERROR_INIT;

	if (back ? s->at == 0 : s->at + 1 >= s->history.n) {
		ui_message(ui, back ? "nothing to go back to" : "nothing to go forward to");
		return;
	}
	s->at = back ? s->at - 1 : s->at + 1;
	if (!fill(s, &err))
		ui_error(ui, &err);
	select_centre(s);
}

/* The heaviest one, when nobody has said which. */
static struct str some_function(const struct sandwich *s)
{
	return s->graph->n_list ? graph_name(s->graph, s->graph->list[0]) : STR_EMPTY;
}

static const struct graph_edge *edge_at(const struct sandwich *s, size_t row)
{
	if (row < s->around.n_in)
		return &s->around.in[row];
	return &s->around.out[row - s->around.n_in - 1];
}

static uint32_t node_at(const struct sandwich *s, size_t row)
{
	if (row == centre_row(s))
		return s->node_row;
	return row < s->around.n_in ? edge_at(s, row)->from_row : edge_at(s, row)->to_row;
}

static struct str name_at(const void *state, size_t row)
{
	const struct sandwich *s = state;

	return graph_name(s->graph, node_at(s, row));
}

static void drop(void *state)
{
	struct sandwich *s = state;
	struct str name = s->node_row == ROW_NONE ? STR_EMPTY : name_at(s, s->table.list.selected);

	s->selected.n = 0;
	if (name.len && vec_reserve(&s->selected, name.len)) {
		memcpy(s->selected.at, name.ptr, name.len);
		s->selected.n = name.len;
	}
	close_flames(s);
	s->graph = s->graph_before = NULL;
	s->node_row = ROW_NONE;
}

static void select_again(struct sandwich *s)
{
	struct str name = { s->selected.at, s->selected.n };

	select_centre(s);
	for (size_t i = 0; i < s->table.list.n; i++)
		if (str_eq(name, name_at(s, i)))
			s->table.list.selected = i;
}

static bool refresh(void *state, struct error *err)
{
	struct sandwich *s = state;
	const struct report_input *in = app_input(s->app, err);

	s->graph = in ? app_graph(s->app, err) : NULL;
	s->graph_before = s->graph && app_is_diff(s->app) ? app_graph_before(s->app, err) : NULL;
	if (!s->graph || (app_is_diff(s->app) && !s->graph_before))
		return false;
	s->total = in->total;
	app_scaler(in, &s->scaler);
	if (s->history.n) {
		if (!fill(s, err))
			return false;
		select_again(s);
	}
	return true;
}

/* ---- Before drawing ---- */

static bool make_flame(struct sandwich *s, int pane, struct error *err)
{
	void *state;
	struct flame_view *f;

	if (s->flame[pane])
		return true;
	if (!flame_open_view(s->app, &state, err))
		return false;
	f = state;
	f->pivot = centre(s);
	f->is_inverted = pane == CALLERS;
	f->shape = pane == CALLERS ? FLAME_FLAME : FLAME_ICICLE;
	/* The root of all, and among the callers the function too: it heads the callees. */
	f->hidden_rows = pane == CALLERS ? 2 : 1;
	s->flame[pane] = f;
	return flame_refresh(f, err);
}

/* The upper half for the callers, the lower one for the callees. */
static void split(struct area a, struct area part[N_PANES])
{
	part[CALLEES] = a;
	part[CALLERS] = area_cut_top(&part[CALLEES], (a.rows + 1) / 2);
}

static bool prepare(void *state, struct area a, const struct search *search, struct error *err)
{
	struct sandwich *s = state;
	struct area part[N_PANES];

	if (s->history.n == 0 && !go_to(s, some_function(s), err))
		return false;
	if (s->wants_middle) {
		size_t half = (size_t)table_rows(a) / 2;

		s->table.list.top = s->around.n_in > half ? s->around.n_in - half : 0;
		s->wants_middle = false;
	}
	if (!s->is_flames || s->node_row == ROW_NONE)
		return true;
	split(a, part);
	for (int i = 0; i < N_PANES; i++) {
		if (!make_flame(s, i, err))
			return false;
		s->flame[i]->is_idle = i != s->pane;
		if (!flame_prepare(s->flame[i], part[i], search, err))
			return false;
	}
	return true;
}

/* ---- Drawing ---- */

static enum glyph link_of(const struct sandwich *s, size_t row)
{
	if (row == centre_row(s))
		return GLYPH_BULLET;
	if (row == 0)
		return GLYPH_TOP_LEFT;
	return row + 1 == s->table.list.n ? GLYPH_BOTTOM_LEFT : GLYPH_BRANCH;
}

/* What the function is told: its own numbers, or the weight of the edge to or from it. */
static int64_t weight_at(const struct sandwich *s, size_t row)
{
	return row == centre_row(s) ? graph_cum(&s->graph->node[s->node_row]) : edge_at(s, row)->weight;
}

static int64_t whole_at(const struct sandwich *s, size_t row)
{
	return row == centre_row(s) ? s->total : graph_cum(&s->graph->node[s->node_row]);
}

/* What was subtracted from weight_at(). */
static int64_t weight_before(const struct sandwich *s, size_t row)
{
	bool is_in = row < s->around.n_in;
	const struct graph_edge *edge = is_in ? s->around_before.in : s->around_before.out;
	uint32_t n = is_in ? s->around_before.n_in : s->around_before.n_out;

	if (s->before_row == ROW_NONE)
		return 0;
	if (row == centre_row(s))
		return graph_cum(&s->graph_before->node[s->before_row]);
	for (uint32_t i = 0; i < n; i++)
		if (str_eq(name_at(s, row),
			   graph_name(s->graph_before, is_in ? edge[i].from_row : edge[i].to_row)))
			return edge[i].weight;
	return 0;
}

static void draw_cell(const void *state, size_t row, int column, struct table_cell *cell)
{
	const struct sandwich *s = state;
	bool is_centre = row == centre_row(s);

	switch ((enum sandwich_column)column) {
	case COLUMN_LINK:
		cell->text = (struct str){ cell->buf, rune_encode(link_of(s, row), cell->buf) };
		break;
	case COLUMN_WEIGHT:
		format_value_cell(&s->scaler, weight_at(s, row), s->graph_before, cell);
		break;
	case COLUMN_SHARE:
		format_share_cell(weight_at(s, row), whole_at(s, row), cell);
		break;
	case COLUMN_BAR:
		format_bar_cell(is_centre ? graph_flat(&s->graph->node[s->node_row]) : 0,
				weight_at(s, row), whole_at(s, row), s->graph_before, cell);
		return;
	case COLUMN_NAME:
		cell->text = name_at(s, row);
		if (!is_centre && edge_at(s, row)->is_inline)
			cell->suffix = STR(" (inline)");
		break;
	case N_COLUMNS:
		break;
	}
	if (is_centre)
		cell->attr = AT_TITLE;
}

static void draw(const void *state, struct area a, const struct search *search)
{
	const struct sandwich *s = state;
	struct area part[N_PANES];

	if (centre(s).len == 0) {
		grid_text(a, 0, 0, a.cols, STR("nothing to show: no sample is left"), AT_DIM);
		return;
	}
	if (s->node_row == ROW_NONE) {
		grid_fmt(a, 0, 0, a.cols, AT_DIM, "%.*s is not in what is left of the profile",
			 STR_FMT(centre(s)));
		return;
	}
	if (!has_flames(s)) {
		table_draw(&s->table, a, draw_cell, s, search->regex);
		return;
	}
	split(a, part);
	for (int i = 0; i < N_PANES; i++)
		flame_draw(s->flame[i], part[i], search);
}

/* " 1.2s → 1.5s"; gives its width. */
static int draw_sides(const struct sandwich *s, size_t row, struct area line, int at)
{
	int64_t before = weight_before(s, row);
	char sides[FORMAT_SIDES_BYTES];

	return grid_text(line, 0, at, line.cols - at,
			 format_sides(&s->scaler, before, i64_add(before, weight_at(s, row)), line.grid->glyphs,
				      sides),
			 AT_DIM) + 2;
}

static void draw_status(const void *state, struct area line)
{
	const struct sandwich *s = state;
	size_t row = s->table.list.selected;
	char weight[FORMAT_BYTES], share[FORMAT_BYTES], flat[FORMAT_BYTES];
	bool is_diff = s->graph_before != NULL;
	const struct graph_node *n;
	int at = 0;

	if (s->node_row == ROW_NONE)
		return;
	if (has_flames(s)) {
		flame_draw_status(s->flame[s->pane], line);
		return;
	}
	if (is_diff)
		at = draw_sides(s, row, line, 0);
	n = &s->graph->node[s->node_row];
	if (row == centre_row(s)) {
		grid_fmt(line, 0, at, line.cols - at, AT_DIM,
			 "callers %u  callees %u  flat %.*s  cum %.*s  %.*s of total", s->around.n_in,
			 s->around.n_out, STR_FMT(format_change(&s->scaler, graph_flat(n), is_diff, flat)),
			 STR_FMT(format_change(&s->scaler, graph_cum(n), is_diff, weight)),
			 STR_FMT(format_share(graph_cum(n), s->total, share)));
		return;
	}
	grid_fmt(line, 0, at, line.cols - at, AT_DIM, "%.*s, %.*s of %.*s, is %s %.*s",
		 STR_FMT(format_change(&s->scaler, weight_at(s, row), is_diff, weight)),
		 STR_FMT(format_share(weight_at(s, row), whole_at(s, row), share)), STR_FMT(centre(s)),
		 row < s->around.n_in ? "called by" : "in calls of", STR_FMT(name_at(s, row)));
}

/* ---- Keys ---- */

static struct str subject(const void *state)
{
	const struct sandwich *s = state;

	if (s->node_row == ROW_NONE)
		return centre(s);
	if (has_flames(s))
		return flame_subject(s->flame[s->pane]);
	return name_at(s, s->table.list.selected);
}

static void centre_on_selected(struct sandwich *s, struct ui *ui)
{
	struct error err = ERROR_INIT;
	struct str name = subject(s);

	if (name.len && !go_to(s, name, &err))
		ui_error(ui, &err);
}

/* Past the function that both flames share, from one to the other.  False: not there. */
static bool cross(struct sandwich *s, enum action action)
{
	struct flame_view *f = s->flame[s->pane];
	uint32_t depth = flame_at(f->t.flame, f->t.selected.node_row)->depth;

	if (s->pane == CALLEES && action == ACT_UP && depth <= 1) {
		f = s->flame[CALLERS];
		f->t.selected = (struct flame_place){ f->t.zoom_row, false };
		f->t.selected = flame_step(f, STEP_IN);
		if (f->t.selected.node_row != f->t.zoom_row || f->t.selected.is_merged)
			s->pane = CALLERS;
		return true;
	}
	if (s->pane == CALLERS && action == ACT_DOWN && depth <= 2) {
		s->pane = CALLEES;
		return true;
	}
	return false;
}

static bool act_on_flames(struct sandwich *s, struct ui *ui, const struct act *a)
{
	struct area part[N_PANES];
	struct act inside = *a;

	split(a->area, part);
	if (a->row >= 0 && (a->action == ACT_CLICK || a->action == ACT_DOUBLE_CLICK))
		s->pane = a->row < part[CALLERS].rows ? CALLERS : CALLEES;
	else if (cross(s, a->action))
		return true;
	inside.area = part[s->pane];
	inside.row = a->row - (s->pane == CALLEES ? part[CALLERS].rows : 0);
	if (a->action == ACT_DOUBLE_CLICK)
		inside.action = ACT_CLICK;
	return flame_act(s->flame[s->pane], ui, &inside);
}

static void explain(const struct sandwich *s, struct ui *ui)
{
	size_t row = s->table.list.selected;
	const struct graph_node *n = &s->graph->node[s->node_row];
	struct explain_function f = { .name = centre(s), .flat = graph_flat(n), .cum = graph_cum(n),
				      .total = s->total, .scaler = &s->scaler };
	struct explain_call c = { .centre = centre(s), .cum = graph_cum(n), .value = weight_at(s, row),
				  .total = s->total, .scaler = &s->scaler };

	if (row == centre_row(s)) {
		explain_function(s->app, ui, &f);
		return;
	}
	c.caller = row < centre_row(s) ? name_at(s, row) : centre(s);
	c.callee = row < centre_row(s) ? centre(s) : name_at(s, row);
	c.is_inline = edge_at(s, row)->is_inline;
	explain_call(s->app, ui, &c);
}

static bool act(void *state, struct ui *ui, const struct act *a)
{
	struct sandwich *s = state;
	size_t row;

	switch (a->action) {
	case ACT_OPEN:
		centre_on_selected(s, ui);
		return true;
	case ACT_BACK:
	case ACT_FORWARD:
		step_history(s, ui, a->action == ACT_BACK);
		return true;
	case ACT_DIRECTION:
		s->is_flames = !s->is_flames;
		return true;
	default:
		break;
	}
	if (s->node_row == ROW_NONE)
		return false;
	if (has_flames(s)) {
		bool ok = act_on_flames(s, ui, a);

		if (a->action == ACT_DOUBLE_CLICK)
			centre_on_selected(s, ui);
		return ok;
	}
	if (a->action == ACT_EXPLAIN) {
		explain(s, ui);
		return true;
	}
	if (table_act(&s->table, a) == TABLE_NOTHING)
		return false;
	if (a->action == ACT_DOUBLE_CLICK &&
	    list_row_at(&s->table.list, a, table_rows(a->area), TABLE_HEAD_ROWS, &row))
		centre_on_selected(s, ui);
	return true;
}

static bool search(void *state, const struct act *where, const struct search *what,
		   enum search_step step)
{
	struct sandwich *s = state;

	if (s->node_row == ROW_NONE)
		return false;
	if (has_flames(s))
		return flame_search(s->flame[s->pane], where, what, step);
	return list_search(&s->table.list, table_rows(where->area), name_at, s, what->regex, step);
}

/* ---- The place as text ---- */

static const char *const pane_name[N_PANES] = { [CALLERS] = "callers", [CALLEES] = "callees" };

static void write_place(const void *state, struct out *out)
{
	const struct sandwich *s = state;

	place_write(out, "of", centre(s));
	if (!has_flames(s)) {
		place_write_rows(out, &s->table.list);
		return;
	}
	for (int i = 0; i < N_PANES; i++) {
		struct out pane;

		out_open_memory(&pane);
		flame_write_place(s->flame[i], &pane);
		place_write(out, pane_name[i], out_text(&pane));
		out_release(&pane);
	}
	place_write(out, "keys", str_from(pane_name[s->pane]));
}

static bool take_pane(struct sandwich *s, int pane, struct str place, struct error *err)
{
	struct str name;
	bool ok = s->node_row != ROW_NONE && make_flame(s, pane, err);

	s->is_flames = true;
	while (ok && place.len) {
		struct out value;

		out_open_memory(&value);
		ok = place_next(&place, &name, &value) &&
		     flame_take_place(s->flame[pane], name, out_text(&value), err);
		out_release(&value);
	}
	return ok;
}

static bool take_place(void *state, struct str name, struct str value, struct error *err)
{
	struct sandwich *s = state;

	if (str_eq(name, STR("of")))
		return go_to(s, value, err);
	for (int i = 0; i < N_PANES; i++) {
		if (str_eq(name, str_from(pane_name[i])))
			return take_pane(s, i, value, err);
		if (str_eq(name, STR("keys")) && str_eq(value, str_from(pane_name[i]))) {
			s->pane = i;
			return true;
		}
	}
	s->wants_middle = false; /* rows are said */
	return place_take_rows(&s->table.list, name, value);
}

const struct view view_sandwich = {
	.name = "sandwich",
	.title = "Sandwich",
	.summary = "one function: who calls it, and what it calls",
	.open = open_sandwich,
	.refresh = refresh,
	.drop = drop,
	.close = close_sandwich,
	.enter = enter,
	.prepare = prepare,
	.draw = draw,
	.act = act,
	.status = draw_status,
	.subject = subject,
	.write_place = write_place,
	.take_place = take_place,
	.search = search,
};
