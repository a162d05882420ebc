/*
 * Unit tests of base/strtab.h: interned strings.
 */
#include "config.h"

#include "base/strtab.h"

#include "tests/test.h"

static void the_empty_string_is_row_zero(void **state)
{
	struct test *t = *state;
	struct strtab tab;

	assert_true(strtab_init(&tab));
	assert_int_equal(strtab_count(&tab), 1);
	assert_int_equal(strtab_add(&tab, &t->arena, STR_EMPTY), 0);
	assert_int_equal(strtab_find(&tab, STR_EMPTY), 0);
	assert_str(strtab_get(&tab, 0), "");
	strtab_release(&tab);
}

static void adding_twice_gives_the_same_row(void **state)
{
	struct test *t = *state;
	struct strtab tab;
	str_id a, b;

	assert_true(strtab_init(&tab));
	a = strtab_add(&tab, &t->arena, STR("main.main"));
	b = strtab_add(&tab, &t->arena, STR("runtime.goexit"));
	assert_int_equal(a, 1);
	assert_int_equal(b, 2);
	assert_int_equal(strtab_add(&tab, &t->arena, STR("main.main")), a);
	assert_int_equal(strtab_count(&tab), 3);
	strtab_release(&tab);
}

static void the_text_is_a_copy(void **state)
{
	struct test *t = *state;
	char text[] = "cpu";
	struct strtab tab;
	str_id id;

	assert_true(strtab_init(&tab));
	id = strtab_add(&tab, &t->arena, str_from(text));
	text[0] = 'g';
	assert_str(strtab_get(&tab, id), "cpu");
	strtab_release(&tab);
}

static void strings_that_differ_behind_a_nul_are_two(void **state)
{
	struct test *t = *state;
	struct strtab tab;

	assert_true(strtab_init(&tab));
	assert_int_equal(strtab_add(&tab, &t->arena, STR("a\0b")), 1);
	assert_int_equal(strtab_add(&tab, &t->arena, STR("a\0c")), 2);
	assert_int_equal(strtab_get(&tab, 1).len, 3);
	strtab_release(&tab);
}

static void an_absent_string_is_not_found(void **state)
{
	struct strtab tab;

	(void)state;
	assert_true(strtab_init(&tab));
	assert_int_equal(strtab_find(&tab, STR("x")), STR_ID_NONE);
	strtab_release(&tab);
}

static void a_table_above_keeps_the_rows_of_the_one_below(void **state)
{
	struct test *t = *state;
	struct strtab below, above;

	assert_true(strtab_init(&below));
	assert_int_equal(strtab_add(&below, &t->arena, STR("old")), 1);
	strtab_init_above(&above, &below);
	assert_int_equal(strtab_add(&above, &t->arena, STR("old")), 1);
	assert_int_equal(strtab_add(&above, &t->arena, STR("new")), 2);
	assert_int_equal(strtab_count(&above), 3);
	assert_str(strtab_get(&above, 1), "old");
	assert_str(strtab_get(&above, 2), "new");
	assert_int_equal(strtab_find(&above, STR("new")), 2);
	assert_int_equal(strtab_find(&below, STR("new")), STR_ID_NONE);
	strtab_release(&above);
	strtab_release(&below);
}

static void many_strings_are_all_found_again(void **state)
{
	struct test *t = *state;
	struct strtab tab;

	assert_true(strtab_init(&tab));
	for (uint32_t i = 0; i < 3000; i++)
		assert_int_equal(strtab_add(&tab, &t->arena, arena_fmt(&t->arena, "f%u", i)),
				 i + 1);
	for (uint32_t i = 0; i < 3000; i++)
		assert_int_equal(strtab_find(&tab, arena_fmt(&t->arena, "f%u", i)), i + 1);
	strtab_release(&tab);
}

static void an_arena_that_is_full_says_so(void **state)
{
	struct test *t = *state;
	struct strtab tab;

	assert_true(strtab_init(&tab));
	t->arena.ceiling_bytes = 1;
	assert_int_equal(strtab_add(&tab, &t->arena, STR("x")), STR_ID_NONE);
	assert_int_equal(strtab_count(&tab), 1);
	assert_int_equal(strtab_find(&tab, STR("x")), STR_ID_NONE);
	strtab_release(&tab);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(the_empty_string_is_row_zero),
		TEST(adding_twice_gives_the_same_row),
		TEST(the_text_is_a_copy),
		TEST(strings_that_differ_behind_a_nul_are_two),
		TEST(an_absent_string_is_not_found),
		TEST(a_table_above_keeps_the_rows_of_the_one_below),
		TEST(many_strings_are_all_found_again),
		TEST(an_arena_that_is_full_says_so),
	};

	return TEST_RUN(tests, argc, argv);
}
