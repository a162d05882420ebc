/*
 * Where the text of a line goes.
 *
 * Lives here: files, numbered files, and commands of the user behind a "|".
 *
 * What follows a "|" is a line for the user's shell by intent, as after ":!" in vi: quotes,
 * variables and further pipes are expected to work there.  So $SHELL -c runs it, and the line is one
 * argument of that; no other text of ours is ever given to a shell.
 */
#include "config.h"

#include "shell/internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *user_shell(void)
{
	const char *shell = getenv("SHELL");

	return shell && shell[0] == '/' && access(shell, X_OK) == 0 ? shell : "/bin/sh";
}

/* The child writes where our reader sees it: to the same descriptor, or to a file that is read when it ends. */
static int start_pipe(void *ctx)
{
	struct target *t = ctx;
	const char *const argv[] = { user_shell(), "-c", t->pipe.ptr, NULL };
	struct spawn_files files = { -1, -1 };

	if (t->to->fd >= 0) {
		out_flush(t->to);
		files.out_fd = t->to->fd;
	} else {
		t->spool = tmpfile();
		if (!t->spool)
			return -1;
		files.out_fd = files.err_fd = fileno(t->spool);
	}
	if (spawn_open(&t->child, argv, files, &t->start_err)) {
		if (t->spool)
			spawn_unblock(&t->child);
		return t->child.in_fd;
	}
	errno = ECHILD;
	return -1;
}

static bool open_pipe(struct target *t, struct call *c, struct error *err)
{
	if (!(c->shell->flags & SHELL_MAY_RUN))
		return error_set(err, ERR_USAGE, "commands cannot be run from here");
	t->pipe = arena_str(c->arena, t->pipe); /* with a NUL behind it */
	if (!t->pipe.ptr)
		return error_nomem(err, "command");
	out_open_later(&t->own, start_pipe, t);
	return true;
}

static bool open_file(struct target *t, struct call *c, struct str path, const char *suffix, struct error *err)
{
	struct str z;

	if (!(c->shell->flags & SHELL_MAY_WRITE))
		return error_set(err, ERR_USAGE, "files cannot be written from here");
	t->notice = c->notice;
	if (path.len) {
		z = arena_str(c->arena, path);
		return z.ptr ? out_open_file(&t->own, z.ptr, err) : error_nomem(err, "file name");
	}
	z = arena_fmt(c->arena, ".%s", suffix);
	return z.ptr ? out_open_numbered(&t->own, "profile", z.ptr, err) : error_nomem(err, "file name");
}

bool target_open(struct target *t, struct call *c, const struct command *cmd, struct out *out, const char *suffix,
		 struct error *err)
{
	bool ok = true;

	*t = (struct target){ .out = out, .to = out, .pipe = cmd->pipe, .child = { .pid = -1, .in_fd = -1 } };
	if (cmd->pipe.ptr && cmd->output.len)
		return error_set(err, ERR_USAGE, "either > FILE or | COMMAND, not both");
	t->is_own = cmd->pipe.ptr || cmd->output.len || suffix;
	if (cmd->pipe.ptr)
		ok = open_pipe(t, c, err);
	else if (t->is_own)
		ok = open_file(t, c, cmd->output, suffix, err);
	if (t->is_own)
		t->out = &t->own;
	t->out->cancel = t->cancel = c->shell->cancel;
	return ok;
}

static void copy_spool(struct target *t)
{
	char buf[4096];
	size_t n;

	if (fseek(t->spool, 0, SEEK_SET) == 0)
		while ((n = fread(buf, 1, sizeof(buf), t->spool)) > 0)
			out_str(t->to, (struct str){ buf, n });
	(void)fclose(t->spool);
}

/* One that is on the terminal too hears of Ctrl-C by itself, and may have its own use for it, as less has. */
static bool end_child(struct target *t, struct error *err)
{
	return t->spool ? spawn_close_or_stop(&t->child, t->cancel, err) : spawn_close(&t->child, err);
}

static bool close_pipe(struct target *t, struct error *err)
{
	struct error child_err = ERROR_INIT;
	bool ok;

	out_flush(&t->own);
	/* A reader may have seen enough, as head has. */
	if (t->own.is_broken && t->own.saved_errno == EPIPE)
		out_recover(&t->own);
	ok = out_close(&t->own, err);
	if (t->start_err.code != ERR_NONE)
		*err = t->start_err;
	if (!end_child(t, &child_err) && ok)
		ok = cancel_is_raised(t->cancel) ?
			     error_set(err, ERR_CANCELLED, "interrupted") :
			     error_set(err, child_err.code, "%.*s: %s", STR_FMT(t->pipe), child_err.msg);
	if (t->spool)
		copy_spool(t);
	return ok;
}

bool target_close(struct target *t, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	struct str path;
	bool ok;

	if (!t->is_own) {
		ok = !cancel_is_raised(t->out->cancel) || error_set(err, ERR_CANCELLED, "interrupted");
		t->out->cancel = NULL;
		return ok;
	}
	if (t->pipe.ptr)
		return close_pipe(t, err);
	ok = out_close_file(&t->own, &scratch, &path, err);
	if (ok)
		out_fmt(t->notice, "Generating report in %.*s\n", STR_FMT(path));
	arena_release(&scratch);
	return ok;
}

void target_drop(struct target *t)
{
	struct error ignored = ERROR_INIT;

	if (!t->is_own) {
		t->out->cancel = NULL;
		return;
	}
	out_release(&t->own);
	(void)end_child(t, &ignored);
	if (t->spool)
		(void)fclose(t->spool);
}
