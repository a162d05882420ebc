/*
 * Keys of a table whose rows fold.
 *
 * Lives here: keys and the mouse.
 */
#include "config.h"

#include "tui/fold.h"

static void go_left(const struct fold_view *f, void *state, struct ui *ui, const struct act *a)
{
	if (f->selected(state) == FOLD_OPEN)
		f->toggle(state, ui);
	else
		f->go_out(state, a);
}

static void go_right(const struct fold_view *f, void *state, struct table *t, struct ui *ui, const struct act *a)
{
	enum fold_state selected = f->selected(state);

	if (selected == FOLD_CLOSED)
		f->toggle(state, ui);
	else if (selected != FOLD_NOTHING)
		list_select(&t->list, t->list.selected + 1, table_rows(a->area));
}

static bool click(const struct fold_view *f, void *state, struct table *t, struct ui *ui, const struct act *a)
{
	size_t row;
	bool is_toggle;

	if (!list_row_at(&t->list, a, table_rows(a->area), TABLE_HEAD_ROWS, &row))
		return false;
	is_toggle = a->action == ACT_DOUBLE_CLICK || f->is_on_sign(state, a, row);
	list_select(&t->list, row, table_rows(a->area));
	if (is_toggle)
		f->toggle(state, ui);
	return true;
}

bool fold_act(const struct fold_view *f, void *state, struct table *t, struct ui *ui, const struct act *a)
{
	switch (a->action) {
	case ACT_LEFT:
		go_left(f, state, ui, a);
		return true;
	case ACT_RIGHT:
		go_right(f, state, t, ui, a);
		return true;
	case ACT_FOLD:
	case ACT_OPEN:
		f->toggle(state, ui);
		return true;
	case ACT_FOLD_ALL:
		f->close_all(state, ui);
		return true;
	case ACT_EXPLAIN:
		f->explain(state, ui);
		return true;
	case ACT_CLICK:
	case ACT_DOUBLE_CLICK:
		return click(f, state, t, ui, a);
	default:
		return table_act(t, a) != TABLE_NOTHING;
	}
}
