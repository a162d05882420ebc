/*
 * Lines from a terminal.
 *
 * Lives here: the gate to libedit: editing, history, completion by Tab.
 * Not here: what completes (shell/shell.h), where history is kept (shell/history.h).
 */
#ifndef SHELL_EDITLINE_H
#define SHELL_EDITLINE_H

#include "base/error.h"
#include "base/str.h"
#include "shell/history.h"
#include "shell/shell.h"

struct editline;

enum editline_result {
	EDITLINE_LINE,
	EDITLINE_END,	      /* Ctrl-D on an empty line, or the terminal is gone */
	EDITLINE_INTERRUPTED, /* a signal raised the shell's cancel */
};

/*
 * Reads from standard input and draws on the terminal `out_fd`.  Borrows s, prompt and history.  NULL: ERR_UNSUPPORTED,
 * the terminal cannot do it; or ERR_NOMEM.
 */
struct editline *editline_open(const struct shell *s, const char *prompt, struct shell_history *history,
			       int out_fd, struct error *err);

/* The next line, borrowed until the next call; without its line end. */
enum editline_result editline_read(struct editline *e, struct str *line);

/* Adds a line to the history, in the file too. */
void editline_remember(struct editline *e, struct str line);

void editline_close(struct editline *e);

#endif
