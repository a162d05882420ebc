/*
 * The user's editor.
 *
 * Lives here: which program it is, and how it is told a line.
 * Not here: running it on the terminal (struct ui_terminal), which file (the views).
 */
#ifndef TUI_EDITOR_H
#define TUI_EDITOR_H

#include "base/arena.h"
#include "base/str.h"
#include "tui/ui.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	EDITOR_WORDS = 20, /* of the command, the file and its line included; and NULL behind them */
};

/*
 * The words to run: command, as $VISUAL has it, is cut at blanks; no shell reads it, nor the path.
 * line 0: none.  In the arena; false: no memory, or too many words.
 */
bool editor_words(struct str command, struct str path, int64_t line, struct arena *arena,
		  const char *word[EDITOR_WORDS + 1]);

/* Edits it with $VISUAL, $EDITOR or vi, and waits for the end of that.  What goes wrong ui says. */
void editor_open(struct ui *ui, struct str path, int64_t line);

#endif
