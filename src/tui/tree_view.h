/*
 * Tree: who calls whom, path by path, folding and unfolding.
 *
 * Lives here: what the files of this view share.
 * Not here: rows (tui/tree_rows.h), the tree (flame/).
 */
#ifndef TUI_TREE_VIEW_H
#define TUI_TREE_VIEW_H

#include "tui/app.h"
#include "tui/tree_rows.h"

enum tree_column {
	COLUMN_CUM,
	COLUMN_TOTAL_SHARE,
	COLUMN_PARENT_SHARE,
	COLUMN_FLAT,
	COLUMN_BAR,
	COLUMN_NAME,
	N_COLUMNS,
};

/* What was unfolded and selected, by names of its own: those of the tree go with the profile. */
struct tree_kept {
	size_t parent; /* row of `kept`; parents come first */
	struct str name;
	bool is_unfolded;
};

struct tree_keeper {
	struct arena arena;
	VEC(struct tree_kept) kept;
	size_t selected, above; /* row of `kept`; rows of the screen above it */
};

struct tree {
	struct arena arena; /* this struct lives in it */
	struct app *app;
	struct tree_rows rows;	  /* none while dropped */
	struct tree_keeper kept;  /* while dropped */
	struct table table;
	struct measure_scaler scaler;
	int64_t total;
	bool is_diff, has_sides; /* values are differences; both sides are known */

	struct arena frame_arena;   /* of what is said of frames */
	const struct app_flames *names; /* by frame */
	uint32_t *heaviest_stack;   /* by frame, or ROW_NONE; NULL: not asked for yet */
	uint8_t *is_match;	    /* by frame */
	uint64_t search_id;	    /* that the tree was unfolded for */
};

static inline uint32_t tree_at(const struct tree *t, size_t row)
{
	return t->rows.row.at[row];
}

static inline uint32_t tree_selected(const struct tree *t)
{
	return tree_at(t, t->table.list.selected);
}

static inline int64_t tree_parent_cum(const struct tree *t, const struct flame_node *n)
{
	return n->parent_row == ROW_NONE ? flame_cum(n)
					 : flame_cum(flame_at(t->rows.flame, n->parent_row));
}

/* tree_keep.c */
/* False: no memory. */
bool tree_keep(struct tree_keeper *k, const struct tree *t);
/* Unfolds what was, as far as it still exists. */
bool tree_restore(struct tree_keeper *k, struct tree *t, struct error *err);

/* tree_draw.c */
void tree_draw(const void *state, struct area a, const struct search *search);
void tree_draw_status(const void *state, struct area line);
/* Does the mouse point at the sign before the name of that row? */
bool tree_is_on_sign(const void *state, const struct act *a, size_t row);

/* tree_find.c */
struct str tree_subject(const void *state);
bool tree_search(void *state, const struct act *where, const struct search *what, enum search_step step);
/* To the function where it is heaviest, unless it is selected already. */
bool tree_enter(void *state, struct str function, struct error *err);

/* tree_act.c */
bool tree_act(void *state, struct ui *ui, const struct act *a);

#endif
