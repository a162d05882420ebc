/*
 * Unit tests of base/cursor.h: bounds-checked reading.
 */
#include "config.h"

#include "base/cursor.h"

#include "tests/test.h"

static void varints_of_every_length_are_read(void **state)
{
	static const struct {
		struct bytes in;
		uint64_t value;
	} rows[] = {
		{ { (const uint8_t *)"\x00", 1 }, 0 },
		{ { (const uint8_t *)"\x7f", 1 }, 127 },
		{ { (const uint8_t *)"\x80\x01", 2 }, 128 },
		{ { (const uint8_t *)"\xac\x02", 2 }, 300 },
		{ { (const uint8_t *)"\xff\xff\x7f", 3 }, 0x1fffff },
		{ { (const uint8_t *)"\x80\x80\x80\x01", 4 }, 0x200000 },
		{ { (const uint8_t *)"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10 }, UINT64_MAX },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct cursor c = cursor_over(rows[i].in);
		uint64_t v = 1;

		assert_true(cursor_varint(&c, &v));
		assert_true(v == rows[i].value);
		assert_int_equal(cursor_left(&c), 0);
	}
}

static void bits_over_sixty_four_are_dropped(void **state)
{
	struct cursor c = cursor_over(BYTES("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x7f"));
	uint64_t v;

	(void)state;
	assert_true(cursor_varint(&c, &v));
	assert_true(v == (uint64_t)1 << 63);
}

static void a_varint_of_eleven_bytes_is_refused(void **state)
{
	struct cursor c = cursor_over(BYTES("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"));
	uint64_t v;

	(void)state;
	assert_false(cursor_varint(&c, &v));
	assert_int_equal(cursor_offset(&c), 0);
}

static void a_cut_varint_leaves_the_cursor_where_it_was(void **state)
{
	struct cursor c = cursor_over(BYTES("\x05\x80\x80"));
	uint64_t v;

	(void)state;
	assert_true(cursor_varint(&c, &v));
	assert_false(cursor_varint(&c, &v));
	assert_int_equal(cursor_offset(&c), 1);
	assert_int_equal(cursor_left(&c), 2);
}

static void nothing_is_read_from_nothing(void **state)
{
	struct cursor c = cursor_over((struct bytes){ NULL, 0 });
	struct bytes b;
	struct str line;
	uint64_t v;

	(void)state;
	assert_false(cursor_varint(&c, &v));
	assert_false(cursor_line(&c, &line));
	assert_false(cursor_take(&c, 1, &b));
	assert_true(cursor_take(&c, 0, &b));
	assert_int_equal(b.len, 0);
}

static void taking_more_than_is_left_is_refused(void **state)
{
	struct cursor c = cursor_over(BYTES("abc"));
	struct bytes b;

	(void)state;
	assert_true(cursor_take(&c, 2, &b));
	assert_memory_equal(b.ptr, "ab", 2);
	assert_false(cursor_take(&c, 2, &b));
	assert_false(cursor_take(&c, UINT64_MAX, &b));
	assert_int_equal(cursor_offset(&c), 2);
}

static void a_cursor_within_counts_offsets_from_the_start_of_the_whole(void **state)
{
	struct cursor c = cursor_over(BYTES("abcdef")), inner;
	struct bytes part;

	(void)state;
	assert_true(cursor_take(&c, 2, &part));
	assert_true(cursor_take(&c, 3, &part));
	inner = cursor_within(&c, part);
	assert_int_equal(cursor_offset(&inner), 2);
	assert_int_equal(cursor_left(&inner), 3);
}

static void lines_come_without_newline_and_the_last_needs_none(void **state)
{
	struct cursor c = cursor_over(BYTES("one\n\nthree"));
	struct str line;

	(void)state;
	assert_true(cursor_line(&c, &line));
	assert_str(line, "one");
	assert_true(cursor_line(&c, &line));
	assert_str(line, "");
	assert_true(cursor_line(&c, &line));
	assert_str(line, "three");
	assert_false(cursor_line(&c, &line));
}

static void a_newline_at_the_end_starts_no_line(void **state)
{
	struct cursor c = cursor_over(BYTES("one\n"));
	struct str line;

	(void)state;
	assert_true(cursor_line(&c, &line));
	assert_false(cursor_line(&c, &line));
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(varints_of_every_length_are_read),
		TEST(bits_over_sixty_four_are_dropped),
		TEST(a_varint_of_eleven_bytes_is_refused),
		TEST(a_cut_varint_leaves_the_cursor_where_it_was),
		TEST(nothing_is_read_from_nothing),
		TEST(taking_more_than_is_left_is_refused),
		TEST(a_cursor_within_counts_offsets_from_the_start_of_the_whole),
		TEST(lines_come_without_newline_and_the_last_needs_none),
		TEST(a_newline_at_the_end_starts_no_line),
	};

	return TEST_RUN(tests, argc, argv);
}
