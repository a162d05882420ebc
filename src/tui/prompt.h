/*
 * One line of typing.
 *
 * Lives here: editing, history, completion, drawing it.
 * Not here: what the line means (who opened it), parsing commands (shell/).
 */
#ifndef TUI_PROMPT_H
#define TUI_PROMPT_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "shell/history.h"
#include "shell/shell.h"
#include "tui/grid.h"
#include "tui/keys.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	PROMPT_BYTES = 2048, /* of a line; more is not taken */
};

/* Finds what could stand at the end of text, the line up to the cursor. */
typedef void (*complete_fn)(void *ctx, struct str text, struct shell_completion *c);

enum prompt_result {
	PROMPT_EDITING,
	PROMPT_CHANGED, /* editing, and the text is another one */
	PROMPT_DONE,
	PROMPT_CANCELLED,
};

struct prompt {
	bool is_open;
	const char *label;	 /* before the line; borrowed */
	struct shell_history *history; /* borrowed; NULL: none */
	complete_fn complete;	 /* NULL: none */
	void *ctx;
	char text[PROMPT_BYTES];
	size_t len, cursor;	/* bytes */
	size_t history_at;	/* line shown; line.n: the one being typed */
	char typed[PROMPT_BYTES]; /* it, while history shows others */
	size_t typed_len;
	struct shell_completion completion;
	size_t candidate_at; /* shown one; candidate.n: none yet */
	bool is_completing;
};

/* Opens it with a text to begin with; borrows label and history. */
void prompt_open(struct prompt *p, const char *label, struct str text,
		 struct shell_history *history);
void prompt_close(struct prompt *p);
void prompt_release(struct prompt *p);

static inline struct str prompt_text(const struct prompt *p)
{
	return (struct str){ p->text, p->len };
}

/* Is there anything to complete with, or an earlier line: does the action do something? */
bool prompt_offers(const struct prompt *p, enum action action);

enum prompt_result prompt_key(struct prompt *p, uint32_t key, bool is_pasted);

/* On the last row of a; candidates on the row above it. */
void prompt_draw(const struct prompt *p, struct area a);

#endif
