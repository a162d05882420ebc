/*
 * Waiting for the profile.
 *
 * Lives here: the progress bar, and giving up.
 */
#include "config.h"

#include "tui/loading.h"

#include "tui/theme.h"

#include <errno.h>
#include <poll.h>

enum {
	PATIENCE_MS = 200, /* before anything is shown */
	REDRAW_MS = 50,
	PIECES = 6, /* of the bar is the one that moves */
};

/* True: it is done. */
static bool wait_quietly(const struct worker *w, const struct wake *wake)
{
	struct pollfd fd = { .fd = wake->read_fd, .events = POLLIN };

	if (worker_is_done(w))
		return true;
	(void)poll(&fd, 1, PATIENCE_MS);
	return worker_is_done(w);
}

/* How far it is; a piece that goes to and fro while nobody knows.  Ahead of it nothing, where inks look alike. */
static void draw_bar(struct area box, int width, double share, int n_drawn)
{
	int piece = width / PIECES + 1, way = width - piece, at;
	double whole = box.grid->is_plain ? 0 : 1;

	if (share >= 0) {
		grid_bars(box, 1, 0, width, whole, share, AT_SHARE, INK_BAR);
		return;
	}
	at = way > 0 ? n_drawn % (2 * way) : 0;
	at = at > way ? 2 * way - at : at;
	grid_bars(box, 1, 0, width, whole, 0, AT_SHARE, INK_BAR);
	grid_bars(area_part(box, 1, at, 1, piece), 0, 0, piece, 1, 1, AT_SHARE, INK_BAR);
}

static void draw(struct grid *g, struct str title, const struct progress *p, int n_drawn)
{
	const char *what = atomic_load_explicit(&p->what, memory_order_relaxed);
	struct area a = grid_area(g), box;
	int width = a.cols > 64 ? 60 : a.cols - 4;

	grid_clear(g);
	box = area_part(a, a.rows / 2 - 1, (a.cols - width) / 2, 3, width);
	grid_text_tail(box, 0, 0, width, title, AT_TITLE);
	draw_bar(box, width, progress_share(p), n_drawn);
	grid_fmt(box, 2, 0, width, AT_DIM, "%s; q gives up", what ? what : "loading");
}

static bool gives_up(const struct event *ev, int *signal)
{
	if (ev->type == EVENT_SIGNAL)
		*signal = ev->signal;
	return ev->type == EVENT_SIGNAL || ev->type == EVENT_END ||
	       (ev->type == EVENT_KEY && (ev->key == 'q' || ev->key == KEY_ESC));
}

static bool wait_on_screen(struct worker *w, struct str title, const struct theme *theme,
			   struct screen *s, struct grid *g, int *signal, struct error *err)
{
	struct event ev;
	int rows, cols;

	for (int n_drawn = 0; !worker_is_done(w); n_drawn++) {
		screen_size(s, &rows, &cols);
		if ((rows != g->rows || cols != g->cols) && !grid_resize(g, rows, cols, err))
			return false;
		draw(g, title, worker_progress(w), n_drawn);
		screen_show(s, g, theme);
		if (screen_next(s, REDRAW_MS, &ev) && gives_up(&ev, signal)) {
			worker_cancel(w);
			return error_set(err, ERR_CANCELLED, "loading was given up");
		}
	}
	return true;
}

bool loading_wait(struct worker *w, const struct wake *wake, struct str title,
		  const struct theme *theme, struct screen *s, int *signal, struct error *err)
{
	struct grid g = GRID_INIT;
	bool ok;

	if (wait_quietly(w, wake))
		return true;
	if (!screen_open(s, err))
		return false;
	s->wake_fd = wake->read_fd;
	g.glyphs = screen_glyphs();
	g.is_plain = s->depth <= DEPTH_8;
	ok = wait_on_screen(w, title, theme, s, &g, signal, err);
	grid_release(&g);
	s->wake_fd = -1;
	wake_clear(wake);
	return ok;
}
