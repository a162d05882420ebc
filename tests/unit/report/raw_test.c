/*
 * Unit tests of report/raw.c: spec/reports.md 11, spec/profile.md 3.
 */
#include "config.h"

#include "tests/profile_text.h"
#include "tests/report_text.h"

static struct str raw(struct test *t, const struct profile *p)
{
	struct report_input in;

	report_over(t, &in, p);
	return report_text(t, &in, report_raw_write);
}

static void every_field_has_its_place(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("[x|b] c : 1 -9223372036854775808 : a=v2 a=v0 n#5 m#1kb m#2\n"
					      " : 12345678901 0\n");

	p->mapping[0].flags = MAPPING_HAS_FUNCTIONS | MAPPING_HAS_INLINE_FRAMES;
	p->default_sample_type = p->sample_type[1].type;
	p->location.is_folded[1] = 1;
	p->function.system_name[0] = 0;
	p->function.start_line[1] = -4;
	p->line.column[1] = 7;
	assert_str(raw(t, p), "PeriodType:  \n"
			      "Period: 0\n"
			      "Samples:\n"
			      "a/count b/nanoseconds[dflt]\n"
			      "          1 -9223372036854775808: 1 2 \n"
			      "                a:[v2 v0]\n"
			      "                m:[1 kb 2 ] n:[5]\n"
			      " 12345678901          0: \n"
			      "Locations\n"
			      "     1: 0x1000 M=1 x x.c:1:0 s=0()\n"
			      "             b b.c:1:7 s=-4\n"
			      "     2: 0x1010 M=1 [F] c c.c:1:0 s=0\n"
			      "Mappings\n"
			      "1: 0x1000/0x9000/0x0 /bin/prog  [FN][IN]\n");
	profile_free(p);
}

static void labels_sort_as_they_are_written(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("x : 1 : a=1 a!=2\n");

	assert_line(raw(t, p), "                a!:[2] a:[1]");
	profile_free(p);
}

static void durations_are_cut_to_four_characters(void **state)
{
	static const struct {
		int64_t nanos;
		const char *line;
	} cases[] = {
		{ 16502830000000, "Duration: 4h35" },
		{ 360000000000000, "Duration: 100h" },
		{ 1000000, "Duration: 1ms" },
		{ 1234567, "Duration: 1.23" },
		{ 1500, "Duration: 1.5\xc2\xb5" },
		{ 999, "Duration: 999n" },
		{ 61000000000, "Duration: 1m1s" },
		{ -5000000000, "Duration: -5s" },
	};
	struct test *t = *state;
	struct profile *p = profile_from_text("x : 1\n");

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		p->duration_nanos = cases[i].nanos;
		assert_line(raw(t, p), cases[i].line);
	}
	profile_free(p);
}

static void the_largest_ids_fit(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("x : 1\n");

	p->location.id[0] = p->location.address[0] = UINT64_MAX;
	p->mapping[0].id = UINT64_MAX;
	assert_line(raw(t, p), "          1: 18446744073709551615 ");
	assert_line(raw(t, p), "18446744073709551615: 0xffffffffffffffff M=18446744073709551615 x x.c:1:0 s=0");
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(every_field_has_its_place),
		TEST(labels_sort_as_they_are_written),
		TEST(durations_are_cut_to_four_characters),
		TEST(the_largest_ids_fit),
	};

	return TEST_RUN(tests, argc, argv);
}
