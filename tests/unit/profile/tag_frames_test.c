/*
 * Unit tests of tagroot and tagleaf: spec/profile.md 8.9.
 */
#include "config.h"

#include "profile/transform.h"

#include "tests/profile_text.h"

static unsigned framed(struct test *t, const char *text, const char *root, const char *leaf, const char *wanted)
{
	struct profile *below = profile_from_text(text), *p = profile_derive(below, &t->err);
	unsigned matched = 0;

	assert_true(profile_add_tag_frames(p, str_from(root), str_from(leaf), STR("minimum"), &matched, &t->err));
	assert_profile(p, wanted);
	assert_profile(below, text);
	profile_free(p);
	profile_free(below);
	return matched;
}

static void the_first_root_key_is_the_root_and_the_last_leaf_key_the_leaf(void **state)
{
	struct test *t = *state;

	assert_int_equal(framed(t, "A B : 1 : r=1 s=2 x=3 y=4\n", "r,s", "x,,y", "4 3 A B 2 1 : 1 : r=1 s=2 x=3 y=4\n"),
			 MATCH_TAGROOT | MATCH_TAGLEAF);
}

static void a_sample_without_the_key_gets_a_frame_without_name(void **state)
{
	struct test *t = *state;

	assert_int_equal(framed(t, "A : 1\nA : 2 : k=v\n", "k", "", "A  : 1\nA v : 2 : k=v\n"), MATCH_TAGROOT);
	assert_int_equal(framed(t, "A : 1\n", "", "z", " A : 1\n"), 0);
	assert_int_equal(framed(t, "A : 1 : k=v\n", ",", "", "A : 1 : k=v\n"), 0);
}

static void all_values_of_a_key_are_joined_and_units_scaled(void **state)
{
	struct test *t = *state;

	framed(t, "A : 1 : k=v k=w k#7\n", "k", "", "A v,w,7 : 1 : k=v k=w k#7\n");
	framed(t, "A : 1 : n#2048b n#5\n", "", "n", "2kB,5 A : 1 : n#2048b n#5\n");
	/* All numbers are doubles on the way. */
	framed(t, "A : 1 : n#9223372036854775807\n", "", "n", "9223372036854775808 A : 1 : n#9223372036854775807\n");
}

static void equal_frames_are_made_once_with_the_next_ids(void **state)
{
	struct test *t = *state;
	struct profile *below = profile_from_text("A : 1 : k=v z=1\nB : 2 : k=v z=2\nA : 3 : k=v z=3\n");
	struct profile *p = profile_derive(below, &t->err);
	unsigned matched = 0;

	assert_true(profile_add_tag_frames(p, STR("k"), STR("k"), STR("minimum"), &matched, &t->err));
	assert_int_equal(p->location.n, 3);
	assert_int_equal(p->location.id[2], 3);
	assert_int_equal(p->location.mapping_row[2], ROW_NONE);
	assert_int_equal(p->function.n, 3);
	assert_int_equal(p->function.id[2], 3);
	assert_str(profile_text(p, p->function.filename[2]), "k");
	assert_int_equal(p->function.system_name[2], 0);
	assert_int_equal(p->stack.n, 3); /* with the empty one */
	assert_int_equal(p->sample.stack_row[0], p->sample.stack_row[2]);
	profile_free(p);
	profile_free(below);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(the_first_root_key_is_the_root_and_the_last_leaf_key_the_leaf),
		TEST(a_sample_without_the_key_gets_a_frame_without_name),
		TEST(all_values_of_a_key_are_joined_and_units_scaled),
		TEST(equal_frames_are_made_once_with_the_next_ids),
	};

	return TEST_RUN(tests, argc, argv);
}
