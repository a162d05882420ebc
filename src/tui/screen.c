/*
 * The terminal.
 *
 * Lives here: ncurses.
 * Not here: events (tui/screen_event.c), signals (tui/screen_rescue.h), the clipboard (tui/screen_copy.c).
 */
#include "config.h"

#include "tui/screen.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

/* After ours: its macros for keys hide our names, which are not used here. */
#define NCURSES_NOMACROS 1
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>

enum {
	RUN_CELLS = 512,
};

#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

static char *capability(const char *name)
{
	char *text = tigetstr(name);

	return text == (char *)-1 ? NULL : text;
}

void screen_write(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t k = write(fd, p, n);

		if (k < 0 && errno != EINTR && errno != EAGAIN)
			return;
		if (k > 0) {
			p += k;
			n -= (size_t)k;
		}
	}
}

/* Our own descriptor of standard input or output, or of /dev/tty where that is something else. */
static int terminal_fd(int standard)
{
	if (isatty(standard))
		return fcntl(standard, F_DUPFD_CLOEXEC, 3);
	return open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
}

static bool open_fds(struct screen *s, struct error *err)
{
	s->in_fd = terminal_fd(STDIN_FILENO);
	s->out_fd = terminal_fd(STDOUT_FILENO);
	if (s->in_fd < 0 || s->out_fd < 0)
		return error_set(err, ERR_UNSUPPORTED, "there is no terminal to show it on");
	s->in_file = fdopen(s->in_fd, "r");
	s->out_file = fdopen(s->out_fd, "w");
	if (!s->in_file || !s->out_file)
		return error_set(err, ERR_IO, "terminal: %s", strerror(errno));
	return rescue_open(s->out_fd, err);
}

static void close_fds(struct screen *s)
{
	if (s->in_file)
		(void)fclose(s->in_file);
	else if (s->in_fd >= 0)
		(void)close(s->in_fd);
	if (s->out_file)
		(void)fclose(s->out_file);
	else if (s->out_fd >= 0)
		(void)close(s->out_fd);
	s->in_file = s->out_file = NULL;
	s->in_fd = s->out_fd = -1;
}

/*
 * The description of the terminal with 24-bit colours, where COLORTERM promises them and there
 * is one: "xterm-256color" -> "xterm-direct".
 */
static bool find_direct(const char *term, int fd, char *to, size_t size)
{
	const char *promise = getenv("COLORTERM");
	const char *end = strstr(term, "-256color");
	int n = end ? (int)(end - term) : (int)strlen(term);
	int status;

	if (!promise || (strcmp(promise, "truecolor") != 0 && strcmp(promise, "24bit") != 0))
		return false;
	if (strstr(term, "-direct") || snprintf(to, size, "%.*s-direct", n, term) >= (int)size)
		return false;
	if (setupterm(to, fd, &status) != OK)
		return false;
	(void)del_curterm(cur_term);
	return true;
}

static bool start_curses(struct screen *s, struct error *err)
{
	const char *term = getenv("TERM");
	char direct[64];

	if (!term || !*term || strcmp(term, "dumb") == 0)
		return error_set(err, ERR_UNSUPPORTED,
				 "terminal \"%s\" cannot show the viewer; a report flag such as "
				 "-top prints text",
				 term ? term : "");
	use_env(FALSE);
	use_tioctl(TRUE);
	if (find_direct(term, s->out_fd, direct, sizeof(direct)))
		s->terminal = newterm(direct, s->out_file, s->in_file);
	if (!s->terminal)
		s->terminal = newterm(term, s->out_file, s->in_file);
	if (!s->terminal)
		return error_set(err, ERR_UNSUPPORTED,
				 "terminal \"%s\" is not known here; a report flag such as -top prints text", term);
	if (!capability("cup") || !capability("clear")) {
		(void)endwin();
		return error_set(err, ERR_UNSUPPORTED,
				 "terminal \"%s\" cannot move its cursor; a report flag such as -top "
				 "prints text",
				 term);
	}
	return true;
}

static enum theme_depth find_depth(void)
{
	const char *no_color = getenv("NO_COLOR");

	if ((no_color && *no_color) || !has_colors() || start_color() != OK ||
	    use_default_colors() != OK)
		return DEPTH_NONE;
	if (tigetflag("RGB") > 0 || COLORS >= 1 << 24)
		return DEPTH_TRUE;
	return COLORS >= 256 ? DEPTH_256 : COLORS >= 16 ? DEPTH_16 : COLORS >= 8 ? DEPTH_8 : DEPTH_NONE;
}

/* Keys one by one, no echo; Ctrl-C and Ctrl-Z stay signals, Ctrl-S and Ctrl-Q become keys. */
static void set_modes(struct screen *s)
{
	struct termios t;

	(void)cbreak();
	(void)noecho();
	(void)nonl();
	(void)intrflush(stdscr, FALSE);
	(void)typeahead(-1);
	(void)leaveok(stdscr, FALSE);
	if (tcgetattr(s->out_fd, &t) == 0) {
		t.c_iflag &= ~(tcflag_t)(IXON | ICRNL);
		t.c_cc[VLNEXT] = _POSIX_VDISABLE;
		t.c_cc[VDISCARD] = _POSIX_VDISABLE;
		(void)tcsetattr(s->out_fd, TCSADRAIN, &t);
	}
	if (s->has_mouse)
		screen_write(s->out_fd, MOUSE_ON PASTE_ON, sizeof(MOUSE_ON PASTE_ON) - 1);
}

bool screen_open(struct screen *s, struct error *err)
{
	*s = (struct screen){ .in_fd = -1, .out_fd = -1, .wake_fd = -1 };
	if (!open_fds(s, err) || !start_curses(s, err)) {
		close_fds(s);
		return false;
	}
	s->has_mouse = capability("kmous") != NULL;
	s->depth = find_depth();
	if (s->has_mouse)
		rescue_add(MOUSE_OFF PASTE_OFF);
	rescue_add(capability("sgr0"));
	rescue_add(capability("cnorm"));
	rescue_add(capability("rmcup"));
	rescue_arm(s->old_action);
	set_modes(s);
	s->is_open = true;
	screen_note_event(s);
	return true;
}

static void leave(struct screen *s)
{
	if (s->has_mouse)
		screen_write(s->out_fd, MOUSE_OFF PASTE_OFF, sizeof(MOUSE_OFF PASTE_OFF) - 1);
	(void)curs_set(1);
	(void)endwin();
	rescue_disarm(s->old_action);
}

void screen_close(struct screen *s)
{
	if (!s->is_open)
		return;
	leave(s);
	delscreen(s->terminal);
	close_fds(s);
	vec_release(&s->pairs);
	vec_release(&s->shown);
	s->is_open = false;
}

void screen_size(struct screen *s, int *rows, int *cols)
{
	struct winsize w;

	*rows = 24;
	*cols = 80;
	if (ioctl(s->out_fd, TIOCGWINSZ, &w) == 0 && w.ws_row && w.ws_col) {
		*rows = w.ws_row;
		*cols = w.ws_col;
	}
	if (*rows != LINES || *cols != COLS)
		(void)resizeterm(*rows, *cols);
}

enum grid_glyphs screen_glyphs(void)
{
	const char *codes = nl_langinfo(CODESET);

	return codes && strcmp(codes, "UTF-8") == 0 ? GLYPHS_UTF8 : GLYPHS_ASCII;
}

void screen_forget(struct screen *s)
{
	s->shown.n = 0;
}

/* The number of the pair, 0 when there are no more; 0 is the terminal's own colours. */
static uint16_t pair_for(struct screen *s, int fg, int bg)
{
	size_t limit = COLOR_PAIRS < 32767 ? (size_t)COLOR_PAIRS : 32767;
	size_t n = s->pairs.n;

	if (fg == COLOUR_DEFAULT && bg == COLOUR_DEFAULT)
		return 0;
	for (size_t i = 0; i < n; i++)
		if (s->pairs.at[i].fg == fg && s->pairs.at[i].bg == bg)
			return (uint16_t)(i + 1);
	if (n + 1 >= limit || !vec_push(&s->pairs, ((struct colour_pair){ fg, bg })))
		return 0;
	if (init_extended_pair((int)n + 1, fg, bg) != OK) {
		s->pairs.n--;
		return 0;
	}
	return (uint16_t)(n + 1);
}

/* What curses calls the look of a cell. */
static attr_t look(struct screen *s, struct attr at, short *pair)
{
	uint8_t flags = at.flags;
	attr_t a = 0;

	*pair = 0;
	if (s->depth != DEPTH_NONE && (at.fg || at.bg)) {
		uint16_t *known = &s->pair_of[at.fg][at.bg];

		if (*known == 0)
			*known = (uint16_t)(1 + pair_for(s, theme_colour(s->theme, (enum ink)at.fg,
									  s->depth),
							  theme_colour(s->theme, (enum ink)at.bg,
								       s->depth)));
		*pair = (short)(*known - 1);
	}
	if (*pair == 0)
		flags = theme_plain_flags(at);
	a |= flags & ATTR_BOLD ? A_BOLD : 0;
	a |= flags & ATTR_UNDERLINE ? A_UNDERLINE : 0;
	a |= flags & ATTR_REVERSE ? A_REVERSE : 0;
	a |= flags & ATTR_DIM ? A_DIM : 0;
	return a;
}

/*
 * What curses gets for a cell.  It asks the C library for widths; where that sees it otherwise than
 * we do, a stand-in keeps everything behind it in place.
 */
static void convert(struct screen *s, const struct cell *c, cchar_t *to)
{
	wchar_t text[CELL_MARKS + 2] = { (wchar_t)c->rune };
	int n = 1;
	short pair;
	attr_t a = look(s, c->attr, &pair);

	if (c->rune >= 0x80 && wcwidth(text[0]) != c->width) {
		text[0] = c->width == 2 ? 0xff1f : '?'; /* 0xff1f: a wide question mark */
	} else {
		for (int i = 0; i < CELL_MARKS && c->mark[i]; i++)
			if (wcwidth((wchar_t)c->mark[i]) == 0)
				text[n++] = (wchar_t)c->mark[i];
	}
	(void)setcchar(to, text, a, pair, NULL);
}

/* Writes cells from..end of a row to curses. */
static void show_run(struct screen *s, const struct grid *g, int row, int from, int end)
{
	cchar_t run[RUN_CELLS];
	int n = 0, start = from;

	for (int col = from; col < end; col++) {
		const struct cell *c = grid_cell(g, row, col);

		if (c->width == 0)
			continue;
		if (n && (c->width == 2 || n == RUN_CELLS)) {
			(void)mvadd_wchnstr(row, start, run, n);
			n = 0;
		}
		if (n == 0)
			start = col;
		convert(s, c, &run[n++]);
		if (c->width == 2) {
			(void)mvadd_wch(row, col, &run[0]);
			n = 0;
		}
	}
	if (n)
		(void)mvadd_wchnstr(row, start, run, n);
}

static bool cell_eq(const struct cell *a, const struct cell *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

static void show_row(struct screen *s, const struct grid *g, int row)
{
	struct cell *old = &s->shown.at[(size_t)row * (size_t)g->cols];
	const struct cell *new = grid_cell(g, row, 0);
	size_t size = (size_t)g->cols * sizeof(*new);

	if (g->cols == 0 || memcmp(old, new, size) == 0)
		return;
	for (int col = 0; col < g->cols; col++) {
		int from = col;

		while (col < g->cols && !cell_eq(&old[col], &new[col]))
			col++;
		if (col == from)
			continue;
		if (new[from].width == 0 && from > 0)
			from--;
		show_run(s, g, row, from, col);
	}
	memcpy(old, new, size);
}

static void set_theme(struct screen *s, const struct theme *t)
{
	s->theme = t;
	s->pairs.n = 0;
	memset(s->pair_of, 0, sizeof(s->pair_of));
	screen_forget(s);
}

void screen_show(struct screen *s, const struct grid *g, const struct theme *t)
{
	if (s->theme != t)
		set_theme(s, t);
	if (s->shown.n != g->cells.n || s->shown_cols != g->cols) {
		s->shown.n = 0;
		if (!vec_reserve(&s->shown, g->cells.n))
			return;
		s->shown.n = g->cells.n;
		s->shown_cols = g->cols;
		memset(s->shown.at, 0, g->cells.n * sizeof(struct cell));
		(void)clear();
	}
	for (int row = 0; row < g->rows; row++)
		show_row(s, g, row);
	if (g->cursor_row >= 0)
		(void)move(g->cursor_row, g->cursor_col);
	(void)curs_set(g->cursor_row >= 0);
	(void)refresh();
}

void screen_copy_shown(const struct screen *s, struct grid *g)
{
	grid_clear(g);
	if (s->shown.n && s->shown.n == g->cells.n && s->shown_cols == g->cols)
		memcpy(g->cells.at, s->shown.at, g->cells.n * sizeof(*g->cells.at));
}

void screen_pause(struct screen *s)
{
	leave(s);
}

void screen_resume(struct screen *s)
{
	rescue_arm(s->old_action);
	(void)refresh(); /* enters the alternate screen again */
	set_modes(s);
	screen_forget(s);
}
