/*
 * The user interface: views and what stands around them.
 *
 * Lives here: its parts, what actions use of it, views coming and going.
 * Not here: events (tui/ui_event.c), actions (tui/ui_act.c), drawing (tui/ui_draw.c), searching
 * (tui/ui_search.c), help (tui/ui_help.c), places as text (tui/ui_place.c).
 */
#include "config.h"

#include "tui/internal.h"

#include "tui/ui.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool ui_init(struct ui *ui, const struct view *const *views, const struct ui_app *app, int rows,
	     int cols, enum grid_glyphs glyphs, struct error *err)
{
	*ui = (struct ui){ .grid = GRID_INIT, .theme = theme_table, .first_theme = theme_table, .app = *app, .drawn = -1 };
	ui->grid.glyphs = glyphs;
	for (int i = 0; views[i] && i < UI_VIEWS; i++)
		ui->view[ui->n_view++].view = views[i];
	return grid_resize(&ui->grid, rows, cols, err);
}

void ui_release(struct ui *ui)
{
	for (int i = 0; i < ui->n_view; i++)
		if (ui->view[i].state)
			ui->view[i].view->close(ui->view[i].state);
	ui->n_view = 0;
	prompt_release(&ui->prompt);
	shell_history_release(&ui->commands);
	shell_history_release(&ui->searches);
	menu_release(&ui->menu);
	pager_release(&ui->pager);
	regex_free(ui->search);
	ui->search = NULL;
	vec_release(&ui->ahead);
	grid_release(&ui->grid);
}

void ui_message(struct ui *ui, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(ui->message, sizeof(ui->message), fmt, ap);
	va_end(ap);
	ui->is_error = false;
}

void ui_error(struct ui *ui, const struct error *err)
{
	ui_message(ui, "%.*s", UI_MESSAGE_BYTES - 1, err->msg);
	ui->is_error = true;
}

void ui_ask(struct ui *ui, const char *label, struct str text, struct shell_history *history,
	    void (*done)(struct ui *ui, void *ctx, struct str text), void *ctx)
{
	prompt_open(&ui->prompt, label, text, history);
	ui->prompt_done = done;
	ui->prompt_changed = NULL;
	ui->prompt_cancelled = NULL;
	ui->prompt_ctx = ctx;
}

void ui_ask_completion(struct ui *ui, complete_fn complete, void *ctx)
{
	ui->prompt.complete = complete;
	ui->prompt.ctx = ctx;
}

struct menu *ui_menu_start(struct ui *ui, const char *title)
{
	menu_start(&ui->menu, str_from(title));
	return &ui->menu;
}

void ui_menu_show(struct ui *ui, void (*done)(struct ui *ui, void *ctx, size_t chosen), void *ctx)
{
	ui->menu_done = done;
	ui->menu_ctx = ctx;
	(void)menu_open(&ui->menu, &ui->grid);
}

struct out *ui_page_start(struct ui *ui, const char *title, struct str what)
{
	size_t n = what.len < sizeof(ui->page_of) ? what.len : 0;

	memcpy(ui->page_of, what.ptr, n);
	ui->page_of[n] = '\0';
	return pager_start(&ui->pager, title);
}

void ui_page_show(struct ui *ui)
{
	if (!pager_open(&ui->pager)) {
		pager_close(&ui->pager);
		ui_message(ui, "no memory for this text");
	}
}

void ui_copy(struct ui *ui, struct str text)
{
	if (text.len == 0)
		ui_message(ui, "nothing to copy here");
	else if (!ui->terminal.copy || !ui->terminal.copy(ui->terminal.ctx, text))
		ui_message(ui, "this cannot be copied");
	else
		ui_message(ui, "copied: %.*s", STR_FMT(str_head(text, 400)));
}

void ui_show_view(struct ui *ui, int i)
{
	if (i >= 0 && i < ui->n_view)
		ui->shown = i;
}

bool ui_show_view_named(struct ui *ui, struct str name)
{
	for (int i = 0; i < ui->n_view; i++)
		if (str_eq(name, str_from(ui->view[i].view->name))) {
			ui->shown = i;
			return true;
		}
	return false;
}

bool ui_work(struct ui *ui, const struct ui_work *w, struct error *err)
{
	bool ok;

	if (ui->is_working || !ui->terminal.work)
		return w->run(w->ctx, err);
	ui->is_working = true;
	ok = ui->terminal.work(ui->terminal.ctx, ui, w, err);
	ui->is_working = false;
	cancel_reset(&ui->cancel);
	ui->has_given_up = ui->has_given_up || (!ok && err->code == ERR_CANCELLED);
	return ok;
}

bool ui_go_back(struct ui *ui)
{
	bool is_other = ui->drawn >= 0 && ui->drawn != ui->shown;

	if (is_other)
		ui->shown = ui->drawn;
	return (ui->app.go_back && ui->app.go_back(ui->app.ctx, ui)) || is_other;
}

static bool refresh(void *ctx, struct error *err)
{
	const struct ui_view *v = ctx;

	return v->view->refresh(v->state, err);
}

/* What was given up stays as it was dropped, for another time. */
static bool open_view(struct ui *ui, struct ui_view *v)
{
	struct ui_work w = { .what = v->view->title, .run = refresh, .ctx = v };

	if (!v->state && !v->view->open(ui->app.ctx, &v->state, &v->err)) {
		v->state = NULL;
		return false;
	}
	if (ui_work(ui, &w, &v->err))
		return true;
	if (v->err.code == ERR_CANCELLED) {
		v->is_fresh = false;
		return false;
	}
	v->view->close(v->state);
	v->state = NULL;
	return false;
}

struct ui_view *ui_view(struct ui *ui)
{
	struct ui_view *v = &ui->view[ui->shown];
	uint64_t now = ui->app.generation ? ui->app.generation(ui->app.ctx) : 0;

	if (v->is_fresh && v->generation == now)
		return v->state ? v : NULL;
	error_clear(&v->err);
	v->is_fresh = true;
	v->generation = now;
	if (open_view(ui, v))
		return v;
	return v->err.code == ERR_CANCELLED && ui_go_back(ui) ? ui_view(ui) : NULL;
}

void ui_drop_views(struct ui *ui)
{
	for (int i = 0; i < ui->n_view; i++) {
		struct ui_view *v = &ui->view[i];

		if (v->state && v->is_fresh && v->view->drop)
			v->view->drop(v->state);
		v->is_fresh = false;
	}
}

struct str ui_subject(struct ui *ui)
{
	struct ui_view *v = ui_view(ui);

	return v && v->view->subject ? v->view->subject(v->state) : STR_EMPTY;
}
