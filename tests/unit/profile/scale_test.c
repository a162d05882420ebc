/*
 * Unit tests of scaling and normalizing: spec/profile.md 7.4, 7.7.
 */
#include "config.h"

#include "profile/transform.h"

#include "tests/profile_text.h"

static void scaled(struct test *t, const char *text, double a, double b, const char *wanted)
{
	struct profile *below = profile_from_text(text), *p = profile_derive(below, &t->err);
	const double ratio[] = { a, b };

	assert_true(profile_scale(p, ratio, &t->err));
	assert_profile(p, wanted);
	assert_profile(below, text);
	profile_free(p);
	profile_free(below);
}

static void values_are_rounded_half_away_from_zero(void **state)
{
	scaled(*state, "A : 1 3\nB : -1 -3\n", 1, 0.5, "A : 1 2\nB : -1 -2\n");
}

static void only_scaled_columns_keep_a_sample(void **state)
{
	scaled(*state, "A : 5 0\nB : 0 1\n", 1, 1e6, "B : 0 1000000\n");
	scaled(*state, "A : 5 0\nB : 0 0\n", 1, 1, "A : 5 0\nB : 0 0\n");
	scaled(*state, "A : 1 9\n", 0.1, 1, "");
}

static void all_columns_are_negated(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("A : 1 -2\nB : 0 0\n");

	assert_true(profile_scale_all(p, -1, &t->err));
	assert_profile(p, "A : -1 2\n");
	profile_free(p);
}

static void sums_become_those_of_the_base(void **state)
{
	struct test *t = *state;
	struct profile *base = profile_from_text("A : 1 100\nB : 2 200\n");
	struct profile *p = profile_from_text("A : 1 1\nB : 1 1\nC : 5 5\n");

	assert_true(profile_normalize(p, base, &t->err));
	assert_profile(p, "A : 0 43\nB : 0 43\nC : 2 214\n");
	profile_free(p);
	p = profile_from_text("A : 1 1\nB : -1 1\n");
	assert_true(profile_normalize(p, base, &t->err)); /* a sum of 0 gives a ratio of 0 */
	assert_profile(p, "A : 0 150\nB : 0 150\n");
	profile_free(p);
	profile_free(base);
}

static void other_types_are_refused(void **state)
{
	struct test *t = *state;
	struct profile *base = profile_from_text("A : 1 100\n"), *p = profile_from_text("A : 1\n");

	assert_false(profile_normalize(p, base, &t->err));
	assert_error(&t->err, ERR_USAGE, "incompatible sample types [a/count] and [a/count b/nanoseconds]");
	p->period_type.type = p->sample_type[0].type;
	assert_false(profile_normalize(p, base, &t->err));
	assert_error(&t->err, ERR_USAGE, "incompatible period types &{a  0 0} and &{  0 0}");
	profile_free(p);
	profile_free(base);
}

static void the_subtracted_side_is_what_is_below_zero(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("A : 1 -3\nB : -1 5\nC : 0 -9223372036854775808\n");

	assert_true(profile_keep_subtracted(p, &t->err));
	assert_profile(p, "A : 0 3\nB : 1 0\nC : 0 -9223372036854775808\n");
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(values_are_rounded_half_away_from_zero),
		TEST(only_scaled_columns_keep_a_sample),
		TEST(all_columns_are_negated),
		TEST(sums_become_those_of_the_base),
		TEST(other_types_are_refused),
		TEST(the_subtracted_side_is_what_is_below_zero),
	};

	return TEST_RUN(tests, argc, argv);
}
