/*
 * Names of frames.
 *
 * Lives here: the printable name that every view and report gives a frame (spec/reports.md 3.3),
 * and the package that colours go by (16.2).
 * Not here: which frames are the same (graph/, flame/).
 */
#ifndef PROFILE_FRAME_H
#define PROFILE_FRAME_H

#include "base/arena.h"
#include "base/str.h"

#include <stdint.h>

/* What a name is made of; what is empty or 0 is left out. */
struct frame_parts {
	struct str name, file, object;
	uint64_t address;
	int64_t line, column;
};

/* In the arena, or f->name itself where nothing has to be added; ptr NULL: no memory. */
struct str frame_text(const struct frame_parts *f, struct arena *arena);

#endif
