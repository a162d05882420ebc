/*
 * What a user wants of every screen.
 *
 * Lives here: reading the file.
 */
#include "config.h"

#include "tui/preferences.h"

#include "base/blob.h"
#include "base/cursor.h"
#include "base/userdir.h"

#include <stdlib.h>

static const char file_name[] = "cpprof-view/config";

static bool take_theme(struct preferences *s, struct str value)
{
	const struct theme *t = theme_find(value);

	s->theme = t ? t : s->theme;
	return t != NULL;
}

static const struct {
	const char *name;
	bool (*take)(struct preferences *s, struct str value);
} preferences_table[] = {
	{ "theme", take_theme },
};

static bool take_line(struct preferences *s, struct str line)
{
	struct str name, value;

	line = str_trim(line);
	if (line.len == 0 || line.ptr[0] == '#')
		return true;
	if (!str_cut(line, '=', &name, &value))
		return false;
	for (size_t i = 0; i < sizeof(preferences_table) / sizeof(preferences_table[0]); i++)
		if (str_eq(str_trim(name), str_from(preferences_table[i].name)))
			return preferences_table[i].take(s, str_trim(value));
	return false;
}

/* The first line that is not understood is the one that is told. */
static bool take_lines(struct preferences *s, struct bytes text, struct error *err)
{
	struct cursor c = cursor_over(text);
	size_t number = 0;
	struct str line;
	bool ok = true;

	while (cursor_line(&c, &line)) {
		number++;
		if (!take_line(s, line) && ok)
			ok = error_set(err, ERR_USAGE, "%s, line %zu is not understood: %.*s", file_name, number,
				       STR_FMT(line));
	}
	return ok;
}

bool preferences_read(struct preferences *s, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	struct error ignored = ERROR_INIT;
	struct blob blob = BLOB_INIT;
	const char *ground = getenv("COLORFGBG");
	struct str path;
	bool ok = true;

	*s = (struct preferences){ .theme = theme_usual(str_from(ground ? ground : "")) };
	if (userdir_path(USERDIR_CONFIG, file_name, &scratch, &path, &ignored) &&
	    blob_read_file(&blob, path.ptr, &ignored)) {
		ok = take_lines(s, blob_bytes(&blob), err);
		blob_release(&blob);
	}
	arena_release(&scratch);
	return ok;
}
