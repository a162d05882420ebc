/*
 * Names made safe for a terminal.
 *
 * Lives here: the rule which code points may reach a screen, and the stand-ins for the rest.
 * Not here: cell widths (tui/).
 */
#ifndef BASE_TERM_H
#define BASE_TERM_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	TERM_SAFE_LARGEST = 4, /* bytes that one code point or one bad byte can become */
};

/*
 * The stand-in for the code point at the front of s (s not empty), written to to[]; *used
 * says how many bytes of s it is for.  Gives the length of the stand-in; 0 means that
 * the *used bytes are harmless and go out as they are.
 *
 * C0 and DEL become their control pictures (U+2400...), C1, broken UTF-8, direction overrides,
 * zero-width and line separators become U+FFFD.  Tab and newline are harmless when
 * keep_lines is set (a report), not in a cell.
 */
size_t term_safe(struct str s, bool keep_lines, char to[TERM_SAFE_LARGEST], size_t *used);

/* All of s with its stand-ins, no lines kept; s itself where none is needed.  ptr NULL: no memory. */
struct str term_safe_text(struct arena *arena, struct str s);

#endif
