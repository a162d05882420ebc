/*
 * Blob: the whole of an input in memory.
 *
 * Lives here: reading a file, a pipe or standard input; memory that grows without copying and
 * goes back to the system from the front while the bytes are used up.
 * Not here: compression (base/gzip.h), names that are not files (fetch/).
 */
#ifndef BASE_BLOB_H
#define BASE_BLOB_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Owns its pages.  Moves like a plain value: the last holder releases it. */
struct blob {
	uint8_t *ptr;
	size_t len;
	size_t cap;  /* bytes of address space; pages appear when they are written */
	size_t gone; /* bytes in front that were given back and read as zero */
};

#define BLOB_INIT { .ptr = NULL, .len = 0, .cap = 0, .gone = 0 }

static inline struct bytes blob_bytes(const struct blob *b)
{
	return (struct bytes){ b->ptr ? b->ptr : (const uint8_t *)"", b->len };
}

/*
 * Room for cap bytes in all; what is there stays, but may move.  False: no memory, and the blob
 * is as it was.
 */
bool blob_reserve(struct blob *b, size_t cap);

/* Gives the memory behind the last byte back. */
void blob_fit(struct blob *b);

/*
 * The bytes before offset `upto` will not be read again: their whole pages go back to the
 * system.  Offsets only grow; cheap to call often.
 */
void blob_discard_front(struct blob *b, size_t upto);

/*
 * Moves the memory of [from, from + n), which will not be read again, to where nothing has been written yet, without a
 * copy.  All are multiples of BLOB_MOVE_BYTES below cap.  False: the system cannot, and all is as it was.
 */
bool blob_move(struct blob *b, size_t from, size_t to, size_t n);

enum { BLOB_MOVE_BYTES = 1 << 21 }; /* a large page: moved in one step */

/* Harmless on BLOB_INIT and twice. */
void blob_release(struct blob *b);

/*
 * All of the file `path`; "-" is standard input.  A pipe is read to its end.  Errors in the
 * reference's words: "stat PATH: no such file or directory" (ERR_NOTFOUND), "read PATH: is a
 * directory", "open PATH: permission denied" (ERR_IO); ERR_LIMIT past the ceilings of
 * base/limits.h; ERR_NOMEM.  On failure *b is empty.
 */
bool blob_read_file(struct blob *b, const char *path, struct error *err);

/* What can still be read from fd, at most `largest` bytes; `name` is for messages. */
bool blob_read_fd(struct blob *b, int fd, uint64_t largest, const char *name, struct error *err);

#endif
