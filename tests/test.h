/*
 * Frame of the unit tests.
 *
 * Lives here: cmocka with the headers it wants, the arena and error fixtures, comparing
 * a struct str, choosing one case by name.
 * Not here: anything that knows more than base/.
 *
 * A test is tests/unit/<folder>/<file>_test.c, named in unit_tests of Makefile.am:
 *
 *	static void adding_twice_gives_the_same_row(void **state)
 *	{
 *		struct test *t = *state;
 *		...
 *	}
 *
 *	int main(int argc, char **argv)
 *	{
 *		static const struct CMUnitTest tests[] = {
 *			TEST(adding_twice_gives_the_same_row),
 *		};
 *
 *		return TEST_RUN(tests, argc, argv);
 *	}
 *
 * The program takes a pattern with `*` and `?`: only cases whose name matches run.
 */
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* What *state points to in each case: fresh before it, released after it. */
struct test {
	struct arena arena;
	struct error err;
};

#define TEST(name) cmocka_unit_test_setup_teardown(name, test_setup, test_teardown)

/* Runs an array of TEST(); the value is main's. */
#define TEST_RUN(tests, argc, argv) \
	(test_choose((argc), (argv)), cmocka_run_group_tests((tests), NULL, NULL))

/* The bytes of a struct str against a NUL-terminated text. */
#define assert_str(s, text) test_str((s), str_from(text), __FILE__, __LINE__)

/* The error that was set: its code and its whole text. */
#define assert_error(err, is_code, text)                   \
	do {                                               \
		assert_int_equal((err)->code, (is_code));  \
		assert_string_equal((err)->msg, (text));   \
	} while (0)

/* The bytes of a literal, its closing NUL not counted. */
#define BYTES(lit) ((struct bytes){ (const uint8_t *)("" lit), sizeof(lit) - 1 })

int test_setup(void **state);
int test_teardown(void **state);
void test_choose(int argc, char **argv);
void test_str(struct str is, struct str wanted, const char *file, int line);

#endif
