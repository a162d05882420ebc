/*
 * Unit tests of tagshow and taghide, and of setting labels: spec/profile.md 4, 8.8.
 */
#include "config.h"

#include "profile/transform.h"

#include "tests/profile_text.h"

#define SAMPLES "A : 1 : k=v n#5kb\nB : 2\nC : 3 : a=1 k=w\n"

static unsigned filtered(struct test *t, const char *show, const char *hide, const char *wanted)
{
	struct profile *below = profile_from_text(SAMPLES), *p = profile_derive(below, &t->err);
	struct regex *in = show ? regex_compile(str_from(show), &t->err) : NULL;
	struct regex *out = hide ? regex_compile(str_from(hide), &t->err) : NULL;
	unsigned matched = 0;

	assert_true(profile_filter_label_keys(p, in, out, &matched, &t->err));
	assert_profile(p, wanted);
	assert_profile(below, SAMPLES);
	regex_free(in);
	regex_free(out);
	profile_free(p);
	profile_free(below);
	return matched;
}

static void keys_are_shown_and_hidden(void **state)
{
	struct test *t = *state;

	assert_int_equal(filtered(t, "k", NULL, "A : 1 : k=v\nB : 2\nC : 3 : k=w\n"), MATCH_TAGSHOW);
	assert_int_equal(filtered(t, NULL, "k", "A : 1 : n#5kb\nB : 2\nC : 3 : a=1\n"), MATCH_TAGHIDE);
	assert_int_equal(filtered(t, "a|n", "n", "A : 1\nB : 2\nC : 3 : a=1\n"), MATCH_TAGSHOW | MATCH_TAGHIDE);
	assert_int_equal(filtered(t, "v", NULL, "A : 1\nB : 2\nC : 3\n"), 0);
	assert_int_equal(filtered(t, NULL, NULL, SAMPLES), 0);
}

static void a_label_is_set_on_all_samples(void **state)
{
	struct test *t = *state;
	struct profile *below = profile_from_text(SAMPLES), *p = profile_derive(below, &t->err);

	assert_true(profile_set_label(p, STR("k"), STR("x"), &t->err));
	assert_profile(p, "A : 1 : k=x n#5kb\nB : 2 : k=x\nC : 3 : a=1 k=x\n");
	assert_int_equal(p->label_set.len[0], 0);
	assert_true(profile_set_label(p, STR("pprof::base"), STR("true"), &t->err));
	assert_profile(p, "A : 1 : k=x pprof::base=true n#5kb\nB : 2 : k=x pprof::base=true\n"
			  "C : 3 : a=1 k=x pprof::base=true\n");
	assert_true(profile_label_set_is_diff_base(p, p->sample.label_set_row[1]));
	assert_profile(below, SAMPLES);
	profile_free(p);
	profile_free(below);
}

static void a_label_is_removed_from_all_samples(void **state)
{
	struct test *t = *state;
	struct profile *below = profile_from_text(SAMPLES), *p = profile_derive(below, &t->err);

	assert_true(profile_remove_label(p, STR("no such key"), &t->err));
	assert_true(profile_remove_label(p, STR("n"), &t->err)); /* a numeric one */
	assert_profile(p, SAMPLES);
	assert_true(profile_remove_label(p, STR("k"), &t->err));
	assert_profile(p, "A : 1 : n#5kb\nB : 2\nC : 3 : a=1\n");
	profile_free(p);
	profile_free(below);
}

static void a_zero_without_unit_cannot_be_stored(void **state)
{
	struct test *t = *state;
	struct profile *below = profile_from_text("A : 1 : k=v n#0\nB : 2 : n#0kb m#0\nC : 3 : m#0\nD : 4 : m#-1\n");
	struct profile *p = profile_derive(below, &t->err);

	assert_true(profile_drop_unstorable_labels(p, &t->err));
	assert_profile(p, "A : 1 : k=v\nB : 2 : n#0kb\nC : 3\nD : 4 : m#-1\n");
	profile_free(p);
	profile_free(below);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(keys_are_shown_and_hidden),
		TEST(a_label_is_set_on_all_samples),
		TEST(a_label_is_removed_from_all_samples),
		TEST(a_zero_without_unit_cannot_be_stored),
	};

	return TEST_RUN(tests, argc, argv);
}
