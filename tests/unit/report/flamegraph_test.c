/*
 * Unit tests of report/flamegraph*.c: the picture, its data, the page.
 */
#include "config.h"

#include "tests/profile_text.h"
#include "tests/report_text.h"

#include "profile/transform.h"
#include "report/assets.h"
#include "tui/theme.h"

#include <stdio.h>

static struct profile *profile_of(struct test *t, const char *text)
{
	struct profile *p = profile_from_text(text);

	assert_true(profile_aggregate(p, AGGREGATE_FUNCTION | AGGREGATE_INLINES, &t->err));
	return p;
}

static bool has(struct str text, const char *part)
{
	return str_find(text, str_from(part)) >= 0;
}

#define assert_has(text, part) (has((text), (part)) ? (void)0 : fail_with((text), (part), __LINE__))

static void fail_with(struct str text, const char *part, int line)
{
	print_error("no \"%s\" in:\n%.*s\n", part, STR_FMT(text));
	_fail(__FILE__, line);
}

static struct str picture(struct test *t, struct report_input *in, const struct profile *p)
{
	report_over(t, in, p);
	in->flame_width = 1020; /* a thousand pixels of boxes */
	return report_text(t, in, report_flamegraph_write);
}

static void boxes_are_as_wide_as_their_share(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "B A : 1 15000000\n"
					  "A : 1 5000000\n");
	struct report_input in;
	struct str text = picture(t, &in, p);

	assert_has(text, "<text class=\"title\" x=\"10\" y=\"20\">prog: b</text>");
	assert_has(text, "x=\"10\" y=\"83\" width=\"999.5\" height=\"17\"><title>root\n"
			 "20ms (100%), flat 0 (0%)</title></rect>");
	assert_has(text, "x=\"10\" y=\"101\" width=\"999.5\" height=\"17\"><title>A\n"
			 "20ms (100%), flat 5ms (25.00%)</title></rect>");
	assert_has(text, "x=\"10\" y=\"119\" width=\"749.5\" height=\"17\"><title>B\n"
			 "15ms (75.00%), flat 15ms (75.00%)</title></rect>");
	assert_has(text, "<text x=\"13\" y=\"131\">B</text>");
	profile_free(p);
}

static void the_root_can_be_below(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "B A : 1\n");
	struct report_input in;

	report_over(t, &in, p);
	in.flame_up = true;
	in.flame_width = 1020;
	assert_has(report_text(t, &in, report_flamegraph_write),
		   "y=\"119\" width=\"999.5\" height=\"17\"><title>root\n");
	profile_free(p);
}

static void the_script_gets_nodes_in_preorder(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "B A : 150\n"
					  "A : 50\n"
					  "C : 100\n");
	struct report_input in;
	struct str text = picture(t, &in, p);

	/*
	 * depth, name, weight, flat, merged callees and their weight; all values are multiples of
	 * 50
	 */
	assert_has(text, "\"step\":50,");
	assert_has(text, "\"names\":[\"\",\"root\",\"A\",\"B\",\"C\"]");
	assert_has(text,
		   "\"fields\":6,\"nodes\":[0,1,6,0,0,0,1,2,4,1,0,0,2,3,3,3,0,0,1,4,2,2,0,0]");
	profile_free(p);
}

static void narrow_frames_are_merged_and_counted(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "B A : 100000\n"
					  "C A : 5\n"
					  "D A : 4\n");
	struct report_input in;
	struct str text = picture(t, &in, p);

	assert_has(text, ">2 frames narrower than 0.1 px are merged into what calls them</text>");
	assert_has(text, "\"nodes\":[0,1,100009,0,0,0,1,2,100009,0,2,9,2,3,100000,100000,0,0]");
	profile_free(p);
}

static void one_merged_frame_is_told_as_one(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "B A : 100000\n"
					  "C A : 5\n");
	struct report_input in;

	assert_has(picture(t, &in, p), ">1 frame narrower than 0.1 px is merged into what calls it</text>");
	profile_free(p);
}

/* A row of their own: beside the title they would lie on top of it. */
static void a_narrow_picture_has_room_for_its_controls(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "B A : 1\n");
	struct report_input in;
	struct str text;

	report_over(t, &in, p);
	in.flame_width = 1; /* the least is 300 */
	text = report_text(t, &in, report_flamegraph_write);
	assert_has(text, "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"flame\" class=\"file\" width=\"300\"");
	assert_has(text, "\"controls\":28,");
	assert_has(picture(t, &in, p), "\"controls\":4,");
	profile_free(p);
}

static void a_comparison_has_both_sides(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "A : 300\n"
					  "A : -100\n"
					  "B : -50\n"
					  "C : 50\n"
					  "C : -50\n");
	struct report_input in;
	struct str text = picture(t, &in, p);

	assert_has(text, "<rect class=\"p4\" x=\"10\"");
	assert_has(text, "<title>A\n200 (36.36%), before 100 (18.18%), after 300 (54.55%), "
			 "flat 200 (36.36%)</title>");
	assert_has(text, "<rect class=\"n4\"");
	assert_has(text, "<rect class=\"z\"");
	assert_has(text, "red: more, blue: less, grey: no change</text>");
	assert_has(text, "\"fields\":8,\"nodes\":[0,1,8,0,0,0,7,4,1,2,6,4,0,0,6,2,");
	profile_free(p);
}

static void names_cannot_leave_their_place(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "</text><script>]]>\"'\x1b\xff&\x01\xe2\x80\xaex : 1\n");
	struct report_input in;
	struct str text = picture(t, &in, p);

	assert_has(text, "<title>&lt;/text&gt;&lt;script&gt;]]&gt;\"'"
			 "\xe2\x90\x9b\xef\xbf\xbd&amp;\xe2\x90\x81\xef\xbf\xbdx\n");
	assert_has(text, "\"\\u003c/text\\u003e\\u003cscript\\u003e]]\\u003e\\\"'"
			 "\xe2\x90\x9b\xef\xbf\xbd\\u0026\xe2\x90\x81\xef\xbf\xbdx\"");
	profile_free(p);
}

static void long_names_are_cut(void **state)
{
	struct test *t = *state;
	char line[5000];
	struct report_input in;
	struct profile *p;
	struct str text;

	memset(line, 'x', sizeof(line));
	memcpy(line + sizeof(line) - 6, " : 1\n", 6);
	p = profile_of(t, line);
	text = picture(t, &in, p);
	assert_has(text, "xxx\xe2\x80\xa6\n1 (100%)");
	assert_false(has(text, "xxxxxxx : 1"));
	profile_free(p);
}

/* Each is a value; their sum is not. */
static void widths_of_the_largest_values_are_right(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "A : 9223372036854775807\n"
					  "B : -9223372036854775807\n");
	struct report_input in;

	assert_has(picture(t, &in, p), "\"step\":9223372036854775807,");
	assert_has(picture(t, &in, p), "\"nodes\":[0,1,2,0,0,0,1,1,");
	profile_free(p);
}

static void an_empty_profile_is_a_picture_too(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "A : 0\n");
	struct report_input in;

	assert_has(picture(t, &in, p), "<title>root\n0 (0%), flat 0 (0%)</title>");
	profile_free(p);
}

static void the_page_has_all_functions(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "B A : 100000\n"
					  "C A : 5\n");
	struct report_input in;
	struct str text;

	report_over(t, &in, p);
	in.flame_width = 1020;
	text = report_text(t, &in, report_flamegraph_html_write);
	assert_has(text, "\"names\":[\"\",\"root\",\"A\",\"B\",\"C\"]");
	/* name, flat, cum */
	assert_has(text, "\"functions\":[2,0,100005,3,100000,100000,4,5,5]");
	profile_free(p);
}

static void the_same_profile_gives_the_same_bytes(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of(t, "B A : 100\nC A : 50\nD C A : 50\nD B : 7\n");
	struct report_input in;
	struct str one = picture(t, &in, p), two = picture(t, &in, p);

	assert_true(str_eq(one, two));
	profile_free(p);
}

static void expect_colours(struct str css, const char *theme, enum ink first, uint32_t n,
			   const char *name)
{
	const struct theme *th = theme_find(str_from(theme));
	char rule[64];

	for (uint32_t i = 0; i < n; i++) {
		int colour = theme_colour(th, (enum ink)(first + i), DEPTH_TRUE);

		(void)snprintf(rule, sizeof(rule), ".%s%u { fill: #%06x; }", name,
			       first == INK_PACKAGE ? i : i + 1, (unsigned)colour);
		assert_has(css, rule);
	}
}

static void colours_are_those_of_the_viewer(void **state)
{
	(void)state;
	expect_colours(asset_flame_css, "light", INK_PACKAGE, FLAME_COLOURS, "c");
	expect_colours(asset_flame_css, "light", INK_PLUS, FLAME_DIFF_STEPS, "p");
	expect_colours(asset_flame_css, "light", INK_MINUS, FLAME_DIFF_STEPS, "n");
	expect_colours(asset_page_css, "dark", INK_PACKAGE, FLAME_COLOURS, "c");
	expect_colours(asset_page_css, "dark", INK_PLUS, FLAME_DIFF_STEPS, "p");
	expect_colours(asset_page_css, "dark", INK_MINUS, FLAME_DIFF_STEPS, "n");
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(boxes_are_as_wide_as_their_share),
		TEST(the_root_can_be_below),
		TEST(the_script_gets_nodes_in_preorder),
		TEST(narrow_frames_are_merged_and_counted),
		TEST(one_merged_frame_is_told_as_one),
		TEST(a_narrow_picture_has_room_for_its_controls),
		TEST(a_comparison_has_both_sides),
		TEST(names_cannot_leave_their_place),
		TEST(long_names_are_cut),
		TEST(widths_of_the_largest_values_are_right),
		TEST(an_empty_profile_is_a_picture_too),
		TEST(the_page_has_all_functions),
		TEST(the_same_profile_gives_the_same_bytes),
		TEST(colours_are_those_of_the_viewer),
	};

	return TEST_RUN(tests, argc, argv);
}
