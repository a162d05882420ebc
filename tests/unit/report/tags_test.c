/*
 * Unit tests of report/tags.c: spec/reports.md 10.
 */
#include "config.h"

#include "tests/profile_text.h"
#include "tests/report_text.h"

static void values_are_ordered_by_weight_and_then_by_text(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("x : 5 : k=b\n"
					      "x : 20 : k=c other=z\n"
					      "y : 5 : k=a\n"
					      "y : 10\n");
	struct report_input in;

	report_over(t, &in, p);
	assert_report(&in, report_tags_write, " k: Total 30 of 40 (75.00%)\n"
					      "    20 (50.00%): c\n"
					      "     5 (12.50%): a\n"
					      "     5 (12.50%): b\n"
					      "\n"
					      " other: Total 20 of 40 (50.00%)\n"
					      "        20 (50.00%): z\n"
					      "\n");
	profile_free(p);
}

/* A sample with two values counts for both: the key weighs more than the profile. */
static void each_value_of_a_sample_counts_in_full(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("x : 10 : k=a k=b\n");
	struct report_input in;
	struct report_tags *tags;

	report_over(t, &in, p);
	tags = report_tags_rows(&in, &t->err);
	assert_non_null(tags);
	assert_int_equal(tags->n_key, 1);
	assert_int_equal(tags->key[0].total, 20);
	assert_int_equal(tags->key[0].n, 2);
	assert_str(tags->row[1].text, "b");
	assert_int_equal(tags->row[1].value, 10);
	report_tags_free(tags);
	profile_free(p);
}

static void numbers_that_read_the_same_are_one_value(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("x : 1 : bytes#1024\n"
					      "x : 2 : bytes#1025\n"
					      "x : 0 : bytes#2048\n");
	struct report_input in;

	report_over(t, &in, p);
	assert_report(&in, report_tags_write, " bytes: Total 3 of 3 (  100%)\n"
					      "        3 (  100%): 1kB\n"
					      "        0 (    0%): 2kB\n"
					      "\n");
	profile_free(p);
}

static void without_a_total_there_are_no_shares(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("x : 0 : k=a\n");
	struct report_input in;

	report_over(t, &in, p);
	assert_report(&in, report_tags_write, " k: Total 0 of 0\n"
					      "    0: a\n"
					      "\n");
	profile_free(p);
}

static void label_sets_without_samples_do_not_count(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("x : 3 : k=a\n"
					      "x : 4 : k=b\n");
	struct report_input in;

	p->sample.n = 1;
	report_over(t, &in, p);
	assert_report(&in, report_tags_write, " k: Total 3 of 3 (  100%)\n"
					      "    3 (  100%): a\n"
					      "\n");
	profile_free(p);
}

static void an_escape_that_a_value_opens_lasts_over_keys(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("x : 1 : a=\xff" "b c=d e=\xff f=g\n");
	struct report_input in;

	report_over(t, &in, p);
	assert_report(&in, report_tags_write, " a: Total 1 of 1 (  100%)\n"
					      "    1 (  100%): \xff" "b\n"
					      "\n"
					      "c:\t Total 1 of 1 (  100%)\n"
					      " \t1 (  100%):\t d\n"
					      "\n"
					      "e:\t Total 1 of 1 (  100%)\n"
					      " \t1 (  100%):\t \xff\n"
					      "\n"
					      " f: Total 1 of 1 (  100%)\n"
					      "    1 (  100%): g\n"
					      "\n");
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(values_are_ordered_by_weight_and_then_by_text),
		TEST(each_value_of_a_sample_counts_in_full),
		TEST(numbers_that_read_the_same_are_one_value),
		TEST(without_a_total_there_are_no_shares),
		TEST(label_sets_without_samples_do_not_count),
		TEST(an_escape_that_a_value_opens_lasts_over_keys),
	};

	return TEST_RUN(tests, argc, argv);
}
