/*
 * Growing the tree: the stacks of a node sorted by the frame that comes next.
 *
 * Lives here: flame_open().
 */
#include "config.h"

#include "flame/internal.h"

#include "base/sort.h"

#include <string.h>

enum { GROUP_ENDED }; /* the group of stacks that have no more frames */

/* In group_of: the stack has more frames at this location.  Looking there again would take as long as all else. */
#define ITEM_STAYS 0x80000000u

/*
 * Stacks of a large node lie wide apart in memory, each of them a few lines of the cache; asking for them early
 * halves the time.
 */
enum { AHEAD = 32 };

static inline void ask_for(const struct flame *f, const struct flame_item *item)
{
	__builtin_prefetch(f->profile->stack.location_row + item->at - !f->opt.is_inverted);
}

/* Stacks of a node with the same next frame. */
struct group {
	uint32_t frame_row;
	uint32_t n_item, start; /* where its stacks will stand */
	bool is_kept, is_inlined;
	int64_t plus, minus, div;
	uint64_t weight;
};

struct groups {
	VEC(struct group) group; /* in order of first sight */
	VEC(uint32_t) kept;      /* rows of group, heaviest first */
};

static uint32_t group_of(struct flame *f, struct groups *gs, const struct flame_item *item)
{
	bool is_inlined;
	uint32_t frame, *slot;

	if (!item->n_left)
		return GROUP_ENDED;
	frame = flame_peek(f, item, &is_inlined);
	slot = &f->state->slot[frame];
	if (!*slot) {
		struct group g = { .frame_row = frame, .is_inlined = true };

		if (!vec_push(&gs->group, g))
			return UINT32_MAX;
		*slot = (uint32_t)gs->group.n - 1;
	}
	gs->group.at[*slot].is_inlined &= is_inlined;
	return *slot;
}

static void add(const struct flame_state *st, struct group *g, const struct flame_item *item)
{
	uint32_t stack = item->stack_row;

	g->n_item++;
	if (item->light != FLAME_NOT_LIGHT) {
		g->plus = i64_add(g->plus, item->light);
		g->weight += item->light;
		return;
	}
	g->plus = i64_add(g->plus, st->plus[stack]);
	g->minus = i64_add(g->minus, st->minus ? st->minus[stack] : 0);
	g->div = i64_add(g->div, st->div ? st->div[stack] : 0);
	g->weight += flame_stack_weight(st, stack);
}

static bool split(struct flame *f, struct groups *gs, const struct flame_node *n)
{
	struct flame_state *st = f->state;
	struct group ended = { .frame_row = ROW_NONE };
	bool ok = vec_push(&gs->group, ended);

	for (uint32_t i = 0; ok && i < n->n_item; i++) {
		const struct flame_item *item = &st->item[n->item_start + i];
		uint32_t group;

		if (i + AHEAD < n->n_item)
			ask_for(f, &item[AHEAD]);
		group = group_of(f, gs, item);
		ok = group != UINT32_MAX && !flame_is_cancelled(f, i);
		st->group_of[i] = group;
		if (ok && item->n_left && st->has_many && flame_stays(f, item))
			st->group_of[i] |= ITEM_STAYS;
		if (ok)
			add(st, &gs->group.at[group], item);
	}
	for (size_t i = 1; i < gs->group.n; i++)
		st->slot[gs->group.at[i].frame_row] = 0;
	return ok;
}

static int by_weight(const void *ctx, uint32_t a, uint32_t b)
{
	const struct group *g = ctx;

	return g[a].weight > g[b].weight ? -1 : g[a].weight < g[b].weight;
}

/* Which groups become nodes, and where the stacks of each go: the ended first, the rest last. */
static bool choose(struct groups *gs, uint64_t weight)
{
	struct group *g = gs->group.at;
	uint32_t at = g[GROUP_ENDED].n_item, rest;

	for (uint32_t i = 1; i < gs->group.n; i++) {
		g[i].is_kept = g[i].weight >= weight;
		if (g[i].is_kept && !vec_push(&gs->kept, i))
			return false;
	}
	if (!sort_stable(gs->kept.at, gs->kept.n, by_weight, g))
		return false;
	for (size_t i = 0; i < gs->kept.n; i++) {
		struct group *k = &g[gs->kept.at[i]];

		k->start = at;
		at += k->n_item;
	}
	rest = at;
	for (uint32_t i = 1; i < gs->group.n; i++)
		if (!g[i].is_kept)
			g[i].start = rest;
	return true;
}

/* Stacks keep their order within a group, and within the rest. */
static void place(struct flame *f, struct groups *gs, const struct flame_node *n, uint32_t rest)
{
	struct flame_state *st = f->state;
	struct flame_item *item = &st->item[n->item_start];

	for (uint32_t i = 0; i < n->n_item; i++) {
		struct group *g = &gs->group.at[st->group_of[i] & ~ITEM_STAYS];
		bool has_place = g->is_kept || g == &gs->group.at[GROUP_ENDED];
		struct flame_item *to = &st->scratch[has_place ? g->start++ : rest++];

		*to = item[i];
		if (g->is_kept)
			flame_step_known(f, to, st->group_of[i] & ITEM_STAYS);
	}
	memcpy(item, st->scratch, n->n_item * sizeof(*item));
}

/* The most common case: one frame goes on and nothing ends. */
static bool is_single(const struct groups *gs)
{
	return gs->kept.n == 1 && gs->group.n == 2 && !gs->group.at[GROUP_ENDED].n_item;
}

/* All callees are too light: their stacks stay where they are. */
static bool is_rest(const struct groups *gs)
{
	return !gs->kept.n && !gs->group.at[GROUP_ENDED].n_item;
}

static void step_all(struct flame *f, const struct flame_node *n)
{
	const struct flame_state *st = f->state;

	for (uint32_t i = 0; i < n->n_item; i++)
		flame_step_known(f, &st->item[n->item_start + i], st->group_of[i] & ITEM_STAYS);
}

static void add_child(struct flame *f, uint32_t node_row, const struct group *g,
		      uint32_t item_start)
{
	struct flame_node *parent = &f->node.at[node_row], *child = &f->node.at[f->node.n];
	uint32_t row = (uint32_t)f->node.n++;

	*child = (struct flame_node){
		.frame_row = g->frame_row,
		.parent_row = node_row,
		.first_child_row = ROW_NONE,
		.last_child_row = ROW_NONE,
		.next_row = ROW_NONE,
		.depth = parent->depth + 1,
		.item_start = item_start,
		.n_item = g->n_item,
		.is_inlined = g->is_inlined,
		.plus = g->plus,
		.minus = g->minus,
		.div = g->div,
		.weight = g->weight,
		.open_weight = UINT64_MAX,
	};
	if (parent->last_child_row == ROW_NONE)
		parent->first_child_row = row;
	else
		f->node.at[parent->last_child_row].next_row = row;
	parent->last_child_row = row;
}

static void take_ended(struct flame_node *n, const struct group *ended)
{
	n->flat = i64_add(n->flat, i64_sub(ended->plus, ended->minus));
	n->flat_div = i64_add(n->flat_div, ended->div);
	n->flat_weight += ended->weight;
}

static struct flame_rest rest_of(const struct groups *gs)
{
	struct flame_rest r = { 0, 0, 0, 0 };

	for (size_t i = 1; i < gs->group.n; i++) {
		const struct group *g = &gs->group.at[i];

		if (g->is_kept)
			continue;
		r.n++;
		r.plus = i64_add(r.plus, g->plus);
		r.minus = i64_add(r.minus, g->minus);
		r.weight += g->weight;
	}
	return r;
}

/* Nothing can fail from here on. */
static void grow(struct flame *f, struct groups *gs, uint32_t node_row, uint64_t weight)
{
	struct flame_node *n = &f->node.at[node_row];
	const struct group *g = gs->group.at;
	uint32_t at = g[GROUP_ENDED].n_item, start = n->item_start;

	take_ended(n, &g[GROUP_ENDED]);
	for (size_t i = 0; i < gs->kept.n; i++) {
		add_child(f, node_row, &g[gs->kept.at[i]], start + at);
		at += g[gs->kept.at[i]].n_item;
	}
	if (is_single(gs))
		step_all(f, n);
	else if (!is_rest(gs))
		place(f, gs, n, at);
	n->item_start += at;
	n->n_item -= at;
	n->rest = rest_of(gs);
	n->open_weight = weight;
}

bool flame_open(struct flame *f, uint32_t node_row, uint64_t weight, struct error *err)
{
	struct flame_node n = *flame_at(f, node_row); /* room for its callees moves the nodes */
	struct groups gs = { .group = VEC_INIT, .kept = VEC_INIT };
	bool ok = true;

	if (weight >= n.open_weight && n.open_weight != UINT64_MAX)
		return true;
	if (n.n_item && !(split(f, &gs, &n) && choose(&gs, weight)))
		ok = flame_failed(f, err);
	else if (f->node.n + gs.kept.n >= ROW_NONE)
		ok = error_set(err, ERR_LIMIT, "flame graph of more than %u frames", ROW_NONE - 1);
	else if (!vec_reserve(&f->node, gs.kept.n))
		ok = error_nomem(err, "flame graph");
	else if (n.n_item)
		grow(f, &gs, node_row, weight);
	else
		f->node.at[node_row].open_weight = weight;
	vec_release(&gs.group);
	vec_release(&gs.kept);
	return ok;
}
