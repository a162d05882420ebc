/*
 * Traces: the heaviest distinct stacks.
 *
 * Lives here: keys and the mouse.
 */
#include "config.h"

#include "tui/traces_view.h"

#include "tui/explain.h"

#include <string.h>

static void select_stack(struct traces *t, uint32_t i, struct area a)
{
	list_select(&t->table.list, traces_find_row(t, i), table_rows(a));
}

static void set_open(struct traces *t, struct ui *ui, uint32_t i, bool is_open)
{
	struct error err = ERROR_INIT;
	bool ok = true;

	if (is_open)
		ok = traces_open_stack(t, i, &err);
	else
		t->is_open.at[i] = 0;
	if (!ok || !traces_show_rows(t, &err))
		ui_error(ui, &err);
}

static void toggle(struct traces *t, struct ui *ui)
{
	const struct traces_row *r = traces_selected(t);

	if (traces_stack_of(t, r))
		set_open(t, ui, r->stack, !t->is_open.at[r->stack]);
}

static void go_left(struct traces *t, struct ui *ui, const struct act *a)
{
	const struct traces_row *r = traces_selected(t);

	if (r && (r->kind == ROW_LABEL || r->kind == ROW_FRAME))
		select_stack(t, r->stack, a->area);
	else if (r && r->kind == ROW_STACK && t->is_open.at[r->stack])
		toggle(t, ui);
}

static void go_right(struct traces *t, struct ui *ui, const struct act *a)
{
	const struct traces_row *r = traces_selected(t);

	if (r && r->kind == ROW_STACK && !t->is_open.at[r->stack])
		toggle(t, ui);
	else if (r)
		list_select(&t->table.list, t->table.list.selected + 1, table_rows(a->area));
}

static void step(struct traces *t, const struct act *a, bool is_next)
{
	const struct traces_row *r = traces_selected(t);
	size_t to;

	if (!r)
		return;
	if (r->kind == ROW_MORE)
		to = t->stacks->n - (is_next ? 1 : a->count < t->stacks->n ? a->count : t->stacks->n);
	else if (is_next)
		to = r->stack + (size_t)a->count;
	else
		to = r->stack > a->count ? r->stack - a->count : 0;
	if (to >= t->stacks->n)
		to = t->stacks->n - 1;
	select_stack(t, (uint32_t)to, a->area);
}

static void close_all(struct traces *t, struct ui *ui)
{
	struct error err = ERROR_INIT;

	memset(t->is_open.at, 0, t->is_open.n);
	if (!traces_show_rows(t, &err))
		ui_error(ui, &err);
}

static void explain(const struct traces *t, struct ui *ui)
{
	const struct stack *s = traces_stack_of(t, traces_selected(t));
	struct explain_stack e;

	if (!s)
		return;
	e = (struct explain_stack){ .name = traces_leaf(t, s),
				    .n_frame = s->n_frame,
				    .value = s->value,
				    .total = t->total,
				    .scaler = &t->scaler };
	explain_stack(t->app, ui, &e);
}

static bool click(struct traces *t, struct ui *ui, const struct act *a)
{
	struct table_layout l = table_layout(&t->table, a->area.cols);
	size_t row;

	if (!list_row_at(&t->table.list, a, table_rows(a->area), TABLE_HEAD_ROWS, &row))
		return false;
	list_select(&t->table.list, row, table_rows(a->area));
	if (a->action == ACT_DOUBLE_CLICK ||
	    (t->row.at[row].kind == ROW_STACK && a->col >= l.col[COLUMN_NAME] &&
	     a->col <= l.col[COLUMN_NAME] + 1))
		toggle(t, ui);
	return true;
}

bool traces_act(void *state, struct ui *ui, const struct act *a)
{
	struct traces *t = state;

	switch (a->action) {
	case ACT_LEFT:
		go_left(t, ui, a);
		return true;
	case ACT_RIGHT:
		go_right(t, ui, a);
		return true;
	case ACT_FOLD:
	case ACT_OPEN:
		toggle(t, ui);
		return true;
	case ACT_NEXT_HOT:
	case ACT_PREVIOUS_HOT:
		step(t, a, a->action == ACT_NEXT_HOT);
		return true;
	case ACT_FOLD_ALL:
		close_all(t, ui);
		return true;
	case ACT_EXPLAIN:
		explain(t, ui);
		return true;
	case ACT_CLICK:
	case ACT_DOUBLE_CLICK:
		return click(t, ui, a);
	default:
		return table_act(&t->table, a) != TABLE_NOTHING;
	}
}
