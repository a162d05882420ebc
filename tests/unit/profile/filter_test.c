/*
 * Unit tests of focus, ignore, hide, show: spec/profile.md 8.6.
 */
#include "config.h"

#include "profile/transform.h"

#include "tests/profile_text.h"

/* A profile, and one derived from it that is changed. */
struct pair {
	struct profile *below, *p;
};

static struct pair pair_from(const char *text)
{
	struct error err = ERROR_INIT;
	struct pair pair = { .below = profile_from_text(text) };

	pair.p = profile_derive(pair.below, &err);
	assert_non_null(pair.p);
	return pair;
}

static void pair_free(struct pair pair)
{
	profile_free(pair.p);
	profile_free(pair.below);
}

static struct regex *compile(const char *pattern)
{
	struct error err = ERROR_INIT;
	struct regex *re = pattern ? regex_compile(str_from(pattern), &err) : NULL;

	assert_true(re || !pattern);
	return re;
}

/* Filters `text` and compares; the rest are patterns or NULL.  Gives what matched. */
static unsigned filtered(struct test *t, const char *text, const char *focus, const char *ignore,
			 const char *hide, const char *show, const char *wanted)
{
	struct pair pair = pair_from(text);
	struct regex *re[] = { compile(focus), compile(ignore), compile(hide), compile(show) };
	const struct name_filter f = { re[0], re[1], re[2], re[3] };
	unsigned matched = 0;

	assert_true(profile_filter_names(pair.p, &f, &matched, &t->err));
	assert_profile(pair.p, wanted);
	assert_profile(pair.below, text);
	for (size_t i = 0; i < 4; i++)
		regex_free(re[i]);
	pair_free(pair);
	return matched;
}

#define ABC "A B C : 1\nB C : 2\nC : 4\n"

static void focus_keeps_samples_with_a_match(void **state)
{
	struct test *t = *state;

	assert_int_equal(filtered(t, ABC, "^B$", NULL, NULL, NULL, "A B C : 1\nB C : 2\n"), MATCH_FOCUS);
	assert_int_equal(filtered(t, ABC, "Z", NULL, NULL, NULL, ""), 0);
}

static void file_and_mapping_names_match_too(void **state)
{
	struct test *t = *state;

	filtered(t, ABC, "A\\.c", NULL, NULL, NULL, "A B C : 1\n");
	filtered(t, ABC, "/bin/", NULL, NULL, NULL, ABC);
}

static void ignore_drops_samples_with_a_match(void **state)
{
	struct test *t = *state;

	assert_int_equal(filtered(t, ABC, NULL, "A", NULL, NULL, "B C : 2\nC : 4\n"), MATCH_IGNORE | MATCH_FOCUS);
	filtered(t, ABC, "B", "A", NULL, NULL, "B C : 2\n");
	assert_int_equal(filtered(t, ABC, "A", "A", NULL, NULL, ""), MATCH_IGNORE);
}

static void hide_takes_frames_out_and_drops_what_is_empty_then(void **state)
{
	struct test *t = *state;

	assert_int_equal(filtered(t, ABC, NULL, NULL, "C", NULL, "A B : 1\nB : 2\n"), MATCH_HIDE | MATCH_FOCUS);
	filtered(t, "A [X|B] C : 1\n", NULL, NULL, "X", NULL, "A B C : 1\n");
	filtered(t, "A [X|B|Y] C : 1\n", NULL, NULL, "B", NULL, "A [X|Y] C : 1\n");
	filtered(t, ABC, NULL, NULL, "/bin", NULL, "");
}

static void focus_sees_frames_that_hide_takes_out(void **state)
{
	filtered(*state, ABC, "A", NULL, "A", NULL, "B C : 1\n");
}

static void show_leaves_matching_frames_only(void **state)
{
	struct test *t = *state;

	assert_int_equal(filtered(t, ABC, NULL, NULL, NULL, "A|B", "A B : 1\nB : 2\n"), MATCH_SHOW | MATCH_FOCUS);
	assert_int_equal(filtered(t, ABC, NULL, NULL, NULL, "Z", ""), MATCH_FOCUS);
	filtered(t, "A [X|B] C : 1\n", NULL, NULL, NULL, "X|C", "X C : 1\n");
	filtered(t, "A [X|B] C : 1\n", NULL, NULL, "X", "X|B", "B : 1\n");
}

static void show_hides_locations_without_lines_even_by_their_mapping(void **state)
{
	filtered(*state, "A [] : 1\n[] : 2\n", NULL, NULL, NULL, "/bin", "A : 1\n");
}

static void any_filter_drops_samples_with_an_empty_stack(void **state)
{
	filtered(*state, "A : 1\n: 2\n", ".", NULL, NULL, NULL, "A : 1\n");
	filtered(*state, "A : 1\n: 2\n", NULL, NULL, "Z", NULL, "A : 1\n");
	filtered(*state, "A : 1\n: 2\n", NULL, NULL, NULL, NULL, "A : 1\n: 2\n");
}

static void labels_and_all_values_stay_with_their_sample(void **state)
{
	filtered(*state, "A : 1 2 : k=v\nB : 3 4\nC : 5 6 : k=w n#7kb\n", NULL, "B", NULL, NULL,
		 "A : 1 2 : k=v\nC : 5 6 : k=w n#7kb\n");
}

static void a_filter_that_nobody_waits_for_ends(void **state)
{
	struct cancel cancel = { .is_raised = true };
	struct test *t = *state;
	struct profile *p = profile_from_text("A B : 1\n");
	struct regex *re = regex_compile(STR("A"), &t->err);
	struct name_filter by = { .focus = re };
	unsigned matched = 0;

	assert_non_null(re);
	p->cancel = &cancel;
	assert_false(profile_filter_names(p, &by, &matched, &t->err));
	assert_error(&t->err, ERR_CANCELLED, "interrupted");
	regex_free(re);
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(focus_keeps_samples_with_a_match),
		TEST(file_and_mapping_names_match_too),
		TEST(ignore_drops_samples_with_a_match),
		TEST(hide_takes_frames_out_and_drops_what_is_empty_then),
		TEST(focus_sees_frames_that_hide_takes_out),
		TEST(a_filter_that_nobody_waits_for_ends),
		TEST(show_leaves_matching_frames_only),
		TEST(show_hides_locations_without_lines_even_by_their_mapping),
		TEST(any_filter_drops_samples_with_an_empty_stack),
		TEST(labels_and_all_values_stay_with_their_sample),
	};

	return TEST_RUN(tests, argc, argv);
}
