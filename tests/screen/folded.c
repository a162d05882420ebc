/*
 * Profiles for screen tests, from text.
 *
 * Lives here: a small program: folded stacks on standard input, profile.proto on standard output.
 *
 *	!type cpu nanoseconds         a sample type; the first lines
 *	main;work;[x|y] 10 k=v        frames from the root, a value for each type, labels
 *	main;f*2000 1                 a frame two thousand times over
 *	main@12;work@a/w.go:34 1      frames on line 12 of main.go, on line 34 of a/w.go
 *	main;~/lib/c.so 1             a place in /lib/c.so of which nothing is known
 *
 * [x|y] is one location, y inlined into x.  \xHH stands for a byte, so that names can hold
 * anything.
 */
#include "config.h"

#include "base/blob.h"
#include "base/cursor.h"
#include "base/out.h"
#include "profile/builder.h"
#include "profile/encode.h"

#include <stdlib.h>
#include <unistd.h>

enum { MOST_TYPES = 4, MOST_FRAMES = 5000, MOST_LABELS = 8 };

struct function {
	str_id name, file;
};

struct reader {
	struct arena arena;
	struct profile_builder b;
	VEC(struct str) location; /* text of each */
	VEC(struct function) function;
	VEC(str_id) mapping; /* path of each */
	struct value_type type[MOST_TYPES];
	uint32_t n_type;
};

static void must(bool ok)
{
	if (!ok)
		exit(1);
}

static int hex(char c)
{
	return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

static struct str unescape(struct reader *r, struct str s)
{
	char *to = ARENA_ARRAY(&r->arena, char, s.len);
	size_t n = 0;

	must(to != NULL);
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '\\' && i + 3 < s.len && s.ptr[i + 1] == 'x') {
			to[n++] = (char)(hex(s.ptr[i + 2]) << 4 | hex(s.ptr[i + 3]));
			i += 3;
		} else {
			to[n++] = s.ptr[i];
		}
	}
	return (struct str){ to, n };
}

static int64_t number(struct str s)
{
	char text[32] = "";

	must(s.len > 0 && s.len < sizeof(text));
	memcpy(text, s.ptr, s.len);
	return strtoll(text, NULL, 10);
}

/* Functions of main.go start on line 1; where others start is not known. */
static uint32_t function_row(struct reader *r, struct str text, struct str file)
{
	struct function f = { profile_builder_str(&r->b, unescape(r, text)),
			      profile_builder_str(&r->b, file.len ? file : STR("main.go")) };

	for (uint32_t i = 0; i < r->function.n; i++)
		if (r->function.at[i].name == f.name && r->function.at[i].file == f.file)
			return i;
	must(vec_push(&r->function, f));
	return profile_builder_function(&r->b, r->function.n, f.name, f.name, f.file, file.len ? 0 : 1);
}

/* A name, and perhaps its place. */
static void add_line(struct reader *r, struct str text)
{
	struct str name, place, file, line;

	if (!str_cut(text, '@', &name, &place))
		place = STR("7");
	if (!str_cut(place, ':', &file, &line)) {
		line = file;
		file = STR_EMPTY;
	}
	must(profile_builder_line(&r->b, function_row(r, name, file), number(line), 0));
}

/* The last one named is the innermost, which stands first. */
static void add_lines(struct reader *r, struct str text)
{
	struct str outer, inner;

	if (str_cut(text, '|', &outer, &inner))
		add_lines(r, inner);
	add_line(r, outer);
}

static uint32_t mapping_row(struct reader *r, struct str path)
{
	struct mapping m = { .filename = profile_builder_str(&r->b, path), .limit = UINT64_MAX };

	for (uint32_t i = 0; i < r->mapping.n; i++)
		if (r->mapping.at[i] == m.filename)
			return i;
	must(vec_push(&r->mapping, m.filename));
	m.id = r->mapping.n;
	return profile_builder_mapping(&r->b, &m);
}

static uint32_t location_row(struct reader *r, struct str text)
{
	bool is_unknown = text.ptr[0] == '~';
	uint32_t row;

	for (uint32_t i = 0; i < r->location.n; i++)
		if (str_eq(r->location.at[i], text))
			return i;
	must(vec_push(&r->location, text));
	row = profile_builder_location(&r->b, r->location.n,
				       is_unknown ? mapping_row(r, str_from_offset(text, 1)) : ROW_NONE,
				       0x1000 + 16 * r->location.n, false);
	if (is_unknown)
		return row;
	if (text.ptr[0] == '[')
		text = str_head(str_from_offset(text, 1), text.len - 2);
	add_lines(r, text);
	return row;
}

static uint32_t read_stack(struct reader *r, struct str s)
{
	static uint32_t row[MOST_FRAMES];
	uint32_t *room;
	size_t n = 0;

	while (s.len) {
		struct str frame, times;
		int64_t repeat = 1;

		(void)str_cut(s, ';', &frame, &s);
		if (str_cut(frame, '*', &frame, &times))
			repeat = number(times);
		for (; repeat > 0; repeat--) {
			must(n < MOST_FRAMES);
			row[n++] = location_row(r, frame);
		}
	}
	room = profile_builder_stack_room(&r->b, n);
	for (size_t i = 0; i < n; i++)
		room[i] = row[n - 1 - i];
	return profile_builder_stack(&r->b, n);
}

static uint32_t read_labels(struct reader *r, struct str s)
{
	struct label label[MOST_LABELS];
	size_t n = 0;

	while (s.len) {
		struct str word, key, value;

		(void)str_cut(s, ' ', &word, &s);
		must(n < MOST_LABELS);
		must(str_cut(word, '=', &key, &value));
		label[n++] = (struct label){ .key = profile_builder_str(&r->b, unescape(r, key)),
					     .text = profile_builder_str(&r->b, unescape(r, value)) };
	}
	return profile_builder_label_set(&r->b, label, n);
}

static void read_type(struct reader *r, struct str line)
{
	struct str type, unit;

	must(r->n_type < MOST_TYPES);
	(void)str_cut(line, ' ', &type, &unit);
	r->type[r->n_type++] = (struct value_type){ profile_builder_str(&r->b, type),
						    profile_builder_str(&r->b, unit) };
}

static void read_sample(struct reader *r, struct str line)
{
	int64_t value[MOST_TYPES];
	struct str stack, word;
	uint32_t stack_row;

	if (r->b.n_value == 0)
		must(profile_builder_sample_types(&r->b, r->type, r->n_type));
	(void)str_cut(line, ' ', &stack, &line);
	stack_row = read_stack(r, stack);
	for (uint32_t i = 0; i < r->n_type; i++) {
		(void)str_cut(line, ' ', &word, &line);
		value[i] = number(word);
	}
	must(profile_builder_sample(&r->b, stack_row, read_labels(r, line), value));
}

int main(void)
{
	struct error err = ERROR_INIT;
	struct reader r = { .arena = ARENA_INIT };
	struct blob text = BLOB_INIT;
	struct profile *p;
	struct out out;
	struct cursor c;
	struct str line;

	must(blob_read_file(&text, "-", &err) && profile_builder_init(&r.b, &err));
	c = cursor_over(blob_bytes(&text));
	while (cursor_line(&c, &line)) {
		if (str_has_prefix(line, STR("!type ")))
			read_type(&r, str_from_offset(line, 6));
		else if (line.len && line.ptr[0] != '#')
			read_sample(&r, line);
	}
	if (r.b.n_value == 0)
		must(profile_builder_sample_types(&r.b, r.type, r.n_type));
	p = profile_builder_seal(&r.b, &err);
	must(p != NULL);
	out_open_fd(&out, STDOUT_FILENO);
	must(profile_encode(p, 0, &out, &err) && out_close(&out, &err));
	profile_free(p);
	vec_release(&r.location);
	vec_release(&r.function);
	vec_release(&r.mapping);
	arena_release(&r.arena);
	blob_release(&text);
	return 0;
}
