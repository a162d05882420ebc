/*
 * The user interface: views and what stands around them.
 *
 * Lives here: from events to actions, the actions that are the same in every view, views coming
 * and going.
 * Not here: drawing (tui/ui_draw.c), searching (tui/ui_search.c), help (tui/ui_help.c).
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
	*ui = (struct ui){ .grid = GRID_INIT, .theme = theme_table, .app = *app };
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
	(void)menu_open(&ui->menu);
}

struct out *ui_page_start(struct ui *ui, const char *title)
{
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

struct ui_view *ui_view(struct ui *ui)
{
	struct ui_view *v = &ui->view[ui->shown];
	uint64_t now = ui->app.generation ? ui->app.generation(ui->app.ctx) : 0;

	if (v->is_fresh && v->generation == now)
		return v->state ? v : NULL;
	error_clear(&v->err);
	v->is_fresh = true;
	v->generation = now;
	if (!v->state && !v->view->open(ui->app.ctx, &v->state, &v->err)) {
		v->state = NULL;
		return NULL;
	}
	if (!v->view->refresh(v->state, &v->err)) {
		v->view->close(v->state);
		v->state = NULL;
		return NULL;
	}
	return v;
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

static void step_view(struct ui *ui, int step)
{
	ui->shown = (ui->shown + step + ui->n_view) % ui->n_view;
}

/* One line is a message, more are a text to look at. */
static void show_answer(struct ui *ui, struct str text)
{
	struct str line = str_trim(text);

	if (line.len && str_find_char(line, '\n') < 0)
		ui_message(ui, "%.*s", STR_FMT(str_head(line, UI_MESSAGE_BYTES - 1)));
	else if (line.len)
		ui_page_show(ui);
}

/* The command is there before its text goes to a pane: what it says decides whether one opens. */
static void run_command(struct ui *ui, void *ctx, struct str line)
{
	struct error err = ERROR_INIT;
	struct out *out;

	(void)ctx;
	line = str_trim(line);
	if (line.len == 0)
		return;
	if (!ui->app.command) {
		ui_message(ui, "no commands here");
		return;
	}
	out = pager_start(&ui->pager, line.len < 100 ? ui->prompt.text : "output");
	if (!ui->app.command(ui->app.ctx, ui, line, out, &err))
		ui_error(ui, &err);
	else
		show_answer(ui, out_text(out));
	if (!ui->pager.is_open)
		pager_close(&ui->pager);
}

static void next_theme(struct ui *ui)
{
	ui->theme = theme_next(ui->theme);
	ui_message(ui, "theme: %s, %s", ui->theme->name, ui->theme->summary);
}

static void cancel(struct ui *ui)
{
	if (ui->search) {
		regex_free(ui->search);
		ui->search = NULL;
	}
	ui->message[0] = '\0';
}

/* What no view knows.  False: nor do we. */
static bool act_common(struct ui *ui, const struct act *act)
{
	switch (act->action) {
	case ACT_QUIT:
		ui->is_done = true;
		return true;
	case ACT_VIEW:
		ui_show_view(ui, (int)act->count - 1);
		return true;
	case ACT_NEXT_VIEW:
	case ACT_PREVIOUS_VIEW:
		step_view(ui, act->action == ACT_NEXT_VIEW ? 1 : -1);
		return true;
	case ACT_COMMAND:
		ui_ask(ui, ":", STR_EMPTY, &ui->commands, run_command, NULL);
		ui_ask_completion(ui, ui->app.complete_command, ui->app.ctx);
		return true;
	case ACT_COPY:
		ui_copy(ui, ui_subject(ui));
		return true;
	case ACT_THEME:
		next_theme(ui);
		return true;
	case ACT_HELP:
		ui_help(ui);
		return true;
	case ACT_REDRAW:
		if (ui->terminal.redraw)
			ui->terminal.redraw(ui->terminal.ctx);
		return true;
	case ACT_CANCEL:
		cancel(ui);
		return true;
	default:
		return ui_search_act(ui, act);
	}
}

static void act_on_view(struct ui *ui, const struct act *act)
{
	struct ui_view *v = ui_view(ui);

	if (v && v->view->act(v->state, ui, act))
		return;
	if (act_common(ui, act))
		return;
	if (ui->app.act)
		(void)ui->app.act(ui->app.ctx, ui, act);
}

static void act_on_pager(struct ui *ui, const struct act *act)
{
	struct act inside = *act;

	inside.area = ui_body(ui);
	if (pager_act(&ui->pager, &inside))
		return;
	switch (act->action) {
	case ACT_QUIT:
	case ACT_CANCEL:
	case ACT_HELP:
	case ACT_OPEN:
		pager_close(&ui->pager);
		return;
	case ACT_SEARCH:
	case ACT_NEXT_MATCH:
	case ACT_PREVIOUS_MATCH:
		(void)ui_search_act(ui, act);
		return;
	case ACT_VIEW:
	case ACT_NEXT_VIEW:
	case ACT_PREVIOUS_VIEW:
		pager_close(&ui->pager);
		(void)act_common(ui, act);
		return;
	case ACT_COMMAND:
	case ACT_REDRAW:
	case ACT_THEME:
		(void)act_common(ui, act);
		return;
	default:
		return;
	}
}

static void ui_act(struct ui *ui, const struct act *act)
{
	if (ui->pager.is_open)
		act_on_pager(ui, act);
	else
		act_on_view(ui, act);
}

static void key_to_view(struct ui *ui, uint32_t key)
{
	int before = ui->shown;
	const char *name = ui->pager.is_open ? "" : ui->view[ui->shown].view->name;
	struct key_act k = key_press(&ui->keys, key, name);
	struct act act = { .action = k.action,
			   .count = k.count,
			   .has_count = k.has_count,
			   .letter = k.letter,
			   .area = ui_body(ui),
			   .row = -1,
			   .col = -1 };

	if (k.undoes_view)
		ui->shown = ui->shown_before;
	ui->shown_before = before;
	if (k.action != ACT_NONE)
		ui_act(ui, &act);
}

static void cancel_prompt(struct ui *ui)
{
	if (!ui->prompt.is_open)
		return;
	prompt_close(&ui->prompt);
	if (ui->prompt_cancelled)
		ui->prompt_cancelled(ui, ui->prompt_ctx);
}

static void key_to_prompt(struct ui *ui, uint32_t key, bool is_pasted)
{
	switch (prompt_key(&ui->prompt, key, is_pasted)) {
	case PROMPT_CHANGED:
		if (ui->prompt_changed)
			ui->prompt_changed(ui, ui->prompt_ctx, prompt_text(&ui->prompt));
		return;
	case PROMPT_CANCELLED:
		cancel_prompt(ui);
		return;
	case PROMPT_DONE:
		prompt_close(&ui->prompt);
		/* Where a typed text is read to the end, a NUL helps those who want one. */
		ui->prompt.text[ui->prompt.len] = '\0';
		ui->prompt_done(ui, ui->prompt_ctx, prompt_text(&ui->prompt));
		return;
	case PROMPT_EDITING:
		return;
	}
}

static void menu_answer(struct ui *ui, enum menu_result r)
{
	if (r == MENU_OPEN)
		return;
	ui->menu.is_open = false;
	if (r == MENU_CHOSEN)
		ui->menu_done(ui, ui->menu_ctx, ui->menu.list.selected);
}

static void handle_key(struct ui *ui, const struct event *ev)
{
	ui->message[0] = '\0';
	if (ui->prompt.is_open)
		key_to_prompt(ui, ev->key, ev->is_pasted);
	else if (ev->is_pasted)
		return;
	else if (ui->menu.is_open)
		menu_answer(ui, menu_key(&ui->menu, ev->key, ui_body(ui)));
	else
		key_to_view(ui, ev->key);
}

static void handle_mouse(struct ui *ui, const struct event *ev)
{
	static const enum action action[] = {
		[MOUSE_CLICK] = ACT_CLICK,
		[MOUSE_DOUBLE] = ACT_DOUBLE_CLICK,
		[MOUSE_WHEEL_UP] = ACT_WHEEL_UP,
		[MOUSE_WHEEL_DOWN] = ACT_WHEEL_DOWN,
	};
	struct act act = { .action = action[ev->mouse.kind], .count = 1, .area = ui_body(ui) };
	int tab;

	ui->message[0] = '\0';
	if (ui->prompt.is_open)
		return;
	if (ui->menu.is_open) {
		(void)area_has(act.area, ev->mouse.row, ev->mouse.col, &act.row, &act.col);
		menu_answer(ui, menu_mouse(&ui->menu, ev->mouse.kind, act.row, act.col, act.area));
		return;
	}
	tab = ui_tab_at(ui, ev->mouse.row, ev->mouse.col);
	if (tab >= 0 && act.action == ACT_CLICK) {
		pager_close(&ui->pager);
		ui_show_view(ui, tab);
		return;
	}
	if (area_has(act.area, ev->mouse.row, ev->mouse.col, &act.row, &act.col))
		ui_act(ui, &act);
	else if (area_has(ui_crumbs(ui), ev->mouse.row, ev->mouse.col, &act.row, &act.col)) {
		act.row = -1;
		if (ui->app.act)
			(void)ui->app.act(ui->app.ctx, ui, &act);
	}
}

static void handle_signal(struct ui *ui, int number)
{
	/* Ctrl-C closes what is open first. */
	if (number == UI_INTERRUPT && (ui->prompt.is_open || ui->menu.is_open)) {
		cancel_prompt(ui);
		ui->menu.is_open = false;
		return;
	}
	ui->signal = number;
	ui->is_done = true;
}

static void handle(struct ui *ui, const struct event *ev)
{
	struct error err = ERROR_INIT;

	switch (ev->type) {
	case EVENT_KEY:
		handle_key(ui, ev);
		return;
	case EVENT_MOUSE:
		handle_mouse(ui, ev);
		return;
	case EVENT_RESIZE:
		if (!grid_resize(&ui->grid, ev->size.rows, ev->size.cols, &err))
			ui_error(ui, &err);
		return;
	case EVENT_WAKE:
		if (ui->app.wake)
			ui->app.wake(ui->app.ctx, ui);
		return;
	case EVENT_SIGNAL:
		handle_signal(ui, ev->signal);
		return;
	case EVENT_END:
		ui->is_done = true;
		return;
	case EVENT_NONE:
		return;
	}
}

void ui_handle(struct ui *ui, const struct event *ev)
{
	handle(ui, ev);
	if (ui->app.settled && !ui->is_done)
		ui->app.settled(ui->app.ctx, ui);
}
