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

bool place_number(struct str text, uint64_t *n)
{
	*n = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9' || *n > UINT32_MAX)
			return false;
		*n = *n * 10 + (uint64_t)(text.ptr[i] - '0');
	}
	return text.len > 0;
}

/* "7", "4-9" or "0*5". */
static bool begin_part(struct place_list *l, struct str part)
{
	struct str first, second;
	uint64_t to;

	l->left = 1;
	l->step = 0;
	if (str_cut(part, '*', &first, &second))
		return place_number(first, &l->n) && place_number(second, &l->left) && l->left > 0;
	if (!str_cut(part, '-', &first, &second))
		return place_number(part, &l->n);
	if (!place_number(first, &l->n) || !place_number(second, &to) || to < l->n)
		return false;
	l->left = to - l->n + 1;
	l->step = 1;
	return true;
}

bool place_list_next(struct place_list *l, uint64_t *n)
{
	if (l->left == 0) {
		struct str part;

		if (l->rest.len == 0)
			return false;
		(void)str_cut(l->rest, '.', &part, &l->rest);
		if (!begin_part(l, part)) {
			*l = (struct place_list){ .rest = STR_EMPTY };
			return false;
		}
	}
	*n = l->n;
	l->n += l->step;
	l->left--;
	return true;
}

static void begin_next(struct out *list)
{
	if (out_text(list).len)
		out_char(list, '.');
}

void place_list_add(struct out *list, uint64_t n, uint64_t times)
{
	bool is_many = times > 2;

	for (uint64_t i = 0; i < (is_many ? 1 : times); i++) {
		begin_next(list);
		out_fmt(list, "%" PRIu64, n);
	}
	if (is_many)
		out_fmt(list, "*%" PRIu64, times);
}

void place_runs_end(struct place_runs *r)
{
	if (!r->is_begun)
		return;
	begin_next(r->out);
	out_fmt(r->out, "%" PRIu64, r->first);
	if (r->last > r->first)
		out_fmt(r->out, "%c%" PRIu64, r->last == r->first + 1 ? '.' : '-', r->last);
	r->is_begun = false;
}

void place_runs_pass(struct place_runs *r, uint64_t n)
{
	if (r->is_begun && n == r->passed + 1)
		r->passed = n;
}

void place_runs_add(struct place_runs *r, uint64_t n)
{
	if (!r->is_begun || n != r->passed + 1) {
		place_runs_end(r);
		r->is_begun = true;
		r->first = n;
	}
	r->last = r->passed = n;
}

void place_write_flags(struct out *o, const char *name, const uint8_t *is_set, size_t n)
{
	struct out list;
	struct place_runs runs = { .out = &list };

	out_open_memory(&list);
	for (size_t i = 0; i < n; i++)
		if (is_set[i])
			place_runs_add(&runs, i);
	place_runs_end(&runs);
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
	if (!place_number(value, &n))
		return true;
	if (n >= l->n)
		n = l->n ? l->n - 1 : 0;
	*(is_row ? &l->selected : &l->top) = (size_t)n;
	return true;
}
