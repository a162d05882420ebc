/*
 * Sandwich: one function in the middle, its callers above, its callees below.
 *
 * Lives here: keys and the mouse, on the table and on the flames; searching.
 */
#include "config.h"

#include "tui/sandwich_view.h"

#include "tui/explain.h"

struct str sandwich_subject(const void *state)
{
	const struct sandwich *s = state;

	if (s->node_row == ROW_NONE)
		return sandwich_centre(s);
	if (sandwich_has_flames(s))
		return flame_subject(s->flame[s->pane]);
	return sandwich_name(s, s->table.list.selected);
}

static void centre_on_selected(struct sandwich *s, struct ui *ui)
{
	struct error err = ERROR_INIT;
	struct str name = sandwich_subject(s);

	if (name.len && !sandwich_go_to(s, name, &err))
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

	sandwich_split(a->area, part);
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
	struct explain_function f = { .name = sandwich_centre(s), .flat = graph_flat(n), .cum = graph_cum(n),
				      .total = s->total, .scaler = &s->scaler };
	struct explain_call c = { .centre = sandwich_centre(s), .cum = graph_cum(n), .value = sandwich_weight(s, row),
				  .total = s->total, .scaler = &s->scaler };

	if (row == sandwich_centre_row(s)) {
		explain_function(s->app, ui, &f);
		return;
	}
	c.caller = row < sandwich_centre_row(s) ? sandwich_name(s, row) : sandwich_centre(s);
	c.callee = row < sandwich_centre_row(s) ? sandwich_centre(s) : sandwich_name(s, row);
	c.is_inline = sandwich_edge(s, row)->is_inline;
	explain_call(s->app, ui, &c);
}

bool sandwich_act(void *state, struct ui *ui, const struct act *a)
{
	struct sandwich *s = state;
	size_t row;

	switch (a->action) {
	case ACT_OPEN:
		centre_on_selected(s, ui);
		return true;
	case ACT_BACK:
	case ACT_FORWARD:
		sandwich_step_history(s, ui, a->action == ACT_BACK);
		return true;
	case ACT_DIRECTION:
		s->is_flames = !s->is_flames;
		return true;
	default:
		break;
	}
	if (s->node_row == ROW_NONE)
		return false;
	if (sandwich_has_flames(s)) {
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

bool sandwich_search(void *state, const struct act *where, const struct search *what,
		   enum search_step step)
{
	struct sandwich *s = state;

	if (s->node_row == ROW_NONE)
		return false;
	if (sandwich_has_flames(s))
		return flame_search(s->flame[s->pane], where, what, step);
	return list_search(&s->table.list, table_rows(where->area), sandwich_name, s, what->regex, step);
}
