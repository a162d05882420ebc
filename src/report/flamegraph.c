/*
 * Flame graphs as files: making one ready.
 *
 * Lives here: layout, names, colours, title and facts.
 */
#include "config.h"

#include "report/flamegraph.h"

#include "base/golike.h"
#include "graph/name.h"

enum {
	WIDTH_LEAST_PX = 200,
	WIDTH_MOST_PX = 20000,
	ROWS_MOST = 4000, /* of deep recursion only the beginning is drawn */
	NAME_BYTES_MOST = 1000,
};

static bool lay_out(struct flamegraph *g, struct error *err)
{
	int64_t width = g->in->flame_width;
	struct flame_layout l = { .min_width = FLAMEGRAPH_LEAST_UNITS, .max_depth = ROWS_MOST - 1 };

	width = width < WIDTH_LEAST_PX  ? WIDTH_LEAST_PX
		: width > WIDTH_MOST_PX ? WIDTH_MOST_PX
					: width;
	g->width_px = (uint32_t)width;
	l.width = (g->width_px - 2 * FLAMEGRAPH_SIDE_PX) * FLAMEGRAPH_UNITS_PER_PX;
	if (!flame_lay_out(g->f, &l, &g->arena, &g->boxes, err))
		return false;
	for (size_t i = 0; i < g->boxes.n; i++) {
		const struct flame_box *b = &g->boxes.at[i];

		g->n_merged += b->n_merged;
		if (b->depth >= g->n_row)
			g->n_row = b->depth + 1;
	}
	return true;
}

/* "shop: cpu, from the leaf", or what there is of it. */
static struct str title_of(struct flamegraph *g)
{
	const struct profile *p = g->in->profile;
	struct str file = p->n_mapping ? profile_text(p, p->mapping[0].filename) : STR_EMPTY;

	file = file.len ? go_path_base(file) : STR("profile");
	return arena_fmt(&g->arena, "%.*s: %.*s%s%s", STR_FMT(file), STR_FMT(g->in->type),
			 g->f->is_diff ? ", compared" : "",
			 g->in->is_inverted ? ", from the leaf" : "");
}

bool flamegraph_init(struct flamegraph *g, const struct report_input *in, struct error *err)
{
	struct flame_options opt = report_flame_options(in);

	*g = (struct flamegraph){ .in = in, .arena = ARENA_INIT, .colour = VEC_INIT };
	if (!strtab_init(&g->names) || !vec_push(&g->colour, 0))
		return error_nomem(err, "flame graph");
	g->f = flame_new(in->profile, &opt, err);
	if (!g->f || !lay_out(g, err))
		return false;
	report_scaler(in, in->output_unit, &g->scaler);
	g->title = title_of(g);
	if (!g->title.ptr ||
	    !report_stack_lines(in, &g->arena, &g->scaler, flame_cum(flame_at(g->f, 0)), &g->facts))
		return error_nomem(err, "flame graph");
	for (size_t i = 0; i < g->boxes.n; i++) {
		uint32_t row = g->boxes.at[i].node_row;

		if (row != ROW_NONE && flamegraph_node_name(g, flame_at(g->f, row)) == STR_ID_NONE)
			return error_nomem(err, "flame graph");
	}
	return true;
}

void flamegraph_release(struct flamegraph *g)
{
	flame_free(g->f);
	strtab_release(&g->names);
	vec_release(&g->colour);
	arena_release(&g->arena);
}

/* At most NAME_BYTES_MOST of it, whole code points, and a sign that there was more. */
static struct str cut(struct flamegraph *g, struct str text)
{
	struct str head = str_head(text, NAME_BYTES_MOST);

	if (head.len == text.len)
		return text;
	while (head.len && ((unsigned char)text.ptr[head.len] & 0xc0) == 0x80)
		head.len--;
	return arena_fmt(&g->arena, "%.*s\xe2\x80\xa6", STR_FMT(head));
}

str_id flamegraph_name(struct flamegraph *g, struct str text, struct str package)
{
	str_id id;

	text = cut(g, text);
	id = text.ptr ? strtab_add(&g->names, &g->arena, text) : STR_ID_NONE;
	if (id != STR_ID_NONE && id == g->colour.n &&
	    !vec_push(&g->colour, (uint8_t)flame_colour(package)))
		return STR_ID_NONE;
	return id;
}

str_id flamegraph_node_name(struct flamegraph *g, const struct flame_node *n)
{
	struct str function;

	if (n->frame_row == ROW_NONE)
		return flamegraph_name(g, flame_text(g->f, n), STR_EMPTY);
	function = strtab_get(&g->f->strings, g->f->frame[n->frame_row].name);
	return flamegraph_name(g, g->f->frame[n->frame_row].text, name_package(function));
}

static const char *const class_name[FLAMEGRAPH_CLASSES] = {
	"c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10", "c11", /* by package */
	"n4", "n3", "n2", "n1", "z",  "p1", "p2", "p3", "p4", "r",  "m",
};

enum {
	CLASS_NO_CHANGE = FLAME_COLOURS + FLAME_DIFF_STEPS,
	CLASS_ROOT = FLAMEGRAPH_CLASSES - 2,
	CLASS_MERGED,
};

uint32_t flamegraph_class(const struct flamegraph *g, const struct flame_box *b)
{
	const struct flame_node *n;
	struct str function;

	if (b->node_row == ROW_NONE)
		return CLASS_MERGED;
	n = flame_at(g->f, b->node_row);
	if (n->frame_row == ROW_NONE)
		return CLASS_ROOT;
	if (g->f->is_diff)
		return (uint32_t)(CLASS_NO_CHANGE +
				  flame_diff_step(flame_change(n->plus, n->minus)));
	function = strtab_get(&g->f->strings, g->f->frame[n->frame_row].name);
	return flame_colour(name_package(function));
}

const char *flamegraph_class_name(uint32_t class_row)
{
	return class_name[class_row];
}
