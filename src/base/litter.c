/*
 * Files that must not outlive this process.
 *
 * Lives here: making one, and the child that removes it.  The child holds the reading end of a
 * pipe whose writing end is ours alone: when we are gone, in whatever way, it reads the end of
 * the pipe.
 */
#include "config.h"

#include "base/litter.h"

#include "base/golike.h"
#include "base/out.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static bool failed(struct error *err, const char *what)
{
	char why[128];

	go_errno_text(errno, why, sizeof(why));
	return error_set(err, ERR_IO, "%s: %s", what, why);
}

/* In the child; only what is safe after fork. */
static void wait_for_end(const char *path, int fd)
{
	char byte;
	ssize_t n;

	/* What ends the others in this terminal is not for us. */
	(void)setsid();
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGTERM, SIG_IGN);
	(void)signal(SIGHUP, SIG_IGN);
	do
		n = read(fd, &byte, 1);
	while (n > 0 || (n < 0 && errno == EINTR));
	(void)unlink(path);
	_exit(0);
}

static bool watch(struct litter *l, struct error *err)
{
	int end[2];

	if (pipe2(end, O_CLOEXEC) != 0)
		return failed(err, "pipe");
	l->pid = fork();
	if (l->pid == 0) {
		(void)close(end[1]);
		wait_for_end(l->path, end[0]);
	}
	(void)close(end[0]);
	l->fd = end[1];
	return l->pid > 0 || failed(err, "fork");
}

static bool write_text(int fd, struct str text, struct error *err)
{
	struct out out;

	out_open_fd(&out, fd);
	out_bytes(&out, text.ptr, text.len);
	return out_close(&out, err);
}

bool litter_make(struct litter *l, const char *stem, const char *suffix, struct str text,
		 struct error *err)
{
	const char *folder = getenv("TMPDIR");
	bool ok;
	int fd;

	*l = (struct litter)LITTER_INIT;
	if (asprintf(&l->path, "%s/%s-XXXXXX%s", folder && *folder ? folder : "/tmp", stem,
		     suffix) < 0) {
		l->path = NULL;
		return error_nomem(err, "file name");
	}
	fd = mkstemps(l->path, (int)strlen(suffix));
	if (fd < 0) {
		ok = failed(err, l->path);
		free(l->path);
		l->path = NULL;
		return ok;
	}
	ok = watch(l, err) && write_text(fd, text, err);
	(void)close(fd);
	if (!ok)
		litter_release(l);
	return ok;
}

void litter_release(struct litter *l)
{
	if (l->path)
		(void)unlink(l->path);
	if (l->fd >= 0)
		(void)close(l->fd);
	while (l->pid > 0 && waitpid(l->pid, NULL, 0) < 0 && errno == EINTR)
		continue;
	free(l->path);
	*l = (struct litter)LITTER_INIT;
}
