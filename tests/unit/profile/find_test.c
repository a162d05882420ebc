/*
 * Unit tests of finding the stacks that hold a location.
 */
#include "config.h"

#include "profile/profile.h"

#include "base/out.h"
#include "tests/profile_text.h"

static void a_stack_has_what_is_anywhere_on_it(void **state)
{
	struct test *t = *state;
	/* Locations in order of first use: A 0, B 1, C 2, D 3. */
	struct profile *p = profile_from_text("A B C : 1\nD : 1\nC D : 1\n : 1\nB : 1\n");
	static const uint8_t wanted[] = { 1, 0, 1, 0 };
	uint8_t has[8] = { 0 };
	struct str found = STR_EMPTY;

	assert_true(profile_find_stacks(p, wanted, has));
	for (uint32_t i = 0; i < p->sample.n; i++)
		found = arena_fmt(&t->arena, "%.*s%d", STR_FMT(found), has[p->sample.stack_row[i]]);
	assert_str(found, "10100");
	profile_free(p);
}

static void many_locations_are_told_apart(void **state)
{
	struct test *t = *state;
	struct profile *p;
	struct out text;
	uint8_t wanted[300] = { 0 }, has[301];

	(void)t;
	out_open_memory(&text);
	for (int i = 0; i < 300; i++)
		out_fmt(&text, "F%d : 1\n", i);
	out_char(&text, '\0');
	p = profile_from_text(out_text(&text).ptr);
	out_release(&text);
	wanted[63] = wanted[64] = wanted[200] = wanted[299] = 1;
	assert_true(profile_find_stacks(p, wanted, has));
	for (uint32_t i = 0; i < p->sample.n; i++) {
		uint32_t stack = p->sample.stack_row[i];

		assert_int_equal(has[stack], wanted[p->stack.location_row[p->stack.start[stack]]]);
	}
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_stack_has_what_is_anywhere_on_it),
		TEST(many_locations_are_told_apart),
	};

	return TEST_RUN(tests, argc, argv);
}
