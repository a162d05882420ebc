/*
 * Tree: who calls whom, path by path.
 *
 * Lives here: searching, and going to a function: the tree unfolds where it is on its heaviest stack.
 */
#include "config.h"

#include "tui/tree_view.h"

#include <string.h>

enum {
	REVEAL_FRAMES = 50, /* that a search unfolds the tree for */
	ROWS_ABOVE = 6,	    /* a function that the view is opened for */
};

static struct str name_at(const void *state, size_t row)
{
	const struct tree *t = state;

	return flame_text(t->rows.flame, flame_at(t->rows.flame, tree_at(t, row)));
}

struct str tree_subject(const void *state)
{
	const struct tree *t = state;

	return tree_selected(t) ? name_at(t, t->table.list.selected) : STR_EMPTY;
}

static void note_stack(struct tree *t, uint32_t stack, uint64_t weight, uint64_t *best)
{
	struct flame_item item = flame_walk(t->rows.flame, stack);
	uint32_t frame;

	while (flame_walk_next(t->rows.flame, &item, &frame))
		if (weight > best[frame]) {
			best[frame] = weight;
			t->heaviest_stack[frame] = stack;
		}
}

/* For each frame the heaviest stack that it is on: all stacks are walked once. */
static bool find_heaviest(struct tree *t)
{
	const struct flame *f = t->rows.flame;
	struct arena scratch = ARENA_INIT;
	uint64_t *best = ARENA_ZERO(&scratch, uint64_t, f->n_frame);
	struct flame_sums sums;

	if (t->heaviest_stack) {
		arena_release(&scratch);
		return true;
	}
	if (best)
		t->heaviest_stack = ARENA_ARRAY(&t->frame_arena, uint32_t, f->n_frame);
	for (uint32_t i = 0; t->heaviest_stack && i < f->n_frame; i++)
		t->heaviest_stack[i] = ROW_NONE;
	for (uint32_t s = 0; t->heaviest_stack && s < f->profile->stack.n; s++)
		if (flame_stack(f, s, &sums))
			note_stack(t, s, (uint64_t)(sums.plus > sums.minus ? sums.plus : sums.minus),
				   best);
	arena_release(&scratch);
	return t->heaviest_stack != NULL;
}

/* Unfolds the tree so that matching frames can be seen where they are on their heaviest stack. */
static bool reveal(struct tree *t, const struct search *search, struct error *err)
{
	const struct flame *f = t->rows.flame;
	int n = 0;

	flame_match(f, search->regex, t->is_match);
	for (uint32_t i = 0; i < f->n_frame && n < REVEAL_FRAMES; i++) {
		uint32_t node;

		if (!t->is_match[i])
			continue;
		if (!find_heaviest(t))
			return error_nomem(err, "call tree");
		if (t->heaviest_stack[i] == ROW_NONE)
			continue;
		if (!tree_unfold_to_stack(&t->rows, t->heaviest_stack[i], i, &node, err))
			return false;
		n++;
	}
	return tree_rows_show(&t->rows, &t->table.list, err);
}

/* While it is typed a pattern is looked for in what is unfolded; then the tree unfolds for it. */
bool tree_search(void *state, const struct act *where, const struct search *what,
		   enum search_step step)
{
	struct tree *t = state;
	struct error ignored = ERROR_INIT;

	if (!what->is_typed && t->search_id != what->id && reveal(t, what, &ignored))
		t->search_id = what->id;
	return list_search(&t->table.list, table_rows(where->area), name_at, t, what->regex, step);
}

/* To the function where it is heaviest, unless it is selected already. */
bool tree_enter(void *state, struct str function, struct error *err)
{
	struct tree *t = state;
	struct list *l = &t->table.list;
	uint32_t node;

	if (str_eq(function, tree_subject(t)))
		return true;
	if (!flame_find_function(t->rows.flame, function, 0, &node, err))
		return false;
	if (node == ROW_NONE)
		return true;
	if (!tree_unfold_to(&t->rows, node, err) || !tree_rows_show(&t->rows, l, err))
		return false;
	l->selected = t->rows.node.at[node].at;
	l->top = l->selected > ROWS_ABOVE ? l->selected - ROWS_ABOVE : 0;
	return true;
}
