/*
 * Heap profiles in text: spec/profile.md 6.3, and the rows of 10.4 about them.
 */
#include "config.h"

#include "profile/legacy.h"
#include "tests/unit/profile/dump.h"

#define DECODES(lit, wanted) assert_decodes(*state, profile_decode_legacy_heap, BYTES(lit), wanted)
#define REFUSES(lit, code, text) assert_refuses(*state, profile_decode_legacy_heap, BYTES(lit), code, text)

#define ANY_HEADER "heap profile: 1: 100 [ 1: 100] @ heapprofile\n"
#define INUSE "objects/count space/bytes; period space/bytes "
#define ALLOC "alloc_objects/count alloc_space/bytes inuse_objects/count inuse_space/bytes; period space/bytes "

static void every_address_is_decremented_and_gets_a_catch_all_map(void **state)
{
	DECODES(ANY_HEADER "1: 10 [1: 100] @ 0x0 0x1\n",
		INUSE "1\n"
		      "1 10 bytes=10: 0xffffffffffffffff@1 0x0@-\n"
		      "map 0x0-0xffffffffffffffff+0x0\n");
}

static void values_beyond_64_bits_become_the_smallest(void **state)
{
	DECODES("heap profile: 1: 1 [ 1: 1] @ heap_v2/2\n"
		"9223372036854775807: 9223372036854775807 [1: 1] @ 0x10\n",
		INUSE "2\n"
		      "-9223372036854775808 -9223372036854775808 bytes=1: 0xf@1\n"
		      "map 0x0-0xffffffffffffffff+0x0\n");
}

static void allocations_come_first_and_have_their_own_size_of_a_block(void **state)
{
	DECODES("heap profile: 1: 524288 [3: 1572864] @ heap/1048576\n"
		"0: 0 [1: 100] @ 0x30\n"
		"-1: -524288 [3: 1572864] @ 0x30\n",
		ALLOC "524288\n"
		      "5243 524338 0 0 bytes=100: 0x2f@1\n"
		      "4 2488234 -1 -829411 bytes=524288: 0x2f@1\n"
		      "map 0x0-0xffffffffffffffff+0x0\n");
}

static void fragmentation_has_no_sampling(void **state)
{
	DECODES("heap profile: 1: 100 [ 1: 100] @ fragmentationz\n"
		"3: 100 [1: 100] @ 0x10\n",
		INUSE "1\n"
		      "3 100 bytes=33: 0xf@1\n"
		      "map 0x0-0xffffffffffffffff+0x0\n");
}

static void growth_never_has_allocations(void **state)
{
	DECODES("heap profile: 1: 100 [ 2: 200] @ growthz\n", INUSE "1\n");
}

static void a_sampled_block_stands_for_many(void **state)
{
	DECODES("heap profile: 1: 9216 [ 1: 9216] @ heap_v2/524288\n"
		"  1: 9216 [     1:     9216] @ 0x10\n",
		INUSE "524288\n"
		      "57 528909 bytes=9216: 0xf@1\n"
		      "map 0x0-0xffffffffffffffff+0x0\n");
}

static void a_rate_so_large_that_exp_is_1_gives_the_smallest_values(void **state)
{
	DECODES("heap profile: 1: 1 [ 1: 1] @ heap_v2/9223372036854775807\n"
		"1: 1 [1: 1] @ 0x1\n",
		INUSE "9223372036854775807\n"
		      "-9223372036854775808 -9223372036854775808 bytes=1: 0x0@-\n");
}

static void go_writes_twice_the_rate(void **state)
{
	DECODES("heap profile: 1: 1 [ 1: 1] @ heap/1048577\n", INUSE "524288\n");
	DECODES("heap profile: 1: 1 [ 1: 1] @ heapz_v2/7\n", INUSE "7\n");
	DECODES("heap profile: 1: 1 [ 1: 1] @ heap_v2\n", INUSE "0\n");
	DECODES("heap profile: 1: 1 [ 1: 1] @ heapprofile/7\n", INUSE "1\n");
}

static void a_block_of_no_bytes_counts_only_where_nothing_is_sampled(void **state)
{
	DECODES("heap profile: 1: 1 [ 1: 1] @ heap_v2/0\n3: 0 [1: 1] @ 0x1\n",
		INUSE "0\n0 0 bytes=0: 0x0@-\n");
	DECODES("heap profile: 1: 1 [ 1: 1] @ heapprofile\n3: 0 [1: 1] @ 0x1\n",
		INUSE "1\n3 0 bytes=0: 0x0@-\n");
}

static void totals_are_compared_as_text(void **state)
{
	DECODES("heap profile: 1: 100 [ 01: 100] @ heapprofile\n", ALLOC "1\n");
	DECODES("heap profile: 1: 100 [ 1: 101] @ heapprofile\n", ALLOC "1\n");
	DECODES("heap profile: 1: 100 [ 0: 0] @ heapprofile\n", INUSE "1\n");
	DECODES("heap profile: 1: 100 [ 00: 0] @ heapprofile\n", ALLOC "1\n");
}

static void a_header_may_stand_anywhere_in_the_first_line(void **state)
{
	DECODES("# heap profile:1:1[1:1]@heap_v2/5x\n", INUSE "5\n");
	DECODES("heap profile: 1: heap profile: 1: 1 [1: 1] @ growth\n", INUSE "1\n");
	REFUSES("\nheap profile: 1: 1 [ 1: 1] @ heap_v2/5\n", ERR_UNSUPPORTED, NULL);
	REFUSES("heap profile: 1: 1 [ 1: 1] @  growth\n", ERR_UNSUPPORTED, NULL);
	REFUSES("", ERR_UNSUPPORTED, NULL);
}

static void kinds_that_are_not_known_are_left_to_others(void **state)
{
	REFUSES("heap profile: 1: 1 [ 1: 1] @ heapz\n", ERR_UNSUPPORTED, NULL);
	REFUSES("heap profile: 1: 1 [ 1: 1] @ heapx heap profile: 1: 1 [ 1: 1] @ growth\n", ERR_UNSUPPORTED, NULL);
	REFUSES("heap profile: 1: 1 [ 1: 1] @ heap_v2/9223372036854775808\n", ERR_UNSUPPORTED, NULL);
}

static void a_sample_may_stand_anywhere_in_its_line(void **state)
{
	DECODES(ANY_HEADER "x 5 7-1:-20[1:100] @0x2 0x3\tfoo 0x4\n",
		INUSE "1\n"
		      "-1 -20 bytes=20: 0x1@1 0x2@1\n"
		      "map 0x0-0xffffffffffffffff+0x0\n");
}

static void an_upper_case_digit_ends_the_addresses(void **state)
{
	DECODES(ANY_HEADER "1: 10 [1: 100] @ 0x20 0x1F 0x20\n",
		INUSE "1\n"
		      "1 10 bytes=10: 0x1f@1 0x0@-\n"
		      "map 0x0-0xffffffffffffffff+0x0\n");
}

static void blank_lines_and_comments_are_passed_over(void **state)
{
	DECODES(ANY_HEADER "\n  \r\n# MAPPED_LIBRARIES:\n1: 10 [1: 100] @\n", INUSE "1\n1 10 bytes=10:\n");
}

static void the_memory_map_ends_the_samples(void **state)
{
	DECODES(ANY_HEADER "1: 10 [1: 100] @ 0x400001\nMAPPED_LIBRARIES:\n400000-500000: /bin/main\n",
		INUSE "1\n"
		      "1 10 bytes=10: 0x400000@1\n"
		      "map 0x400000-0x500000+0x0 /bin/main\n");
}

static void a_broken_sample_says_what_is_wrong(void **state)
{
	REFUSES(ANY_HEADER "1: 10 [1: 100]\n", ERR_FORMAT, "unexpected number of sample values: got 0, want 6");
	REFUSES(ANY_HEADER "  0: 10 [1: 100] @ 0x1\n", ERR_FORMAT, "inuse count was 0 but inuse bytes was 10");
	REFUSES("heap profile: 1: 1 [ 2: 1] @ heap_v2/5\n0: 0 [0: 100] @ 0x1\n", ERR_FORMAT,
		"allocation count was 0 but allocation bytes was 100");
	REFUSES(ANY_HEADER " 9223372036854775808: 1 [1: 1] @ 0x1 \n", ERR_FORMAT,
		"malformed sample: 9223372036854775808: 1 [1: 1] @ 0x1: strconv.ParseInt: parsing "
		"\"9223372036854775808\": value out of range");
	REFUSES(ANY_HEADER "1: 1 [1: 1] @ 0x10000000000000000\n", ERR_FORMAT,
		"malformed sample: 1: 1 [1: 1] @ 0x10000000000000000: failed to parse as hex 64-bit number: "
		"0x10000000000000000");
}

static void a_number_that_is_not_used_may_be_too_large(void **state)
{
	DECODES(ANY_HEADER "1: 1 [99999999999999999999: 99999999999999999999] @\n", INUSE "1\n1 1 bytes=1:\n");
}

static void a_line_of_64_kib_is_too_long(void **state)
{
	struct test *t = *state;
	char *line = ARENA_ARRAY(&t->arena, char, 65536);
	struct bytes input = { (const uint8_t *)line, 65536 };

	assert_non_null(line);
	memset(line, 'x', 65536);
	assert_refuses(t, profile_decode_legacy_heap, input, ERR_FORMAT, "bufio.Scanner: token too long");
	line[65534] = '\r';
	line[65535] = '\n';
	assert_refuses(t, profile_decode_legacy_heap, input, ERR_UNSUPPORTED, NULL);
	input.len = 65535;
	assert_refuses(t, profile_decode_legacy_heap, input, ERR_UNSUPPORTED, NULL);
}

static void frames_of_the_allocator_are_named(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_decode_legacy_heap(BYTES(ANY_HEADER), &t->err);

	assert_non_null(p);
	assert_true(str_has_prefix(profile_text(p, p->drop_frames), STR("calloc|cfree|malloc|")));
	assert_str(profile_text(p, p->keep_frames), "runtime\\.panic|runtime\\.reflectcall|runtime\\.call[0-9]*");
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(every_address_is_decremented_and_gets_a_catch_all_map),
		TEST(values_beyond_64_bits_become_the_smallest),
		TEST(allocations_come_first_and_have_their_own_size_of_a_block),
		TEST(fragmentation_has_no_sampling),
		TEST(growth_never_has_allocations),
		TEST(a_sampled_block_stands_for_many),
		TEST(a_rate_so_large_that_exp_is_1_gives_the_smallest_values),
		TEST(go_writes_twice_the_rate),
		TEST(a_block_of_no_bytes_counts_only_where_nothing_is_sampled),
		TEST(totals_are_compared_as_text),
		TEST(a_header_may_stand_anywhere_in_the_first_line),
		TEST(kinds_that_are_not_known_are_left_to_others),
		TEST(a_sample_may_stand_anywhere_in_its_line),
		TEST(an_upper_case_digit_ends_the_addresses),
		TEST(blank_lines_and_comments_are_passed_over),
		TEST(the_memory_map_ends_the_samples),
		TEST(a_broken_sample_says_what_is_wrong),
		TEST(a_number_that_is_not_used_may_be_too_large),
		TEST(a_line_of_64_kib_is_too_long),
		TEST(frames_of_the_allocator_are_named),
	};

	return TEST_RUN(tests, argc, argv);
}
