/*
 * List: the source of a function, with what each line cost.
 *
 * Lives here: which function it is and where in it one is, going back and forward.
 */
#include "config.h"

#include "tui/listing_view.h"

struct listing_place *listing_view_present(struct listing_view *v)
{
	return v->history.n ? &v->history.at[v->at] : NULL;
}

/* Where one is goes into the history, by file and line. */
void listing_view_note_line(struct listing_view *v)
{
	struct listing_place *p = listing_view_present(v);
	struct listing_row r;
	struct str file;

	if (!p || listing_view_is_empty(v))
		return;
	r = listing_view_selected(v);
	file = listing_routine(&v->listing, &r)->file;
	p->line = r.kind == LISTING_LINE ? r.line : -1;
	if (!str_eq(file, p->file))
		p->file = arena_str(&v->names, file);
	if (!p->file.ptr)
		p->line = -1;
}

/* Lists the present place. */
bool listing_view_show(struct listing_view *v, struct error *err)
{
	const struct listing_place *p = listing_view_present(v);
	struct list *l = &v->table.list;
	int64_t line = p->line;
	bool ok = listing_show(&v->listing, p->function, &line, err);

	*l = (struct list){ .n = v->listing.n_row };
	v->shift = 0;
	if (!ok || listing_view_is_empty(v))
		return ok;
	l->selected = line < 0 ? listing_hottest(&v->listing) : listing_row_of(&v->listing, p->file, line);
	v->wants_middle = true;
	return true;
}

bool listing_view_go_to(struct listing_view *v, struct str function, struct error *err)
{
	struct listing_place next = { .function = arena_str(&v->names, function), .file = STR_EMPTY, .line = -1 };

	listing_view_note_line(v);
	v->history.n = v->history.n ? v->at + 1 : 0; /* what was forward is forgotten */
	if (!next.function.ptr || !vec_push(&v->history, next))
		return error_nomem(err, "list view");
	v->at = v->history.n - 1;
	return listing_view_show(v, err);
}

void listing_view_step_history(struct listing_view *v, struct ui *ui, bool back)
{
	struct error err = ERROR_INIT;

	if (back ? v->at == 0 : v->at + 1 >= v->history.n) {
		ui_message(ui, back ? "nothing to go back to here; u undoes the last step" : "nothing to go forward to");
		return;
	}
	listing_view_note_line(v);
	v->at = back ? v->at - 1 : v->at + 1;
	if (!listing_view_show(v, &err))
		ui_error(ui, &err);
}

/* Reads sources anew, after an edit or an answer. */
void listing_view_read_again(struct listing_view *v, struct ui *ui)
{
	struct error err = ERROR_INIT;
	size_t top = v->table.list.top;

	listing_view_note_line(v);
	if (!listing_forget_sources(&v->listing, &err) || !listing_view_show(v, &err)) {
		ui_error(ui, &err);
		return;
	}
	v->wants_middle = false;
	v->table.list.top = top;
}
