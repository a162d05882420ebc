/*
 * Layout: nodes as boxes.
 *
 * Lives here: sharing out the width of a node among what it calls.
 */
#include "config.h"

#include "flame/internal.h"

__extension__ typedef unsigned __int128 u128;

/* A box that waits until all that stands left of it is laid out. */
struct laying {
	struct flame *f;
	const struct flame_layout *l;
	VEC(struct flame_box) waiting; /* the next one last */
	VEC(struct flame_box) done;
};

/*
 * Shares out `width` from the left: a part begins where all weight before it would end, rounded
 * down.  So parts fill the width, none is off by a whole unit, and one that deserves n units has
 * n or n+1.
 */
struct ruler {
	uint32_t x, width;
	u128 total, before;
};

static uint32_t ruler_take(struct ruler *r, uint64_t weight)
{
	uint32_t from = r->total ? (uint32_t)(r->before * r->width / r->total) : 0, to;

	r->before += weight;
	to = r->total ? (uint32_t)(r->before * r->width / r->total) : 0;
	r->x += to - from;
	return to - from;
}

/* The weight that deserves min_width of a node's width, rounded up. */
static uint64_t least_weight(const struct flame_layout *l, uint64_t weight, uint32_t width)
{
	u128 least = width ? ((u128)l->min_width * weight + width - 1) / width : UINT64_MAX;

	if (least == 0)
		return 1;
	return least < UINT64_MAX ? (uint64_t)least : UINT64_MAX - 1;
}

/*
 * The callees of a box, from the left: those that are wide enough, heaviest first, then the others
 * as one.  What is left at the right end is the node's own share.
 */
static bool lay_callees(struct laying *lay, const struct flame_box *box, uint64_t least)
{
	struct flame *f = lay->f;
	const struct flame_node *n = flame_at(f, box->node_row);
	struct flame_rest rest = n->rest;
	struct ruler r = { .x = box->x,
			   .width = box->width,
			   .total = (u128)n->flat_weight + rest.weight };
	struct flame_box callee = { .parent_row = box->node_row, .depth = box->depth + 1 };

	for (uint32_t c = n->first_child_row; c != ROW_NONE; c = flame_at(f, c)->next_row)
		r.total += flame_at(f, c)->weight;
	for (uint32_t c = n->first_child_row; c != ROW_NONE; c = flame_at(f, c)->next_row) {
		uint64_t weight = flame_at(f, c)->weight;

		if (weight < least) {
			rest.n++;
			rest.weight += weight;
			continue;
		}
		callee.node_row = c;
		callee.x = r.x;
		callee.weight = weight;
		callee.width = ruler_take(&r, weight);
		if (!vec_push(&lay->waiting, callee))
			return false;
	}
	if (!rest.n)
		return true;
	callee.node_row = ROW_NONE;
	callee.n_merged = rest.n;
	callee.x = r.x;
	callee.weight = rest.weight;
	callee.width = ruler_take(&r, rest.weight);
	return vec_push(&lay->waiting, callee);
}

/* The leftmost of what was pushed from `first` on comes out first. */
static void reverse(struct flame_box *box, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		struct flame_box b = box[i];

		box[i] = box[n - 1 - i];
		box[n - 1 - i] = b;
	}
}

static bool lay_out(struct laying *lay, struct error *err)
{
	const struct flame_layout *l = lay->l;
	struct flame_box root = { .node_row = l->root_row,
				  .parent_row = ROW_NONE,
				  .width = l->width,
				  .weight = flame_at(lay->f, l->root_row)->weight };
	bool ok = vec_push(&lay->waiting, root);

	while (ok && lay->waiting.n) {
		struct flame_box box = lay->waiting.at[--lay->waiting.n];
		size_t first = lay->waiting.n;
		uint64_t least;

		ok = vec_push(&lay->done, box);
		if (!ok || box.node_row == ROW_NONE || box.depth >= l->max_depth)
			continue;
		least = least_weight(l, flame_at(lay->f, box.node_row)->weight, box.width);
		if (!flame_open(lay->f, box.node_row, least, err))
			return false;
		ok = lay_callees(lay, &box, least);
		reverse(lay->waiting.at + first, lay->waiting.n - first);
	}
	return ok || error_nomem(err, "flame graph");
}

bool flame_lay_out(struct flame *f, const struct flame_layout *l, struct arena *arena,
		   struct flame_boxes *boxes, struct error *err)
{
	struct laying lay = { .f = f, .l = l, .waiting = VEC_INIT, .done = VEC_INIT };
	bool ok = lay_out(&lay, err);

	vec_release(&lay.waiting);
	boxes->n = lay.done.n;
	boxes->at = vec_into_arena(&lay.done, arena);
	return ok && (boxes->at || error_nomem(err, "flame graph"));
}
