/*
 * Program text: directories that the user has named.
 *
 *	/build/src/	/home/me/src		prefix, a tab, directory
 *
 * Lives here: finding the place that an answer stands for, the file that keeps places.  Lines are
 * appended one write each; of several for one prefix the last one counts.
 * Not here: opening files (source/cache.c), asking (tui/).
 */
#include "config.h"

#include "source/source.h"

#include "base/blob.h"
#include "base/cursor.h"
#include "base/out.h"
#include "base/userdir.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	PLACES_MAX = 1000, /* the file is cut to the newest so many when it has twice as many lines */
	PLACE_BYTES = 8192, /* of prefix and directory together */
	FILE_BYTES = 4 * PLACES_MAX * PLACE_BYTES,
	HERE_BYTES = 4096,
};

static const char places_name[] = "cpprof-view/source_places";

/* Fits into a line: no tab, no line end, nothing that drives a terminal. */
static bool is_text(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7f)
			return false;
	return true;
}

static bool is_good(const struct source_place *place)
{
	return is_text(place->prefix) && is_text(place->dir) && str_has_prefix(place->dir, STR("/")) &&
	       place->prefix.len + place->dir.len <= PLACE_BYTES;
}

/* In order of length; one of the same prefix is replaced. */
static bool put(struct source_places *p, struct source_place place)
{
	size_t at = 0;

	while (at < p->place.n && p->place.at[at].prefix.len >= place.prefix.len &&
	       !str_eq(p->place.at[at].prefix, place.prefix))
		at++;
	place.prefix = arena_str(&p->arena, place.prefix);
	place.dir = arena_str(&p->arena, place.dir);
	if (!place.prefix.ptr || !place.dir.ptr)
		return false;
	if (at < p->place.n && str_eq(p->place.at[at].prefix, place.prefix)) {
		p->place.at[at] = place;
		return true;
	}
	if (!vec_push(&p->place, place))
		return false;
	memmove(p->place.at + at + 1, p->place.at + at, (p->place.n - 1 - at) * sizeof(place));
	p->place.at[at] = place;
	return true;
}

static void write_place(struct out *out, const struct source_place *place)
{
	out_str(out, place->prefix);
	out_char(out, '\t');
	out_str(out, place->dir);
	out_char(out, '\n');
}

/* Several programs may do it at once: each writes a whole file. */
static void shorten(const struct source_places *p)
{
	struct error ignored = ERROR_INIT;
	struct out out;

	if (!out_open_file(&out, p->path.ptr, &ignored))
		return;
	for (size_t i = 0; i < p->place.n && i < PLACES_MAX; i++)
		write_place(&out, &p->place.at[i]);
	(void)out_close(&out, &ignored);
}

/* Nothing when it is no file, or larger than we would let it grow. */
static void read_file(struct str path, struct blob *blob)
{
	struct error ignored = ERROR_INIT;
	struct stat st;
	int fd = open(path.ptr, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= FILE_BYTES)
		(void)blob_read_fd(blob, fd, FILE_BYTES, places_name, &ignored);
	(void)close(fd);
}

void source_places_open(struct source_places *p)
{
	struct error ignored = ERROR_INIT;
	struct blob blob = BLOB_INIT;
	struct source_place place;
	struct cursor c;
	struct str line;
	size_t n = 0;

	*p = (struct source_places){ .arena = ARENA_INIT, .path = STR_EMPTY };
	if (!userdir_path(USERDIR_STATE, places_name, &p->arena, &p->path, &ignored)) {
		p->path = STR_EMPTY;
		return;
	}
	read_file(p->path, &blob);
	c = cursor_over(blob_bytes(&blob));
	while (cursor_line(&c, &line) && n++ < 4 * PLACES_MAX)
		if (str_cut(line, '\t', &place.prefix, &place.dir) && is_good(&place))
			(void)put(p, place);
	blob_release(&blob);
	if (n > 2 * PLACES_MAX)
		shorten(p);
}

void source_places_release(struct source_places *p)
{
	vec_release(&p->place);
	arena_release(&p->arena);
	*p = (struct source_places){ .arena = ARENA_INIT, .path = STR_EMPTY };
}

static void append_to_file(const struct source_places *p, const struct source_place *place)
{
	struct error ignored = ERROR_INIT;
	struct out out;
	int fd;

	if (!p->path.len || !userdir_make_for(p->path, &ignored))
		return;
	fd = open(p->path.ptr, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	out_open_fd(&out, fd);
	write_place(&out, place);
	(void)out_close(&out, &ignored);
	(void)close(fd);
}

static bool is_file(struct str path)
{
	struct stat st;

	return path.ptr && !memchr(path.ptr, '\0', path.len) && stat(path.ptr, &st) == 0 && S_ISREG(st.st_mode);
}

/* Without blanks and slashes at the end, from the root; "~" is the home. */
static struct str whole_path(struct str answer, struct arena *arena)
{
	const char *home = getenv("HOME");
	char here[HERE_BYTES];

	answer = str_trim(answer);
	if (home && (str_eq(answer, STR("~")) || str_has_prefix(answer, STR("~/"))))
		answer = arena_fmt(arena, "%s%.*s", home, (int)answer.len - 1, answer.ptr + 1);
	else if (!str_has_prefix(answer, STR("/")) && getcwd(here, sizeof(here)))
		answer = arena_fmt(arena, "%s/%.*s", here, STR_FMT(answer));
	else
		answer = arena_str(arena, answer);
	while (answer.ptr && answer.len && answer.ptr[answer.len - 1] == '/')
		answer.len--;
	return answer;
}

/* The answer is the file itself: what both paths end in tells of the others beside it. */
static struct source_place place_of_file(struct str path, struct str file)
{
	size_t common = 0, n = 0;

	while (n < path.len && n < file.len && path.ptr[path.len - 1 - n] == file.ptr[file.len - 1 - n]) {
		n++;
		if (path.ptr[path.len - n] == '/')
			common = n - 1;
	}
	/* A slash before what is common, in both. */
	if (n == path.len && n < file.len && file.ptr[file.len - 1 - n] == '/')
		common = n;
	if (common == 0)
		return (struct source_place){ path, file };
	return (struct source_place){ str_head(path, path.len - common), str_head(file, file.len - common - 1) };
}

/* As much of the end of the path as is there below dir. */
static bool place_in(struct str path, struct str dir, struct arena *arena, struct source_place *place,
		     struct str *found)
{
	for (size_t at = 0; at < path.len;) {
		struct str rest = str_from_offset(path, at);
		ptrdiff_t slash;

		*found = arena_fmt(arena, "%.*s/%.*s", STR_FMT(dir), STR_FMT(rest));
		if (rest.ptr[0] != '/' && is_file(*found)) {
			*place = (struct source_place){ str_head(path, at), dir };
			return true;
		}
		slash = str_find_char(rest, '/');
		if (slash < 0)
			break;
		at += (size_t)slash + 1;
	}
	return false;
}

bool source_places_learn(struct source_places *p, struct str path, struct str answer, struct arena *arena,
			 struct str *found, struct error *err)
{
	struct str whole = whole_path(answer, arena), z = whole.ptr ? arena_str(arena, whole) : whole;
	struct source_place place;

	if (!z.ptr)
		return error_nomem(err, "source place");
	if (is_file(z)) {
		place = place_of_file(path, z);
		*found = z;
	} else if (!place_in(path, z, arena, &place, found)) {
		ptrdiff_t slash = str_rfind_char(path, '/');

		return error_set(err, ERR_NOTFOUND, "%.*s is not in %.*s, under no end of its path",
				 STR_FMT(str_from_offset(path, (size_t)(slash + 1))), STR_FMT(str_trim(answer)));
	}
	if (place.dir.len == 0)
		place.dir = STR("/");
	if (!put(p, place))
		return error_nomem(err, "source place");
	if (is_good(&place))
		append_to_file(p, &place);
	return true;
}

struct str source_place_path(const struct source_places *p, size_t i, struct str path, struct arena *arena)
{
	const struct source_place *place = &p->place.at[i];
	struct str rest, dir = place->dir;

	if (!str_has_prefix(path, place->prefix) || (!place->prefix.len && str_has_prefix(path, STR("/"))))
		return (struct str){ NULL, 0 };
	rest = str_from_offset(path, place->prefix.len);
	if (rest.len == 0)
		return arena_str(arena, dir);
	/* Half a name is no prefix. */
	if (place->prefix.len && !str_has_suffix(place->prefix, STR("/")))
		return (struct str){ NULL, 0 };
	if (str_has_suffix(dir, STR("/")))
		dir.len--;
	return arena_fmt(arena, "%.*s/%.*s", STR_FMT(dir), STR_FMT(rest));
}
