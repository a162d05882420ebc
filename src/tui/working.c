/*
 * Waiting for work that somebody at the terminal has asked for.
 *
 * Lives here: the line and its keys.  The work has all of the interface to itself meanwhile, but for the
 * screen, the events that wait and the flag that ends it.
 */
#include "config.h"

#include "tui/working.h"

#include "base/worker.h"
#include "tui/internal.h"
#include "tui/theme.h"

#include <poll.h>

enum {
	PATIENCE_MS = 200, /* after the last event, before anything is shown */
	REDRAW_MS = 100,
	AHEAD_MOST = 4096, /* events that wait; more than a paste of a prompt's line */
};

struct job {
	const struct ui_work *work;
	struct job *itself; /* the result: anything but NULL */
};

static void *run(const void *input, const struct cancel *cancel, struct progress *progress, struct error *err)
{
	const struct job *j = input;

	(void)cancel;
	(void)progress;
	return j->work->run(j->work->ctx, err) ? j->itself : NULL;
}

static void discard(void *result)
{
	(void)result;
}

static const struct worker_job job = { .run = run, .discard = discard };

static void draw(struct screen *s, struct grid *g, const struct ui *ui, const struct ui_work *w, int waited_ms)
{
	struct area line;

	screen_copy_shown(s, g);
	line = ui_status_of(g);
	grid_fill(line, AT_TEXT);
	if (cancel_is_raised(&ui->cancel))
		grid_fmt(line, 0, 0, line.cols, AT_BOLD, "giving up: %s", w->what);
	else
		grid_fmt(line, 0, 0, line.cols, AT_BOLD, "%s, %d.%d s; Esc gives up", w->what, waited_ms / 1000,
			 waited_ms / 100 % 10);
	g->cursor_row = -1;
	screen_show(s, g, ui->theme);
}

static bool is_end(const struct event *ev)
{
	return ev->type == EVENT_END || (ev->type == EVENT_SIGNAL && ev->signal != UI_INTERRUPT);
}

/* What was typed before somebody gives up was for what will not come. */
static void take(struct ui *ui, const struct event *ev)
{
	bool gives_up = is_end(ev) || ev->type == EVENT_SIGNAL ||
			(ev->type == EVENT_KEY && ev->key == KEY_ESC && !ev->is_pasted);

	if (gives_up) {
		cancel_raise(&ui->cancel);
		ui->ahead.n = 0;
	}
	if ((!gives_up || is_end(ev)) && ui->ahead.n < AHEAD_MOST)
		(void)vec_push(&ui->ahead, *ev);
}

static void wait_on_screen(struct worker *worker, struct screen *s, struct ui *ui, const struct ui_work *w,
			   struct error *err)
{
	struct grid g = GRID_INIT;
	struct event ev = { .type = EVENT_NONE };
	bool is_resized = false;
	int rows, cols;

	g.glyphs = ui->grid.glyphs;
	g.is_plain = ui->grid.is_plain;
	while (!worker_is_done(worker) && !is_end(&ev)) {
		screen_size(s, &rows, &cols);
		if ((rows != g.rows || cols != g.cols) && !grid_resize(&g, rows, cols, err))
			break;
		draw(s, &g, ui, w, screen_idle_ms(s));
		if (!screen_next(s, REDRAW_MS, &ev))
			continue;
		if (ev.type == EVENT_RESIZE)
			is_resized = true;
		else if (ev.type != EVENT_WAKE)
			take(ui, &ev);
	}
	s->is_resized = s->is_resized || is_resized;
	grid_release(&g);
}

/* Ctrl-C ends the commands that run, and with them the work, at the time at which it comes here. */
static void take_late_signals(struct screen *s, struct ui *ui)
{
	struct event ev;

	while (screen_next_signal(s, &ev))
		if (ev.type == EVENT_RESIZE)
			s->is_resized = true;
		else
			take(ui, &ev);
}

static void wait_for(struct worker *worker, const struct wake *wake, struct screen *s, struct ui *ui,
		     const struct ui_work *w)
{
	struct pollfd fd = { .fd = wake->read_fd, .events = POLLIN };
	int left = PATIENCE_MS - screen_idle_ms(s);
	struct error ignored = ERROR_INIT;

	if (left > 0 && !worker_is_done(worker))
		(void)poll(&fd, 1, left);
	if (worker_is_done(worker))
		return;
	s->wake_fd = wake->read_fd;
	wait_on_screen(worker, s, ui, w, &ignored);
	s->wake_fd = -1;
}

bool working_wait(struct screen *s, struct ui *ui, const struct ui_work *w, struct error *err)
{
	struct job j = { .work = w, .itself = &j };
	struct error ignored = ERROR_INIT;
	struct wake wake = WAKE_INIT;
	struct worker *worker = wake_open(&wake, &ignored) ? worker_start(&job, &j, &wake, &ignored) : NULL;
	bool ok;

	if (worker) {
		wait_for(worker, &wake, s, ui, w);
		ok = worker_finish(worker, err) != NULL;
		take_late_signals(s, ui);
		if (!ok && cancel_is_raised(&ui->cancel) && err->code != ERR_CANCELLED)
			error_set(err, ERR_CANCELLED, "interrupted");
	} else {
		ok = w->run(w->ctx, err);
	}
	wake_close(&wake);
	return ok;
}
