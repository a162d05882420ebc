/*
 * A user's own directories.
 *
 * Lives here: reading of the environment for them.
 */
#include "config.h"

#include "base/userdir.h"

#include "base/golike.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

static const struct {
	const char *variable;
	const char *below_home;
} userdir_table[] = {
	[USERDIR_CONFIG] = { "XDG_CONFIG_HOME", ".config" },
	[USERDIR_STATE] = { "XDG_STATE_HOME", ".local/state" },
};

bool userdir_path(enum userdir dir, const char *name, struct arena *arena, struct str *path, struct error *err)
{
	const char *own = getenv(userdir_table[dir].variable);
	const char *home = getenv("HOME");

	/* A relative path in the variable is to be ignored, says its specification. */
	if (own && own[0] == '/')
		*path = arena_fmt(arena, "%s/%s", own, name);
	else if (home && home[0])
		*path = arena_fmt(arena, "%s/%s/%s", home, userdir_table[dir].below_home, name);
	else
		return error_set(err, ERR_NOTFOUND, "neither $%s nor $HOME are defined", userdir_table[dir].variable);
	return path->ptr || error_nomem(err, "path");
}

bool userdir_make_for(struct str path, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	struct str copy = arena_str(&scratch, path);
	char *at = copy.ptr ? ARENA_ARRAY(&scratch, char, copy.len + 1) : NULL, why[128];
	bool ok = at != NULL;

	if (ok)
		memcpy(at, copy.ptr, copy.len + 1);
	else
		error_nomem(err, "path");
	for (size_t i = 1; ok && i < copy.len; i++) {
		if (at[i] != '/')
			continue;
		at[i] = '\0';
		if (mkdir(at, 0700) != 0 && errno != EEXIST) {
			go_errno_text(errno, why, sizeof(why));
			ok = error_set(err, ERR_IO, "mkdir %s: %s", at, why);
		}
		at[i] = '/';
	}
	arena_release(&scratch);
	return ok;
}
