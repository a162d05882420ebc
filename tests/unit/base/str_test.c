/*
 * Unit tests of base/str.h: borrowed text.
 */
#include "config.h"

#include "base/str.h"

#include "tests/test.h"

static void comparing_is_by_bytes_and_a_prefix_comes_first(void **state)
{
	(void)state;
	assert_true(str_cmp(STR("abc"), STR("abd")) < 0);
	assert_true(str_cmp(STR("ab"), STR("abc")) < 0);
	assert_true(str_cmp(STR("\xff"), STR("a")) > 0);
	assert_int_equal(str_cmp(STR("abc"), STR("abc")), 0);
	assert_int_equal(str_cmp(STR_EMPTY, (struct str){ NULL, 0 }), 0);
}

static void the_first_eight_bytes_order_as_the_text_does(void **state)
{
	static const char *const texts[] = { "", "\x01", "a", "a\x01", "ab", "abcdefgh", "b", "\x80", "\xff" };

	(void)state;
	for (size_t i = 1; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_true(str_first8(str_from(texts[i - 1])) < str_first8(str_from(texts[i])));
	assert_true(str_first8(STR("abcdefgh")) == str_first8(STR("abcdefghi")));
	assert_true(str_first8(STR("a")) == str_first8(STR("a\0")));
}

static void a_nul_inside_is_a_byte_like_any_other(void **state)
{
	(void)state;
	assert_false(str_eq(STR("a\0b"), STR("a\0c")));
	assert_true(str_cmp(STR("a\0b"), STR("a\0c")) < 0);
	assert_int_equal(str_find(STR("a\0bc"), STR("bc")), 2);
}

static void an_empty_view_equals_one_without_a_pointer(void **state)
{
	(void)state;
	assert_true(str_eq(STR_EMPTY, (struct str){ NULL, 0 }));
	assert_false(str_eq(STR_EMPTY, STR("a")));
}

static void prefix_and_suffix_may_be_the_whole_but_not_more(void **state)
{
	(void)state;
	assert_true(str_has_prefix(STR("main.go"), STR("main")));
	assert_true(str_has_prefix(STR("main"), STR("main")));
	assert_true(str_has_prefix(STR("main"), STR_EMPTY));
	assert_false(str_has_prefix(STR("mai"), STR("main")));
	assert_true(str_has_suffix(STR("main.go"), STR(".go")));
	assert_true(str_has_suffix(STR("main.go"), STR_EMPTY));
	assert_false(str_has_suffix(STR("go"), STR(".go")));
}

static void finding_gives_the_first_offset_or_minus_one(void **state)
{
	(void)state;
	assert_int_equal(str_find(STR("abcabc"), STR("bc")), 1);
	assert_int_equal(str_find(STR("abc"), STR("x")), -1);
	assert_int_equal(str_find(STR_EMPTY, STR("x")), -1);
	assert_int_equal(str_find(STR("abc"), STR_EMPTY), 0);
	assert_int_equal(str_find_char(STR("a/b/c"), '/'), 1);
	assert_int_equal(str_rfind_char(STR("a/b/c"), '/'), 3);
	assert_int_equal(str_find_char(STR_EMPTY, '/'), -1);
	assert_int_equal(str_rfind_char(STR("abc"), '/'), -1);
}

static void slices_stop_at_the_ends(void **state)
{
	(void)state;
	assert_str(str_from_offset(STR("abc"), 1), "bc");
	assert_str(str_from_offset(STR("abc"), 3), "");
	assert_str(str_from_offset(STR("abc"), 99), "");
	assert_str(str_head(STR("abc"), 2), "ab");
	assert_str(str_head(STR("abc"), 99), "abc");
}

static void cutting_splits_at_the_first_separator(void **state)
{
	struct str head, rest;

	(void)state;
	assert_true(str_cut(STR("key=a=b"), '=', &head, &rest));
	assert_str(head, "key");
	assert_str(rest, "a=b");
	assert_true(str_cut(STR("key="), '=', &head, &rest));
	assert_str(head, "key");
	assert_str(rest, "");
	assert_false(str_cut(STR("key"), '=', &head, &rest));
	assert_str(head, "key");
	assert_str(rest, "");
}

static void trimming_removes_unicode_space_from_both_ends(void **state)
{
	(void)state;
	assert_str(str_trim(STR(" \t\r\n a b \v\f")), "a b");
	assert_str(str_trim(STR("\xc2\xa0" "a" "\xe3\x80\x80")), "a");
	assert_str(str_trim(STR("\xe2\x80\xa8")), "");
	assert_str(str_trim(STR_EMPTY), "");
}

static void trimming_keeps_bytes_that_are_not_utf8(void **state)
{
	(void)state;
	assert_str(str_trim(STR(" \xa0 ")), "\xa0");
	assert_str(str_trim(STR("\xff\x85 ")), "\xff\x85");
}

static void a_rune_is_decoded_with_its_length(void **state)
{
	uint32_t rune;

	(void)state;
	assert_int_equal(str_rune(STR("a"), &rune), 1);
	assert_int_equal(rune, 'a');
	assert_int_equal(str_rune(STR("\xc3\xa9x"), &rune), 2);
	assert_int_equal(rune, 0xe9);
	assert_int_equal(str_rune(STR("\xe2\x82\xac"), &rune), 3);
	assert_int_equal(rune, 0x20ac);
	assert_int_equal(str_rune(STR("\xf0\x9f\x98\x80"), &rune), 4);
	assert_int_equal(rune, 0x1f600);
}

static void a_byte_that_is_not_utf8_is_one_replacement_character(void **state)
{
	static const char *const bad[] = {
		"\x80",		    /* continuation without a start */
		"\xc0\x80",	    /* two bytes for what one can say */
		"\xe0\x80\x80",	    /* three for one */
		"\xed\xa0\x80",	    /* a surrogate */
		"\xf4\x90\x80\x80", /* past U+10FFFF */
		"\xe2\x82",	    /* cut */
		"\xff",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		uint32_t rune;

		assert_int_equal(str_rune(str_from(bad[i]), &rune), 1);
		assert_int_equal(rune, 0xfffd);
	}
}

static void width_counts_code_points_and_single_bad_bytes(void **state)
{
	(void)state;
	assert_int_equal(str_width_runes(STR_EMPTY), 0);
	assert_int_equal(str_width_runes(STR("abc")), 3);
	assert_int_equal(str_width_runes(STR("h\xc3\xa9h\xe2\x82\xac")), 4);
	assert_int_equal(str_width_runes(STR("\xe2\x82")), 2);
}

static void words_stand_between_white_space(void **state)
{
	struct str rest = STR("  top\t5\xc2\xa0m\xc3\xa9 \n"), word;

	(void)state;
	assert_true(str_word(&rest, &word));
	assert_str(word, "top");
	assert_true(str_word(&rest, &word));
	assert_str(word, "5");
	assert_true(str_word(&rest, &word));
	assert_str(word, "m\xc3\xa9");
	assert_str(rest, " \n");
	assert_false(str_word(&rest, &word));
	assert_false(str_word(&rest, &word));
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(comparing_is_by_bytes_and_a_prefix_comes_first),
		TEST(the_first_eight_bytes_order_as_the_text_does),
		TEST(a_nul_inside_is_a_byte_like_any_other),
		TEST(an_empty_view_equals_one_without_a_pointer),
		TEST(prefix_and_suffix_may_be_the_whole_but_not_more),
		TEST(finding_gives_the_first_offset_or_minus_one),
		TEST(slices_stop_at_the_ends),
		TEST(cutting_splits_at_the_first_separator),
		TEST(trimming_removes_unicode_space_from_both_ends),
		TEST(trimming_keeps_bytes_that_are_not_utf8),
		TEST(a_rune_is_decoded_with_its_length),
		TEST(a_byte_that_is_not_utf8_is_one_replacement_character),
		TEST(width_counts_code_points_and_single_bad_bytes),
		TEST(words_stand_between_white_space),
	};

	return TEST_RUN(tests, argc, argv);
}
