/*
 * Names: the examples of spec/reports.md 16, and shapes that must not cost more than they are
 * long.
 */
#include "config.h"

#include "graph/name.h"

#include <string.h>

#include "tests/test.h"

static void short_is(struct test *t, const char *name, const char *want)
{
	assert_str(name_short(&t->arena, str_from(name)), want);
}

static void import_paths_are_cut(void **state)
{
	struct test *t = *state;

	short_is(t, "github.com/x/foo.Foo[...]", "foo.Foo[...]");
	short_is(t, "foo/xyz", "foo/xyz");
	short_is(t, "path/to/package1.object.function1", "package1.object.function1");
	short_is(t, "a/b/.c.d", "b/.c.d");
	short_is(t, "a/b/c.", "a/b/c.");
	short_is(t, "a//b.c", "/b.c");
	short_is(t, "main.main", "main.main");
	short_is(t, "a/b.c\nd", "b.c");
}

static void module_versions_are_cut(void **state)
{
	struct test *t = *state;

	short_is(t, "bar/v4.F", "bar.F");
	short_is(t, "bar/v4/baz", "bar/baz");
	short_is(t, "bar/v10/baz", "bar/baz");
	short_is(t, "x/bar/v4/baz.F", "baz.F");
	short_is(t, "bar/v0/baz", "bar/v0/baz");
	short_is(t, "bar/v1/baz", "bar/v1/baz");
	short_is(t, "bar/v02/baz", "bar/v02/baz");
	short_is(t, "bar/v2xyz", "bar/v2xyz");
	short_is(t, "a/v2/b/v3/c", "a/b/v3/c");
	short_is(t, "a/v2/b\n", "a/v2/b\n");
}

static void java_packages_and_arguments_are_cut(void **state)
{
	struct test *t = *state;

	short_is(t, "java.bar.foo.FooBar.run(java.lang.Runnable)", "FooBar.run");
	short_is(t, "Foo$Inner.<init>(int)", "Foo$Inner.<init>");
	short_is(t, "a.B.c$1", "B.c$1");
	short_is(t, "a.B.c d", "a.B.c d");
	short_is(t, "a.B.C", "a.B.C");
}

static void namespaces_are_cut(void **state)
{
	struct test *t = *state;

	short_is(t, "(anonymous namespace)::Bar::Foo", "Bar::Foo");
	short_is(t, "cpp::namespace::Class::method()::$_100::operator()", "Class::method");
	short_is(t, "a::_B::~c<d<e>, f> const", "_B::~c<d<e>, f>");
	short_is(t, "std::vector::push_back", "std::vector::push_back");
	short_is(t, "A::B::C::d(int)", "C::d");
	short_is(t, "", "");
}

static void packages_are_told(void **state)
{
	(void)state;
	assert_str(name_package(STR("path/pkg.(*T).f")), "path/pkg");
	assert_str(name_package(STR("std::internal::vector")), "std");
	assert_str(name_package(STR("name")), "");
	assert_str(name_package(STR("(a.b)")), "");
	assert_str(name_package(STR("<x>.a.b")), "");
	assert_str(name_package(STR("p.f(a/b)")), "");
	assert_str(name_package(STR("a\n/p.f")), "");
	assert_str(name_package(STR("p.f\n")), "p");
}

static void long_names_cost_their_length(void **state)
{
	enum { PARTS = 300000 };
	static char name[PARTS * 3 + 2];
	struct test *t = *state;

	for (int i = 0; i < PARTS; i++)
		memcpy(name + i * 2, "a/", 2);
	memcpy(name + PARTS * 2, ".x", 2);
	assert_int_equal(name_short(&t->arena, (struct str){ name, PARTS * 2 + 2 }).len, 4);
	for (int i = 0; i < PARTS; i++)
		memcpy(name + i * 3, "A::", 3);
	assert_int_equal(name_short(&t->arena, (struct str){ name, PARTS * 3 }).len, 4);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(import_paths_are_cut),
		TEST(module_versions_are_cut),
		TEST(java_packages_and_arguments_are_cut),
		TEST(namespaces_are_cut),
		TEST(packages_are_told),
		TEST(long_names_cost_their_length),
	};

	return TEST_RUN(tests, argc, argv);
}
