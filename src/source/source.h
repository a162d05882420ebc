/*
 * Program text: the files that functions were compiled from.
 *
 * Lives here: shortening the paths that compilers wrote, finding the files here, their lines
 * (spec/reports.md 17); directories that the user has named for paths of elsewhere.
 * Not here: what is shown of the text (report/list.c).
 *
 * Paths come from profiles.  Only regular files are read, no more of them than base/limits.h
 * says; their bytes are text of others and go out as such.
 */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "base/vec.h"

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

/* A file that was looked for, and what came of it: "no such file or directory". */
struct source_try {
	struct str path, why;
};

/* All that source_open() tried for a path before it gave up, in order, each once; none when it found it. */
size_t source_tried(const struct source_cache *c, struct str path, const struct source_try **tried);

/*
 * Files below `prefix` are below `dir` here.  A prefix ends in a slash; the empty one stands for all
 * paths that do not begin with one; one that is a whole path stands for that file, which dir is
 * then.
 */
struct source_place {
	struct str prefix, dir;
};

/* What the user has said of places, longest prefix first.  Owns it.  Starts as zeros. */
struct source_places {
	struct arena arena;
	VEC(struct source_place) place;
	struct str path; /* of the file that keeps them between runs, or empty */
};

/* Reads cpprof-view/source_places of the user's state directory, as far as it makes sense. */
void source_places_open(struct source_places *p);
void source_places_release(struct source_places *p);

/*
 * The user says that the file behind `path` is somewhere in `answer` (a directory, or the file itself):
 * looks for it there under as much of the end of its path as there is, and remembers the place, in
 * the file too.  *found in the arena.  False: ERR_NOTFOUND names what was tried, ERR_NOMEM.
 */
bool source_places_learn(struct source_places *p, struct str path, struct str answer, struct arena *arena,
			 struct str *found, struct error *err);

/* Where a path is by the i-th place; ptr NULL: it says nothing of it, or there is no memory. */
struct str source_place_path(const struct source_places *p, size_t i, struct str path, struct arena *arena);

/* From now on files are first looked for there.  Borrows it, until the cache is freed. */
void source_cache_use(struct source_cache *c, const struct source_places *places);

/*
 * Line number `line`, from 1 on, without its end; ptr NULL where there is no such line.  Lines
 * end before the first one of 64 KiB.
 */
struct str source_line(const struct source_file *f, int64_t line);

#endif
