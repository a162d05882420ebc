/*
 * Go's counts of stacks in text: spec/profile.md 6.4.
 */
#include "config.h"

#include "profile/legacy.h"
#include "tests/unit/profile/dump.h"

#define DECODES(lit, wanted) assert_decodes(*state, profile_decode_legacy_count, BYTES(lit), wanted)
#define REFUSES(lit, code, text) assert_refuses(*state, profile_decode_legacy_count, BYTES(lit), code, text)

#define HEADER "goroutine profile: total 3\n"
#define IS_GOROUTINE "goroutine/count; period goroutine/count 1\n"
#define CATCH_ALL "map 0x0-0xffffffffffffffff+0x0\n"
#define MALFORMED(lit) REFUSES(lit, ERR_FORMAT, "malformed profile format")

static void a_count_may_be_octal(void **state)
{
	DECODES(HEADER "010 @ 0x10 0x20\n", IS_GOROUTINE "8: 0xf@1 0x1f@1\n" CATCH_ALL);
	MALFORMED(HEADER "08 @ 0x10\n");
}

static void the_leaf_is_decremented_too(void **state)
{
	DECODES(HEADER "1 @ 0x10\n#\t0xf\tmain.f+0x1\tmain.go:3\n\n2 @ 0x10 0x30",
		IS_GOROUTINE "1: 0xf@1\n2: 0xf@1 0x2f@1\n" CATCH_ALL);
}

static void the_type_is_any_word(void **state)
{
	DECODES("\n# comment\na/b profile: total 0\r\n", "a/b/count; period a/b/count 1\n");
	REFUSES("a b profile: total 0\n", ERR_UNSUPPORTED, NULL);
	REFUSES("a profile: total 0 \n", ERR_UNSUPPORTED, NULL);
	REFUSES("a profile: total \n", ERR_UNSUPPORTED, NULL);
	REFUSES(" a profile: total 1\n", ERR_UNSUPPORTED, NULL);
	REFUSES("", ERR_UNSUPPORTED, NULL);
}

static void a_line_of_another_shape_is_malformed(void **state)
{
	MALFORMED(HEADER "1 @\n");
	MALFORMED(HEADER "1 @ 0x10 \n");
	MALFORMED(HEADER " 1 @ 0x10\n");
	MALFORMED(HEADER "1 @ 0x10  0x20\n");
	MALFORMED(HEADER "1 @ 0x1F\n");
	MALFORMED(HEADER "-1 @ 0x10\n");
	MALFORMED(HEADER "1 @ 0x10000000000000000\n");
	MALFORMED(HEADER "9223372036854775808 @ 0x1\n");
	MALFORMED(HEADER "MAPPED_LIBRARIES:\n");
}

static void dashes_end_the_samples(void **state)
{
	DECODES(HEADER "1 @ 0x11\n--- x\nnot looked at\nMAPPED_LIBRARIES:\n10-20: /bin/x\n",
		IS_GOROUTINE "1: 0x10@1\nmap 0x10-0x20+0x0 /bin/x\n");
	DECODES(HEADER "1 @ 0x11\n--- Memory map: ---\n10-20: /bin/x",
		IS_GOROUTINE "1: 0x10@1\nmap 0x10-0x20+0x0 /bin/x\n");
	DECODES(HEADER "1 @ 0x11\n---\n10-20: /bin/x\n", IS_GOROUTINE "1: 0x10@1\n" CATCH_ALL);
}

static void frames_of_the_profiler_are_named(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_decode_legacy_count(BYTES(HEADER), &t->err);

	assert_non_null(p);
	assert_str(profile_text(p, p->drop_frames),
		   "ProfileData::Add|ProfileData::prof_handler|CpuProfiler::prof_handler|"
		   "__pthread_sighandler|__restore");
	assert_str(profile_text(p, p->keep_frames), "");
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_count_may_be_octal),
		TEST(the_leaf_is_decremented_too),
		TEST(the_type_is_any_word),
		TEST(a_line_of_another_shape_is_malformed),
		TEST(dashes_end_the_samples),
		TEST(frames_of_the_profiler_are_named),
	};

	return TEST_RUN(tests, argc, argv);
}
