/*
 * List: the source of a function, with what each line cost.
 *
 * Lives here: keys and the mouse: following calls, asking where a source is, hot lines, the editor;
 * searching.
 * Not here: which program the editor is (tui/editor.h).
 */
#include "config.h"

#include "tui/listing_view.h"

#include "tui/editor.h"
#include "tui/explain.h"
#include "tui/format.h"

#include <string.h>

struct str listing_view_subject(const void *state)
{
	const struct listing_view *v = state;
	struct listing_row r;

	if (listing_view_is_empty(v))
		return STR_EMPTY;
	r = listing_view_selected(v);
	return listing_routine(&v->listing, &r)->name;
}

/* ---- Following calls ---- */

static void follow(struct listing_view *v, struct ui *ui, struct str function)
{
	struct error err = ERROR_INIT;

	if (str_eq(function, listing_view_subject(v)))
		ui_message(ui, "the line calls its own function again: this is its source");
	else if (!listing_view_go_to(v, function, &err))
		ui_error(ui, &err);
}

static void call_chosen(struct ui *ui, void *ctx, size_t i)
{
	struct listing_view *v = ctx;

	follow(v, ui, v->choice[i].name);
}

static void choose_call(struct listing_view *v, struct ui *ui, const struct report_list_call *call, size_t n)
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
	struct listing_view *v = ctx;
	struct arena scratch = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct listing_row r;
	struct str found;

	if (listing_view_is_empty(v) || str_trim(answer).len == 0)
		return;
	r = listing_view_selected(v);
	if (source_places_learn(&v->listing.places, listing_routine(&v->listing, &r)->file, answer, &scratch, &found,
				&err)) {
		listing_view_read_again(v, ui);
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

static void ask_dir(struct listing_view *v, struct ui *ui)
{
	struct listing_row r;

	if (listing_view_is_empty(v))
		return;
	r = listing_view_selected(v);
	if (!listing_routine(&v->listing, &r)->file.len) {
		ui_message(ui, "the profile names no source file of it");
		return;
	}
	ui_ask(ui, "source directory: ", STR_EMPTY, NULL, dir_typed, v);
	ui_ask_completion(ui, complete_dir, v);
}

/* ---- Keys ---- */

static void open_row(struct listing_view *v, struct ui *ui)
{
	struct listing_row r;
	const struct report_list_call *call;
	size_t n;

	if (listing_view_is_empty(v))
		return;
	r = listing_view_selected(v);
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

static void edit(struct listing_view *v, struct ui *ui)
{
	struct listing_row r;
	const struct report_list_routine *routine;

	if (listing_view_is_empty(v))
		return;
	r = listing_view_selected(v);
	routine = listing_routine(&v->listing, &r);
	if (!routine->source) {
		ui_message(ui, "there is no source here to edit; d says where it is");
		return;
	}
	editor_open(ui, routine->path, r.line ? r.line : routine->n_line ? routine->line[0].number : 0);
	/* One that failed may have written before. */
	listing_view_read_again(v, ui);
}

static void toggle_whole(struct listing_view *v, struct ui *ui)
{
	struct list *l = &v->table.list;
	const struct listing_place *p = listing_view_present(v);

	if (listing_view_is_empty(v))
		return;
	listing_view_note_line(v);
	listing_set_whole(&v->listing, !v->listing.is_whole);
	list_resize(l, v->listing.n_row);
	memset(l->mark, 0, sizeof(l->mark));
	l->selected = p->line < 0 ? 0 : listing_row_of(&v->listing, p->file, p->line);
	v->wants_middle = true;
	ui_message(ui, v->listing.is_whole ? "the whole file" : "the function alone");
}

static void explain(const struct listing_view *v, struct ui *ui)
{
	struct listing_row r;
	const struct report_list_routine *routine;
	struct explain_line e;

	if (listing_view_is_empty(v))
		return;
	r = listing_view_selected(v);
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

static void leap(struct listing_view *v, size_t row, const struct act *a)
{
	v->table.list.mark[LIST_MARKS - 1] = v->table.list.selected + 1;
	list_select(&v->table.list, row, table_rows(a->area));
}

static void next_hot(struct listing_view *v, const struct act *a)
{
	size_t row = v->table.list.selected;

	for (uint32_t i = 0; i < a->count && i < 1000; i++)
		row = listing_next_hot(&v->listing, row, a->action == ACT_PREVIOUS_HOT);
	leap(v, row, a);
}

static void shift(struct listing_view *v, const struct act *a)
{
	int by = LISTING_SHIFT_CELLS * (a->count < 1000 ? (int)a->count : 1000);

	if (a->action == ACT_LEFT)
		v->shift = v->shift > by ? v->shift - by : 0;
	else if (v->shift + by <= LISTING_SHIFT_LARGEST)
		v->shift += by;
}

static struct str file_here(const struct listing_view *v)
{
	struct listing_row r = listing_view_selected(v);

	return listing_routine(&v->listing, &r)->file;
}

/* What is possible on rows alone. */
static bool act_on_rows(struct listing_view *v, struct ui *ui, const struct act *a)
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

bool listing_view_act(void *state, struct ui *ui, const struct act *a)
{
	struct listing_view *v = state;

	switch (a->action) {
	case ACT_OPEN:
		open_row(v, ui);
		return true;
	case ACT_BACK:
	case ACT_FORWARD:
		listing_view_step_history(v, ui, a->action == ACT_BACK);
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
		return !listing_view_is_empty(v) && act_on_rows(v, ui, a);
	}
}

static struct str text_at(const void *state, size_t at)
{
	const struct listing_view *v = state;
	struct listing_row r = listing_at(&v->listing, at);
	struct str text = STR_EMPTY;

	if (r.kind == LISTING_HEAD)
		text = listing_routine(&v->listing, &r)->name;
	else if (r.kind == LISTING_LINE)
		text = listing_text(&v->listing, &r);
	return text.ptr ? text : STR_EMPTY;
}

bool listing_view_search(void *state, const struct act *where, const struct search *what, enum search_step step)
{
	struct listing_view *v = state;

	return list_search(&v->table.list, table_rows(where->area), text_at, v, what->regex, step);
}
