/*
 * Events from a text instead of a person.
 *
 * Lives here: the words of a script.
 * Not here: running it (tui/loop.h).
 *
 *	# a comment
 *	10j Enter C-r              names of keys; any other word is typed letter by letter
 *	/ "main work" Enter        what is in quotes is typed too
 *	:top 20 -cum               a line that begins with ':' is typed whole, and Enter
 *	@click 3 10                row and column from 0; also @double
 *	@wheel down 3 10           or up
 *	@resize 80x24
 *	@paste any text            to the end of the line
 *	@wait                      until the workers are done
 *	@dump                      print the screen
 *	@copied                    print what was copied last
 *
 * Each word is followed by a screen, as each key is.
 */
#ifndef TUI_SCRIPT_H
#define TUI_SCRIPT_H

#include "base/error.h"
#include "base/str.h"
#include "tui/input.h"

#include <stdbool.h>
#include <stdint.h>

enum script_step {
	SCRIPT_EVENT, /* *ev is filled */
	SCRIPT_WAIT,
	SCRIPT_DUMP,
	SCRIPT_COPIED,
	SCRIPT_END,
	SCRIPT_ERROR,
};

/* Borrows the text. */
struct script {
	struct str rest; /* lines not begun yet */
	struct str line; /* what is left of the one begun */
	struct str typed; /* left of the word being typed */
	bool is_pasting, wants_enter;
	size_t line_number;
};

static inline struct script script_over(struct str text)
{
	return (struct script){ .rest = text };
}

enum script_step script_next(struct script *s, struct event *ev, struct error *err);

/* "120x40" to columns and rows; false: something else. */
bool script_size(struct str s, int *cols, int *rows);

#endif
