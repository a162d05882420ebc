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

/* A command line shows things: whoever pastes one does not think of pipes and files. */
bool ui_is_harmless(struct str line)
{
	return str_find_char(line, '|') < 0 && str_find_char(line, '>') < 0;
}

void ui_write_place(struct ui *ui, struct out *out)
{
	struct ui_view *v = ui_view(ui);

	if (v && v->view->write_place)
		v->view->write_place(v->state, out);
	if (ui->search)
		place_write(out, "search", str_from(ui->search_text));
	if (ui->theme != ui->first_theme)
		place_write(out, "theme", str_from(ui->theme->name));
	if (!ui->pager.is_open || !ui->page_of[0])
		return;
	place_write(out, "text", str_from(ui->page_of));
	if (ui->pager.list.top)
		place_write_number(out, "line", ui->pager.list.top);
	if (ui->pager.shift)
		place_write_number(out, "column", (uint64_t)ui->pager.shift);
}

static bool take_theme(struct ui *ui, struct str name, struct error *err)
{
	const struct theme *theme = theme_find(name);

	if (!theme)
		return error_set(err, ERR_USAGE, "there is no theme \"%.*s\"", STR_FMT(name));
	ui->theme = theme;
	return true;
}

static bool take_text(struct ui *ui, struct ui_view *v, struct str what, struct error *err)
{
	struct act explain = { .action = ACT_EXPLAIN, .count = 1, .area = ui_body(ui), .row = -1, .col = -1 };
	struct search search = ui_search(ui);

	if (str_eq(what, STR("help"))) {
		ui_help(ui);
	} else if (str_eq(what, STR("explain"))) {
		if (v->view->prepare && !v->view->prepare(v->state, explain.area, &search, err))
			return false;
		(void)v->view->act(v->state, ui, &explain);
	} else if (str_has_prefix(what, STR(":")) && ui_is_harmless(what) && ui->app.command) {
		ui_run_command(ui, str_from_offset(what, 1));
	} else {
		return error_set(err, ERR_USAGE, "there is no text \"%.*s\"", STR_FMT(what));
	}
	return true;
}

/* Where in the text that is open; false: that is no name of it. */
static bool take_text_place(struct ui *ui, struct str name, struct str value)
{
	uint64_t n;

	if (!ui->pager.is_open || !place_number(value, &n) || n > INT16_MAX)
		return false;
	if (str_eq(name, STR("column")))
		ui->pager.shift = (int)n;
	else if (str_eq(name, STR("line")) && n < ui->pager.line.n)
		ui->pager.list.top = ui->pager.list.selected = (size_t)n;
	else
		return false;
	return true;
}

static bool take_pair(struct ui *ui, struct ui_view *v, struct str name, struct str value, struct error *err)
{
	if (str_eq(name, STR("search")))
		return ui_set_search(ui, value, err);
	if (str_eq(name, STR("theme")))
		return take_theme(ui, value, err);
	if (str_eq(name, STR("text")))
		return take_text(ui, v, value, err);
	if (take_text_place(ui, name, value))
		return true;
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
