/*
 * Unit tests of tui/place.h: places as text.
 */
#include "config.h"

#include "tui/place.h"

#include "tests/test.h"

static void a_value_comes_back_whatever_is_in_it(void **state)
{
	static const char *const value[] = { "", "main.work", "a;b=c", "100%3b", "%", "%25;%3b", "\x1b[2J\n" };
	struct str text, name;
	struct out o, back;

	(void)state;
	out_open_memory(&o);
	for (size_t i = 0; i < sizeof(value) / sizeof(value[0]); i++)
		place_write(&o, "of", str_from(value[i]));
	text = out_text(&o);
	for (size_t i = 0; i < sizeof(value) / sizeof(value[0]); i++) {
		out_open_memory(&back);
		assert_true(place_next(&text, &name, &back));
		assert_str(name, "of");
		assert_str(out_text(&back), value[i]);
		out_release(&back);
	}
	assert_int_equal(text.len, 0);
	out_release(&o);
}

static void numbers_of_a_list_come_one_by_one(void **state)
{
	struct str list = STR("0.12.4000000000");
	uint64_t n;

	(void)state;
	assert_true(place_list_next(&list, &n) && n == 0);
	assert_true(place_list_next(&list, &n) && n == 12);
	assert_true(place_list_next(&list, &n) && n == 4000000000);
	assert_false(place_list_next(&list, &n));
}

static void what_is_no_number_ends_a_list(void **state)
{
	static const char *const bad[] = { "x", "-1", "1x", ".", "99999999999999999999999", " 1" };
	uint64_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct str list = str_from(bad[i]);

		assert_false(place_list_next(&list, &n));
	}
}

static void rows_that_are_not_there_are_the_nearest(void **state)
{
	struct list l = { .n = 10 };
	struct list none = { .n = 0 };

	(void)state;
	assert_true(place_take_rows(&l, STR("row"), STR("99")));
	assert_int_equal(l.selected, 9);
	assert_true(place_take_rows(&l, STR("top"), STR("3")));
	assert_int_equal(l.top, 3);
	assert_true(place_take_rows(&none, STR("row"), STR("5")));
	assert_int_equal(none.selected, 0);
	assert_false(place_take_rows(&l, STR("zoom"), STR("3")));
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_value_comes_back_whatever_is_in_it),
		TEST(numbers_of_a_list_come_one_by_one),
		TEST(what_is_no_number_ends_a_list),
		TEST(rows_that_are_not_there_are_the_nearest),
	};

	return TEST_RUN(tests, argc, argv);
}
