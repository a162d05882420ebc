/*
 * Unit tests of report/markdown.c.
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

static void the_rows_of_top_become_a_table(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "B A : 1 3000000\n"
					  "A : 2 1000000\n");
	struct report_input in;

	report_over(t, &in, p);
	assert_report(&in, report_markdown_write,
		      "```text\n"
		      "File: prog\n"
		      "Type: b\n"
		      "Showing nodes accounting for 4ms, 100% of 4ms total\n"
		      "```\n"
		      "\n"
		      "| flat | flat% | sum% | cum | cum% | function |\n"
		      "|---:|---:|---:|---:|---:|:---|\n"
		      "| 3ms | 75.00% | 75.00% | 3ms | 75.00% | `B` |\n"
		      "| 1ms | 25.00% | 100% | 4ms | 100% | `A` |\n");
	profile_free(p);
}

static void names_stay_in_their_cell(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "a``b<script>\x1b&\t : 2\n");
	struct report_input in;
	struct str text;

	report_over(t, &in, p);
	text = report_text(t, &in, report_markdown_write);
	assert_line(
		text,
		"| 2 | 100% | 100% | 2 | 100% | ``` a``b<script>\xe2\x90\x9b&\xe2\x90\x89 ``` |");
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(the_rows_of_top_become_a_table),
		TEST(names_stay_in_their_cell),
	};

	return TEST_RUN(tests, argc, argv);
}
