/*
 * Formats of profiles.
 *
 * Lives here: which decoder reads the bytes of a source.
 * Not here: the decoders (profile/), reading and inflating sources (load/load.c).
 */
#ifndef LOAD_FORMATS_H
#define LOAD_FORMATS_H

#include "base/error.h"
#include "base/str.h"
#include "profile/profile.h"

/*
 * The profile in an inflated input, by the first format that knows it; borrows the input for the
 * call, the caller frees the result.  done(ctx, upto), if not NULL, is told that bytes before
 * `upto` will not be read again.
 *
 * NULL with ERR_FORMAT and a whole message ("malformed profile: ...", "parsing profile: ..."), which
 * for bytes that no format knows says what they look like; ERR_LIMIT; ERR_NOMEM.
 */
struct profile *load_decode(struct bytes input, void (*done)(void *ctx, size_t upto), void *ctx,
			    struct error *err);

/* How much of an input's beginning tells what it is. */
enum { LOAD_HEAD_BYTES = 512 };

/*
 * Sets ERR_FORMAT: no format knows the input of `size` bytes that begins with head, what it looks
 * like and what can be done.  broken is what profile.proto's decoder said.
 */
void load_unrecognized(struct str head, size_t size, const struct error *broken, struct error *err);

/*
 * Adds to the words of a format that knows text, and stumbled, what the input looks like and what
 * can be done; nothing for a text of no kind we know.
 */
void load_tell_look(struct str head, size_t size, struct error *err);

#endif
