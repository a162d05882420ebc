/*
 * Unit tests of report/folded.c.
 */
#include "config.h"

#include "tests/profile_text.h"
#include "tests/report_text.h"

#include "profile/transform.h"

static struct profile *profile_of(struct test *t, const char *text)
{
	struct profile *p = profile_from_text(text);

	assert_true(profile_aggregate(p, AGGREGATE_FUNCTION | AGGREGATE_INLINES, &t->err));
	return p;
}

static void a_line_is_a_stack_from_the_root(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "B A : 1 5\n"
					  "A : 1 3\n"
					  "[C|B] A : 1 2\n");
	struct report_input in;

	report_over(t, &in, p);
	assert_report(&in, report_folded_write,
		      "A;B 5\n"
		      "A 3\n"
		      "A;B;C 2\n");
	profile_free(p);
}

static void stacks_with_equal_frames_are_one_line(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "B A : 5\n"
					  "[B|A] : 3\n"
					  "A : 0\n");
	struct report_input in;

	report_over(t, &in, p);
	assert_report(&in, report_folded_write, "A;B 8\n");
	profile_free(p);
}

static void samples_without_a_stack_are_not_lost(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, " : 7\n");
	struct report_input in;

	report_over(t, &in, p);
	assert_report(&in, report_folded_write, "root 7\n");
	profile_free(p);
}

static void a_comparison_has_two_numbers(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "A : 5\n"
					  "A : -3\n"
					  "B : -2\n");
	struct report_input in;

	report_over(t, &in, p);
	assert_report(&in, report_folded_write,
		      "A 3 5\n"
		      "B 2 0\n");
	profile_free(p);
}

static void values_are_divided_as_asked(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "A : 3 50\n");
	struct report_input in;

	report_over(t, &in, p);
	in.ratio = 0.1;
	assert_report(&in, report_folded_write, "A 5\n");
	in.ratio = 1;
	in.is_mean = true;
	assert_report(&in, report_folded_write, "A 16\n");
	profile_free(p);
}

static void names_cannot_end_frames_or_lines(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "a;b\tc\x1b[2J\xff 9 : 1\n");
	struct report_input in;

	report_over(t, &in, p);
	assert_report(&in, report_folded_write,
		      "9;a:b\xe2\x90\x89"
		      "c\xe2\x90\x9b[2J\xef\xbf\xbd 1\n");
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_line_is_a_stack_from_the_root),
		TEST(stacks_with_equal_frames_are_one_line),
		TEST(samples_without_a_stack_are_not_lost),
		TEST(a_comparison_has_two_numbers),
		TEST(values_are_divided_as_asked),
		TEST(names_cannot_end_frames_or_lines),
	};

	return TEST_RUN(tests, argc, argv);
}
