/*
 * Unit tests of base/width.h: cells of a code point.
 */
#include "config.h"

#include "base/width.h"

#include "tests/test.h"

static void letters_take_one_cell(void **state)
{
	(void)state;
	assert_int_equal(rune_width('a'), 1);
	assert_int_equal(rune_width(0xe9), 1);
	assert_int_equal(rune_width(0x3b1), 1);
	assert_int_equal(rune_width(0x2588), 1);
	assert_int_equal(rune_width(0x10ffff), 1);
}

static void east_asian_and_emoji_take_two(void **state)
{
	(void)state;
	assert_int_equal(rune_width(0x1100), 2);
	assert_int_equal(rune_width(0x3042), 2);
	assert_int_equal(rune_width(0x4e16), 2);
	assert_int_equal(rune_width(0xac00), 2);
	assert_int_equal(rune_width(0xff21), 2);
	assert_int_equal(rune_width(0x1f600), 2);
	assert_int_equal(rune_width(0x3fffd), 2);
}

static void combining_marks_take_none(void **state)
{
	(void)state;
	assert_int_equal(rune_width(0x300), 0);
	assert_int_equal(rune_width(0x5b0), 0);
	assert_int_equal(rune_width(0x1161), 0);
	assert_int_equal(rune_width(0x20e3), 0);
	assert_int_equal(rune_width(0xfe0f), 0);
	assert_int_equal(rune_width(0xe01ef), 0);
}

static void strings_are_measured_as_they_will_be_shown(void **state)
{
	(void)state;
	assert_int_equal(str_width_cells(STR("a世e\xcc\x81")), 4);
	assert_int_equal(str_width_cells(STR("\x1b[0m\xff")), 5);
	assert_int_equal(str_width_cells(STR_EMPTY), 0);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(letters_take_one_cell),
		TEST(east_asian_and_emoji_take_two),
		TEST(combining_marks_take_none),
		TEST(strings_are_measured_as_they_will_be_shown),
	};

	return TEST_RUN(tests, argc, argv);
}
