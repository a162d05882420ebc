/*
 * The viewer in the terminal.
 *
 * Lives here: putting its parts together.
 */
#include "config.h"

#include "tui/tui.h"

#include "base/blob.h"
#include "tui/app.h"
#include "tui/loading.h"
#include "tui/loop.h"
#include "tui/script.h"
#include "tui/preferences.h"
#include "tui/views.h"

/* All that lives as long as the viewer. */
struct viewer {
	const struct tui_request *request;
	struct profile *profile;
	struct app app;
	struct screen screen;
	struct ui ui;
	struct preferences preferences;
	struct error preferences_err; /* a line of the file is not understood */
};

static bool is_headless(const struct arguments *a)
{
	return a->script.len || a->dump_screen || a->dump_cells;
}

static void stop(struct viewer *v)
{
	ui_release(&v->ui);
	app_release(&v->app);
}

static bool start(struct viewer *v, int rows, int cols, struct error *err)
{
	const struct arguments *a = v->request->arguments;
	struct ui_app behind;

	if (!app_init(&v->app, v->profile, a, err))
		return false;
	v->app.cancel = &v->ui.cancel;
	behind = app_for_ui(&v->app);
	if (!ui_init(&v->ui, view_table, &behind, rows, cols, screen_glyphs(), err)) {
		app_release(&v->app);
		return false;
	}
	shell_history_open(&v->ui.commands);
	v->ui.theme = v->ui.first_theme = v->preferences.theme;
	if (v->preferences_err.code != ERR_NONE)
		ui_error(&v->ui, &v->preferences_err);
	if (a->view.len && !ui_show_view_named(&v->ui, a->view))
		error_set(err, ERR_USAGE, "there is no view \"%.*s\"", STR_FMT(a->view));
	else if (ui_take_place(&v->ui, a->place, err)) {
		app_begin(&v->app, &v->ui);
		return true;
	}
	stop(v);
	return false;
}

static bool run_script(struct viewer *v, struct str text, struct error *err)
{
	const struct arguments *a = v->request->arguments;
	struct script script = script_over(text);
	int rows = 24, cols = 80;
	bool ok;

	if (a->size.len && !script_size(a->size, &cols, &rows))
		return error_set(err, ERR_USAGE, "size \"%.*s\" is not like 120x40", STR_FMT(a->size));
	if (!start(v, rows, cols, err))
		return false;
	ok = loop_run_script(&v->ui, &script,
			     a->dump_cells    ? LOOP_DUMP_CELLS
			     : a->dump_screen ? LOOP_DUMP_SCREEN
					      : LOOP_DUMP_NONE,
			     v->request->out, err);
	stop(v);
	return ok;
}

static bool run_headless(struct viewer *v, struct worker *w, struct error *err)
{
	const struct arguments *a = v->request->arguments;
	struct blob text = BLOB_INIT;
	bool ok;

	v->profile = worker_finish(w, err);
	if (!v->profile)
		return false;
	ok = !a->script.len || blob_read_file(&text, a->script.ptr, err);
	ok = ok && run_script(v, (struct str){ (const char *)text.ptr, text.len }, err);
	blob_release(&text);
	return ok;
}

static bool run_on_terminal(struct viewer *v, struct worker *w, const struct wake *wake, int *signal,
			    struct error *err)
{
	struct str title = v->request->arguments->source.v.at[0];
	int rows, cols;
	bool ok;

	if (!loading_wait(w, wake, title, v->preferences.theme, &v->screen, signal, err)) {
		screen_close(&v->screen);
		/* A job that was given up may take its time; nobody waits for it. */
		if (err->code != ERR_CANCELLED)
			worker_free(w);
		return false;
	}
	v->profile = worker_finish(w, err);
	if (!v->profile || (!v->screen.is_open && !screen_open(&v->screen, err))) {
		screen_close(&v->screen);
		return false;
	}
	screen_size(&v->screen, &rows, &cols);
	ok = start(v, rows, cols, err);
	if (ok) {
		loop_run(&v->ui, &v->screen);
		*signal = v->ui.signal;
		stop(v);
	}
	screen_close(&v->screen);
	return ok;
}

bool tui_run(const struct tui_request *r, int *signal, struct error *err)
{
	struct viewer v = { .request = r };
	struct wake wake = WAKE_INIT;
	struct worker *w;
	bool ok;

	*signal = 0;
	(void)preferences_read(&v.preferences, &v.preferences_err);
	if (!wake_open(&wake, err))
		return false;
	w = worker_start(r->load, r->load_input, &wake, err);
	if (!w) {
		wake_close(&wake);
		return false;
	}
	ok = is_headless(r->arguments) ? run_headless(&v, w, err)
				       : run_on_terminal(&v, w, &wake, signal, err);
	profile_free(v.profile);
	if (err->code != ERR_CANCELLED)
		wake_close(&wake);
	return ok;
}
