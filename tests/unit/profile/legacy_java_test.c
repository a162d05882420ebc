/*
 * Java's profiles in text: spec/profile.md 6.7.
 */
#include "config.h"

#include "profile/legacy.h"
#include "tests/unit/profile/dump.h"

#define DECODES(lit, wanted) assert_decodes(*state, profile_decode_legacy_java, BYTES(lit), wanted)
#define REFUSES(lit, code, text) assert_refuses(*state, profile_decode_legacy_java, BYTES(lit), code, text)

#define HEAP "--- heapz 1 ---\nformat = java\nresolution=bytes\n"
#define CONTENTION "--- contentionz 1 ---\nformat = java\nresolution=microseconds\n"
#define IS_HEAP "inuse_objects/count inuse_space/bytes; period / 0\n"
#define IS_CONTENTION "contentions/count delay/microseconds; period "
#define CATCH_ALL "map 0x0-0xffffffffffffffff+0x0\n"

static void heap_samples_are_unsampled(void **state)
{
	DECODES(HEAP "7048 1 @ 0x3 0x4\n\n4752 9 @ 0x5\n0x3 f (a.java:3)\n",
		IS_HEAP "74 527819 bytes=7048: f+3(a.java)@- 0x0@1\n"
			"8941 4720968 bytes=528: 0x0@1\n" CATCH_ALL);
	DECODES(HEAP "010 1 @ 0x3\n0x3 f\n", IS_HEAP "65536 524292 bytes=8: f+0()@-\n");
}

static void contention_is_multiplied_by_its_period(void **state)
{
	DECODES(CONTENTION "sampling period = 100\nms since reset = 6019923\n7 2 @ 0x3\n0x3 f",
		IS_CONTENTION "contentions/count 100; duration 6019923000000\n200 700: f+0()@-\n");
	DECODES(CONTENTION "7 2 @ 0x3\n0x3 f", IS_CONTENTION "/ 0\n2 7: f+0()@-\n");
}

static void only_whole_lines_are_samples(void **state)
{
	DECODES(HEAP "7048 1 @ 0x3", IS_HEAP);
	DECODES("--- heapz 1 ---\n", "; period / 0\n");
	REFUSES("--- heapz 1 ---", ERR_UNSUPPORTED, NULL);
	REFUSES("", ERR_UNSUPPORTED, NULL);
}

static void a_sample_needs_a_blank_before_its_addresses(void **state)
{
	DECODES(CONTENTION "x 1 7 2 @  0x3 0X4 0x5\n1 1 @0x4\n0x3 f\n", IS_CONTENTION "/ 0\n2 7: f+0()@-\n");
}

static void a_location_is_a_name_a_file_and_a_line(void **state)
{
#define LOCATION(text, wanted) DECODES(CONTENTION "7 2 @ 0x3\n \t0x03 " text "\n", IS_CONTENTION "/ 0\n2 7: " wanted "@-\n")
	LOCATION("com.ex.f (a.java:3)", "com.ex.f+3(a.java)");
	LOCATION("f  (a.java:-3)", "f +0(a.java)");
	LOCATION("f\t(a:b:010)", "f+10(a:b)");
	LOCATION("f (a (b:7)", "f (a+7(b)");
	LOCATION("f (a (:3)", "f+3(a ()");
	LOCATION("f (:3)", "f+0(:3)");
	LOCATION("f (a:--3)", "f+0(a:--3)");
	LOCATION("f (a:99999999999999999999)", "f+0(a)");
	LOCATION("f (/lib/x.so)", "f+0(x.so)");
	LOCATION("f (x/)", "f+0(x)");
	LOCATION("f (/)", "f+0(/)");
	LOCATION("f ()", "f+0(.)");
	LOCATION("f(a:7)", "f(a:7)+0()");
	LOCATION("(a:7)", "(a:7)+0()");
	LOCATION("x generated stub/JIT", "STUB+0()");
	LOCATION("x generated stub/JIT (y)", "x generated stub/JIT+0(y)");
	LOCATION("a b (c", "a b (c+0()");
#undef LOCATION
}

static void functions_of_one_name_share_the_first_file(void **state)
{
	DECODES(CONTENTION "7 2 @ 0x3 0x4\n0x3 f (a.java:3)\n0x3 g (b.java:4)\n0x4 f (c.java:5)\n0x9 h\n",
		IS_CONTENTION "/ 0\n2 7: g+4(b.java)@- f+5(a.java)@-\n");
}

static void lines_may_be_long(void **state)
{
	struct test *t = *state;
	static const char head[] = CONTENTION "7 2 @ 0x3\n0x3 ";
	size_t len = sizeof(head) - 1 + 70000;
	char *text = ARENA_ARRAY(&t->arena, char, len);
	struct profile *p;

	assert_non_null(text);
	memset(text, 'x', len);
	memcpy(text, head, sizeof(head) - 1);
	p = profile_decode_legacy_java((struct bytes){ (const uint8_t *)text, len }, &t->err);
	assert_non_null(p);
	assert_int_equal(profile_text(p, p->function.name[0]).len, 70000);
	profile_free(p);
}

static void attributes_are_those_of_java(void **state)
{
	DECODES("  --- contentionz 1 ---\r\n\n x: resolution = s t \nresolution=u\n",
		"contentions/count delay/u; period / 0\n");
	REFUSES("--- heapz 1 ---\nformat = c\n", ERR_UNSUPPORTED, NULL);
	REFUSES("--- heapz 1 ---\nsampling period = 5\n", ERR_UNSUPPORTED, NULL);
	REFUSES("--- heapz 2 ---\nformat = java\n", ERR_UNSUPPORTED, NULL);
	REFUSES(CONTENTION "sampling period = 08\n", ERR_FORMAT,
		"failed to parse attribute sampling period = 08: strconv.ParseInt: parsing \"08\": invalid syntax");
	REFUSES(CONTENTION "ms since reset = 1x\n", ERR_FORMAT,
		"failed to parse attribute ms since reset = 1x: strconv.ParseInt: parsing \"1x\": invalid syntax");
}

static void a_broken_sample_is_shown(void **state)
{
	REFUSES(HEAP "7048 0 @ 0x3\n", ERR_FORMAT, "parsing sample 7048 0 @ 0x3: second value must be non-zero");
	REFUSES(HEAP "7048 08 @ 0x3\n", ERR_FORMAT,
		"parsing sample 7048 08 @ 0x3: strconv.ParseInt: parsing \"08\": invalid syntax");
	REFUSES(HEAP "1 1 @ 0x11111111111111111\n", ERR_FORMAT,
		"malformed sample: 1 1 @ 0x11111111111111111: failed to parse as hex 64-bit number: "
		"0x11111111111111111");
	REFUSES(HEAP "1 1 @ 0x1\n0x11111111111111111 f\n", ERR_FORMAT,
		"parsing sample 0x11111111111111111 f: strconv.ParseUint: parsing \"11111111111111111\": value "
		"out of range");
	REFUSES("--- heapz 1 ---\nformat = java\n1 1 @ 0x1\n", ERR_FORMAT, "missing sample type information");
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(heap_samples_are_unsampled),
		TEST(contention_is_multiplied_by_its_period),
		TEST(only_whole_lines_are_samples),
		TEST(a_sample_needs_a_blank_before_its_addresses),
		TEST(a_location_is_a_name_a_file_and_a_line),
		TEST(functions_of_one_name_share_the_first_file),
		TEST(lines_may_be_long),
		TEST(attributes_are_those_of_java),
		TEST(a_broken_sample_is_shown),
	};

	return TEST_RUN(tests, argc, argv);
}
