/*
 * Program text: files found and kept.
 *
 * Lives here: where a file is looked for, and cutting it into lines.
 */
#include "config.h"

#include "source/source.h"

#include "base/arena.h"
#include "base/blob.h"
#include "base/golike.h"
#include "base/limits.h"
#include "base/strtab.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	TRIES_MAX = 1000, /* that are remembered of one path */
	LONGEST_LINE_BYTES = (64 << 10) - 1,
	PATH_BYTES = 4096, /* of the current directory */
};

/* What came of one path. */
struct entry {
	struct source_file file;
	struct blob bytes;
	VEC(uint32_t) start;
	enum error_code code; /* of the failure, or ERR_NONE */
	struct str message;
	VEC(struct source_try) tried; /* of a file that was not found */
};

struct source_cache {
	struct arena arena;
	struct str trim_path, search; /* search is never empty */
	const struct source_places *places; /* NULL: none */
	struct strtab paths;	      /* as asked for */
	VEC(struct entry *) entry;    /* by row of paths, which starts with "" */
	uint64_t n_bytes;	      /* of all files */
};

static bool init(struct source_cache *c, struct str trim_path, struct str source_path)
{
	char here[PATH_BYTES];
	bool is_here = source_path.len == 0;

	if (is_here)
		source_path = getcwd(here, sizeof(here)) ? str_from(here) : STR(".");
	c->trim_path = arena_str(&c->arena, trim_path);
	c->search = arena_str(&c->arena, source_path);
	return c->trim_path.ptr && c->search.ptr && strtab_init(&c->paths) && vec_push(&c->entry, NULL);
}

struct source_cache *source_cache_new(struct str trim_path, struct str source_path, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct source_cache *c = ARENA_ZERO(&arena, struct source_cache, 1);

	if (!c) {
		arena_release(&arena);
		error_nomem(err, "source files");
		return NULL;
	}
	c->arena = arena;
	if (init(c, trim_path, source_path))
		return c;
	source_cache_free(c);
	error_nomem(err, "source files");
	return NULL;
}

void source_cache_free(struct source_cache *c)
{
	struct arena arena;

	if (!c)
		return;
	for (size_t i = 0; i < c->entry.n; i++) {
		if (!c->entry.at[i])
			continue;
		blob_release(&c->entry.at[i]->bytes);
		vec_release(&c->entry.at[i]->start);
		vec_release(&c->entry.at[i]->tried);
	}
	vec_release(&c->entry);
	strtab_release(&c->paths);
	arena = c->arena; /* c lives in it */
	arena_release(&arena);
}

static bool fail_io(const char *step, struct str path, struct error *err)
{
	char why[128];

	go_errno_text(errno, why, sizeof(why));
	return error_set(err, ERR_IO, "%s %.*s: %s", step, STR_FMT(path), why);
}

/* -1 with errno.  Never waits for a pipe's writer. */
static int open_path(struct arena *a, struct str path)
{
	struct str z = arena_str(a, path);

	errno = z.ptr ? EINVAL : ENOMEM;
	if (!z.ptr || memchr(z.ptr, '\0', z.len))
		return -1;
	return open(z.ptr, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
}

static bool is_root(struct str dir)
{
	return str_eq(dir, STR("/")) || str_eq(dir, STR("."));
}

/* One file that is looked for: where, and what was tried so far. */
struct hunt {
	struct source_cache *c;
	struct entry *e;
	struct arena *scratch;
	struct str found; /* that was opened */
	bool is_broken;	  /* no memory */
};

/* What is not remembered for want of memory is not told. */
static void note_try(struct hunt *h, struct str path, int errnum)
{
	struct source_try t;
	char why[128];

	if (h->e->tried.n >= TRIES_MAX)
		return;
	for (size_t i = 0; i < h->e->tried.n; i++)
		if (str_eq(h->e->tried.at[i].path, path))
			return;
	go_errno_text(errnum, why, sizeof(why));
	t.path = arena_str(&h->c->arena, path);
	t.why = arena_str(&h->c->arena, str_from(why));
	if (t.path.ptr && t.why.ptr)
		(void)vec_push(&h->e->tried, t);
}

/* -1 with errno. */
static int try_path(struct hunt *h, struct str path)
{
	int fd = open_path(h->scratch, path), errnum = errno;

	h->found = path;
	h->is_broken |= fd < 0 && errnum == ENOMEM;
	if (fd < 0)
		note_try(h, path, errnum);
	errno = errnum;
	return fd;
}

/* path below dir or one of its parents; -1: in none of them. */
static int open_below(struct hunt *h, struct str dir, struct str path)
{
	struct arena *a = h->scratch;

	for (;;) {
		struct str full = go_path_join(a, dir, path);
		int fd;

		if (!full.ptr)
			break;
		fd = try_path(h, full);
		dir = go_path_clean(a, dir);
		if (fd >= 0 || (dir.ptr && is_root(dir)))
			return fd;
		if (dir.ptr)
			dir = go_path_dir(a, dir);
		if (!dir.ptr)
			break;
	}
	h->is_broken = true;
	return -1;
}

/* Where the user has said that it is.  A directory of that name is none. */
static int open_place(struct hunt *h, struct str path)
{
	size_t n = h->c->places ? h->c->places->place.n : 0;

	for (size_t i = 0; i < n; i++) {
		struct str full = source_place_path(h->c->places, i, path, h->scratch);
		int fd = full.ptr ? try_path(h, full) : -1;
		struct stat st;

		if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
			return fd;
		if (fd >= 0)
			(void)close(fd);
	}
	return -1;
}

static int find(struct hunt *h, struct str path, struct error *err)
{
	const struct source_cache *c = h->c;
	struct str list = c->search, dir;
	bool has_more = true;
	int fd = open_place(h, path);

	if (fd >= 0)
		return fd;
	path = source_trim_path(path, c->trim_path, c->search);
	if (str_has_prefix(path, STR("/"))) {
		fd = try_path(h, path);
		if (fd < 0 && h->is_broken)
			error_nomem(err, "source file");
		else if (fd < 0)
			fail_io("open", path, err);
		return fd;
	}
	while (has_more) {
		has_more = str_cut(list, ':', &dir, &list);
		fd = open_below(h, dir, path);
		if (fd >= 0)
			return fd;
	}
	if (h->is_broken)
		error_nomem(err, "source file");
	else
		error_set(err, ERR_NOTFOUND, "could not find file %.*s on path %.*s", STR_FMT(path),
			  STR_FMT(c->search));
	return -1;
}

/* The bytes of an open file; a directory has none, as for the reference. */
static bool read_all(struct source_cache *c, struct entry *e, int fd, struct error *err)
{
	uint64_t left = LIMIT_SOURCE_CACHE_BYTES - c->n_bytes;
	struct stat st;
	char name[256];

	(void)snprintf(name, sizeof(name), "%.*s", STR_FMT(e->file.path));
	if (fstat(fd, &st) != 0)
		return fail_io("stat", e->file.path, err);
	if (S_ISDIR(st.st_mode))
		return true;
	if (!S_ISREG(st.st_mode))
		return error_set(err, ERR_IO, "open %s: not a regular file", name);
	if (!blob_read_fd(&e->bytes, fd, left < LIMIT_SOURCE_BYTES ? left : LIMIT_SOURCE_BYTES, name, err))
		return false;
	c->n_bytes += e->bytes.len;
	return true;
}

/* Line starts, until the end or a line that is too long. */
static bool split(struct entry *e)
{
	struct str text = { (const char *)e->bytes.ptr, e->bytes.len };
	size_t at = 0;

	while (at < text.len) {
		ptrdiff_t line_end = str_find_char(str_from_offset(text, at), '\n');
		size_t n = line_end < 0 ? text.len - at : (size_t)line_end;

		if (n > LONGEST_LINE_BYTES)
			break;
		if (!vec_push(&e->start, (uint32_t)at))
			return false;
		at += n + 1;
	}
	/* Behind the end that the last line may lack. */
	if (!vec_push(&e->start, (uint32_t)at))
		return false;
	e->file.text = text.ptr;
	e->file.start = e->start.at;
	e->file.n_line = e->start.n - 1;
	return true;
}

static bool load(struct source_cache *c, struct entry *e, struct str path, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	struct hunt h = { .c = c, .e = e, .scratch = &scratch, .found = STR_EMPTY };
	int fd = find(&h, path, err);
	bool ok = fd >= 0;

	if (ok) {
		e->tried.n = 0;
		e->file.path = arena_str(&c->arena, h.found);
		ok = e->file.path.ptr ? read_all(c, e, fd, err) : error_nomem(err, "source file");
		(void)close(fd);
	}
	arena_release(&scratch);
	return ok && (split(e) || error_nomem(err, "source file"));
}

/* Remembers a failure; one for lack of memory is tried again. */
static void keep_failure(struct source_cache *c, struct entry *e, const struct error *err)
{
	e->message = arena_str(&c->arena, str_from(err->msg));
	e->code = e->message.ptr ? err->code : ERR_NOMEM;
}

static struct entry *entry_of(struct source_cache *c, struct str path, bool *is_new)
{
	str_id id = strtab_add(&c->paths, &c->arena, path);

	if (id == STR_ID_NONE)
		return NULL;
	while (c->entry.n <= id)
		if (!vec_push(&c->entry, NULL))
			return NULL;
	*is_new = c->entry.at[id] == NULL;
	if (*is_new)
		c->entry.at[id] = ARENA_ZERO(&c->arena, struct entry, 1);
	return c->entry.at[id];
}

const struct source_file *source_open(struct source_cache *c, struct str path, struct error *err)
{
	bool is_new;
	struct entry *e = entry_of(c, path, &is_new);

	if (!e) {
		error_nomem(err, "source file");
		return NULL;
	}
	if (!is_new && e->code == ERR_NONE)
		return &e->file;
	if (!is_new && e->code != ERR_NOMEM) {
		error_set(err, e->code, "%.*s", STR_FMT(e->message));
		return NULL;
	}
	e->code = ERR_NONE;
	e->tried.n = 0;
	if (load(c, e, path, err))
		return &e->file;
	blob_release(&e->bytes);
	vec_release(&e->start);
	keep_failure(c, e, err);
	return NULL;
}

bool source_is_known(const struct source_cache *c, struct str path)
{
	str_id id = strtab_find(&c->paths, path);

	return id != STR_ID_NONE && id < c->entry.n && c->entry.at[id];
}

size_t source_tried(const struct source_cache *c, struct str path, const struct source_try **tried)
{
	str_id id = strtab_find(&c->paths, path);
	const struct entry *e = id != STR_ID_NONE && id < c->entry.n ? c->entry.at[id] : NULL;

	*tried = e ? e->tried.at : NULL;
	return e ? e->tried.n : 0;
}

void source_cache_use(struct source_cache *c, const struct source_places *places)
{
	c->places = places;
}

struct str source_line(const struct source_file *f, int64_t line)
{
	struct str s;

	if (line < 1 || (uint64_t)line > f->n_line)
		return (struct str){ NULL, 0 };
	s.ptr = f->text + f->start[line - 1];
	s.len = f->start[line] - f->start[line - 1] - 1;
	if (str_has_suffix(s, STR("\r")))
		s.len--;
	return s;
}
