/*
 * List: the source of a function, with what each line cost.
 *
 * Lives here: keeping the place when the data changes, and as text; which rows are on the screen.
 * Not here: keys, and going back and forward (tui/listing_act.c, tui/listing_history.c), rows and numbers
 * (tui/listing.h).
 */
#include "config.h"

#include "tui/views.h"

#include "tui/listing_view.h"
#include "tui/place.h"

#include <string.h>

static bool open_list(void *app, void **state, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct listing_view *v = ARENA_ZERO(&arena, struct listing_view, 1);

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
	struct listing_view *v = state;
	struct arena arena = v->arena;

	listing_release(&v->listing);
	vec_release(&v->history);
	arena_release(&v->names);
	arena_release(&arena);
}

/* A row of another granularity names its function and a line of it. */
static bool enter(void *state, struct str function, struct error *err)
{
	struct listing_view *v = state;
	const struct listing_place *p = listing_view_present(v);

	if (p && str_eq(function, p->function))
		return true;
	return listing_view_go_to(v, function, err);
}

static void drop(void *state)
{
	struct listing_view *v = state;

	listing_view_note_line(v);
	listing_unload(&v->listing);
	v->table.list = (struct list){ .n = 0, .top = v->table.list.top };
}

static bool refresh(void *state, struct error *err)
{
	struct listing_view *v = state;
	size_t top = v->table.list.top;

	if (!listing_load(&v->listing, err))
		return false;
	if (!v->history.n)
		return true;
	if (!listing_view_show(v, err))
		return false;
	/* It stays where it was on the screen, as far as the rows are the same. */
	v->wants_middle = false;
	v->table.list.top = top < v->table.list.n ? top : 0;
	return true;
}

static bool prepare(void *state, struct area a, const struct search *search, struct error *err)
{
	struct listing_view *v = state;
	struct list *l = &v->table.list;
	size_t rows = (size_t)table_rows(a), head;

	(void)search;
	if (!v->history.n) {
		struct str current = app_current(v->app);
		struct str name = current.len ? current : listing_heaviest(&v->listing);

		if (name.len && !listing_view_go_to(v, name, err))
			return false;
	}
	if (v->wants_middle && !listing_view_is_empty(v)) {
		struct listing_row r = listing_view_selected(v);

		head = v->listing.section[r.section].start;
		l->top = l->selected - head < rows ? head : l->selected - rows / 2;
	}
	v->wants_middle = false;
	return true;
}

static void draw(const void *state, struct area a, const struct search *search)
{
	const struct listing_view *v = state;

	if (!listing_view_is_empty(v))
		listing_draw(&v->listing, &v->table, a, v->shift, search->regex);
	else if (!v->history.n)
		grid_text(a, 0, 0, a.cols, STR("nothing to show: no sample is left"), AT_DIM);
	else
		grid_fmt(a, 0, 0, a.cols, AT_DIM, "nothing is known of lines of %.*s in what is left of the profile",
			 STR_FMT(v->history.at[v->at].function));
}

static void draw_status(const void *state, struct area line)
{
	const struct listing_view *v = state;

	if (!listing_view_is_empty(v))
		listing_draw_status(&v->listing, v->table.list.selected, line);
}

/* ---- The place as text ---- */

/* Rows are those of the function, so it comes first, and how much of the file there is. */
static void write_place(const void *state, struct out *out)
{
	const struct listing_view *v = state;

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
	struct listing_view *v = state;
	uint64_t n;

	if (str_eq(name, STR("of"))) {
		if (!listing_view_go_to(v, value, err))
			return false;
		v->table.list.selected = v->table.list.top = 0;
		v->wants_middle = false;
		return true;
	}
	if (!str_eq(name, STR("whole")) && !str_eq(name, STR("shift")))
		return place_take_rows(&v->table.list, name, value);
	if (!place_number(value, &n) || n > LISTING_SHIFT_LARGEST)
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
	.act = listing_view_act,
	.enter = enter,
	.status = draw_status,
	.subject = listing_view_subject,
	.write_place = write_place,
	.take_place = take_place,
	.search = listing_view_search,
};
