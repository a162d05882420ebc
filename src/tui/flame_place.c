/*
 * The place in a flame graph as text.
 *
 * Lives here: shape, colours, zoom, what is selected, as pairs and back.
 *
 * A node is written as the way to it from the root: "0.2" is the third heaviest callee of the heaviest,
 * "0*9" nine times the heaviest; the merged cell of its callees has an "m" behind: "0.2.m".
 */
#include "config.h"

#include "tui/flame_view.h"
#include "tui/place.h"

static const char *const shape_name[N_FLAME_SHAPES] = {
	[FLAME_ICICLE] = "icicle",
	[FLAME_FLAME] = "flame",
	[FLAME_INVERTED] = "inverted",
};

static const char *const colours_name[N_FLAME_COLOURS] = {
	[FLAME_BY_PACKAGE] = "package",
	[FLAME_BY_FLAT] = "flat",
	[FLAME_BY_HEAT] = "heat",
	[FLAME_BY_CHANGE] = "change",
};

static uint64_t rank_of(const struct flame *f, uint32_t node_row)
{
	uint32_t c = flame_at(f, flame_at(f, node_row)->parent_row)->first_child_row;
	uint64_t n = 0;

	for (; c != node_row; c = flame_at(f, c)->next_row)
		n++;
	return n;
}

static void write_way(struct out *o, const char *name, const struct flame *f, struct flame_place place)
{
	uint32_t depth = flame_at(f, place.node_row)->depth, n = place.node_row;
	struct arena scratch = ARENA_INIT;
	uint64_t *rank = ARENA_ARRAY(&scratch, uint64_t, depth);
	struct out way;

	out_open_memory(&way);
	for (uint32_t d = depth; rank && d-- > 0; n = flame_at(f, n)->parent_row)
		rank[d] = rank_of(f, n);
	for (uint32_t d = 0, end; rank && d < depth; d = end) {
		for (end = d + 1; end < depth && rank[end] == rank[d]; end++)
			;
		place_list_add(&way, rank[d], end - d);
	}
	if (place.is_merged)
		out_str(&way, depth ? STR(".m") : STR("m"));
	if (rank)
		place_write(o, name, out_text(&way));
	out_release(&way);
	arena_release(&scratch);
}

/* As far as there is such a way. */
static bool find_way(struct flame *f, struct str way, struct flame_place *place, struct error *err)
{
	struct place_list list = place_list_of(way);
	uint64_t rank;

	*place = (struct flame_place){ 0, way.len && way.ptr[way.len - 1] == 'm' };
	while (place_list_next(&list, &rank)) {
		uint32_t c;

		if (!flame_open(f, place->node_row, 1, err))
			return false;
		c = flame_at(f, place->node_row)->first_child_row;
		for (; c != ROW_NONE && rank; rank--)
			c = flame_at(f, c)->next_row;
		if (c == ROW_NONE)
			return true;
		place->node_row = c;
	}
	return true;
}

static enum flame_colours usual_colours(const struct flame_view *v)
{
	return v->t.flame->is_diff ? FLAME_BY_CHANGE : FLAME_BY_PACKAGE;
}

void flame_write_place(const void *state, struct out *out)
{
	const struct flame_view *v = state;
	const struct flame_tree *t = &v->t;

	if (v->shape != FLAME_ICICLE && !v->pivot.len)
		place_write(out, "shape", str_from(shape_name[v->shape]));
	if (v->colours != usual_colours(v))
		place_write(out, "colours", str_from(colours_name[v->colours]));
	if (t->zoom_row)
		write_way(out, "zoom", t->flame, (struct flame_place){ t->zoom_row, false });
	if (t->selected.node_row != t->zoom_row || t->selected.is_merged)
		write_way(out, "at", t->flame, t->selected);
	if (t->scroll)
		place_write_number(out, "scroll", t->scroll);
}

/* Index of a name; n: it is none of them. */
static int find_name(const char *const *names, int n, struct str name)
{
	int i = 0;

	while (i < n && !str_eq(name, str_from(names[i])))
		i++;
	return i;
}

static bool take_node(struct flame_view *v, struct str name, struct str value, struct error *err)
{
	struct flame_place place;

	if (!find_way(v->t.flame, value, &place, err))
		return false;
	if (str_eq(name, STR("zoom")))
		flame_zoom(v, place.node_row);
	else
		v->t.selected = place;
	return true;
}

bool flame_take_place(void *state, struct str name, struct str value, struct error *err)
{
	struct flame_view *v = state;
	uint64_t n;
	int i;

	if (str_eq(name, STR("zoom")) || str_eq(name, STR("at")))
		return take_node(v, name, value, err);
	if (str_eq(name, STR("shape"))) {
		i = find_name(shape_name, N_FLAME_SHAPES, value);
		return i < N_FLAME_SHAPES && flame_turn(v, (enum flame_shape)i, err);
	}
	if (str_eq(name, STR("colours"))) {
		i = find_name(colours_name, N_FLAME_COLOURS, value);
		if (i == N_FLAME_COLOURS || (i == FLAME_BY_CHANGE && !v->t.flame->is_diff))
			return false;
		v->colours = (enum flame_colours)i;
		return true;
	}
	if (!str_eq(name, STR("scroll")) || !place_number(value, &n))
		return false;
	v->t.scroll = n < INT32_MAX ? (uint32_t)n : INT32_MAX;
	return true;
}
