/*
 * Flame graphs: the stacks of one profile as a prefix tree, and its layout in boxes.
 *
 * Lives here: frames, the tree from the root or from the leaf, boxes in any unit of width, how much
 * of the profile a set of frames covers.
 * Not here: drawing (report/flame*.c, tui/), call graphs (graph/).
 *
 * Frames are told apart and named like the nodes of a call graph (spec/reports.md 3.1-3.3), so
 * that sums here equal those of the table of functions.
 *
 * The tree grows on demand.  A node is opened down to a weight: its callees of that weight or more
 * become nodes, the others stay together as its rest, until it is opened further.  So the
 * cost follows what is shown: stacks of a rest are not walked.
 */
#ifndef FLAME_FLAME_H
#define FLAME_FLAME_H

#include "base/arena.h"
#include "base/arith.h"
#include "base/cancel.h"
#include "base/regex.h"
#include "base/vec.h"
#include "profile/profile.h"

#include <stdbool.h>
#include <stdint.h>

struct flame_options {
	uint32_t value_index; /* column of sample.value */
	bool is_mean;         /* divided by column 0 */
	bool is_inverted;     /* from the leaf towards the root: callers instead of callees */
	/*
	 * Text of a frame, or empty for all stacks.  Only stacks with such a frame count, from
	 * its outermost place on: that frame is the root's only child, below it what it calls or,
	 * inverted, who calls it.
	 */
	struct str pivot;
	bool merge_stacks; /* those with equal frames become one; in a comparison they always do */
	bool no_tree;	   /* frames and sums of stacks are wanted: the root has nothing, and is not to be opened */
	struct str trim_path, source_path; /* spec/reports.md 17.1 */
	const struct cancel *cancel; /* once raised, building and opening end; may be NULL */
};

struct flame_frame {
	str_id name, file, objfile; /* rows of the flame's strings */
	uint64_t address;
	int64_t line, column;
	struct str text; /* printable name */
};

/* Frames of a node that are not nodes yet: how many different ones, and their sums. */
struct flame_rest {
	uint32_t n;
	int64_t plus, minus;
	uint64_t weight;
};

/*
 * One path.  Sums are raw, in the unit of the sample type; flat is what belongs to samples that
 * end here.
 */
struct flame_node {
	uint32_t frame_row; /* ROW_NONE: the root */
	uint32_t parent_row;
	uint32_t first_child_row, last_child_row,
		next_row; /* siblings, heaviest first; or ROW_NONE */
	uint32_t depth;   /* 0: the root */
	uint32_t item_start,
		n_item;  /* of building: stacks that go on from here; later those of the rest */
	bool is_inlined; /* on every stack here the frame is inlined into its caller */

	int64_t plus, minus;   /* values above 0, and |those below|; cum is the difference */
	int64_t flat;          /* known once the node is opened */
	int64_t div, flat_div; /* under `mean`: what to divide by; else 0 */
	/*
	 * What widths go by: the sum of values; in a comparison of the larger one of before and
	 * after, stack by stack.
	 */
	uint64_t weight, flat_weight;
	struct flame_rest rest; /* of an opened node */
	uint64_t open_weight;   /* opened down to this; UINT64_MAX: never */
};

/* Frames and sums, which all trees of the same stacks have in common. */
struct flame_common;

/* Owns nodes, and frames together with other trees; borrows the profile. */
struct flame {
	struct arena arena;
	uint32_t n_holder;
	struct flame_common *common;
	const struct strtab *strings; /* above the profile's */
	const struct profile *profile;
	struct flame_options opt;

	struct flame_frame *frame;
	uint32_t n_frame;
	bool is_diff;                /* some values are below 0 */
	VEC(struct flame_node) node; /* row 0 is the root; moves when nodes are opened */

	struct flame_state *state; /* of building */
};

/*
 * The tree with its root alone, which is opened for nothing yet.  NULL: ERR_NOMEM, ERR_LIMIT, ERR_CANCELLED.
 * Free it with flame_free(); p must outlive it.
 */
struct flame *flame_new(const struct profile *p, const struct flame_options *opt,
			struct error *err);

/* Another one holds it, and frees it too: all of one thread.  Gives f. */
struct flame *flame_hold(struct flame *f);

/* Harmless on NULL. */
void flame_free(struct flame *f);

/*
 * What another tree of f's stacks can begin with, for as long as it is held; and such a tree, of options that
 * differ from f's in is_inverted and pivot only.  It costs a fraction.  Trees may be freed in any order.
 * Everybody who holds it, trees too, is of one thread.
 */
struct flame_common *flame_hold_common(const struct flame *f);
struct flame *flame_new_of(struct flame_common *c, const struct flame_options *opt, struct error *err);
/* Harmless on NULL. */
void flame_drop_common(struct flame_common *c);

/*
 * Makes nodes of all callees with that weight or more.  Rows of nodes stay; new ones follow the
 * siblings that are there, which all are heavier.  False: ERR_NOMEM, ERR_LIMIT, ERR_CANCELLED, and then
 * nothing has changed.
 */
bool flame_open(struct flame *f, uint32_t node_row, uint64_t weight, struct error *err);

/* Good until the next flame_open(). */
static inline const struct flame_node *flame_at(const struct flame *f, uint32_t node_row)
{
	return &f->node.at[node_row];
}

/* What is displayed: under `mean` divided. */
static inline int64_t flame_cum(const struct flame_node *n)
{
	int64_t sum = i64_sub(n->plus, n->minus);

	return n->div ? i64_div(sum, n->div) : sum;
}

static inline int64_t flame_flat(const struct flame_node *n)
{
	return n->flat_div ? i64_div(n->flat, n->flat_div) : n->flat;
}

/*
 * Flat as displayed, and whether the node calls anything, whether it is opened or not: what an
 * unopened one has is looked up in its stacks.
 */
struct flame_own {
	int64_t flat;
	bool has_callees;
};

struct flame_own flame_own(const struct flame *f, uint32_t node_row);

/* "root", or the frame's printable name. */
static inline struct str flame_text(const struct flame *f, const struct flame_node *n)
{
	return n->frame_row == ROW_NONE ? STR("root") : f->frame[n->frame_row].text;
}

/* ---- Stacks ---- */

struct flame_sums {
	int64_t plus, minus, div;
};

/*
 * Sums of the stack of that row of the profile, for rows below f->profile->stack.n.  False: it
 * weighs nothing, or is merged into another one.
 */
bool flame_stack(const struct flame *f, uint32_t stack_row, struct flame_sums *s);

/* The row that has this one's sums: another one when they are merged. */
uint32_t flame_stack_merged(const struct flame *f, uint32_t stack_row);

/* A place on a stack; for flame_walk_next() only. */
struct flame_item {
	uint32_t stack_row;
	uint32_t at, n_left; /* in the profile's stack.location_row; locations yet to come */
	uint32_t n_inlined;  /* frames of the location that are passed already */
	uint32_t light;	     /* what the stack weighs, if that is little; else FLAME_NOT_LIGHT */
};

/* The frames of a stack one by one, from the root, or from the leaf if the tree is inverted. */
struct flame_item flame_walk(const struct flame *f, uint32_t stack_row);
bool flame_walk_next(const struct flame *f, struct flame_item *i, uint32_t *frame_row);

/* ---- Layout ---- */

/* In units of the caller's: pixels, tenths of them, eighths of a cell. */
struct flame_layout {
	uint32_t root_row; /* as wide as all of it */
	uint32_t width;
	uint32_t min_width; /* narrower callees of a node become one merged box; 1 or more */
	uint32_t max_depth; /* levels below root_row; UINT32_MAX: all */
};

struct flame_box {
	uint32_t node_row;   /* ROW_NONE: merged ones */
	uint32_t parent_row; /* node; of the first box ROW_NONE */
	uint32_t depth;      /* levels below the layout's root */
	uint32_t x, width;   /* a merged box may be of any width, 0 too */
	uint32_t n_merged;   /* callees of parent_row in a merged box; else 0 */
	uint64_t weight;
};

struct flame_boxes {
	struct flame_box *at; /* each node before its callees, callees from left to right */
	size_t n;
};

/*
 * Opens what has to be opened and lays it out.  A node's callees, its merged box and, at the
 * right end, its own share fill it to the unit; each place is within one unit of its exact one.
 * Boxes live in the arena.  Every callee is in exactly one box.
 */
bool flame_lay_out(struct flame *f, const struct flame_layout *l, struct arena *arena,
		   struct flame_boxes *boxes, struct error *err);

/* ---- Searching ---- */

/* is_match[frame row] for all frames: whether the printable name matches.  f->n_frame bytes. */
void flame_match(const struct flame *f, const struct regex *re, uint8_t *is_match);

struct flame_cover {
	int64_t plus, minus;
	uint64_t weight;
};

/*
 * The heaviest node of a function, by its printable name or by its bare one; what leads there is
 * opened.  Only of paths through a node, to it and below it; 0 is all of them.  *node_row is ROW_NONE where
 * there is none.  Not for a flame with a pivot.  False: ERR_NOMEM, ERR_LIMIT.
 */
bool flame_find_function(struct flame *f, struct str function, uint32_t through_row, uint32_t *node_row,
			 struct error *err);

/* What stacks with at least one of the frames sum up to; none is counted twice, none is merged.  ERR_NOMEM. */
bool flame_cover(const struct flame *f, const uint8_t *is_match, struct flame_cover *sum, struct error *err);

/* ---- Colours ---- */

enum {
	FLAME_COLOURS = 12,
	FLAME_DIFF_STEPS = 4,
};

/* Number of a package's colour: the same name has the same number in every run. */
uint32_t flame_colour(struct str package);

/*
 * A change relative to the larger side, -1.0 to 1.0, as a step: FLAME_DIFF_STEPS for more than a
 * half more, then halves of that, 1 for little; below 0 for less; 0 for none.
 */
int flame_diff_step(double change);

/* The change of a node, or of anything else that has both sides. */
double flame_change(int64_t plus, int64_t minus);

#endif
