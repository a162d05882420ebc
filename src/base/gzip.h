/*
 * gzip: whole inputs in and streams out.
 *
 * Lives here: inflating with the reference's errors (spec/profile.md 1.2), deflating; zlib and
 * libdeflate behind one header.
 * Not here: what is inside; whether an input may be compressed at all (load/).
 */
#ifndef BASE_GZIP_H
#define BASE_GZIP_H

#include "base/blob.h"
#include "base/cursor.h"
#include "base/error.h"
#include "base/out.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* Real profiles, mostly, inflate to at most so many times their size. */
enum { GZIP_LIKELY_RATIO = 8 };

/* Whether the input begins as gzip does, and so must be inflated. */
bool gzip_is(struct bytes in);

/*
 * All members of in, one after the other, into *inflated, which the caller releases.  ERR_FORMAT
 * with Go's words: "unexpected EOF", "gzip: invalid header", "gzip: invalid checksum",
 * "flate: corrupt input before offset 123"; ERR_LIMIT past gzip_ceiling(), with a way around it; ERR_NOMEM.
 * On failure *inflated is empty.
 */
bool gzip_inflate(struct bytes in, struct blob *inflated, struct error *err);

/* Steps over the header of a member as Go does.  ERR_FORMAT in Go's words: cut short, or no header. */
bool gzip_read_header(struct cursor *c, struct error *err);

/* The most that an input of that many bytes may inflate to. */
uint64_t gzip_ceiling(size_t compressed_bytes);

/* The same with a ceiling of the caller. */
bool gzip_inflate_upto(struct bytes in, uint64_t largest, struct blob *inflated, struct error *err);

/* One member being written, byte for byte as Go's writer begins it. */
struct gzip_writer;

/* Borrows `to` until gzip_finish().  NULL with ERR_NOMEM. */
struct gzip_writer *gzip_writer_new(struct out *to, struct error *err);

void gzip_write(struct gzip_writer *w, const void *p, size_t n);

/* Writes what is left and frees w; errors of writing are kept by the out. */
void gzip_finish(struct gzip_writer *w);

#endif
