/*
 * Lines typed before.
 *
 * Lives here: keeping them between runs, in cpprof-view/history of the user's state directory.
 * Not here: moving through them with keys (editline.c, the viewer).
 */
#ifndef SHELL_HISTORY_H
#define SHELL_HISTORY_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

/* Oldest first.  Owns them.  Starts as zeros. */
struct shell_history {
	struct arena arena;
	VEC(struct str) line;
	struct str path; /* of the file; empty: lines are kept for this run alone */
};

/* Reads the file.  Where there is none, or it cannot be read, history begins empty. */
void shell_history_open(struct shell_history *h);

/*
 * Adds a line, to the file too (made for its owner alone).  Not when it is empty, the last one again, or no
 * text.  A file that cannot be written is no error: nobody waits for it.
 */
void shell_history_add(struct shell_history *h, struct str line);

void shell_history_release(struct shell_history *h);

#endif
