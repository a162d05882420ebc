/*
 * Unit tests of completion, shell/shell.h.
 *
 * Lives here: lines up to the cursor, and what may stand there.
 */
#include "config.h"

#include "shell/shell.h"

#include "tests/profile_text.h"
#include "tests/test.h"

#include <stdlib.h>
#include <unistd.h>

static const char small[] = "main.mergeSort main.(*T).Run main.main : 1 40 : route=/a route=/b bytes#12\n"
			    "std::swap<int> main.merge : 2 30 : region=eu\n";

/* "FROM: candidate candidate => COMMON" for the line up to its end. */
static struct str completed(struct test *t, const char *line)
{
	struct profile *p = profile_from_text(small);
	struct options o;
	struct shell s = { .profile = p, .options = &o };
	struct shell_completion c;
	struct str all;

	assert_true(options_init(&o, &t->err));
	shell_complete(&s, str_from(line), &c);
	all = arena_fmt(&t->arena, "%zu:", c.from);
	for (size_t i = 0; i < c.candidate.n; i++)
		all = arena_fmt(&t->arena, "%.*s %.*s", STR_FMT(all), STR_FMT(c.candidate.at[i]));
	all = arena_fmt(&t->arena, "%.*s => %.*s%s", STR_FMT(all), STR_FMT(shell_completion_common(&c)),
			c.is_open ? "..." : "");
	shell_completion_release(&c);
	options_release(&o);
	profile_free(p);
	return all;
}

static void the_first_word_is_a_command_or_an_option(void **state)
{
	struct test *t = *state;

	assert_str(completed(t, "tra"), "0: traces => traces");
	assert_str(completed(t, "top"), "0: top topproto => top");
	assert_str(completed(t, "  nodec"), "2: nodecount= => nodecount=...");
	assert_str(completed(t, "del"), "0: delete => delete");
	assert_str(completed(t, "zzz"), "0: => ");
}

static void an_option_is_followed_by_its_values(void **state)
{
	struct test *t = *state;

	assert_str(completed(t, "trim="), "5: false true => ");
	assert_str(completed(t, "sort=c"), "5: cum => cum");
	assert_str(completed(t, "granularity = fi"), "14: filefunctions files => file");
	assert_str(completed(t, "sample_index="), "13: a b => ");
	assert_str(completed(t, "unit=m"), "5: minimum ms => m");
	assert_str(completed(t, "tagroot=r"), "8: region route => r");
	assert_str(completed(t, "tagfocus=route="), "15: /a /b => /");
	assert_str(completed(t, "nodecount="), "10: => ");
}

static void functions_are_found_by_any_part_of_their_name(void **state)
{
	struct test *t = *state;

	assert_str(completed(t, "peek erge"), "5: main\\.merge main\\.mergeSort => main\\.merge");
	assert_str(completed(t, "top 5 ergeS"), "6: main\\.mergeSort => main\\.mergeSort");
	assert_str(completed(t, "focus=RUN"), "6: => ");
	assert_str(completed(t, "focus=run"), "6: main\\.\\(\\*T\\)\\.Run => main\\.\\(\\*T\\)\\.Run");
	assert_str(completed(t, "top10 -swap"), "7: std::swap<int> => std::swap<int>");
}

static void what_completion_has_put_in_completes_again(void **state)
{
	struct test *t = *state;

	assert_str(completed(t, "peek main\\.\\(\\*"), "5: main\\.\\(\\*T\\)\\.Run => main\\.\\(\\*T\\)\\.Run");
	assert_str(completed(t, "peek main.merge"), "5: main\\.merge main\\.mergeSort => main\\.merge");
}

static void text_that_would_lose_the_fragment_is_not_put_in(void **state)
{
	struct test *t = *state;

	assert_str(completed(t, "peek a"),
		   "5: main\\.\\(\\*T\\)\\.Run main\\.main main\\.merge main\\.mergeSort std::swap<int> => ");
}

static void a_dash_begins_cum_or_a_function_to_leave_out(void **state)
{
	struct test *t = *state;

	assert_str(completed(t, "top -c"), "4: -cum => -cum");
	assert_str(completed(t, "top -Sort"), "5: main\\.mergeSort => main\\.mergeSort");
}

static void tags_are_completed_by_key_and_value(void **state)
{
	struct test *t = *state;

	assert_str(completed(t, "tags ro"), "5: route= => route=...");
	assert_str(completed(t, "tags route=/"), "11: /a /b => /");
}

static void a_format_is_followed_by_a_report(void **state)
{
	struct test *t = *state;

	assert_str(completed(t, "js"), "0: json => json");
	assert_str(completed(t, "json tra"), "5: traces => traces");
	assert_str(completed(t, "csv peek ergeS"), "9: main\\.mergeSort => main\\.mergeSort");
}

static void help_knows_choices_too(void **state)
{
	struct test *t = *state;

	assert_str(completed(t, "help lin"), "5: lines => lines");
	assert_str(completed(t, "help taghi"), "5: taghide => taghide");
}

static void files_stand_behind_the_sign_of_output(void **state)
{
	struct test *t = *state;

	assert_str(completed(t, "top > /dev/nul"), "6: /dev/null => /dev/null");
	assert_str(completed(t, "top >/dev/nul"), "5: /dev/null => /dev/null");
	assert_str(completed(t, "top > /de"), "6: /dev/ => /dev/...");
	assert_str(completed(t, "output=/dev/nul"), "7: /dev/null => /dev/null");
	assert_str(completed(t, "top > /nonexistent/x"), "6: => ");
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(the_first_word_is_a_command_or_an_option),
		TEST(an_option_is_followed_by_its_values),
		TEST(functions_are_found_by_any_part_of_their_name),
		TEST(what_completion_has_put_in_completes_again),
		TEST(text_that_would_lose_the_fragment_is_not_put_in),
		TEST(a_dash_begins_cum_or_a_function_to_leave_out),
		TEST(tags_are_completed_by_key_and_value),
		TEST(a_format_is_followed_by_a_report),
		TEST(help_knows_choices_too),
		TEST(files_stand_behind_the_sign_of_output),
	};

	return TEST_RUN(tests, argc, argv);
}
