/*
 * Unit tests of show_from, prune_from and drop_frames: spec/profile.md 8.3, 8.4, 8.6.
 */
#include "config.h"

#include "profile/transform.h"

#include "tests/profile_text.h"

static struct regex *compile(const char *pattern)
{
	struct error err = ERROR_INIT;
	struct regex *re = regex_compile(str_from(pattern), &err);

	assert_non_null(re);
	return re;
}

static unsigned shown_from(struct test *t, const char *text, const char *pattern, const char *wanted)
{
	struct profile *below = profile_from_text(text), *p = profile_derive(below, &t->err);
	struct regex *re = compile(pattern);
	unsigned matched = 0;

	assert_true(profile_show_from(p, re, &matched, &t->err));
	assert_profile(p, wanted);
	assert_profile(below, text);
	regex_free(re);
	profile_free(p);
	profile_free(below);
	return matched;
}

static void pruned_from(struct test *t, const char *text, const char *pattern, const char *wanted)
{
	struct profile *below = profile_from_text(text), *p = profile_derive(below, &t->err);
	struct regex *re = compile(pattern);

	assert_true(profile_prune_from(p, re, &t->err));
	assert_profile(p, wanted);
	assert_profile(below, text);
	regex_free(re);
	profile_free(p);
	profile_free(below);
}

static void pruned(struct test *t, const char *text, const char *drop, const char *keep, const char *wanted)
{
	struct profile *p = profile_from_text(text);

	p->drop_frames = strtab_add(&p->strings, &p->arena, str_from(drop));
	p->keep_frames = strtab_add(&p->strings, &p->arena, str_from(keep));
	assert_true(profile_prune(p, &t->err));
	assert_profile(p, wanted);
	profile_free(p);
}

static void show_from_makes_the_outermost_match_the_root(void **state)
{
	struct test *t = *state;

	assert_int_equal(shown_from(t, "B C B A : 1\nC A : 2\n", "^B$", "B C B : 1\n"), MATCH_SHOW_FROM);
	shown_from(t, "A [X|B|Y] C : 1\n", "^B$", "A [X|B] : 1\n");
	shown_from(t, "A [X|B|Y] C : 1\n", "/bin", "A [X|B|Y] C : 1\n");
	assert_int_equal(shown_from(t, "A B : 1\n", "Z", ""), 0);
}

static void prune_from_makes_the_innermost_match_the_leaf(void **state)
{
	struct test *t = *state;

	pruned_from(t, "A B C B D : 1\nC D : 2\n", "^B$", "B C B D : 1\nC D : 2\n");
	pruned_from(t, "A [X|B|Y] C : 1\n", "^B$", "[B|Y] C : 1\n");
	pruned_from(t, "A B : 1\n", "/bin|B\\.c", "A B : 1\n");
}

static void names_are_simplified(void **state)
{
	static const char *const row[][2] = {
		{ "ns::B(int)", "ns::B" },
		{ "(anonymous namespace)::B(int)", "(anonymous namespace)::B" },
		{ "X::operator()(int)", "X::operator()" },
		{ ".B", "B" },
		{ "..B", ".B" },
		{ "(foo)", "" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		assert_str(profile_simplified_name(str_from(row[i][0])), row[i][1]);
	pruned_from(*state, "A ns::B(int) C : 1\n", "^ns::B$", "ns::B(int) C : 1\n");
}

static void drop_frames_takes_the_match_and_what_it_calls(void **state)
{
	struct test *t = *state;

	pruned(t, "A B C D : 1\n", "B", "", "C D : 1\n");
	pruned(t, "A B C D : 1\n", "A", "", "B C D : 1\n");
	pruned(t, "A B C B D : 1\n", "B", "", "D : 1\n");
	pruned(t, "A Bx C By D : 1\n", "B.*", "By", "C By D : 1\n");
}

static void drop_frames_spares_the_root(void **state)
{
	struct test *t = *state;

	pruned(t, "A B C D : 1\n", "D", "", "A B C D : 1\n");
	pruned(t, "A B C D : 1\n", "D|B", "", "C D : 1\n");
	pruned(t, "A B C D : 1\n", ".*", "", "A B C D : 1\n");
}

static void drop_frames_splits_inlined_frames(void **state)
{
	struct test *t = *state;

	pruned(t, "A [B|C] D : 1\n", "B", "", "C D : 1\n");
	pruned(t, "A [B|C] D : 1\n", "C", "", "D : 1\n");
	pruned(t, "A [B|C] : 1\n", "B", "", "A C : 1\n");
}

static void drop_frames_that_does_not_compile_prunes_nothing(void **state)
{
	struct test *t = *state;

	pruned(t, "A B : 1\n", "A(", "", "A B : 1\n");
	pruned(t, "A B : 1\n", "A", "(", "A B : 1\n");
	assert_int_equal(t->err.code, ERR_NONE);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(show_from_makes_the_outermost_match_the_root),
		TEST(prune_from_makes_the_innermost_match_the_leaf),
		TEST(names_are_simplified),
		TEST(drop_frames_takes_the_match_and_what_it_calls),
		TEST(drop_frames_spares_the_root),
		TEST(drop_frames_splits_inlined_frames),
		TEST(drop_frames_that_does_not_compile_prunes_nothing),
	};

	return TEST_RUN(tests, argc, argv);
}
