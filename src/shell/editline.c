/*
 * Lines from a terminal, by libedit.
 *
 * Lives here: the only use of it.
 */
#include "config.h"

#include "shell/editline.h"

#include "base/cancel.h"
#include "base/width.h"

#include <histedit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
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
};

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
	/* Restores the terminal on signals and while stopped, and looks at its size. */
	(void)el_set(e->el, EL_SIGNAL, 1);
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
	*e = (struct editline){ .arena = arena, .shell = s, .prompt = prompt, .history = history, .out_fd = out_fd };
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
	int n = 0;
	const char *text = el_gets(e->el, &n);

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
