/*
 * Unit tests of report/traces.c: spec/reports.md 9.
 */
#include "config.h"

#include "profile/transform.h"
#include "tests/profile_text.h"
#include "tests/report_text.h"

#define SEPARATOR "-----------+-------------------------------------------------------\n"

static struct profile *functions_of(struct test *t, const char *text)
{
	struct profile *p = profile_from_text(text);

	assert_true(profile_aggregate(p, AGGREGATE_INLINES | AGGREGATE_FUNCTION, &t->err));
	return p;
}

static void a_sample_shows_labels_value_and_frames(void **state)
{
	struct test *t = *state;
	struct profile *p = functions_of(t, "leaf [in|out] root : 10 : key=v key=w bytes#2048 longer-than-ten=1\n"
					    "root : 0\n");
	struct report_input in;

	report_over(t, &in, p);
	assert_report(&in, report_traces_write, "File: prog\n"
						"Type: a\n" SEPARATOR "       key:  v w\n"
						"longer-than-ten:  1\n"
						"     bytes:  2kB\n"
						"        10   leaf\n"
						"             in (inline)\n"
						"             out\n"
						"             root\n" SEPARATOR "         0   root\n" SEPARATOR);
	profile_free(p);
}

static void samples_without_a_stack_are_left_out(void **state)
{
	struct test *t = *state;
	struct profile *p = functions_of(t, " : 10 : k=v\n");
	struct report_input in;

	report_over(t, &in, p);
	assert_report(&in, report_traces_write, "File: prog\n"
						"Type: a\n" SEPARATOR);
	profile_free(p);
}

static void a_head_without_lines_is_an_empty_line(void **state)
{
	struct test *t = *state;
	struct profile *p = functions_of(t, " : 10\n");
	struct report_input in;

	report_over(t, &in, p);
	in.type = STR_EMPTY;
	p->mapping[0].filename = 0;
	assert_report(&in, report_traces_write, "\n" SEPARATOR);
	profile_free(p);
}

static void the_mean_divides_by_the_first_value(void **state)
{
	struct test *t = *state;
	struct profile *p = functions_of(t, "x : 4 1000\n"
					    "y : 0 7\n");
	struct report_input in;

	report_over(t, &in, p);
	in.is_mean = true;
	assert_report(&in, report_traces_write, "File: prog\n"
						"Type: b\n" SEPARATOR "     250ns   x\n" SEPARATOR
						"       7ns   y\n" SEPARATOR);
	profile_free(p);
}

static void a_location_without_lines_shows_its_file(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("x y : 1\n");
	struct report_input in;
	struct str text;

	p->location.n_line[0] = 0;
	p->location.mapping_row[1] = ROW_NONE;
	p->location.n_line[1] = 0;
	p->location.address[1] = 0;
	report_over(t, &in, p);
	text = report_text(t, &in, report_traces_write);
	assert_line(text, "         1   0000000000001000 [prog]");
	assert_line(text, "             <unknown>");
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_sample_shows_labels_value_and_frames),
		TEST(samples_without_a_stack_are_left_out),
		TEST(a_head_without_lines_is_an_empty_line),
		TEST(the_mean_divides_by_the_first_value),
		TEST(a_location_without_lines_shows_its_file),
	};

	return TEST_RUN(tests, argc, argv);
}
