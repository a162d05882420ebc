/*
 * Label values in drawings: which of them stand beside a node, and in what groups.
 *
 * Lives here: spec/reports.md 15.4 and 15.5.
 * Not here: what a graph knows of label values (graph/tags.c), writing them (report/dot.c).
 */
#include "config.h"

#include "base/sort.h"
#include "base/vec.h"
#include "report/internal.h"

#include <math.h>

/* Label values of a node, and groups of numeric values under each of them. */
enum { SHOWN_MAX = 4 };

/* One that may be shown: a label value, a numeric value, or a group of these. */
struct candidate {
	struct str name;
	int64_t flat, cum;	 /* what the order goes by */
	int64_t flat_div, cum_div;
	int64_t value;		 /* numeric */
	uint32_t tag_row;
};

struct chooser {
	const struct graph *g;
	struct arena *arena;
	struct arena scratch; /* of one node */
	VEC(struct dot_tag) tag;
	bool is_flat; /* the node has callees: flat values count */
	struct measure_scaler scaler; /* of bytes, each in the unit that suits it */
};

struct order {
	const struct candidate *c;
	bool is_flat;
};

static int candidate_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct order *o = ctx;
	const struct candidate *x = &o->c[a], *y = &o->c[b];
	int c = o->is_flat ? 0 : graph_size_cmp(x->cum, y->cum);

	if (!c)
		c = graph_size_cmp(x->flat, y->flat);
	if (!c)
		c = str_cmp(x->name, y->name);
	return c ? c : (a > b) - (a < b);
}

/* The candidates in order, in the scratch arena; NULL: no memory. */
static struct candidate *sorted(struct chooser *ch, const struct candidate *c, uint32_t n)
{
	struct order o = { .c = c, .is_flat = ch->is_flat };
	struct candidate *to = ARENA_ARRAY(&ch->scratch, struct candidate, n);
	uint32_t *row = ARENA_ARRAY(&ch->scratch, uint32_t, n);

	if (!to || !row)
		return NULL;
	for (uint32_t i = 0; i < n; i++)
		row[i] = i;
	if (!sort_stable(row, n, candidate_cmp, &o))
		return NULL;
	for (uint32_t i = 0; i < n; i++)
		to[i] = c[row[i]];
	return to;
}

/* Tags of a node: all label values, or the numeric values under one of them. */
static struct candidate *gather(struct chooser *ch, uint32_t node_row, bool is_numeric, str_id key, uint32_t *n)
{
	const struct graph *g = ch->g;
	const struct graph_node *node = &g->node[node_row];
	struct candidate *c = ARENA_ARRAY(&ch->scratch, struct candidate, node->n_tag);

	*n = 0;
	for (uint32_t i = 0; c && i < node->n_tag; i++) {
		const struct graph_tag *t = &g->tag[node->tag_start + i];

		if (t->is_numeric != is_numeric || (is_numeric && t->key != key))
			continue;
		c[(*n)++] = (struct candidate){
			.name = graph_text(g, t->name), .flat = t->flat, .cum = t->cum,
			.flat_div = t->flat_div, .cum_div = t->cum_div, .value = t->value,
			.tag_row = node->tag_start + i,
		};
	}
	return c ? sorted(ch, c, *n) : NULL;
}

static struct str value_text(const struct chooser *ch, int64_t value)
{
	struct measure_label l;

	measure_label_with(&ch->scaler, value, &l);
	return measure_label_text(ch->arena, &l);
}

/* The group as one candidate: sums, named "MIN..MAX" after the extremes of its members. */
static bool join(const struct chooser *ch, const struct candidate *c, const uint32_t *bucket, uint32_t n,
		 uint32_t which, struct candidate *to)
{
	struct str unit = ch->g->opt.bytes_unit, part[3];
	int64_t min = 0, max = 0;
	uint32_t n_member = 0;

	*to = (struct candidate){ .flat = 0 };
	for (uint32_t i = 0; i < n; i++) {
		int64_t scaled = i64_from_double(measure_scale(c[i].value, unit, unit, NULL));

		if (bucket[i] != which)
			continue;
		if (n_member == 0)
			min = max = c[i].value;
		if (scaled < min)
			min = c[i].value;
		if (scaled > max)
			max = c[i].value;
		n_member++;
		to->flat = i64_add(to->flat, c[i].flat);
		to->flat_div = i64_add(to->flat_div, c[i].flat_div);
		to->cum = i64_add(to->cum, c[i].cum);
		to->cum_div = i64_add(to->cum_div, c[i].cum_div);
	}
	to->flat = graph_mean(to->flat, to->flat_div);
	to->cum = graph_mean(to->cum, to->cum_div);
	to->flat_div = to->cum_div = 0;
	part[0] = value_text(ch, min);
	part[1] = STR("..");
	part[2] = value_text(ch, max);
	if (!part[0].ptr || !part[2].ptr)
		return false;
	to->name = n_member == 1 ? part[0] : arena_join(ch->arena, part, 3);
	return to->name.ptr != NULL;
}

/* The first ones seed groups; each of the others joins the nearest seed. */
static struct candidate *group(struct chooser *ch, struct candidate *c, uint32_t *n)
{
	struct str unit = ch->g->opt.bytes_unit;
	struct candidate joined[SHOWN_MAX];
	uint32_t *bucket = ARENA_ARRAY(&ch->scratch, uint32_t, *n);

	if (!bucket || *n <= SHOWN_MAX)
		return bucket ? c : NULL;
	for (uint32_t i = 0; i < *n; i++) {
		double nearest = 0;

		bucket[i] = i < SHOWN_MAX ? i : 0;
		for (uint32_t k = 0; i >= SHOWN_MAX && k < SHOWN_MAX; k++) {
			double far = measure_distance(c[k].value, unit, c[i].value, unit);

			if (k == 0 || far < nearest) {
				nearest = far;
				bucket[i] = k;
			}
		}
	}
	for (uint32_t k = 0; k < SHOWN_MAX; k++)
		if (!join(ch, c, bucket, *n, k, &joined[k]))
			return NULL;
	*n = SHOWN_MAX;
	return sorted(ch, joined, SHOWN_MAX);
}

static bool add(struct chooser *ch, struct dot_tag tag)
{
	return tag.text && vec_push(&ch->tag, tag);
}

/* Numeric values under a label value, or of samples without one. */
static bool add_numeric(struct chooser *ch, uint32_t node_row, str_id key, uint32_t parent)
{
	uint32_t n;
	struct candidate *c = gather(ch, node_row, true, key, &n);

	c = c ? group(ch, c, &n) : NULL;
	for (uint32_t i = 0; c && i < n; i++) {
		int64_t flat = graph_mean(c[i].flat, c[i].flat_div), cum = graph_mean(c[i].cum, c[i].cum_div);
		bool is_flat = ch->is_flat || flat == cum;
		struct str *text = ARENA_ARRAY(ch->arena, struct str, 1);
		struct dot_tag tag = { .text = text, .n_text = 1, .index = i, .parent = parent, .is_numeric = true,
				       .is_dotted = !is_flat, .weight = is_flat ? flat : cum };

		if (text)
			*text = c[i].name;
		if (tag.weight != 0 && !add(ch, tag))
			return false;
	}
	return c != NULL;
}

static bool add_node(struct chooser *ch, uint32_t node_row)
{
	const struct graph *g = ch->g;
	uint32_t n;
	struct candidate *c;

	if (!g->node[node_row].n_tag)
		return true;
	ch->is_flat = g->node[node_row].n_out > 0;
	c = gather(ch, node_row, false, 0, &n);
	if (!c)
		return false;
	for (uint32_t i = 0; i < n && i < SHOWN_MAX; i++) {
		const struct graph_tag *t = &g->tag[c[i].tag_row];
		struct dot_tag tag = { .index = i, .parent = DOT_ON_NODE };

		tag.weight = ch->is_flat ? graph_mean(t->flat, t->flat_div) : graph_mean(t->cum, t->cum_div);
		if (tag.weight == 0)
			continue;
		tag.text = graph_label_texts(g->profile, t->label_set_row, ch->arena, &tag.n_text);
		if (!add(ch, tag) || !add_numeric(ch, node_row, t->key, i))
			return false;
	}
	return add_numeric(ch, node_row, 0, DOT_ON_NODE);
}

bool dot_tags_choose(const struct graph *g, struct arena *arena, struct dot_tags *tags)
{
	struct chooser ch = { .g = g, .arena = arena, .scratch = ARENA_INIT, .tag = VEC_INIT };
	bool ok;

	measure_scaler_init(&ch.scaler, g->opt.bytes_unit, STR("auto"));
	tags->start = ARENA_ARRAY(arena, uint32_t, (size_t)g->n_list + 1);
	ok = tags->start != NULL;
	for (uint32_t i = 0; ok && i < g->n_list; i++) {
		tags->start[i] = (uint32_t)ch.tag.n;
		ok = add_node(&ch, g->list[i]);
		arena_reset(&ch.scratch);
	}
	if (ok)
		tags->start[g->n_list] = (uint32_t)ch.tag.n;
	arena_release(&ch.scratch);
	tags->tag = vec_into_arena(&ch.tag, arena);
	return ok && tags->tag;
}
