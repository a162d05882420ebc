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

/* Numbers of a list, joined by blanks. */
static void expect_list(struct test *t, const char *list, const char *want)
{
	struct place_list l = place_list_of(str_from(list));
	struct str text = STR_EMPTY;
	uint64_t n;

	while (place_list_next(&l, &n))
		text = arena_fmt(&t->arena, "%.*s%s%llu", STR_FMT(text), text.len ? " " : "", (unsigned long long)n);
	assert_str(text, want);
}

static void numbers_of_a_list_come_one_by_one(void **state)
{
	expect_list(*state, "0.12.4000000000", "0 12 4000000000");
	expect_list(*state, "3-6.8.0*4.1*1.9-9", "3 4 5 6 8 0 0 0 0 1 9");
}

static void what_is_no_number_ends_a_list(void **state)
{
	static const char *const bad[] = { "x", "-1", "1x", ".", "99999999999999999999999", " 1", "5-3", "1-", "*3",
					   "1*0", "1*", "1-2-3", "1*2*3" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		expect_list(*state, bad[i], "");
	expect_list(*state, "2.x.3", "2");
}

static void runs_are_written_as_one(void **state)
{
	struct test *t = *state;
	struct out o;
	struct place_runs r = { .out = &o };

	(void)t;
	out_open_memory(&o);
	for (uint64_t n = 2; n < 6; n++)
		place_runs_add(&r, n);
	/* 6 and 7 do not matter, and nothing follows on 11. */
	place_runs_pass(&r, 6);
	place_runs_pass(&r, 7);
	place_runs_add(&r, 8);
	place_runs_add(&r, 10);
	place_runs_add(&r, 11);
	place_runs_pass(&r, 12);
	place_runs_end(&r);
	assert_str(out_text(&o), "2-8.10.11");
	out_release(&o);
}

static void the_same_number_again_is_counted(void **state)
{
	struct out o;

	(void)state;
	out_open_memory(&o);
	place_list_add(&o, 0, 5);
	place_list_add(&o, 3, 1);
	place_list_add(&o, 1, 2);
	assert_str(out_text(&o), "0*5.3.1.1");
	out_release(&o);
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
		TEST(runs_are_written_as_one),
		TEST(the_same_number_again_is_counted),
		TEST(rows_that_are_not_there_are_the_nearest),
	};

	return TEST_RUN(tests, argc, argv);
}
