/*
 * Output: buffering, atomic files, padding.
 *
 * Lives here: the only writes to report descriptors.
 */
#include "config.h"

#include "base/out.h"

#include "base/cancel.h"
#include "base/golike.h"
#include "base/term.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER_BYTES = 1 << 16 };

void out_open_memory(struct out *o)
{
	*o = (struct out){ .fd = -1 };
}

void out_open_fd(struct out *o, int fd)
{
	*o = (struct out){ .fd = fd, .is_terminal = isatty(fd) == 1 };
}

void out_open_later(struct out *o, int (*start)(void *ctx), void *ctx)
{
	*o = (struct out){ .fd = -1, .start = start, .start_ctx = ctx };
}

void out_open_sink(struct out *o, void (*sink)(void *ctx, const void *p, size_t n), void *ctx)
{
	*o = (struct out){ .fd = -1, .sink = sink, .sink_ctx = ctx };
}

bool out_open_file(struct out *o, const char *path, struct error *err)
{
	*o = (struct out){ .fd = -1 };
	if (!newfile_open(&o->file, path, err))
		return false;
	o->fd = o->file.fd;
	return true;
}

bool out_open_numbered(struct out *o, const char *stem, const char *suffix, struct error *err)
{
	*o = (struct out){ .fd = -1 };
	if (!newfile_open_numbered(&o->file, stem, suffix, err))
		return false;
	o->fd = o->file.fd;
	return true;
}

static void fail(struct out *o, int errnum)
{
	o->is_broken = true;
	o->saved_errno = errnum;
}

static bool is_stream(const struct out *o)
{
	return o->fd >= 0 || o->start || o->sink;
}

static void start(struct out *o)
{
	o->fd = o->start(o->start_ctx);
	if (o->fd < 0)
		fail(o, errno);
	o->start = NULL;
}

/* Of one that does not block; for a while, so that cancel is seen. */
static bool wait_for_room(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };
	enum { LOOK_MS = 50 };

	return poll(&p, 1, LOOK_MS) >= 0 || errno == EINTR;
}

static void write_all(struct out *o, const char *p, size_t n)
{
	if (!o->is_broken && o->start)
		start(o);
	while (n && !o->is_broken) {
		ssize_t did;

		if (cancel_is_raised(o->cancel)) {
			fail(o, ECANCELED);
			return;
		}
		if (o->sink) {
			o->sink(o->sink_ctx, p, n);
			return;
		}
		did = write(o->fd, p, n);
		if (did < 0 && (errno == EINTR || (errno == EAGAIN && wait_for_room(o->fd))))
			continue;
		if (did < 0) {
			fail(o, errno);
			return;
		}
		p += did;
		n -= (size_t)did;
	}
}

static void flush(struct out *o)
{
	write_all(o, o->buf, o->n);
	o->n = 0;
}

void out_flush(struct out *o)
{
	if (is_stream(o))
		flush(o);
}

void out_recover(struct out *o)
{
	o->n = 0;
	o->is_broken = false;
}

/* Room for n bytes in the buffer; a memory output grows, another one is flushed. */
static bool room(struct out *o, size_t n)
{
	size_t cap = o->cap ? o->cap : BUFFER_BYTES;
	char *buf;

	if (o->is_broken)
		return false;
	if (o->n + n <= o->cap)
		return true;
	if (is_stream(o) && o->cap)
		flush(o);
	else if (cancel_is_raised(o->cancel))
		fail(o, ECANCELED);
	while (cap < o->n + n)
		cap *= 2;
	if (cap == o->cap)
		return !o->is_broken;
	buf = realloc(o->buf, cap);
	if (!buf) {
		fail(o, ENOMEM);
		return false;
	}
	o->buf = buf;
	o->cap = cap;
	return !o->is_broken;
}

bool out_has_ended(const struct out *o, size_t step)
{
	return o->is_broken || (!(step & CANCEL_MASK) && cancel_is_raised(o->cancel));
}

void out_break(struct out *o, int errnum)
{
	if (!o->is_broken)
		o->saved_errno = errnum;
	o->is_broken = true;
}

void out_bytes(struct out *o, const void *p, size_t n)
{
	o->total += n;
	if (is_stream(o) && n > BUFFER_BYTES) {
		flush(o);
		write_all(o, p, n);
	} else if (n && room(o, n)) {
		memcpy(o->buf + o->n, p, n);
		o->n += n;
	}
}

void out_char(struct out *o, char c)
{
	out_bytes(o, &c, 1);
}

static void safe_str(struct out *o, struct str s)
{
	while (s.len) {
		char to[TERM_SAFE_LARGEST];
		size_t used, n = term_safe(s, true, to, &used);

		out_bytes(o, n ? to : s.ptr, n ? n : used);
		s = str_from_offset(s, used);
	}
}

void out_str(struct out *o, struct str s)
{
	if (o->is_terminal)
		safe_str(o, s);
	else
		out_bytes(o, s.ptr, s.len);
}

void out_fmt(struct out *o, const char *fmt, ...)
{
	char small[512], *text = small;
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	va_end(ap);
	if (n >= (int)sizeof(small)) {
		text = malloc((size_t)n + 1);
		if (text)
			(void)vsnprintf(text, (size_t)n + 1, fmt, again);
	}
	va_end(again);
	if (text && n > 0)
		out_str(o, (struct str){ text, (size_t)n });
	else if (n)
		fail(o, ENOMEM);
	if (text != small)
		free(text);
}

void out_i64(struct out *o, int64_t v)
{
	char digits[24], *p = digits + sizeof(digits);
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do {
		*--p = (char)('0' + u % 10);
		u /= 10;
	} while (u);
	if (v < 0)
		*--p = '-';
	out_bytes(o, p, (size_t)(digits + sizeof(digits) - p));
}

void out_hex(struct out *o, uint64_t v)
{
	char digits[24], *p = digits + sizeof(digits);

	do {
		*--p = "0123456789abcdef"[v & 15];
		v >>= 4;
	} while (v);
	out_lit(o, "0x");
	out_bytes(o, p, (size_t)(digits + sizeof(digits) - p));
}

void out_spaces(struct out *o, size_t n)
{
	static const char blanks[64] = "                                                               ";

	for (; n > 63; n -= 63)
		out_bytes(o, blanks, 63);
	out_bytes(o, blanks, n);
}

static size_t missing(struct str s, size_t width)
{
	size_t n = str_width_runes(s);

	return n < width ? width - n : 0;
}

void out_pad_left(struct out *o, struct str s, size_t width)
{
	out_spaces(o, missing(s, width));
	out_str(o, s);
}

void out_pad_right(struct out *o, struct str s, size_t width)
{
	out_str(o, s);
	out_spaces(o, missing(s, width));
}

struct str out_text(const struct out *o)
{
	return (struct str){ o->buf ? o->buf : "", o->n };
}

/* Why it failed; "write report.txt: no space left on device". */
static bool write_failed(const struct out *o, struct error *err)
{
	char why[128];

	if (o->saved_errno == ECANCELED)
		return error_set(err, ERR_CANCELLED, "interrupted");
	go_errno_text(o->saved_errno, why, sizeof(why));
	return error_set(err, ERR_IO, "write %s: %s", o->file.path ? o->file.path : "output", why);
}

static bool finish(struct out *o, struct error *err)
{
	out_flush(o);
	if (o->file.path && !o->is_broken && !newfile_publish(&o->file))
		fail(o, errno);
	return !o->is_broken || write_failed(o, err);
}

bool out_close(struct out *o, struct error *err)
{
	bool ok = finish(o, err);

	out_release(o);
	return ok;
}

bool out_close_file(struct out *o, struct arena *arena, struct str *path, struct error *err)
{
	bool ok = finish(o, err);

	*path = ok ? arena_str(arena, str_from(o->file.path)) : STR_EMPTY;
	out_release(o);
	return ok && (path->ptr || error_nomem(err, "file name"));
}

void out_release(struct out *o)
{
	if (o->file.path)
		newfile_release(&o->file);
	free(o->buf);
	*o = (struct out){ .fd = -1 };
}
