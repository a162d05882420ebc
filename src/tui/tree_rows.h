/*
 * A call tree as rows that fold and unfold.
 *
 * Lives here: which nodes of a flame are unfolded, and the rows that follow from it.
 * Not here: growing and summing the tree (flame/), columns and keys (tui/view_tree.c).
 *
 * A node is opened when it is unfolded, so the cost follows what was unfolded, not the stacks.
 */
#ifndef TUI_TREE_ROWS_H
#define TUI_TREE_ROWS_H

#include "flame/flame.h"
#include "tui/list.h"

enum {
	TREE_UNFOLD_ROWS = 10000, /* that one key adds at most */
};

/* What is known of a node; by row of the flame. */
struct tree_node {
	int64_t flat;
	uint32_t at; /* row on show, or ROW_NONE */
	bool has_callees, is_unfolded;
};

struct tree_rows {
	struct flame *flame; /* own */
	VEC(struct tree_node) node;
	VEC(uint32_t) row;	    /* nodes on show, each before what it calls */
	VEC(uint32_t) shown_before; /* scratch of tree_rows_show() */
};

/* A tree with its root alone.  Takes the flame over, in failure too. */
bool tree_rows_init(struct tree_rows *t, struct flame *flame, struct error *err);
/* Harmless on a zeroed one. */
void tree_rows_release(struct tree_rows *t);

/* These change what is unfolded; the rows follow with tree_rows_show(). */

bool tree_unfold(struct tree_rows *t, uint32_t node_row, struct error *err);

/*
 * From a node along the heaviest callees, to where a function spends more itself than any that it
 * calls; *end is there.
 */
bool tree_unfold_hottest(struct tree_rows *t, uint32_t node_row, uint32_t *end,
			 struct error *err);

/* While one callee has at least half of all. */
bool tree_unfold_trunk(struct tree_rows *t, struct error *err);

/* Level by level, until enough rows have come: then *is_all is false. */
bool tree_unfold_below(struct tree_rows *t, uint32_t node_row, bool *is_all, struct error *err);

/* All that calls it, to be seen. */
bool tree_unfold_to(struct tree_rows *t, uint32_t node_row, struct error *err);

/* Along a stack to the outermost place of a frame, to be seen; *node_row is that place. */
bool tree_unfold_to_stack(struct tree_rows *t, uint32_t stack_row, uint32_t frame_row,
			  uint32_t *node_row, struct error *err);

/* What is unfolded below it comes back with it. */
static inline void tree_fold(struct tree_rows *t, uint32_t node_row)
{
	t->node.at[node_row].is_unfolded = false;
}

/* All but the root. */
void tree_fold_all(struct tree_rows *t);

/* The next node in the order of rows, below a node only if that is unfolded; ROW_NONE: the end. */
uint32_t tree_next_shown(const struct tree_rows *t, uint32_t node_row);

/*
 * Makes the rows anew.  What was selected, shown and marked in the list stays where it is, or goes
 * to the caller that it is folded into.
 */
bool tree_rows_show(struct tree_rows *t, struct list *l, struct error *err);

/* The heaviest callee of that name, unfolding the node; ROW_NONE: none, or no memory. */
uint32_t tree_callee(struct tree_rows *t, uint32_t node_row, struct str name);

#endif
