/*
 * Unit tests of profile/frame.c.
 */
#include "config.h"

#include "profile/frame.h"

#include "tests/test.h"

static void a_name_alone_is_itself(void **state)
{
	struct test *t = *state;
	struct frame_parts f = { .name = STR("main.f"),
				 .file = STR_EMPTY,
				 .object = STR("/bin/x") };

	assert_ptr_equal(frame_text(&f, &t->arena).ptr, f.name.ptr);
}

static void parts_are_joined_by_blanks(void **state)
{
	struct test *t = *state;
	struct frame_parts f = { .name = STR("main.f"), .file = STR("a.go"), .object = STR_EMPTY };

	assert_str(frame_text(&f, &t->arena), "main.f a.go");
	f.line = 7;
	assert_str(frame_text(&f, &t->arena), "main.f a.go:7");
	f.column = 3;
	f.address = 0x1234;
	assert_str(frame_text(&f, &t->arena), "0000000000001234 main.f a.go:7:3");
	f.name = STR_EMPTY;
	assert_str(frame_text(&f, &t->arena), "0000000000001234 a.go:7:3");
}

static void without_a_name_the_object_file_stands(void **state)
{
	struct test *t = *state;
	struct frame_parts f = { .name = STR_EMPTY, .file = STR_EMPTY, .object = STR("/bin/x") };

	assert_str(frame_text(&f, &t->arena), "[x]");
	f.object = STR_EMPTY;
	assert_str(frame_text(&f, &t->arena), "<unknown>");
}

static void a_nul_does_not_end_a_name(void **state)
{
	struct test *t = *state;
	struct frame_parts f = { .name = STR("a\0b"), .file = STR("c"), .object = STR_EMPTY };

	assert_int_equal(frame_text(&f, &t->arena).len, 5);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_name_alone_is_itself),
		TEST(parts_are_joined_by_blanks),
		TEST(without_a_name_the_object_file_stands),
		TEST(a_nul_does_not_end_a_name),
	};

	return TEST_RUN(tests, argc, argv);
}
