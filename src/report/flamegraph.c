/*
 * Flame graphs as files: making one ready.
 *
 * Lives here: layout, names, colours, title and facts.
 */
#include "config.h"

#include "report/flamegraph.h"

#include "base/golike.h"
#include "base/term.h"
#include "graph/name.h"

#include <inttypes.h>

enum {
	WIDTH_LEAST_PX = 300,
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
		if (b->depth == l.max_depth && b->node_row != ROW_NONE)
			g->is_cut = g->is_cut || flame_own(g->f, b->node_row).has_callees;
	}
	return true;
}

/* At most NAME_BYTES_MOST of it, whole code points, and a sign that there was more; safe. */
static struct str presentable(struct arena *arena, struct str text)
{
	struct str part[2] = { str_head(text, NAME_BYTES_MOST), STR("\xe2\x80\xa6") };

	if (part[0].len == text.len)
		return term_safe_text(arena, text);
	while (part[0].len && ((unsigned char)text.ptr[part[0].len] & 0xc0) == 0x80)
		part[0].len--;
	part[0] = term_safe_text(arena, part[0]);
	return part[0].ptr ? arena_join(arena, part, 2) : part[0];
}

/* "shop: cpu, from the leaf", or what there is of it. */
static bool say_title(struct flamegraph *g)
{
	const struct profile *p = g->in->profile;
	struct str file = p->n_mapping ? profile_text(p, p->mapping[0].filename) : STR_EMPTY;
	struct str part[] = {
		file.len ? go_path_base(file) : STR("profile"),
		STR(": "),
		g->in->type,
		g->f->is_diff ? STR(", compared") : STR_EMPTY,
		g->in->is_inverted ? STR(", from the leaf") : STR_EMPTY,
	};

	g->title = arena_join(&g->arena, part, sizeof(part) / sizeof(part[0]));
	if (g->title.ptr)
		g->title = presentable(&g->arena, g->title);
	return g->title.ptr != NULL;
}

static bool say_facts(struct flamegraph *g)
{
	static const char *const legend[] = { "Width: the larger of before and after",
					      "red: more, blue: less, grey: no change" };
	struct report_lines known;
	struct str *line;

	if (!report_stack_lines(g->in, &g->arena, &g->scaler, flame_cum(flame_at(g->f, 0)), &known))
		return false;
	line = ARENA_ARRAY(&g->arena, struct str, known.n + 2);
	for (size_t i = 0; line && i < known.n; i++) {
		line[i] = presentable(&g->arena, str_trim(known.line[i]));
		if (!line[i].ptr)
			return false;
	}
	for (size_t i = 0; line && g->f->is_diff && i < 2; i++)
		line[known.n++] = str_from(legend[i]);
	g->facts = (struct report_lines){ line, known.n };
	return line != NULL;
}

static bool say_left_out(struct flamegraph *g)
{
	struct str part[2] = { STR_EMPTY, STR_EMPTY };

	if (g->n_merged)
		part[0] = arena_fmt(&g->arena, "%" PRIu64 " %s narrower than 0.1 px %s merged into what %s",
				    g->n_merged, g->n_merged == 1 ? "frame" : "frames",
				    g->n_merged == 1 ? "is" : "are",
				    g->n_merged == 1 ? "calls it" : "calls them");
	if (g->is_cut)
		part[1] = arena_fmt(&g->arena, "%snone is drawn below the first %d", g->n_merged ? "; " : "",
				    ROWS_MOST);
	if (!part[0].ptr || !part[1].ptr)
		return false;
	g->left_out = arena_join(&g->arena, part, 2);
	return g->left_out.ptr != NULL;
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
	if (!say_title(g) || !say_facts(g) || !say_left_out(g))
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

str_id flamegraph_name(struct flamegraph *g, struct str text, struct str package)
{
	str_id id;

	text = presentable(&g->arena, text);
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
	function = strtab_get(g->f->strings, g->f->frame[n->frame_row].name);
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
	function = strtab_get(g->f->strings, g->f->frame[n->frame_row].name);
	return flame_colour(name_package(function));
}

const char *flamegraph_class_name(uint32_t class_row)
{
	return class_name[class_row];
}
