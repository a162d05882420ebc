/*
 * Lines from a terminal, by libedit.
 *
 * Lives here: the only use of it.  Signals that come while a line is edited are read like keys, so that
 * nothing happens inside of a handler: libedit's own would lose the line when the terminal is resized.
 */
#include "config.h"

#include "shell/editline.h"

#include "base/cancel.h"
#include "base/width.h"

#include <errno.h>
#include <histedit.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include <wchar.h>

enum { HISTORY_KEPT = 2000, LISTED_MOST = 60, COLUMN_GAP = 2, WIDTH_UNKNOWN = 80 };

struct editline {
	struct arena arena;
	const struct shell *shell;
	const char *prompt;
	struct shell_history *history;
	EditLine *el;
	History *list;
	FILE *file; /* the terminal; own */
	int out_fd;
	int signal_fd;	 /* of those in edit_signals; -1: they are not for us */
	sigset_t before; /* what was blocked outside of editing */
};

/* The terminal changes, or has to be given back first. */
static const int edit_signals[] = { SIGWINCH, SIGTSTP, SIGCONT, SIGHUP, SIGTERM, SIGQUIT };

static char *prompt_text(EditLine *el)
{
	struct editline *e;
	union {
		const char *in;
		char *out;
	} text; /* libedit does not write to it */

	(void)el_get(el, EL_CLIENTDATA, &e);
	text.in = e->prompt;
	return text.out;
}

static size_t terminal_width(int fd)
{
	struct winsize size;

	return ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : WIDTH_UNKNOWN;
}

/* In columns, filled row by row. */
static void list_candidates(const struct editline *e, const struct shell_completion *c)
{
	struct error ignored = ERROR_INIT;
	size_t n = c->shown.n < LISTED_MOST ? c->shown.n : LISTED_MOST, width = 0, n_column;
	struct out out;

	for (size_t i = 0; i < n; i++) {
		size_t w = str_width_cells(c->shown.at[i]);

		width = w > width ? w : width;
	}
	n_column = terminal_width(e->out_fd) / (width + COLUMN_GAP);
	n_column = n_column ? n_column : 1;
	out_open_fd(&out, e->out_fd);
	out_char(&out, '\n');
	for (size_t i = 0; i < n; i++) {
		bool is_last = i + 1 == n || (i + 1) % n_column == 0;

		out_str(&out, c->shown.at[i]);
		out_spaces(&out, is_last ? 0 : width + COLUMN_GAP - str_width_cells(c->shown.at[i]));
		if (is_last)
			out_char(&out, '\n');
	}
	if (n < c->shown.n)
		out_fmt(&out, "... and %zu more\n", c->shown.n - n);
	(void)out_close(&out, &ignored);
}

/* False: nothing would change. */
static bool insert(EditLine *el, const struct shell_completion *c, struct str typed)
{
	struct str common = shell_completion_common(c);
	struct arena scratch = ARENA_INIT;
	bool is_whole = c->candidate.n == 1 && !c->is_open, ok;
	struct str text;

	if (!common.len || (!is_whole && str_eq(common, typed)))
		return false;
	text = arena_fmt(&scratch, "%.*s%s", STR_FMT(common), is_whole ? " " : "");
	ok = text.ptr != NULL;
	if (ok) {
		el_deletestr(el, (int)str_width_runes(typed));
		ok = el_insertstr(el, text.ptr) == 0;
	}
	arena_release(&scratch);
	return ok;
}

/* Tab. */
static unsigned char complete(EditLine *el, wint_t key)
{
	const LineInfo *li = el_line(el);
	struct str line = { li->buffer, (size_t)(li->cursor - li->buffer) };
	struct shell_completion c;
	struct editline *e;
	unsigned char result = CC_ERROR;

	(void)key;
	(void)el_get(el, EL_CLIENTDATA, &e);
	shell_complete(e->shell, line, &c);
	if (insert(el, &c, str_from_offset(line, c.from))) {
		result = CC_REFRESH;
	} else if (c.candidate.n > 1) {
		list_candidates(e, &c);
		result = CC_REDISPLAY;
	}
	shell_completion_release(&c);
	return result;
}

/* ---- Reading keys and signals ---- */

static void put_capability(const struct editline *e, const char *name, size_t times, struct out *out)
{
	char *text = NULL;

	(void)el_get(e->el, EL_GETTC, name, &text);
	for (; text && times; times--)
		out_bytes(out, text, strlen(text));
}

/*
 * Draws the line again.  A terminal that has become narrower or wider has wrapped it anew, and the cursor stands
 * in that row of it where what is before the cursor ends now.
 */
static void redraw(struct editline *e)
{
	const LineInfo *li = el_line(e->el);
	struct str before = { li->buffer, (size_t)(li->cursor - li->buffer) };
	size_t width = str_width_cells(str_from(e->prompt)) + str_width_cells(before);
	struct error ignored = ERROR_INIT;
	struct out out;

	out_open_fd(&out, e->out_fd);
	put_capability(e, "up", width / terminal_width(e->out_fd), &out);
	out_char(&out, '\r');
	put_capability(e, "cd", 1, &out);
	(void)out_close(&out, &ignored);
	el_resize(e->el);
	(void)el_set(e->el, EL_REFRESH);
}

/* What the signal does to who does not care for it. */
static void let_happen(const struct editline *e, int number)
{
	sigset_t now;

	(void)sigprocmask(SIG_SETMASK, &e->before, &now);
	(void)raise(number);
	(void)sigprocmask(SIG_SETMASK, &now, NULL);
}

static void serve_signal(struct editline *e)
{
	struct signalfd_siginfo info;

	if (read(e->signal_fd, &info, sizeof(info)) != (ssize_t)sizeof(info))
		return;
	if (info.ssi_signo != SIGWINCH && info.ssi_signo != SIGCONT) {
		(void)el_set(e->el, EL_PREP_TERM, 0);
		let_happen(e, (int)info.ssi_signo); /* is stopped here, or ends */
	}
	if (info.ssi_signo != SIGWINCH)
		(void)el_set(e->el, EL_PREP_TERM, 1);
	redraw(e);
}

/* One byte of a key; 0: there are no more, below 0: a signal raised cancel. */
static int next_byte(struct editline *e, char *byte)
{
	for (;;) {
		struct pollfd fds[] = { { .fd = STDIN_FILENO, .events = POLLIN },
					{ .fd = e->signal_fd, .events = POLLIN } };
		int n = poll(fds, 2, -1);

		if (cancel_is_raised(e->shell->cancel))
			return -1;
		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0 && fds[1].revents)
			serve_signal(e);
		else if (n > 0 && fds[0].revents)
			return (int)read(STDIN_FILENO, byte, 1);
	}
}

/* As libedit wants it: 1, or 0 at the end, or -1. */
static int read_key(EditLine *el, wchar_t *key)
{
	mbstate_t state = { 0 };
	struct editline *e;
	char byte;

	(void)el_get(el, EL_CLIENTDATA, &e);
	for (;;) {
		int n = next_byte(e, &byte);
		size_t got;

		if (n <= 0)
			return n;
		got = mbrtowc(key, &byte, 1, &state);
		if (got != (size_t)-1 && got != (size_t)-2)
			return 1;
		if (got == (size_t)-1)
			state = (mbstate_t){ 0 }; /* no such character: it is left out */
	}
}

static void take_signals(struct editline *e)
{
	sigset_t ours;

	(void)sigemptyset(&ours);
	for (size_t i = 0; i < sizeof(edit_signals) / sizeof(edit_signals[0]); i++)
		(void)sigaddset(&ours, edit_signals[i]);
	(void)sigprocmask(SIG_BLOCK, &ours, &e->before);
	e->signal_fd = signalfd(-1, &ours, SFD_CLOEXEC | SFD_NONBLOCK);
	if (e->signal_fd < 0)
		(void)sigprocmask(SIG_SETMASK, &e->before, NULL);
}

static void leave_signals(struct editline *e)
{
	if (e->signal_fd < 0)
		return;
	(void)close(e->signal_fd);
	e->signal_fd = -1;
	(void)sigprocmask(SIG_SETMASK, &e->before, NULL);
}

/* ---- Setting up ---- */

static bool load_history(struct editline *e)
{
	HistEvent ev;

	e->list = history_init();
	if (!e->list || history(e->list, &ev, H_SETSIZE, HISTORY_KEPT) < 0)
		return false;
	for (size_t i = 0; i < e->history->line.n; i++)
		(void)history(e->list, &ev, H_ENTER, e->history->line.at[i].ptr);
	return true;
}

static bool set_up(struct editline *e)
{
	if (el_set(e->el, EL_CLIENTDATA, e) != 0 || el_set(e->el, EL_PROMPT, prompt_text) != 0 ||
	    el_set(e->el, EL_EDITOR, "emacs") != 0)
		return false;
	(void)el_set(e->el, EL_SIGNAL, 0);
	if (el_wset(e->el, EL_GETCFN, read_key) != 0)
		return false;
	(void)el_set(e->el, EL_HIST, history, e->list);
	/* Wide, because libedit would lose its own copies of narrow ones. */
	(void)el_wset(e->el, EL_ADDFN, L"cpprof-complete", L"Complete what stands before the cursor", complete);
	(void)el_set(e->el, EL_BIND, "^I", "cpprof-complete", NULL);
	(void)el_set(e->el, EL_BIND, "^R", "em-inc-search-prev", NULL);
	(void)el_source(e->el, NULL); /* the user's ~/.editrc */
	return true;
}

struct editline *editline_open(const struct shell *s, const char *prompt, struct shell_history *history,
			       int out_fd, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct editline *e = ARENA_ZERO(&arena, struct editline, 1);
	int fd;

	if (!e) {
		error_nomem(err, "prompt");
		return NULL;
	}
	*e = (struct editline){ .arena = arena, .shell = s, .prompt = prompt, .history = history, .out_fd = out_fd,
				.signal_fd = -1 };
	fd = dup(out_fd);
	e->file = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (!e->file && fd >= 0)
		(void)close(fd);
	e->el = e->file ? el_init("cpprof-view", stdin, e->file, e->file) : NULL;
	if (e->el && load_history(e) && set_up(e))
		return e;
	editline_close(e);
	error_set(err, ERR_UNSUPPORTED, "this terminal cannot edit lines");
	return NULL;
}

enum editline_result editline_read(struct editline *e, struct str *line)
{
	const char *text;
	int n = 0;

	take_signals(e);
	text = el_gets(e->el, &n);
	leave_signals(e);
	if (cancel_is_raised(e->shell->cancel)) {
		el_reset(e->el);
		return EDITLINE_INTERRUPTED;
	}
	if (!text || n <= 0)
		return EDITLINE_END;
	*line = (struct str){ text, (size_t)n };
	if (text[n - 1] == '\n')
		line->len--;
	return EDITLINE_LINE;
}

void editline_remember(struct editline *e, struct str line)
{
	size_t before = e->history->line.n;
	HistEvent ev;

	shell_history_add(e->history, line);
	if (e->history->line.n > before)
		(void)history(e->list, &ev, H_ENTER, e->history->line.at[before].ptr);
}

void editline_close(struct editline *e)
{
	struct arena arena = e->arena; /* e itself lies in it */

	if (e->el)
		el_end(e->el);
	if (e->list)
		history_end(e->list);
	if (e->file)
		(void)fclose(e->file);
	arena_release(&arena);
}
