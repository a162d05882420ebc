/*
 * Cells that a code point takes on a terminal.
 *
 * Lives here: our own table, the same under every locale and libc.
 * Not here: which code points may be shown at all (base/term.h), drawing (tui/grid.h).
 */
#ifndef BASE_WIDTH_H
#define BASE_WIDTH_H

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

/* 0: combines with what stands before it; 1; or 2 (East Asian wide, emoji).  Never fails. */
unsigned rune_width(uint32_t rune);

/*
 * Cells that s takes when written to a terminal through term_safe(), combining marks
 * counted with their base.
 */
size_t str_width_cells(struct str s);

#endif
