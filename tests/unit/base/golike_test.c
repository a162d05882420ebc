/*
 * Go's text: quoting, durations, times, paths, numbers, columns.
 */
#include "config.h"

#include "base/golike.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/test.h"

static void quoting_escapes_what_is_not_printable(void **state)
{
	struct out o;

	(void)state;
	out_open_memory(&o);
	go_quote(&o, STR("a\"\\\n\x01\xc3\xa9\xe2\x80\x8b\xff\a\b\f\r\t\v\x7f\xf3\xa0\x80\x81\xc2\xa0"));
	assert_str(out_text(&o), "\"a\\\"\\\\\\n\\x01\xc3\xa9\\u200b\\xff\\a\\b\\f\\r\\t\\v\\x7f"
				 "\\U000e0001\\u00a0\"");
	out_release(&o);
}

static void a_long_text_is_cut_between_escapes(void **state)
{
	char to[8];

	(void)state;
	go_quote_to(STR("ab\ncd"), to, sizeof(to));
	assert_string_equal(to, "\"ab\\nc\"");
	go_quote_to(STR("abc\n\n"), to, sizeof(to));
	assert_string_equal(to, "\"abc\\n\"");
	go_quote_to(STR("abcd\n\n"), to, sizeof(to));
	assert_string_equal(to, "\"abcd\"");
	go_quote_to(STR("x"), to, 2);
	assert_string_equal(to, "");
}

static void printable_is_as_in_unicode(void **state)
{
	(void)state;
	assert_true(go_is_print(' '));
	assert_false(go_is_print(0x7f));
	assert_false(go_is_print(0xa0));
	assert_true(go_is_print(0xa1));
	assert_false(go_is_print(0xad));
	assert_true(go_is_print(0x10000));
	assert_true(go_is_print(0x1f600));
	assert_false(go_is_print(0xe000));
	assert_false(go_is_print(0x10ffff));
}

static void durations_have_the_units_of_go(void **state)
{
	static const struct {
		int64_t nanos;
		const char *want;
	} rows[] = {
		{ 0, "0s" },
		{ 1, "1ns" },
		{ 999, "999ns" },
		{ 1500, "1.5\xc2\xb5s" },
		{ 1000000, "1ms" },
		{ 1234567, "1.234567ms" },
		{ 61000000000, "1m1s" },
		{ -5000000000, "-5s" },
		{ 3600000000000, "1h0m0s" },
		{ 16502830000000, "4h35m2.83s" },
		{ 360000000000000, "100h0m0s" },
		{ 90000000000, "1m30s" },
		{ INT64_MAX, "2562047h47m16.854775807s" },
		{ INT64_MIN, "-2562047h47m16.854775808s" },
	};
	char to[GO_DURATION_BYTES];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_str(go_duration(rows[i].nanos, to), rows[i].want);
}

static void times_are_local(void **state)
{
	struct test *t = *state;
	const int64_t nanos = 1136239445123456700;

	assert_int_equal(setenv("TZ", "UTC", 1), 0);
	assert_str(go_time_text(&t->arena, nanos), "2006-01-02 22:04:05 UTC");
	assert_str(go_time_raw(&t->arena, nanos), "2006-01-02 22:04:05.1234567 +0000 UTC");
	assert_str(go_time_raw(&t->arena, -1), "1969-12-31 23:59:59.999999999 +0000 UTC");
	assert_str(go_time_raw(&t->arena, 1000000000), "1970-01-01 00:00:01 +0000 UTC");
	assert_int_equal(setenv("TZ", "<-03>3", 1), 0);
	assert_str(go_time_text(&t->arena, nanos), "2006-01-02 19:04:05 -03");
	assert_str(go_time_raw(&t->arena, 0), "1969-12-31 21:00:00 -0300 -03");
	assert_int_equal(setenv("TZ", "Foo/Bar", 1), 0);
	assert_str(go_time_text(&t->arena, nanos), "2006-01-02 22:04:05 UTC");
	assert_int_equal(setenv("TZ", "UTC", 1), 0);
}

static void the_base_is_the_last_element(void **state)
{
	(void)state;
	assert_str(go_path_base(STR("")), ".");
	assert_str(go_path_base(STR("/")), "/");
	assert_str(go_path_base(STR("///")), "/");
	assert_str(go_path_base(STR("a/b")), "b");
	assert_str(go_path_base(STR("a/b//")), "b");
	assert_str(go_path_base(STR("a")), "a");
}

static void clean_paths_are_the_shortest(void **state)
{
	static const char *const rows[][2] = {
		{ "", "." },	      { "a", "a" },	      { "/", "/" },
		{ "//", "/" },	      { "a/..", "." },	      { "a/../..", ".." },
		{ "/..", "/" },	      { "./a/./b//c/", "a/b/c" }, { "../a", "../a" },
		{ "a/../../b", "../b" }, { "/a/../b/", "/b" }, { "...", "..." },
		{ "a/.../b", "a/.../b" }, { "./a/../b.c", "b.c" }, { "../..", "../.." },
		{ "../a/..", ".." },  { "/../a", "/a" },      { "a/b/../../..", ".." },
		{ ".", "." },	      { "a/.", "a" },	      { ".a/..b", ".a/..b" },
		{ "/a/..", "/" },     { "a/b/../c", "a/c" },
	};
	struct test *t = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_str(go_path_clean(&t->arena, str_from(rows[i][0])), rows[i][1]);
	assert_str(go_path_dir(&t->arena, STR("a/b//c")), "a/b");
	assert_str(go_path_dir(&t->arena, STR("a")), ".");
	assert_str(go_path_dir(&t->arena, STR("/a")), "/");
	assert_str(go_path_dir(&t->arena, STR("/")), "/");
	assert_str(go_path_dir(&t->arena, STR("a/..")), "a");
	assert_str(go_path_join(&t->arena, STR("a/.."), STR("x")), "x");
	assert_str(go_path_join(&t->arena, STR(""), STR("x")), "x");
	assert_str(go_path_join(&t->arena, STR(""), STR("")), "");
}

static void integers_tell_their_base(void **state)
{
	static const struct {
		const char *text;
		int64_t want;
	} rows[] = {
		{ "0", 0 },	 { "010", 8 },	      { "0x1F", 31 }, { "1_000", 1000 },
		{ "0_7", 7 },	 { "0x_1", 1 },	      { "+5", 5 },    { "0o17", 15 },
		{ "0B1", 1 },	 { "-0x8000000000000000", INT64_MIN }, { "-12", -12 },
	};
	static const char *const bad[] = { "", "08", "0x", "_1", "1_", "1__0", "0b12", "--5", "-",
					   "0_", " 1", "1 ", "x" };
	struct test *t = *state;
	int64_t v;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(go_parse_auto64(str_from(rows[i].text), &v, &t->err));
		assert_true(v == rows[i].want);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_false(go_parse_auto64(str_from(bad[i]), &v, &t->err));
		assert_int_equal(t->err.code, ERR_USAGE);
	}
	assert_false(go_parse_auto64(STR("99999999999999999999_"), &v, &t->err));
	assert_true(v == INT64_MAX);
	assert_error(&t->err, ERR_LIMIT, "strconv.ParseInt: parsing \"99999999999999999999_\": value out of range");
}

static void errors_of_numbers_name_the_function_and_the_text(void **state)
{
	struct test *t = *state;
	int64_t v;
	double d;

	assert_false(go_parse_atoi(STR("abc"), &v, &t->err));
	assert_error(&t->err, ERR_USAGE, "strconv.Atoi: parsing \"abc\": invalid syntax");
	assert_false(go_parse_dec64(STR("1_0"), &v, &t->err));
	assert_error(&t->err, ERR_USAGE, "strconv.ParseInt: parsing \"1_0\": invalid syntax");
	assert_false(go_parse_dec64(STR("-9223372036854775809"), &v, &t->err));
	assert_error(&t->err, ERR_LIMIT,
		     "strconv.ParseInt: parsing \"-9223372036854775809\": value out of range");
	assert_true(v == INT64_MIN);
	assert_false(go_parse_float(STR("x\n"), &d, &t->err));
	assert_error(&t->err, ERR_USAGE, "strconv.ParseFloat: parsing \"x\\n\": invalid syntax");
	assert_false(go_parse_float(STR("-1e400"), &d, &t->err));
	assert_error(&t->err, ERR_LIMIT, "strconv.ParseFloat: parsing \"-1e400\": value out of range");
}

static void floats_are_those_of_go(void **state)
{
	static const struct {
		const char *text;
		double want;
	} rows[] = {
		{ "1_0", 10 },	    { "0x1p4", 16 },  { "0x_1p4", 16 }, { "1e5", 1e5 },
		{ "1e-400", 0 },    { ".5", 0.5 },    { "5.", 5 },	{ "1.e2", 100 },
		{ "0x.8p1", 1 },    { "1_000.5", 1000.5 }, { "0x1P+2", 4 }, { "-0.25", -0.25 },
		{ "inf", (double)INFINITY }, { "-InFinity", -(double)INFINITY },
	};
	static const char *const bad[] = { "",	  "0x1", "1e",	"1e+", "infin", "+nan",	 ".",
					   "0xp1", " 1", "1 ", "1__0", "0b1",   "1e5.", "e5",
					   "1.2.3", "_1", "nan(1)", "1e_5", "0x" };
	struct test *t = *state;
	double v;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(go_parse_float(str_from(rows[i].text), &v, &t->err));
		assert_true(v == rows[i].want);
	}
	assert_true(go_parse_float(STR("NaN"), &v, &t->err));
	assert_true(isnan(v));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(go_parse_float(str_from(bad[i]), &v, &t->err));
}

static void a_float_of_any_length_is_read(void **state)
{
	struct test *t = *state;
	char text[5001];
	double v;

	memset(text, '0', sizeof(text) - 1);
	text[sizeof(text) - 2] = '7';
	text[sizeof(text) - 1] = '\0';
	assert_true(go_parse_float(str_from(text), &v, &t->err));
	assert_true(v == 7);
}

static void floats_are_written_short(void **state)
{
	static const struct {
		double v;
		const char *want;
	} rows[] = {
		{ 1, "1" },	  { 0.005, "0.005" }, { 1e-5, "1e-05" }, { 1e21, "1e+21" },
		{ 0.1, "0.1" },	  { 1e6, "1e+06" },   { 100000, "100000" }, { -2.5, "-2.5" },
		{ 100, "100" },	  { 0, "0" },	      { 123456789, "1.23456789e+08" },
		{ 1 / 3.0, "0.3333333333333333" }, { 0.0001, "0.0001" },
		{ (double)INFINITY, "+Inf" }, { 5e-324, "5e-324" },
		{ 1.7976931348623157e308, "1.7976931348623157e+308" },
	};
	char to[GO_FLOAT_BYTES];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_str(go_float(rows[i].v, to), rows[i].want);
}

static void tabs_are(const char *text, const char *want)
{
	struct error err = ERROR_INIT;
	struct out o;

	out_open_memory(&o);
	assert_true(go_tabs(&o, str_from(text), &err));
	assert_str(out_text(&o), want);
	out_release(&o);
}

static void cells_are_aligned_to_the_right(void **state)
{
	(void)state;
	tabs_are("key1:\t Total 1.12s of 1.12s (  100%)\n"
		 " \t1s (89.29%):\t tag1\n"
		 " \t100ms ( 8.93%):\t tag2\n"
		 "\n",
		 " key1: Total 1.12s of 1.12s (  100%)\n"
		 "          1s (89.29%): tag1\n"
		 "       100ms ( 8.93%): tag2\n"
		 "\n");
}

static void a_column_ends_with_the_first_line_without_it(void **state)
{
	(void)state;
	tabs_are("aaaa\tx\n\nb\ty\n", " aaaax\n\n by\n");
	tabs_are("a\tbbb\tx\nccc\ty\nd\te\tz", "   a bbbx\n cccy\n   d ez");
	tabs_are("a\t\tx\nb\tcc\ty\n", " a   x\n b ccy\n");
	tabs_are("\xce\xbc\tx\naa\ty\n", "  \xce\xbcx\n aay\n");
	tabs_are("a\t", "a");
	tabs_are("bb\tx\na\t\n", " bbx\n  a\n");
	tabs_are("", "");
	tabs_are("a\vb\fcc\td", " ab\n ccd");
	tabs_are("\xff"
		 "a\tb\n\xff\tx\nccccc\ty\n",
		 "  \xff"
		 "a\tb\n\xffx\n cccccy\n");
}

static void errors_of_the_system_are_in_lower_case(void **state)
{
	char to[64];

	(void)state;
	go_errno_text(ENOENT, to, sizeof(to));
	assert_string_equal(to, "no such file or directory");
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(quoting_escapes_what_is_not_printable),
		TEST(a_long_text_is_cut_between_escapes),
		TEST(printable_is_as_in_unicode),
		TEST(durations_have_the_units_of_go),
		TEST(times_are_local),
		TEST(the_base_is_the_last_element),
		TEST(clean_paths_are_the_shortest),
		TEST(integers_tell_their_base),
		TEST(errors_of_numbers_name_the_function_and_the_text),
		TEST(floats_are_those_of_go),
		TEST(a_float_of_any_length_is_read),
		TEST(floats_are_written_short),
		TEST(cells_are_aligned_to_the_right),
		TEST(a_column_ends_with_the_first_line_without_it),
		TEST(errors_of_the_system_are_in_lower_case),
	};

	return TEST_RUN(tests, argc, argv);
}
