/*
 * What the script of a flame graph draws from.
 *
 *	{"width":1200, ..., "names":["","root","main.main",...],"nodes":[0,1,813,0,0,0, 1,2,...]}
 *
 * Lives here: the JSON, as small as it gets: each name once, values divided by what all of them are
 * multiples of.
 * Not here: the script that reads it (report/assets/flame.js).
 */
#include "config.h"

#include "base/golike.h"
#include "base/markup.h"
#include "report/flamegraph.h"

#include <inttypes.h>

/* One node: its place in the tree by depth alone, since nodes come in preorder. */
struct node {
	uint32_t depth;
	str_id name;
	uint64_t weight, rest_weight;
	int64_t flat, plus, minus;
	uint32_t n_merged;
};

static uint64_t gcd(uint64_t a, uint64_t b)
{
	while (b) {
		uint64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

static uint64_t size_of(int64_t v)
{
	return (uint64_t)i64_abs(v);
}

static struct node node_of(struct flamegraph *g, const struct flame_box *b)
{
	const struct flame_node *n = flame_at(g->f, b->node_row);

	return (struct node){
		.depth = b->depth,
		.name = flamegraph_node_name(g, n),
		.weight = b->weight,
		.flat = flame_flat(n),
		.plus = n->div ? flame_cum(n) : n->plus,
		.minus = n->div ? 0 : n->minus,
	};
}

/*
 * A merged box stands behind all that its parent's other callees call; its figures go to the
 * parent.
 */
static struct node *collect(struct flamegraph *g, struct arena *arena, size_t *n)
{
	struct node *node = ARENA_ARRAY(arena, struct node, g->boxes.n);
	size_t *last = ARENA_ARRAY(arena, size_t, (size_t)g->n_row); /* node by depth */

	*n = 0;
	if (!node || !last)
		return NULL;
	for (size_t i = 0; i < g->boxes.n; i++) {
		const struct flame_box *b = &g->boxes.at[i];

		if (b->node_row == ROW_NONE) {
			node[last[b->depth - 1]].n_merged = b->n_merged;
			node[last[b->depth - 1]].rest_weight = b->weight;
		} else {
			last[b->depth] = *n;
			node[(*n)++] = node_of(g, b);
		}
	}
	return node;
}

static uint64_t common_divisor(const struct node *node, size_t n)
{
	uint64_t d = 0;

	for (size_t i = 0; i < n && d != 1; i++) {
		d = gcd(gcd(d, node[i].weight), node[i].rest_weight);
		d = gcd(gcd(d, size_of(node[i].flat)),
			gcd(size_of(node[i].plus), size_of(node[i].minus)));
	}
	return d ? d : 1;
}

static void write_units(const struct flamegraph *g, struct out *out)
{
	struct measure_step step[MEASURE_STEPS];
	char number[GO_FLOAT_BYTES];
	size_t default_row, n = measure_steps(&g->scaler, step, &default_row);

	out_lit(out, "\"units\":[");
	for (size_t i = 0; i < n; i++) {
		out_bytes(out, ",[", i ? 2 : 0);
		if (!i)
			out_char(out, '[');
		out_str(out, go_float(step[i].factor, number));
		out_char(out, ',');
		json_string(out, step[i].unit);
		out_char(out, ']');
	}
	out_fmt(out, "],\"unit\":%zu", default_row);
}

static void write_flag(struct out *out, const char *name, bool is_set)
{
	out_fmt(out, "\"%s\":%s,", name, is_set ? "true" : "false");
}

static void write_head(const struct flamegraph *g, uint64_t step, struct out *out)
{
	double ratio = g->in->ratio;
	char number[GO_FLOAT_BYTES];

	out_fmt(out,
		"{\"width\":%" PRIu32 ",\"side\":%d,\"top\":%" PRIu32 ",\"controls\":%" PRIu32
		",\"row\":%d,\"box\":%d,\"rows\":%" PRIu32 ",",
		g->width_px, FLAMEGRAPH_SIDE_PX, g->top_px, g->controls_px, FLAMEGRAPH_ROW_PX,
		FLAMEGRAPH_BOX_PX, g->n_row);
	write_flag(out, "up", g->in->flame_up);
	write_flag(out, "diff", g->f->is_diff);
	write_flag(out, "inverted", g->in->is_inverted);
	out_fmt(out, "\"total\":%" PRId64 ",\"step\":%" PRIu64 ",\"ratio\":", g->in->total, step);
	out_str(out, go_float(ratio > 0 ? ratio : 1, number));
	out_char(out, ',');
	write_units(g, out);
}

/* Names, and a letter each for their colours. */
static void write_names(const struct flamegraph *g, struct out *out)
{
	out_lit(out, ",\n\"names\":[");
	for (uint32_t i = 0; i < strtab_count(&g->names); i++) {
		if (i)
			out_char(out, ',');
		json_string(out, strtab_get(&g->names, i));
	}
	out_lit(out, "],\n\"colours\":\"");
	for (size_t i = 0; i < g->colour.n; i++)
		out_char(out, (char)('a' + g->colour.at[i]));
	out_char(out, '"');
}

/* Sums of sizes: larger than any value can be. */
static void write_weight(struct out *out, uint64_t weight)
{
	if (weight > INT64_MAX)
		out_fmt(out, "%" PRIu64, weight);
	else
		out_i64(out, (int64_t)weight);
}

/*
 * depth, name, weight, flat, merged callees and their weight; where they say more, cum and before
 * too.
 */
static void write_nodes(const struct flamegraph *g, const struct node *node, size_t n,
			uint64_t step, struct out *out)
{
	int64_t divisor = (int64_t)step;
	bool has_sides = g->f->is_diff || g->in->is_mean;

	out_fmt(out, ",\n\"fields\":%d,\"nodes\":[", has_sides ? 8 : 6);
	for (size_t i = 0; i < n; i++) {
		if (i)
			out_char(out, ',');
		out_i64(out, node[i].depth);
		out_char(out, ',');
		out_i64(out, node[i].name);
		out_char(out, ',');
		write_weight(out, node[i].weight / step);
		out_char(out, ',');
		out_i64(out, i64_div(node[i].flat, divisor));
		out_char(out, ',');
		out_i64(out, node[i].n_merged);
		out_char(out, ',');
		write_weight(out, node[i].rest_weight / step);
		if (!has_sides)
			continue;
		out_char(out, ',');
		out_i64(out, i64_div(node[i].plus, divisor));
		out_char(out, ',');
		out_i64(out, i64_div(node[i].minus, divisor));
	}
	out_char(out, ']');
}

static void write_rows(const struct flamegraph_row *row, size_t n, struct out *out)
{
	out_lit(out, ",\n\"functions\":[");
	for (size_t i = 0; i < n; i++) {
		if (i)
			out_char(out, ',');
		out_i64(out, row[i].name);
		out_char(out, ',');
		out_i64(out, row[i].flat);
		out_char(out, ',');
		out_i64(out, row[i].cum);
	}
	out_char(out, ']');
}

bool flamegraph_data(struct flamegraph *g, const struct flamegraph_row *row, size_t n_row,
		     struct out *out, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	size_t n;
	struct node *node = collect(g, &scratch, &n);
	uint64_t step;

	if (!node) {
		arena_release(&scratch);
		return error_nomem(err, "flame graph");
	}
	step = common_divisor(node, n);
	write_head(g, step, out);
	write_names(g, out);
	write_nodes(g, node, n, step, out);
	if (row)
		write_rows(row, n_row, out);
	out_lit(out, "}\n");
	arena_release(&scratch);
	return true;
}
