/*
 * Unit tests of analysis/settings.h.
 *
 * Lives here: the file as text.  That it is found and replaced: shell_test.c.
 */
#include "config.h"

#include "analysis/settings.h"

#include "tests/test.h"

static const char one[] = "{\n"
			  "  \"configs\": [\n"
			  "    {\n"
			  "      \"name\": \"my\",\n"
			  "      \"unit\": \"minimum\",\n"
			  "      \"sort\": \"flat\",\n"
			  "      \"nodecount\": -1,\n"
			  "      \"nodefraction\": 0.005,\n"
			  "      \"edgefraction\": 0.001,\n"
			  "      \"trim\": true,\n"
			  "      \"focus\": \"x\"\n"
			  "    }\n"
			  "  ]\n"
			  "}";

static struct bytes of(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, strlen(text) };
}

static void options_are_written_as_the_reference_writes_them(void **state)
{
	struct test *t = *state;
	struct settings s = { .arena = ARENA_INIT };
	struct options o;
	struct out out;

	assert_true(options_init(&o, &t->err));
	assert_true(options_set(&o, OPT_FOCUS, STR("x"), &t->err));
	assert_true(options_set(&o, OPT_OUTPUT, STR("not saved"), &t->err));
	assert_true(settings_put(&s, STR("my"), &o, &t->err));
	out_open_memory(&out);
	settings_print(&s, &out);
	assert_str(out_text(&out), one);
	out_release(&out);
	options_release(&o);
	settings_release(&s);
}

static void what_is_left_out_is_zero_and_what_is_not_saved_stays(void **state)
{
	struct test *t = *state;
	struct settings s = { .arena = ARENA_INIT };
	struct options o;

	assert_true(options_init(&o, &t->err));
	assert_true(options_set(&o, OPT_OUTPUT, STR("file"), &t->err));
	assert_true(options_set(&o, OPT_FOCUS, STR("main"), &t->err));
	assert_true(settings_parse(&s, of("{\"configs\":[{\"name\":\"a\",\"nodecount\":7}]}"), &t->err));
	assert_true(settings_apply(settings_find(&s, STR("a")), &o, &t->err));
	assert_int_equal(o.value[OPT_NODECOUNT].integer, 7);
	assert_false(o.value[OPT_TRIM].is_set);
	assert_str(o.value[OPT_UNIT].text, "");
	assert_str(o.value[OPT_FOCUS].text, "");
	assert_str(o.value[OPT_OUTPUT].text, "file");
	options_release(&o);
	settings_release(&s);
}

static void a_file_reads_back_as_it_was_written(void **state)
{
	struct test *t = *state;
	struct settings s = { .arena = ARENA_INIT };
	struct out out;

	assert_true(settings_parse(&s, of(one), &t->err));
	out_open_memory(&out);
	settings_print(&s, &out);
	assert_str(out_text(&out), one);
	out_release(&out);
	assert_true(settings_remove(&s, STR("my")));
	assert_false(settings_remove(&s, STR("my")));
	out_open_memory(&out);
	settings_print(&s, &out);
	assert_str(out_text(&out), "{\n  \"configs\": []\n}");
	out_release(&out);
	settings_release(&s);
}

static void unknown_members_and_nulls_are_passed_over(void **state)
{
	struct test *t = *state;
	struct settings s = { .arena = ARENA_INIT };

	assert_true(settings_parse(&s, of("{\"v\":{\"configs\":1},\"configs\":[{\"name\":\"a\",\"new\":[{}],"
					  "\"focus\":null}]}"),
				   &t->err));
	assert_int_equal(s.config.n, 1);
	assert_str(s.config.at[0].name, "a");
	settings_release(&s);
}

static void a_broken_file_is_told_where(void **state)
{
	static const struct {
		const char *text, *says;
	} row[] = {
		{ "", "value expected at byte 0" },
		{ "[]", "object expected at byte 0" },
		{ "{\"configs\":{}}", "configs is no list at byte 11" },
		{ "{\"configs\":[1]}", "object expected at byte 12" },
		{ "{\"configs\":[{\"name\":1}]}", "name is no text at byte 20" },
		{ "{\"configs\":[{\"trim\":\"yes\"}]}", "trim is no boolean at byte 20" },
		{ "{\"configs\":[{\"nodecount\":1.5}]}", "nodecount is no whole number at byte 25" },
		{ "{\"configs\":[{\"nodefraction\":true}]}", "nodefraction is no number at byte 28" },
		{ "{\"configs\":[{\"focus\":[]}]}", "focus is no text at byte 21" },
		{ "{\"configs\":[]", "comma expected at byte 13" },
		{ "{\"configs\":[]}x", "end expected at byte 14" },
	};
	struct test *t = *state;

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct settings s = { .arena = ARENA_INIT };

		error_clear(&t->err);
		assert_false(settings_parse(&s, of(row[i].text), &t->err));
		assert_error(&t->err, ERR_FORMAT, row[i].says);
		settings_release(&s);
	}
}

static void a_choice_that_is_none_is_refused(void **state)
{
	struct test *t = *state;
	struct settings s = { .arena = ARENA_INIT };
	struct options o;

	assert_true(options_init(&o, &t->err));
	assert_true(settings_parse(&s, of("{\"configs\":[{\"name\":\"a\",\"sort\":\"up\"}]}"), &t->err));
	assert_false(settings_apply(settings_find(&s, STR("a")), &o, &t->err));
	assert_error(&t->err, ERR_USAGE, "invalid \"sort\" value \"up\"");
	options_release(&o);
	settings_release(&s);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(options_are_written_as_the_reference_writes_them),
		TEST(what_is_left_out_is_zero_and_what_is_not_saved_stays),
		TEST(a_file_reads_back_as_it_was_written),
		TEST(unknown_members_and_nulls_are_passed_over),
		TEST(a_broken_file_is_told_where),
		TEST(a_choice_that_is_none_is_refused),
	};

	return TEST_RUN(tests, argc, argv);
}
