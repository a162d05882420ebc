/*
 * Top: the table of functions.
 *
 * Lives here: keys and the mouse, searching, going to a function.
 */
#include "config.h"

#include "tui/top_view.h"

#include "tui/explain.h"

static void explain(const struct top *t, struct ui *ui)
{
	const struct report_text_row *r = top_row(t, t->table.list.selected);
	struct explain_function f = { .name = r->name, .flat = r->flat, .cum = r->cum,
				      .total = t->rows->total, .inlined = r->inlined,
				      .scaler = &t->rows->scaler };

	explain_function(t->app, ui, &f);
}

struct str top_subject(const void *state)
{
	const struct top *t = state;

	return t->order.n ? top_name(t, t->table.list.selected) : STR_EMPTY;
}

/* '' goes back. */
static bool leap_to(struct top *t, struct str name)
{
	struct list *l = &t->table.list;

	for (size_t i = 0; i < t->order.n; i++) {
		if (!str_eq(name, top_name(t, i)))
			continue;
		if (i != l->selected)
			l->mark[LIST_MARKS - 1] = l->selected + 1;
		l->selected = i;
		t->has_leapt = true;
		return true;
	}
	return false;
}

bool top_enter(void *state, struct str function, struct error *err)
{
	struct top *t = state;
	const struct graph *g;
	uint32_t node;

	if (leap_to(t, function))
		return true;
	g = app_graph(t->app, err);
	node = g ? app_find_node(g, function) : ROW_NONE;
	if (node != ROW_NONE)
		(void)leap_to(t, graph_name(g, node));
	return g != NULL;
}

bool top_search(void *state, const struct act *where, const struct search *what, enum search_step step)
{
	struct top *t = state;

	return list_search(&t->table.list, table_rows(where->area), top_name, t, what->regex,
			   step);
}

/*
 * Sorts by a column, or the other way round when it is so already; below 0: the table has changed
 * its order itself.
 */
static bool sort_by(struct top *t, struct ui *ui, int column)
{
	struct error err = ERROR_INIT;

	if (column >= 0)
		table_sort_by(&t->table, column);
	if (!top_sort_again(t, &err))
		ui_error(ui, &err);
	return true;
}

bool top_act(void *state, struct ui *ui, const struct act *a)
{
	struct top *t = state;

	switch (a->action) {
	case ACT_SORT_FLAT:
		return sort_by(t, ui, COLUMN_FLAT);
	case ACT_SORT_CUM:
		return sort_by(t, ui, COLUMN_CUM);
	case ACT_SORT_NAME:
		return sort_by(t, ui, COLUMN_NAME);
	case ACT_OPEN:
	case ACT_DOUBLE_CLICK:
		if (a->action == ACT_DOUBLE_CLICK && table_act(&t->table, a) != TABLE_MOVED)
			break;
		if (t->order.n)
			app_open_at(t->app, ui, "sandwich", top_name(t, t->table.list.selected));
		return true;
	case ACT_EXPLAIN:
		if (t->order.n)
			explain(t, ui);
		return true;
	default:
		break;
	}
	switch (table_act(&t->table, a)) {
	case TABLE_SORT:
		return sort_by(t, ui, -1);
	case TABLE_MOVED:
		return true;
	case TABLE_NOTHING:
		return false;
	}
	return false;
}
