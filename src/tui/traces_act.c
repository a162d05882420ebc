/*
 * Traces: the heaviest distinct stacks.
 *
 * Lives here: going from stack to stack, and what the keys of all folding tables do here.
 * Not here: which key does it (tui/fold.h).
 */
#include "config.h"

#include "tui/traces_view.h"

#include "tui/explain.h"
#include "tui/fold.h"

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

static enum fold_state selected(const void *state)
{
	const struct traces *t = state;
	const struct traces_row *r = traces_selected(t);

	if (!r || r->kind == ROW_MORE)
		return FOLD_NOTHING;
	if (r->kind != ROW_STACK)
		return FOLD_INSIDE;
	return t->is_open.at[r->stack] ? FOLD_OPEN : FOLD_CLOSED;
}

static void toggle(void *state, struct ui *ui)
{
	struct traces *t = state;
	const struct traces_row *r = traces_selected(t);

	if (traces_stack_of(t, r))
		set_open(t, ui, r->stack, !t->is_open.at[r->stack]);
}

static void go_to_head(void *state, const struct act *a)
{
	struct traces *t = state;

	if (selected(t) == FOLD_INSIDE)
		select_stack(t, traces_selected(t)->stack, a->area);
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

static void close_all(void *state, struct ui *ui)
{
	struct traces *t = state;
	struct error err = ERROR_INIT;

	memset(t->is_open.at, 0, t->is_open.n);
	if (!traces_show_rows(t, &err))
		ui_error(ui, &err);
}

static void explain(const void *state, struct ui *ui)
{
	const struct traces *t = state;
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

static bool is_on_sign(const void *state, const struct act *a, size_t row)
{
	const struct traces *t = state;
	int col = table_layout(&t->table, a->area.cols).col[COLUMN_NAME];

	return t->row.at[row].kind == ROW_STACK && a->col >= col && a->col <= col + 1;
}

static const struct fold_view folding = {
	.selected = selected,
	.toggle = toggle,
	.go_out = go_to_head,
	.close_all = close_all,
	.explain = explain,
	.is_on_sign = is_on_sign,
};

bool traces_act(void *state, struct ui *ui, const struct act *a)
{
	struct traces *t = state;

	if (a->action != ACT_NEXT_HOT && a->action != ACT_PREVIOUS_HOT)
		return fold_act(&folding, t, &t->table, ui, a);
	step(t, a, a->action == ACT_NEXT_HOT);
	return true;
}
