/*
 * Unit tests of report/proto.c: spec/reports.md 13.
 */
#include "config.h"

#include "base/gzip.h"
#include "profile/decode.h"
#include "profile/transform.h"
#include "tests/profile_text.h"
#include "tests/report_text.h"

/* The profile that a report wrote. */
static struct profile *read_back(struct test *t, const struct report_input *in,
				 bool (*write)(const struct report_input *in, struct out *out, struct error *err))
{
	struct str text = report_text(t, in, write);
	struct blob blob;
	struct profile *p;

	assert_true(gzip_inflate((struct bytes){ (const uint8_t *)text.ptr, text.len }, &blob, &t->err));
	p = profile_decode(blob_bytes(&blob), NULL, NULL, &t->err);
	assert_string_equal(t->err.msg, "");
	assert_non_null(p);
	blob_release(&blob);
	return p;
}

static void proto_keeps_everything(void **state)
{
	static const char text[] = "a [x|b] c : 1 20 : key=value bytes#1024 size#2kb\n"
				   "c : 3 -4\n";
	struct test *t = *state;
	struct profile *p = profile_from_text(text), *again;
	struct report_input in;

	report_over(t, &in, p);
	again = read_back(t, &in, report_proto_write);
	assert_profile(again, "a [x|b] c : 1 20 : key=value bytes#1024 size#2kb\n"
			      "c : 3 -4\n");
	profile_free(again);
	profile_free(p);
}

static void proto_divides_values(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("a : 7 20\n"), *again;
	struct report_input in;

	report_over(t, &in, p);
	in.ratio = 0.5;
	again = read_back(t, &in, report_proto_write);
	assert_int_equal(again->sample.value[0][0], 3);
	assert_int_equal(again->sample.value[1][0], 10);
	profile_free(again);
	profile_free(p);
}

static void topproto_has_a_sample_for_each_node(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("leaf main : 1 1999000\n"
					      "main : 1 5000000\n"), *again;
	struct report_input in;

	assert_true(profile_aggregate(p, AGGREGATE_FUNCTION, &t->err));
	p->period = 7;
	report_over(t, &in, p);
	again = read_back(t, &in, report_topproto_write);
	assert_str(profile_text(again, again->sample_type[0].type), "cum");
	assert_str(profile_text(again, again->sample_type[1].unit), "ms");
	assert_profile(again, "main : 6 5\n"
			      "leaf : 1 1\n");
	assert_int_equal(again->n_mapping, 0);
	assert_int_equal(again->period, 7);
	profile_free(again);
	profile_free(p);
}

/* One function in three places is one function. */
static void topproto_names_a_function_once(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("a b c : 1 9\n"), *again;
	struct report_input in;

	p->line.function_row[1] = 0;
	report_over(t, &in, p);
	again = read_back(t, &in, report_topproto_write);
	assert_int_equal(again->location.n, 3);
	assert_int_equal(again->function.n, 2);
	assert_int_equal(again->location.address[0], 0x1000);
	profile_free(again);
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(proto_keeps_everything),
		TEST(proto_divides_values),
		TEST(topproto_has_a_sample_for_each_node),
		TEST(topproto_names_a_function_once),
	};

	return TEST_RUN(tests, argc, argv);
}
