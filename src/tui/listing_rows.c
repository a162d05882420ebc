/*
 * The source of one function, as rows.
 *
 * Lives here: sections, from a row to what it shows, from a line to its row; hot lines.
 */
#include "config.h"

#include "tui/listing.h"

#include "base/arith.h"

enum { HOT_PART = 10 }; /* of the hottest line: what has that much is hot too */

/* The first value of a line that is not before `line`. */
static size_t value_from(const struct report_list_routine *r, int64_t line)
{
	size_t low = 0, high = r->n_value;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (r->value[middle].number < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void lay_out_section(const struct listing *l, struct listing_section *s)
{
	const struct report_list_routine *r = s->r;

	s->first = r->n_line ? r->line[0].number : 1;
	s->n_line = r->n_line;
	if (l->is_whole && r->source) {
		s->first = 1;
		s->n_line = r->source->n_line;
	}
	s->n_note = r->source ? 0 : 1 + r->n_tried;
	s->n_ask = !r->source && r->file.len ? 1 : 0;
	s->n_before = value_from(r, s->first);
	s->n_after = r->n_value - value_from(r, s->first + (int64_t)s->n_line);
}

static size_t rows_of(const struct listing_section *s)
{
	return 1 + s->n_note + s->n_ask + s->n_before + s->n_line + s->n_after;
}

void listing_lay_out(struct listing *l)
{
	l->n_row = 0;
	for (size_t i = 0; i < l->n_section; i++) {
		l->section[i].start = l->n_row;
		lay_out_section(l, &l->section[i]);
		l->n_row += rows_of(&l->section[i]);
	}
}

void listing_set_whole(struct listing *l, bool is_whole)
{
	l->is_whole = is_whole;
	listing_lay_out(l);
}

static const struct listing_section *section_at(const struct listing *l, size_t row)
{
	size_t low = 0, high = l->n_section;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (l->section[middle].start <= row)
			low = middle;
		else
			high = middle;
	}
	return &l->section[low];
}

struct listing_row listing_at(const struct listing *l, size_t row)
{
	const struct listing_section *s = section_at(l, row);
	struct listing_row r = { .kind = LISTING_LINE, .section = (size_t)(s - l->section) };
	size_t at = row - s->start, k;

	if (at <= s->n_note + s->n_ask) {
		r.kind = at == 0 ? LISTING_HEAD : at <= s->n_note ? LISTING_NOTE : LISTING_ASK;
		r.note = at ? at - 1 : 0;
		return r;
	}
	at -= 1 + s->n_note + s->n_ask;
	if (at < s->n_before) {
		r.value = &s->r->value[at];
	} else if (at < s->n_before + s->n_line) {
		r.line = s->first + (int64_t)(at - s->n_before);
		k = value_from(s->r, r.line);
		if (k < s->r->n_value && s->r->value[k].number == r.line)
			r.value = &s->r->value[k];
		return r;
	} else {
		r.value = &s->r->value[s->r->n_value - s->n_after + (at - s->n_before - s->n_line)];
	}
	r.line = r.value->number;
	return r;
}

struct str listing_text(const struct listing *l, const struct listing_row *r)
{
	const struct source_file *f = listing_routine(l, r)->source;

	return f ? source_line(f, r->line) : (struct str){ NULL, 0 };
}

int64_t listing_cum_before(const struct listing *l, const struct listing_row *r)
{
	const struct report_list_routine *now = listing_routine(l, r);

	for (size_t i = 0; l->before.list && i < l->before.list->n_routine; i++) {
		const struct report_list_routine *b = &l->before.list->routine[i];
		size_t k;

		if (!str_eq(b->name, now->name) || !str_eq(b->file, now->file))
			continue;
		if (r->kind != LISTING_LINE)
			return b->cum;
		k = value_from(b, r->line);
		return k < b->n_value && b->value[k].number == r->line ? b->value[k].cum : 0;
	}
	return 0;
}

/* The row of a line that the section shows, or of the nearest one. */
static size_t row_in(const struct listing_section *s, int64_t line)
{
	size_t lines = s->start + 1 + s->n_note + s->n_ask, k = value_from(s->r, line);
	int64_t end = s->first + (int64_t)s->n_line;

	if (line < s->first)
		return lines + (k < s->n_before ? k : s->n_before ? s->n_before - 1 : 0);
	if (line < end)
		return lines + s->n_before + (size_t)(line - s->first);
	if (k >= s->r->n_value)
		return s->start + rows_of(s) - 1;
	return lines + s->n_before + s->n_line + (k - (s->r->n_value - s->n_after));
}

size_t listing_row_of(const struct listing *l, struct str file, int64_t line)
{
	for (size_t i = 0; i < l->n_section; i++)
		if (str_eq(l->section[i].r->file, file))
			return row_in(&l->section[i], line);
	return l->n_section ? row_in(&l->section[0], line) : 0;
}

/* The first call that is not before that line. */
static size_t call_from(const struct listing *l, size_t section, int64_t line)
{
	size_t low = 0, high = l->n_call;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct report_list_call *c = &l->call[middle];

		if (c->routine < section || (c->routine == section && c->line < line))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct report_list_call *listing_calls(const struct listing *l, const struct listing_row *r, size_t *n)
{
	size_t at = call_from(l, r->section, r->line), end = at;

	*n = 0;
	if (r->kind != LISTING_LINE)
		return NULL;
	while (end < l->n_call && l->call[end].routine == r->section && l->call[end].line == r->line)
		end++;
	*n = end - at;
	return l->call + at;
}

/* ---- Hot lines ---- */

double listing_heat(const struct listing *l, const struct listing_row *r)
{
	if (r->kind != LISTING_LINE || !r->value || l->hottest <= 0)
		return 0;
	return (double)i64_abs(r->value->cum) / (double)l->hottest;
}

size_t listing_hottest(const struct listing *l)
{
	const struct report_list_line *best = NULL;
	const struct listing_section *in = NULL;

	for (size_t i = 0; i < l->n_section; i++)
		for (size_t k = 0; k < l->section[i].r->n_value; k++) {
			const struct report_list_line *v = &l->section[i].r->value[k];

			if (best && (i64_abs(v->cum) < i64_abs(best->cum) ||
				     (i64_abs(v->cum) == i64_abs(best->cum) &&
				      i64_abs(v->flat) <= i64_abs(best->flat))))
				continue;
			best = v;
			in = &l->section[i];
		}
	return best ? row_in(in, best->number) : 0;
}

static bool is_hot(const struct listing *l, const struct report_list_line *v)
{
	return v->cum && i64_abs(v->cum) >= l->hottest / HOT_PART;
}

size_t listing_next_hot(const struct listing *l, size_t row, bool is_back)
{
	size_t first = SIZE_MAX, last = SIZE_MAX, next = SIZE_MAX, before = SIZE_MAX;

	for (size_t i = 0; i < l->n_section; i++)
		for (size_t k = 0; k < l->section[i].r->n_value; k++) {
			size_t at;

			if (!is_hot(l, &l->section[i].r->value[k]))
				continue;
			at = row_in(&l->section[i], l->section[i].r->value[k].number);
			first = first == SIZE_MAX ? at : first;
			last = at;
			if (at < row)
				before = at;
			if (at > row && next == SIZE_MAX)
				next = at;
		}
	if (first == SIZE_MAX)
		return row;
	if (is_back)
		return before != SIZE_MAX ? before : last;
	return next != SIZE_MAX ? next : first;
}
