/*
 * Top: the table of functions, the rows of -top.
 *
 * Lives here: columns, orders, the line about the selected function.
 * Not here: the numbers (report/text.c), the table itself (tui/table.c).
 */
#include "config.h"

#include "tui/views.h"

#include "base/arith.h"
#include "base/sort.h"
#include "graph/name.h"
#include "tui/app.h"
#include "tui/explain.h"
#include "tui/format.h"
#include "tui/place.h"

enum top_column {
	COLUMN_FLAT,
	COLUMN_FLAT_SHARE,
	COLUMN_SUM,
	COLUMN_CUM,
	COLUMN_CUM_SHARE,
	COLUMN_BAR,
	COLUMN_NAME,
	N_COLUMNS,
};

static const struct column columns[N_COLUMNS] = {
	[COLUMN_FLAT] = { "flat", 10, .align = ALIGN_RIGHT, .can_sort = true },
	[COLUMN_FLAT_SHARE] = { "flat%", 7, .rank = 3, .align = ALIGN_RIGHT },
	[COLUMN_SUM] = { "sum%", 7, .rank = COLUMN_LUXURY, .align = ALIGN_RIGHT },
	[COLUMN_CUM] = { "cum", 10, .rank = 1, .align = ALIGN_RIGHT, .can_sort = true },
	[COLUMN_CUM_SHARE] = { "cum%", 7, .rank = 2, .align = ALIGN_RIGHT },
	[COLUMN_BAR] = { "", 12, .rank = COLUMN_LUXURY + 1 },
	[COLUMN_NAME] = { "name", 12, .grows = true, .good_width = 30, .can_sort = true },
};

struct top {
	struct arena arena; /* this struct lives in it */
	struct app *app;
	struct report_text *rows;
	struct report_text *before; /* of a difference: what was subtracted; NULL: not made yet */
	bool is_diff;
	bool by_cum; /* the order of the options, when they were last looked at */
	struct table table;
	/* In the order shown: rows of `rows`, and the sums of their flat values so far. */
	VEC(uint32_t) order;
	VEC(int64_t) sum;
	struct arena names; /* of short names that are no views of the long ones */
	VEC(struct str) short_name; /* by row of `rows` */
};

static bool open_top(void *app, void **state, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct top *t = ARENA_ZERO(&arena, struct top, 1);

	if (!t)
		return error_nomem(err, "table");
	t->arena = arena;
	t->app = app;
	t->table.n_column = N_COLUMNS;
	memcpy(t->table.column, columns, sizeof(columns));
	t->table.sort_column = -1; /* as the options have it */
	*state = t;
	return true;
}

static void close_top(void *state)
{
	struct top *t = state;
	struct arena arena = t->arena;

	report_text_free(t->rows);
	report_text_free(t->before);
	vec_release(&t->order);
	vec_release(&t->sum);
	vec_release(&t->short_name);
	arena_release(&t->names);
	arena_release(&arena);
}

static const struct report_text_row *shown_row(const struct top *t, size_t at)
{
	return &t->rows->row[t->order.at[at]];
}

static struct str name_of(const void *state, size_t at)
{
	return shown_row(state, at)->name;
}

/* Larger sizes first, as in spec/reports.md 4; |INT64_MIN| is negative there and so last. */
static int by_size(int64_t a, int64_t b)
{
	int64_t x = i64_abs(a), y = i64_abs(b);

	return x > y ? -1 : x < y;
}

static int flat_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct report_text_row *x = (const struct report_text_row *)ctx + a;
	const struct report_text_row *y = (const struct report_text_row *)ctx + b;
	int c = by_size(x->flat, y->flat);

	c = c ? c : str_cmp(x->name, y->name);
	return c ? c : by_size(x->cum, y->cum);
}

static int cum_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct report_text_row *x = (const struct report_text_row *)ctx + a;
	const struct report_text_row *y = (const struct report_text_row *)ctx + b;
	int c = by_size(x->cum, y->cum);

	c = c ? c : str_cmp(x->name, y->name);
	return c ? c : by_size(x->flat, y->flat);
}

static int name_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct report_text_row *x = (const struct report_text_row *)ctx + a;
	const struct report_text_row *y = (const struct report_text_row *)ctx + b;

	return str_cmp(x->name, y->name);
}

/* Numbers from the largest, names from a to z. */
static bool is_usual_order(const struct table *t)
{
	return t->is_descending == (t->column[t->sort_column].align == ALIGN_RIGHT);
}

/* Puts the rows in the order that the table wants; equal ones stay as the report has them. */
static bool set_order(struct top *t, struct error *err)
{
	const struct report_text *r = t->rows;
	static sort_cmp *const cmp[N_COLUMNS] = { [COLUMN_FLAT] = flat_cmp,
						  [COLUMN_CUM] = cum_cmp,
						  [COLUMN_NAME] = name_cmp };
	int column = t->table.sort_column;
	bool is_natural = is_usual_order(&t->table);
	int64_t sum = 0;

	t->order.n = t->sum.n = 0;
	if (!vec_reserve(&t->order, r->n_row + 1) || !vec_reserve(&t->sum, r->n_row + 1))
		return error_nomem(err, "order of functions");
	for (size_t i = 0; i < r->n_row; i++)
		t->order.at[i] = (uint32_t)i;
	if (!sort_stable(t->order.at, r->n_row, cmp[column], r->row))
		return error_nomem(err, "order of functions");
	for (size_t i = 0; !is_natural && i < r->n_row / 2; i++) {
		uint32_t swap = t->order.at[i];

		t->order.at[i] = t->order.at[r->n_row - 1 - i];
		t->order.at[r->n_row - 1 - i] = swap;
	}
	for (size_t i = 0; i < r->n_row; i++) {
		sum = i64_add(sum, r->row[t->order.at[i]].flat);
		t->sum.at[i] = sum;
	}
	t->order.n = t->sum.n = r->n_row;
	return true;
}

static bool shorten_names(struct top *t, struct error *err)
{
	size_t n = t->rows->n_row;

	arena_reset(&t->names);
	t->short_name.n = 0;
	if (!vec_reserve(&t->short_name, n + 1))
		return error_nomem(err, "names");
	for (size_t i = 0; i < n; i++) {
		t->short_name.at[i] = name_short(&t->names, t->rows->row[i].name);
		if (!t->short_name.at[i].ptr)
			return error_nomem(err, "names");
	}
	t->short_name.n = n;
	return true;
}

/* Values wider than the columns are rare; the widest is among the largest. */
static void set_widths(struct top *t)
{
	int flat = columns[COLUMN_FLAT].width, cum = columns[COLUMN_CUM].width;

	for (size_t i = 0; i < t->rows->n_row; i++) {
		const struct report_text_row *r = &t->rows->row[i];
		struct measure_label l;

		if (i > 20 && i64_abs(r->flat) < 1000000 && i64_abs(r->cum) < 1000000)
			continue;
		if (i > 200)
			break;
		measure_label_with(&t->rows->scaler, r->flat, &l);
		flat = (int)measure_label_width(&l) > flat ? (int)measure_label_width(&l) : flat;
		measure_label_with(&t->rows->scaler, r->cum, &l);
		cum = (int)measure_label_width(&l) > cum ? (int)measure_label_width(&l) : cum;
	}
	t->table.column[COLUMN_FLAT].width = flat;
	t->table.column[COLUMN_CUM].width = cum;
}

/* Selects the function of that name, wherever it is now, on the row of the screen where it was. */
static void select_name(struct top *t, struct str name, size_t rows_above)
{
	struct list *l = &t->table.list;

	for (size_t i = 0; i < t->order.n; i++)
		if (str_eq(name, name_of(t, i))) {
			l->selected = i;
			l->top = i > rows_above ? i - rows_above : 0;
			return;
		}
}

static size_t rows_above_selected(const struct top *t)
{
	const struct list *l = &t->table.list;

	return l->selected > l->top ? l->selected - l->top : 0;
}

static bool reorder(struct top *t, struct error *err)
{
	struct str name = t->order.n ? name_of(t, t->table.list.selected) : STR_EMPTY;
	size_t rows_above = rows_above_selected(t);

	if (!set_order(t, err))
		return false;
	select_name(t, name, rows_above);
	return true;
}

static bool refresh(void *state, struct error *err)
{
	struct top *t = state;
	const struct report_input *shared = app_input(t->app, err);
	struct report_input in;
	struct report_text *old = t->rows, *rows;
	struct str name = t->order.n ? name_of(t, t->table.list.selected) : STR_EMPTY;
	size_t rows_above = rows_above_selected(t);
	bool ok;

	if (!shared)
		return false;
	in = *shared;
	/* A typed `sort=cum` is the order from now on, a later key or click again another. */
	if (t->table.sort_column < 0 || in.by_cum != t->by_cum) {
		t->table.sort_column = in.by_cum ? COLUMN_CUM : COLUMN_FLAT;
		t->table.is_descending = true;
		t->by_cum = in.by_cum;
	} else if (t->table.sort_column != COLUMN_NAME) {
		in.by_cum = t->table.sort_column == COLUMN_CUM;
	}
	rows = report_text_rows(&in, err);
	if (!rows)
		return false;
	t->rows = rows;
	ok = set_order(t, err) && shorten_names(t, err);
	if (ok) {
		list_resize(&t->table.list, rows->n_row);
		select_name(t, name, rows_above);
		set_widths(t);
	}
	report_text_free(old);
	report_text_free(t->before);
	t->before = NULL;
	t->is_diff = app_is_diff(t->app);
	return ok;
}

/* The other side of a difference, for the line about the selected function. */
static bool prepare(void *state, struct area a, const struct search *search, struct error *err)
{
	struct top *t = state;
	const struct report_input *before;
	struct report_input all;

	(void)a;
	(void)search;
	if (!t->is_diff || t->before)
		return true;
	before = app_before(t->app, err);
	if (!before)
		return false;
	all = *before;
	all.nodecount = 0;
	all.nodefraction = 0;
	t->before = report_text_rows(&all, err);
	return t->before != NULL;
}

static void draw_one(const void *state, size_t at, int column, struct table_cell *cell)
{
	static const char *const inlined[] = { "", " (partial-inline)", " (inline)" };
	const struct top *t = state;
	const struct report_text_row *r = shown_row(t, at);

	switch ((enum top_column)column) {
	case COLUMN_FLAT:
		format_value_cell(&t->rows->scaler, r->flat, t->is_diff, cell);
		break;
	case COLUMN_FLAT_SHARE:
		format_share_cell(r->flat, t->rows->total, cell);
		break;
	case COLUMN_SUM:
		format_share_cell(t->sum.at[at], t->rows->total, cell);
		cell->attr = AT_DIM;
		break;
	case COLUMN_CUM:
		format_value_cell(&t->rows->scaler, r->cum, t->is_diff, cell);
		break;
	case COLUMN_CUM_SHARE:
		format_share_cell(r->cum, t->rows->total, cell);
		break;
	case COLUMN_BAR:
		format_bar_cell(r->flat, r->cum, t->rows->total, t->is_diff, cell);
		break;
	case COLUMN_NAME:
		cell->text = r->name;
		cell->shorter = t->short_name.at[t->order.at[at]];
		cell->suffix = str_from(inlined[r->inlined]);
		break;
	case N_COLUMNS:
		break;
	}
}

static void draw(const void *state, struct area a, const struct search *search)
{
	const struct top *t = state;

	table_draw(&t->table, a, draw_one, t, search->regex);
	if (t->rows->n_row == 0 && a.rows > 1)
		grid_text(a, 1, 0, a.cols, STR("nothing to show: no sample is left"), AT_DIM);
}

static int64_t cum_before(const struct top *t, struct str name)
{
	for (size_t i = 0; i < t->before->n_row; i++)
		if (str_eq(name, t->before->row[i].name))
			return t->before->row[i].cum;
	return 0;
}

static void draw_status(const void *state, struct area line)
{
	const struct top *t = state;
	const struct measure_scaler *s;
	const struct report_text_row *r;
	char flat[FORMAT_BYTES], cum[FORMAT_BYTES], flat_share[FORMAT_BYTES], cum_share[FORMAT_BYTES];
	char sides[FORMAT_SIDES_BYTES];
	int at;

	if (t->order.n == 0)
		return;
	r = shown_row(t, t->table.list.selected);
	s = &t->rows->scaler;
	at = grid_fmt(line, 0, 0, line.cols, AT_DIM, "%zu/%zu  flat %.*s %.*s  cum %.*s %.*s  ",
		      t->table.list.selected + 1, t->order.n,
		      STR_FMT(format_change(s, r->flat, t->is_diff, flat)),
		      STR_FMT(format_share(r->flat, t->rows->total, flat_share)),
		      STR_FMT(format_change(s, r->cum, t->is_diff, cum)),
		      STR_FMT(format_share(r->cum, t->rows->total, cum_share)));
	if (t->before) {
		int64_t before = cum_before(t, r->name);

		at += grid_text(line, 0, at, line.cols - at,
				format_sides(s, before, i64_add(before, r->cum), line.grid->glyphs, sides),
				AT_DIM) + 2;
	}
	grid_text(line, 0, at, line.cols - at, r->name, AT_DIM);
}

static void explain(const struct top *t, struct ui *ui)
{
	const struct report_text_row *r = shown_row(t, t->table.list.selected);
	struct explain_function f = { .name = r->name, .flat = r->flat, .cum = r->cum,
				      .total = t->rows->total, .inlined = r->inlined,
				      .scaler = &t->rows->scaler };

	explain_function(t->app, ui, &f);
}

static struct str subject(const void *state)
{
	const struct top *t = state;

	return t->order.n ? name_of(t, t->table.list.selected) : STR_EMPTY;
}

/* The table rolls no further than to show it, and '' goes back. */
static bool leap_to(struct top *t, struct str name)
{
	struct list *l = &t->table.list;

	for (size_t i = 0; i < t->order.n; i++) {
		if (!str_eq(name, name_of(t, i)))
			continue;
		if (i != l->selected)
			l->mark[LIST_MARKS - 1] = l->selected + 1;
		l->selected = i;
		return true;
	}
	return false;
}

static bool enter(void *state, struct str function, struct error *err)
{
	struct top *t = state;
	const struct graph *g;
	uint32_t node;

	if (leap_to(t, function))
		return true;
	g = app_graph(t->app, err);
	node = g ? app_find_node(g, function) : ROW_NONE;
	if (node != ROW_NONE)
		(void)leap_to(t, graph_name(g, node));
	return g != NULL;
}

static bool search(void *state, const struct act *where, const struct search *what,
		   enum search_step step)
{
	struct top *t = state;

	return list_search(&t->table.list, table_rows(where->area), name_of, t, what->regex,
			   step);
}

/* Puts the rows in the order of the table.  Under a limit the report has other rows in another order. */
static bool sort_again(struct top *t, struct error *err)
{
	const struct report_input *in = app_input(t->app, err);

	return in && (in->nodecount > 0 || in->is_mean ? refresh(t, err) : reorder(t, err));
}

/*
 * Sorts by a column, or the other way round when it is so already; below 0: the table has changed
 * its order itself.
 */
static bool sort_by(struct top *t, struct ui *ui, int column)
{
	struct error err = ERROR_INIT;

	if (column >= 0)
		table_sort_by(&t->table, column);
	if (!sort_again(t, &err))
		ui_error(ui, &err);
	return true;
}

/* ---- The place as text ---- */

static void write_place(const void *state, struct out *out)
{
	const struct top *t = state;
	struct error ignored = ERROR_INIT;
	const struct report_input *in = app_input(t->app, &ignored);
	int usual = in && in->by_cum ? COLUMN_CUM : COLUMN_FLAT;

	if (t->table.sort_column != usual || !is_usual_order(&t->table))
		place_write(out, is_usual_order(&t->table) ? "sort" : "reverse",
			    str_from(columns[t->table.sort_column].title));
	place_write_rows(out, &t->table.list);
}

static bool take_order(struct top *t, struct str title, bool is_usual, struct error *err)
{
	for (int i = 0; i < N_COLUMNS; i++) {
		if (!columns[i].can_sort || !str_eq(title, str_from(columns[i].title)))
			continue;
		t->table.sort_column = i;
		t->table.is_descending = is_usual == (columns[i].align == ALIGN_RIGHT);
		return sort_again(t, err);
	}
	return error_set(err, ERR_USAGE, "there is no order by \"%.*s\"", STR_FMT(title));
}

static bool take_place(void *state, struct str name, struct str value, struct error *err)
{
	struct top *t = state;

	if (str_eq(name, STR("sort")) || str_eq(name, STR("reverse")))
		return take_order(t, value, str_eq(name, STR("sort")), err);
	return place_take_rows(&t->table.list, name, value);
}

static bool act(void *state, struct ui *ui, const struct act *a)
{
	struct top *t = state;

	switch (a->action) {
	case ACT_SORT_FLAT:
		return sort_by(t, ui, COLUMN_FLAT);
	case ACT_SORT_CUM:
		return sort_by(t, ui, COLUMN_CUM);
	case ACT_SORT_NAME:
		return sort_by(t, ui, COLUMN_NAME);
	case ACT_OPEN:
	case ACT_DOUBLE_CLICK:
		if (a->action == ACT_DOUBLE_CLICK && table_act(&t->table, a) != TABLE_MOVED)
			break;
		if (t->order.n)
			app_open_at(t->app, ui, "sandwich", name_of(t, t->table.list.selected));
		return true;
	case ACT_EXPLAIN:
		if (t->order.n)
			explain(t, ui);
		return true;
	default:
		break;
	}
	switch (table_act(&t->table, a)) {
	case TABLE_SORT:
		return sort_by(t, ui, -1);
	case TABLE_MOVED:
		return true;
	case TABLE_NOTHING:
		return false;
	}
	return false;
}

const struct view view_top = {
	.name = "top",
	.title = "Top",
	.summary = "the heaviest functions; flat is a function's own, cum with all it called",
	.open = open_top,
	.refresh = refresh,
	.close = close_top,
	.prepare = prepare,
	.draw = draw,
	.act = act,
	.enter = enter,
	.status = draw_status,
	.subject = subject,
	.write_place = write_place,
	.take_place = take_place,
	.search = search,
};
