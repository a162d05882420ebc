/*
 * The prompt outside of the viewer.
 *
 * Lives here: the loop from one line to the next, on a terminal or from standard input.
 * Not here: what a line means (shell/shell.h), editing it (shell/editline.h).
 */
#ifndef SHELL_PROMPT_H
#define SHELL_PROMPT_H

#include "base/cancel.h"
#include "base/error.h"
#include "base/out.h"
#include "shell/shell.h"

#include <stdbool.h>

/*
 * Runs lines from standard input until it ends or one of them leaves.  With a terminal there, shows a prompt and edits
 * lines; without one, nothing but the greeting is added.  cancel is the shell's: it is lowered
 * before each line.  *is_empty: standard input ended before its first byte, and nothing was written.
 * What goes wrong in a line is told on notice and is no error; what is one: input cannot be read, or
 * output not written.
 */
bool shell_prompt(const struct shell *s, struct cancel *cancel, struct out *out, struct out *notice,
		  bool *is_empty, struct error *err);

#endif
