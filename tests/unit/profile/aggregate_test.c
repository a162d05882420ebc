/*
 * Unit tests of granularity: spec/profile.md 8.2.
 */
#include "config.h"

#include "profile/transform.h"

#include "tests/profile_text.h"

enum { ALL = AGGREGATE_INLINES | AGGREGATE_FUNCTION | AGGREGATE_FILENAME | AGGREGATE_LINE | AGGREGATE_COLUMN | AGGREGATE_ADDRESS };

static void what_is_not_kept_is_cleared_and_what_lies_below_is_not_touched(void **state)
{
	struct test *t = *state;
	struct profile *below = profile_from_text("A B : 1\n"), *p = profile_derive(below, &t->err);

	below->mapping[0].flags = MAPPING_HAS_FUNCTIONS | MAPPING_HAS_LINE_NUMBERS;
	below->line.column[1] = 7;
	assert_true(profile_aggregate(p, AGGREGATE_INLINES | AGGREGATE_FUNCTION, &t->err));
	assert_str(profile_text(p, p->function.name[1]), "B");
	assert_int_equal(p->function.filename[1], 0);
	assert_int_equal(p->line.line[1], 0);
	assert_int_equal(p->line.column[1], 0);
	assert_int_equal(p->location.address[1], 0);
	assert_int_equal(p->mapping[0].flags, MAPPING_HAS_FUNCTIONS);
	assert_str(profile_text(p, below->function.filename[1]), "B.c");
	assert_int_equal(below->line.line[1], 1);
	assert_int_equal(below->line.column[1], 7);
	assert_int_equal(below->location.address[1], 0x1010);
	assert_int_equal(below->mapping[0].flags, MAPPING_HAS_FUNCTIONS | MAPPING_HAS_LINE_NUMBERS);
	profile_free(p);
	profile_free(below);
}

static void without_inlines_the_outermost_line_stays(void **state)
{
	struct test *t = *state;
	struct profile *below = profile_from_text("A [X|B|Y] C : 1\n"), *p = profile_derive(below, &t->err);

	assert_true(profile_aggregate(p, ALL & ~AGGREGATE_INLINES, &t->err));
	assert_profile(p, "A Y C : 1\n");
	assert_profile(below, "A [X|B|Y] C : 1\n");
	profile_free(p);
	profile_free(below);
}

static void columns_go_with_the_lines(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("A : 1\n");

	p->line.column[0] = 7;
	assert_true(profile_aggregate(p, ALL, &t->err));
	assert_int_equal(p->line.column[0], 7);
	assert_true(profile_aggregate(p, ALL & ~AGGREGATE_LINE, &t->err));
	assert_int_equal(p->line.column[0], 0);
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(what_is_not_kept_is_cleared_and_what_lies_below_is_not_touched),
		TEST(without_inlines_the_outermost_line_stays),
		TEST(columns_go_with_the_lines),
	};

	return TEST_RUN(tests, argc, argv);
}
