/*
 * A place in a view as text.
 *
 * Lives here: writing pairs and reading them.
 */
#include "config.h"

#include "tui/place.h"

#include <inttypes.h>

void place_write(struct out *o, const char *name, struct str value)
{
	if (out_text(o).len)
		out_char(o, ';');
	out_fmt(o, "%s=", name);
	for (size_t i = 0; i < value.len; i++) {
		if (value.ptr[i] == ';' || value.ptr[i] == '%')
			out_fmt(o, "%%%02x", (unsigned)value.ptr[i]);
		else
			out_char(o, value.ptr[i]);
	}
}

void place_write_number(struct out *o, const char *name, uint64_t value)
{
	if (out_text(o).len)
		out_char(o, ';');
	out_fmt(o, "%s=%" PRIu64, name, value);
}

bool place_next(struct str *text, struct str *name, struct out *value)
{
	struct str pair, rest;

	if (text->len == 0)
		return false;
	(void)str_cut(*text, ';', &pair, text);
	(void)str_cut(pair, '=', name, &rest);
	while (rest.len) {
		bool is_semicolon = str_has_prefix(rest, STR("%3b"));

		if (is_semicolon || str_has_prefix(rest, STR("%25"))) {
			out_char(value, is_semicolon ? ';' : '%');
			rest = str_from_offset(rest, 3);
		} else {
			out_char(value, rest.ptr[0]);
			rest = str_from_offset(rest, 1);
		}
	}
	return true;
}

void place_list_add(struct out *list, uint64_t n)
{
	out_fmt(list, "%s%" PRIu64, out_text(list).len ? "." : "", n);
}

bool place_list_next(struct str *list, uint64_t *n)
{
	struct str word;

	if (list->len == 0)
		return false;
	(void)str_cut(*list, '.', &word, list);
	*n = 0;
	for (size_t i = 0; i < word.len; i++) {
		if (word.ptr[i] < '0' || word.ptr[i] > '9' || *n > UINT32_MAX)
			return false;
		*n = *n * 10 + (uint64_t)(word.ptr[i] - '0');
	}
	return word.len > 0;
}

void place_write_flags(struct out *o, const char *name, const uint8_t *is_set, size_t n)
{
	struct out list;

	out_open_memory(&list);
	for (size_t i = 0; i < n; i++)
		if (is_set[i])
			place_list_add(&list, i);
	if (out_text(&list).len)
		place_write(o, name, out_text(&list));
	out_release(&list);
}

void place_write_rows(struct out *o, const struct list *l)
{
	if (l->selected)
		place_write_number(o, "row", l->selected);
	if (l->top)
		place_write_number(o, "top", l->top);
}

bool place_take_rows(struct list *l, struct str name, struct str value)
{
	bool is_row = str_eq(name, STR("row"));
	uint64_t n;

	if (!is_row && !str_eq(name, STR("top")))
		return false;
	if (!place_list_next(&value, &n))
		return true;
	if (n >= l->n)
		n = l->n ? l->n - 1 : 0;
	*(is_row ? &l->selected : &l->top) = (size_t)n;
	return true;
}
