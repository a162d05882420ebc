/*
 * Regular expressions: Go's error texts (spec/profile.md 0.3), and Go's meaning where RE2 has
 * another.
 */
#include "config.h"

#include "base/regex.h"

#include <string.h>

#include "tests/test.h"

static void error_is(const char *pattern, const char *want)
{
	struct error err = ERROR_INIT;
	struct regex *re = regex_compile(str_from(pattern), &err);

	assert_null(re);
	assert_int_equal(err.code, ERR_USAGE);
	assert_true(str_has_prefix(str_from(err.msg), STR("error parsing regexp: ")));
	assert_string_equal(err.msg + strlen("error parsing regexp: "), want);
}

static bool matches(struct str pattern, struct str text)
{
	struct error err = ERROR_INIT;
	struct regex *re = regex_compile(pattern, &err);
	bool does;

	assert_string_equal(err.msg, "");
	assert_non_null(re);
	does = regex_match(re, text);
	assert_false(regex_ran_out(re));
	regex_free(re);
	return does;
}

static void errors_have_the_words_of_go(void **state)
{
	(void)state;
	error_is("[", "missing closing ]: `[`");
	error_is("[a", "missing closing ]: `[a`");
	error_is("x[a\\p{Letter}", "missing closing ]: `[a\\p{Letter}`");
	error_is("(a", "missing closing ): `(a`");
	error_is("a)", "unexpected ): `a)`");
	error_is("*", "missing argument to repetition operator: `*`");
	error_is("a**", "invalid nested repetition operator: `**`");
	error_is("a{1001}", "invalid repeat count: `{1001}`");
	error_is("a{2,1}", "invalid repeat count: `{2,1}`");
	error_is("a{2,1}?", "invalid repeat count: `{2,1}`");
	error_is("(a{500}){3}", "invalid repeat count: `{3}`");
	error_is("a{99999999999}", "invalid repeat count: `{99999999999}`");
	error_is("\\8", "invalid escape sequence: `\\8`");
	error_is("\\C", "invalid escape sequence: `\\C`");
	error_is("\\x{", "invalid escape sequence: `\\x{`");
	error_is("a\\", "trailing backslash at end of expression: ``");
	error_is("[b-a]", "invalid character class range: `b-a`");
	error_is("[[:foo:]]", "invalid character class range: `[:foo:]`");
	error_is("\\p{foo}", "invalid character class range: `\\p{foo}`");
	error_is("(?=a)", "invalid or unsupported Perl syntax: `(?=`");
	error_is("(?z)", "invalid or unsupported Perl syntax: `(?z`");
	error_is("(?P<n", "invalid named capture: `(?P<n`");
	error_is("(?<=a)", "invalid named capture: `(?<=a)`");
	error_is("(?P<\xc3\xa9>a)", "invalid named capture: `(?P<\xc3\xa9>`");
	error_is("\xff", "invalid UTF-8: `\xff`");
	error_is("a\xff)", "invalid UTF-8: `\xff)`");
}

static void the_first_error_is_told(void **state)
{
	(void)state;
	error_is("*(?<=a)", "missing argument to repetition operator: `*`");
	error_is("((?<=a)", "invalid named capture: `(?<=a)`");
	error_is("a)\\C", "unexpected ): `a)\\C`");
	error_is("[a\xff", "invalid UTF-8: `\xff`");
}

static void groups_nest_below_a_thousand(void **state)
{
	static char pattern[4001];
	struct error err = ERROR_INIT;

	(void)state;
	memset(pattern, '(', 2000);
	memset(pattern + 2000, ')', 2000);
	assert_null(regex_compile(str_from(pattern), &err));
	assert_true(str_has_prefix(str_from(err.msg),
				   STR("error parsing regexp: expression nests too deeply: `((")));
	assert_true(matches((struct str){ pattern + 1500, 1000 }, STR("")));
}

static void syntax_of_go_alone_is_known(void **state)
{
	(void)state;
	assert_true(matches(STR("^(?<name>a+)b$"), STR("aab")));
	assert_true(matches(STR("^(?P<n>a)(?P<n>b)$"), STR("ab")));
	assert_true(matches(STR("^\\p{Letter}\\pl[\\p{Lowercase_Letter}]\\p{greek}$"),
			    STR("aBc\xce\xb1")));
	assert_true(matches(STR("^\\P{^ASCII}[\\p{ascii}]$"), STR("a!")));
	assert_false(matches(STR("\\p{ascii}"), STR("\xce\xb1")));
	assert_true(matches(STR("a{,5}"), STR("a{,5}")));
	assert_true(matches(STR("\\Q(?<n>\\E"), STR("(?<n>")));
	assert_true(matches(STR("[(?<n>]"), STR("<")));
	assert_true(matches(STR(""), STR("")));
	assert_true(matches(STR("a|"), STR("x")));
}

static void matching_is_anywhere_and_dot_stops_at_newline(void **state)
{
	(void)state;
	assert_true(matches(STR("b.d"), STR("abcde")));
	assert_false(matches(STR("b.d"), STR("ab\nde")));
	assert_false(matches(STR("^b"), STR("a\nb")));
	assert_true(matches(STR("(?m)^b"), STR("a\nb")));
	assert_true(matches(STR("a\0b"), STR("xa\0by")));
}

static void a_bad_byte_is_one_character(void **state)
{
	(void)state;
	assert_true(matches(STR("^a.b$"), STR("a\xff"
					      "b")));
	assert_true(matches(STR("^a..b$"), STR("a\xff\xce"
					       "b")));
	assert_true(matches(STR("^[^a]$"), STR("\x80")));
	assert_true(matches(STR("^\\x{fffd}$"), STR("\x80")));
	assert_false(matches(STR("^\\W\\W$"), STR("\xce\xb1")));
}

static void find_gives_offsets_in_the_text_as_it_is(void **state)
{
	struct error err = ERROR_INIT;
	struct regex *re = regex_compile(STR("o+"), &err);
	size_t start, end;

	(void)state;
	assert_non_null(re);
	assert_true(regex_find(re, STR("\xff\xce\xb1"
				       "foo \xff"
				       "boo"),
			       0, &start, &end));
	assert_int_equal(start, 4);
	assert_int_equal(end, 6);
	assert_true(regex_find(re, STR("\xff\xce\xb1"
				       "foo \xff"
				       "boo"),
			       end, &start, &end));
	assert_int_equal(start, 9);
	assert_int_equal(end, 11);
	assert_false(regex_find(re, STR("foo"), 3, &start, &end));
	assert_false(regex_find(re, STR("foo"), 4, &start, &end));
	assert_true(regex_find(re, STR("foo"), 2, &start, &end));
	assert_int_equal(start, 2);
	regex_free(re);
}

static void leftmost_first_is_the_rule(void **state)
{
	struct error err = ERROR_INIT;
	struct regex *re = regex_compile(STR("a|ab"), &err);
	size_t start, end;

	(void)state;
	assert_true(regex_find(re, STR("xab"), 0, &start, &end));
	assert_int_equal(end - start, 1);
	regex_free(re);
}

static void whole_is_put_together_as_text(void **state)
{
	struct error err = ERROR_INIT;
	struct regex *re = regex_compile_whole(STR("a)(b"), &err);

	(void)state;
	assert_non_null(re);
	assert_true(regex_match(re, STR("ab")));
	assert_false(regex_match(re, STR("abc")));
	regex_free(re);
	assert_null(regex_compile_whole(STR("("), &err));
	assert_string_equal(err.msg, "error parsing regexp: missing closing ): `^(()$`");
}

static void hard_patterns_stay_linear(void **state)
{
	static char text[200000];

	(void)state;
	memset(text, 'a', sizeof(text));
	assert_false(matches(STR("(a*)*(a*)*b"), (struct str){ text, sizeof(text) }));
	assert_false(matches(STR("(x+x+)+y|[ab]*a[ab]{15}c"), (struct str){ text, sizeof(text) }));
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(errors_have_the_words_of_go),
		TEST(the_first_error_is_told),
		TEST(groups_nest_below_a_thousand),
		TEST(syntax_of_go_alone_is_known),
		TEST(matching_is_anywhere_and_dot_stops_at_newline),
		TEST(a_bad_byte_is_one_character),
		TEST(find_gives_offsets_in_the_text_as_it_is),
		TEST(leftmost_first_is_the_rule),
		TEST(whole_is_put_together_as_text),
		TEST(hard_patterns_stay_linear),
	};

	return TEST_RUN(tests, argc, argv);
}
