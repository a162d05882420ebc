/*
 * Tags: the labels of samples, their values, and what these weigh.
 *
 * Lives here: keys that unfold to values; filters by a value, keys as root or leaf frames.
 * Not here: the numbers (report/tags.c), what the filters do (analysis/).
 */
#include "config.h"

#include "tui/views.h"

#include "base/arith.h"
#include "base/markup.h"
#include "tui/app.h"
#include "tui/explain.h"
#include "tui/format.h"
#include "tui/place.h"

#include <string.h>

enum tags_column {
	COLUMN_VALUE,
	COLUMN_SHARE,
	COLUMN_BAR,
	COLUMN_NAME,
	N_COLUMNS,
};

static const struct column columns[N_COLUMNS] = {
	[COLUMN_VALUE] = { "value", 10, .align = ALIGN_RIGHT },
	[COLUMN_SHARE] = { "total%", 7, .rank = 1, .align = ALIGN_RIGHT },
	[COLUMN_BAR] = { "", 12, .rank = COLUMN_LUXURY },
	[COLUMN_NAME] = { "label", 12, .grows = true, .good_width = 30 },
};

/* A line: a key, or one of its values. */
struct tags_line {
	size_t key;
	size_t row; /* of the value, or SIZE_MAX */
};

struct tags {
	struct arena arena; /* this struct lives in it */
	struct app *app;
	struct report_tags *rows; /* NULL: dropped */
	struct report_tags *before; /* of a difference: what was subtracted; NULL: not made yet */
	bool is_diff;
	VEC(uint8_t) is_folded;	  /* by key */
	VEC(struct tags_line) line;
	struct table table;
};

static bool open_tags(void *app, void **state, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct tags *t = ARENA_ZERO(&arena, struct tags, 1);

	if (!t)
		return error_nomem(err, "tags view");
	t->arena = arena;
	t->app = app;
	t->table.n_column = N_COLUMNS;
	t->table.sort_column = -1;
	memcpy(t->table.column, columns, sizeof(columns));
	*state = t;
	return true;
}

static void drop(void *state)
{
	struct tags *t = state;

	report_tags_free(t->rows);
	report_tags_free(t->before);
	t->rows = t->before = NULL;
	t->line.n = 0;
}

static void close_tags(void *state)
{
	struct tags *t = state;
	struct arena arena = t->arena;

	drop(t);
	vec_release(&t->is_folded);
	vec_release(&t->line);
	arena_release(&arena);
}

static bool make_lines(struct tags *t, struct error *err)
{
	t->line.n = 0;
	for (size_t k = 0; k < t->rows->n_key; k++) {
		const struct report_tags_key *key = &t->rows->key[k];

		if (!vec_push(&t->line, ((struct tags_line){ k, SIZE_MAX })))
			return error_nomem(err, "tags view");
		for (size_t i = 0; !t->is_folded.at[k] && i < key->n; i++)
			if (!vec_push(&t->line, ((struct tags_line){ k, key->start + i })))
				return error_nomem(err, "tags view");
	}
	list_resize(&t->table.list, t->line.n);
	return true;
}

static bool refresh(void *state, struct error *err)
{
	struct tags *t = state;
	const struct report_input *in;

	drop(t);
	in = app_input(t->app, err);
	t->rows = in ? report_tags_rows(in, err) : NULL;
	if (!t->rows)
		return false;
	t->is_diff = app_is_diff(t->app);
	t->is_folded.n = 0;
	if (!vec_reserve(&t->is_folded, t->rows->n_key + 1))
		return error_nomem(err, "tags view");
	t->is_folded.n = t->rows->n_key;
	memset(t->is_folded.at, 0, t->rows->n_key + 1);
	return make_lines(t, err);
}

/* The other side of a difference, for the line about what is selected. */
static bool prepare(void *state, struct area a, const struct search *search, struct error *err)
{
	struct tags *t = state;
	const struct report_input *before;

	(void)a;
	(void)search;
	if (!t->is_diff || t->before)
		return true;
	before = app_before(t->app, err);
	t->before = before ? report_tags_rows(before, err) : NULL;
	return t->before != NULL;
}

/* ---- Drawing ---- */

static struct str text_at(const void *state, size_t at)
{
	const struct tags *t = state;
	const struct tags_line *l = &t->line.at[at];

	return l->row == SIZE_MAX ? t->rows->key[l->key].key : t->rows->row[l->row].text;
}

static int64_t value_at(const struct tags *t, size_t at)
{
	const struct tags_line *l = &t->line.at[at];

	return l->row == SIZE_MAX ? t->rows->key[l->key].total : t->rows->row[l->row].value;
}

/* What was subtracted from value_at(). */
static int64_t value_before(const struct tags *t, size_t at)
{
	const struct tags_line *l = &t->line.at[at];
	struct str key = t->rows->key[l->key].key, text = text_at(t, at);

	for (size_t k = 0; k < t->before->n_key; k++) {
		const struct report_tags_key *b = &t->before->key[k];

		if (!str_eq(b->key, key))
			continue;
		if (l->row == SIZE_MAX)
			return b->total;
		for (size_t i = 0; i < b->n; i++)
			if (str_eq(t->before->row[b->start + i].text, text))
				return t->before->row[b->start + i].value;
	}
	return 0;
}

static void draw_cell(const void *state, size_t at, int column, struct table_cell *cell)
{
	const struct tags *t = state;
	const struct tags_line *l = &t->line.at[at];
	bool is_key = l->row == SIZE_MAX;

	switch ((enum tags_column)column) {
	case COLUMN_VALUE:
		format_value_cell(&t->rows->scaler, value_at(t, at), t->is_diff, cell);
		break;
	case COLUMN_SHARE:
		format_share_cell(value_at(t, at), t->rows->total, cell);
		break;
	case COLUMN_BAR:
		format_bar_cell(is_key ? 0 : value_at(t, at), value_at(t, at), t->rows->total, t->is_diff,
				cell);
		return;
	case COLUMN_NAME:
		cell->indent = is_key ? 0 : 2;
		cell->text = text_at(t, at);
		break;
	case N_COLUMNS:
		break;
	}
	if (is_key)
		cell->attr = AT_TITLE;
}

static void draw(const void *state, struct area a, const struct search *search)
{
	const struct tags *t = state;

	table_draw(&t->table, a, draw_cell, t, search->regex);
	if (t->line.n == 0 && a.rows > 1)
		grid_text(a, 1, 0, a.cols, STR("no sample has a label"), AT_DIM);
}

static void draw_status(const void *state, struct area line)
{
	const struct tags *t = state;
	const struct tags_line *l;
	const struct report_tags_key *key;
	char value[FORMAT_BYTES], share[FORMAT_BYTES], sides[FORMAT_SIDES_BYTES];
	size_t row = t->table.list.selected;
	int64_t v;
	int at;

	if (t->line.n == 0)
		return;
	l = &t->line.at[row];
	key = &t->rows->key[l->key];
	v = value_at(t, row);
	if (l->row == SIZE_MAX)
		at = grid_fmt(line, 0, 0, line.cols, AT_DIM, "%.*s: %zu value%s", STR_FMT(key->key), key->n,
			      key->n == 1 ? "" : "s");
	else
		at = grid_fmt(line, 0, 0, line.cols, AT_DIM, "%.*s=%.*s", STR_FMT(key->key),
			      STR_FMT(text_at(t, row)));
	at += grid_fmt(line, 0, at, line.cols - at, AT_DIM, "  %.*s  %.*s of total",
		       STR_FMT(format_change(&t->rows->scaler, v, t->is_diff, value)),
		       STR_FMT(format_share(v, t->rows->total, share)));
	if (t->before) {
		int64_t before = value_before(t, row);

		grid_text(line, 0, at + 2, line.cols - at - 2,
			  format_sides(&t->rows->scaler, before, i64_add(before, v), line.grid->glyphs, sides),
			  AT_DIM);
	} else if (l->row != SIZE_MAX) {
		grid_text(line, 0, at, line.cols - at, STR("; Enter focuses on it"), AT_DIM);
	}
}

/* ---- Keys ---- */

/* Does the filter speak of that key alone: "key=..."? */
static bool is_of_key(struct str filter, struct str key)
{
	return filter.len > key.len && str_has_prefix(filter, key) && filter.ptr[key.len] == '=';
}

/*
 * "key=^value$": a value of another key does not match.  What is left out adds up within a key; a filter
 * cannot speak of two.
 */
static void filter(struct tags *t, struct ui *ui, enum option_id id, const struct tags_line *l)
{
	struct str before = app_options(t->app)->value[id].text, key = t->rows->key[l->key].key;
	struct error err = ERROR_INIT;
	struct out o;

	out_open_memory(&o);
	if (id == OPT_TAGIGNORE && is_of_key(before, key)) {
		out_str(&o, before);
		out_char(&o, '|');
	} else {
		out_str(&o, key);
		out_char(&o, '=');
	}
	markup_pattern(&o, t->rows->row[l->row].text);
	if (!app_set_option(t->app, ui, id, out_text(&o), &err))
		ui_error(ui, &err);
	else
		app_tell_notice(t->app, ui);
	out_release(&o);
}

/* The key joins the list of those that make frames, or leaves it. */
static void make_frames(struct tags *t, struct ui *ui, enum option_id id, const struct tags_line *l)
{
	struct str now = app_options(t->app)->value[id].text, key = t->rows->key[l->key].key, rest = now;
	struct error err = ERROR_INIT;
	bool is_there = false;
	struct out o;

	out_open_memory(&o);
	while (rest.len) {
		struct str one;

		(void)str_cut(rest, ',', &one, &rest);
		is_there |= str_eq(one, key);
		if (str_eq(one, key))
			continue;
		out_str(&o, out_text(&o).len ? STR(",") : STR_EMPTY);
		out_str(&o, one);
	}
	if (!is_there) {
		out_str(&o, out_text(&o).len ? STR(",") : STR_EMPTY);
		out_str(&o, key);
	}
	if (!app_set_option(t->app, ui, id, out_text(&o), &err))
		ui_error(ui, &err);
	else
		ui_message(ui, "%s: %.*s", option_table[id].name, STR_FMT(app_options(t->app)->value[id].text));
	out_release(&o);
}

static void open_line(struct tags *t, struct ui *ui)
{
	const struct tags_line *l = &t->line.at[t->table.list.selected];
	struct error err = ERROR_INIT;

	if (l->row != SIZE_MAX) {
		filter(t, ui, OPT_TAGFOCUS, l);
		return;
	}
	t->is_folded.at[l->key] ^= 1;
	if (!make_lines(t, &err))
		ui_error(ui, &err);
}

static void explain(const struct tags *t, struct ui *ui, const struct tags_line *l)
{
	struct explain_label label = { .key = t->rows->key[l->key].key,
				       .text = l->row == SIZE_MAX ? STR_EMPTY : t->rows->row[l->row].text,
				       .value = value_at(t, t->table.list.selected),
				       .total = t->rows->total,
				       .scaler = &t->rows->scaler };

	explain_label(t->app, ui, &label);
}

static bool act(void *state, struct ui *ui, const struct act *a)
{
	struct tags *t = state;
	const struct tags_line *l;

	if (a->action == ACT_DOUBLE_CLICK && table_act(&t->table, a) != TABLE_MOVED)
		return true;
	if (t->line.n == 0)
		return table_act(&t->table, a) != TABLE_NOTHING;
	l = &t->line.at[t->table.list.selected];
	switch (a->action) {
	case ACT_OPEN:
	case ACT_DOUBLE_CLICK:
		open_line(t, ui);
		return true;
	case ACT_TAG_IGNORE:
		if (l->row == SIZE_MAX)
			ui_message(ui, "choose one of its values");
		else
			filter(t, ui, OPT_TAGIGNORE, l);
		return true;
	case ACT_TAG_ROOT:
		make_frames(t, ui, OPT_TAGROOT, l);
		return true;
	case ACT_TAG_LEAF:
		make_frames(t, ui, OPT_TAGLEAF, l);
		return true;
	case ACT_EXPLAIN:
		explain(t, ui, l);
		return true;
	default:
		return table_act(&t->table, a) != TABLE_NOTHING;
	}
}

static bool search(void *state, const struct act *where, const struct search *what,
		   enum search_step step)
{
	struct tags *t = state;

	return list_search(&t->table.list, table_rows(where->area), text_at, t, what->regex, step);
}

static void write_place(const void *state, struct out *out)
{
	const struct tags *t = state;

	place_write_flags(out, "folded", t->is_folded.at, t->is_folded.n);
	place_write_rows(out, &t->table.list);
}

static bool take_place(void *state, struct str name, struct str value, struct error *err)
{
	struct tags *t = state;
	struct place_list list = place_list_of(value);
	uint64_t k;

	if (!str_eq(name, STR("folded")))
		return place_take_rows(&t->table.list, name, value);
	while (place_list_next(&list, &k) && k < t->is_folded.n)
		t->is_folded.at[k] = 1;
	return make_lines(t, err);
}

const struct view view_tags = {
	.name = "tags",
	.title = "Tags",
	.summary = "labels of samples, and what their values weigh",
	.open = open_tags,
	.refresh = refresh,
	.drop = drop,
	.close = close_tags,
	.prepare = prepare,
	.draw = draw,
	.act = act,
	.status = draw_status,
	.write_place = write_place,
	.take_place = take_place,
	.search = search,
};
