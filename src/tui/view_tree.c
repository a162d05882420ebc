/*
 * Tree: who calls whom, path by path, folding and unfolding.
 *
 * Lives here: columns, keys, keeping the place when the data changes.
 * Not here: rows (tui/tree_rows.h), the tree (flame/).
 */
#include "config.h"

#include "tui/views.h"

#include "graph/name.h"
#include "tui/app.h"
#include "tui/explain.h"
#include "tui/format.h"
#include "tui/place.h"
#include "tui/tree_rows.h"

#include <stdio.h>
#include <string.h>

enum tree_column {
	COLUMN_CUM,
	COLUMN_TOTAL_SHARE,
	COLUMN_PARENT_SHARE,
	COLUMN_FLAT,
	COLUMN_BAR,
	COLUMN_NAME,
	N_COLUMNS,
};

static const struct column columns[N_COLUMNS] = {
	[COLUMN_CUM] = { "cum", 10, .rank = 1, .align = ALIGN_RIGHT },
	[COLUMN_TOTAL_SHARE] = { "total%", 7, .align = ALIGN_RIGHT },
	[COLUMN_PARENT_SHARE] = { "parent%", 7, .rank = 3, .align = ALIGN_RIGHT },
	[COLUMN_FLAT] = { "flat", 10, .rank = 2, .align = ALIGN_RIGHT },
	[COLUMN_BAR] = { "", 12, .rank = COLUMN_LUXURY },
	[COLUMN_NAME] = { "name", 12, .grows = true, .good_width = 30 },
};

enum {
	INDENT_CELLS = 2,
	REVEAL_FRAMES = 50, /* that a search unfolds the tree for */
	ROWS_ABOVE = 6,	    /* a function that the view is opened for */
};

struct tree {
	struct arena arena; /* this struct lives in it */
	struct app *app;
	struct tree_rows rows;
	struct table table;
	struct measure_scaler scaler;
	int64_t total;
	bool is_diff, has_sides; /* values are differences; both sides are known */

	struct arena frame_arena;   /* of what is said of frames */
	struct str *short_name;	    /* by frame */
	uint32_t *heaviest_stack;   /* by frame, or ROW_NONE; NULL: not asked for yet */
	uint8_t *is_match;	    /* by frame */
	uint64_t search_id;	    /* that the tree was unfolded for */
};

static bool open_tree(void *app, void **state, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct tree *t = ARENA_ZERO(&arena, struct tree, 1);

	if (!t)
		return error_nomem(err, "call tree");
	t->arena = arena;
	t->app = app;
	t->table.n_column = N_COLUMNS;
	memcpy(t->table.column, columns, sizeof(columns));
	t->table.sort_column = -1;
	*state = t;
	return true;
}

static void close_tree(void *state)
{
	struct tree *t = state;
	struct arena arena = t->arena;

	tree_rows_release(&t->rows);
	arena_release(&t->frame_arena);
	arena_release(&arena);
}

static uint32_t node_at(const struct tree *t, size_t row)
{
	return t->rows.row.at[row];
}

static uint32_t selected_node(const struct tree *t)
{
	return node_at(t, t->table.list.selected);
}

/* ---- Keeping the place ---- */

/* A node that was unfolded or selected; parents come first. */
struct kept {
	size_t parent; /* row of `kept` */
	struct str name;
	bool is_unfolded;
};

struct keeper {
	struct arena arena;
	VEC(struct kept) kept;
	size_t selected, above; /* row of `kept`; rows of the screen above it */
};

static bool keep(struct keeper *k, const struct tree *t)
{
	const struct list *l = &t->table.list;
	uint32_t *kept_row = ARENA_ARRAY(&k->arena, uint32_t, t->rows.node.n);

	k->above = l->selected > l->top ? l->selected - l->top : 0;
	for (size_t i = 0; kept_row && i < t->rows.row.n; i++) {
		uint32_t at = node_at(t, i), parent = flame_at(t->rows.flame, at)->parent_row;
		struct kept row = { .is_unfolded = t->rows.node.at[at].is_unfolded };

		if (!row.is_unfolded && i != l->selected)
			continue;
		row.parent = parent == ROW_NONE ? 0 : kept_row[parent];
		row.name = arena_str(&k->arena,
				     flame_text(t->rows.flame, flame_at(t->rows.flame, at)));
		kept_row[at] = (uint32_t)k->kept.n;
		if (i == l->selected)
			k->selected = k->kept.n;
		if (!row.name.ptr || !vec_push(&k->kept, row))
			return false;
	}
	return kept_row != NULL;
}

/* Unfolds what was, as far as it still exists. */
static bool restore_kept(struct keeper *k, struct tree *t, struct error *err)
{
	uint32_t *node = ARENA_ARRAY(&k->arena, uint32_t, k->kept.n + 1);
	uint32_t selected = 0;

	if (!node)
		return error_nomem(err, "call tree");
	node[0] = 0;
	for (size_t i = 0; i < k->kept.n; i++) {
		const struct kept *row = &k->kept.at[i];

		if (i)
			node[i] = node[row->parent] == ROW_NONE
					  ? ROW_NONE
					  : tree_callee(&t->rows, node[row->parent], row->name);
		if (node[i] != ROW_NONE && row->is_unfolded && !tree_unfold(&t->rows, node[i], err))
			return false;
	}
	for (size_t i = k->selected; i && selected == 0; i = k->kept.at[i].parent)
		if (node[i] != ROW_NONE)
			selected = node[i];
	if (!tree_rows_show(&t->rows, &t->table.list, err))
		return false;
	t->table.list.selected = t->rows.node.at[selected].at;
	t->table.list.top = t->table.list.selected > k->above ? t->table.list.selected - k->above
							      : 0;
	return true;
}

/* ---- Making it ---- */

static bool name_frames(struct tree *t, struct error *err)
{
	const struct flame *f = t->rows.flame;

	arena_reset(&t->frame_arena);
	t->heaviest_stack = NULL;
	t->search_id = 0;
	t->is_match = ARENA_ARRAY(&t->frame_arena, uint8_t, f->n_frame);
	t->short_name = ARENA_ARRAY(&t->frame_arena, struct str, f->n_frame);
	if (!t->is_match || !t->short_name)
		return error_nomem(err, "call tree");
	for (uint32_t i = 0; i < f->n_frame; i++) {
		t->short_name[i] = name_short(&t->frame_arena, f->frame[i].text);
		if (!t->short_name[i].ptr)
			return error_nomem(err, "call tree");
	}
	return true;
}

/* Takes k's rows over into the new tree; in the first one there are none. */
static bool rebuild(struct tree *t, struct keeper *k, struct error *err)
{
	const struct report_input *in = app_apart(t->app, err);
	struct flame_options opt;
	struct flame *f;

	if (!in)
		return false;
	opt = report_flame_options(in);
	opt.is_inverted = false;
	f = flame_new(in->profile, &opt, err);
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
	if (!k->kept.n && !tree_unfold_trunk(&t->rows, err))
		return false;
	return restore_kept(k, t, err);
}

static bool refresh(void *state, struct error *err)
{
	struct tree *t = state;
	struct keeper k = { .arena = ARENA_INIT, .kept = VEC_INIT };
	/* Names go with the profile that the application is about to replace. */
	bool ok = !t->rows.flame || keep(&k, t) || error_nomem(err, "call tree");

	ok = ok && rebuild(t, &k, err);
	vec_release(&k.kept);
	arena_release(&k.arena);
	return ok;
}

/* ---- Drawing ---- */

/* What one drawing needs to know of all its rows. */
struct drawing {
	const struct tree *t;
	uint32_t depth;	 /* that stands without indent */
	int most_indent; /* cells */
};

/* Deep rows move to the left together, so that their names can be read. */
static struct drawing drawing_of(const struct tree *t, struct area a)
{
	int rows = table_rows(a), width = table_layout(&t->table, a.cols).width[COLUMN_NAME];
	size_t top = list_top(&t->table.list, rows);
	uint32_t least = UINT32_MAX, most = 0;
	struct drawing d = { .t = t, .depth = 0, .most_indent = width / 2 };

	for (size_t i = top; i < top + (size_t)rows && i < t->rows.row.n; i++) {
		uint32_t depth = flame_at(t->rows.flame, node_at(t, i))->depth;

		least = depth < least ? depth : least;
		most = depth > most ? depth : most;
	}
	if ((int64_t)most * INDENT_CELLS > d.most_indent && least != UINT32_MAX)
		d.depth = least;
	return d;
}

static int indent_of(const struct drawing *d, const struct flame_node *n)
{
	int64_t cells = (int64_t)(n->depth - d->depth) * INDENT_CELLS;

	return cells < d->most_indent ? (int)cells : d->most_indent;
}

static struct attr value_attr(const struct tree *t, const struct flame_node *n, int64_t value)
{
	return format_change_attr(value, n->plus > n->minus ? n->plus : n->minus, t->is_diff);
}

static struct str signed_value(const struct tree *t, int64_t value, char to[FORMAT_BYTES])
{
	return format_change(&t->scaler, value, t->is_diff, to);
}

static int64_t parent_cum(const struct tree *t, const struct flame_node *n)
{
	return n->parent_row == ROW_NONE ? flame_cum(n)
					 : flame_cum(flame_at(t->rows.flame, n->parent_row));
}

static void set_name(const struct drawing *d, uint32_t node_row, struct table_cell *cell)
{
	const struct tree *t = d->t;
	const struct flame_node *n = flame_at(t->rows.flame, node_row);
	const struct tree_node *own = &t->rows.node.at[node_row];

	cell->text = flame_text(t->rows.flame, n);
	if (n->frame_row != ROW_NONE)
		cell->shorter = t->short_name[n->frame_row];
	cell->suffix = n->is_inlined ? STR(" (inline)") : STR_EMPTY;
	cell->indent = indent_of(d, n);
	cell->glyph = !own->has_callees ? GLYPH_DOT
		      : own->is_unfolded ? GLYPH_UNFOLDED
					 : GLYPH_FOLDED;
	if (n->frame_row == ROW_NONE)
		cell->attr = AT_DIM;
}

static void draw_one(const void *data, size_t at, int column, struct table_cell *cell)
{
	const struct drawing *d = data;
	const struct tree *t = d->t;
	uint32_t node_row = node_at(t, at);
	const struct flame_node *n = flame_at(t->rows.flame, node_row);
	int64_t cum = flame_cum(n), flat = t->rows.node.at[node_row].flat;

	switch ((enum tree_column)column) {
	case COLUMN_CUM:
		cell->text = signed_value(t, cum, cell->buf);
		cell->attr = value_attr(t, n, cum);
		break;
	case COLUMN_TOTAL_SHARE:
		format_share_cell(cum, t->total, cell);
		break;
	case COLUMN_PARENT_SHARE:
		format_share_cell(cum, parent_cum(t, n), cell);
		break;
	case COLUMN_FLAT:
		cell->text = signed_value(t, flat, cell->buf);
		cell->attr = value_attr(t, n, flat);
		break;
	case COLUMN_BAR:
		format_bar_cell(flat, cum, t->total, t->is_diff, cell);
		break;
	case COLUMN_NAME:
		set_name(d, node_row, cell);
		break;
	case N_COLUMNS:
		break;
	}
}

static void draw(const void *state, struct area a, const struct search *search)
{
	const struct tree *t = state;
	struct drawing d = drawing_of(t, a);
	struct table table = t->table;
	char title[40];

	if (d.depth) {
		(void)snprintf(title, sizeof(title), "name, from level %u on", d.depth);
		table.column[COLUMN_NAME].title = title;
	}
	table_draw(&table, a, draw_one, &d, search->regex);
	if (flame_at(t->rows.flame, 0)->weight == 0 && a.rows > 2)
		grid_text(a, 2, 0, a.cols, STR("nothing to show: no sample is left"), AT_DIM);
}

static void draw_status(const void *state, struct area line)
{
	const struct tree *t = state;
	uint32_t node_row = selected_node(t);
	const struct flame_node *n = flame_at(t->rows.flame, node_row);
	char cum[FORMAT_BYTES], flat[FORMAT_BYTES], share[FORMAT_BYTES], of_parent[FORMAT_BYTES];
	char sides[FORMAT_SIDES_BYTES];
	int at;

	at = grid_fmt(line, 0, 0, line.cols, AT_DIM,
		      "%zu/%zu  cum %.*s %.*s, %.*s of caller  flat %.*s  ",
		      t->table.list.selected + 1, t->rows.row.n,
		      STR_FMT(signed_value(t, flame_cum(n), cum)),
		      STR_FMT(format_share(flame_cum(n), t->total, share)),
		      STR_FMT(format_share(flame_cum(n), parent_cum(t, n), of_parent)),
		      STR_FMT(signed_value(t, t->rows.node.at[node_row].flat, flat)));
	if (t->has_sides && !n->div)
		at += grid_text(line, 0, at, line.cols - at,
				format_sides(&t->scaler, n->minus, n->plus, line.grid->glyphs, sides),
				AT_DIM) + 2;
	grid_text(line, 0, at, line.cols - at, flame_text(t->rows.flame, n), AT_DIM);
}

/* ---- Finding ---- */

static struct str name_at(const void *state, size_t row)
{
	const struct tree *t = state;

	return flame_text(t->rows.flame, flame_at(t->rows.flame, node_at(t, row)));
}

static struct str subject(const void *state)
{
	const struct tree *t = state;

	return selected_node(t) ? name_at(t, t->table.list.selected) : STR_EMPTY;
}

static void note_stack(struct tree *t, uint32_t stack, uint64_t weight, uint64_t *best)
{
	struct flame_item item = flame_walk(t->rows.flame, stack);
	uint32_t frame;

	while (flame_walk_next(t->rows.flame, &item, &frame))
		if (weight > best[frame]) {
			best[frame] = weight;
			t->heaviest_stack[frame] = stack;
		}
}

/* For each frame the heaviest stack that it is on: all stacks are walked once. */
static bool find_heaviest(struct tree *t)
{
	const struct flame *f = t->rows.flame;
	struct arena scratch = ARENA_INIT;
	uint64_t *best = ARENA_ZERO(&scratch, uint64_t, f->n_frame);
	struct flame_sums sums;

	if (t->heaviest_stack) {
		arena_release(&scratch);
		return true;
	}
	if (best)
		t->heaviest_stack = ARENA_ARRAY(&t->frame_arena, uint32_t, f->n_frame);
	for (uint32_t i = 0; t->heaviest_stack && i < f->n_frame; i++)
		t->heaviest_stack[i] = ROW_NONE;
	for (uint32_t s = 0; t->heaviest_stack && s < f->profile->stack.n; s++)
		if (flame_stack(f, s, &sums))
			note_stack(t, s, (uint64_t)(sums.plus > sums.minus ? sums.plus : sums.minus),
				   best);
	arena_release(&scratch);
	return t->heaviest_stack != NULL;
}

/* Unfolds the tree so that matching frames can be seen where they are on their heaviest stack. */
static bool reveal(struct tree *t, const struct search *search, struct error *err)
{
	const struct flame *f = t->rows.flame;
	int n = 0;

	flame_match(f, search->regex, t->is_match);
	for (uint32_t i = 0; i < f->n_frame && n < REVEAL_FRAMES; i++) {
		uint32_t node;

		if (!t->is_match[i])
			continue;
		if (!find_heaviest(t))
			return error_nomem(err, "call tree");
		if (t->heaviest_stack[i] == ROW_NONE)
			continue;
		if (!tree_unfold_to_stack(&t->rows, t->heaviest_stack[i], i, &node, err))
			return false;
		n++;
	}
	return tree_rows_show(&t->rows, &t->table.list, err);
}

/* While it is typed a pattern is looked for in what is unfolded; then the tree unfolds for it. */
static bool search(void *state, const struct act *where, const struct search *what,
		   enum search_step step)
{
	struct tree *t = state;
	struct error ignored = ERROR_INIT;

	if (!what->is_typed && t->search_id != what->id && reveal(t, what, &ignored))
		t->search_id = what->id;
	return list_search(&t->table.list, table_rows(where->area), name_at, t, what->regex, step);
}

static bool is_function(const struct flame *f, const struct flame_frame *frame, struct str function)
{
	return str_eq(frame->text, function) || str_eq(strtab_get(&f->strings, frame->name), function);
}

/* Of the frames of a function the one on the heaviest stack; ROW_NONE: there is none. */
static uint32_t heaviest_frame(const struct tree *t, struct str function)
{
	const struct flame *f = t->rows.flame;
	uint32_t best = ROW_NONE;
	int64_t best_weight = 0;

	for (uint32_t i = 0; i < f->n_frame; i++) {
		struct flame_sums sums;
		int64_t weight;

		if (t->heaviest_stack[i] == ROW_NONE || !is_function(f, &f->frame[i], function) ||
		    !flame_stack(f, t->heaviest_stack[i], &sums))
			continue;
		weight = sums.plus > sums.minus ? sums.plus : sums.minus;
		if (best == ROW_NONE || weight > best_weight) {
			best = i;
			best_weight = weight;
		}
	}
	return best;
}

/* To the function where it is on its heaviest stack, unless it is selected already. */
static bool enter(void *state, struct str function, struct error *err)
{
	struct tree *t = state;
	struct list *l = &t->table.list;
	uint32_t frame, node;

	if (str_eq(function, subject(t)))
		return true;
	if (!find_heaviest(t))
		return error_nomem(err, "call tree");
	frame = heaviest_frame(t, function);
	if (frame == ROW_NONE)
		return true;
	if (!tree_unfold_to_stack(&t->rows, t->heaviest_stack[frame], frame, &node, err) ||
	    !tree_rows_show(&t->rows, l, err))
		return false;
	l->selected = t->rows.node.at[node].at;
	l->top = l->selected > ROWS_ABOVE ? l->selected - ROWS_ABOVE : 0;
	return true;
}

/* ---- Keys ---- */

static void select_node(struct tree *t, uint32_t node_row, struct area a)
{
	list_select(&t->table.list, t->rows.node.at[node_row].at, table_rows(a));
}

/* After a change of what is unfolded, which may have failed. */
static bool show_rows(struct tree *t, struct ui *ui, bool ok, struct error *err)
{
	if (!ok || !tree_rows_show(&t->rows, &t->table.list, err)) {
		ui_error(ui, err);
		return false;
	}
	return true;
}

static void toggle(struct tree *t, struct ui *ui)
{
	uint32_t at = selected_node(t);
	struct error err = ERROR_INIT;
	bool ok = true;

	if (t->rows.node.at[at].is_unfolded)
		tree_fold(&t->rows, at);
	else
		ok = tree_unfold(&t->rows, at, &err);
	(void)show_rows(t, ui, ok, &err);
}

static void go_to_parent(struct tree *t, const struct act *a)
{
	uint32_t parent = flame_at(t->rows.flame, selected_node(t))->parent_row;

	if (parent != ROW_NONE)
		select_node(t, parent, a->area);
}

static void go_left(struct tree *t, struct ui *ui, const struct act *a)
{
	if (t->rows.node.at[selected_node(t)].is_unfolded)
		toggle(t, ui);
	else
		go_to_parent(t, a);
}

static void go_right(struct tree *t, struct ui *ui, const struct act *a)
{
	const struct tree_node *n = &t->rows.node.at[selected_node(t)];

	if (n->has_callees && !n->is_unfolded)
		toggle(t, ui);
	else if (n->is_unfolded)
		list_select(&t->table.list, t->table.list.selected + 1, table_rows(a->area));
}

static void unfold_hottest(struct tree *t, struct ui *ui, const struct act *a)
{
	struct error err = ERROR_INIT;
	uint32_t end;
	bool ok = tree_unfold_hottest(&t->rows, selected_node(t), &end, &err);

	t->table.list.mark[LIST_MARKS - 1] = t->table.list.selected + 1;
	if (show_rows(t, ui, ok, &err))
		select_node(t, end, a->area);
}

static void unfold_all(struct tree *t, struct ui *ui)
{
	struct error err = ERROR_INIT;
	bool is_all, ok = tree_unfold_below(&t->rows, selected_node(t), &is_all, &err);

	if (show_rows(t, ui, ok, &err) && !is_all)
		ui_message(ui, "%d rows are unfolded; deeper ones stay folded",
			   (int)TREE_UNFOLD_ROWS);
}

static void fold_all(struct tree *t, struct ui *ui)
{
	struct error err = ERROR_INIT;

	tree_fold_all(&t->rows);
	(void)show_rows(t, ui, true, &err);
}

static void explain(const struct tree *t, struct ui *ui)
{
	uint32_t at = selected_node(t);
	const struct flame_node *n = flame_at(t->rows.flame, at);
	struct explain_path p = { .name = flame_text(t->rows.flame, n),
				  .flat = t->rows.node.at[at].flat,
				  .cum = flame_cum(n),
				  .parent_cum = parent_cum(t, n),
				  .total = t->total,
				  .is_inlined = n->is_inlined,
				  .scaler = &t->scaler };

	explain_path(t->app, ui, &p);
}

/* Does the mouse point at the sign before the name of that row? */
static bool is_on_sign(const struct tree *t, const struct act *a, size_t row)
{
	struct table_layout l = table_layout(&t->table, a->area.cols);
	struct drawing d = drawing_of(t, a->area);
	int col = l.col[COLUMN_NAME] + indent_of(&d, flame_at(t->rows.flame, node_at(t, row)));

	return a->col == col || a->col == col + 1;
}

static bool click(struct tree *t, struct ui *ui, const struct act *a)
{
	size_t row;
	bool is_toggle;

	if (!list_row_at(&t->table.list, a, table_rows(a->area), TABLE_HEAD_ROWS, &row))
		return false;
	is_toggle = a->action == ACT_DOUBLE_CLICK || is_on_sign(t, a, row);
	list_select(&t->table.list, row, table_rows(a->area));
	if (is_toggle)
		toggle(t, ui);
	return true;
}

static bool act(void *state, struct ui *ui, const struct act *a)
{
	struct tree *t = state;

	switch (a->action) {
	case ACT_LEFT:
		go_left(t, ui, a);
		return true;
	case ACT_RIGHT:
		go_right(t, ui, a);
		return true;
	case ACT_FOLD:
	case ACT_OPEN:
		toggle(t, ui);
		return true;
	case ACT_PARENT:
		go_to_parent(t, a);
		return true;
	case ACT_HOTTEST:
		unfold_hottest(t, ui, a);
		return true;
	case ACT_UNFOLD_ALL:
		unfold_all(t, ui);
		return true;
	case ACT_FOLD_ALL:
		fold_all(t, ui);
		return true;
	case ACT_EXPLAIN:
		explain(t, ui);
		return true;
	case ACT_CLICK:
	case ACT_DOUBLE_CLICK:
		return click(t, ui, a);
	default:
		return table_act(&t->table, a) != TABLE_NOTHING;
	}
}

/* ---- The place as text ---- */

static void write_place(const void *state, struct out *out)
{
	const struct tree *t = state;
	struct out open;

	out_open_memory(&open);
	for (size_t i = 0; i < t->rows.row.n; i++)
		if (t->rows.node.at[node_at(t, i)].is_unfolded)
			place_list_add(&open, i);
	place_write(out, "open", out_text(&open));
	out_release(&open);
	place_write_rows(out, &t->table.list);
}

/* Rows in their order: each stands where it was when all before it are unfolded. */
static bool unfold_rows(struct tree *t, struct str rows, struct error *err)
{
	uint64_t row;

	tree_fold_all(&t->rows);
	tree_fold(&t->rows, 0);
	while (tree_rows_show(&t->rows, &t->table.list, err)) {
		if (!place_list_next(&rows, &row))
			return true;
		if (row < t->rows.row.n && !tree_unfold(&t->rows, node_at(t, (size_t)row), err))
			return false;
	}
	return false;
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
	.summary = "the tree of calls, path by path, with shares of the total and of the caller",
	.open = open_tree,
	.refresh = refresh,
	.close = close_tree,
	.enter = enter,
	.draw = draw,
	.act = act,
	.status = draw_status,
	.subject = subject,
	.write_place = write_place,
	.take_place = take_place,
	.search = search,
};
