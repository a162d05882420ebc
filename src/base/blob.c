/*
 * Blob: the whole of an input in memory.
 *
 * Lives here: pages from the system, and reading into them.  Files are read, not mapped: a file
 * that shrinks while it is mapped would kill us.
 */
#include "config.h"

#include "base/blob.h"

#include "base/golike.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	FIRST_BYTES = 1 << 16,
	DISCARD_BYTES = 1 << 21, /* less is not worth a system call, and breaks large pages */
	HUGE_BYTES = 1 << 21,	 /* from here on large pages: fewer faults */
};

static size_t page_bytes(void)
{
	long n = sysconf(_SC_PAGESIZE);

	return n > 0 ? (size_t)n : 4096;
}

/* Fresh zero pages; NULL: none to be had. */
static uint8_t *pages_new(size_t cap)
{
	void *p = mmap(NULL, cap, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
		       -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

static uint8_t *pages_grow(struct blob *b, size_t cap)
{
#ifdef MREMAP_MAYMOVE
	void *p = b->ptr ? mremap(b->ptr, b->cap, cap, MREMAP_MAYMOVE) : pages_new(cap);

	return p == MAP_FAILED ? NULL : p;
#else
	uint8_t *p = pages_new(cap);

	if (p && b->ptr) {
		memcpy(p, b->ptr, b->len);
		(void)munmap(b->ptr, b->cap);
	}
	return p;
#endif
}

bool blob_reserve(struct blob *b, size_t cap)
{
	size_t page = page_bytes();
	uint8_t *p;

	if (cap <= b->cap)
		return true;
	if (cap > SIZE_MAX / 2)
		return false;
	/* Large pages lie at multiples of their size, and so do areas that are a multiple of it long. */
	page = cap >= HUGE_BYTES ? HUGE_BYTES : page;
	cap = (cap + page - 1) / page * page;
	p = pages_grow(b, cap);
	if (!p)
		return false;
	b->ptr = p;
	b->cap = cap;
#ifdef MADV_HUGEPAGE
	if (cap >= HUGE_BYTES)
		(void)madvise(p, cap, MADV_HUGEPAGE);
#endif
	return true;
}

void blob_fit(struct blob *b)
{
	size_t page = page_bytes(), keep = (b->len + page - 1) / page * page;

	if (keep == 0)
		blob_release(b);
	else if (keep < b->cap && munmap(b->ptr + keep, b->cap - keep) == 0)
		b->cap = keep;
}

void blob_discard_front(struct blob *b, size_t upto)
{
	size_t page = page_bytes();

	if (upto > b->len)
		upto = b->len;
	upto = upto / page * page;
	if (upto < b->gone + DISCARD_BYTES)
		return;
	if (madvise(b->ptr + b->gone, upto - b->gone, MADV_DONTNEED) == 0)
		b->gone = upto;
}

bool blob_move(struct blob *b, size_t from, size_t to, size_t n)
{
#ifdef MREMAP_DONTUNMAP
	/* The address space behind stays ours: nobody else may get it before blob_release(). */
	return mremap(b->ptr + from, n, n, MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP, b->ptr + to) != MAP_FAILED;
#else
	(void)b;
	(void)from;
	(void)to;
	(void)n;
	return false;
#endif
}

void blob_release(struct blob *b)
{
	if (b->ptr)
		(void)munmap(b->ptr, b->cap);
	*b = (struct blob)BLOB_INIT;
}

static bool fail(struct blob *b, enum error_code code, const char *step, const char *name,
		 struct error *err)
{
	char why[128];

	go_errno_text(errno, why, sizeof(why));
	blob_release(b);
	return error_set(err, code, "%s %s: %s", step, name, why);
}

/* One more byte of room than there is, or more. */
static bool make_room(struct blob *b)
{
	return b->len < b->cap || blob_reserve(b, b->cap ? b->cap * 2 : FIRST_BYTES);
}

bool blob_read_fd(struct blob *b, int fd, uint64_t largest, const char *name, struct error *err)
{
	enum { CHUNK_BYTES = 1 << 30 }; /* systems read at most 2 GB in one call */
	ssize_t n;

	do {
		size_t room;

		if (!make_room(b)) {
			blob_release(b);
			return error_nomem(err, name);
		}
		room = b->cap - b->len;
		n = read(fd, b->ptr + b->len, room < CHUNK_BYTES ? room : CHUNK_BYTES);
		if (n < 0 && errno != EINTR)
			return fail(b, ERR_IO, "read", name, err);
		b->len += n > 0 ? (size_t)n : 0;
		if (b->len > largest) {
			blob_release(b);
			return error_set(err, ERR_LIMIT, "read %s: more than %llu bytes", name,
					 (unsigned long long)largest);
		}
	} while (n != 0);
	blob_fit(b);
	return true;
}

static bool read_open(struct blob *b, int fd, const struct stat *st, const char *name,
		      struct error *err)
{
	bool is_device = S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode);

	if (S_ISDIR(st->st_mode)) {
		blob_release(b);
		return error_set(err, ERR_IO, "read %s: is a directory; name a file in it", name);
	}
	/* The size and one byte, so that the end is seen without growing. */
	if (S_ISREG(st->st_mode) && st->st_size > 0 && (uint64_t)st->st_size <= LIMIT_INFLATED_BYTES &&
	    !blob_reserve(b, (size_t)st->st_size + 1))
		return error_nomem(err, name);
	return blob_read_fd(b, fd, is_device ? LIMIT_DEVICE_BYTES : LIMIT_INFLATED_BYTES, name, err);
}

bool blob_read_file(struct blob *b, const char *path, struct error *err)
{
	struct stat st;
	bool ok;
	int fd;

	*b = (struct blob)BLOB_INIT;
	if (strcmp(path, "-") == 0) {
		if (fstat(STDIN_FILENO, &st) != 0)
			return fail(b, ERR_IO, "read", "standard input", err);
		return read_open(b, STDIN_FILENO, &st, "standard input", err);
	}
	if (stat(path, &st) != 0)
		return fail(b, errno == ENOENT ? ERR_NOTFOUND : ERR_IO, "stat", path, err);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return fail(b, ERR_IO, "open", path, err);
	ok = fstat(fd, &st) == 0 ? read_open(b, fd, &st, path, err) : fail(b, ERR_IO, "stat", path, err);
	(void)close(fd);
	return ok;
}
