/*
 * Unit tests of base/json_out.h.
 *
 * Lives here: what stands between values.
 */
#include "config.h"

#include "base/json_out.h"

#include "tests/test.h"

#include <math.h>

static void a_value_alone_ends_its_line(void **state)
{
	struct out out;
	struct json_out j = { .out = &out };

	(void)state;
	out_open_memory(&out);
	json_out_object(&j, NULL);
	json_out_object_end(&j);
	assert_str(out_text(&out), "{}\n");
	out_release(&out);
}

static void items_of_the_first_two_levels_have_a_line_each(void **state)
{
	struct out out;
	struct json_out j = { .out = &out };

	(void)state;
	out_open_memory(&out);
	json_out_object(&j, NULL);
	json_out_i64(&j, "a", INT64_MIN);
	json_out_list(&j, "rows");
	for (int i = 0; i < 2; i++) {
		json_out_object(&j, NULL);
		json_out_bool(&j, "b", i);
		json_out_list(&j, "c");
		json_out_text(&j, NULL, STR("x"));
		json_out_text(&j, NULL, STR_EMPTY);
		json_out_list_end(&j);
		json_out_object_end(&j);
	}
	json_out_list_end(&j);
	json_out_list(&j, "none");
	json_out_list_end(&j);
	json_out_object_end(&j);
	assert_str(out_text(&out), "{\n\"a\":-9223372036854775808,\n\"rows\":[\n"
				   "{\"b\":false,\"c\":[\"x\",\"\"]},\n"
				   "{\"b\":true,\"c\":[\"x\",\"\"]}\n],\n"
				   "\"none\":[]\n}\n");
	out_release(&out);
}

static void names_from_outside_are_escaped(void **state)
{
	struct out out;
	struct json_out j = { .out = &out, .depth = 3 };

	(void)state;
	out_open_memory(&out);
	json_out_key(&j, STR("a\"b"));
	json_out_list(&j, NULL);
	json_out_list_end(&j);
	json_out_key(&j, STR("c"));
	json_out_i64(&j, NULL, 1);
	assert_str(out_text(&out), "\"a\\\"b\":[],\"c\":1");
	out_release(&out);
}

static void what_is_no_number_is_null(void **state)
{
	struct out out;
	struct json_out j = { .out = &out, .depth = 3 };

	(void)state;
	out_open_memory(&out);
	json_out_double(&j, "a", 0.5);
	json_out_double(&j, "b", NAN);
	json_out_double(&j, "c", INFINITY);
	assert_str(out_text(&out), "\"a\":0.5,\"b\":null,\"c\":null");
	out_release(&out);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_value_alone_ends_its_line),
		TEST(items_of_the_first_two_levels_have_a_line_each),
		TEST(names_from_outside_are_escaped),
		TEST(what_is_no_number_is_null),
	};

	return TEST_RUN(tests, argc, argv);
}
