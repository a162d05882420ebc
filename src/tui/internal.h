/*
 * What the files of this folder share and nobody else needs.
 *
 * Lives here: cells by place in an area.
 */
#ifndef TUI_INTERNAL_H
#define TUI_INTERNAL_H

#include "tui/grid.h"

/* NULL outside of a. */
struct cell *area_cell(struct area a, int row, int col);

/*
 * Puts *what there; nothing outside of a, nor a wide one of which half would be outside.  What
 * is left of a wide one that it covers becomes blank.
 */
void area_put(struct area a, int row, int col, const struct cell *what);

#endif
