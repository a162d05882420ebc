/*
 * Traces: the heaviest distinct stacks, with their frames and labels.
 *
 * Lives here: rows, columns, keys, keeping the place when the data changes.
 * Not here: which stacks these are and what is known of them (tui/stacks.h).
 */
#include "config.h"

#include "tui/views.h"

#include "tui/app.h"
#include "tui/explain.h"
#include "tui/format.h"
#include "tui/place.h"
#include "tui/stacks.h"

#include <stdio.h>
#include <string.h>

enum traces_column {
	COLUMN_VALUE,
	COLUMN_SHARE,
	COLUMN_SUM,
	COLUMN_DEPTH,
	COLUMN_BAR,
	COLUMN_NAME,
	N_COLUMNS,
};

static const struct column columns[N_COLUMNS] = {
	[COLUMN_VALUE] = { "value", 10, .align = ALIGN_RIGHT },
	[COLUMN_SHARE] = { "total%", 7, .rank = 1, .align = ALIGN_RIGHT },
	[COLUMN_SUM] = { "sum%", 7, .rank = COLUMN_LUXURY, .align = ALIGN_RIGHT },
	[COLUMN_DEPTH] = { "frames", 6, .rank = 2, .align = ALIGN_RIGHT },
	[COLUMN_BAR] = { "", 12, .rank = COLUMN_LUXURY + 1 },
	[COLUMN_NAME] = { "stack, from the leaf", 12, .grows = true, .good_width = 45 },
};

enum {
	DETAIL_CELLS = 2, /* before labels */
	FRAME_CELLS = 4,
	ROWS_ABOVE = 6, /* a stack that the view is opened for */
};

enum row_kind {
	ROW_STACK,
	ROW_LABEL,
	ROW_FRAME,
	ROW_MORE, /* how many stacks there are beside these */
};

struct row {
	uint32_t stack;
	uint32_t at; /* label or frame */
	enum row_kind kind;
};

struct traces {
	struct arena arena; /* this struct lives in it */
	struct app *app;
	struct stacks *stacks;
	VEC(uint8_t) is_open; /* by stack */
	VEC(struct row) row;
	struct table table;
	struct measure_scaler scaler;
	int64_t total;
	bool is_diff, has_sides; /* values are differences; both sides are known */
	VEC(uint8_t) is_match; /* by frame */
	uint64_t match_id;     /* of the search; 0: none */
};

static bool open_traces(void *app, void **state, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct traces *t = ARENA_ZERO(&arena, struct traces, 1);

	if (!t)
		return error_nomem(err, "stacks");
	t->arena = arena;
	t->app = app;
	t->table.n_column = N_COLUMNS;
	memcpy(t->table.column, columns, sizeof(columns));
	t->table.sort_column = -1;
	*state = t;
	return true;
}

static void close_traces(void *state)
{
	struct traces *t = state;
	struct arena arena = t->arena;

	stacks_free(t->stacks);
	vec_release(&t->is_open);
	vec_release(&t->row);
	vec_release(&t->is_match);
	arena_release(&arena);
}

static const struct row *selected_row(const struct traces *t)
{
	return t->row.n ? &t->row.at[t->table.list.selected] : NULL;
}

/* NULL for the row about all the others. */
static const struct stack *stack_of(const struct traces *t, const struct row *r)
{
	return r && r->kind != ROW_MORE ? &t->stacks->stack[r->stack] : NULL;
}

/* ---- Rows ---- */

static size_t detail_rows(const struct stack *s)
{
	return s->detail ? s->detail->n_label + s->detail->n_frame : 0;
}

static void add_row(struct traces *t, uint32_t stack, uint32_t at, enum row_kind kind)
{
	t->row.at[t->row.n++] = (struct row){ stack, at, kind };
}

static void add_stack(struct traces *t, uint32_t i)
{
	const struct stack_detail *d = t->stacks->stack[i].detail;

	add_row(t, i, 0, ROW_STACK);
	if (!t->is_open.at[i] || !d)
		return;
	for (uint32_t k = 0; k < d->n_label; k++)
		add_row(t, i, k, ROW_LABEL);
	for (uint32_t k = 0; k < d->n_frame; k++)
		add_row(t, i, k, ROW_FRAME);
}

static size_t find_row(const struct traces *t, uint32_t stack)
{
	for (size_t i = 0; i < t->row.n; i++)
		if (t->row.at[i].kind == ROW_STACK && t->row.at[i].stack == stack)
			return i;
	return 0;
}

/* Makes the rows anew; what was selected stays so, as far as it is still there. */
static bool show_rows(struct traces *t, struct error *err)
{
	const struct row *r = selected_row(t);
	struct list *l = &t->table.list;
	struct row was = r ? *r : (struct row){ 0, 0, ROW_STACK };
	size_t n = 1, above = l->selected > l->top ? l->selected - l->top : 0, at;
	size_t inside = r ? l->selected - find_row(t, was.stack) : 0;

	for (size_t i = 0; i < t->stacks->n; i++)
		n += 1 + (t->is_open.at[i] ? detail_rows(&t->stacks->stack[i]) : 0);
	if (n > t->row.n && !vec_reserve(&t->row, n - t->row.n))
		return error_nomem(err, "stacks");
	t->row.n = 0;
	for (uint32_t i = 0; i < t->stacks->n; i++)
		add_stack(t, i);
	if (t->stacks->n_more)
		add_row(t, 0, 0, ROW_MORE);
	list_resize(l, t->row.n);
	at = was.kind == ROW_MORE ? t->row.n : find_row(t, was.stack);
	if (was.kind != ROW_MORE && was.stack < t->stacks->n && t->is_open.at[was.stack])
		at += inside;
	l->selected = at < t->row.n ? at : t->row.n ? t->row.n - 1 : 0;
	l->top = l->selected > above ? l->selected - above : 0;
	return true;
}

static bool open_stack(struct traces *t, uint32_t i, struct error *err)
{
	if (!stacks_look_at(t->stacks, i, err))
		return false;
	t->is_open.at[i] = 1;
	return true;
}

/* ---- Keeping the place ---- */

struct kept {
	VEC(uint64_t) open; /* hashes of stacks */
	uint64_t selected;
	size_t above;
	bool is_any;
};

static bool keep(struct kept *k, const struct traces *t)
{
	const struct list *l = &t->table.list;
	const struct stack *s = stack_of(t, selected_row(t));

	k->is_any = s != NULL;
	k->selected = s ? s->hash : 0;
	k->above = l->selected > l->top ? l->selected - l->top : 0;
	for (size_t i = 0; t->stacks && i < t->stacks->n; i++)
		if (t->is_open.at[i] && !vec_push(&k->open, t->stacks->stack[i].hash))
			return false;
	return true;
}

static bool was_open(const struct kept *k, uint64_t hash)
{
	for (size_t i = 0; i < k->open.n; i++)
		if (k->open.at[i] == hash)
			return true;
	return false;
}

static bool restore_kept(struct traces *t, const struct kept *k, struct error *err)
{
	struct list *l = &t->table.list;

	t->row.n = 0;
	*l = (struct list){ .n = 0 };
	t->is_open.n = 0;
	if (!vec_reserve(&t->is_open, t->stacks->n + 1))
		return error_nomem(err, "stacks");
	memset(t->is_open.at, 0, t->stacks->n + 1);
	t->is_open.n = t->stacks->n;
	for (uint32_t i = 0; i < t->stacks->n && k->open.n; i++)
		if (was_open(k, t->stacks->stack[i].hash) && !open_stack(t, i, err))
			return false;
	if (!show_rows(t, err))
		return false;
	for (uint32_t i = 0; k->is_any && i < t->stacks->n; i++)
		if (t->stacks->stack[i].hash == k->selected) {
			l->selected = find_row(t, i);
			l->top = l->selected > k->above ? l->selected - k->above : 0;
			break;
		}
	return true;
}

static bool rebuild(struct traces *t, const struct kept *k, struct error *err)
{
	const struct report_input *in = app_apart(t->app, err);
	struct stacks *s = in ? stacks_new(in, err) : NULL;

	if (!s)
		return false;
	stacks_free(t->stacks);
	t->stacks = s;
	t->match_id = 0;
	app_scaler(in, &t->scaler);
	t->total = in->total;
	t->has_sides = app_is_diff(t->app) && !in->is_mean;
	t->is_diff = s->is_diff || app_is_diff(t->app);
	return restore_kept(t, k, err);
}

static bool refresh(void *state, struct error *err)
{
	struct traces *t = state;
	struct kept k = { .open = VEC_INIT };
	bool ok = keep(&k, t) || error_nomem(err, "stacks");

	ok = ok && rebuild(t, &k, err);
	vec_release(&k.open);
	return ok;
}

/* ---- Drawing ---- */

static struct str leaf_of(const struct traces *t, const struct stack *s)
{
	return s->leaf == ROW_NONE ? STR("(empty stack)") : t->stacks->flame->frame[s->leaf].text;
}

static void set_stack_name(const struct traces *t, const struct row *r, struct table_cell *cell)
{
	const struct stack *s = &t->stacks->stack[r->stack];

	cell->text = leaf_of(t, s);
	if (s->leaf != ROW_NONE)
		cell->shorter = t->stacks->short_name[s->leaf];
	cell->glyph = t->is_open.at[r->stack] ? GLYPH_UNFOLDED : GLYPH_FOLDED;
	cell->suffix = t->is_open.at[r->stack] ? STR_EMPTY : s->callers;
}

static void draw_stack(const struct traces *t, const struct row *r, enum traces_column column,
		       struct table_cell *cell)
{
	const struct stack *s = &t->stacks->stack[r->stack];

	switch (column) {
	case COLUMN_VALUE:
		cell->text = format_change(&t->scaler, s->value, t->is_diff, cell->buf);
		cell->attr = format_change_attr(s->value, s->plus > s->minus ? s->plus : s->minus,
						t->is_diff);
		break;
	case COLUMN_SHARE:
		format_share_cell(s->value, t->total, cell);
		break;
	case COLUMN_SUM:
		format_share_cell(s->sum, t->total, cell);
		cell->attr = AT_DIM;
		break;
	case COLUMN_DEPTH:
		cell->text = (struct str){ cell->buf, (size_t)snprintf(cell->buf, sizeof(cell->buf),
								       "%u", s->n_frame) };
		cell->attr = AT_DIM;
		break;
	case COLUMN_BAR:
		format_bar_cell(s->value, s->value, t->total, t->is_diff, cell);
		break;
	case COLUMN_NAME:
		set_stack_name(t, r, cell);
		break;
	case N_COLUMNS:
		break;
	}
}

static void draw_label(const struct traces *t, const struct row *r, enum traces_column column,
		       struct table_cell *cell)
{
	const struct stack *s = &t->stacks->stack[r->stack];
	const struct stack_label *l = &s->detail->label[r->at];
	int64_t value = stack_label_value(l);

	if (column == COLUMN_VALUE) {
		cell->text = format_change(&t->scaler, value, t->is_diff, cell->buf);
		cell->attr = AT_DIM;
	} else if (column == COLUMN_SHARE) {
		format_share_cell(value, t->total, cell);
		cell->attr = AT_DIM;
	} else if (column == COLUMN_NAME) {
		cell->text = l->text;
		cell->indent = DETAIL_CELLS;
		cell->attr = ATTR(INK_TITLE, INK_DEFAULT, 0);
	}
}

static void draw_frame(const struct traces *t, const struct row *r, enum traces_column column,
		       struct table_cell *cell)
{
	const struct report_frame *f = t->stacks->stack[r->stack].detail->frame[r->at];

	if (column != COLUMN_NAME)
		return;
	cell->text = f->name;
	cell->suffix = f->is_inlined ? STR(" (inline)") : STR_EMPTY;
	cell->indent = FRAME_CELLS;
}

static void draw_more(const struct traces *t, enum traces_column column, struct table_cell *cell)
{
	int64_t more = t->stacks->more;
	int n;

	cell->attr = AT_DIM;
	if (column == COLUMN_NAME) {
		n = snprintf(cell->buf, sizeof(cell->buf), "%zu more stacks, each no heavier",
			     t->stacks->n_more);
		cell->text = (struct str){ cell->buf, (size_t)n };
	} else if (t->stacks->in->is_mean) {
		return; /* averages do not add up */
	} else if (column == COLUMN_VALUE) {
		cell->text = format_change(&t->scaler, more, t->is_diff, cell->buf);
	} else if (column == COLUMN_SHARE) {
		format_share_cell(more, t->total, cell);
	}
}

static void draw_one(const void *data, size_t at, int column, struct table_cell *cell)
{
	const struct traces *t = data;
	const struct row *r = &t->row.at[at];

	switch (r->kind) {
	case ROW_STACK:
		draw_stack(t, r, (enum traces_column)column, cell);
		break;
	case ROW_LABEL:
		draw_label(t, r, (enum traces_column)column, cell);
		break;
	case ROW_FRAME:
		draw_frame(t, r, (enum traces_column)column, cell);
		break;
	case ROW_MORE:
		draw_more(t, (enum traces_column)column, cell);
		break;
	}
}

static void draw(const void *state, struct area a, const struct search *search)
{
	const struct traces *t = state;

	table_draw(&t->table, a, draw_one, t, search->regex);
	if (t->row.n == 0 && a.rows > 1)
		grid_text(a, 1, 0, a.cols, STR("nothing to show: no sample is left"), AT_DIM);
}

static void draw_status(const void *state, struct area line)
{
	const struct traces *t = state;
	const struct row *r = selected_row(t);
	const struct stack *s = stack_of(t, r);
	char sides[FORMAT_SIDES_BYTES];
	char value[FORMAT_BYTES], share[FORMAT_BYTES];
	struct str text;
	int at;

	if (!s)
		return;
	text = r->kind == ROW_LABEL   ? s->detail->label[r->at].text
	       : r->kind == ROW_FRAME ? s->detail->frame[r->at]->name
				      : leaf_of(t, s);
	at = grid_fmt(line, 0, 0, line.cols, AT_DIM, "%u/%zu  %.*s %.*s  %u frames  ", r->stack + 1,
		      t->stacks->n + t->stacks->n_more,
		      STR_FMT(format_change(&t->scaler, s->value, t->is_diff, value)),
		      STR_FMT(format_share(s->value, t->total, share)), s->n_frame);
	if (t->has_sides)
		at += grid_text(line, 0, at, line.cols - at,
				format_sides(&t->scaler, s->minus, s->plus, line.grid->glyphs, sides),
				AT_DIM) + 2;
	grid_text(line, 0, at, line.cols - at, text, AT_DIM);
}

static struct str subject(const void *state)
{
	const struct traces *t = state;
	const struct row *r = selected_row(t);
	const struct stack *s = stack_of(t, r);

	if (!s || (s->leaf == ROW_NONE && r->kind != ROW_FRAME))
		return STR_EMPTY;
	return r->kind == ROW_FRAME ? s->detail->frame[r->at]->name : leaf_of(t, s);
}

/* ---- Finding ---- */

static bool match_frames(struct traces *t, const struct search *search)
{
	const struct flame *f = t->stacks->flame;

	if (t->match_id == search->id)
		return true;
	t->is_match.n = 0;
	if (!vec_reserve(&t->is_match, f->n_frame + 1))
		return false;
	flame_match(f, search->regex, t->is_match.at);
	t->match_id = search->id;
	return true;
}

static bool stack_matches(const struct traces *t, const struct stack *s)
{
	struct flame_item item = flame_walk(t->stacks->flame, s->stack_row);
	uint32_t frame;

	while (flame_walk_next(t->stacks->flame, &item, &frame))
		if (t->is_match.at[frame])
			return true;
	return false;
}

/* A closed stack matches with any of its frames, an open one frame by frame. */
static bool row_matches(const struct traces *t, size_t at, const struct regex *re)
{
	const struct row *r = &t->row.at[at];
	const struct stack *s = &t->stacks->stack[r->stack];

	switch (r->kind) {
	case ROW_STACK:
		return !t->is_open.at[r->stack] && stack_matches(t, s);
	case ROW_LABEL:
		return regex_match(re, s->detail->label[r->at].text);
	case ROW_FRAME:
		return regex_match(re, s->detail->frame[r->at]->name);
	case ROW_MORE:
		return false;
	}
	return false;
}

static bool search(void *state, const struct act *where, const struct search *what,
		   enum search_step step)
{
	struct traces *t = state;
	struct list *l = &t->table.list;
	size_t n = l->n, at = l->selected;

	if (!match_frames(t, what))
		return false;
	for (size_t i = 0; i < n; i++) {
		size_t row = step == SEARCH_HERE   ? (at + i) % n
			     : step == SEARCH_NEXT ? (at + i + 1) % n
						   : (at + n - i - 1) % n;

		if (row_matches(t, row, what->regex)) {
			list_select(l, row, table_rows(where->area));
			return true;
		}
	}
	return false;
}

/* The frame of a function on the i-th stack, as a place from the leaf; -1: it is not there. */
static int64_t find_frame(const struct traces *t, size_t i, struct str function)
{
	const struct flame *f = t->stacks->flame;
	struct flame_item item = flame_walk(f, t->stacks->stack[i].stack_row);
	uint32_t frame;

	for (int64_t at = 0; flame_walk_next(f, &item, &frame); at++)
		if (str_eq(f->frame[frame].text, function) ||
		    str_eq(strtab_get(&f->strings, f->frame[frame].name), function))
			return at;
	return -1;
}

/* To the function on the heaviest stack that it is on, unless it is selected already. */
static bool enter(void *state, struct str function, struct error *err)
{
	struct traces *t = state;
	struct list *l = &t->table.list;
	int64_t at = -1;
	uint32_t i;

	if (str_eq(function, subject(t)))
		return true;
	for (i = 0; i < t->stacks->n && (at = find_frame(t, i, function)) < 0; i++)
		;
	if (at < 0)
		return true;
	/* The leaf is what the stack itself shows. */
	if (at > 0 && (!open_stack(t, i, err) || !show_rows(t, err)))
		return false;
	l->selected = find_row(t, i);
	l->top = l->selected > ROWS_ABOVE ? l->selected - ROWS_ABOVE : 0;
	if (at > 0 && (size_t)at < t->stacks->stack[i].detail->n_frame)
		l->selected += 1 + t->stacks->stack[i].detail->n_label + (size_t)at;
	return true;
}

/* ---- Keys ---- */

static void select_stack(struct traces *t, uint32_t i, struct area a)
{
	list_select(&t->table.list, find_row(t, i), table_rows(a));
}

static void set_open(struct traces *t, struct ui *ui, uint32_t i, bool is_open)
{
	struct error err = ERROR_INIT;
	bool ok = true;

	if (is_open)
		ok = open_stack(t, i, &err);
	else
		t->is_open.at[i] = 0;
	if (!ok || !show_rows(t, &err))
		ui_error(ui, &err);
}

static void toggle(struct traces *t, struct ui *ui)
{
	const struct row *r = selected_row(t);

	if (stack_of(t, r))
		set_open(t, ui, r->stack, !t->is_open.at[r->stack]);
}

static void go_left(struct traces *t, struct ui *ui, const struct act *a)
{
	const struct row *r = selected_row(t);

	if (r && (r->kind == ROW_LABEL || r->kind == ROW_FRAME))
		select_stack(t, r->stack, a->area);
	else if (r && r->kind == ROW_STACK && t->is_open.at[r->stack])
		toggle(t, ui);
}

static void go_right(struct traces *t, struct ui *ui, const struct act *a)
{
	const struct row *r = selected_row(t);

	if (r && r->kind == ROW_STACK && !t->is_open.at[r->stack])
		toggle(t, ui);
	else if (r)
		list_select(&t->table.list, t->table.list.selected + 1, table_rows(a->area));
}

static void step(struct traces *t, const struct act *a, bool is_next)
{
	const struct row *r = selected_row(t);
	size_t to;

	if (!r)
		return;
	if (r->kind == ROW_MORE)
		to = t->stacks->n - (is_next ? 1 : a->count < t->stacks->n ? a->count : t->stacks->n);
	else if (is_next)
		to = r->stack + (size_t)a->count;
	else
		to = r->stack > a->count ? r->stack - a->count : 0;
	if (to >= t->stacks->n)
		to = t->stacks->n - 1;
	select_stack(t, (uint32_t)to, a->area);
}

static void close_all(struct traces *t, struct ui *ui)
{
	struct error err = ERROR_INIT;

	memset(t->is_open.at, 0, t->is_open.n);
	if (!show_rows(t, &err))
		ui_error(ui, &err);
}

static void explain(const struct traces *t, struct ui *ui)
{
	const struct stack *s = stack_of(t, selected_row(t));
	struct explain_stack e;

	if (!s)
		return;
	e = (struct explain_stack){ .name = leaf_of(t, s),
				    .n_frame = s->n_frame,
				    .value = s->value,
				    .total = t->total,
				    .scaler = &t->scaler };
	explain_stack(t->app, ui, &e);
}

static bool click(struct traces *t, struct ui *ui, const struct act *a)
{
	struct table_layout l = table_layout(&t->table, a->area.cols);
	size_t row;

	if (!list_row_at(&t->table.list, a, table_rows(a->area), TABLE_HEAD_ROWS, &row))
		return false;
	list_select(&t->table.list, row, table_rows(a->area));
	if (a->action == ACT_DOUBLE_CLICK ||
	    (t->row.at[row].kind == ROW_STACK && a->col >= l.col[COLUMN_NAME] &&
	     a->col <= l.col[COLUMN_NAME] + 1))
		toggle(t, ui);
	return true;
}

static bool act(void *state, struct ui *ui, const struct act *a)
{
	struct traces *t = state;

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
	case ACT_NEXT_HOT:
	case ACT_PREVIOUS_HOT:
		step(t, a, a->action == ACT_NEXT_HOT);
		return true;
	case ACT_FOLD_ALL:
		close_all(t, ui);
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
	const struct traces *t = state;
	struct out open;

	out_open_memory(&open);
	for (size_t i = 0; i < t->is_open.n; i++)
		if (t->is_open.at[i])
			place_list_add(&open, i);
	if (out_text(&open).len)
		place_write(out, "open", out_text(&open));
	out_release(&open);
	place_write_rows(out, &t->table.list);
}

static bool take_place(void *state, struct str name, struct str value, struct error *err)
{
	struct traces *t = state;
	uint64_t i;

	if (!str_eq(name, STR("open")))
		return place_take_rows(&t->table.list, name, value);
	while (place_list_next(&value, &i))
		if (i < t->stacks->n && !open_stack(t, (uint32_t)i, err))
			return false;
	return show_rows(t, err);
}

const struct view view_traces = {
	.name = "traces",
	.title = "Traces",
	.summary = "the heaviest distinct stacks, with their frames and labels",
	.open = open_traces,
	.refresh = refresh,
	.close = close_traces,
	.enter = enter,
	.draw = draw,
	.act = act,
	.status = draw_status,
	.subject = subject,
	.write_place = write_place,
	.take_place = take_place,
	.search = search,
};
