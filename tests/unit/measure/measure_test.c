/*
 * Units, labels, percentages: the worked examples of spec/profile.md 9.
 */
#include "config.h"

#include "measure/measure.h"

#include <limits.h>
#include <stdio.h>

#include "tests/test.h"

static void label_is(int64_t value, const char *from, const char *to, const char *want)
{
	struct measure_scaler s;
	struct measure_label l;
	struct arena a = ARENA_INIT;
	struct str text;

	measure_scaler_init(&s, str_from(from), str_from(to));
	measure_label_with(&s, value, &l);
	text = measure_label_text(&a, &l);
	assert_non_null(text.ptr);
	assert_int_equal(text.len, strlen(want));
	assert_memory_equal(text.ptr, want, text.len);
	arena_release(&a);
}

static void automatic_labels_take_the_largest_unit(void **state)
{
	static const struct {
		int64_t value;
		const char *from, *want;
	} rows[] = {
		{ 0, "ns", "0" },
		{ 0, "bytes", "0" },
		{ 999, "ns", "999ns" },
		{ 1000, "ns", "1us" },
		{ 1500, "ns", "1.50us" },
		{ 59999999999, "ns", "60s" },
		{ 3599000000000, "ns", "3599s" },
		{ 3600000000000, "ns", "1hrs" },
		{ 5400000000000, "ns", "1.50hrs" },
		{ 1023, "bytes", "1023B" },
		{ 1024, "bytes", "1kB" },
		{ 1536, "bytes", "1.50kB" },
		{ 1048575, "bytes", "1024kB" },
		{ 1048576, "bytes", "1MB" },
		{ (int64_t)1 << 60, "bytes", "1024PB" },
		{ -1500, "ns", "-1.50us" },
		{ INT64_MIN, "ns", "-9223372036.85s" },
		{ INT64_MIN, "bytes", "-9223372036854775808B" },
		{ INT64_MIN, "count", "-9223372036854775808" },
		{ INT64_MAX, "ns", "2562047.79hrs" },
		{ INT64_MAX, "bytes", "8192PB" },
		{ 500, "milligcu", "500m*GCU" },
		{ 5, "foo", "5" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		label_is(rows[i].value, rows[i].from, "auto", rows[i].want);
		label_is(rows[i].value, rows[i].from, "minimum", rows[i].want);
	}
}

static void a_target_of_another_family_means_the_default(void **state)
{
	(void)state;
	label_is(4999999, "ns", "s", "0");
	label_is(5000000, "ns", "s", "0.01s");
	label_is(15000000, "ns", "s", "0.01s");
	label_is(-4999999, "ns", "s", "0");
	label_is(5, "s", "foo", "5s");
	label_is(5, "s", "", "5s");
	label_is(5, "bytes", "ms", "5B");
	label_is(5, "count", "seconds", "5seconds");
	label_is(5, "", "seconds", "5seconds");
	label_is(5, "x", "samples", "5samples");
	label_is(5, "foo", "foo", "5foo");
	label_is(5, "foo", "count", "5");
	label_is(5, "", "", "5");
	label_is(1, "minute", "s", "1s");
}

static void unit_names_lose_case_and_one_plural(void **state)
{
	static const char *const known[] = { "mss", "kbs", "secs", "hours", "KB", "\xce\xbcss", "\xce\x9cSS",
					     "\u212aB" };
	static const char *const unknown[] = { "\xce\xbcs", "\xc2\xb5s", "bs", "ss", "kib", "min",
					       "mb\xff",    "nanosecondsnanoseconds" };

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct str unit;

		(void)measure_scale(1, str_from(known[i]), STR("auto"), &unit);
		assert_true(unit.len > 0);
	}
	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
		struct str unit;

		(void)measure_scale(1, str_from(unknown[i]), STR("auto"), &unit);
		assert_int_equal(unit.len, 0);
	}
}

static void hostile_unit_names_are_kept_whole(void **state)
{
	static char name[100000];
	struct measure_scaler s;
	struct measure_label l;
	struct out o;

	(void)state;
	memset(name, 'u', sizeof(name));
	name[5] = '\0';
	measure_scaler_init(&s, STR("x"), (struct str){ name, sizeof(name) });
	out_open_memory(&o);
	measure_write(&o, &s, 7, 3);
	assert_int_equal(out_text(&o).len, sizeof(name) + 1);
	out_release(&o);
	measure_label_with(&s, 7, &l);
	assert_int_equal(measure_label_width(&l), sizeof(name) + 1);
}

static void labels_are_aligned_by_code_points(void **state)
{
	struct measure_scaler s;
	struct out o;

	(void)state;
	measure_scaler_init(&s, STR("x"), STR("\xce\xbcs"));
	out_open_memory(&o);
	measure_write(&o, &s, 12, 6);
	assert_true(str_eq(out_text(&o), STR("  12\xce\xbcs")));
	out_release(&o);
}

static void dividing_happens_before_scaling(void **state)
{
	struct measure_scaler s;
	struct measure_label l;

	(void)state;
	measure_scaler_init(&s, STR("ns"), STR("ms"));
	s.ratio = 1 / 10.0;
	measure_label_with(&s, 5000000019, &l);
	assert_true(str_eq(measure_label_number(&l), STR("500")));
	s.ratio = -1;
	measure_label_with(&s, 5000000, &l);
	assert_true(str_eq(measure_label_number(&l), STR("5")));
}

/* The digits come from integers; printf is the judge. */
static void two_decimals_equal_those_of_printf(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (int i = 0; i < 200000; i++) {
		struct measure_scaler s;
		struct measure_label l;
		char want[MEASURE_NUMBER_BYTES];
		int64_t v;
		size_t n;

		seed = seed * 6364136223846793005u + 1442695040888963407u;
		v = (int64_t)(seed >> (1 + i % 62));
		measure_scaler_init(&s, STR("us"), i & 1 ? STR("hrs") : STR("s"));
		measure_label_with(&s, v, &l);
		n = (size_t)snprintf(want, sizeof(want), "%.2f",
				     (double)v * 1e3 / (i & 1 ? 3600e9 : 1e9));
		if (n > 3 && strcmp(want + n - 3, ".00") == 0)
			want[n -= 3] = '\0';
		assert_int_equal(l.n_number, n);
		assert_memory_equal(l.number, want, n);
	}
}

static void the_longest_number_has_room(void **state)
{
	char want[MEASURE_NUMBER_BYTES];
	struct measure_scaler s;
	struct measure_label l;

	(void)state;
	measure_scaler_init(&s, STR("petagcu"), STR("nanogcu"));
	measure_label_with(&s, -INT64_MAX, &l);
	(void)snprintf(want, sizeof(want), "%.0f", -(double)INT64_MAX * 1e15 / 1e-9);
	assert_int_equal(l.n_number, strlen(want));
	assert_memory_equal(l.number, want, l.n_number);
}

static void percent_is(int64_t value, int64_t total, const char *want)
{
	char to[MEASURE_PERCENT_BYTES + 1];
	struct str s = measure_percentage(value, total, to);

	to[s.len] = '\0';
	assert_string_equal(to, want);
}

static void percentages_follow_the_table(void **state)
{
	(void)state;
	percent_is(0, 0, "    0%");
	percent_is(1, 0, "    0%");
	percent_is(0, 5, "    0%");
	percent_is(1, 3, "33.33%");
	percent_is(-1, 3, "33.33%");
	percent_is(1, -3, "33.33%");
	percent_is(1, 100, " 1.00%");
	percent_is(994, 100000, " 0.99%");
	percent_is(995, 100000, "    1%");
	percent_is(9999, 1000000, "    1%");
	percent_is(1, 1000, "  0.1%");
	percent_is(15, 10000, " 0.15%");
	percent_is(1, 100000, "0.001%");
	percent_is(1, 1000000, "0.0001%");
	percent_is(1, 10000000, "1e-05%");
	percent_is(123, 10000000, "0.0012%");
	percent_is(99949, 100000, "99.95%");
	percent_is(99950, 100000, "  100%");
	percent_is(10005, 10000, "  100%");
	percent_is(100051, 100000, "100.05%");
	percent_is(5, 1, "500.00%");
	percent_is(9, 1000, "  0.9%");
	percent_is(INT64_MIN, 1, "922337203685477580800.00%");
}

static void small_percentages_equal_those_of_printf(void **state)
{
	(void)state;
	for (int64_t v = 1; v < 100000; v++) {
		char want[32], to[MEASURE_PERCENT_BYTES];
		int64_t total = 10000019;
		struct str s = measure_percentage(v, total, to);
		int n = snprintf(want, sizeof(want), "%5.2g%%",
				 (double)v / (double)total * 100);

		assert_int_equal(s.len, n);
		assert_memory_equal(s.ptr, want, s.len);
	}
}

static void bare_percentages_have_no_blanks(void **state)
{
	char to[MEASURE_PERCENT_BYTES];

	(void)state;
	assert_true(str_eq(measure_percentage_bare(0, 5, to), STR("0%")));
	assert_true(str_eq(measure_percentage_bare(5, 5, to), STR("100%")));
	assert_true(str_eq(measure_percentage_bare(1, 100, to), STR("1.00%")));
}

static void minimum_is(int64_t min, int64_t max, const char *unit, double ratio, const char *text,
		       const char *callgrind)
{
	assert_true(str_eq(measure_minimum_unit(min, max, ratio, str_from(unit), false),
			   str_from(text)));
	assert_true(str_eq(measure_minimum_unit(min, max, ratio, str_from(unit), true),
			   str_from(callgrind)));
}

static void one_unit_serves_a_whole_report(void **state)
{
	(void)state;
	minimum_is(999, 3000000000999, "nanoseconds", 1, "us", "ns");
	minimum_is(10000000, 910000000, "nanoseconds", 1, "ms", "ms");
	minimum_is(10000000, 1000000000, "nanoseconds", 1, "ms", "ms");
	minimum_is(10000000, 1000000001, "nanoseconds", 1, "s", "ms");
	minimum_is(60000000, 5060000000, "nanoseconds", 1, "ms", "ms");
	minimum_is(10000000, 5010000000, "nanoseconds", 1, "s", "ms");
	minimum_is(10000000, 5010000000, "nanoseconds", 1 / 10.0, "ms", "ms");
	minimum_is(5, 5005, "nanoseconds", 1, "ns", "ns");
	minimum_is(10, 2010, "bytes", 1, "B", "B");
	minimum_is(11, 2011, "bytes", 1, "kB", "B");
	minimum_is(1, 1048577, "bytes", 1, "B", "B");
	minimum_is(1, 6, "foo", 1, "foo", "foo");
	minimum_is(1, 6, "count", 1, "count", "count");
	minimum_is(1, 3, "\xce\xbcs", 1, "\xce\xbcs", "\xce\xbcs");
}

static void units_of_one_family_are_compatible(void **state)
{
	(void)state;
	assert_true(measure_is_compatible(STR("us"), STR("nanoseconds")));
	assert_true(measure_is_compatible(STR("foo"), STR("foo")));
	assert_false(measure_is_compatible(STR("foo"), STR("bar")));
	assert_false(measure_is_compatible(STR("bytes"), STR("ms")));
	assert_true(measure_ratio(STR("us"), STR("ns")) == 1000);
	assert_true(measure_distance(3, STR("kB"), 1024, STR("bytes")) == 2048);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(automatic_labels_take_the_largest_unit),
		TEST(a_target_of_another_family_means_the_default),
		TEST(unit_names_lose_case_and_one_plural),
		TEST(hostile_unit_names_are_kept_whole),
		TEST(labels_are_aligned_by_code_points),
		TEST(dividing_happens_before_scaling),
		TEST(two_decimals_equal_those_of_printf),
		TEST(the_longest_number_has_room),
		TEST(percentages_follow_the_table),
		TEST(small_percentages_equal_those_of_printf),
		TEST(bare_percentages_have_no_blanks),
		TEST(one_unit_serves_a_whole_report),
		TEST(units_of_one_family_are_compatible),
	};

	return TEST_RUN(tests, argc, argv);
}
