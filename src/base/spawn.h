/*
 * Child processes.
 *
 * Lives here: the only fork and exec: an argument vector, never a shell line; children whose answer is
 * waited for.
 * Not here: which program; a caller who wants a shell names it in argv.
 */
#ifndef BASE_SPAWN_H
#define BASE_SPAWN_H

#include "base/cancel.h"
#include "base/error.h"
#include "base/out.h"
#include "base/str.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

/* A running child.  Ends with spawn_close(). */
struct spawn {
	pid_t pid;
	int in_fd; /* its standard input, ours to write; -1 once closed */
	struct sigaction old_pipe;
};

/* What becomes the child's output; -1: what is ours. */
struct spawn_files {
	int out_fd, err_fd;
};

/*
 * Starts argv[0] (searched in PATH), argv ends with NULL.  Until spawn_close() a write to
 * a child that has gone is an error (EPIPE), no signal.  ERR_NOTFOUND or ERR_IO in Go's words:
 * exec: "dot": executable file not found in $PATH.
 */
bool spawn_open(struct spawn *s, const char *const argv[], struct spawn_files files, struct error *err);

/*
 * Closes its input and waits for it.  False: it failed, ERR_IO "exit status 1" or
 * "signal: killed".
 */
bool spawn_close(struct spawn *s, struct error *err);

/* Its input does not block any more: what it does not take at once is EAGAIN. */
void spawn_unblock(struct spawn *s);

/*
 * As spawn_close(); once cancel is raised, the child is told to end, and killed if it does not.
 */
bool spawn_close_or_stop(struct spawn *s, const struct cancel *cancel, struct error *err);

/* Closes its input and lets it run on by itself. */
void spawn_leave(struct spawn *s);

/*
 * Runs argv to its end with a terminal for itself: in_fd is its input, out_fd its output.  What is
 * typed to interrupt it is not for us meanwhile.  Errors as of spawn_open() and spawn_close().
 */
bool spawn_attended(const char *const argv[], int in_fd, int out_fd, struct error *err);

/*
 * Whether argv[0] would be found: a file in PATH, or the file itself if its name has a slash, that may be
 * executed.
 */
bool spawn_exists(const char *name);

/*
 * base/spawn_filter.c: runs argv on input to its end; what it writes is appended to output.  On failure the error has
 * the last line of what it said, and output nothing.
 */
bool spawn_filter(const char *const argv[], struct str input, struct out *output, struct error *err);

#endif
