/*
 * Names of frames.
 *
 * Lives here: putting the parts together.
 */
#include "config.h"

#include "profile/frame.h"

#include "base/golike.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Joins by length: printf's %.*s ends at a NUL. */
static struct str join(struct arena *arena, const struct str *part, size_t n)
{
	size_t len = 0;
	char *to, *at;

	for (size_t i = 0; i < n; i++)
		len += part[i].len;
	to = at = ARENA_ARRAY(arena, char, len + 1);
	if (!to)
		return (struct str){ NULL, 0 };
	for (size_t i = 0; i < n; i++) {
		if (part[i].len)
			memcpy(at, part[i].ptr, part[i].len);
		at += part[i].len;
	}
	*at = '\0';
	return (struct str){ to, len };
}

struct str frame_text(const struct frame_parts *f, struct arena *arena)
{
	char address[24] = "", place[48] = "";
	struct str part[6] = { STR_EMPTY };
	size_t n = 0;

	/* The common case needs no copy. */
	if (f->address == 0 && f->line == 0 && f->file.len == 0 && f->name.len)
		return f->name;
	if (f->address)
		(void)snprintf(address, sizeof(address), "%016" PRIx64 " ", f->address);
	if (f->line && f->column)
		(void)snprintf(place, sizeof(place), ":%" PRId64 ":%" PRId64, f->line, f->column);
	else if (f->line)
		(void)snprintf(place, sizeof(place), ":%" PRId64, f->line);
	part[n++] = str_from(address);
	part[n++] = f->name;
	if (f->line || f->file.len) {
		part[n++] = f->name.len ? STR(" ") : STR_EMPTY;
		part[n++] = f->file;
		part[n++] = str_from(place);
	} else if (!f->name.len && f->object.len) {
		part[n++] = STR("[");
		part[n++] = go_path_base(f->object);
		part[n++] = STR("]");
	} else if (!f->name.len) {
		part[n++] = STR("<unknown>");
	}
	return join(arena, part, n);
}
