/*
 * Unit tests of report/callgrind.c: spec/reports.md 14.
 */
#include "config.h"

#include "tests/profile_text.h"
#include "tests/report_text.h"

static struct str callgrind(struct test *t, const struct profile *p)
{
	struct report_input in;

	report_over(t, &in, p);
	return report_text(t, &in, report_callgrind_write);
}

static void names_are_numbered_at_their_first_use(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("leaf root : 5\n"
					      "root : 3\n");

	assert_str(callgrind(t, p), "positions: instr line\n"
				    "events: a(count)\n"
				    "\n"
				    "ob=(1) /bin/prog\n"
				    "fl=(1) leaf.c\n"
				    "fn=(1) leaf\n"
				    "0x1000 1 5\n"
				    "\n"
				    "ob=(1)\n"
				    "fl=(2) root.c\n"
				    "fn=(2) root\n"
				    "+16 1 3\n"
				    "cfl=(1)\n"
				    "cfn=(1)\n"
				    "calls=0 * 1\n"
				    "* * 5\n");
	profile_free(p);
}

/* Not to that of the caller; and absolute where the difference is as long. */
static void addresses_are_relative_to_the_node_before(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("a b : 9\n"
					      "c : 5\n");

	p->location.address[0] = 0x1000;
	p->location.address[1] = 0x100000;
	p->location.address[2] = 0xfff;
	assert_str(callgrind(t, p), "positions: instr line\n"
				    "events: a(count)\n"
				    "\n"
				    "ob=(1) /bin/prog\n"
				    "fl=(1) a.c\n"
				    "fn=(1) a\n"
				    "0x1000 1 9\n"
				    "\n"
				    "ob=(1)\n"
				    "fl=(2) c.c\n"
				    "fn=(2) c\n"
				    "-1 1 5\n"
				    "\n"
				    "ob=(1)\n"
				    "fl=(3) b.c\n"
				    "fn=(3) b\n"
				    "0x100000 1 0\n"
				    "cfl=(1)\n"
				    "cfn=(1)\n"
				    "calls=0 +1 1\n"
				    "* * 9\n");
	profile_free(p);
}

static void the_first_node_has_absolute_addresses_only(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("a b : 1\n"
					      "b : 9\n");

	assert_line(callgrind(t, p), "0x1010 1 9");
	assert_line(callgrind(t, p), "calls=0 0x1000 1");
	profile_free(p);
}

/* Two functions of one name in one file: callees are told apart, functions are not. */
static void callees_of_one_name_carry_their_number(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("f main : 3\n"
					      "g main : 2\n");

	p->function.name[2] = p->function.name[0];
	p->function.filename[2] = p->function.filename[0];
	p->function.start_line[2] = 7;
	assert_line(callgrind(t, p), "fn=(1) f");
	assert_line(callgrind(t, p), "cfn=(3) f [1/2]");
	assert_line(callgrind(t, p), "cfn=(4) f [2/2]");
	profile_free(p);
}

/* A frame without address and line stands for its function alone, with its column. */
static void frames_without_a_place_are_functions_of_their_own(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("f main : 3\n"
					      "g main : 2\n");

	p->function.name[2] = p->function.name[0];
	p->function.filename[2] = p->function.filename[0];
	p->location.address[2] = 0;
	p->line.line[2] = 0;
	p->line.column[2] = 7;
	assert_line(callgrind(t, p), "cfn=(3) f [1/2]");
	assert_line(callgrind(t, p), "cfn=(4) f [2/2]");
	profile_free(p);
}

static void a_call_tree_tells_callees_apart_by_their_caller(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("f main : 3\n"
					      "f start : 2\n");
	struct report_input in;
	struct str text;

	report_over(t, &in, p);
	in.call_tree = true;
	text = report_text(t, &in, report_callgrind_write);
	assert_line(text, "cfn=(3) f [1/2]");
	assert_line(text, "cfn=(5) f [2/2]");
	profile_free(p);
}

static void costs_are_whole_numbers_of_the_least_unit(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("a : 1 1500\n"
					      "b : 1 2000000000\n");
	struct str text = callgrind(t, p);

	assert_line(text, "events: b(us)");
	assert_line(text, "-16 1 1");
	assert_line(text, "0x1010 1 2000000");
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(names_are_numbered_at_their_first_use),
		TEST(addresses_are_relative_to_the_node_before),
		TEST(the_first_node_has_absolute_addresses_only),
		TEST(callees_of_one_name_carry_their_number),
		TEST(frames_without_a_place_are_functions_of_their_own),
		TEST(a_call_tree_tells_callees_apart_by_their_caller),
		TEST(costs_are_whole_numbers_of_the_least_unit),
	};

	return TEST_RUN(tests, argc, argv);
}
