/*
 * Edges while they are summed.
 *
 * Lives here: one step for each call on each stack, of which a large profile has millions: an edge is its
 * slot in the table, so that a step touches one half of a cache line.
 * Not here: which calls there are (graph/link.c), edges as others see them (graph/graph.h).
 */
#ifndef GRAPH_EDGE_TABLE_H
#define GRAPH_EDGE_TABLE_H

#include "base/cancel.h"
#include "base/hash.h"
#include "base/vec.h"
#include "graph/graph.h"

enum edge_call_flag {
	EDGE_CALL_INLINE = 1 << 0,
	EDGE_CALL_RESIDUAL = 1 << 1,
};

/* One frame calling another: info rows and the stack they are on. */
struct edge_call {
	uint32_t from, to, stack;
	uint32_t flags; /* enum edge_call_flag */
};

struct edge_slot {
	uint32_t from, to;
	int64_t weight, weight_div;
	uint32_t stamp; /* the stack that was counted last, plus 1; 0: no edge here */
	uint32_t place; /* in order of creation, and the two flags */
};

struct edge_table {
	struct edge_slot *slot; /* in mem; none across two cache lines */
	size_t n_slot;		/* a power of 2; 0: none yet */
	size_t n;		/* edges */
	VEC(struct edge_slot) mem;
	uint64_t seed;
};

/* Owns nothing until the first call. */
void edge_table_init(struct edge_table *t);
void edge_table_release(struct edge_table *t);

/*
 * Adds the weight of each call's stack to its edge, once for each stack however often the call is on it; the
 * calls of a stack come one after another.  The weights go by stack row; div may be NULL: there is none.  An
 * edge is inline or residual as graph_edge says.  False: no memory.
 */
bool edge_table_count(struct edge_table *t, const struct edge_call *call, size_t n, const int64_t *weight,
		      const int64_t *div);

/* Adds the edges of a table of later stacks.  False: no memory, or cancelled. */
bool edge_table_merge(struct edge_table *to, const struct edge_table *from, const struct cancel *cancel);

/*
 * Moves what both have into `to`, and leaves the others where they are, without memory for more: after that the two
 * are for edge_table_count_inlining() only.  False: cancelled.
 */
bool edge_table_move_common(struct edge_table *to, struct edge_table *from, const struct cancel *cancel);

/*
 * Counts for each node the edges into it that are not lighter than the cutoff, and those of them that are
 * inlined; edges into nodes that are not listed are never too light (spec/reports.md 5.4).
 */
void edge_table_count_inlining(const struct edge_table *t, int64_t cutoff, struct graph *g);

/* Writes t->n edges in order of creation. */
void edge_table_write(const struct edge_table *t, struct graph_edge *edge);

#endif
