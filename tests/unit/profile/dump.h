/*
 * A profile as a few lines of text, for tests that compare all of it.
 *
 * Lives here: the dump.  Each line ends in '\n':
 *
 *	objects/count space/bytes; period space/bytes 524288; duration 5
 *	57 528909 bytes=9216: 0xf@1 0x1f@2 main+3(a.java)@-
 *	map 0x400000-0x500000+0x0 /bin/main abc
 *
 * An address is followed by the number of its map, a location with a function has name+line(file)
 * instead.
 */
#ifndef TESTS_UNIT_PROFILE_DUMP_H
#define TESTS_UNIT_PROFILE_DUMP_H

#include "base/vec.h"
#include "profile/profile.h"
#include "tests/test.h"

#include <inttypes.h>

typedef VEC(char) dump_text;

static void dump_str(dump_text *to, struct str s)
{
	assert_true(vec_reserve(to, s.len + 1));
	if (s.len)
		memcpy(to->at + to->n, s.ptr, s.len);
	to->n += s.len;
	to->at[to->n] = '\0';
}

#define dump_fmt(arena, to, ...) dump_str((to), arena_fmt((arena), __VA_ARGS__))

static void dump_location(struct arena *a, dump_text *to, const struct profile *p, uint32_t row)
{
	uint32_t line = p->location.line_start[row];

	if (p->location.n_line[row] == 0) {
		dump_fmt(a, to, " 0x%" PRIx64, p->location.address[row]);
	} else {
		uint32_t f = p->line.function_row[line];

		dump_fmt(a, to, " %.*s+%" PRId64 "(%.*s)", STR_FMT(profile_text(p, p->function.name[f])),
			 p->line.line[line], STR_FMT(profile_text(p, p->function.filename[f])));
	}
	if (p->location.mapping_row[row] == ROW_NONE)
		dump_str(to, STR("@-"));
	else
		dump_fmt(a, to, "@%" PRIu64, p->mapping[p->location.mapping_row[row]].id);
}

static void dump_sample(struct arena *a, dump_text *to, const struct profile *p, uint32_t row)
{
	uint32_t stack = p->sample.stack_row[row], set = p->sample.label_set_row[row];

	for (uint32_t i = 0; i < p->n_sample_type; i++)
		dump_fmt(a, to, "%s%" PRId64, i ? " " : "", p->sample.value[i][row]);
	for (uint32_t i = 0; i < p->label_set.len[set]; i++) {
		const struct label *l = &p->label_set.label[p->label_set.start[set] + i];

		dump_fmt(a, to, " %.*s=%" PRId64, STR_FMT(profile_text(p, l->key)), l->num);
	}
	dump_str(to, STR(":"));
	for (uint32_t i = 0; i < p->stack.len[stack]; i++)
		dump_location(a, to, p, p->stack.location_row[p->stack.start[stack] + i]);
	dump_str(to, STR("\n"));
}

static void dump_type(struct arena *a, dump_text *to, const struct profile *p, struct value_type t)
{
	dump_fmt(a, to, "%.*s/%.*s", STR_FMT(profile_text(p, t.type)), STR_FMT(profile_text(p, t.unit)));
}

static void dump_maps(struct arena *a, dump_text *to, const struct profile *p)
{
	for (uint32_t i = 0; i < p->n_mapping; i++) {
		const struct mapping *m = &p->mapping[i];

		dump_fmt(a, to, "map 0x%" PRIx64 "-0x%" PRIx64 "+0x%" PRIx64, m->start, m->limit, m->offset);
		if (m->filename)
			dump_fmt(a, to, " %.*s", STR_FMT(profile_text(p, m->filename)));
		if (m->build_id)
			dump_fmt(a, to, " %.*s", STR_FMT(profile_text(p, m->build_id)));
		dump_str(to, STR("\n"));
		assert_int_equal(m->id, i + 1);
	}
}

/* In the arena of the test. */
static const char *dump(struct arena *a, const struct profile *p)
{
	dump_text to = VEC_INIT;
	struct str s;

	for (uint32_t i = 0; i < p->n_sample_type; i++) {
		dump_type(a, &to, p, p->sample_type[i]);
		dump_str(&to, i + 1 < p->n_sample_type ? STR(" ") : STR(""));
	}
	dump_str(&to, STR("; period "));
	dump_type(a, &to, p, p->period_type);
	dump_fmt(a, &to, " %" PRId64, p->period);
	if (p->duration_nanos)
		dump_fmt(a, &to, "; duration %" PRId64, p->duration_nanos);
	dump_str(&to, STR("\n"));
	for (uint32_t i = 0; i < p->sample.n; i++)
		dump_sample(a, &to, p, i);
	dump_maps(a, &to, p);
	s = arena_str(a, (struct str){ to.at, to.n });
	vec_release(&to);
	assert_non_null(s.ptr);
	return s.ptr;
}

typedef struct profile *dump_decoder(struct bytes input, struct error *err);

/* The input is of the format, and this is all of it. */
static void assert_decodes(struct test *t, dump_decoder *decode, struct bytes input, const char *wanted)
{
	struct profile *p = decode(input, &t->err);

	if (!p)
		fail_msg("not decoded: %s", t->err.msg);
	assert_string_equal(dump(&t->arena, p), wanted);
	profile_free(p);
}

/* The input is refused, with this text unless it is NULL. */
static void assert_refuses(struct test *t, dump_decoder *decode, struct bytes input, enum error_code code,
			   const char *text)
{
	struct profile *p = decode(input, &t->err);

	assert_null(p);
	assert_int_equal(t->err.code, code);
	if (text)
		assert_string_equal(t->err.msg, text);
}

#endif
