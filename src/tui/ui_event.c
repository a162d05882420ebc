/*
 * Events.
 *
 * Lives here: what is open gets keys and clicks first: the prompt, a menu; the rest become actions.
 * Not here: what actions do (tui/ui_act.c), where events come from (tui/loop.h).
 */
#include "config.h"

#include "tui/internal.h"

#include "tui/ui.h"

static void key_to_view(struct ui *ui, uint32_t key)
{
	int before = ui->shown;
	const char *name = ui->pager.is_open ? KEYS_OF_TEXT : ui->view[ui->shown].view->name;
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
