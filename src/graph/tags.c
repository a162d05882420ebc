/*
 * Tags: label values of the samples at each node, for drawings.
 *
 * Lives here: spec/reports.md 3.7 and 5.3.
 * Not here: which of them are drawn and how they are grouped (report/dot.c).
 *
 * A profile may have as many label values as samples (trace ids).  Tags below the cutoff are dropped
 * anyway, and no tag of a node can weigh more than all samples with that label value
 * together; so values that are too light as a whole are left out before any stack is walked.
 */
#include "config.h"

#include "base/sort.h"
#include "graph/internal.h"
#include "measure/measure.h"

#include <string.h>

/* A label value, or a numeric value under the label values that it came with. */
struct kind {
	str_id key, name;
	bool is_numeric;
	uint32_t label_set_row; /* the first one */
	uint64_t total; /* of |value| over all samples; saturates */
};

struct kind_use {
	uint32_t kind_row;
	int64_t value; /* numeric */
};

struct tagger {
	struct graph *g;
	struct arena arena;
	VEC(struct kind) kind;
	struct row_index kind_index;
	VEC(struct kind_use) use;
	uint32_t *use_start, *n_use; /* of each label set */
	struct row_index tag_index;  /* of (node, kind) */
	VEC(uint32_t) tag_kind;
	uint32_t *stamp; /* by node: sample that was counted last, plus 1 */
	struct measure_scaler scaler;
};

static uint32_t kind_row(struct tagger *t, const struct kind *k)
{
	uint64_t hash = hash_mix(hash_mix(t->kind_index.seed, (uint64_t)k->key << 32 | k->name), k->is_numeric);
	uint32_t row;

	for (size_t at = row_index_start(hash); (row = row_index_probe(&t->kind_index, &at, hash)) != ROW_NONE;)
		if (t->kind.at[row].key == k->key && t->kind.at[row].name == k->name &&
		    t->kind.at[row].is_numeric == k->is_numeric)
			return row;
	row = (uint32_t)t->kind.n;
	return vec_push(&t->kind, *k) && row_index_add(&t->kind_index, hash, row) ? row : ROW_NONE;
}

static int text_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct str *text = ctx;

	return str_cmp(text[a], text[b]);
}

struct str *graph_label_texts(const struct profile *p, uint32_t label_set_row, struct arena *arena,
			      uint32_t *n)
{
	const struct label *label = p->label_set.label + p->label_set.start[label_set_row];
	uint32_t n_label = p->label_set.len[label_set_row];
	struct str *text = ARENA_ARRAY(arena, struct str, n_label);
	struct str *sorted = ARENA_ARRAY(arena, struct str, n_label);
	uint32_t *order = ARENA_ARRAY(arena, uint32_t, n_label);

	*n = 0;
	if (!text || !sorted || !order)
		return NULL;
	for (uint32_t i = 0; i < n_label; i++) {
		struct str part[] = { profile_text(p, label[i].key), STR(":"), profile_text(p, label[i].text) };

		if ((label[i].flags & LABEL_IS_NUMERIC) || str_eq(part[0], STR("pprof::base")))
			continue;
		order[*n] = *n;
		text[*n] = arena_join(arena, part, 3);
		if (!text[(*n)++].ptr)
			return NULL;
	}
	if (!sort_stable(order, *n, text_cmp, text))
		return NULL;
	for (uint32_t i = 0; i < *n; i++)
		sorted[i] = text[order[i]];
	return sorted;
}

/* The texts joined by "\\n" (a backslash and an n); 0 without string labels. */
static bool label_key(struct tagger *t, uint32_t set, str_id *key)
{
	struct arena scratch = ARENA_INIT;
	uint32_t n;
	struct str *text = graph_label_texts(t->g->profile, set, &scratch, &n);
	struct str *part = ARENA_ARRAY(&scratch, struct str, 2 * (size_t)n), all;

	*key = STR_ID_NONE;
	if (text && part) {
		for (uint32_t i = 0; i < n; i++) {
			part[2 * i] = i ? STR("\\n") : STR_EMPTY;
			part[2 * i + 1] = text[i];
		}
		all = arena_join(&scratch, part, 2 * (size_t)n);
		if (all.ptr)
			*key = strtab_add(&t->g->strings, &t->g->arena, all);
	}
	arena_release(&scratch);
	return *key != STR_ID_NONE;
}

static bool add_use(struct tagger *t, const struct kind *k, int64_t value)
{
	struct kind_use use = { .kind_row = kind_row(t, k), .value = value };

	return use.kind_row != ROW_NONE && vec_push(&t->use, use);
}

/* The kinds of one label set. */
static bool add_set(struct tagger *t, uint32_t set)
{
	struct graph *g = t->g;
	const struct profile *p = g->profile;
	const struct label *label = p->label_set.label + p->label_set.start[set];
	uint32_t n = p->label_set.len[set];
	struct kind k = { .label_set_row = set };

	t->use_start[set] = (uint32_t)t->use.n;
	if (!label_key(t, set, &k.key))
		return false;
	k.name = k.key;
	if (k.key && !add_use(t, &k, 0))
		return false;
	k.is_numeric = true;
	for (uint32_t i = 0; i < n; i++) {
		struct measure_label label_text;
		struct str name;

		if (!(label[i].flags & LABEL_IS_NUMERIC) || !str_eq(profile_text(p, label[i].key), STR("bytes")))
			continue;
		measure_label_with(&t->scaler, label[i].num, &label_text);
		name = measure_label_text(&t->arena, &label_text);
		k.name = name.ptr ? strtab_add(&g->strings, &g->arena, name) : STR_ID_NONE;
		if (k.name == STR_ID_NONE || !add_use(t, &k, label[i].num))
			return false;
	}
	t->n_use[set] = (uint32_t)t->use.n - t->use_start[set];
	return true;
}

static void add_total(struct kind *k, int64_t value)
{
	uint64_t size = (uint64_t)i64_abs(value);

	k->total = k->total > UINT64_MAX - size ? UINT64_MAX : k->total + size;
}

/* Kinds of all label sets that samples have, and what they weigh. */
static bool survey(struct tagger *t)
{
	const struct profile *p = t->g->profile;
	const int64_t *value = p->sample.value[t->g->opt.value_index];
	uint8_t *is_done = ARENA_ZERO(&t->arena, uint8_t, p->label_set.n);

	t->use_start = ARENA_ZERO(&t->arena, uint32_t, p->label_set.n);
	t->n_use = ARENA_ZERO(&t->arena, uint32_t, p->label_set.n);
	if (!is_done || !t->use_start || !t->n_use)
		return false;
	for (uint32_t i = 0; i < p->sample.n; i++) {
		uint32_t set = p->sample.label_set_row[i];

		if (!is_done[set] && !add_set(t, set))
			return false;
		is_done[set] = 1;
		for (uint32_t k = 0; k < t->n_use[set]; k++)
			add_total(&t->kind.at[t->use.at[t->use_start[set] + k].kind_row], value[i]);
	}
	return true;
}

/* Takes uses of too light kinds out of the sets. */
static void drop_light_kinds(struct tagger *t)
{
	for (uint32_t set = 0; set < t->g->profile->label_set.n; set++) {
		struct kind_use *use = t->use.at ? t->use.at + t->use_start[set] : NULL;
		uint32_t k = 0;

		for (uint32_t i = 0; i < t->n_use[set]; i++)
			if (t->kind.at[use[i].kind_row].total >= t->g->state->tag_cutoff)
				use[k++] = use[i];
		t->n_use[set] = k;
	}
}

static struct graph_tag *find_tag(struct tagger *t, uint32_t node, const struct kind_use *use)
{
	struct graph_state *st = t->g->state;
	const struct kind *kind = &t->kind.at[use->kind_row];
	uint64_t hash = hash_mix(t->tag_index.seed, (uint64_t)node << 32 | use->kind_row);
	struct graph_tag tag = { .node_row = node, .key = kind->key, .name = kind->name,
				 .is_numeric = kind->is_numeric, .value = use->value,
				 .label_set_row = kind->label_set_row };
	uint32_t row;

	for (size_t at = row_index_start(hash); (row = row_index_probe(&t->tag_index, &at, hash)) != ROW_NONE;)
		if (st->tag.at[row].node_row == node && t->tag_kind.at[row] == use->kind_row)
			return &st->tag.at[row];
	row = (uint32_t)st->tag.n;
	if (st->tag.n >= ROW_NONE || !vec_push(&st->tag, tag) || !vec_push(&t->tag_kind, use->kind_row) ||
	    !row_index_add(&t->tag_index, hash, row))
		return NULL;
	return &st->tag.at[row];
}

/* One sample at one of its nodes. */
static bool count(struct tagger *t, uint32_t node, uint32_t sample, bool is_leaf)
{
	const struct graph *g = t->g;
	const struct profile *p = g->profile;
	uint32_t set = p->sample.label_set_row[sample];
	int64_t weight = p->sample.value[g->opt.value_index][sample];
	int64_t div = g->opt.is_mean ? p->sample.value[0][sample] : 0;
	bool is_first = t->stamp[node] != sample + 1;

	t->stamp[node] = sample + 1;
	for (uint32_t i = 0; i < t->n_use[set] && (is_first || is_leaf); i++) {
		struct graph_tag *tag = find_tag(t, node, &t->use.at[t->use_start[set] + i]);

		if (!tag)
			return false;
		if (is_leaf) {
			tag->flat = i64_add(tag->flat, weight);
			tag->flat_div = i64_add(tag->flat_div, div);
		}
		/* A second value of the same name adds its share too; a second frame does not. */
		if (is_first) {
			tag->cum = i64_add(tag->cum, weight);
			tag->cum_div = i64_add(tag->cum_div, div);
		}
	}
	return true;
}

/* The frames of a sample that are nodes, leaf last. */
static bool count_sample(struct tagger *t, uint32_t sample)
{
	const struct graph *g = t->g;
	uint32_t stack = g->profile->sample.stack_row[sample], f, last = ROW_NONE;
	struct frame_walk w = frame_walk(g, stack);
	bool is_inline;

	if (g->state->stack_leaf) { /* a call tree: from the leaf upwards */
		for (uint32_t n = last = g->state->stack_leaf[stack]; n != ROW_NONE; n = g->node[n].parent_row)
			if (g->node[n].position != ROW_NONE && !count(t, n, sample, n == last))
				return false;
		return true;
	}
	while (frame_next(&w, &f, &is_inline)) {
		last = f != g->n_info && g->node[f].position != ROW_NONE ? f : ROW_NONE;
		if (last != ROW_NONE && !count(t, f, sample, false))
			return false;
	}
	return last == ROW_NONE || count(t, last, sample, true);
}

static bool count_samples(struct tagger *t)
{
	const struct profile *p = t->g->profile;
	const int64_t *value = p->sample.value[t->g->opt.value_index];

	for (uint32_t i = 0; i < p->sample.n; i++) {
		bool is_zero = value[i] == 0 && !(t->g->opt.is_mean && p->sample.value[0][i] != 0);

		if (graph_is_cancelled(t->g, i))
			return false;
		if (!is_zero && t->n_use[p->sample.label_set_row[i]] && !count_sample(t, i))
			return false;
	}
	return true;
}

static bool is_light(const struct graph_tag *tag, int64_t cutoff)
{
	return i64_abs(tag->flat) < cutoff && i64_abs(tag->cum) < cutoff;
}

/* Drops light tags and puts the others side by side, node after node, in order of creation. */
static bool arrange(struct graph *g)
{
	struct graph_state *st = g->state;
	int64_t cutoff = (int64_t)st->tag_cutoff;
	struct graph_tag *from = ARENA_ARRAY(&st->arena, struct graph_tag, st->tag.n);
	size_t n = st->tag.n, at = 0;

	if (!from)
		return false;
	if (n)
		memcpy(from, st->tag.at, n * sizeof(*from));
	for (uint32_t i = 0; i < g->n_node; i++)
		g->node[i].n_tag = 0;
	for (size_t i = 0; i < n; i++)
		g->node[from[i].node_row].n_tag += !is_light(&from[i], cutoff);
	for (uint32_t i = 0; i < g->n_node; i++) {
		g->node[i].tag_start = (uint32_t)at;
		at += g->node[i].n_tag;
		g->node[i].n_tag = 0;
	}
	for (size_t i = 0; i < n; i++)
		if (!is_light(&from[i], cutoff)) {
			struct graph_node *node = &g->node[from[i].node_row];

			st->tag.at[node->tag_start + node->n_tag++] = from[i];
		}
	st->tag.n = at;
	g->tag = st->tag.at;
	g->n_tag = (uint32_t)at;
	return true;
}

bool graph_tags(struct graph *g, struct error *err)
{
	struct tagger t = { .g = g, .arena = ARENA_INIT, .kind = VEC_INIT, .use = VEC_INIT, .tag_kind = VEC_INIT };
	bool ok;

	g->state->tag.n = 0;
	row_index_init(&t.kind_index);
	row_index_init(&t.tag_index);
	measure_scaler_init(&t.scaler, g->opt.bytes_unit, g->opt.tag_unit);
	t.stamp = ARENA_ZERO(&t.arena, uint32_t, g->n_node);
	ok = t.stamp && survey(&t);
	if (ok) {
		drop_light_kinds(&t);
		ok = count_samples(&t) && arrange(g);
	}
	vec_release(&t.kind);
	vec_release(&t.use);
	vec_release(&t.tag_kind);
	row_index_release(&t.kind_index);
	row_index_release(&t.tag_index);
	arena_release(&t.arena);
	return ok || error_nomem(err, "tags");
}
