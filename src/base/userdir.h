/*
 * Where a user's own files are.
 *
 * Lives here: the XDG base directories, and making the folders of a file in them.
 * Not here: the files (who reads them).
 */
#ifndef BASE_USERDIR_H
#define BASE_USERDIR_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>

enum userdir {
	USERDIR_CONFIG, /* $XDG_CONFIG_HOME, or ~/.config */
	USERDIR_STATE,	/* $XDG_STATE_HOME, or ~/.local/state */
};

/*
 * The path of `name` ("pprof/settings.json") there, in the arena.  ERR_NOTFOUND: neither
 * variable says where that is; or ERR_NOMEM.
 */
bool userdir_path(enum userdir dir, const char *name, struct arena *arena, struct str *path, struct error *err);

/* Makes the folders that path (NUL-terminated) stands in, for their owner alone.  ERR_IO. */
bool userdir_make_for(struct str path, struct error *err);

#endif
