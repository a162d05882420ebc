/*
 * Which format an input is: spec/profile.md 1.1, 1.5, 6.1.
 */
#include "config.h"

#include "load/formats.h"
#include "tests/test.h"

#define UNRECOGNIZED "parsing profile: unrecognized profile format: "

static struct profile *decode(struct bytes input, struct error *err)
{
	return load_decode(input, NULL, NULL, err);
}

static void refuses(void **state, struct bytes input, const char *text)
{
	struct test *t = *state;

	assert_null(decode(input, &t->err));
	assert_int_equal(t->err.code, ERR_FORMAT);
	assert_string_equal(t->err.msg, text);
}

#define REFUSES(lit, text) refuses(state, BYTES(lit), text)

/* The name of the first sample type tells the format. */
static void decodes(void **state, struct bytes input, const char *type)
{
	struct test *t = *state;
	struct profile *p = decode(input, &t->err);

	if (!p)
		fail_msg("not decoded: %s", t->err.msg);
	assert_str(profile_text(p, p->sample_type[0].type), type);
	profile_free(p);
}

#define DECODES(lit, type) decodes(state, BYTES(lit), type)

static void each_format_is_found(void **state)
{
	DECODES("\x0a\x04\x08\x01\x10\x01\x32\x00\x32\x01x", "x");
	DECODES("\0\0\0\0\3\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0", "samples");
	DECODES("heap profile: 1: 1 [1: 1] @ heap_v2/1\n", "objects");
	DECODES("# heap profile: 1: 1 [1: 1] @ heap_v2/1\n", "objects");
	DECODES("\n\ngoroutine profile: total 0\n", "goroutine");
	DECODES("--- threadz 1 ---\n--- Memory map: ---\n", "thread");
	DECODES("--- contentionz 1 ---\n", "contentions");
	DECODES("--- heapz 1 ---\nformat = java\nresolution = bytes\n", "inuse_objects");
	DECODES("--- contentionz 1 ---\nformat = java\nresolution = bytes\n", "contentions");
}

static void the_first_that_knows_it_decides(void **state)
{
	REFUSES("goroutine profile: total 0\nfoo\n", "parsing profile: malformed profile format: "
		"this is a goroutine profile that was changed");
	REFUSES("--- mutex:\n1 99999999999999999999 @\n",
		"parsing profile: malformed sample: 1 99999999999999999999 @: strconv.ParseInt: parsing "
		"\"99999999999999999999\": value out of range: this is a contention profile with lines we do not know");
	REFUSES("", "parsing profile: empty input file: this is what a program leaves that ends before its profile is "
		    "written");
}

static void bytes_without_a_newline_are_a_line_too_long(void **state)
{
	struct test *t = *state;
	uint8_t *junk = ARENA_ARRAY(&t->arena, uint8_t, 65536);

	assert_non_null(junk);
	memset(junk, 0xff, 65536);
	refuses(state, (struct bytes){ junk, 65536 }, "parsing profile: bufio.Scanner: token too long: 65536 bytes of no kind we know");
	memcpy(junk, "{\"a\": ", 6);
	refuses(state, (struct bytes){ junk, 65536 },
		"parsing profile: bufio.Scanner: token too long: this looks like JSON, not a profile; check where it "
		"comes from");
	memset(junk, 0xff, 6);
	refuses(state, (struct bytes){ junk, 65535 }, UNRECOGNIZED "65535 bytes of no kind we know");
}

static void what_is_no_profile_is_told_by_its_beginning(void **state)
{
	struct test *t = *state;
	const struct {
		struct bytes input;
		const char *word;
	} table[] = {
		{ BYTES("\x7f" "ELF\2\1\1"), "ELF" },
		{ BYTES("PERFILE2xx"), "perf_to_profile" },
		{ BYTES("\r\n<!DOCTYPE HTML>\n<p>"), "web page" },
		{ BYTES("<html><body>404"), "web page" },
		{ BYTES("go 1.22 trace\0\0\0"), "execution trace (go 1.22)" },
		{ BYTES("{\"a\": 1}"), "JSON" },
		{ BYTES("goroutine 1 [running]:\nmain.main()\n"), "goroutine?debug=2" },
		{ BYTES("\x1f\x8b\x08"), "compressed twice" },
		{ BYTES("--- threadz 1 ---\n"), "memory map" },
		{ BYTES("\0\0\0\0\3\0\0\0\0\0\0\0\1\0\0\0"), "CPU profile of gperftools" },
		{ BYTES("main;f;g 12\nmain;f 3\n"), "beginning with \"main;f;g 12\"" },
		{ BYTES("caf\xc3\xa9 \x1b]0;x\x07"), "12 bytes" },
		{ BYTES("caf\xc3\xa9 \xe2\x80\xae"), "\"caf?? ???\"" },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		error_clear(&t->err);
		assert_null(decode(table[i].input, &t->err));
		assert_int_equal(t->err.code, ERR_FORMAT);
		assert_true(str_has_prefix(str_from(t->err.msg), STR(UNRECOGNIZED)));
		if (!strstr(t->err.msg, table[i].word))
			fail_msg("no \"%s\" in: %s", table[i].word, t->err.msg);
	}
}

static void a_cut_profile_says_where(void **state)
{
	REFUSES("\x0a\x04\x08\x01\x10\x01\x32\x00\x32\x05x",
		UNRECOGNIZED "this is a profile that was cut short or changed, of 11 bytes: field of 5 bytes at "
			     "byte 10, where 1 are left; fetch it again");
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(each_format_is_found),
		TEST(the_first_that_knows_it_decides),
		TEST(bytes_without_a_newline_are_a_line_too_long),
		TEST(what_is_no_profile_is_told_by_its_beginning),
		TEST(a_cut_profile_says_where),
	};

	return TEST_RUN(tests, argc, argv);
}
