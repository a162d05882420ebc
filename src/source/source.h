/*
 * Program text: the files that functions were compiled from.
 *
 * Lives here: shortening the paths that compilers wrote (spec/reports.md 17.1).
 * Not here: what is shown of the text (report/list.c).
 */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include "base/str.h"

/*
 * path without the part that belongs to the machine it was compiled on: behind the name of one
 * of the directories in search, when trim is empty, or behind one of the prefixes in
 * trim.  Both are lists with ':' between; search is the option source_path, or the current
 * directory when a file is to be opened.  A view of path.
 */
struct str source_trim_path(struct str path, struct str trim, struct str search);

#endif
