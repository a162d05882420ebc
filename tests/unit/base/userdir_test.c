/*
 * Unit tests of base/userdir.h.
 *
 * Lives here: the environment variables, and one directory that is made and removed.
 */
#include "config.h"

#include "base/userdir.h"

#include "tests/test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct str path_with(struct test *t, const char *xdg, const char *home)
{
	struct str path;

	(void)(xdg ? setenv("XDG_STATE_HOME", xdg, 1) : unsetenv("XDG_STATE_HOME"));
	(void)(home ? setenv("HOME", home, 1) : unsetenv("HOME"));
	if (!userdir_path(USERDIR_STATE, "x/y", &t->arena, &path, &t->err))
		return str_from(t->err.msg);
	return path;
}

static void the_variable_comes_before_the_home_directory(void **state)
{
	struct test *t = *state;

	assert_str(path_with(t, "/state", "/home/me"), "/state/x/y");
	assert_str(path_with(t, NULL, "/home/me"), "/home/me/.local/state/x/y");
	assert_str(path_with(t, "", "/home/me"), "/home/me/.local/state/x/y");
	assert_str(path_with(t, "relative", "/home/me"), "/home/me/.local/state/x/y");
	assert_str(path_with(t, NULL, NULL), "neither $XDG_STATE_HOME nor $HOME are defined");
}

static void folders_are_made_for_their_owner_alone(void **state)
{
	struct test *t = *state;
	char dir[] = "/tmp/userdir_test.XXXXXX";
	struct str file, inner;
	struct stat st;

	assert_non_null(mkdtemp(dir));
	file = arena_fmt(&t->arena, "%s/a/b/file", dir);
	inner = arena_fmt(&t->arena, "%s/a/b", dir);
	assert_true(userdir_make_for(file, &t->err));
	assert_true(userdir_make_for(file, &t->err));
	assert_int_equal(stat(inner.ptr, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_int_equal(access(file.ptr, F_OK), -1);
	assert_int_equal(rmdir(inner.ptr), 0);
	assert_int_equal(rmdir(arena_fmt(&t->arena, "%s/a", dir).ptr), 0);
	assert_int_equal(rmdir(dir), 0);
}

static void a_folder_that_cannot_be_made_is_named(void **state)
{
	struct test *t = *state;

	assert_false(userdir_make_for(STR("/dev/null/x/file"), &t->err));
	assert_error(&t->err, ERR_IO, "mkdir /dev/null/x: not a directory");
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(the_variable_comes_before_the_home_directory),
		TEST(folders_are_made_for_their_owner_alone),
		TEST(a_folder_that_cannot_be_made_is_named),
	};

	return TEST_RUN(tests, argc, argv);
}
