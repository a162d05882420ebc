/*
 * Files that appear whole or not at all.
 *
 * Lives here: O_TMPFILE, and what stands in for it.
 */
#include "config.h"

#include "base/newfile.h"

#include "base/golike.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	NUMBERS_MOST = 9999,
	NAMES_MOST = 100, /* tried for the moment between two names */
	LINKS_MOST = 40,  /* one to another; as many as Linux follows */
	CHUNK_BYTES = 1 << 16,
};

static bool open_failed(struct error *err, const char *path)
{
	char why[128];

	if (errno == ENOMEM)
		return error_nomem(err, "file name");
	go_errno_text(errno, why, sizeof(why));
	return error_set(err, ERR_IO, "open %s: %s", path, why);
}

/* asprintf() that gives NULL. */
__attribute__((format(printf, 1, 2))) static char *text(const char *fmt, ...)
{
	va_list ap;
	char *s;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	if (n >= 0)
		return s;
	errno = ENOMEM;
	return NULL;
}

static int folder_bytes(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (int)(slash - path + 1) : 0;
}

/* What a link at path names, seen from where path is seen from. */
static char *follow(const char *path)
{
	char to[4096];
	ssize_t n = readlink(path, to, sizeof(to) - 1);

	if (n < 0)
		return NULL;
	to[n] = '\0';
	return to[0] == '/' ? text("%s", to) : text("%.*s%s", folder_bytes(path), path, to);
}

/* The place behind all links; there need be nothing.  NULL: errno says why. */
static char *resolve(const char *path)
{
	char *at = text("%s", path), *next;

	for (int i = 0; at && i < LINKS_MOST; i++) {
		next = follow(at);
		if (!next)
			return at;
		free(at);
		at = next;
	}
	if (at)
		errno = ELOOP;
	free(at);
	return NULL;
}

/* A file in the folder of path that no name leads to. */
static int open_unnamed(const char *path)
{
#ifdef O_TMPFILE
	int n = folder_bytes(path), fd = -1;
	char *folder = n ? text("%.*s", n, path) : text(".");

	/* By that it gets its name in the end. */
	if (folder && access("/proc/self/fd", X_OK) == 0)
		fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	free(folder);
	return fd;
#else
	(void)path;
	return -1;
#endif
}

static bool open_new(struct newfile *f, mode_t mode)
{
	f->fd = open_unnamed(f->path);
	if (f->fd < 0) {
		f->tmp_path = text("%s.XXXXXX", f->path);
		if (!f->tmp_path)
			return false;
		f->fd = mkstemp(f->tmp_path);
		if (f->fd < 0) {
			free(f->tmp_path);
			f->tmp_path = NULL;
			return false;
		}
	}
	(void)fchmod(f->fd, mode);
	return true;
}

/* Where the folder takes no new file: one without a name among the temporary ones. */
static bool open_aside(struct newfile *f)
{
	const char *folder = getenv("TMPDIR");
	char *path = text("%s/cpprof-view.XXXXXX", folder && *folder ? folder : "/tmp");

	if (!path)
		return false;
	f->is_aside = true;
	f->fd = open_unnamed(path);
	if (f->fd < 0) {
		f->fd = mkstemp(path);
		if (f->fd >= 0)
			(void)unlink(path);
	}
	free(path);
	return f->fd >= 0;
}

static mode_t usual_mode(void)
{
	mode_t mask = umask(0);

	(void)umask(mask);
	return 0666 & ~mask;
}

static bool open_at(struct newfile *f)
{
	struct stat st;
	bool is_there = stat(f->path, &st) == 0;

	if (!is_there)
		return open_new(f, usual_mode());
	if (S_ISREG(st.st_mode) && access(f->path, W_OK) == 0)
		return open_new(f, st.st_mode & 07777) || open_aside(f);
	f->is_direct = true;
	f->fd = open(f->path, O_WRONLY | O_CLOEXEC);
	return f->fd >= 0;
}

bool newfile_open(struct newfile *f, const char *path, struct error *err)
{
	*f = (struct newfile)NEWFILE_INIT;
	f->path = resolve(path);
	if (f->path && open_at(f))
		return true;
	(void)open_failed(err, path);
	newfile_release(f);
	return false;
}

bool newfile_open_numbered(struct newfile *f, const char *stem, const char *suffix, struct error *err)
{
	*f = (struct newfile)NEWFILE_INIT;
	f->path = text("%s", stem);
	f->suffix = text("%s", suffix);
	if (f->path && f->suffix && open_new(f, usual_mode()))
		return true;
	(void)open_failed(err, stem);
	newfile_release(f);
	return false;
}

/* ---- giving it its name ---- */

/* True: it is there under that name too, which was free. */
static bool give_name(const struct newfile *f, const char *path)
{
	char by_fd[64];

	if (f->tmp_path)
		return link(f->tmp_path, path) == 0;
	(void)snprintf(by_fd, sizeof(by_fd), "/proc/self/fd/%d", f->fd);
	return linkat(AT_FDCWD, by_fd, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0;
}

static bool publish_numbered(struct newfile *f)
{
	for (int i = 1; i <= NUMBERS_MOST; i++) {
		char *path = text("%s%03d%s", f->path, i, f->suffix);

		if (path && give_name(f, path)) {
			free(f->path);
			f->path = path;
			return true;
		}
		free(path);
		if (!path || errno != EEXIST)
			return false;
	}
	return false;
}

/* A name of its own beside its place, from where it can be moved there. */
static bool give_tmp_path(struct newfile *f)
{
	for (int i = 0; i < NAMES_MOST; i++) {
		char *path = text("%s.%ld-%d", f->path, (long)getpid(), i);

		if (path && give_name(f, path)) {
			f->tmp_path = path;
			return true;
		}
		free(path);
		if (!path || errno != EEXIST)
			return false;
	}
	return false;
}

/* ---- writing over what is there ---- */

static bool copy_all(int from, int to, off_t size)
{
	char chunk[CHUNK_BYTES];

	for (off_t at = 0; at < size;) {
		ssize_t n = pread(from, chunk, sizeof(chunk), at);

		if (n > 0)
			n = pwrite(to, chunk, (size_t)n, at);
		if (n == 0)
			errno = EIO;
		if (n == 0 || (n < 0 && errno != EINTR))
			return false;
		at += n > 0 ? n : 0;
	}
	return ftruncate(to, size) == 0;
}

/* Room for all of it first: a full disk is told before anything has changed. */
static bool reserve(int to, off_t size)
{
#ifdef FALLOC_FL_KEEP_SIZE
	if (size && fallocate(to, FALLOC_FL_KEEP_SIZE, 0, size) != 0 && errno != EOPNOTSUPP)
		return false;
#endif
	return true;
}

/* No signal comes between the first byte and the last. */
static bool write_over(const struct newfile *f)
{
	sigset_t all, before;
	off_t size = lseek(f->fd, 0, SEEK_END);
	int to = size < 0 ? -1 : open(f->path, O_WRONLY | O_CLOEXEC), why;

	if (to < 0)
		return false;
	(void)sigfillset(&all);
	(void)sigprocmask(SIG_SETMASK, &all, &before);
	why = reserve(to, size) && copy_all(f->fd, to, size) ? 0 : errno;
	if (close(to) != 0 && !why)
		why = errno;
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	errno = why;
	return !why;
}

static bool publish_there(struct newfile *f)
{
	if (!f->tmp_path && give_name(f, f->path))
		return true;
	if (!f->tmp_path && (errno != EEXIST || !give_tmp_path(f)))
		return false;
	/* A file of somebody else, in a folder where everybody has his own, may be writable all the same. */
	if (rename(f->tmp_path, f->path) != 0)
		return (errno == EPERM || errno == EACCES) && write_over(f);
	free(f->tmp_path);
	f->tmp_path = NULL;
	return true;
}

bool newfile_publish(struct newfile *f)
{
	int fd = f->fd;
	bool ok = f->is_direct  ? true
		  : f->suffix   ? publish_numbered(f)
		  : f->is_aside ? write_over(f)
				: publish_there(f);

	if (!ok)
		return false;
	f->fd = -1;
	return close(fd) == 0;
}

void newfile_release(struct newfile *f)
{
	if (f->fd >= 0)
		(void)close(f->fd);
	if (f->tmp_path)
		(void)unlink(f->tmp_path);
	free(f->tmp_path);
	free(f->suffix);
	free(f->path);
	*f = (struct newfile)NEWFILE_INIT;
}
