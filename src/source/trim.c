/*
 * Program text: paths as they were on another machine.
 *
 * Lives here: cutting a path at the name of a known directory, or after a prefix.
 */
#include "config.h"

#include "source/source.h"

#include "base/golike.h"

/* The next item of a list with ':' between; false at its end.  An empty list has no items. */
static bool next_item(struct str *list, struct str *item)
{
	if (!list->ptr)
		return false;
	if (!str_cut(*list, ':', item, list))
		list->ptr = NULL;
	return true;
}

/* Offset behind the first "/name/" in path; 0 when there is none. */
static size_t behind_directory(struct str path, struct str name)
{
	for (size_t at = 0; at < path.len;) {
		ptrdiff_t slash = str_find_char(str_from_offset(path, at), '/');
		struct str rest;

		if (slash < 0)
			break;
		at += (size_t)slash + 1;
		rest = str_from_offset(path, at);
		if (str_has_prefix(rest, name) && rest.len > name.len && rest.ptr[name.len] == '/')
			return at + name.len + 1;
	}
	return 0;
}

/* Length of prefix, a slash added where it has none, when path begins with it; else 0. */
static size_t behind_prefix(struct str path, struct str prefix)
{
	if (!str_has_prefix(path, prefix))
		return 0;
	if (str_has_suffix(prefix, STR("/")))
		return prefix.len;
	return path.len > prefix.len && path.ptr[prefix.len] == '/' ? prefix.len + 1 : 0;
}

struct str source_trim_path(struct str path, struct str trim, struct str search)
{
	/* Where Bazel builds. */
	static const char *const always[] = { "/proc/self/cwd/./", "/proc/self/cwd/" };
	struct str item;
	size_t at;

	if (!trim.len)
		trim.ptr = NULL;
	if (!search.len)
		search.ptr = NULL;
	while (!trim.ptr && next_item(&search, &item)) {
		at = behind_directory(path, go_path_base(item));
		if (at)
			return str_from_offset(path, at);
	}
	while (next_item(&trim, &item)) {
		at = behind_prefix(path, item);
		if (at)
			return str_from_offset(path, at);
	}
	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++) {
		at = behind_prefix(path, str_from(always[i]));
		if (at)
			return str_from_offset(path, at);
	}
	return path;
}
