/*
 * Tree: who calls whom, path by path, folding and unfolding.
 *
 * Lives here: columns, making the tree when the data changes, the place as text.
 * Not here: drawing, finding, keys (tui/tree_*.c), rows (tui/tree_rows.h), the tree (flame/).
 */
#include "config.h"

#include "tui/views.h"

#include "tui/place.h"
#include "tui/tree_view.h"

#include <string.h>

static const struct column columns[N_COLUMNS] = {
	[COLUMN_CUM] = { "cum", 10, .rank = 1, .align = ALIGN_RIGHT },
	[COLUMN_TOTAL_SHARE] = { "total%", 7, .align = ALIGN_RIGHT },
	[COLUMN_PARENT_SHARE] = { "parent%", 7, .rank = 3, .align = ALIGN_RIGHT },
	[COLUMN_FLAT] = { "flat", 10, .rank = 2, .align = ALIGN_RIGHT },
	[COLUMN_BAR] = { "", 12, .rank = COLUMN_LUXURY },
	[COLUMN_NAME] = { "name", 12, .grows = true, .good_width = 30 },
};

static bool open_tree(void *app, void **state, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct tree *t = ARENA_ZERO(&arena, struct tree, 1);

	if (!t)
		return error_nomem(err, "call tree");
	t->arena = arena;
	t->app = app;
	t->kept = (struct tree_keeper){ .arena = ARENA_INIT, .kept = VEC_INIT };
	t->table.n_column = N_COLUMNS;
	memcpy(t->table.column, columns, sizeof(columns));
	t->table.sort_column = -1;
	*state = t;
	return true;
}

static void forget_kept(struct tree *t)
{
	vec_release(&t->kept.kept);
	arena_release(&t->kept.arena);
	t->kept = (struct tree_keeper){ .arena = ARENA_INIT, .kept = VEC_INIT };
}

static void close_tree(void *state)
{
	struct tree *t = state;
	struct arena arena = t->arena;

	tree_rows_release(&t->rows);
	forget_kept(t);
	arena_release(&t->frame_arena);
	arena_release(&arena);
}

static bool name_frames(struct tree *t, struct error *err)
{
	arena_reset(&t->frame_arena);
	t->heaviest_stack = NULL;
	t->search_id = 0;
	t->is_match = ARENA_ARRAY(&t->frame_arena, uint8_t, t->rows.flame->n_frame);
	t->names = app_frame_names(t->app, t->rows.flame, err);
	return t->names && (t->is_match || error_nomem(err, "call tree"));
}

/* The new tree with what was kept of the one before; of the first there is nothing. */
static bool rebuild(struct tree *t, struct error *err)
{
	const struct report_input *in = app_apart(t->app, err);
	struct flame *f = in ? app_flame(t->app, false, STR_EMPTY, err) : NULL;

	if (!f)
		return false;
	tree_rows_release(&t->rows);
	memset(t->table.list.mark, 0, sizeof(t->table.list.mark));
	if (!tree_rows_init(&t->rows, f, err) || !name_frames(t, err))
		return false;
	app_scaler(in, &t->scaler);
	t->total = in->total;
	t->has_sides = app_is_diff(t->app);
	t->is_diff = f->is_diff || t->has_sides;
	if (!t->kept.kept.n && !tree_unfold_trunk(&t->rows, err))
		return false;
	return tree_restore(&t->kept, t, err);
}

static bool refresh(void *state, struct error *err)
{
	struct tree *t = state;
	bool ok = rebuild(t, err);

	forget_kept(t);
	return ok;
}

/* Without memory the place is lost. */
static void drop(void *state)
{
	struct tree *t = state;

	if (!tree_keep(&t->kept, t))
		forget_kept(t);
	tree_rows_release(&t->rows);
}

/* ---- The place as text ---- */

static void write_place(const void *state, struct out *out)
{
	const struct tree *t = state;
	struct out open;
	struct place_runs runs = { .out = &open };

	out_open_memory(&open);
	for (size_t i = 0; i < t->rows.row.n; i++) {
		const struct tree_node *n = &t->rows.node.at[tree_at(t, i)];

		if (n->is_unfolded)
			place_runs_add(&runs, i);
		else if (!n->has_callees)
			place_runs_pass(&runs, i);
	}
	place_runs_end(&runs);
	place_write(out, "open", out_text(&open));
	out_release(&open);
	place_write_rows(out, &t->table.list);
}

/* Rows in their order: each stands where it was when all before it are unfolded. */
static bool unfold_rows(struct tree *t, struct str rows, struct error *err)
{
	struct place_list list = place_list_of(rows);
	uint64_t wanted, row = 0;
	uint32_t at = 0;

	tree_fold_all(&t->rows);
	tree_fold(&t->rows, 0);
	while (at != ROW_NONE && place_list_next(&list, &wanted)) {
		for (; at != ROW_NONE && row < wanted; row++)
			at = tree_next_shown(&t->rows, at);
		if (at != ROW_NONE && row == wanted && !tree_unfold(&t->rows, at, err))
			return false;
	}
	return tree_rows_show(&t->rows, &t->table.list, err);
}

static bool take_place(void *state, struct str name, struct str value, struct error *err)
{
	struct tree *t = state;

	if (str_eq(name, STR("open")))
		return unfold_rows(t, value, err);
	return place_take_rows(&t->table.list, name, value);
}

const struct view view_tree = {
	.name = "tree",
	.title = "Tree",
	.summary = "calls path by path, with shares of the total and of the caller",
	.open = open_tree,
	.refresh = refresh,
	.drop = drop,
	.close = close_tree,
	.enter = tree_enter,
	.draw = tree_draw,
	.act = tree_act,
	.status = tree_draw_status,
	.subject = tree_subject,
	.write_place = write_place,
	.take_place = take_place,
	.search = tree_search,
};
