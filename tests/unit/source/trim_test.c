/*
 * Paths as they were on another machine: the examples of spec/profile.md 8.14.
 */
#include "config.h"

#include "source/source.h"

#include "tests/test.h"

static void trims_to(const char *path, const char *trim, const char *search, const char *want)
{
	assert_str(source_trim_path(str_from(path), str_from(trim), str_from(search)), want);
}

static void a_prefix_is_cut_at_a_slash(void **state)
{
	(void)state;
	trims_to("/src/a/b.c", "/src", "", "a/b.c");
	trims_to("/src/a/b.c", "/src/", "", "a/b.c");
	trims_to("/src/a/b.c", "/sr", "", "/src/a/b.c");
	trims_to("/src/a/b.c", "/x:/src/a:/src", "", "b.c");
	trims_to("/src", "/src", "", "/src");
	trims_to("/src/a", "/x::/src", "", "src/a");
	trims_to("a/b", "a:", "", "b");
}

static void a_known_directory_is_found_by_its_name(void **state)
{
	(void)state;
	trims_to("/a/proj/b/c.c", "", "/home/me/proj", "b/c.c");
	trims_to("/a/proj/b/c.c", "", "/x:/home/me/proj/", "b/c.c");
	trims_to("/a/project/proj/c.c", "", "proj", "c.c");
	trims_to("/a/proj/proj/c.c", "", "proj", "proj/c.c");
	trims_to("proj/c.c", "", "proj", "proj/c.c");
	trims_to("/a/proj", "", "proj", "/a/proj");
	trims_to("/a/proj/b/c.c", "/x", "/home/me/proj", "/a/proj/b/c.c");
}

static void the_directory_of_bazel_is_always_cut(void **state)
{
	(void)state;
	trims_to("/proc/self/cwd/a.c", "", "", "a.c");
	trims_to("/proc/self/cwd/./a.c", "/x", "", "a.c");
	trims_to("", "", "", "");
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_prefix_is_cut_at_a_slash),
		TEST(a_known_directory_is_found_by_its_name),
		TEST(the_directory_of_bazel_is_always_cut),
	};

	return TEST_RUN(tests, argc, argv);
}
