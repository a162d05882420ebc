/*
 * Unit tests of the reports for programs: JSON and CSV.
 *
 * Lives here: that JSON reads back as JSON, with the members that doc/json.md promises; CSV byte by
 * byte.
 */
#include "config.h"

#include "report/report.h"

#include "base/json.h"
#include "profile/transform.h"
#include "tests/profile_text.h"
#include "tests/report_text.h"
#include "tests/test.h"

static const char small[] = "[\"inlined\"|main] root : 1 40 : route=/a,b route=/c bytes#1024\n"
			    "leaf\xff main root : 2 60\n";

/*
 * Every value as a line "PATH = VALUE", where the path has names and positions: "rows.0.name = main".
 * Fails the test when the text is no JSON.
 */
struct flat {
	struct test *t;
	struct json j;
	struct str all;
};

static void flatten(struct flat *f, struct str path, const struct json_token *token);

static void flatten_items(struct flat *f, struct str path, enum json_kind end)
{
	struct json_token item;

	for (int i = 0;; i++) {
		struct str below;

		assert_true(json_next(&f->j, &item, &f->t->err));
		if (item.kind == end)
			return;
		below = item.key.ptr ? item.key : arena_fmt(&f->t->arena, "%d", i);
		flatten(f, arena_fmt(&f->t->arena, "%.*s%s%.*s", STR_FMT(path), path.len ? "." : "", STR_FMT(below)),
			&item);
	}
}

static void flatten(struct flat *f, struct str path, const struct json_token *token)
{
	static const char *const word[] = {
		[JSON_TRUE] = "true", [JSON_FALSE] = "false", [JSON_NULL] = "null", [JSON_TEXT] = "", [JSON_NUMBER] = "",
	};

	if (token->kind == JSON_OBJECT || token->kind == JSON_ARRAY) {
		flatten_items(f, path, token->kind == JSON_OBJECT ? JSON_OBJECT_END : JSON_ARRAY_END);
		return;
	}
	f->all = arena_fmt(&f->t->arena, "%.*s%.*s = %s%.*s\n", STR_FMT(f->all), STR_FMT(path), word[token->kind],
			   STR_FMT(token->text));
}

/* The profile by functions, as reports have it unless asked for more. */
static struct profile *by_function(struct test *t, const struct profile *p)
{
	struct profile *own = profile_derive(p, &t->err);

	assert_non_null(own);
	assert_true(profile_aggregate(own, AGGREGATE_FUNCTION | AGGREGATE_INLINES, &t->err));
	return own;
}

static struct str flat_json(struct test *t, report_writer *write, const char *regex)
{
	struct profile *whole = profile_from_text(small), *p = by_function(t, whole);
	struct flat f = { .t = t, .all = STR_EMPTY };
	struct json_token token;
	struct report_input in;
	struct regex *re = NULL;
	struct str text;

	report_over(t, &in, p);
	if (regex) {
		re = regex_compile(str_from(regex), &t->err);
		in.regex = re;
		in.regex_text = str_from(regex);
	}
	text = report_text(t, &in, write);
	json_init(&f.j, (struct bytes){ (const uint8_t *)text.ptr, text.len }, &t->arena);
	assert_true(json_next(&f.j, &token, &t->err));
	flatten(&f, STR_EMPTY, &token);
	assert_true(json_next(&f.j, &token, &t->err));
	assert_int_equal(token.kind, JSON_END);
	regex_free(re);
	profile_free(p);
	profile_free(whole);
	return f.all;
}

static void every_report_says_what_it_is_and_of_what(void **state)
{
	static report_writer *const write[] = { report_text_json, report_tree_json, report_tags_json,
						report_traces_json };
	static const char *const name[] = { "report = top", "report = tree", "report = tags", "report = traces" };
	struct test *t = *state;

	for (size_t i = 0; i < sizeof(write) / sizeof(write[0]); i++) {
		struct str all = flat_json(t, write[i], NULL);

		assert_line(all, "schema = cpprof-view/report");
		assert_line(all, "version = 1");
		assert_line(all, name[i]);
		assert_line(all, "profile.file = /bin/prog");
		assert_line(all, "profile.sample_types.1.unit = nanoseconds");
		assert_line(all, "type = b");
		assert_line(all, "unit = nanoseconds");
		assert_line(all, "ratio = 1");
		assert_line(all, "total = 100");
		assert_line(all, "total_text = 100ns");
	}
}

static void rows_of_top_are_functions(void **state)
{
	struct str all = flat_json(*state, report_text_json, NULL);

	assert_line(all, "rows.0.name = leaf\xef\xbf\xbd");
	assert_line(all, "rows.0.flat = 60");
	assert_line(all, "rows.0.flat_text = 60ns");
	assert_line(all, "rows.0.flat_percent = 60");
	assert_line(all, "rows.1.name = \"inlined\"");
	assert_line(all, "rows.1.inlined = yes");
	assert_line(all, "rows.2.inlined = no");
	assert_line(all, "rows.2.cum = 100");
	assert_line(all, "rows.2.cum_percent = 100");
}

static void rows_of_tree_have_callers_and_callees(void **state)
{
	struct str all = flat_json(*state, report_tree_json, NULL);

	assert_line(all, "rows.2.name = main");
	assert_line(all, "rows.2.callers.0.name = root");
	assert_line(all, "rows.2.callers.0.weight = 100");
	assert_line(all, "rows.2.callees.1.name = \"inlined\"");
	assert_line(all, "rows.2.callees.1.inlined = true");
	assert_line(all, "rows.2.callees.1.weight_text = 40ns");
	assert_line(all, "rows.2.callees.1.weight_percent = 40");
}

static void peek_has_the_rows_that_match(void **state)
{
	struct str all = flat_json(*state, report_tree_json, "^leaf");

	assert_line(all, "report = peek");
	assert_line(all, "rows.0.callers.0.name = main");
	assert_true(str_find(all, STR("rows.1.")) < 0);
}

static void rows_of_tags_are_keys(void **state)
{
	struct str all = flat_json(*state, report_tags_json, NULL);

	assert_line(all, "rows.0.key = bytes");
	assert_line(all, "rows.1.key = route");
	assert_line(all, "rows.1.values.0.value = /a,b");
	assert_line(all, "rows.1.values.0.weight = 40");
	assert_line(all, "rows.1.total = 80");
}

static void rows_of_traces_are_samples(void **state)
{
	struct str all = flat_json(*state, report_traces_json, NULL);

	assert_line(all, "rows.0.value = 40");
	assert_line(all, "rows.0.labels.route.1 = /c");
	assert_line(all, "rows.0.numeric_labels.bytes.0.value = 1024");
	assert_line(all, "rows.0.stack.0.name = \"inlined\"");
	assert_line(all, "rows.0.stack.0.inlined = true");
	assert_line(all, "rows.0.stack.1.inlined = false");
	assert_line(all, "rows.0.stack.2.name = root");
	assert_line(all, "rows.1.stack.0.name = leaf\xef\xbf\xbd");
}

static void rows_of_list_say_where_a_source_was_looked_for(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("f : 1 1\n");
	struct regex *all = regex_compile(STR("."), &t->err);
	struct report_input in;
	struct str text;

	report_over(t, &in, p);
	in.regex = all;
	in.source_path = STR("/nowhere");
	text = report_text(t, &in, report_list_json);
	assert_true(str_find(text, STR("\"error\":\"could not find file f.c on path /nowhere\"")) > 0);
	assert_true(str_find(text, STR("\"tried\":[\"/nowhere/f.c\",\"/f.c\"]")) > 0);
	regex_free(all);
	profile_free(p);
}

static void frames_have_what_the_granularity_keeps(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("f : 1 1\n");
	struct report_input in;
	struct str text;

	report_over(t, &in, p);
	text = report_text(t, &in, report_traces_json);
	assert_true(str_find(text, STR("\"inlined\":false,\"file\":\"f.c\",\"line\":1,\"address\":\"0x1000\"}")) > 0);
	profile_free(p);
}

static struct str csv(struct test *t, report_writer *write)
{
	struct profile *whole = profile_from_text(small), *p = by_function(t, whole);
	struct report_input in;
	struct str text;

	report_over(t, &in, p);
	text = report_text(t, &in, write);
	profile_free(p);
	profile_free(whole);
	return text;
}

static void csv_has_a_line_a_row(void **state)
{
	struct test *t = *state;

	assert_str(csv(t, report_text_csv),
		   "name,inlined,flat,flat_percent,cum,cum_percent,unit,flat_text,cum_text\n"
		   "leaf\xff,no,60,60.0000,60,60.0000,nanoseconds,60ns,60ns\n"
		   "\"\"\"inlined\"\"\",yes,40,40.0000,40,40.0000,nanoseconds,40ns,40ns\n"
		   "main,no,0,0.0000,100,100.0000,nanoseconds,0,100ns\n"
		   "root,no,0,0.0000,100,100.0000,nanoseconds,0,100ns\n");
	assert_line(csv(t, report_tree_csv), "main,callee,leaf\xff,no,,60,60.0000,nanoseconds,,60ns");
	assert_line(csv(t, report_tree_csv), "main,self,main,,0,100,100.0000,nanoseconds,0,100ns");
	assert_line(csv(t, report_tags_csv), "route,\"/a,b\",40,40.0000,nanoseconds,40ns");
	assert_line(csv(t, report_traces_csv), "0,40,nanoseconds,40ns,\"route=/a,b; route=/c; bytes=1024\",2,no,root");
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(every_report_says_what_it_is_and_of_what),
		TEST(rows_of_top_are_functions),
		TEST(rows_of_tree_have_callers_and_callees),
		TEST(peek_has_the_rows_that_match),
		TEST(rows_of_tags_are_keys),
		TEST(rows_of_traces_are_samples),
		TEST(rows_of_list_say_where_a_source_was_looked_for),
		TEST(frames_have_what_the_granularity_keeps),
		TEST(csv_has_a_line_a_row),
	};

	return TEST_RUN(tests, argc, argv);
}
