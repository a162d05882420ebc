/*
 * Sandwich: one function in the middle, its callers above, its callees below.
 *
 * Lives here: columns; which function it is, going back and forward; making flames; the place as text.
 * Not here: drawing, keys (tui/sandwich_*.c), the numbers (graph/), flame graphs (tui/flame_view.h).
 */
#include "config.h"

#include "tui/views.h"

#include "tui/place.h"
#include "tui/sandwich_view.h"

#include <string.h>

static const struct column columns[N_COLUMNS] = {
	[COLUMN_LINK] = { "", 1, .grows = false },
	[COLUMN_WEIGHT] = { "value", 10, .align = ALIGN_RIGHT },
	[COLUMN_SHARE] = { "share", 7, .rank = 2, .align = ALIGN_RIGHT },
	[COLUMN_BAR] = { "", 12, .rank = COLUMN_LUXURY },
	[COLUMN_NAME] = { "name", 12, .grows = true, .good_width = 30 },
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

struct str sandwich_centre(const struct sandwich *s)
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
bool sandwich_has_flames(const struct sandwich *s)
{
	return s->is_flames && s->flame[CALLERS] && s->flame[CALLEES];
}

/* Row of the table where the function itself is. */
size_t sandwich_centre_row(const struct sandwich *s)
{
	return s->around.n_in;
}

static bool fill_before(struct sandwich *s, struct error *err)
{
	s->around_before = (struct graph_around){ .n_in = 0 };
	s->before_row = s->graph_before ? find_node(s->graph_before, sandwich_centre(s)) : ROW_NONE;
	return s->before_row == ROW_NONE ||
	       graph_around(s->graph_before, s->before_row, &s->around_arena, &s->around_before, err);
}

/* Takes the numbers of the function in the middle. */
static bool fill(struct sandwich *s, struct error *err)
{
	bool ok = true;

	close_flames(s);
	s->pane = CALLEES;
	s->node_row = find_node(s->graph, sandwich_centre(s));
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
	s->table.list.selected = sandwich_centre_row(s);
	s->wants_middle = true;
}

bool sandwich_go_to(struct sandwich *s, struct str name, struct error *err)
{
	struct str copy;

	if (s->history.n && str_eq(name, sandwich_centre(s)))
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
	uint32_t node = app_find_node(s->graph, function);

	if (!sandwich_go_to(s, node == ROW_NONE ? function : graph_name(s->graph, node), err))
		return false;
	select_centre(s);
	return true;
}

void sandwich_step_history(struct sandwich *s, struct ui *ui, bool back)
{
	struct error err = ERROR_INIT;

	if (back ? s->at == 0 : s->at + 1 >= s->history.n) {
		ui_message(ui, back ? "nothing to go back to here; u undoes the last step" : "nothing to go forward to");
		return;
	}
	s->at = back ? s->at - 1 : s->at + 1;
	if (!fill(s, &err))
		ui_error(ui, &err);
	select_centre(s);
}

/* The one that the view before began with; or the heaviest. */
static bool go_to_some(struct sandwich *s, struct error *err)
{
	struct str current = app_current(s->app);

	if (current.len && app_find_node(s->graph, current) != ROW_NONE)
		return enter(s, current, err);
	return sandwich_go_to(s, s->graph->n_list ? graph_name(s->graph, s->graph->list[0]) : STR_EMPTY, err);
}

/* The heaviest stand next to the function, on both sides, as the flames of it have it. */
const struct graph_edge *sandwich_edge(const struct sandwich *s, size_t row)
{
	if (row < s->around.n_in)
		return &s->around.in[s->around.n_in - 1 - row];
	return &s->around.out[row - s->around.n_in - 1];
}

static uint32_t node_at(const struct sandwich *s, size_t row)
{
	if (row == sandwich_centre_row(s))
		return s->node_row;
	return row < s->around.n_in ? sandwich_edge(s, row)->from_row : sandwich_edge(s, row)->to_row;
}

struct str sandwich_name(const void *state, size_t row)
{
	const struct sandwich *s = state;

	return graph_name(s->graph, node_at(s, row));
}

static void drop(void *state)
{
	struct sandwich *s = state;
	struct str name = s->node_row == ROW_NONE ? STR_EMPTY : sandwich_name(s, s->table.list.selected);

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
		if (str_eq(name, sandwich_name(s, i)))
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
	f->pivot = sandwich_centre(s);
	f->is_inverted = pane == CALLERS;
	f->shape = pane == CALLERS ? FLAME_FLAME : FLAME_ICICLE;
	/* The root of all, and among the callers the function too: it heads the callees. */
	f->hidden_rows = pane == CALLERS ? 2 : 1;
	s->flame[pane] = f;
	return flame_refresh(f, err);
}

/* The upper half for the callers, the lower one for the callees. */
void sandwich_split(struct area a, struct area part[N_PANES])
{
	part[CALLEES] = a;
	part[CALLERS] = area_cut_top(&part[CALLEES], (a.rows + 1) / 2);
}

static bool prepare(void *state, struct area a, const struct search *search, struct error *err)
{
	struct sandwich *s = state;
	struct area part[N_PANES];

	if (s->history.n == 0 && !go_to_some(s, err))
		return false;
	if (s->wants_middle) {
		size_t half = (size_t)table_rows(a) / 2;

		s->table.list.top = s->around.n_in > half ? s->around.n_in - half : 0;
		s->wants_middle = false;
	}
	if (!s->is_flames || s->node_row == ROW_NONE)
		return true;
	sandwich_split(a, part);
	for (int i = 0; i < N_PANES; i++) {
		if (!make_flame(s, i, err))
			return false;
		s->flame[i]->is_idle = i != s->pane;
		if (!flame_prepare(s->flame[i], part[i], search, err))
			return false;
	}
	return true;
}

/* ---- The place as text ---- */

static const char *const pane_name[N_PANES] = { [CALLERS] = "callers", [CALLEES] = "callees" };

static void write_place(const void *state, struct out *out)
{
	const struct sandwich *s = state;

	place_write(out, "of", sandwich_centre(s));
	if (!sandwich_has_flames(s)) {
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
		return sandwich_go_to(s, value, err);
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
	.draw = sandwich_draw,
	.act = sandwich_act,
	.status = sandwich_draw_status,
	.subject = sandwich_subject,
	.write_place = write_place,
	.take_place = take_place,
	.search = sandwich_search,
};
