/*
 * The viewer in the terminal.
 *
 * Lives here: putting its parts together.
 */
#include "config.h"

#include "tui/tui.h"

#include "tui/app.h"
#include "tui/loop.h"
#include "tui/script.h"
#include "tui/views.h"

static bool start(struct ui *ui, struct app *app, const struct tui_request *r, int rows, int cols,
		  enum grid_glyphs glyphs, struct error *err)
{
	struct ui_app behind = app_for_ui(app);

	if (!ui_init(ui, view_table, &behind, rows, cols, glyphs, err))
		return false;
	if (r->view.len && !ui_show_view_named(ui, r->view)) {
		ui_release(ui);
		return error_set(err, ERR_USAGE, "there is no view \"%.*s\"", STR_FMT(r->view));
	}
	return true;
}

static bool run_headless(struct app *app, const struct tui_request *r, struct error *err)
{
	static const enum loop_dump dump[] = { [TUI_DUMP_NONE] = LOOP_DUMP_NONE,
					       [TUI_DUMP_SCREEN] = LOOP_DUMP_SCREEN,
					       [TUI_DUMP_CELLS] = LOOP_DUMP_CELLS };
	struct script script = script_over(r->script);
	struct ui ui;
	int rows = 24, cols = 80;
	bool ok;

	if (r->size.len && !script_size(r->size, &cols, &rows))
		return error_set(err, ERR_USAGE, "size \"%.*s\" is not like 120x40", STR_FMT(r->size));
	if (!start(&ui, app, r, rows, cols, screen_glyphs(), err))
		return false;
	ok = loop_run_script(&ui, &script, dump[r->dump], r->out, err);
	ui_release(&ui);
	return ok;
}

static bool run_on_terminal(struct app *app, const struct tui_request *r, int *signal,
			    struct error *err)
{
	struct screen screen;
	struct ui ui;
	int rows, cols;
	bool ok;

	if (!screen_open(&screen, err))
		return false;
	screen_size(&screen, &rows, &cols);
	ok = start(&ui, app, r, rows, cols, screen_glyphs(), err);
	if (ok) {
		loop_run(&ui, &screen);
		*signal = ui.signal;
		ui_release(&ui);
	}
	screen_close(&screen);
	return ok;
}

bool tui_run(const struct tui_request *r, int *signal, struct error *err)
{
	struct app app;
	bool ok;

	*signal = 0;
	if (!app_init(&app, r->profile, r->options, r->title, err))
		return false;
	ok = r->is_headless ? run_headless(&app, r, err) : run_on_terminal(&app, r, signal, err);
	app_release(&app);
	return ok;
}
