/*
 * A call tree as rows that fold and unfold.
 *
 * Lives here: unfolding in its kinds, and the rows.
 */
#include "config.h"

#include "tui/tree_rows.h"

/* Nodes that the flame has got get their row here. */
static bool add_nodes(struct tree_rows *t, struct error *err)
{
	size_t n = t->flame->node.n;

	if (!vec_reserve(&t->node, n - t->node.n))
		return error_nomem(err, "call tree");
	while (t->node.n < n) {
		struct flame_own own = flame_own(t->flame, (uint32_t)t->node.n);

		t->node.at[t->node.n++] = (struct tree_node){ .flat = own.flat,
							      .at = ROW_NONE,
							      .has_callees = own.has_callees };
	}
	return true;
}

bool tree_rows_init(struct tree_rows *t, struct flame *flame, struct error *err)
{
	*t = (struct tree_rows){ .flame = flame };
	if (add_nodes(t, err))
		return true;
	tree_rows_release(t);
	return false;
}

void tree_rows_release(struct tree_rows *t)
{
	flame_free(t->flame);
	t->flame = NULL;
	vec_release(&t->node);
	vec_release(&t->row);
	vec_release(&t->shown_before);
}

bool tree_unfold(struct tree_rows *t, uint32_t node_row, struct error *err)
{
	if (!t->node.at[node_row].has_callees)
		return true;
	if (!flame_open(t->flame, node_row, 1, err) || !add_nodes(t, err))
		return false;
	t->node.at[node_row].is_unfolded = true;
	return true;
}

static uint32_t heaviest_callee(const struct tree_rows *t, uint32_t node_row)
{
	return flame_at(t->flame, node_row)->first_child_row;
}

bool tree_unfold_hottest(struct tree_rows *t, uint32_t node_row, uint32_t *end, struct error *err)
{
	*end = node_row;
	while (t->node.at[*end].has_callees) {
		const struct flame_node *n;
		uint32_t callee;

		if (!flame_open(t->flame, *end, 1, err) || !add_nodes(t, err))
			return false;
		n = flame_at(t->flame, *end);
		callee = heaviest_callee(t, *end);
		if (callee == ROW_NONE || flame_at(t->flame, callee)->weight < n->flat_weight)
			return true;
		t->node.at[*end].is_unfolded = true;
		*end = callee;
	}
	return true;
}

bool tree_unfold_trunk(struct tree_rows *t, struct error *err)
{
	uint64_t half = flame_at(t->flame, 0)->weight / 2;
	uint32_t at = 0;

	while (at != ROW_NONE && flame_at(t->flame, at)->weight >= half &&
	       t->node.at[at].has_callees) {
		if (!tree_unfold(t, at, err))
			return false;
		at = heaviest_callee(t, at);
	}
	return true;
}

bool tree_unfold_below(struct tree_rows *t, uint32_t node_row, bool *is_all, struct error *err)
{
	VEC(uint32_t) queue = VEC_INIT, unfolded = VEC_INIT;
	bool ok = vec_push(&queue, node_row) || error_nomem(err, "call tree");

	for (size_t i = 0; ok && i < queue.n && queue.n < TREE_UNFOLD_ROWS; i++) {
		uint32_t at = queue.at[i];

		if (!t->node.at[at].is_unfolded)
			ok = vec_push(&unfolded, at) || error_nomem(err, "call tree");
		ok = ok && tree_unfold(t, at, err);
		for (uint32_t c = heaviest_callee(t, at); ok && c != ROW_NONE;
		     c = flame_at(t->flame, c)->next_row)
			ok = vec_push(&queue, c) || error_nomem(err, "call tree");
	}
	*is_all = queue.n < TREE_UNFOLD_ROWS;
	for (size_t i = 0; !ok && i < unfolded.n; i++)
		t->node.at[unfolded.at[i]].is_unfolded = false;
	vec_release(&unfolded);
	vec_release(&queue);
	return ok;
}

static uint32_t callee_of_frame(const struct tree_rows *t, uint32_t node_row, uint32_t frame_row)
{
	uint32_t c = heaviest_callee(t, node_row);

	while (c != ROW_NONE && flame_at(t->flame, c)->frame_row != frame_row)
		c = flame_at(t->flame, c)->next_row;
	return c;
}

bool tree_unfold_to_stack(struct tree_rows *t, uint32_t stack_row, uint32_t frame_row,
			  uint32_t *node_row, struct error *err)
{
	struct flame_item item = flame_walk(t->flame, stack_row);
	uint32_t frame;

	*node_row = 0;
	while (flame_walk_next(t->flame, &item, &frame)) {
		uint32_t callee;

		if (!tree_unfold(t, *node_row, err))
			return false;
		callee = callee_of_frame(t, *node_row, frame);
		if (callee == ROW_NONE)
			return true;
		*node_row = callee;
		if (frame == frame_row)
			return true;
	}
	return true;
}

bool tree_unfold_to(struct tree_rows *t, uint32_t node_row, struct error *err)
{
	uint32_t caller = flame_at(t->flame, node_row)->parent_row;

	if (!add_nodes(t, err))
		return false;
	for (; caller != ROW_NONE; caller = flame_at(t->flame, caller)->parent_row)
		if (!tree_unfold(t, caller, err))
			return false;
	return true;
}

uint32_t tree_callee(struct tree_rows *t, uint32_t node_row, struct str name)
{
	struct error ignored = ERROR_INIT;
	uint32_t c;

	if (!tree_unfold(t, node_row, &ignored))
		return ROW_NONE;
	c = heaviest_callee(t, node_row);
	while (c != ROW_NONE && !str_eq(flame_text(t->flame, flame_at(t->flame, c)), name))
		c = flame_at(t->flame, c)->next_row;
	return c;
}

uint32_t tree_next_shown(const struct tree_rows *t, uint32_t at)
{
	if (t->node.at[at].is_unfolded && heaviest_callee(t, at) != ROW_NONE)
		return heaviest_callee(t, at);
	while (at != ROW_NONE && flame_at(t->flame, at)->next_row == ROW_NONE)
		at = flame_at(t->flame, at)->parent_row;
	return at == ROW_NONE ? ROW_NONE : flame_at(t->flame, at)->next_row;
}

void tree_fold_all(struct tree_rows *t)
{
	for (size_t i = 1; i < t->node.n; i++)
		t->node.at[i].is_unfolded = false;
}

/* Its own row, or that of the nearest caller on show. */
static size_t row_of(const struct tree_rows *t, uint32_t node_row)
{
	while (t->node.at[node_row].at == ROW_NONE)
		node_row = flame_at(t->flame, node_row)->parent_row;
	return t->node.at[node_row].at;
}

static void keep_places(const struct tree_rows *t, struct list *l)
{
	const uint32_t *before = t->shown_before.at;
	size_t above = l->selected > l->top ? l->selected - l->top : 0;
	size_t n = t->shown_before.n;

	for (int i = 0; i < LIST_MARKS; i++)
		if (l->mark[i] && l->mark[i] <= n)
			l->mark[i] = row_of(t, before[l->mark[i] - 1]) + 1;
	if (l->selected < n)
		l->selected = row_of(t, before[l->selected]);
	l->top = l->selected > above ? l->selected - above : 0;
}

bool tree_rows_show(struct tree_rows *t, struct list *l, struct error *err)
{
	t->shown_before.n = 0;
	if (!vec_reserve(&t->shown_before, t->row.n + 1) ||
	    !vec_reserve(&t->row, t->node.n))
		return error_nomem(err, "call tree");
	for (size_t i = 0; i < t->row.n; i++) {
		t->shown_before.at[t->shown_before.n++] = t->row.at[i];
		t->node.at[t->row.at[i]].at = ROW_NONE;
	}
	t->row.n = 0;
	for (uint32_t at = 0; at != ROW_NONE; at = tree_next_shown(t, at)) {
		t->node.at[at].at = (uint32_t)t->row.n;
		t->row.at[t->row.n++] = at;
	}
	keep_places(t, l);
	list_resize(l, t->row.n);
	return true;
}
