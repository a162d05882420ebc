/*
 * flame/ and the reports that are made of it, with memory running out.
 *
 * Lives here: a tree and its layout, and each file, over a profile of a few stacks.
 */
#include "config.h"

#include "flame/flame.h"
#include "report/report.h"

#include "tests/oom/oom.h"
#include "tests/profile_text.h"
#include "tests/report_text.h"

static const char some_stacks[] = "[B|C] A : 1 30\n"
				  "D [B|C] A : 2 20\n"
				  "E A : 3 -10\n"
				  "E : 1 1\n";

static bool lay_out(void *ctx, struct error *err)
{
	struct flame_options opt = { .value_index = 1 };
	struct flame_layout l = { .width = 1000, .min_width = 1, .max_depth = UINT32_MAX };
	struct flame *f = flame_new(ctx, &opt, err);
	struct arena arena = ARENA_INIT;
	struct flame_boxes boxes;
	bool ok = f && flame_lay_out(f, &l, &arena, &boxes, err);

	arena_release(&arena);
	flame_free(f);
	return ok;
}

static bool find(void *ctx, struct error *err)
{
	struct flame_options opt = { .value_index = 1 };
	struct flame *f = flame_new(ctx, &opt, err);
	uint32_t row;
	bool ok = f && flame_find_function(f, STR("B"), 0, &row, err);

	flame_free(f);
	return ok;
}

static bool turn(void *ctx, struct error *err)
{
	struct flame_options opt = { .value_index = 1 };
	struct flame *f = flame_new(ctx, &opt, err), *turned = NULL;

	opt.is_inverted = true;
	if (f)
		turned = flame_new_of(f->common, &opt, err);
	flame_free(f);
	flame_free(turned);
	return turned != NULL;
}

struct job {
	const struct report_input *in;
	bool (*write)(const struct report_input *in, struct out *out, struct error *err);
};

static bool write_report(void *ctx, struct error *err)
{
	const struct job *job = ctx;
	struct out out;
	bool ok;

	out_open_memory(&out);
	ok = job->write(job->in, &out, err);
	/* Memory that was short for the text itself shows at the end, as a failed write does. */
	if (ok && out.is_broken)
		ok = error_nomem(err, "text");
	out_release(&out);
	return ok;
}

static void a_layout_survives(void **state)
{
	struct profile *p = profile_from_text(some_stacks);

	(void)state;
	oom_survives(lay_out, p);
	profile_free(p);
}

static void a_turned_tree_survives(void **state)
{
	struct profile *p = profile_from_text(some_stacks);

	(void)state;
	oom_survives(turn, p);
	profile_free(p);
}

static void finding_a_function_survives(void **state)
{
	struct profile *p = profile_from_text(some_stacks);

	(void)state;
	oom_survives(find, p);
	profile_free(p);
}

static void reports_survive(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text(some_stacks);
	struct report_input in;
	struct job job[] = {
		{ &in, report_flamegraph_write }, { &in, report_flamegraph_html_write },
		{ &in, report_folded_write },     { &in, report_speedscope_write },
		{ &in, report_markdown_write },
	};

	report_over(t, &in, p);
	in.flame_width = 1000;
	for (size_t i = 0; i < sizeof(job) / sizeof(job[0]); i++)
		oom_survives(write_report, &job[i]);
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_layout_survives),
		TEST(a_turned_tree_survives),
		TEST(finding_a_function_survives),
		TEST(reports_survive),
	};

	return TEST_RUN(tests, argc, argv);
}
