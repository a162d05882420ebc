/*
 * Unit tests of tagfocus and tagignore: the table of spec/profile.md 8.7.
 */
#include "config.h"

#include "profile/transform.h"

#include "tests/profile_text.h"

#define SAMPLES                                                              \
	"A : 1 : key1=tag1 bytes#1024\n"                                     \
	"A : 2 : key1=tag2 key2=tag1 bytes#2kb\n"                            \
	"A : 3 : lat#5000ms\n"                                               \
	"A : 4 : foo#7 foo#100\n"                                            \
	"A : 5 : request#524288\n"                                           \
	"A : 6\n"

/* The values of the samples that are left, as a text "1 2 5". */
static struct str left(struct test *t, const char *focus, const char *ignore, unsigned *matched)
{
	struct profile *below = profile_from_text(SAMPLES), *p = profile_derive(below, &t->err);
	struct tag_filter *in = focus ? tag_filter_new("tagfocus", str_from(focus), &t->err) : NULL;
	struct tag_filter *out = ignore ? tag_filter_new("tagignore", str_from(ignore), &t->err) : NULL;
	struct label_units units;
	struct str s = STR_EMPTY;

	assert_true((in || !focus) && (out || !ignore));
	assert_true(label_units_init(&units, below, &t->arena, &t->err));
	assert_true(profile_filter_tags(p, in, out, &units, matched, &t->err));
	for (uint32_t i = 0; i < p->sample.n; i++)
		s = arena_fmt(&t->arena, "%.*s%s%d", STR_FMT(s), i ? " " : "", (int)p->sample.value[0][i]);
	tag_filter_free(in);
	tag_filter_free(out);
	profile_free(p);
	profile_free(below);
	return s;
}

static void the_reference_keeps_the_same_samples(void **state)
{
	static const struct {
		const char *focus, *kept;
	} row[] = {
		{ "1kb", "" }, { "1024", "" }, { "bytes=1024", "" }, { "bytes=2", "" }, { "+1kb", "" }, { ":1kb", "" },
		{ "2kb", "2" }, { "1kb:2kb", "2" },
		{ "1kb:", "1 2 4 5" }, { "1kb:2048", "1 2 4 5" },
		{ "5s", "3" }, { "lat=5s", "3" }, { "4s:6s", "3" },
		{ "5sec:", "3 4" },
		{ "7", "4" }, { "foo=7", "4" }, { "foo=100", "4" }, { "foo=50:", "4" }, { "7:100", "4" }, { "7x", "4" },
		{ "7count", "4" },
		{ "512kb", "5" }, { "request=512kb", "5" },
		{ "tag1", "1 2" }, { "key", "1 2" }, { ".", "1 2" }, { ",", "1 2" }, { ":", "1 2" }, { "=tag1", "1 2" },
		{ "key1=,", "1 2" },
		{ "key1:tag1", "1" }, { "key1=tag1", "1" },
		{ "tag1,tag2", "2" }, { "key1=tag1,tag2", "1 2" },
		{ "1:2kb", "" }, { "1kb:2s", "" }, { "1.5kb", "" }, { "key1=a=b", "" },
	};
	struct test *t = *state;

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		unsigned matched = 0;

		assert_str(left(t, row[i].focus, NULL, &matched), row[i].kept);
		assert_int_equal(matched, row[i].kept[0] ? MATCH_TAGFOCUS : 0);
	}
}

static void ignore_drops_what_matches(void **state)
{
	struct test *t = *state;
	unsigned matched = 0;

	assert_str(left(t, NULL, "tag1", &matched), "3 4 5 6");
	assert_str(left(t, NULL, "1kb:", &matched), "3 6");
	assert_int_equal(matched, MATCH_TAGIGNORE);
	matched = 0;
	assert_str(left(t, "tag1", "tag2", &matched), "1");
	assert_int_equal(matched, MATCH_TAGFOCUS | MATCH_TAGIGNORE);
}

static void a_range_says_that_it_is_one(void **state)
{
	static const char *const range[] = { "1", "-1:", ":5kb", "1kb:2kb", "1:+2" };
	static const char *const no_range[] = { "1:2kb", "1kb:2kb:3kb", "a1", "1.5", "1:2:", ":1:", "--1", "kb" };
	struct test *t = *state;
	struct tag_filter *f;
	struct str s;

	for (size_t i = 0; i < sizeof(range) / sizeof(range[0]); i++) {
		f = tag_filter_new("tagfocus", str_from(range[i]), &t->err);
		assert_non_null(f);
		assert_true(tag_filter_is_range(f, &s));
		assert_str(s, range[i]);
		tag_filter_free(f);
	}
	for (size_t i = 0; i < sizeof(no_range) / sizeof(no_range[0]); i++) {
		f = tag_filter_new("tagfocus", str_from(no_range[i]), &t->err);
		assert_non_null(f);
		assert_false(tag_filter_is_range(f, &s));
		tag_filter_free(f);
	}
	f = tag_filter_new("tagfocus", STR("key=10:"), &t->err);
	assert_true(tag_filter_is_range(f, &s));
	assert_str(s, "10:");
	tag_filter_free(f);
}

static void what_does_not_parse_is_named(void **state)
{
	struct test *t = *state;

	assert_null(tag_filter_new("tagignore", STR("key=a,(b"), &t->err));
	assert_error(&t->err, ERR_USAGE, "parsing tagignore regexp: error parsing regexp: missing closing ): `(b`");
	error_clear(&t->err);
	assert_null(tag_filter_new("tagfocus", STR("9223372036854775808"), &t->err));
	assert_int_equal(t->err.code, ERR_USAGE);
	error_clear(&t->err);
	assert_null(tag_filter_new("tagfocus", STR("1:-9223372036854775809"), &t->err));
	assert_int_equal(t->err.code, ERR_USAGE);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(the_reference_keeps_the_same_samples),
		TEST(ignore_drops_what_matches),
		TEST(a_range_says_that_it_is_one),
		TEST(what_does_not_parse_is_named),
	};

	return TEST_RUN(tests, argc, argv);
}
