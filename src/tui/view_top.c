/*
 * Top: the table of functions, the rows of -top.
 *
 * Lives here: columns, making the rows when the data changes, the place as text.
 * Not here: orders, drawing, keys (tui/top_*.c), the numbers (report/text.c), the table itself (tui/table.c).
 */
#include "config.h"

#include "tui/views.h"

#include "base/arith.h"
#include "graph/name.h"
#include "tui/place.h"
#include "tui/top_view.h"

#include <string.h>

static const struct column columns[N_COLUMNS] = {
	[COLUMN_FLAT] = { "flat", 10, .align = ALIGN_RIGHT, .can_sort = true },
	[COLUMN_FLAT_SHARE] = { "flat%", 7, .rank = 3, .align = ALIGN_RIGHT },
	[COLUMN_SUM] = { "sum%", 7, .rank = COLUMN_LUXURY, .align = ALIGN_RIGHT },
	[COLUMN_CUM] = { "cum", 10, .rank = 1, .align = ALIGN_RIGHT, .can_sort = true },
	[COLUMN_CUM_SHARE] = { "cum%", 7, .rank = 2, .align = ALIGN_RIGHT },
	[COLUMN_BAR] = { "", 12, .rank = COLUMN_LUXURY + 1 },
	[COLUMN_NAME] = { "name", 12, .grows = true, .good_width = 30, .can_sort = true },
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
		if (str_eq(name, top_name(t, i))) {
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
	struct str name = t->order.n ? top_name(t, t->table.list.selected) : STR_EMPTY;
	size_t rows_above = rows_above_selected(t);

	if (!top_set_order(t, err))
		return false;
	select_name(t, name, rows_above);
	return true;
}

/* A typed `sort=cum` is the order from now on, a later key or click again another.  True: it was typed. */
static bool agree_on_order(struct top *t, struct report_input *in)
{
	if (t->table.sort_column < 0 || in->by_cum != t->by_cum) {
		t->table.sort_column = in->by_cum ? COLUMN_CUM : COLUMN_FLAT;
		t->table.is_descending = true;
		t->by_cum = in->by_cum;
		return true;
	}
	if (t->table.sort_column != COLUMN_NAME)
		in->by_cum = t->table.sort_column == COLUMN_CUM;
	return false;
}

static bool refresh(void *state, struct error *err)
{
	struct top *t = state;
	const struct report_input *shared = app_input(t->app, err);
	struct report_input in;
	struct report_text *old = t->rows, *rows;
	struct str name = t->order.n ? top_name(t, t->table.list.selected) : STR_EMPTY;
	size_t rows_above = rows_above_selected(t);
	bool ok, stays_first;

	if (!shared)
		return false;
	in = *shared;
	stays_first = agree_on_order(t, &in) && t->table.list.selected == 0;
	rows = report_text_rows(&in, err);
	if (!rows)
		return false;
	t->rows = rows;
	ok = top_set_order(t, err) && shorten_names(t, err);
	if (ok) {
		list_resize(&t->table.list, rows->n_row);
		if (!stays_first)
			select_name(t, name, rows_above);
		set_widths(t);
	}
	report_text_free(old);
	report_text_free(t->before);
	t->before = NULL;
	t->is_diff = app_is_diff(t->app);
	return ok;
}

/* The other side of a difference is for the line about the selected function. */
static bool prepare(void *state, struct area a, const struct search *search, struct error *err)
{
	struct top *t = state;
	const struct report_input *before;
	struct report_input all;

	(void)search;
	if (t->has_leapt)
		list_centre(&t->table.list, table_rows(a));
	t->has_leapt = false;
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

bool top_sort_again(struct top *t, struct error *err)
{
	const struct report_input *in = app_input(t->app, err);
	bool is_first = t->table.list.selected == 0;

	if (!in || !(in->nodecount > 0 || in->is_mean ? refresh(t, err) : reorder(t, err)))
		return false;
	/* Who sorts and has chosen nothing looks for what is first now. */
	if (is_first)
		list_select(&t->table.list, 0, 1);
	return true;
}

/* ---- The place as text ---- */

static void write_place(const void *state, struct out *out)
{
	const struct top *t = state;
	struct error ignored = ERROR_INIT;
	const struct report_input *in = app_input(t->app, &ignored);
	int usual = in && in->by_cum ? COLUMN_CUM : COLUMN_FLAT;

	if (t->table.sort_column != usual || !top_is_usual_order(&t->table))
		place_write(out, top_is_usual_order(&t->table) ? "sort" : "reverse",
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
		return top_sort_again(t, err);
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

const struct view view_top = {
	.name = "top",
	.title = "Top",
	.summary = "the heaviest functions; flat is a function's own, cum with all it called",
	.open = open_top,
	.refresh = refresh,
	.close = close_top,
	.prepare = prepare,
	.draw = top_draw,
	.act = top_act,
	.enter = top_enter,
	.status = top_draw_status,
	.subject = top_subject,
	.write_place = write_place,
	.take_place = take_place,
	.search = top_search,
};
