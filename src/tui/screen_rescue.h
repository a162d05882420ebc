/*
 * The terminal is given back however the program ends.
 *
 * Lives here: handlers of signals and crashes; the signals that the loop is to hear of, as numbers
 * through a pipe.
 * Not here: what the loop does about them (tui/screen.c).
 *
 * A handler cannot be given an argument, so this is the one place with state of its own: one terminal
 * at a time.
 */
#ifndef TUI_SCREEN_RESCUE_H
#define TUI_SCREEN_RESCUE_H

#include "base/error.h"

#include <signal.h>
#include <stdbool.h>

enum {
	SCREEN_SIGNALS = 12, /* that have handlers while the screen is open */
};

/* Remembers the modes of the terminal as it is now.  ERR_IO, ERR_UNSUPPORTED. */
bool rescue_open(int out_fd, struct error *err);

/* What makes the terminal as it was: a capability, without its padding "$<5>".  Harmless on NULL. */
void rescue_add(const char *text);

/* Between these two the terminal is ours, and is given back by whatever ends the program. */
void rescue_arm(struct sigaction old[SCREEN_SIGNALS]);
void rescue_disarm(const struct sigaction old[SCREEN_SIGNALS]);

/* Readable when a signal came. */
int rescue_fd(void);
/* The next signal that came; false: none. */
bool rescue_next(int *number);

#endif
