/*
 * Unit tests of base/json.h.
 *
 * Lives here: texts that are JSON, and texts that are nearly.
 */
#include "config.h"

#include "base/json.h"

#include "tests/test.h"

static struct bytes of(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, strlen(text) };
}

/* All tokens of text, in a short form: "{ a:1 b:'x' }". */
static struct str tokens(struct test *t, const char *text)
{
	static const char *const mark[] = {
		[JSON_END] = "",	[JSON_OBJECT] = "{",	[JSON_OBJECT_END] = "}",
		[JSON_ARRAY] = "[",	[JSON_ARRAY_END] = "]", [JSON_TEXT] = "'",
		[JSON_NUMBER] = "#",	[JSON_TRUE] = "t",	[JSON_FALSE] = "f",
		[JSON_NULL] = "0",
	};
	struct str all = STR_EMPTY;
	struct json_token token;
	struct json j;

	json_init(&j, of(text), &t->arena);
	do {
		if (!json_next(&j, &token, &t->err))
			return str_from(t->err.msg);
		all = arena_fmt(&t->arena, "%.*s%.*s%s%s%.*s ", STR_FMT(all), STR_FMT(token.key),
				token.key.ptr ? ":" : "", mark[token.kind], STR_FMT(token.text));
	} while (token.kind != JSON_END);
	return str_trim(all);
}

static void values_of_every_kind_are_read(void **state)
{
	struct test *t = *state;

	assert_str(tokens(t, "1"), "#1");
	assert_str(tokens(t, " [ -0.5e+3 , true,false , null,\"x\" ] "), "[ #-0.5e+3 t f 0 'x ]");
	assert_str(tokens(t, "{}"), "{ }");
	assert_str(tokens(t, "{\"a\":{\"b\" : [ ]},\"c\":[{},0]}"), "{ a:{ b:[ ] } c:[ { } #0 ] }");
}

static void escapes_become_what_they_stand_for(void **state)
{
	struct test *t = *state;

	assert_str(tokens(t, "\"a\\n\\\"\\\\\\/\\u0041\\u00e9\""), "'a\n\"\\/A\xc3\xa9");
	assert_str(tokens(t, "\"\\ud83d\\ude00\""), "'\xf0\x9f\x98\x80");
	assert_str(tokens(t, "\"\\ud83dx\\ude00\""), "'\xef\xbf\xbdx\xef\xbf\xbd");
	assert_str(tokens(t, "{\"\\u006b\":1}"), "{ k:#1 }");
}

static void what_is_not_json_is_refused_at_its_byte(void **state)
{
	static const struct {
		const char *text, *says;
	} row[] = {
		{ "", "value expected at byte 0" },
		{ "  x", "value expected at byte 2" },
		{ "1 2", "end expected at byte 2" },
		{ "[1 2]", "comma expected at byte 3" },
		{ "[1,]", "value expected at byte 3" },
		{ "{\"a\"}", "colon expected at byte 4" },
		{ "{\"a\":1,}", "text expected at byte 7" },
		{ "{a:1}", "text expected at byte 1" },
		{ "[1}", "comma expected at byte 2" },
		{ "\"abc", "text not closed at byte 4" },
		{ "\"a\nb\"", "text not closed at byte 2" },
		{ "\"\\x\"", "bad escape at byte 2" },
		{ "\"\\u12g4\"", "bad escape at byte 5" },
		{ "1.", "digit expected at byte 2" },
		{ "01", "end expected at byte 1" },
		{ "1e", "digit expected at byte 2" },
		{ "-", "value expected at byte 1" },
		{ "tru", "value expected at byte 0" },
		{ "[", "value expected at byte 1" },
		{ "{", "text expected at byte 1" },
	};
	struct test *t = *state;

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		assert_str(tokens(t, row[i].text), row[i].says);
}

static void nesting_has_an_end(void **state)
{
	char deep[LIMIT_JSON_DEPTH + 2];
	struct test *t = *state;

	memset(deep, '[', sizeof(deep) - 1);
	deep[sizeof(deep) - 1] = '\0';
	assert_str(tokens(t, deep), "nested deeper than 64 at byte 65");
	assert_int_equal(t->err.code, ERR_LIMIT);
}

static void a_value_can_be_passed_over(void **state)
{
	struct test *t = *state;
	struct json_token token;
	struct json j;

	json_init(&j, of("{\"a\":[1,{\"x\":[]}],\"b\":2,\"c\":3}"), &t->arena);
	assert_true(json_next(&j, &token, &t->err));
	for (int i = 0; i < 2; i++) {
		assert_true(json_next(&j, &token, &t->err));
		assert_true(json_skip(&j, &token, &t->err));
	}
	assert_true(json_next(&j, &token, &t->err));
	assert_str(token.key, "c");
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(values_of_every_kind_are_read),
		TEST(escapes_become_what_they_stand_for),
		TEST(what_is_not_json_is_refused_at_its_byte),
		TEST(nesting_has_an_end),
		TEST(a_value_can_be_passed_over),
	};

	return TEST_RUN(tests, argc, argv);
}
