/*
 * Call graph, inside.
 *
 * Lives here: what the files of graph/ share with nobody else.
 */
#ifndef GRAPH_INTERNAL_H
#define GRAPH_INTERNAL_H

#include "base/hash.h"
#include "base/vec.h"
#include "graph/graph.h"

/* In location_frame: the low bits are an index into `many`. */
#define FRAME_MANY 0x80000000u
/* There too, until the number of nodes is known: a frame that is not wanted. */
#define FRAME_UNWANTED (FRAME_MANY - 1)

enum {
	GRAPH_PARTS_MAX = 8,	       /* shares of the stacks that are walked side by side */
	GRAPH_PART_STACKS_MIN = 16384, /* fewer are not worth a thread */
};

enum { SIGN_WORDS = 4, SIGN_BITS = SIGN_WORDS * 64 };

/* A bit of each word is a frame's. */
struct stack_sign {
	uint64_t word[SIGN_WORDS];
};

/* Work that lasts as long as the building.  All of it but the vectors lives in `arena`. */
struct graph_state {
	struct arena arena;

	/*
	 * Frames of each location as info rows.  One frame: its row.  Several: FRAME_MANY and an
	 * index into many, where their number stands and then the rows, outermost first.
	 * The row n_info stands for a frame that belongs to no node.
	 */
	uint32_t *location_frame;
	VEC(uint32_t) many;
	/* By string row of the profile, for those that name files. */
	str_id *trimmed_file; /* after the rounds of trimming so far */
	str_id *clean_file;   /* the same, lexically cleaned */
	uint32_t *trim_round; /* the last round that a file name went through */
	uint32_t n_trim_round;

	struct row_index info_index;
	VEC(struct node_info) info;

	/* Sums over the samples of each stack. */
	int64_t *weight, *div; /* div NULL: no mean */
	uint8_t *is_touched;   /* a sample of it is not 0 */

	/*
	 * For graph_around(): signs, see graph_sign_stacks(); else NULL.  By bit of the signs, and then by blocks of
	 * 64 stacks: whoever looks for some bits reads nothing of the others.
	 */
	uint64_t *sign;

	uint32_t *stack_leaf; /* of a call tree: node row of each stack's leaf frame; else NULL */

	uint8_t *is_kept;   /* by info row, n_info + 1 of them; NULL: all */
	uint8_t *is_wanted; /* by info row: edges at either end; NULL: all */

	VEC(struct graph_edge) edge;
	VEC(struct graph_tag) tag;
	uint64_t tag_cutoff;
	int64_t edge_cutoff;
};

/* Into how many shares the stacks are cut.  The graph is the same whatever it is. */
size_t graph_parts(const struct graph *g);

/*
 * For long loops, each step of which is a stack or a sample: time to give up?  They fail then as they
 * would without memory, and graph_build() finds the reason.
 */
static inline bool graph_is_cancelled(const struct graph *g, uint32_t step)
{
	return !(step & CANCEL_MASK) && cancel_is_raised(g->opt.cancel);
}

/* nodes.c: identities of all frames. */
bool graph_nodes_init(struct graph *g, struct error *err);
bool graph_nodes_retrim(struct graph *g, bool *has_changed, struct error *err);
bool graph_nodes_name(struct graph *g, struct error *err);

/* sums.c: the nodes of graph mode, with flat and cum. */
bool graph_nodes_sum(struct graph *g, struct error *err);

/* known.c: the weights of the stacks that opt.sums serves with; NULL: all have to be walked. */
const int64_t *graph_find_known(const struct graph *g);
/* Adds what these weights summed up to. */
void graph_add_known(struct graph *g);
/* After a walk over all stacks. */
void graph_keep_known(const struct graph *g);

/* link.c: edges between the nodes that are kept. */
bool graph_link(struct graph *g, struct error *err);

/* inlining.c: n_in and n_inline_in of the nodes that are kept and inlined somewhere, instead of edges. */
bool graph_find_inlining(struct graph *g, struct error *err);

/* edges.c: the lists of each node's edges, in order of creation until they are sorted. */
bool graph_index_edges(struct graph *g, struct error *err);
bool graph_sort_edges(struct graph *g, struct error *err);
void graph_count_inlining(struct graph *g);
void graph_drop_light_edges(struct graph *g, int64_t cutoff);
bool graph_drop_redundant_edges(struct graph *g, struct error *err);

/* tree.c: the nodes and edges of a call tree. */
bool graph_tree_init(struct graph *g, struct error *err);
bool graph_tree_trim(struct graph *g, const uint8_t *is_kept, struct error *err);

/* tags.c: label values of nodes, but those below the cutoff. */
bool graph_tags(struct graph *g, struct error *err);

/*
 * around.c: the signs of all stacks.  A stack whose sign lacks a bit of a frame's does not have the
 * frame; most that do not have it are told by that.
 */
bool graph_sign_stacks(struct graph *g, struct error *err);

/* order.c */
bool graph_sort(struct graph *g, struct error *err);

/* The frames of a location, outermost first. */
struct graph_frames {
	const uint32_t *at;
	uint32_t n;
};

static inline struct graph_frames graph_frames_of(const struct graph_state *st, uint32_t location)
{
	const uint32_t *f = &st->location_frame[location];
	const uint32_t *many = *f & FRAME_MANY ? st->many.at + (*f & ~FRAME_MANY) : NULL;

	return many ? (struct graph_frames){ many + 1, many[0] } : (struct graph_frames){ f, 1 };
}

/* One frame after another of a stack, from the root to the leaf. */
struct frame_walk {
	const struct graph_state *st;
	const uint32_t *first, *at; /* location rows; at runs down to first */
	const uint32_t *inlined, *inlined_end;
};

static inline struct frame_walk frame_walk(const struct graph *g, uint32_t stack_row)
{
	const struct profile *p = g->profile;
	const uint32_t *first = p->stack.location_row + p->stack.start[stack_row];

	return (struct frame_walk){ .st = g->state, .first = first, .at = first + p->stack.len[stack_row] };
}

/* False at the end.  *is_inline: the frame is not the outermost of its location. */
static inline bool frame_next(struct frame_walk *w, uint32_t *info_row, bool *is_inline)
{
	uint32_t f;

	if (w->inlined != w->inlined_end) {
		*info_row = *w->inlined++;
		*is_inline = true;
		return true;
	}
	if (w->at == w->first)
		return false;
	f = w->st->location_frame[*--w->at];
	*is_inline = false;
	if (f & FRAME_MANY) {
		const uint32_t *m = w->st->many.at + (f & ~FRAME_MANY);

		w->inlined = m + 2;
		w->inlined_end = m + 1 + m[0];
		f = m[1];
	}
	*info_row = f;
	return true;
}

#endif
