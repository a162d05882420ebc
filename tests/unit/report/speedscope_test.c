/*
 * Unit tests of report/speedscope.c.
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

static void every_sample_type_is_a_profile(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "B A : 1 5\n"
					  "A : 2 0\n"
					  "[B|A] : 4 1\n");
	struct report_input in;

	report_over(t, &in, p);
	assert_report(
		&in, report_speedscope_write,
		"{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\",\n"
		"\"shared\":{\"frames\":[\n{\"name\":\"B\"},\n{\"name\":\"A\"}\n]},\n"
		"\"profiles\":[\n"
		"{\"type\":\"sampled\",\"name\":\"a\",\"unit\":\"none\",\"startValue\":0,\"samples\":["
		"\n[1,0],\n[1]\n],\n\"weights\":[5,2],\"endValue\":7},\n"
		"{\"type\":\"sampled\",\"name\":\"b\",\"unit\":\"nanoseconds\",\"startValue\":0,\"samples\":["
		"\n[1,0]\n],\n\"weights\":[6],\"endValue\":6}\n"
		"],\n"
		"\"name\":\"prog\",\"activeProfileIndex\":1,\"exporter\":\"" PACKAGE_STRING
		"\"}\n");
	profile_free(p);
}

static void a_comparison_is_two_profiles(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "A : 5\n"
					  "A : -3\n"
					  "B : -2\n");
	struct report_input in;

	report_over(t, &in, p);
	assert_report(
		&in, report_speedscope_write,
		"{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\",\n"
		"\"shared\":{\"frames\":[\n{\"name\":\"A\"},\n{\"name\":\"B\"}\n]},\n"
		"\"profiles\":[\n"
		"{\"type\":\"sampled\",\"name\":\"a (before)\",\"unit\":\"none\",\"startValue\":0,"
		"\"samples\":[\n[0],\n[1]\n],\n\"weights\":[3,2],\"endValue\":5},\n"
		"{\"type\":\"sampled\",\"name\":\"a (after)\",\"unit\":\"none\",\"startValue\":0,"
		"\"samples\":[\n[0]\n],\n\"weights\":[5],\"endValue\":5}\n"
		"],\n"
		"\"name\":\"prog\",\"activeProfileIndex\":0,\"exporter\":\"" PACKAGE_STRING
		"\"}\n");
	profile_free(p);
}

static void lines_and_files_are_given_where_they_count(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("A : 5\n");
	struct report_input in;
	struct str text;

	p->line.line[0] = 7;
	report_over(t, &in, p);
	text = report_text(t, &in, report_speedscope_write);
	assert_line(text, "{\"name\":\"0000000000001000 A A.c:7\",\"file\":\"A.c\",\"line\":7}");
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(every_sample_type_is_a_profile),
		TEST(a_comparison_is_two_profiles),
		TEST(lines_and_files_are_given_where_they_count),
	};

	return TEST_RUN(tests, argc, argv);
}
