/*
 * Contention, mutex and block profiles in text: spec/profile.md 6.6, and the rows of 10.4.
 */
#include "config.h"

#include "profile/legacy.h"
#include "tests/unit/profile/dump.h"

#define DECODES(lit, wanted) assert_decodes(*state, profile_decode_legacy_contention, BYTES(lit), wanted)
#define REFUSES(lit, code, text) assert_refuses(*state, profile_decode_legacy_contention, BYTES(lit), code, text)

#define IS_CONTENTION "contentions/count delay/nanoseconds; period contentions/count "
#define CATCH_ALL "map 0x0-0xffffffffffffffff+0x0\n"

static void cycles_become_nanoseconds_of_all_events(void **state)
{
	DECODES("--- contentionz 1 ---\ncycles/second = 3201000000\nsampling period = 100\n"
		"ms since reset = 16502830\ndiscarded samples = 0\n"
		"  19490304 27 @ 0xbccc97 0xc61202\n",
		IS_CONTENTION "100; duration 16502830000000\n2700 608881724: 0xbccc96@1 0xc61201@1\n" CATCH_ALL);
	DECODES("--- mutex:\ncycles/second=1000000000\nsampling period=5\n10 2 @ 0x10 0x20\n",
		IS_CONTENTION "5\n10 50: 0xf@1 0x1f@1\n" CATCH_ALL);
	DECODES("--- mutex:\ncycles/second=2000000000\n10 2 @ 0x10\n", IS_CONTENTION "1\n2 5: 0xf@1\n" CATCH_ALL);
}

static void without_a_clock_the_delay_stays(void **state)
{
	DECODES("--- contention:\nsampling period=5\n10 2 @ 0x10\n", IS_CONTENTION "5\n10 10: 0xf@1\n" CATCH_ALL);
}

static void without_a_period_nothing_is_scaled(void **state)
{
	DECODES("--- contention:\ncycles/second=2000000000\nsampling period=0\n10 2 @ 0x10\n",
		IS_CONTENTION "0\n2 10: 0xf@1\n" CATCH_ALL);
	DECODES("--- contention:\nsampling period=-5\n10 2 @ 0x10\n",
		IS_CONTENTION "-5\n2 10: 0xf@1\n" CATCH_ALL);
}

static void dashes_end_attributes_and_samples(void **state)
{
	DECODES("--- contention:\n---\n9 2 @ 0x10\n", IS_CONTENTION "1\n");
	DECODES("--- contention:", IS_CONTENTION "1\n");
	DECODES("--- contention:\n9 2 @ 0x10\n--- x\nMAPPED_LIBRARIES:\n0-20: /bin/x\n",
		IS_CONTENTION "1\n2 9: 0xf@1\nmap 0x0-0x20+0x0 /bin/x\n");
	REFUSES("--- contention:\n9 2 @ 0x10\nMAPPED_LIBRARIES:\n", ERR_UNSUPPORTED, NULL);
}

static void numbers_of_attributes_have_any_base(void **state)
{
	DECODES("--- mutex:\n\n#a=b\nsampling period=0x1_0\n", IS_CONTENTION "16\n");
	DECODES("--- mutex:\nsampling period=010\n", IS_CONTENTION "8\n");
	REFUSES("--- mutex:\nsampling period=08\n", ERR_UNSUPPORTED, NULL);
	REFUSES("--- mutex:\nsampling period=\n", ERR_UNSUPPORTED, NULL);
}

static void attributes_of_others_are_left_to_others(void **state)
{
	REFUSES("--- contentionz 1 ---\nformat = java\n", ERR_UNSUPPORTED, NULL);
	REFUSES("--- contentionz 1 ---\nresolution = x\n", ERR_UNSUPPORTED, NULL);
	REFUSES("--- contentionz 1 ---\nfoo = 1\n", ERR_UNSUPPORTED, NULL);
	REFUSES("--- contentionz\n", ERR_UNSUPPORTED, NULL);
	REFUSES(" --- mutex:\n", ERR_UNSUPPORTED, NULL);
	REFUSES("", ERR_UNSUPPORTED, NULL);
}

static void one_number_is_read_as_two(void **state)
{
	DECODES("--- mutex:\n123 @\n", IS_CONTENTION "1\n3 12:\n");
	DECODES("--- mutex:\n5 66 7 x 1 2 @ 0x10\n", IS_CONTENTION "1\n2 1: 0xf@1\n" CATCH_ALL);
	REFUSES("--- mutex:\n1 @ 0x10\n", ERR_UNSUPPORTED, NULL);
	REFUSES("--- mutex:\n1 2  @ 0x10\n", ERR_UNSUPPORTED, NULL);
}

static void a_broken_sample_is_shown(void **state)
{
	REFUSES("--- mutex:\n 99999999999999999999 2 @ 0x1\n", ERR_FORMAT,
		"malformed sample: 99999999999999999999 2 @ 0x1: strconv.ParseInt: parsing "
		"\"99999999999999999999\": value out of range");
	REFUSES("--- mutex:\n9 2 @ 0x11111111111111111\n", ERR_FORMAT,
		"malformed sample: 9 2 @ 0x11111111111111111: failed to parse as hex 64-bit number: "
		"0x11111111111111111");
}

static void frames_of_locks_are_named(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_decode_legacy_contention(BYTES("--- mutex:\n"), &t->err);

	assert_non_null(p);
	assert_true(str_has_prefix(profile_text(p, p->drop_frames), STR("RecordLockProfileData|(base::)?")));
	assert_str(profile_text(p, p->keep_frames), "");
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(cycles_become_nanoseconds_of_all_events),
		TEST(without_a_clock_the_delay_stays),
		TEST(without_a_period_nothing_is_scaled),
		TEST(dashes_end_attributes_and_samples),
		TEST(numbers_of_attributes_have_any_base),
		TEST(attributes_of_others_are_left_to_others),
		TEST(one_number_is_read_as_two),
		TEST(a_broken_sample_is_shown),
		TEST(frames_of_locks_are_named),
	};

	return TEST_RUN(tests, argc, argv);
}
