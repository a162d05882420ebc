/*
 * Frame of the unit tests.
 *
 * Lives here: the fixtures and the comparison of borrowed text.
 */
#include "config.h"

#include "tests/test.h"

#include <stdlib.h>

int test_setup(void **state)
{
	struct test *t = malloc(sizeof(*t));

	if (!t)
		return -1;
	*t = (struct test){ .arena = ARENA_INIT, .err = ERROR_INIT };
	*state = t;
	return 0;
}

int test_teardown(void **state)
{
	struct test *t = *state;

	arena_release(&t->arena);
	free(t);
	return 0;
}

void test_choose(int argc, char **argv)
{
	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
}

void test_str(struct str is, struct str wanted, const char *file, int line)
{
	if (str_eq(is, wanted))
		return;
	print_error("\"%.*s\" is not \"%.*s\"\n", STR_FMT(is), STR_FMT(wanted));
	_fail(file, line);
}
