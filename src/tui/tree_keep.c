/*
 * Tree: who calls whom, path by path.
 *
 * Lives here: keeping what is unfolded and selected while the data changes.
 */
#include "config.h"

#include "tui/tree_view.h"

bool tree_keep(struct tree_keeper *k, const struct tree *t)
{
	const struct list *l = &t->table.list;
	uint32_t *kept_row = ARENA_ARRAY(&k->arena, uint32_t, t->rows.node.n);

	k->above = l->selected > l->top ? l->selected - l->top : 0;
	for (size_t i = 0; kept_row && i < t->rows.row.n; i++) {
		uint32_t at = tree_at(t, i), parent = flame_at(t->rows.flame, at)->parent_row;
		struct tree_kept row = { .is_unfolded = t->rows.node.at[at].is_unfolded };

		if (!row.is_unfolded && i != l->selected)
			continue;
		row.parent = parent == ROW_NONE ? 0 : kept_row[parent];
		row.name = arena_str(&k->arena,
				     flame_text(t->rows.flame, flame_at(t->rows.flame, at)));
		kept_row[at] = (uint32_t)k->kept.n;
		if (i == l->selected)
			k->selected = k->kept.n;
		if (!row.name.ptr || !vec_push(&k->kept, row))
			return false;
	}
	return kept_row != NULL;
}

/* Unfolds what was, as far as it still exists. */
bool tree_restore(struct tree_keeper *k, struct tree *t, struct error *err)
{
	uint32_t *node = ARENA_ARRAY(&k->arena, uint32_t, k->kept.n + 1);
	uint32_t selected = 0;

	if (!node)
		return error_nomem(err, "call tree");
	node[0] = 0;
	for (size_t i = 0; i < k->kept.n; i++) {
		const struct tree_kept *row = &k->kept.at[i];

		if (i)
			node[i] = node[row->parent] == ROW_NONE
					  ? ROW_NONE
					  : tree_callee(&t->rows, node[row->parent], row->name);
		if (node[i] != ROW_NONE && row->is_unfolded && !tree_unfold(&t->rows, node[i], err))
			return false;
	}
	for (size_t i = k->selected; i && selected == 0; i = k->kept.at[i].parent)
		if (node[i] != ROW_NONE)
			selected = node[i];
	if (!tree_rows_show(&t->rows, &t->table.list, err))
		return false;
	t->table.list.selected = t->rows.node.at[selected].at;
	t->table.list.top = t->table.list.selected > k->above ? t->table.list.selected - k->above
							      : 0;
	return true;
}
