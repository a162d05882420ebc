/*
 * Profiles written as text, for tests.
 *
 * Lives here: reading and writing the lines.
 */
#include "config.h"

#include "tests/profile_text.h"

#include "base/out.h"
#include "profile/builder.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST = 1024 };

struct reader {
	struct profile_builder b;
	uint32_t mapping;
	struct str location[MOST]; /* text of each */
	str_id function[MOST];
};

static bool next_word(struct str *s, struct str *word)
{
	while (s->len && s->ptr[0] == ' ')
		*s = str_from_offset(*s, 1);
	str_cut(*s, ' ', word, s);
	return word->len != 0;
}

/* The part of a line before the next colon that stands alone. */
static struct str part(struct str *line)
{
	struct str s = *line;
	ptrdiff_t colon = str_has_prefix(s, STR(": ")) ? 0 : str_find(s, STR(" : "));

	if (colon < 0) {
		*line = STR_EMPTY;
		return s;
	}
	*line = str_from_offset(s, (size_t)colon + (colon ? 3 : 2));
	return str_head(s, (size_t)colon);
}

static int64_t number(struct str s)
{
	char text[MOST];

	assert_true(s.len < sizeof(text));
	memcpy(text, s.ptr, s.len);
	text[s.len] = '\0';
	return strtoll(text, NULL, 10);
}

static uint32_t function_row(struct reader *r, struct str name)
{
	str_id id = profile_builder_str(&r->b, name), file;
	uint32_t n = (uint32_t)r->b.function_id.n;
	char path[MOST];
	int wanted = snprintf(path, sizeof(path), "%.*s.c", STR_FMT(name));
	/* A name of any length: its file is cut. */
	size_t len = (size_t)wanted < sizeof(path) ? (size_t)wanted : sizeof(path) - 1;

	for (uint32_t i = 0; i < n; i++)
		if (r->function[i] == id)
			return i;
	assert_true(n < MOST);
	file = profile_builder_str(&r->b, (struct str){ path, len });
	r->function[n] = id;
	return profile_builder_function(&r->b, n + 1, id, id, file, 0);
}

static uint32_t location_row(struct reader *r, struct str text)
{
	uint32_t n = (uint32_t)r->b.location_id.n, row;
	struct str name;

	for (uint32_t i = 0; i < n; i++)
		if (str_eq(r->location[i], text))
			return i;
	assert_true(n < MOST);
	r->location[n] = text;
	row = profile_builder_location(&r->b, n + 1, r->mapping, 0x1000 + 16 * (uint64_t)n, false);
	if (text.ptr[0] == '[')
		text = str_head(str_from_offset(text, 1), text.len - 2);
	while (text.len) {
		str_cut(text, '|', &name, &text);
		assert_true(profile_builder_line(&r->b, function_row(r, name), 1, 0));
	}
	return row;
}

static uint32_t read_stack(struct reader *r, struct str s)
{
	uint32_t row[MOST], *room;
	struct str word;
	size_t n = 0;

	while (next_word(&s, &word)) {
		assert_true(n < MOST);
		row[n++] = location_row(r, word);
	}
	room = profile_builder_stack_room(&r->b, n);
	assert_true(room || !n);
	if (n)
		memcpy(room, row, n * sizeof(*row));
	return profile_builder_stack(&r->b, n);
}

/* key=value, key#12 or key#12unit */
static uint32_t read_labels(struct reader *r, struct str s)
{
	struct label label[MOST];
	struct str word, key, value;
	size_t n = 0;

	while (next_word(&s, &word)) {
		struct label *l = &label[n++];

		*l = (struct label){ .num = 0 };
		if (!str_cut(word, '=', &key, &value)) {
			size_t digits = 0;

			assert_true(str_cut(word, '#', &key, &value));
			while (digits < value.len && strchr("-0123456789", value.ptr[digits]))
				digits++;
			l->num = number(str_head(value, digits));
			value = str_from_offset(value, digits);
			l->flags = LABEL_IS_NUMERIC | (value.len ? LABEL_HAS_UNIT : 0u);
		}
		l->key = profile_builder_str(&r->b, key);
		l->text = profile_builder_str(&r->b, value);
	}
	return profile_builder_label_set(&r->b, label, n);
}

static void begin(struct reader *r, uint32_t n_type)
{
	static const char *const type[][2] = { { "a", "count" }, { "b", "nanoseconds" }, { "c", "bytes" } };
	struct mapping m = { .id = 1, .start = 0x1000, .limit = 0x9000 };
	struct value_type vt[3];

	assert_in_range(n_type, 1, 3);
	for (uint32_t i = 0; i < n_type; i++) {
		vt[i].type = profile_builder_str(&r->b, str_from(type[i][0]));
		vt[i].unit = profile_builder_str(&r->b, str_from(type[i][1]));
	}
	assert_true(profile_builder_sample_types(&r->b, vt, n_type));
	m.filename = profile_builder_str(&r->b, STR("/bin/prog"));
	r->mapping = profile_builder_mapping(&r->b, &m);
}

static void read_sample(struct reader *r, struct str line)
{
	struct str stack = part(&line), values = part(&line), word;
	int64_t value[MOST];
	uint32_t n = 0, stack_row;

	while (next_word(&values, &word))
		value[n++] = number(word);
	if (r->b.n_value == 0)
		begin(r, n);
	assert_int_equal(n, r->b.n_value);
	stack_row = read_stack(r, stack);
	assert_true(profile_builder_sample(&r->b, stack_row, read_labels(r, str_trim(line)), value));
}

struct profile *profile_from_text(const char *text)
{
	struct error err = ERROR_INIT;
	struct reader r = { .mapping = 0 };
	struct str rest = str_from(text), line;
	struct profile *p;

	assert_true(profile_builder_init(&r.b, &err));
	while (rest.len) {
		str_cut(rest, '\n', &line, &rest);
		read_sample(&r, line);
	}
	p = profile_builder_seal(&r.b, &err);
	assert_non_null(p);
	return p;
}

static void put_location(struct out *o, const struct profile *p, uint32_t row)
{
	uint32_t n = p->location.n_line[row];

	if (n != 1)
		out_char(o, '[');
	for (uint32_t i = 0; i < n; i++) {
		if (i)
			out_char(o, '|');
		out_str(o, profile_text(p, p->function.name[p->line.function_row[p->location.line_start[row] + i]]));
	}
	if (n != 1)
		out_char(o, ']');
	out_char(o, ' ');
}

static void put_label(struct out *o, const struct profile *p, const struct label *l)
{
	out_char(o, ' ');
	out_str(o, profile_text(p, l->key));
	out_char(o, l->flags & LABEL_IS_NUMERIC ? '#' : '=');
	if (l->flags & LABEL_IS_NUMERIC)
		out_i64(o, l->num);
	out_str(o, profile_text(p, l->text));
}

static void put_sample(struct out *o, const struct profile *p, uint32_t sample)
{
	uint32_t stack = p->sample.stack_row[sample], set = p->sample.label_set_row[sample];

	for (uint32_t i = 0; i < p->stack.len[stack]; i++)
		put_location(o, p, p->stack.location_row[p->stack.start[stack] + i]);
	out_char(o, ':');
	for (uint32_t i = 0; i < p->n_sample_type; i++)
		out_fmt(o, " %" PRId64, p->sample.value[i][sample]);
	if (p->label_set.len[set])
		out_lit(o, " :");
	for (uint32_t i = 0; i < p->label_set.len[set]; i++)
		put_label(o, p, &p->label_set.label[p->label_set.start[set] + i]);
	out_char(o, '\n');
}

struct str profile_to_text(struct test *t, const struct profile *p)
{
	struct str s;
	struct out o;

	out_open_memory(&o);
	for (uint32_t i = 0; i < p->sample.n; i++)
		put_sample(&o, p, i);
	s = arena_str(&t->arena, out_text(&o));
	out_release(&o);
	return s;
}
