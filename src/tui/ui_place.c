/*
 * Where one is, as text.
 *
 * Lives here: the place in the view on show and what is looked for, written and taken back.
 * Not here: the pairs of a view (the views), how they are written (tui/place.h).
 */
#include "config.h"

#include "tui/internal.h"

#include "tui/place.h"
#include "tui/ui.h"

void ui_write_place(struct ui *ui, struct out *out)
{
	struct ui_view *v = ui_view(ui);

	if (v && v->view->write_place)
		v->view->write_place(v->state, out);
	if (ui->search)
		place_write(out, "search", str_from(ui->search_text));
}

static bool take_pair(struct ui *ui, struct ui_view *v, struct str name, struct str value, struct error *err)
{
	if (str_eq(name, STR("search")))
		return ui_set_search(ui, value, err);
	if (v->view->take_place && v->view->take_place(v->state, name, value, err))
		return true;
	return err->code == ERR_NONE &&
	       error_set(err, ERR_USAGE, "\"%.*s\" is no part of a place in %s",
			 STR_FMT(name), v->view->title);
}

bool ui_take_place(struct ui *ui, struct str place, struct error *err)
{
	struct ui_view *v = ui_view(ui);
	struct str name;
	bool ok = true;

	if (!v) {
		*err = ui->view[ui->shown].err;
		return false;
	}
	while (ok && place.len) {
		struct out value;

		out_open_memory(&value);
		ok = place_next(&place, &name, &value) && take_pair(ui, v, name, out_text(&value), err);
		out_release(&value);
	}
	return ok;
}
