/*
 * Unit tests of report/dot.c and the files beside it: spec/reports.md 15.
 */
#include "config.h"

#include "profile/transform.h"
#include "report/internal.h"
#include "tests/profile_text.h"
#include "tests/report_text.h"

static void colours_are_those_of_the_reference(void **state)
{
	char to[DOT_COLOUR_BYTES];

	(void)state;
	assert_str(dot_colour(1, DOT_FOREGROUND, to), "#b20000");
	assert_str(dot_colour(1, DOT_BACKGROUND, to), "#edd5d5");
	assert_str(dot_colour(0, DOT_FOREGROUND, to), "#b2b2b2");
	assert_str(dot_colour(0, DOT_BACKGROUND, to), "#ededed");
	assert_str(dot_colour(0.0893, DOT_FOREGROUND, to), "#b28b62");
	assert_str(dot_colour(-0.2174, DOT_FOREGROUND, to), "#41b200");
	assert_str(dot_colour(-0.2174, DOT_BACKGROUND, to), "#deedd5");
	assert_str(dot_colour(7, DOT_FOREGROUND, to), "#b20000");
}

static void a_total_of_zero_colours_what_is_no_number(void **state)
{
	double zero = 0;
	char to[DOT_COLOUR_BYTES];

	(void)state;
	assert_str(dot_colour(zero / zero, DOT_FOREGROUND, to), "#b20000");
	assert_str(dot_colour(zero / zero, DOT_BACKGROUND, to), "#ed00d5");
}

static struct str draw(struct test *t, struct profile *p, unsigned keep)
{
	struct report_input in;

	assert_true(profile_aggregate(p, keep, &t->err));
	report_over(t, &in, p);
	return report_text(t, &in, report_dot_write);
}

enum { FUNCTIONS = AGGREGATE_INLINES | AGGREGATE_FUNCTION };

static void a_small_graph_is_drawn_whole(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("leaf [in|main] : 30\n"
					      "main : 10\n");

	assert_str(draw(t, p, FUNCTIONS),
		   "digraph \"prog\" {\n"
		   "node [style=filled fillcolor=\"#f8f8f8\"]\n"
		   "subgraph cluster_L { \"File: prog\" [shape=box fontsize=16 label=\"File: prog\\lType: a\\l"
		   "Showing nodes accounting for 40, 100% of 40 total\\l"
		   "\\lSee https://git.io/JfYMW for how to read the graph\\l\" tooltip=\"prog\"] }\n"
		   "N1 [label=\"main\\n10 (25.00%)\\nof 40 (100%)\" id=\"node1\" fontsize=18 shape=box"
		   " tooltip=\"main (40)\" color=\"#b20000\" fillcolor=\"#edd5d5\"]\n"
		   "N2 [label=\"leaf\\n30 (75.00%)\" id=\"node2\" fontsize=24 shape=box"
		   " tooltip=\"leaf (30)\" color=\"#b20e00\" fillcolor=\"#edd7d5\"]\n"
		   "N3 [label=\"in\\n0 of 30 (75.00%)\" id=\"node3\" fontsize=8 shape=box"
		   " tooltip=\"in (30)\" color=\"#b20e00\" fillcolor=\"#edd7d5\"]\n"
		   "N3 -> N2 [label=\" 30\" weight=76 penwidth=4 color=\"#b20e00\" tooltip=\"in -> leaf (30)\""
		   " labeltooltip=\"in -> leaf (30)\"]\n"
		   "N1 -> N3 [label=\" 30\\n (inline)\" weight=76 penwidth=4 color=\"#b20e00\""
		   " tooltip=\"main -> in (30)\" labeltooltip=\"main -> in (30)\"]\n"
		   "}\n");
	profile_free(p);
}

/* Quotes and backslashes of a name stay inside their attribute, whichever that is. */
static void no_name_can_end_its_attribute(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("f\"\\g : 1 : k\"=v\\n\n");
	struct str text;

	p->mapping[0].filename = p->function.name[0];
	text = draw(t, p, FUNCTIONS | AGGREGATE_FILENAME);
	assert_line(text, "digraph \"f\\\"\\\\g\" {");
	assert_line(text, "N1 [label=\"f\\\"\\\\g\\nf\\\"\\\\g.c\\n1 (100%)\" id=\"node1\" fontsize=24 shape=box"
			  " tooltip=\"f\\\"\\\\g f\\\"\\\\g.c (1)\" color=\"#b20000\" fillcolor=\"#edd5d5\"]");
	assert_line(text, "N1_0 [label = \"k\\\":v\\\\n\" id=\"N1_0\" fontsize=8 shape=box3d tooltip=\"1\"]");
	profile_free(p);
}

static void names_break_at_dots_and_colons(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("a/b.(*T[...]).f : 9\n"
					      "std::vector::at[ : 4\n");
	struct str text = draw(t, p, FUNCTIONS);

	assert_line(text, "N1 [label=\"b\\n(*T[\xe2\x80\xa6])\\nf\\n9 (69.23%)\" id=\"node1\" fontsize=24 shape=box"
			  " tooltip=\"a/b.(*T[...]).f (9)\" color=\"#b21200\" fillcolor=\"#edd7d5\"]");
	assert_line(text, "N2 [label=\"std\\nvector\\nat[\\n4 (30.77%)\" id=\"node2\" fontsize=19 shape=box"
			  " tooltip=\"std::vector::at[ (4)\" color=\"#b23500\" fillcolor=\"#eddcd5\"]");
	profile_free(p);
}

/* |INT64_MIN| is negative: it makes no unit smaller, and its font size is what Go makes of NaN. */
static void the_least_value_is_drawn_as_the_reference_does(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("f : 1 -9223372036854775808\n"
					      "g : 1 800000000\n");
	struct str text = draw(t, p, FUNCTIONS);

	assert_line(text, "N2 [label=\"f\\n-9223372036854.78ms (100%)\" id=\"node2\""
			  " fontsize=-9223372036854775800 shape=box tooltip=\"f (-9223372036854.78ms)\""
			  " color=\"#00b200\" fillcolor=\"#d5edd5\"]");
	profile_free(p);
}

static void the_least_total_turns_colours_around(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("f : 1 -9223372036854775808\n");

	assert_line(draw(t, p, FUNCTIONS), "N1 [label=\"f\\n-9223372036.85s (100%)\" id=\"node1\" fontsize=24 shape=box"
					      " tooltip=\"f (-9223372036.85s)\" color=\"#b20000\" fillcolor=\"#edd5d5\"]");
	profile_free(p);
}

/* ---- label values ---- */

/* The choice for the first node of the graph of p. */
static struct dot_tags choose(struct test *t, struct profile *p, struct graph **g)
{
	struct report_input in;
	struct dot_tags tags;

	assert_true(profile_aggregate(p, FUNCTIONS, &t->err));
	report_over(t, &in, p);
	*g = report_graph(&in, GRAPH_DRAWING, &t->err);
	assert_non_null(*g);
	assert_true(dot_tags_choose(*g, &t->arena, &tags));
	return tags;
}

static void the_heaviest_label_values_are_shown_and_no_more(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("f : 1 : k=a\n"
					      "f : 5 : k=b\n"
					      "f : 4 : k=c\n"
					      "f : 3 : k=d j=x\n"
					      "f : 2 : k=e\n");
	struct graph *g;
	struct dot_tags tags = choose(t, p, &g);

	assert_int_equal(tags.start[1], 4);
	assert_str(tags.tag[0].text[0], "k:b");
	assert_int_equal(tags.tag[0].weight, 5);
	assert_int_equal(tags.tag[2].n_text, 2);
	assert_str(tags.tag[2].text[0], "j:x");
	assert_str(tags.tag[2].text[1], "k:d");
	assert_str(tags.tag[3].text[0], "k:e");
	graph_free(g);
	profile_free(p);
}

/* A caller shows what is flat. */
static void a_value_that_weighs_nothing_is_left_out(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("f : 7 : k=a\n"
					      "g f : 6 : k=b\n"
					      "f : 5 : k=c\n"
					      "f : -5 : k=c\n"
					      "g f : 4 : k=c\n");
	struct graph *g;
	struct dot_tags tags = choose(t, p, &g);
	uint32_t i = g->list[0] == 0 ? 0 : 1;

	assert_str(graph_name(g, g->list[i]), "f");
	assert_int_equal(tags.start[i + 1] - tags.start[i], 1);
	assert_str(tags.tag[tags.start[i]].text[0], "k:a");
	assert_int_equal(tags.tag[tags.start[i]].index, 0);
	graph_free(g);
	profile_free(p);
}

/* Five values or more: the four heaviest are seeds, the others join the nearest one. */
static void many_numbers_are_grouped_around_the_heaviest(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("f : 100 : bytes#16\n"
					      "f : 90 : bytes#1024\n"
					      "f : 80 : bytes#65536\n"
					      "f : 70 : bytes#1048576\n"
					      "f : 8 : bytes#8\n"
					      "f : 1 : bytes#2000\n"
					      "f : 2 : bytes#900000\n"
					      "f : 4 : bytes#32\n");
	struct graph *g;
	struct dot_tags tags = choose(t, p, &g);

	assert_int_equal(tags.start[1], 4);
	assert_str(tags.tag[0].text[0], "8B..32B");
	assert_int_equal(tags.tag[0].weight, 112);
	assert_str(tags.tag[1].text[0], "1kB..1.95kB");
	assert_int_equal(tags.tag[1].weight, 91);
	assert_str(tags.tag[2].text[0], "64kB");
	assert_str(tags.tag[3].text[0], "878.91kB..1MB");
	assert_true(tags.tag[0].is_numeric);
	assert_int_equal(tags.tag[0].parent, DOT_ON_NODE);
	graph_free(g);
	profile_free(p);
}

static void numbers_hang_on_the_label_value_they_came_with(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("f : 3 : k=a bytes#8\n"
					      "f : 2 : bytes#16\n");
	struct str text = draw(t, p, FUNCTIONS);

	assert_line(text, "NN1_0_0 [label = \"8B\" id=\"NN1_0_0\" fontsize=8 shape=box3d tooltip=\"3\"]");
	assert_line(text, "N1_0 -> NN1_0_0 [label=\" 3\" weight=100 tooltip=\"3\" labeltooltip=\"3\"]");
	assert_line(text, "NN1_0 [label = \"16B\" id=\"NN1_0\" fontsize=8 shape=box3d tooltip=\"2\"]");
	assert_line(text, "N1 -> NN1_0 [label=\" 2\" weight=100 tooltip=\"2\" labeltooltip=\"2\"]");
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(colours_are_those_of_the_reference),
		TEST(a_total_of_zero_colours_what_is_no_number),
		TEST(a_small_graph_is_drawn_whole),
		TEST(no_name_can_end_its_attribute),
		TEST(names_break_at_dots_and_colons),
		TEST(the_least_value_is_drawn_as_the_reference_does),
		TEST(the_least_total_turns_colours_around),
		TEST(the_heaviest_label_values_are_shown_and_no_more),
		TEST(a_value_that_weighs_nothing_is_left_out),
		TEST(many_numbers_are_grouped_around_the_heaviest),
		TEST(numbers_hang_on_the_label_value_they_came_with),
	};

	return TEST_RUN(tests, argc, argv);
}
