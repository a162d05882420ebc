/*
 * List: the source of a function, with what each line cost.
 *
 * Lives here: which function it is, going back and forward, keys, keeping the place when the data
 * changes; asking where a source is.
 * Not here: rows and numbers (tui/listing.h), the editor (tui/editor.h).
 */
#include "config.h"

#include "tui/views.h"

#include "tui/editor.h"
#include "tui/explain.h"
#include "tui/format.h"
#include "tui/listing.h"
#include "tui/place.h"

#include <string.h>

enum {
	SHIFT_CELLS = 8,
	LARGEST_SHIFT = 1 << 20,
};

/* A function one was at, and where in it. */
struct place {
	struct str function, file;
	int64_t line; /* -1: the hottest one */
};

struct list_view {
	struct arena arena; /* this struct lives in it */
	struct app *app;
	struct listing listing;
	struct table table;
	int shift; /* cells of the text that are left of the screen */

	struct arena names; /* of the places */
	VEC(struct place) history;
	size_t at; /* the one shown */
	bool wants_middle; /* the selected row goes to the middle, if the function's head does not fit too */

	const struct report_list_call *choice; /* of the menu that is open */
};

static bool open_list(void *app, void **state, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct list_view *v = ARENA_ZERO(&arena, struct list_view, 1);

	if (!v)
		return error_nomem(err, "list view");
	v->arena = arena;
	v->app = app;
	listing_init(&v->listing, app);
	v->table.n_column = LISTING_COLUMNS;
	v->table.sort_column = -1;
	memcpy(v->table.column, listing_column_table, sizeof(listing_column_table));
	*state = v;
	return true;
}

static void close_list(void *state)
{
	struct list_view *v = state;
	struct arena arena = v->arena;

	listing_release(&v->listing);
	vec_release(&v->history);
	arena_release(&v->names);
	arena_release(&arena);
}

static bool is_empty(const struct list_view *v)
{
	return v->listing.n_row == 0;
}

static struct listing_row selected(const struct list_view *v)
{
	return listing_at(&v->listing, v->table.list.selected);
}

/* ---- Which function, and where in it ---- */

static struct place *present(struct list_view *v)
{
	return v->history.n ? &v->history.at[v->at] : NULL;
}

/* Where one is goes into the history, by file and line. */
static void note_line(struct list_view *v)
{
	struct place *p = present(v);
	struct listing_row r;
	struct str file;

	if (!p || is_empty(v))
		return;
	r = selected(v);
	file = listing_routine(&v->listing, &r)->file;
	p->line = r.kind == LISTING_LINE ? r.line : -1;
	if (!str_eq(file, p->file))
		p->file = arena_str(&v->names, file);
	if (!p->file.ptr)
		p->line = -1;
}

/* Lists the present place. */
static bool show(struct list_view *v, struct error *err)
{
	const struct place *p = present(v);
	struct list *l = &v->table.list;
	int64_t line = p->line;
	bool ok = listing_show(&v->listing, p->function, &line, err);

	*l = (struct list){ .n = v->listing.n_row };
	v->shift = 0;
	if (!ok || is_empty(v))
		return ok;
	l->selected = line < 0 ? listing_hottest(&v->listing) : listing_row_of(&v->listing, p->file, line);
	v->wants_middle = true;
	return true;
}

static bool go_to(struct list_view *v, struct str function, struct error *err)
{
	struct place next = { .function = arena_str(&v->names, function), .file = STR_EMPTY, .line = -1 };

	note_line(v);
	v->history.n = v->history.n ? v->at + 1 : 0; /* what was forward is forgotten */
	if (!next.function.ptr || !vec_push(&v->history, next))
		return error_nomem(err, "list view");
	v->at = v->history.n - 1;
	return show(v, err);
}

static void step_history(struct list_view *v, struct ui *ui, bool back)
{
	struct error err = ERROR_INIT;

	if (back ? v->at == 0 : v->at + 1 >= v->history.n) {
		ui_message(ui, back ? "nothing to go back to" : "nothing to go forward to");
		return;
	}
	note_line(v);
	v->at = back ? v->at - 1 : v->at + 1;
	if (!show(v, &err))
		ui_error(ui, &err);
}

static struct str subject(const void *state)
{
	const struct list_view *v = state;
	struct listing_row r;

	if (is_empty(v))
		return STR_EMPTY;
	r = selected(v);
	return listing_routine(&v->listing, &r)->name;
}

/* A row of another granularity names its function and a line of it. */
static bool enter(void *state, struct str function, struct error *err)
{
	struct list_view *v = state;
	const struct place *p = present(v);

	if (p && str_eq(function, p->function))
		return true;
	return go_to(v, function, err);
}

static void drop(void *state)
{
	struct list_view *v = state;

	note_line(v);
	listing_unload(&v->listing);
	v->table.list = (struct list){ .n = 0, .top = v->table.list.top };
}

static bool refresh(void *state, struct error *err)
{
	struct list_view *v = state;
	size_t top = v->table.list.top;

	if (!listing_load(&v->listing, err))
		return false;
	if (!v->history.n)
		return true;
	if (!show(v, err))
		return false;
	/* It stays where it was on the screen, as far as the rows are the same. */
	v->wants_middle = false;
	v->table.list.top = top < v->table.list.n ? top : 0;
	return true;
}

/* Reads sources anew, after an edit or an answer. */
static void read_again(struct list_view *v, struct ui *ui)
{
	struct error err = ERROR_INIT;
	size_t top = v->table.list.top;

	note_line(v);
	if (!listing_forget_sources(&v->listing, &err) || !show(v, &err)) {
		ui_error(ui, &err);
		return;
	}
	v->wants_middle = false;
	v->table.list.top = top;
}

/* ---- Drawing ---- */

static bool prepare(void *state, struct area a, const struct search *search, struct error *err)
{
	struct list_view *v = state;
	struct list *l = &v->table.list;
	size_t rows = (size_t)table_rows(a), head;

	(void)search;
	if (!v->history.n) {
		struct str name = listing_heaviest(&v->listing);

		if (name.len && !go_to(v, name, err))
			return false;
	}
	if (v->wants_middle && !is_empty(v)) {
		struct listing_row r = selected(v);

		head = v->listing.section[r.section].start;
		l->top = l->selected - head < rows ? head : l->selected - rows / 2;
	}
	v->wants_middle = false;
	return true;
}

static void draw(const void *state, struct area a, const struct search *search)
{
	const struct list_view *v = state;

	if (!is_empty(v))
		listing_draw(&v->listing, &v->table, a, v->shift, search->regex);
	else if (!v->history.n)
		grid_text(a, 0, 0, a.cols, STR("nothing to show: no sample is left"), AT_DIM);
	else
		grid_fmt(a, 0, 0, a.cols, AT_DIM, "nothing is known of lines of %.*s in what is left of the profile",
			 STR_FMT(v->history.at[v->at].function));
}

static void draw_status(const void *state, struct area line)
{
	const struct list_view *v = state;

	if (!is_empty(v))
		listing_draw_status(&v->listing, v->table.list.selected, line);
}

/* ---- Following calls ---- */

static void follow(struct list_view *v, struct ui *ui, struct str function)
{
	struct error err = ERROR_INIT;

	if (str_eq(function, subject(v)))
		ui_message(ui, "the line calls its own function again: this is its source");
	else if (!go_to(v, function, &err))
		ui_error(ui, &err);
}

static void call_chosen(struct ui *ui, void *ctx, size_t i)
{
	struct list_view *v = ctx;

	follow(v, ui, v->choice[i].name);
}

static void choose_call(struct list_view *v, struct ui *ui, const struct report_list_call *call, size_t n)
{
	struct menu *m = ui_menu_start(ui, "calls of the line");
	struct arena scratch = ARENA_INIT;
	char weight[FORMAT_BYTES];

	v->choice = call;
	for (size_t i = 0; i < n; i++)
		menu_add(m,
			 arena_fmt(&scratch, "%10.*s  %.*s%s",
				   STR_FMT(format_change(&v->listing.now.list->scaler, call[i].weight,
							 v->listing.is_diff, weight)),
				   STR_FMT(call[i].name), call[i].is_inlined ? " (inline)" : ""),
			 false);
	arena_release(&scratch);
	ui_menu_show(ui, call_chosen, v);
}

/* ---- Where a source is ---- */

static void dir_typed(struct ui *ui, void *ctx, struct str answer)
{
	struct list_view *v = ctx;
	struct arena scratch = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct listing_row r;
	struct str found;

	if (is_empty(v) || str_trim(answer).len == 0)
		return;
	r = selected(v);
	if (source_places_learn(&v->listing.places, listing_routine(&v->listing, &r)->file, answer, &scratch, &found,
				&err)) {
		read_again(v, ui);
		ui_message(ui, "found, and remembered: %.*s", STR_FMT(found));
	} else {
		ui_error(ui, &err);
	}
	arena_release(&scratch);
}

static void complete_dir(void *ctx, struct str text, struct shell_completion *c)
{
	(void)ctx;
	shell_complete_file(text, c);
}

static void ask_dir(struct list_view *v, struct ui *ui)
{
	struct listing_row r;

	if (is_empty(v))
		return;
	r = selected(v);
	if (!listing_routine(&v->listing, &r)->file.len) {
		ui_message(ui, "the profile names no source file of it");
		return;
	}
	ui_ask(ui, "source directory: ", STR_EMPTY, NULL, dir_typed, v);
	ui_ask_completion(ui, complete_dir, v);
}

/* ---- Keys ---- */

static void open_row(struct list_view *v, struct ui *ui)
{
	struct listing_row r;
	const struct report_list_call *call;
	size_t n;

	if (is_empty(v))
		return;
	r = selected(v);
	call = listing_calls(&v->listing, &r, &n);
	if (r.kind == LISTING_ASK || (r.kind == LISTING_NOTE && listing_routine(&v->listing, &r)->file.len))
		ask_dir(v, ui);
	else if (n == 1)
		follow(v, ui, call[0].name);
	else if (n)
		choose_call(v, ui, call, n);
	else if (r.kind == LISTING_LINE)
		ui_message(ui, "no sample was in a call from line %lld", (long long)r.line);
}

static void edit(struct list_view *v, struct ui *ui)
{
	struct listing_row r;
	const struct report_list_routine *routine;

	if (is_empty(v))
		return;
	r = selected(v);
	routine = listing_routine(&v->listing, &r);
	if (!routine->source) {
		ui_message(ui, "there is no source here to edit; d says where it is");
		return;
	}
	editor_open(ui, routine->path, r.line ? r.line : routine->n_line ? routine->line[0].number : 0);
	/* One that failed may have written before. */
	read_again(v, ui);
}

static void toggle_whole(struct list_view *v, struct ui *ui)
{
	struct list *l = &v->table.list;

	if (is_empty(v))
		return;
	note_line(v);
	listing_set_whole(&v->listing, !v->listing.is_whole);
	list_resize(l, v->listing.n_row);
	memset(l->mark, 0, sizeof(l->mark));
	l->selected = present(v)->line < 0 ? 0 : listing_row_of(&v->listing, present(v)->file, present(v)->line);
	v->wants_middle = true;
	ui_message(ui, v->listing.is_whole ? "the whole file" : "the function alone");
}

static void explain(const struct list_view *v, struct ui *ui)
{
	struct listing_row r;
	const struct report_list_routine *routine;
	struct explain_line e;

	if (is_empty(v))
		return;
	r = selected(v);
	routine = listing_routine(&v->listing, &r);
	e = (struct explain_line){ .name = routine->name,
				   .flat = routine->flat,
				   .cum = routine->cum,
				   .total = v->listing.now.list->total,
				   .scaler = &v->listing.now.list->scaler };
	if (r.kind == LISTING_LINE) {
		e.line = r.line;
		e.flat = r.value ? r.value->flat : 0;
		e.cum = r.value ? r.value->cum : 0;
	}
	explain_line(v->app, ui, &e);
}

static void leap(struct list_view *v, size_t row, const struct act *a)
{
	v->table.list.mark[LIST_MARKS - 1] = v->table.list.selected + 1;
	list_select(&v->table.list, row, table_rows(a->area));
}

static void next_hot(struct list_view *v, const struct act *a)
{
	size_t row = v->table.list.selected;

	for (uint32_t i = 0; i < a->count && i < 1000; i++)
		row = listing_next_hot(&v->listing, row, a->action == ACT_PREVIOUS_HOT);
	leap(v, row, a);
}

static void shift(struct list_view *v, const struct act *a)
{
	int by = SHIFT_CELLS * (a->count < 1000 ? (int)a->count : 1000);

	if (a->action == ACT_LEFT)
		v->shift = v->shift > by ? v->shift - by : 0;
	else if (v->shift + by <= LARGEST_SHIFT)
		v->shift += by;
}

static struct str file_here(const struct list_view *v)
{
	struct listing_row r = selected(v);

	return listing_routine(&v->listing, &r)->file;
}

/* What is possible on rows alone. */
static bool act_on_rows(struct list_view *v, struct ui *ui, const struct act *a)
{
	size_t row;

	switch (a->action) {
	case ACT_HOTTEST:
		leap(v, listing_hottest(&v->listing), a);
		return true;
	case ACT_NEXT_HOT:
	case ACT_PREVIOUS_HOT:
		next_hot(v, a);
		return true;
	case ACT_LEFT:
	case ACT_RIGHT:
		shift(v, a);
		return true;
	case ACT_LAST:
		/* A number is that of a line. */
		if (a->has_count)
			leap(v, listing_row_of(&v->listing, file_here(v), a->count), a);
		else
			(void)table_act(&v->table, a);
		return true;
	case ACT_DOUBLE_CLICK:
		if (!list_row_at(&v->table.list, a, table_rows(a->area), TABLE_HEAD_ROWS, &row))
			return false;
		list_select(&v->table.list, row, table_rows(a->area));
		open_row(v, ui);
		return true;
	default:
		return table_act(&v->table, a) != TABLE_NOTHING;
	}
}

static bool act(void *state, struct ui *ui, const struct act *a)
{
	struct list_view *v = state;

	switch (a->action) {
	case ACT_OPEN:
		open_row(v, ui);
		return true;
	case ACT_BACK:
	case ACT_FORWARD:
		step_history(v, ui, a->action == ACT_BACK);
		return true;
	case ACT_EDIT:
		edit(v, ui);
		return true;
	case ACT_SOURCE_DIR:
		ask_dir(v, ui);
		return true;
	case ACT_DIRECTION:
		toggle_whole(v, ui);
		return true;
	case ACT_EXPLAIN:
		explain(v, ui);
		return true;
	default:
		return !is_empty(v) && act_on_rows(v, ui, a);
	}
}

static struct str text_at(const void *state, size_t at)
{
	const struct list_view *v = state;
	struct listing_row r = listing_at(&v->listing, at);
	struct str text = STR_EMPTY;

	if (r.kind == LISTING_HEAD)
		text = listing_routine(&v->listing, &r)->name;
	else if (r.kind == LISTING_LINE)
		text = listing_text(&v->listing, &r);
	return text.ptr ? text : STR_EMPTY;
}

static bool search(void *state, const struct act *where, const struct search *what, enum search_step step)
{
	struct list_view *v = state;

	return list_search(&v->table.list, table_rows(where->area), text_at, v, what->regex, step);
}

/* ---- The place as text ---- */

/* Rows are those of the function, so it comes first, and how much of the file there is. */
static void write_place(const void *state, struct out *out)
{
	const struct list_view *v = state;

	if (!v->history.n)
		return;
	if (v->listing.is_whole)
		place_write_number(out, "whole", 1);
	place_write(out, "of", v->history.at[v->at].function);
	place_write_rows(out, &v->table.list);
	if (v->shift)
		place_write_number(out, "shift", (uint64_t)v->shift);
}

static bool take_place(void *state, struct str name, struct str value, struct error *err)
{
	struct list_view *v = state;
	uint64_t n;

	if (str_eq(name, STR("of"))) {
		if (!go_to(v, value, err))
			return false;
		v->table.list.selected = v->table.list.top = 0;
		v->wants_middle = false;
		return true;
	}
	if (!str_eq(name, STR("whole")) && !str_eq(name, STR("shift")))
		return place_take_rows(&v->table.list, name, value);
	if (!place_list_next(&value, &n) || n > LARGEST_SHIFT)
		return true;
	if (str_eq(name, STR("shift")))
		v->shift = (int)n;
	else
		listing_set_whole(&v->listing, true);
	return true;
}

const struct view view_list = {
	.name = "list",
	.title = "List",
	.summary = "the source of a function, with what each line cost",
	.open = open_list,
	.refresh = refresh,
	.drop = drop,
	.close = close_list,
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
