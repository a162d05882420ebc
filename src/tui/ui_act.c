/*
 * The actions that are the same in every view.
 *
 * Lives here: who gets an action: the pager, the view, this file, the application; commands and their
 * answers.
 * Not here: which key is which action (tui/keys.c), searching (tui/ui_search.c).
 */
#include "config.h"

#include "tui/internal.h"

#include "tui/ui.h"

#include <stdio.h>

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
void ui_run_command(struct ui *ui, struct str line)
{
	struct error err = ERROR_INIT;
	char title[100], what[PROMPT_BYTES + 1];
	int n = snprintf(what, sizeof(what), ":%.*s", STR_FMT(line));
	struct out *out;

	(void)snprintf(title, sizeof(title), "%.*s", STR_FMT(line));
	out = ui_page_start(ui, line.len < sizeof(title) ? title : "output",
			    ui_is_harmless(line) ? (struct str){ what, (size_t)n } : STR_EMPTY);
	if (!ui->app.command(ui->app.ctx, ui, line, out, &err))
		ui_error(ui, &err);
	else
		show_answer(ui, out_text(out));
	if (!ui->pager.is_open)
		pager_close(&ui->pager);
}

static void command_typed(struct ui *ui, void *ctx, struct str line)
{
	(void)ctx;
	line = str_trim(line);
	if (line.len && ui->app.command)
		ui_run_command(ui, line);
	else if (line.len)
		ui_message(ui, "no commands here");
}

static void next_theme(struct ui *ui)
{
	ui->theme = theme_next(ui->theme);
	ui_message(ui, "theme: %s, %s; \"theme = %s\" in cpprof-view/config keeps it", ui->theme->name,
		   ui->theme->summary, ui->theme->name);
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
		ui_ask(ui, ":", STR_EMPTY, &ui->commands, command_typed, NULL);
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
	case ACT_COPY_COMMAND:
		if (ui->app.act)
			(void)ui->app.act(ui->app.ctx, ui, act);
		return;
	default:
		return;
	}
}

void ui_act(struct ui *ui, const struct act *act)
{
	if (ui->pager.is_open)
		act_on_pager(ui, act);
	else
		act_on_view(ui, act);
}
