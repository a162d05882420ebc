/*
 * The prompt.
 *
 * Lives here: reading lines, telling errors.
 */
#include "config.h"

#include "shell/prompt.h"

#include "base/golike.h"
#include "base/limits.h"
#include "shell/editline.h"
#include "shell/history.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char prompt_text[] = "(pprof) ";

struct prompt {
	const struct shell *shell;
	struct cancel *cancel;
	struct out *out, *notice;
	bool is_done;
};

/* In red where that can be seen. */
static void tell_error(struct prompt *p, const struct error *line_err)
{
	const char *no_colour = getenv("NO_COLOR");
	bool is_red = p->notice->is_terminal && !(no_colour && no_colour[0]);

	if (is_red)
		out_lit(p->notice, "\x1b[0;31m");
	out_str(p->notice, str_from(line_err->msg));
	if (is_red)
		out_lit(p->notice, "\x1b[0m");
	out_char(p->notice, '\n');
}

/* False: there is nobody left to write to. */
static bool run_line(struct prompt *p, struct str line, struct error *err)
{
	struct error line_err = ERROR_INIT;
	enum shell_result result;

	cancel_reset(p->cancel);
	if (!shell_run(p->shell, line, p->out, p->notice, &result, &line_err)) {
		if (line_err.code == ERR_CANCELLED)
			out_recover(p->out);
		tell_error(p, &line_err);
	}
	cancel_reset(p->cancel);
	p->is_done = result == SHELL_QUIT;
	out_flush(p->notice);
	out_flush(p->out);
	if (!p->out->is_broken)
		return true;
	return out_close(p->out, err);
}

static bool greet(struct prompt *p, struct error *err)
{
	bool ok = shell_greet(p->shell, p->notice, err);

	out_flush(p->notice);
	return ok;
}

/* Lines from standard input as they come; the buffer holds what is read and not yet given. */
struct reader {
	VEC(char) text;
	size_t start; /* of the next line */
	bool is_end;
};

enum { READ_BYTES = 1 << 16 };

/* False: error, or a signal that cancels (ERR_CANCELLED). */
static bool read_more(struct reader *r, const struct cancel *cancel, struct error *err)
{
	char why[128];
	ssize_t n;

	if (r->start)
		memmove(r->text.at, r->text.at + r->start, r->text.n - r->start);
	r->text.n -= r->start;
	r->start = 0;
	if (r->text.n > LIMIT_LINE_BYTES)
		return error_set(err, ERR_LIMIT, "a line of more than %d bytes", LIMIT_LINE_BYTES);
	if (!vec_reserve(&r->text, READ_BYTES))
		return error_nomem(err, "line");
	do
		n = read(STDIN_FILENO, r->text.at + r->text.n, READ_BYTES);
	while (n < 0 && errno == EINTR && !cancel_is_raised(cancel));
	if (n < 0 && errno == EINTR)
		return error_set(err, ERR_CANCELLED, "interrupted");
	if (n < 0) {
		go_errno_text(errno, why, sizeof(why));
		return error_set(err, ERR_IO, "read standard input: %s", why);
	}
	r->is_end = n == 0;
	r->text.n += (size_t)n;
	return true;
}

/* False at the end, and on an error that err tells. */
static bool next_line(struct reader *r, const struct cancel *cancel, struct str *line, struct error *err)
{
	for (;;) {
		struct str rest = { r->text.at + r->start, r->text.n - r->start }, after;

		if (rest.len && (str_cut(rest, '\n', line, &after) || r->is_end)) {
			r->start += line->len + (line->len < rest.len);
			return true;
		}
		if (r->is_end || !read_more(r, cancel, err))
			return false;
	}
}

static void ask(struct prompt *p)
{
	out_str(p->notice, str_from(prompt_text));
	out_flush(p->notice);
}

/* From a pipe or a file, or a terminal that can do nothing but lines. */
static bool run_plain(struct prompt *p, bool is_terminal, bool *is_empty, struct error *err)
{
	struct reader r = { .text = VEC_INIT };
	bool ok = is_terminal || read_more(&r, p->cancel, err);
	struct str line;

	*is_empty = ok && r.is_end;
	ok = ok && (*is_empty || greet(p, err));
	while (ok && !*is_empty && !p->is_done) {
		if (is_terminal)
			ask(p);
		if (next_line(&r, p->cancel, &line, err)) {
			ok = run_line(p, line, err);
		} else if (err->code == ERR_CANCELLED && is_terminal) {
			error_clear(err);
			cancel_reset(p->cancel);
			out_char(p->notice, '\n');
		} else {
			ok = err->code == ERR_NONE;
			break;
		}
	}
	vec_release(&r.text);
	return ok;
}

static bool run_edited(struct prompt *p, struct editline *e, struct error *err)
{
	bool ok = greet(p, err);

	while (ok && !p->is_done) {
		struct str line;

		switch (editline_read(e, &line)) {
		case EDITLINE_LINE:
			editline_remember(e, line);
			ok = run_line(p, line, err);
			break;
		case EDITLINE_INTERRUPTED:
			out_lit(p->notice, "^C\n");
			out_flush(p->notice);
			cancel_reset(p->cancel);
			break;
		case EDITLINE_END:
			out_char(p->notice, '\n');
			p->is_done = true;
			break;
		}
	}
	return ok;
}

static bool can_edit(int fd)
{
	const char *term = getenv("TERM");

	return isatty(STDIN_FILENO) && isatty(fd) && term && term[0] && strcmp(term, "dumb") != 0;
}

bool shell_prompt(const struct shell *s, struct cancel *cancel, struct out *out, struct out *notice,
		  bool *is_empty, struct error *err)
{
	struct prompt p = { .shell = s, .cancel = cancel, .out = out, .notice = notice };
	struct shell_history history = { .arena = ARENA_INIT, .path = STR_EMPTY };
	int fd = isatty(STDERR_FILENO) ? STDERR_FILENO : STDOUT_FILENO;
	struct error ignored = ERROR_INIT;
	struct editline *e = NULL;
	bool ok;

	*is_empty = false;
	if (can_edit(fd)) {
		shell_history_open(&history);
		e = editline_open(s, prompt_text, &history, fd, &ignored);
	}
	if (e) {
		ok = run_edited(&p, e, err);
		editline_close(e);
	} else {
		ok = run_plain(&p, isatty(STDIN_FILENO), is_empty, err);
	}
	shell_history_release(&history);
	return ok;
}
