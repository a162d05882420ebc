/*
 * Program text: the files that functions were compiled from.
 *
 * Lives here: shortening the paths that compilers wrote, finding the files here, their lines
 * (spec/reports.md 17).
 * Not here: what is shown of the text (report/list.c).
 *
 * Paths come from profiles.  Only regular files are read, no more of them than base/limits.h
 * says; their bytes are text of others and go out as such.
 */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * path without the part that belongs to the machine it was compiled on: behind the name of one
 * of the directories in search, when trim is empty, or behind one of the prefixes in
 * trim.  Both are lists with ':' between; search is the option source_path, or the current
 * directory when a file is to be opened.  A view of path.
 */
struct str source_trim_path(struct str path, struct str trim, struct str search);

/* Owns the bytes of the files; lines are views into it.  Failures are remembered as well. */
struct source_cache;

/*
 * trim_path and source_path are the options; an empty source_path is the current directory of
 * now.  NULL with ERR_NOMEM.
 */
struct source_cache *source_cache_new(struct str trim_path, struct str source_path, struct error *err);

/* Harmless on NULL. */
void source_cache_free(struct source_cache *c);

struct source_file {
	struct str path;   /* that was opened */
	size_t n_line;
	const uint32_t *start; /* offset of each line, and one more behind the last */
	const char *text;
};

/*
 * The file behind a path of a profile, read at the first call.  Lives as long as the cache.  NULL with the
 * reference's words: ERR_NOTFOUND "could not find file a.c on path /home/me", ERR_IO
 * "open /a.c: permission denied", ERR_LIMIT, ERR_NOMEM.
 */
const struct source_file *source_open(struct source_cache *c, struct str path, struct error *err);

/* Whether source_open() was asked for it before. */
bool source_is_known(const struct source_cache *c, struct str path);

/*
 * Line number `line`, from 1 on, without its end; ptr NULL where there is no such line.  Lines
 * end before the first one of 64 KiB.
 */
struct str source_line(const struct source_file *f, int64_t line);

#endif
