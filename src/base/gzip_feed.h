/*
 * Inflating piece by piece.
 *
 * Lives here: a gzip file as a feed, so that one processor inflates while others read what is there.
 * Not here: files that are small, not gzip, or in any way broken: those are read whole (base/blob.h) and
 * inflated whole (base/gzip.h), which says what is wrong.
 */
#ifndef BASE_GZIP_FEED_H
#define BASE_GZIP_FEED_H

#include "base/feed.h"

/*
 * The inflated content of a file; end it with gzip_feed_close().  NULL: it is not one for this way, or there is
 * one processor only, or no library that inflates in pieces as fast as in one.  A pipe is not touched.
 */
struct feed *gzip_feed_open(const char *path);

/* Harmless on NULL. */
void gzip_feed_close(struct feed *f);

#endif
