/*
 * Output: the one way to write bytes that somebody else reads.
 *
 * Lives here: buffered writing to a descriptor, to memory, or to a file that appears whole
 * or not at all; padding by code points; making names safe on a terminal.
 * Not here: escaping for a markup (base/markup.h); what to write.
 *
 * Writing never fails in the middle: an error is kept and out_close() tells it.
 */
#ifndef BASE_OUT_H
#define BASE_OUT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/newfile.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct cancel; /* base/cancel.h */

struct out {
	char *buf;
	size_t n, cap;
	int fd;		       /* -1: collects in memory */
	bool is_terminal;      /* text goes through term_safe() */
	bool is_broken;	       /* a write failed; what follows is dropped */
	int saved_errno;       /* of the first failed write */
	uint64_t total;	       /* bytes given so far */
	struct newfile file;   /* of out_open_file() and out_open_numbered() */
	int (*start)(void *ctx); /* of out_open_later() */
	void *start_ctx;
	void (*sink)(void *ctx, const void *p, size_t n); /* of out_open_sink() */
	void *sink_ctx;
	const struct cancel *cancel; /* once raised, what follows is dropped; may be NULL */
};

/* Collects in memory; out_text() gives it; out_release() frees it. */
void out_open_memory(struct out *o);

/* Writes to fd, which stays open after out_close().  Looks whether it is a terminal. */
void out_open_fd(struct out *o, int fd);

/*
 * Writes a file that appears at `path` in out_close(), whole (base/newfile.h).  What is not a regular
 * file (/dev/null, a pipe) is written directly.  ERR_IO with the system's reason in the reference's
 * form: "open PATH: no such file or directory".
 */
bool out_open_file(struct out *o, const char *path, struct error *err);

/* The same at the first of STEM001SUFFIX, STEM002SUFFIX, ... that is free in the end. */
bool out_open_numbered(struct out *o, const char *stem, const char *suffix, struct error *err);

/*
 * Writes to the descriptor that start(ctx) gives when the first bytes go out, at the latest in
 * out_close(); it stays open after that.  After out_release() it may never have been called.  -1 from
 * it (and errno) is an error like any other.  It must not be a terminal.
 */
void out_open_later(struct out *o, int (*start)(void *ctx), void *ctx);

/* Hands all bytes on in large pieces, at the latest in out_close(): to a compressor, say. */
void out_open_sink(struct out *o, void (*sink)(void *ctx, const void *p, size_t n), void *ctx);

/* Writes what is held back; nothing for memory. */
void out_flush(struct out *o);

/* Forgets what is held back, and any failure: for one that goes on after a report that did not. */
void out_recover(struct out *o);

/*
 * Writes what is left, moves a file into place, frees everything.  ERR_IO on any failure, ERR_CANCELLED
 * when that was raised.
 */
bool out_close(struct out *o, struct error *err);

/* The same for a file: *path, in the arena, is where it is then. */
bool out_close_file(struct out *o, struct arena *arena, struct str *path, struct error *err);

/* Frees everything and drops what was written to memory or to a file. */
void out_release(struct out *o);

/* Of out_open_memory(): all so far; borrowed until the next write. */
struct str out_text(const struct out *o);

/*
 * What follows is dropped, and out_close() tells errnum: for a writer in the middle of its text that
 * has no memory for the next piece.
 */
void out_break(struct out *o, int errnum);

/*
 * Whether what follows would be dropped: something is broken, or cancel is raised, which a loop that counts its
 * steps sees every few thousand of them.
 */
bool out_has_ended(const struct out *o, size_t step);

/* Bytes as they are, on a terminal too: for markup, escape sequences and binary formats. */
void out_bytes(struct out *o, const void *p, size_t n);

/* A literal: text of ours. */
#define out_lit(o, lit) out_bytes((o), "" lit, sizeof(lit) - 1)

void out_char(struct out *o, char c);

/* Text from outside: through term_safe() on a terminal, untouched elsewhere. */
void out_str(struct out *o, struct str s);

/* printf; the result counts as text from outside. */
void out_fmt(struct out *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

void out_i64(struct out *o, int64_t v);
/* As %#x in Go: "0x0" for zero. */
void out_hex(struct out *o, uint64_t v);

void out_spaces(struct out *o, size_t n);

/* Right-aligned (as %*s) or left-aligned (%-*s) in `width` code points; never cuts. */
void out_pad_left(struct out *o, struct str s, size_t width);
void out_pad_right(struct out *o, struct str s, size_t width);

#ifdef __cplusplus
}
#endif

#endif
