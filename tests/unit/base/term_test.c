/*
 * Unit tests of base/term.h: names made safe for a terminal.
 */
#include "config.h"

#include "base/term.h"

#include "tests/test.h"

enum { IN_CELL, IN_REPORT };

/* What term_safe() makes of the front of s: its stand-in, or "" where it stays as it is. */
static struct str stand_in(struct str s, int where, char to[TERM_SAFE_LARGEST], size_t *used)
{
	size_t n = term_safe(s, where == IN_REPORT, to, used);

	return (struct str){ to, n };
}

static void harmless_text_goes_out_as_it_is(void **state)
{
	char to[TERM_SAFE_LARGEST];
	size_t used;

	(void)state;
	assert_str(stand_in(STR("a"), IN_CELL, to, &used), "");
	assert_int_equal(used, 1);
	assert_str(stand_in(STR("\xc3\xa9"), IN_CELL, to, &used), "");
	assert_int_equal(used, 2);
	assert_str(stand_in(STR("\xf0\x9f\x98\x80"), IN_CELL, to, &used), "");
	assert_int_equal(used, 4);
}

static void controls_become_their_pictures(void **state)
{
	char to[TERM_SAFE_LARGEST];
	size_t used;

	(void)state;
	assert_str(stand_in(STR("\x1b[2J"), IN_REPORT, to, &used), "\xe2\x90\x9b");
	assert_int_equal(used, 1);
	assert_str(stand_in(STR("\0"), IN_REPORT, to, &used), "\xe2\x90\x80");
	assert_str(stand_in(STR("\r"), IN_REPORT, to, &used), "\xe2\x90\x8d");
	assert_str(stand_in(STR("\x7f"), IN_REPORT, to, &used), "\xe2\x90\xa1");
}

static void tab_and_newline_stay_in_a_report_but_not_in_a_cell(void **state)
{
	char to[TERM_SAFE_LARGEST];
	size_t used;

	(void)state;
	assert_str(stand_in(STR("\n"), IN_REPORT, to, &used), "");
	assert_str(stand_in(STR("\t"), IN_REPORT, to, &used), "");
	assert_str(stand_in(STR("\n"), IN_CELL, to, &used), "\xe2\x90\x8a");
	assert_str(stand_in(STR("\t"), IN_CELL, to, &used), "\xe2\x90\x89");
}

static void what_hides_or_reorders_becomes_a_replacement_character(void **state)
{
	static const char *const text[] = {
		"\xc2\x9b",	    /* C1: CSI */
		"\xe2\x80\xae",	    /* right-to-left override */
		"\xe2\x81\xa6",	    /* left-to-right isolate */
		"\xe2\x80\x8b",	    /* zero width space */
		"\xe2\x80\xa8",	    /* line separator */
		"\xef\xbb\xbf",	    /* byte order mark */
		"\xf3\xa0\x80\x81", /* tag */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++) {
		struct str s = str_from(text[i]);
		char to[TERM_SAFE_LARGEST];
		size_t used;

		assert_str(stand_in(s, IN_REPORT, to, &used), "\xef\xbf\xbd");
		assert_int_equal(used, s.len);
	}
}

static void a_byte_that_is_not_utf8_becomes_one_replacement_character(void **state)
{
	char to[TERM_SAFE_LARGEST];
	size_t used;

	(void)state;
	assert_str(stand_in(STR("\x9b[2J"), IN_REPORT, to, &used), "\xef\xbf\xbd");
	assert_int_equal(used, 1);
	assert_str(stand_in(STR("\xe2\x80"), IN_REPORT, to, &used), "\xef\xbf\xbd");
	assert_int_equal(used, 1);
}

static void a_replacement_character_of_the_text_itself_stays(void **state)
{
	char to[TERM_SAFE_LARGEST];
	size_t used;

	(void)state;
	assert_str(stand_in(STR("\xef\xbf\xbd"), IN_CELL, to, &used), "");
	assert_int_equal(used, 3);
}

static void a_whole_text_has_all_its_stand_ins(void **state)
{
	struct test *t = *state;

	assert_str(term_safe_text(&t->arena, STR("a\tb\x1b[2J\xff\xe2\x80\xae;\xc3\xa9\0z")),
		   "a\xe2\x90\x89"
		   "b\xe2\x90\x9b[2J\xef\xbf\xbd\xef\xbf\xbd;\xc3\xa9\xe2\x90\x80z");
	assert_int_equal(term_safe_text(&t->arena, STR_EMPTY).len, 0);
}

static void a_harmless_text_is_not_copied(void **state)
{
	struct test *t = *state;
	struct str s = STR("main.main");

	assert_ptr_equal(term_safe_text(&t->arena, s).ptr, s.ptr);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(harmless_text_goes_out_as_it_is),
		TEST(controls_become_their_pictures),
		TEST(tab_and_newline_stay_in_a_report_but_not_in_a_cell),
		TEST(what_hides_or_reorders_becomes_a_replacement_character),
		TEST(a_byte_that_is_not_utf8_becomes_one_replacement_character),
		TEST(a_replacement_character_of_the_text_itself_stays),
		TEST(a_whole_text_has_all_its_stand_ins),
		TEST(a_harmless_text_is_not_copied),
	};

	return TEST_RUN(tests, argc, argv);
}
