/*
 * The loop: events in, screens out.
 *
 * Lives here: the loop, on a terminal or from a script without one.
 */
#include "config.h"

#include "tui/loop.h"

#include "base/spawn.h"
#include "tui/working.h"

#include <string.h>

static bool copy(void *ctx, struct str text)
{
	return screen_copy(ctx, text);
}

static void pause_screen(void *ctx)
{
	screen_pause(ctx);
}

static void resume_screen(void *ctx)
{
	screen_resume(ctx);
}

static void redraw(void *ctx)
{
	screen_forget(ctx);
}

/* The program may have changed the size: the loop looks at it as after a change. */
static bool run_program(void *ctx, const char *const argv[], struct error *err)
{
	struct screen *s = ctx;
	bool ok;

	screen_pause(s);
	ok = spawn_attended(argv, s->in_fd, s->out_fd, err);
	screen_resume(s);
	s->is_resized = true;
	return ok;
}

static bool work(void *ctx, struct ui *ui, const struct ui_work *w, struct error *err)
{
	return working_wait(ctx, ui, w, err);
}

/* Those that came while something else was done come first. */
static bool next_event(struct ui *ui, struct screen *s, int timeout_ms, struct event *ev)
{
	if (!ui->ahead.n)
		return screen_next(s, timeout_ms, ev);
	*ev = ui->ahead.at[0];
	ui->ahead.n--;
	memmove(ui->ahead.at, ui->ahead.at + 1, ui->ahead.n * sizeof(*ui->ahead.at));
	return true;
}

void loop_run(struct ui *ui, struct screen *s)
{
	struct event ev;

	ui->terminal = (struct ui_terminal){ .ctx = s,
					     .copy = copy,
					     .pause = pause_screen,
					     .resume = resume_screen,
					     .redraw = redraw,
					     .run = run_program,
					     .work = work };
	ui->grid.is_plain = s->depth <= DEPTH_8;
	while (!ui->is_done) {
		ui_draw(ui);
		screen_show(s, &ui->grid, ui->theme);
		if (next_event(ui, s, -1, &ev))
			ui_handle(ui, &ev);
		/* Keys that came meanwhile: one screen serves them all. */
		while (!ui->is_done && next_event(ui, s, 0, &ev))
			ui_handle(ui, &ev);
	}
}

/* The clipboard of a script. */
static bool keep_copied(void *ctx, struct str text)
{
	struct out *copied = ctx;

	out_release(copied);
	out_open_memory(copied);
	out_str(copied, text);
	return true;
}

static void dump_screen(struct ui *ui, enum loop_dump dump, struct out *out)
{
	if (dump == LOOP_DUMP_SCREEN)
		grid_dump_text(&ui->grid, out);
	else if (dump == LOOP_DUMP_CELLS)
		grid_dump_cells(&ui->grid, out);
}

/* The clipboard of the script is `copied`. */
static bool run(struct ui *ui, struct script *s, enum loop_dump dump, const struct out *copied, struct out *out,
		struct error *err)
{
	struct event ev;

	while (!ui->is_done) {
		switch (script_next(s, &ev, err)) {
		case SCRIPT_EVENT:
			ui_handle(ui, &ev);
			break;
		case SCRIPT_WAIT:
			ev = (struct event){ .type = EVENT_WAKE };
			ui_handle(ui, &ev);
			break;
		case SCRIPT_DUMP:
			dump_screen(ui, dump, out);
			break;
		case SCRIPT_COPIED:
			out_str(out, out_text(copied));
			out_char(out, '\n');
			break;
		case SCRIPT_ERROR:
			return false;
		case SCRIPT_END:
			ui->is_done = true;
			break;
		}
		if (!ui->is_done)
			ui_draw(ui);
	}
	dump_screen(ui, dump, out);
	return true;
}

bool loop_run_script(struct ui *ui, struct script *s, enum loop_dump dump, struct out *out,
		     struct error *err)
{
	struct out copied;
	bool ok;

	out_open_memory(&copied);
	ui->terminal = (struct ui_terminal){ .ctx = &copied, .copy = keep_copied };
	ui_draw(ui);
	ok = run(ui, s, dump, &copied, out, err);
	out_release(&copied);
	return ok;
}
