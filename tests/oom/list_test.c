/*
 * Lists of source lines, with memory running out.
 *
 * Lives here: a list with its calls, and its text, of functions without a source; learning a place.
 */
#include "config.h"

#include "base/regex.h"
#include "report/report.h"

#include "tests/oom/oom.h"
#include "tests/profile_text.h"
#include "tests/report_text.h"


static bool list_calls(void *ctx, struct error *err)
{
	const struct report_input *in = ctx;
	struct graph *g = report_list_graph(in, NULL, NULL, err);
	struct source_cache *c = g ? source_cache_new(in->trim_path, in->source_path, err) : NULL;
	struct report_list *l = c ? report_list_of(in, g, g->list, g->n_list, c, err) : NULL;
	struct arena arena = ARENA_INIT;
	struct report_list_call *call;
	size_t n;
	bool ok = l && report_list_calls(in, l, &arena, &call, &n, err);

	arena_release(&arena);
	report_list_free(l);
	source_cache_free(c);
	graph_free(g);
	return ok;
}

static bool write_list(void *ctx, struct error *err)
{
	struct report_input in = *(const struct report_input *)ctx;
	struct out out, notice;
	bool ok;

	out_open_memory(&out);
	out_open_memory(&notice);
	in.notice = &notice;
	ok = report_list_write(&in, &out, err);
	if (ok && (out.is_broken || notice.is_broken))
		ok = error_nomem(err, "text");
	out_release(&out);
	out_release(&notice);
	return ok;
}

/* A file that every system has. */
static bool learn(void *ctx, struct error *err)
{
	struct source_places p = { .path = STR_EMPTY };
	struct arena arena = ARENA_INIT;
	struct str found, answer = str_from(ctx);
	bool ok = source_places_learn(&p, STR("/build/etc/passwd"), answer, &arena, &found, err);

	arena_release(&arena);
	source_places_release(&p);
	return ok;
}

static void lists_survive(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("[B|C] A : 1 30\nD [B|C] A : 2 20\nA A : 3 -10\n");
	struct regex *all = regex_compile(STR("."), &t->err);
	struct report_input in;

	report_over(t, &in, p);
	in.regex = all;
	in.source_path = STR("/nowhere/at/all");
	oom_survives(list_calls, &in);
	oom_survives(write_list, &in);
	regex_free(all);
	profile_free(p);
}

static void places_survive(void **state)
{
	char root[] = "/etc";

	(void)state;
	oom_survives(learn, root);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(lists_survive),
		TEST(places_survive),
	};

	return TEST_RUN(tests, argc, argv);
}
