/*
 * Call graph: the samples of one profile folded into nodes and edges.
 *
 * Lives here: node identity, building, trimming, order.
 * Not here: text and DOT (report/), prefix trees and boxes (flame/), units (measure/).
 *
 * The rules are those of spec/reports.md 3 to 5.  Sums are raw and in the unit of the chosen sample
 * type; graph_flat() and its like give what is displayed under `mean`.
 */
#ifndef GRAPH_GRAPH_H
#define GRAPH_GRAPH_H

#include "base/arith.h"
#include "base/cancel.h"
#include "base/regex.h"
#include "profile/profile.h"

#include <stdbool.h>
#include <stdint.h>

enum graph_flag {
	GRAPH_CALL_TREE = 1 << 0,     /* a node per path instead of one per function */
	GRAPH_KEEP_ORIGIN = 1 << 1,   /* object file and start line belong to the identity */
	GRAPH_DROP_NEGATIVE = 1 << 2, /* nodes below zero are left out */
	GRAPH_BY_CUM = 1 << 3,	      /* order by cum instead of flat; not of a drawing */
	GRAPH_DRAWING = 1 << 4,	      /* for DOT: entropy order, label values that take slots of
					 nodecount, no edge that other paths explain */
	GRAPH_NO_EDGES = 1 << 6,      /* nodes only */
	GRAPH_UNORDERED = 1 << 8,     /* the list stays in order of creation; without nodecount */
	GRAPH_KEEP_STACKS = 1 << 7,   /* for graph_around() */
	GRAPH_ONLY_INLINING = 1 << 5, /* edges are wanted only for graph_node.n_inline_in: no lists */
};

struct graph;
struct node_info;
struct graph_sums;

/* Whether a frame is to be of a node; asked before names are made. */
typedef bool graph_wants(const void *ctx, const struct graph *g, const struct node_info *info);

struct graph_options {
	uint32_t value_index;	 /* column of sample.value */
	bool is_mean;		 /* divided by column 0 */
	uint32_t flags;		 /* enum graph_flag */
	int64_t nodecount;	 /* 0 or less: no limit */
	double nodefraction, edgefraction;
	struct str trim_path, source_path; /* spec/reports.md 17.1 */
	struct str tag_unit;	 /* target unit of numeric tags' names, and the unit that they have */
	struct str bytes_unit;
	graph_wants *wants; /* frames that it does not want belong to no node; NULL: all are wanted */
	const void *wants_ctx;
	const struct regex *only; /* if set, edges are wanted only of nodes whose name matches */
	const struct cancel *cancel; /* once raised, building ends; may be NULL */
	struct graph_sums *sums;     /* known from graphs before; may be NULL */
};

/* Identity of a node.  Two frames with equal parts are one node. */
struct node_info {
	str_id name, file, objfile; /* rows of the graph's strings */
	uint64_t address;
	int64_t start_line, line, column;
	struct str text; /* printable name (spec/reports.md 3.3); only of nodes that were listed */
};

struct graph_node {
	uint32_t info_row;
	uint32_t parent_row;	/* in a call tree; else ROW_NONE */
	int64_t flat, cum;
	int64_t flat_div, cum_div;
	uint32_t position;	/* in list, or ROW_NONE */
	uint32_t in_start, n_in, out_start, n_out; /* in edge_of */
	uint32_t n_inline_in;	/* how many of the n_in edges come from inlining */
	uint32_t tag_start, n_tag; /* in tag, in order of creation */
};

struct graph_edge {
	uint32_t from_row, to_row; /* caller, callee; the nodes need not be in the list */
	int64_t weight, weight_div;
	bool is_residual; /* frames between the two are left out */
	bool is_inline;
	bool is_dropped; /* in no node's list any more */
};

/* Value of samples with one label value at one node. */
struct graph_tag {
	uint32_t node_row;
	str_id key;	     /* string labels of those samples, as "KEY:VALUE\\nKEY:VALUE"; or empty */
	str_id name;	     /* what is printed: the key itself, or the numeric value with its unit */
	bool is_numeric;     /* a value of the label `bytes` stored under that key */
	uint32_t label_set_row; /* one with those string labels */
	int64_t value;	     /* numeric: the first one of that name */
	int64_t flat, cum, flat_div, cum_div;
};

/* Owns nodes, edges and names; borrows the profile and the options' texts. */
struct graph {
	struct arena arena;
	struct strtab strings; /* above the profile's */
	const struct profile *profile;
	struct graph_options opt;

	struct node_info *info;
	uint32_t n_info;
	struct graph_node *node; /* in order of creation */
	uint32_t n_node;
	uint32_t *list; /* rows of the nodes that remain, in the chosen order */
	uint32_t n_list;

	struct graph_edge *edge;
	uint32_t n_edge;
	uint32_t *edge_of; /* edge rows by node, see graph_node, in edge order */
	struct graph_tag *tag;
	uint32_t n_tag;

	/* What the report's head says of trimming (spec/reports.md 5, 6.2). */
	uint32_t n_dropped_node, n_dropped_edge, n_before_top;

	struct graph_state *state; /* of building; with GRAPH_KEEP_STACKS as long as the graph */
};

/*
 * What the stacks of a profile have summed up to before, for the graphs of profiles that are derived from it and have
 * the same stacks: of these only those are walked whose weight is another one now, where they are
 * fewer.  A graph is the same with it and without it.  p must outlive it.  NULL: no memory.
 */
struct graph_sums *graph_sums_new(const struct profile *p);
/* Harmless on NULL. */
void graph_sums_free(struct graph_sums *s);

/* The edges at one node, in edge order. */
struct graph_around {
	struct graph_edge *in, *out; /* from its callers, to its callees */
	uint32_t n_in, n_out;
};

/*
 * The trimmed graph of p (spec/reports.md 5.2).  NULL: ERR_NOMEM, ERR_LIMIT, ERR_CANCELLED.  The caller frees it
 * with graph_free(); p must outlive it.
 */
struct graph *graph_build(const struct profile *p, const struct graph_options *opt, struct error *err);

/* Harmless on NULL. */
void graph_free(struct graph *g);

static inline struct str graph_text(const struct graph *g, str_id id)
{
	return strtab_get(&g->strings, id);
}

static inline const struct node_info *graph_info(const struct graph *g, uint32_t node_row)
{
	return &g->info[g->node[node_row].info_row];
}

/* Printable name of a node (spec/reports.md 3.3). */
static inline struct str graph_name(const struct graph *g, uint32_t node_row)
{
	return graph_info(g, node_row)->text;
}

static inline int64_t graph_mean(int64_t sum, int64_t div)
{
	return div ? i64_div(sum, div) : sum;
}

static inline int64_t graph_flat(const struct graph_node *n)
{
	return graph_mean(n->flat, n->flat_div);
}

static inline int64_t graph_cum(const struct graph_node *n)
{
	return graph_mean(n->cum, n->cum_div);
}

/* The i-th edge into or out of a node, in edge order. */
static inline const struct graph_edge *graph_in(const struct graph *g, uint32_t node_row, uint32_t i)
{
	return &g->edge[g->edge_of[g->node[node_row].in_start + i]];
}

static inline const struct graph_edge *graph_out(const struct graph *g, uint32_t node_row, uint32_t i)
{
	return &g->edge[g->edge_of[g->node[node_row].out_start + i]];
}

/*
 * The edges at one node as a graph with all of them has them, in the arena.  g was built with
 * GRAPH_KEEP_STACKS, and as no call tree.  ERR_NOMEM.
 */
bool graph_around(const struct graph *g, uint32_t node_row, struct arena *arena, struct graph_around *around,
		  struct error *err);

/*
 * Edge order over rows of edges (spec/reports.md 4): for a sort of any list of them.  ctx is the
 * graph.
 */
int graph_edge_cmp(const void *ctx, uint32_t a, uint32_t b);

/* How sizes compare: the larger |x| first.  |INT64_MIN| stays negative in Go, and so comes last. */
static inline int graph_size_cmp(int64_t a, int64_t b)
{
	int64_t x = i64_abs(a), y = i64_abs(b);

	return x > y ? -1 : x < y;
}

/*
 * The string labels of a set as "KEY:VALUE", sorted, without those that a graph leaves out
 * (spec/reports.md 3.1 c): the texts that tags are named after.  In the arena; NULL: no memory.
 */
struct str *graph_label_texts(const struct profile *p, uint32_t label_set_row, struct arena *arena,
			      uint32_t *n);

/*
 * Printable name of a frame as a node would have it whose file name is not trimmed.  line_row is
 * ROW_NONE for a location without lines.  In the arena or of the profile; ptr NULL: no memory.
 */
struct str graph_frame_name(const struct profile *p, uint32_t location_row, uint32_t line_row,
			    struct arena *arena);

#endif
