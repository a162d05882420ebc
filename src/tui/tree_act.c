/*
 * Tree: who calls whom, path by path.
 *
 * Lives here: keys that trees have, and what those of all folding tables do here.
 * Not here: unfolding itself (tui/tree_rows.h), which key does it (tui/fold.h).
 */
#include "config.h"

#include "tui/tree_view.h"

#include "tui/explain.h"
#include "tui/fold.h"

static void select_node(struct tree *t, uint32_t node_row, struct area a)
{
	list_select(&t->table.list, t->rows.node.at[node_row].at, table_rows(a));
}

/* After a change of what is unfolded, which may have failed. */
static bool show_rows(struct tree *t, struct ui *ui, bool ok, struct error *err)
{
	if (!ok || !tree_rows_show(&t->rows, &t->table.list, err)) {
		ui_error(ui, err);
		return false;
	}
	return true;
}

static enum fold_state selected(const void *state)
{
	const struct tree *t = state;
	const struct tree_node *n = &t->rows.node.at[tree_selected(t)];

	return n->is_unfolded ? FOLD_OPEN : n->has_callees ? FOLD_CLOSED : FOLD_NOTHING;
}

static void toggle(void *state, struct ui *ui)
{
	struct tree *t = state;
	uint32_t at = tree_selected(t);
	struct error err = ERROR_INIT;
	bool ok = true;

	if (t->rows.node.at[at].is_unfolded)
		tree_fold(&t->rows, at);
	else
		ok = tree_unfold(&t->rows, at, &err);
	(void)show_rows(t, ui, ok, &err);
}

static void go_to_parent(void *state, const struct act *a)
{
	struct tree *t = state;
	uint32_t parent = flame_at(t->rows.flame, tree_selected(t))->parent_row;

	if (parent != ROW_NONE)
		select_node(t, parent, a->area);
}

static void unfold_hottest(struct tree *t, struct ui *ui, const struct act *a)
{
	struct error err = ERROR_INIT;
	uint32_t end;
	bool ok = tree_unfold_hottest(&t->rows, tree_selected(t), &end, &err);

	t->table.list.mark[LIST_MARKS - 1] = t->table.list.selected + 1;
	if (show_rows(t, ui, ok, &err))
		select_node(t, end, a->area);
}

struct unfolding {
	struct tree *t;
	bool is_all;
};

static bool unfold_below(void *ctx, struct error *err)
{
	struct unfolding *u = ctx;

	return tree_unfold_below(&u->t->rows, tree_selected(u->t), &u->is_all, err);
}

static void unfold_all(struct tree *t, struct ui *ui)
{
	struct unfolding u = { .t = t };
	struct ui_work w = { .what = "unfolding", .run = unfold_below, .ctx = &u };
	struct error err = ERROR_INIT;
	bool ok = ui_work(ui, &w, &err);

	if (show_rows(t, ui, ok, &err) && !u.is_all)
		ui_message(ui, "%d rows are unfolded; deeper ones stay folded",
			   (int)TREE_UNFOLD_ROWS);
}

static void fold_all(void *state, struct ui *ui)
{
	struct tree *t = state;
	struct error err = ERROR_INIT;

	tree_fold_all(&t->rows);
	(void)show_rows(t, ui, true, &err);
}

static void explain(const void *state, struct ui *ui)
{
	const struct tree *t = state;
	uint32_t at = tree_selected(t);
	const struct flame_node *n = flame_at(t->rows.flame, at);
	struct explain_path p = { .name = flame_text(t->rows.flame, n),
				  .flat = t->rows.node.at[at].flat,
				  .cum = flame_cum(n),
				  .parent_cum = tree_parent_cum(t, n),
				  .total = t->total,
				  .is_inlined = n->is_inlined,
				  .scaler = &t->scaler };

	explain_path(t->app, ui, &p);
}

static const struct fold_view folding = {
	.selected = selected,
	.toggle = toggle,
	.go_out = go_to_parent,
	.close_all = fold_all,
	.explain = explain,
	.is_on_sign = tree_is_on_sign,
};

bool tree_act(void *state, struct ui *ui, const struct act *a)
{
	struct tree *t = state;

	switch (a->action) {
	case ACT_PARENT:
		go_to_parent(t, a);
		return true;
	case ACT_HOTTEST:
		unfold_hottest(t, ui, a);
		return true;
	case ACT_UNFOLD_ALL:
		unfold_all(t, ui);
		return true;
	default:
		return fold_act(&folding, t, &t->table, ui, a);
	}
}
