/*
 * Values and shares as views write them.
 *
 * Lives here: text, bars and inks of values and shares.
 */
#include "config.h"

#include "tui/format.h"

#include <stdio.h>
#include <string.h>

struct str format_value(const struct measure_scaler *s, int64_t value, char to[FORMAT_BYTES])
{
	struct measure_label l;
	int n;

	measure_label_with(s, value, &l);
	n = snprintf(to, FORMAT_BYTES, "%.*s%.*s", (int)l.n_number, l.number, STR_FMT(l.unit));
	if (n < 0)
		n = 0;
	return (struct str){ to, n < FORMAT_BYTES ? (size_t)n : FORMAT_BYTES - 1 };
}

struct str format_change(const struct measure_scaler *s, int64_t value, bool is_diff,
			 char to[FORMAT_BYTES])
{
	struct str text = format_value(s, value, to);

	if (!is_diff || value <= 0 || text.len + 1 >= FORMAT_BYTES)
		return text;
	memmove(to + 1, to, text.len);
	to[0] = '+';
	return (struct str){ to, text.len + 1 };
}

struct attr format_change_attr(int64_t value, int64_t larger, bool is_diff)
{
	if (value == 0)
		return AT_DIM;
	if (!is_diff || larger <= 0)
		return AT_TEXT;
	return ATTR((uint8_t)theme_diff_ink((double)value / (double)larger), INK_DEFAULT, 0);
}

struct str format_share(int64_t value, int64_t total, char to[FORMAT_BYTES])
{
	_Static_assert((int)FORMAT_BYTES >= (int)MEASURE_PERCENT_BYTES, "room");
	return measure_percentage_bare(value, total, to);
}

double format_part(int64_t value, int64_t total)
{
	double part = total ? (double)value / (double)total : 0;

	return part < 0 ? -part : part;
}

struct str format_sides(const struct measure_scaler *s, int64_t before, int64_t after,
			enum grid_glyphs glyphs, char to[FORMAT_SIDES_BYTES])
{
	char left[FORMAT_BYTES], right[FORMAT_BYTES];
	int n = snprintf(to, FORMAT_SIDES_BYTES, "%.*s %s %.*s", STR_FMT(format_value(s, before, left)),
			 glyphs == GLYPHS_ASCII ? "->" : "\xe2\x86\x92", STR_FMT(format_value(s, after, right)));

	if (n < 0)
		n = 0;
	return (struct str){ to, n < FORMAT_SIDES_BYTES ? (size_t)n : FORMAT_SIDES_BYTES - 1 };
}

/* The strongest ink of more, or of less. */
static uint8_t ink_of_change(int64_t value)
{
	return value < 0 ? INK_MINUS + THEME_DIFFS - 1 : INK_PLUS + THEME_DIFFS - 1;
}

void format_value_cell(const struct measure_scaler *s, int64_t value, bool is_diff, struct table_cell *cell)
{
	_Static_assert(sizeof(cell->buf) >= FORMAT_BYTES, "room");
	cell->text = format_change(s, value, is_diff, cell->buf);
	if (value == 0)
		cell->attr = AT_DIM;
	else if (value < 0 || is_diff)
		cell->attr = ATTR(ink_of_change(value), INK_DEFAULT, 0);
}

void format_share_cell(int64_t value, int64_t total, struct table_cell *cell)
{
	cell->text = format_share(value, total, cell->buf);
	if (value == 0)
		cell->attr = AT_DIM;
}

void format_bar_cell(int64_t flat, int64_t cum, int64_t total, bool is_diff, struct table_cell *cell)
{
	cell->is_bar = true;
	cell->bar = format_part(cum, total);
	cell->front_bar = format_part(flat, total);
	cell->attr = AT_SHARE;
	cell->front_ink = INK_BAR;
	if (!is_diff)
		return;
	/* The paler ink is behind. */
	cell->attr = ATTR(cum < 0 ? INK_MINUS : INK_PLUS, INK_DEFAULT, 0);
	cell->front_ink = ink_of_change(flat);
}
