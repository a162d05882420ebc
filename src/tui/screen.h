/*
 * The terminal.
 *
 * Lives here: everything that talks to it, and with it the only use of ncurses: entering and
 * leaving (on signals and crashes too), size, colours, copying a grid to it, reading keys.
 * Not here: what is drawn (tui/grid.h), what bytes mean (tui/input.h).
 *
 * One at a time: signal handlers know one terminal.
 */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include "base/error.h"
#include "base/str.h"
#include "base/vec.h"
#include "tui/grid.h"
#include "tui/input.h"
#include "tui/screen_rescue.h"
#include "tui/theme.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct screen {
	int in_fd, out_fd; /* of the terminal; own */
	FILE *in_file, *out_file;
	void *terminal; /* of ncurses */
	int wake_fd;	/* readable when a worker has something; -1: none; borrowed */
	struct input input;
	bool is_silent; /* nothing followed the bytes in `input` */
	bool is_open;	/* between entering and leaving */
	bool has_mouse;
	bool is_resized; /* the next event is an EVENT_RESIZE */
	uint64_t event_ms; /* when the last event was given */

	const struct theme *theme; /* of what is shown */
	enum theme_depth depth;
	uint16_t pair_of[INK_COUNT][INK_COUNT]; /* 0: not yet */
	VEC(struct colour_pair) pairs;
	VEC(struct cell) shown; /* as many as the screen has, or none: redraw all */
	int shown_cols;
	struct sigaction old_action[SCREEN_SIGNALS];
};

struct colour_pair {
	int fg, bg;
};

/*
 * Takes the terminal over: standard input and output, or /dev/tty where they are something
 * else.  ERR_UNSUPPORTED when there is none, or it can do too little (TERM=dumb); then
 * nothing has changed.
 */
bool screen_open(struct screen *s, struct error *err);

/* Gives it back as it was.  Harmless on one that is not open. */
void screen_close(struct screen *s);

/* Rows and columns now. */
void screen_size(struct screen *s, int *rows, int *cols);

/* GLYPHS_UTF8 when the locale is UTF-8. */
enum grid_glyphs screen_glyphs(void);

/* Makes the screen look like g.  Writes only what has changed. */
void screen_show(struct screen *s, const struct grid *g, const struct theme *t);

/* What is shown into g, which has the size of the screen; blank when nothing of that size is. */
void screen_copy_shown(const struct screen *s, struct grid *g);

/* Forgets what is shown: the next screen_show() writes everything. */
void screen_forget(struct screen *s);

/*
 * The next event; waits for it at most timeout_ms (-1: for ever).  False: none came.  SIGTSTP
 * is served here: the program stops, and after it goes on there is an EVENT_RESIZE.
 */
bool screen_next(struct screen *s, int timeout_ms, struct event *ev);

/* Only what signals have brought; does not wait. */
bool screen_next_signal(struct screen *s, struct event *ev);

/* tui/screen_event.c: milliseconds since the last event was given, or since the screen was opened. */
int screen_idle_ms(const struct screen *s);
void screen_note_event(struct screen *s);

/* Gives the terminal to somebody else (an editor) for a while, and takes it back. */
void screen_pause(struct screen *s);
void screen_resume(struct screen *s);

/* For screen_copy.c: all of the bytes, as they are. */
void screen_write(int fd, const char *p, size_t n);

/* Puts text on the clipboard of the terminal (OSC 52).  Longer than 70 kB is not sent: false. */
bool screen_copy(struct screen *s, struct str text);

#endif
