/*
 * Unit tests of base/error.h: errors as values.
 */
#include "config.h"

#include "base/error.h"

#include "tests/test.h"

#include <string.h>

static void setting_an_error_returns_false(void **state)
{
	struct test *t = *state;

	assert_false(error_set(&t->err, ERR_FORMAT, "sample %d: cut", 7));
	assert_error(&t->err, ERR_FORMAT, "sample 7: cut");
}

static void context_goes_in_front_and_keeps_the_code(void **state)
{
	struct test *t = *state;

	(void)error_set(&t->err, ERR_IO, "no such file or directory");
	assert_false(error_context(&t->err, "open %s: ", "cpu.pb.gz"));
	assert_false(error_context(&t->err, "base: "));
	assert_error(&t->err, ERR_IO, "base: open cpu.pb.gz: no such file or directory");
}

static void missing_memory_is_named(void **state)
{
	struct test *t = *state;

	assert_false(error_nomem(&t->err, "samples"));
	assert_error(&t->err, ERR_NOMEM, "out of memory: samples");
}

static void a_long_message_is_cut_and_still_ends(void **state)
{
	struct test *t = *state;

	(void)error_set(&t->err, ERR_USAGE, "%2000s", "x");
	assert_int_equal(strlen(t->err.msg), sizeof(t->err.msg) - 1);
	(void)error_context(&t->err, "%2000s", "y");
	assert_int_equal(strlen(t->err.msg), sizeof(t->err.msg) - 1);
	(void)error_context(&t->err, "front: ");
	assert_int_equal(strlen(t->err.msg), sizeof(t->err.msg) - 1);
	assert_memory_equal(t->err.msg, "front: ", 7);
}

static void a_cleared_error_is_none(void **state)
{
	struct test *t = *state;

	(void)error_set(&t->err, ERR_LIMIT, "too much");
	error_clear(&t->err);
	assert_error(&t->err, ERR_NONE, "");
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(setting_an_error_returns_false),
		TEST(context_goes_in_front_and_keeps_the_code),
		TEST(missing_memory_is_named),
		TEST(a_long_message_is_cut_and_still_ends),
		TEST(a_cleared_error_is_none),
	};

	return TEST_RUN(tests, argc, argv);
}
