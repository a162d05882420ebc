/*
 * Unit tests of report/list.c: spec/reports.md 18.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/regex.h"
#include "profile/transform.h"
#include "tests/profile_text.h"
#include "tests/report_text.h"

/* A directory with f.c of 30 lines in it, and the input of a list of all functions. */
struct fixture {
	char dir[32], path[48];
	struct regex *all;
	struct report_input in;
};

static void set_up(struct test *t, struct fixture *x, struct profile *p)
{
	FILE *f;

	(void)snprintf(x->dir, sizeof(x->dir), "/tmp/list_test.XXXXXX");
	assert_non_null(mkdtemp(x->dir));
	(void)snprintf(x->path, sizeof(x->path), "%s/f.c", x->dir);
	f = fopen(x->path, "w");
	assert_non_null(f);
	for (int i = 1; i <= 30; i++)
		assert_true(fprintf(f, "\t%d\n", i) > 0);
	assert_int_equal(fclose(f), 0);
	x->all = regex_compile(STR("."), &t->err);
	assert_non_null(x->all);
	assert_true(profile_aggregate(p, AGGREGATE_INLINES | AGGREGATE_FUNCTION | AGGREGATE_FILENAME | AGGREGATE_LINE,
				      &t->err));
	report_over(t, &x->in, p);
	x->in.regex = x->all;
	x->in.regex_text = STR(".");
	x->in.source_path = str_from(x->dir);
}

static void tear_down(struct fixture *x)
{
	regex_free(x->all);
	assert_int_equal(unlink(x->path), 0);
	assert_int_equal(rmdir(x->dir), 0);
}

static void five_lines_stand_around_a_value(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("f : 7\n");
	struct fixture x;

	p->line.line[0] = 12;
	set_up(t, &x, p);
	assert_report(&x.in, report_list_write, "Total: 7\n"
						"ROUTINE ======================== f in f.c\n"
						"         7          7 (flat, cum)   100% of Total\n"
						"         .          .      7:\t7\n"
						"         .          .      8:\t8\n"
						"         .          .      9:\t9\n"
						"         .          .     10:\t10\n"
						"         .          .     11:\t11\n"
						"         7          7     12:\t12\n"
						"         .          .     13:\t13\n"
						"         .          .     14:\t14\n"
						"         .          .     15:\t15\n"
						"         .          .     16:\t16\n"
						"         .          .     17:\t17\n");
	tear_down(&x);
	profile_free(p);
}

static void a_known_start_is_where_the_listing_starts(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("f : 7\n");
	struct fixture x;

	p->line.line[0] = 29;
	p->function.start_line[0] = 28;
	set_up(t, &x, p);
	assert_report(&x.in, report_list_write, "Total: 7\n"
						"ROUTINE ======================== f in f.c\n"
						"         7          7 (flat, cum)   100% of Total\n"
						"         .          .     28:\t28\n"
						"         7          7     29:\t29\n"
						"         .          .     30:\t30\n");
	tear_down(&x);
	profile_free(p);
}

static void functions_go_by_name_and_say_what_is_missing(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("g b f : 7\n"
					      "a : 1\n");
	struct fixture x;
	struct str text;

	p->function.filename[1] = 0;
	set_up(t, &x, p);
	x.in.source_path = STR("/nonexistent");
	text = report_text(t, &x.in, report_list_write);
	assert_str(text, "Total: 8\n"
			 "ROUTINE ======================== a in a.c\n"
			 "         1          1 (flat, cum) 12.50% of Total\n"
			 " Error: could not find file a.c on path /nonexistent\n"
			 "No source information for b\n"
			 "ROUTINE ======================== f in f.c\n"
			 "         0          7 (flat, cum) 87.50% of Total\n"
			 " Error: could not find file f.c on path /nonexistent\n"
			 "ROUTINE ======================== g in g.c\n"
			 "         7          7 (flat, cum) 87.50% of Total\n"
			 " Error: could not find file g.c on path /nonexistent\n");
	tear_down(&x);
	profile_free(p);
}

/* Nothing is to be shown of h, so its file is looked for only when that was done for f. */
static void a_function_that_starts_behind_its_values_needs_no_file(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("h : 7\n");
	struct fixture x;

	p->function.start_line[0] = 20;
	set_up(t, &x, p);
	assert_report(&x.in, report_list_write, "Total: 7\n"
						"ROUTINE ======================== h in h.c\n"
						"         7          7 (flat, cum)   100% of Total\n");
	tear_down(&x);
	profile_free(p);
	p = profile_from_text("f h : 7\n");
	p->function.start_line[1] = 20;
	p->function.filename[0] = p->function.filename[1];
	set_up(t, &x, p);
	x.in.source_path = STR("/nonexistent");
	assert_report(&x.in, report_list_write, "Total: 7\n"
						"ROUTINE ======================== f in h.c\n"
						"         7          7 (flat, cum)   100% of Total\n"
						" Error: could not find file h.c on path /nonexistent\n"
						"ROUTINE ======================== h in h.c\n"
						"         0          7 (flat, cum)   100% of Total\n"
						" Error: could not find file h.c on path /nonexistent\n");
	tear_down(&x);
	profile_free(p);
}

static void assert_tried_is_told(struct test *t, const struct report_input *in, report_writer *write)
{
	struct report_input with_notice = *in;
	struct out notice;

	out_open_memory(&notice);
	with_notice.notice = &notice;
	(void)report_text(t, &with_notice, write);
	assert_str(out_text(&notice), "No source for f.  Tried, for f.c:\n"
				      "  /nowhere/f.c: no such file or directory\n"
				      "  /f.c: no such file or directory\n"
				      "The options source_path and trim_path say where sources are.\n");
	out_release(&notice);
}

/* Beside the report, whose bytes are those of the reference; a file is told once. */
static void every_path_tried_is_told_beside_the_report(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("f g : 7\n");
	struct fixture x;

	p->function.filename[1] = p->function.filename[0];
	set_up(t, &x, p);
	x.in.source_path = STR("/nowhere");
	assert_tried_is_told(t, &x.in, report_list_write);
	assert_tried_is_told(t, &x.in, report_list_csv);
	tear_down(&x);
	profile_free(p);
}

/* Lists of the functions of one profile: its graph, its sources. */
struct listing {
	struct graph *g;
	struct source_cache *sources;
	struct report_list *l;
	uint32_t row[64];
};

static bool is_called(const void *ctx, const struct graph *g, const struct node_info *info)
{
	return str_eq(graph_text(g, info->name), str_from(ctx));
}

static void set_up_listing(struct test *t, struct listing *x, const struct fixture *f, const char *name)
{
	size_t n = 0;

	/* Nothing else is in the graph: then the numbers must be the same. */
	x->g = report_list_graph(&f->in, is_called, name, &t->err);
	x->sources = source_cache_new(STR_EMPTY, str_from(f->dir), &t->err);
	assert_non_null(x->g);
	assert_non_null(x->sources);
	for (uint32_t i = 0; i < x->g->n_list; i++)
		if (str_eq(graph_text(x->g, graph_info(x->g, x->g->list[i])->name), str_from(name)))
			x->row[n++] = x->g->list[i];
	x->l = report_list_of(&f->in, x->g, x->row, n, x->sources, &t->err);
	assert_non_null(x->l);
}

static void tear_down_listing(struct listing *x)
{
	report_list_free(x->l);
	source_cache_free(x->sources);
	graph_free(x->g);
}

static void values_stand_by_line_without_a_source_too(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("g : 7\ng : 2\nf g : 1\n");
	struct fixture x;
	struct listing y;
	const struct report_list_routine *r;

	p->line.line[0] = 12;
	set_up(t, &x, p);
	set_up_listing(t, &y, &x, "g");
	assert_int_equal(y.l->n_routine, 1);
	r = &y.l->routine[0];
	assert_null(r->source);
	assert_int_equal(r->n_line, 0);
	assert_int_equal(r->n_value, 1);
	assert_int_equal(r->value[0].number, 12);
	assert_int_equal(r->value[0].flat, 9);
	assert_int_equal(r->value[0].cum, 10);
	assert_int_equal(r->n_tried, 3);
	tear_down_listing(&y);
	tear_down(&x);
	profile_free(p);
}

static void calls_of_a_line_count_a_stack_once(void **state)
{
	struct test *t = *state;
	/* f twice on a stack; a inlined into f; f calls itself. */
	struct profile *p = profile_from_text("a f g f : 1\ng f : 20\n[a|f] : 300\nf f : 4000\n");
	struct fixture x;
	struct listing y;
	struct report_list_call *call;
	size_t n;

	set_up(t, &x, p);
	set_up_listing(t, &y, &x, "f");
	assert_true(report_list_calls(&x.in, y.l, &t->arena, &call, &n, &t->err));
	assert_int_equal(n, 3);
	assert_str(call[0].name, "f");
	assert_int_equal(call[0].weight, 4000);
	assert_str(call[1].name, "a");
	assert_int_equal(call[1].weight, 301);
	assert_false(call[1].is_inlined);
	assert_str(call[2].name, "g");
	assert_int_equal(call[2].weight, 21);
	tear_down_listing(&y);
	tear_down(&x);
	profile_free(p);
}

static void no_match_is_an_error(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("f : 7\n");
	struct regex *none = regex_compile(STR("^x"), &t->err);
	struct fixture x;
	struct out out;

	set_up(t, &x, p);
	x.in.regex = none;
	x.in.regex_text = STR("^x");
	out_open_memory(&out);
	assert_false(report_list_write(&x.in, &out, &t->err));
	assert_error(&t->err, ERR_NOTFOUND, "no matches found for regexp: ^x");
	assert_int_equal(out.n, 0);
	out_release(&out);
	regex_free(none);
	tear_down(&x);
	profile_free(p);
}

/* As tagroot makes them for samples without the key. */
static void a_function_without_name_matches_what_matches_nothing(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("f : 7\n");
	struct regex *empty = regex_compile(STR("^$"), &t->err);
	struct fixture x;

	p->function.name[0] = 0;
	set_up(t, &x, p);
	x.in.regex = empty;
	assert_report(&x.in, report_list_write, "Total: 7\n"
						"ROUTINE ========================  in f.c\n"
						"         7          7 (flat, cum)   100% of Total\n"
						"         7          7      1:\t1\n"
						"         .          .      2:\t2\n"
						"         .          .      3:\t3\n"
						"         .          .      4:\t4\n"
						"         .          .      5:\t5\n"
						"         .          .      6:\t6\n");
	regex_free(empty);
	profile_free(p);
	tear_down(&x);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(five_lines_stand_around_a_value),
		TEST(a_known_start_is_where_the_listing_starts),
		TEST(functions_go_by_name_and_say_what_is_missing),
		TEST(a_function_that_starts_behind_its_values_needs_no_file),
		TEST(every_path_tried_is_told_beside_the_report),
		TEST(values_stand_by_line_without_a_source_too),
		TEST(calls_of_a_line_count_a_stack_once),
		TEST(no_match_is_an_error),
		TEST(a_function_without_name_matches_what_matches_nothing),
	};

	return TEST_RUN(tests, argc, argv);
}
