/*
 * Unit tests of profile_encode(): spec/profile.md 5, byte by byte.
 */
#include "config.h"

#include "profile/encode.h"

#include "profile/builder.h"
#include "tests/profile_text.h"

static struct bytes encoded(struct test *t, const struct profile *p, double ratio)
{
	struct out o;
	struct str s;

	out_open_memory(&o);
	assert_true(profile_encode(p, ratio, &o, &t->err));
	s = arena_str(&t->arena, out_text(&o));
	out_release(&o);
	return (struct bytes){ (const uint8_t *)s.ptr, s.len };
}

static void assert_bytes(struct bytes is, struct bytes wanted)
{
	assert_int_equal(is.len, wanted.len);
	assert_memory_equal(is.ptr, wanted.ptr, wanted.len);
}

/* What the input encodes to when it is decoded; `again` must be those very bytes. */
static void recoded(struct test *t, struct bytes input, struct bytes again)
{
	struct profile *p = profile_decode(input, NULL, NULL, &t->err);

	assert_non_null(p);
	assert_bytes(encoded(t, p, 1), again);
	profile_free(p);
}

/* spec/profile.md 5.5 */
static void the_worked_example_comes_back(void **state)
{
	const struct bytes b = BYTES("\x0a\x04\x08\x01\x10\x02\x12\x06\x08\x01\x08\x02\x10\x02\x12\x04"
				     "\x08\x02\x10\x01\x1a\x0d\x08\x01\x18\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"
				     "\x22\x06\x08\x01\x10\x01\x18\x10\x22\x06\x08\x02\x10\x01\x18\x20\x32\x00"
				     "\x32\x09goroutine\x32\x05" "count\x32\x03xyz\x38\x03\x5a\x04\x08\x01\x10\x02"
				     "\x60\x01\x70\x00");

	recoded(*state, b, b);
}

static void strings_are_numbered_by_first_use(void **state)
{
	recoded(*state,
		BYTES("\x0a\x04\x08\x04\x10\x03\x2a\x06\x08\x01\x10\x01\x18\x02"
		      "\x32\x00\x32\x01n\x32\x01s\x32\x01u\x32\x01t\x32\x06unused"),
		BYTES("\x0a\x04\x08\x01\x10\x02\x2a\x06\x08\x01\x10\x03\x18\x04"
		      "\x32\x00\x32\x01t\x32\x01u\x32\x01n\x32\x01s\x70\x00"));
}

static void lists_of_more_than_two_are_packed(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("A B : 1\nA B C : 300\n");
	struct bytes b = encoded(t, p, 1);

	assert_memory_equal(b.ptr, "\x0a\x04\x08\x01\x10\x02"
				   "\x12\x06\x08\x01\x08\x02\x10\x01"
				   "\x12\x08\x0a\x03\x01\x02\x03\x10\xac\x02", 24);
	profile_free(p);
	p = profile_from_text("A : 1 0 -1\n");
	b = encoded(t, p, 1);
	assert_memory_equal(b.ptr + 18, "\x12\x10\x08\x01\x12\x0c\x01\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 18);
	profile_free(p);
}

static void labels_are_strings_then_numbers(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("A : 1 : z=v n#5kb b#-1\n");
	struct bytes b = encoded(t, p, 1);

	/* Strings: a, count, z, v, b, n, kb */
	assert_memory_equal(b.ptr + 6, "\x12\x21\x08\x01\x10\x01"
				       "\x1a\x04\x08\x03\x10\x04"
				       "\x1a\x0d\x08\x05\x18\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"
				       "\x1a\x06\x08\x06\x18\x05\x20\x07", 35);
	profile_free(p);
}

static void long_ids_survive(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("A B C D : 1\n"), *q;

	p->location.id[0] = UINT64_MAX;
	p->location.id[1] = (uint64_t)1 << 48; /* seven bytes */
	p->location.id[2] = (uint64_t)1 << 49; /* eight */
	q = profile_decode(encoded(t, p, 1), NULL, NULL, &t->err);
	assert_non_null(q);
	assert_profile(q, "A B C D : 1\n");
	assert_true(q->location.id[0] == UINT64_MAX);
	profile_free(q);
	profile_free(p);
}

static void values_are_multiplied_and_truncated(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("A : 7 -7\nB : 1 0\n"), *q;

	q = profile_decode(encoded(t, p, 0.5), NULL, NULL, &t->err);
	assert_profile(q, "A : 3 -3\nB : 0 0\n");
	profile_free(q);
	q = profile_decode(encoded(t, p, -1), NULL, NULL, &t->err);
	assert_profile(q, "A : 7 -7\nB : 1 0\n");
	profile_free(q);
	profile_free(p);
}

static void all_of_the_header_comes_back(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("A : 1\n"), *q;
	str_id comment[3];

	p->time_nanos = 5;
	p->duration_nanos = -6;
	p->period = 7;
	p->comment = comment;
	p->n_comment = 3;
	comment[0] = comment[2] = p->doc_url = strtab_add(&p->strings, &p->arena, STR("x"));
	comment[1] = p->default_sample_type = p->period_type.unit = strtab_add(&p->strings, &p->arena, STR("y\0z"));
	p->drop_frames = p->keep_frames = p->sample_type[0].type;
	q = profile_decode(encoded(t, p, 1), NULL, NULL, &t->err);
	assert_non_null(q);
	assert_int_equal(q->time_nanos, 5);
	assert_int_equal(q->duration_nanos, -6);
	assert_int_equal(q->period, 7);
	assert_int_equal(q->n_comment, 3);
	assert_str(profile_text(q, q->comment[2]), "x");
	assert_true(str_eq(profile_text(q, q->comment[1]), STR("y\0z")));
	assert_true(str_eq(profile_text(q, q->period_type.unit), STR("y\0z")));
	assert_true(str_eq(profile_text(q, q->default_sample_type), STR("y\0z")));
	assert_str(profile_text(q, q->doc_url), "x");
	assert_str(profile_text(q, q->drop_frames), "a");
	assert_str(profile_text(q, q->keep_frames), "a");
	assert_str(profile_text(q, q->mapping[0].filename), "/bin/prog");
	assert_bytes(encoded(t, q, 1), encoded(t, p, 1));
	profile_free(q);
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(the_worked_example_comes_back),
		TEST(strings_are_numbered_by_first_use),
		TEST(lists_of_more_than_two_are_packed),
		TEST(labels_are_strings_then_numbers),
		TEST(long_ids_survive),
		TEST(values_are_multiplied_and_truncated),
		TEST(all_of_the_header_comes_back),
	};

	return TEST_RUN(tests, argc, argv);
}
