/*
 * threadz: spec/profile.md 6.5.
 */
#include "config.h"

#include "profile/legacy.h"
#include "tests/unit/profile/dump.h"

#define DECODES(lit, wanted) assert_decodes(*state, profile_decode_legacy_thread, BYTES(lit), wanted)
#define REFUSES(lit, code, text) assert_refuses(*state, profile_decode_legacy_thread, BYTES(lit), code, text)

#define THREAD "--- Thread 7f794ab90940 (name: main/14748) stack: ---\n"
#define END "--- Memory map: ---\n"
#define IS_THREAD "thread/count; period thread/count 1\n"
#define CATCH_ALL "map 0x0-0xffffffffffffffff+0x0\n"

static void all_but_the_leaf_are_decremented(void **state)
{
	DECODES("--- threadz 1 ---\n\n" THREAD "  PC:  0x00bc8f1c: helper(arg *)\n  0x0040be31: main\n" END,
		IS_THREAD "1: 0xbc8f1c@1 0x40be30@1\n" CATCH_ALL);
	DECODES(THREAD "0x10 0x20\n" END, IS_THREAD "1: 0x10@1 0x1f@1\n" CATCH_ALL);
}

static void addresses_stand_anywhere_in_a_line(void **state)
{
	DECODES(THREAD "PC:  0x00bc8f1c: f(0xff) 0X5 0xG 00x7\n#0x9\n" END,
		IS_THREAD "1: 0xbc8f1c@1 0xfe@1 0x6@1 0x8@1\n" CATCH_ALL);
}

static void a_leaf_that_calls_itself_is_shown_once(void **state)
{
	DECODES(THREAD "0xbc8f1c 0xbc8f1c 0x1\n" END, IS_THREAD "1: 0xbc8f1c@1 0x0@-\n" CATCH_ALL);
}

static void a_thread_without_stack_counts_for_the_one_before(void **state)
{
	DECODES(THREAD THREAD "0x10\n" THREAD "  [same as previous thread]\n" THREAD "\n"
		THREAD "0x99\n[same as previous thread]\n" END,
		IS_THREAD "4: 0x10@1\n" CATCH_ALL);
}

static void reading_stops_where_stacks_are_missing(void **state)
{
	DECODES(THREAD "0x10\n---- no stack trace for x\n" THREAD "0x99\n" END "0-20: /bin/x\n",
		IS_THREAD "1: 0x10@1\nmap 0x0-0x20+0x0 /bin/x\n");
	DECODES(THREAD "0x10\n---- no stack trace for x", IS_THREAD "1: 0x10@1\n" CATCH_ALL);
}

static void without_a_memory_map_it_is_no_threadz(void **state)
{
	REFUSES(THREAD "0x10\n", ERR_UNSUPPORTED, NULL);
	REFUSES(THREAD "0x10\nMAPPED_LIBRARIES:\n0-20: /x\n", ERR_UNSUPPORTED, NULL);
	DECODES(THREAD "0x10\nMAPPED_LIBRARIES:", IS_THREAD "1: 0x10@1\n" CATCH_ALL);
	REFUSES(THREAD "0x10\nMAPPED_LIBRARIES:\n\n", ERR_UNSUPPORTED, NULL);
	REFUSES(THREAD "0x10\nx" THREAD, ERR_UNSUPPORTED, NULL);
}

static void lines_between_header_and_threads_are_passed_over(void **state)
{
	DECODES("# x\n\n  --- threadz 12 --- y\nfoo\n " THREAD "-" THREAD "0x10\n" END,
		IS_THREAD "1: 0x10@1\n" CATCH_ALL);
	DECODES("--- threadz 1 ---\nMAPPED_LIBRARIES:\n", IS_THREAD);
	REFUSES("--- threadz 1 ---\n- x\n" END, ERR_UNSUPPORTED, NULL);
	REFUSES("--- threadz 1 ---\n", ERR_UNSUPPORTED, NULL);
	REFUSES("--- threadz x ---\n" THREAD END, ERR_UNSUPPORTED, NULL);
	REFUSES("", ERR_UNSUPPORTED, NULL);
}

static void a_thread_has_a_name_and_numbers(void **state)
{
	DECODES("--- Thread x --- Thread a (name: b (c)/d/5) stack: --- y\n0x10\n" END,
		IS_THREAD "1: 0x10@1\n" CATCH_ALL);
	REFUSES("--- Thread a (name: b/) stack: ---\n" END, ERR_UNSUPPORTED, NULL);
	REFUSES("--- Thread  (name: b/1) stack: ---\n" END, ERR_UNSUPPORTED, NULL);
}

static void a_broken_address_is_shown(void **state)
{
	REFUSES(THREAD " 0x11111111111111111\n" END, ERR_FORMAT,
		"malformed sample: 0x11111111111111111: failed to parse as hex 64-bit number: 0x11111111111111111");
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(all_but_the_leaf_are_decremented),
		TEST(addresses_stand_anywhere_in_a_line),
		TEST(a_leaf_that_calls_itself_is_shown_once),
		TEST(a_thread_without_stack_counts_for_the_one_before),
		TEST(reading_stops_where_stacks_are_missing),
		TEST(without_a_memory_map_it_is_no_threadz),
		TEST(lines_between_header_and_threads_are_passed_over),
		TEST(a_thread_has_a_name_and_numbers),
		TEST(a_broken_address_is_shown),
	};

	return TEST_RUN(tests, argc, argv);
}
