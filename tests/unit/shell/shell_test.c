/*
 * Unit tests of shell/shell.h: lines against a small profile.
 *
 * Lives here: what a line writes, changes and says; files in a directory that is made and removed.
 */
#include "config.h"

#include "shell/shell.h"

#include "tests/profile_text.h"
#include "tests/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char small[] = "main.sort main.work main.main : 1 40 : route=/a\n"
			    "json.Decode main.work main.main : 2 30 : route=/b\n"
			    "runtime.gc : 3 30\n";

struct session {
	struct test *t;
	struct profile *profile;
	struct options options;
	struct cancel cancel;
	struct shell shell;
	struct out out, notice;
	enum shell_result result;
};

static void open_session(struct session *s, struct test *t)
{
	*s = (struct session){ .t = t, .profile = profile_from_text(small) };
	assert_true(options_init(&s->options, &t->err));
	assert_true(options_set(&s->options, OPT_COMPACT_LABELS, STR("true"), &t->err));
	s->shell = (struct shell){ .profile = s->profile,
				   .options = &s->options,
				   .flags = SHELL_MAY_WRITE | SHELL_MAY_RUN,
				   .cancel = &s->cancel };
	out_open_memory(&s->out);
	out_open_memory(&s->notice);
}

static void close_session(struct session *s)
{
	out_release(&s->out);
	out_release(&s->notice);
	options_release(&s->options);
	profile_free(s->profile);
}

static bool run(struct session *s, const char *line)
{
	out_release(&s->out);
	out_release(&s->notice);
	out_open_memory(&s->out);
	out_open_memory(&s->notice);
	error_clear(&s->t->err);
	return shell_run(&s->shell, str_from(line), &s->out, &s->notice, &s->result, &s->t->err);
}

#define assert_runs(s, line) assert_true(run((s), (line)))

/* The line fails with that text, and writes nothing. */
#define assert_fails(s, line, text)                              \
	do {                                                     \
		assert_false(run((s), (line)));                  \
		assert_string_equal((s)->t->err.msg, (text));    \
		assert_int_equal(out_text(&(s)->out).len, 0);    \
	} while (0)

static bool holds(const struct out *o, const char *text)
{
	return str_find(out_text(o), str_from(text)) >= 0;
}

static void a_report_goes_to_the_output(void **state)
{
	struct session s;

	open_session(&s, *state);
	assert_runs(&s, "top 1");
	assert_str(out_text(&s.out), "Showing nodes accounting for 40ns, 40.00% of 100ns total\n"
				     "Showing top 1 nodes out of 5\n"
				     "      flat  flat%   sum%        cum   cum%\n"
				     "      40ns 40.00% 40.00%       40ns 40.00%  main.sort\n");
	assert_int_equal(s.result, SHELL_DONE);
	close_session(&s);
}

static void digits_behind_a_report_are_its_first_argument(void **state)
{
	struct session s;

	open_session(&s, *state);
	assert_runs(&s, "top1 -sort");
	assert_true(holds(&s.out, "Showing top 1 nodes"));
	assert_true(holds(&s.out, "   ignore=sort\n"));
	close_session(&s);
}

static void words_filter_this_report_alone(void **state)
{
	struct session s;

	open_session(&s, *state);
	assert_runs(&s, "focus=gc");
	assert_runs(&s, "top sort json -main\\.main");
	assert_true(holds(&s.out, "   focus=sort|json\n   ignore=main\\.main\n"));
	assert_runs(&s, "top");
	assert_true(holds(&s.out, "   focus=gc\nShowing nodes accounting for 30ns"));
	close_session(&s);
}

static void words_behind_tags_filter_by_label(void **state)
{
	struct session s;

	open_session(&s, *state);
	assert_runs(&s, "tags route=/a");
	assert_true(holds(&s.out, "/a"));
	assert_false(holds(&s.out, "/b"));
	close_session(&s);
}

static void the_number_of_rows_is_ten_unless_said(void **state)
{
	struct session s;

	open_session(&s, *state);
	assert_runs(&s, "nodecount=2");
	assert_runs(&s, "top");
	assert_true(holds(&s.out, "Showing top 2 nodes out of 5"));
	assert_runs(&s, "top -5");
	assert_false(holds(&s.out, "Showing top"));
	close_session(&s);
}

static void cum_sorts_by_cumulative_value(void **state)
{
	struct session s;

	open_session(&s, *state);
	assert_runs(&s, "top 1 --cum");
	assert_true(holds(&s.out, "main.main\n"));
	close_session(&s);
}

static void an_option_is_set_and_stays(void **state)
{
	struct session s;

	open_session(&s, *state);
	assert_runs(&s, "  focus = a = b|c //: x //: why ");
	assert_str(s.options.value[OPT_FOCUS].text, "a = b|c //: x");
	assert_int_equal(s.result, SHELL_CHANGED);
	assert_runs(&s, "trim=n");
	assert_false(s.options.value[OPT_TRIM].is_set);
	assert_runs(&s, "trim");
	assert_true(s.options.value[OPT_TRIM].is_set);
	assert_runs(&s, "lines=1");
	assert_str(s.options.value[OPT_GRANULARITY].text, "lines");
	close_session(&s);
}

static void a_sample_type_is_kept_by_its_name(void **state)
{
	struct session s;

	open_session(&s, *state);
	assert_runs(&s, "sample_index=0");
	assert_str(s.options.value[OPT_SAMPLE_INDEX].text, "a");
	close_session(&s);
}

static void names_of_sample_types_are_shortcuts(void **state)
{
	struct session s;

	open_session(&s, *state);
	assert_runs(&s, "a");
	assert_str(s.options.value[OPT_SAMPLE_INDEX].text, "a");
	assert_runs(&s, "mean_b");
	assert_str(s.options.value[OPT_SAMPLE_INDEX].text, "b");
	assert_true(s.options.value[OPT_MEAN].is_set);
	assert_runs(&s, "total_b");
	assert_false(s.options.value[OPT_MEAN].is_set);
	assert_fails(&s, "a x", "unrecognized command: \"a\"");
	close_session(&s);
}

static void a_colon_clears_the_filters(void **state)
{
	struct session s;

	open_session(&s, *state);
	assert_runs(&s, "focus=x");
	assert_runs(&s, "tagignore=y");
	assert_runs(&s, "show=z");
	assert_runs(&s, ":");
	assert_str(s.options.value[OPT_FOCUS].text, "");
	assert_str(s.options.value[OPT_TAGIGNORE].text, "");
	assert_str(s.options.value[OPT_SHOW].text, "z");
	close_session(&s);
}

static void mistakes_are_told_in_the_words_of_the_reference(void **state)
{
	static const struct {
		const char *line, *says;
	} row[] = {
		{ "foo", "unrecognized command: \"foo\"" },
		{ "foo10", "unrecognized command: \"foo10\"" },
		{ "# x", "unrecognized command: \"#\"" },
		{ "focus", "please specify a value, e.g. focus=<val>" },
		{ "sort", "please specify a value, e.g. sort=<val>" },
		{ "focus fib", "did you mean: focus=fib" },
		{ "lines fib", "did you mean: lines=fib" },
		{ "peek", "command peek requires an argument" },
		{ "peek nomatch", "no matches found for regexp: nomatch" },
		{ "peek a(", "parsing argument regexp a(: error parsing regexp: missing closing ): `a(`" },
		{ "top a(", "parsing focus regexp: error parsing regexp: missing closing ): `a(`" },
		{ "nodecount=abc", "strconv.Atoi: parsing \"abc\": invalid syntax" },
		{ "nodefraction=x", "strconv.ParseFloat: parsing \"x\": invalid syntax" },
		{ "sample_index=9", "sample_index 9 is outside the range [0..1]" },
		{ "lines", "unknown config field \"lines\"" },
		{ "lines=yes", "unknown config field \"lines\"" },
		{ "granularity=foo", "invalid \"granularity\" value \"foo\"" },
		{ "call_tree=2", "illegal value \"2\" for bool variable" },
		{ "help nosuch", "Unknown command: nosuch" },
		{ "top >", "unexpected end of line after >" },
		{ "top > /nonexistent/x", "open /nonexistent/x: no such file or directory" },
		{ "weblist x", "weblist is not there yet" },
		{ "json", "command json requires a command, e.g. json top" },
	};
	struct session s;

	open_session(&s, *state);
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		assert_fails(&s, row[i].line, row[i].says);
	assert_int_equal(s.options.value[OPT_NODECOUNT].integer, -1);
	close_session(&s);
}

static void leaving_is_a_result(void **state)
{
	static const char *const line[] = { "quit", "q", "exit", "q now" };
	struct session s;

	open_session(&s, *state);
	for (size_t i = 0; i < sizeof(line) / sizeof(line[0]); i++) {
		assert_runs(&s, line[i]);
		assert_int_equal(s.result, SHELL_QUIT);
	}
	assert_runs(&s, "  ");
	assert_int_equal(s.result, SHELL_DONE);
	close_session(&s);
}

static void options_are_listed_with_what_they_can_be(void **state)
{
	struct session s;

	open_session(&s, *state);
	assert_runs(&s, "o");
	assert_int_equal(out_text(&s.out).len, 0);
	assert_true(holds(&s.notice, "  focus                     = \"\"                   \n"));
	assert_true(holds(&s.notice, "  nodecount                 = -1                   //: default\n"));
	assert_true(holds(&s.notice, "  sample_index              = b                    //: [a | b]\n"));
	assert_true(holds(&s.notice, "  sort                      = flat                 //: [cum | flat]\n"));
	assert_true(holds(&s.notice, "  granularity               = (default)            //: [addresses | "
				     "filefunctions | files | functions | lines]\n"));
	close_session(&s);
}

static void help_knows_every_name(void **state)
{
	char line[64];
	struct session s;

	open_session(&s, *state);
	assert_runs(&s, "help");
	for (size_t i = 0; i < report_table_n; i++) {
		assert_true(holds(&s.notice, report_table[i].name));
	}
	for (size_t i = 0; i < report_table_n; i++) {
		(void)snprintf(line, sizeof(line), "help %s", report_table[i].name);
		assert_runs(&s, line);
		assert_true(holds(&s.notice, report_table[i].summary));
	}
	for (int i = 0; i < OPTION_COUNT; i++) {
		(void)snprintf(line, sizeof(line), "help %s", option_table[i].name);
		assert_runs(&s, line);
		assert_true(holds(&s.notice, option_table[i].help));
	}
	close_session(&s);
}

static void a_command_reads_the_report(void **state)
{
	struct session s;

	open_session(&s, *state);
	assert_runs(&s, "top | grep -c main");
	assert_str(out_text(&s.out), "3\n");
	assert_runs(&s, "o | sed -n 's/^ *focus *= *\\(..\\).*/<\\1>/p'");
	assert_str(out_text(&s.out), "<\"\">\n");
	assert_runs(&s, "top | head -n 1 | wc -l | tr -d ' '");
	assert_str(out_text(&s.out), "1\n");
	close_session(&s);
}

static void a_lone_bar_without_a_command_is_a_regexp(void **state)
{
	struct session s;

	open_session(&s, *state);
	assert_runs(&s, "top |");
	assert_true(holds(&s.out, "   focus=|\n"));
	assert_runs(&s, "top sort|gc");
	assert_true(holds(&s.out, "   focus=sort|gc\n"));
	close_session(&s);
}

static void a_command_that_fails_is_told(void **state)
{
	struct session s;

	open_session(&s, *state);
	assert_false(run(&s, "top | exit 3"));
	assert_string_equal(s.t->err.msg, "exit 3: exit status 3");
	assert_false(run(&s, "top | no-such-program-at-all"));
	assert_string_equal(s.t->err.msg, "no-such-program-at-all: exit status 127");
	assert_true(holds(&s.out, "not found"));
	assert_fails(&s, "top > f | cat", "either > FILE or | COMMAND, not both");
	assert_fails(&s, "peek | cat", "command peek requires an argument");
	close_session(&s);
}

static void a_command_is_not_run_for_a_report_that_fails(void **state)
{
	struct session s;

	open_session(&s, *state);
	assert_fails(&s, "peek nomatch | echo ran", "no matches found for regexp: nomatch");
	close_session(&s);
}

static void files_and_commands_may_be_forbidden(void **state)
{
	struct session s;

	open_session(&s, *state);
	s.shell.flags = 0;
	assert_fails(&s, "top > f", "files cannot be written from here");
	assert_fails(&s, "proto", "files cannot be written from here");
	assert_fails(&s, "save x", "files cannot be written from here");
	assert_fails(&s, "delete x", "files cannot be written from here");
	assert_fails(&s, "top | cat", "commands cannot be run from here");
	assert_runs(&s, "output=f");
	assert_fails(&s, "top", "files cannot be written from here");
	close_session(&s);
}

/* Into a directory of its own; gives the one before. */
static int enter_directory(char *dir)
{
	int before = open(".", O_RDONLY | O_DIRECTORY);

	assert_non_null(mkdtemp(dir));
	assert_int_equal(chdir(dir), 0);
	return before;
}

static void leave_directory(const char *dir, int before)
{
	assert_int_equal(fchdir(before), 0);
	(void)close(before);
	assert_int_equal(rmdir(dir), 0);
}

static void reports_go_to_files(void **state)
{
	char dir[] = "/tmp/shell_test.XXXXXX";
	struct session s;
	int before;

	open_session(&s, *state);
	before = enter_directory(dir);
	assert_runs(&s, "top 2 >a.txt");
	assert_str(out_text(&s.notice), "Generating report in a.txt\n");
	assert_int_equal(out_text(&s.out).len, 0);
	assert_int_equal(unlink("a.txt"), 0);
	assert_runs(&s, "output=b.txt");
	assert_runs(&s, "peek sort");
	assert_int_equal(unlink("b.txt"), 0);
	assert_runs(&s, "output=");
	assert_runs(&s, "proto");
	assert_runs(&s, "proto");
	assert_str(out_text(&s.notice), "Generating report in profile002.pb.gz\n");
	assert_int_equal(unlink("profile001.pb.gz"), 0);
	assert_int_equal(unlink("profile002.pb.gz"), 0);
	assert_runs(&s, "o > o.txt");
	assert_int_equal(unlink("o.txt"), 0);
	assert_false(run(&s, "peek nomatch > c.txt"));
	assert_int_equal(access("c.txt", F_OK), -1);
	leave_directory(dir, before);
	close_session(&s);
}

static void options_are_saved_and_loaded_under_a_name(void **state)
{
	char dir[] = "/tmp/shell_test.XXXXXX";
	struct session s;

	open_session(&s, *state);
	assert_non_null(mkdtemp(dir));
	assert_int_equal(setenv("XDG_CONFIG_HOME", dir, 1), 0);
	assert_runs(&s, "configs");
	assert_str(out_text(&s.notice), "");
	assert_runs(&s, "focus=json");
	assert_runs(&s, "save my view");
	assert_runs(&s, "focus=other");
	assert_runs(&s, "load my view");
	assert_int_equal(s.result, SHELL_CHANGED);
	assert_str(s.options.value[OPT_FOCUS].text, "json");
	assert_runs(&s, "configs");
	assert_str(out_text(&s.notice), "  my view\n");
	assert_runs(&s, "delete my view");
	assert_fails(&s, "load my view", "config \"my view\" not found");
	assert_fails(&s, "save", "command save requires a name");
	assert_int_equal(unlink(arena_fmt(&s.t->arena, "%s/pprof/settings.json", dir).ptr), 0);
	assert_int_equal(rmdir(arena_fmt(&s.t->arena, "%s/pprof", dir).ptr), 0);
	assert_int_equal(rmdir(dir), 0);
	close_session(&s);
}

static void a_report_that_is_cancelled_says_so(void **state)
{
	struct session s;

	open_session(&s, *state);
	cancel_raise(&s.cancel);
	assert_false(run(&s, "top"));
	assert_error(&s.t->err, ERR_CANCELLED, "interrupted");
	cancel_reset(&s.cancel);
	assert_runs(&s, "top");
	close_session(&s);
}

static void the_greeting_names_the_profile(void **state)
{
	struct session s;

	open_session(&s, *state);
	assert_true(shell_greet(&s.shell, &s.notice, &s.t->err));
	assert_str(out_text(&s.notice),
		   "File: prog\nType: b\n"
		   "Entering interactive mode (type \"help\" for commands, \"o\" for options)\n");
	close_session(&s);
}

static void the_greeting_is_about_the_whole_profile(void **state)
{
	struct session s;

	open_session(&s, *state);
	assert_runs(&s, "focus=gc");
	assert_runs(&s, "relative_percentages=1");
	assert_runs(&s, "tagshow=("); /* told by the first report */
	assert_true(shell_greet(&s.shell, &s.notice, &s.t->err));
	assert_str(out_text(&s.notice),
		   "File: prog\nType: b\n"
		   "Entering interactive mode (type \"help\" for commands, \"o\" for options)\n");
	assert_true(str_eq(s.options.value[OPT_FOCUS].text, STR("gc")));
	close_session(&s);
}

static void a_wrong_option_is_told_by_the_first_report_and_not_by_the_greeting(void **state)
{
	struct session s;

	open_session(&s, *state);
	assert_true(options_set(&s.options, OPT_SAMPLE_INDEX, STR("9"), &s.t->err));
	assert_true(shell_greet(&s.shell, &s.notice, &s.t->err));
	assert_str(out_text(&s.notice), "Entering interactive mode (type \"help\" for commands, \"o\" for options)\n");
	assert_fails(&s, "top", "sample_index 9 is outside the range [0..1]");
	assert_runs(&s, "sample_index=0");
	assert_runs(&s, "top");
	close_session(&s);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_report_goes_to_the_output),
		TEST(digits_behind_a_report_are_its_first_argument),
		TEST(words_filter_this_report_alone),
		TEST(words_behind_tags_filter_by_label),
		TEST(the_number_of_rows_is_ten_unless_said),
		TEST(cum_sorts_by_cumulative_value),
		TEST(an_option_is_set_and_stays),
		TEST(a_sample_type_is_kept_by_its_name),
		TEST(names_of_sample_types_are_shortcuts),
		TEST(a_colon_clears_the_filters),
		TEST(mistakes_are_told_in_the_words_of_the_reference),
		TEST(leaving_is_a_result),
		TEST(options_are_listed_with_what_they_can_be),
		TEST(help_knows_every_name),
		TEST(a_command_reads_the_report),
		TEST(a_lone_bar_without_a_command_is_a_regexp),
		TEST(a_command_that_fails_is_told),
		TEST(a_command_is_not_run_for_a_report_that_fails),
		TEST(files_and_commands_may_be_forbidden),
		TEST(reports_go_to_files),
		TEST(options_are_saved_and_loaded_under_a_name),
		TEST(a_report_that_is_cancelled_says_so),
		TEST(the_greeting_names_the_profile),
		TEST(the_greeting_is_about_the_whole_profile),
		TEST(a_wrong_option_is_told_by_the_first_report_and_not_by_the_greeting),
	};

	return TEST_RUN(tests, argc, argv);
}
