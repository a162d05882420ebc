/*
 * Completing names of files.
 *
 * Lives here: looking into one directory.
 */
#include "config.h"

#include "shell/internal.h"

#include <dirent.h>
#include <sys/stat.h>

static bool is_directory(struct arena *arena, struct str path)
{
	struct str z = arena_str(arena, path);
	struct stat st;

	return z.ptr && stat(z.ptr, &st) == 0 && S_ISDIR(st.st_mode);
}

static void add(struct shell_completion *c, struct str dir, const char *name)
{
	struct str path = arena_fmt(&c->arena, "%.*s%s", STR_FMT(dir), name);

	if (path.ptr && is_directory(&c->arena, path))
		path = arena_fmt(&c->arena, "%.*s/", STR_FMT(path));
	if (!path.ptr || !vec_reserve(&c->candidate, 1) || !vec_reserve(&c->shown, 1))
		return;
	c->candidate.at[c->candidate.n++] = path;
	c->shown.at[c->shown.n++] = path;
}

void complete_file(struct shell_completion *c, struct str typed)
{
	ptrdiff_t slash = str_rfind_char(typed, '/');
	struct str dir = str_head(typed, (size_t)(slash + 1)), begun = str_from_offset(typed, dir.len);
	struct str z = arena_str(&c->arena, dir.len ? dir : STR("."));
	DIR *d = z.ptr ? opendir(z.ptr) : NULL;
	const struct dirent *e;

	if (!d)
		return;
	while ((e = readdir(d)) != NULL) {
		struct str name = str_from(e->d_name);

		/* Hidden files are for those who type the dot; a blank would end the word. */
		if (str_has_prefix(name, begun) && (begun.len || name.ptr[0] != '.') &&
		    str_find_char(name, ' ') < 0)
			add(c, dir, e->d_name);
	}
	(void)closedir(d);
	c->is_open = c->candidate.n == 1 && str_has_suffix(c->candidate.at[0], STR("/"));
}
