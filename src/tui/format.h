/*
 * Values and shares as views write them.
 *
 * Lives here: text of a value in its unit, of a share; bars and inks that go with them.
 * Not here: the rules of units (measure/).
 */
#ifndef TUI_FORMAT_H
#define TUI_FORMAT_H

#include "measure/measure.h"
#include "tui/list.h"

enum { FORMAT_BYTES = 80, FORMAT_SIDES_BYTES = 2 * FORMAT_BYTES };

/* "1.50s", cut to size; in to[]. */
struct str format_value(const struct measure_scaler *s, int64_t value, char to[FORMAT_BYTES]);

/* The same of what may be a difference: then one above 0 has a sign too. */
struct str format_change(const struct measure_scaler *s, int64_t value, bool is_diff,
			 char to[FORMAT_BYTES]);

/*
 * The ink of it: of more or less, deeper the more of the larger side it is; dim when it is 0.
 */
struct attr format_change_attr(int64_t value, int64_t larger, bool is_diff);

/* "33.33%", without blanks in front; in to[]. */
struct str format_share(int64_t value, int64_t total, char to[FORMAT_BYTES]);

/* |value / total|; 0 for a total of 0. */
double format_part(int64_t value, int64_t total);

/* "1.20s → 1.50s": before and after, of a difference. */
struct str format_sides(const struct measure_scaler *s, int64_t before, int64_t after,
			enum grid_glyphs glyphs, char to[FORMAT_SIDES_BYTES]);

/*
 * Cells of a table: a value, dim when it is 0, with its sign and in the ink of more or less in a
 * difference; a share.
 */
void format_value_cell(const struct measure_scaler *s, int64_t value, bool is_diff,
		       struct table_cell *cell);
void format_share_cell(int64_t value, int64_t total, struct table_cell *cell);
/* A bar for cum, and one for flat in front of it; in a difference in the inks of more and less. */
void format_bar_cell(int64_t flat, int64_t cum, int64_t total, bool is_diff, struct table_cell *cell);

#endif
