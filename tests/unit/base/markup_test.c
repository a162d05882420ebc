/*
 * Text inside a markup: what each of them must not carry.
 */
#include "config.h"

#include "base/markup.h"

#include "tests/test.h"

static void gives(void (*write)(struct out *, struct str), struct str s, const char *want)
{
	struct out o;

	out_open_memory(&o);
	write(&o, s);
	assert_str(out_text(&o), want);
	out_release(&o);
}

static void xml_text_escapes_tags(void **state)
{
	(void)state;
	gives(xml_text, STR("a<b>&\"c'\n\t\r"), "a&lt;b&gt;&amp;\"c'\n\t&#13;");
	gives(xml_text, STR("\0\x01\x7f\xff\xce\xb1\xef\xbf\xbe\xed\xa0\x80"),
	      "\xef\xbf\xbd\xef\xbf\xbd\x7f\xef\xbf\xbd\xce\xb1\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
	gives(xml_text, STR(""), "");
	gives(xml_text, STR("\xef\xbf\xbd"), "\xef\xbf\xbd");
	gives(xml_text, STR("]]>"), "]]&gt;");
}

static void xml_attributes_keep_quotes_and_white_space(void **state)
{
	(void)state;
	gives(xml_attr, STR("\"><'a\n\t\r&b"), "&#34;&gt;&lt;&#39;a&#10;&#9;&#13;&amp;b");
	gives(xml_attr, STR("\x1b[0m"), "\xef\xbf\xbd[0m");
}

static void html_is_escaped_as_by_the_reference(void **state)
{
	(void)state;
	gives(html_text, STR("a&<>\"'+\0b\xff"), "a&amp;&lt;&gt;&#34;&#39;&#43;\xef\xbf\xbd"
						 "b\xff");
}

static void dot_strings_stay_inside_their_quotes(void **state)
{
	(void)state;
	gives(dot_string, STR("a\"q\\b\nc"), "a\\\"q\\\\b\\lc");
	gives(dot_string, STR("a\0b"), "a\xef\xbf\xbd"
				       "b");
	gives(dot_string, STR("\\\""), "\\\\\\\"");
}

static void json_strings_are_safe_in_a_script(void **state)
{
	(void)state;
	gives(json_string, STR("a\"\\\n\r\t/"), "\"a\\\"\\\\\\n\\r\\t/\"");
	gives(json_string, STR("</script>&\xe2\x80\xa8\xe2\x80\xa9"),
	      "\"\\u003c/script\\u003e\\u0026\\u2028\\u2029\"");
	gives(json_string, STR("\0\x1f\x7f\xff\xce"), "\"\\u0000\\u001f\\u007f\xef\xbf\xbd\xef\xbf\xbd\"");
	gives(json_string, STR("\xf0\x9f\x98\x80"), "\"\xf0\x9f\x98\x80\"");
	gives(json_string, STR("\xef\xbf\xbf"), "\"\\uffff\"");
	gives(json_string, STR(""), "\"\"");
}

static void csv_quotes_only_what_needs_it(void **state)
{
	struct out o;

	(void)state;
	out_open_memory(&o);
	csv_text(&o, STR("main.f(*T)"));
	out_char(&o, '|');
	csv_text(&o, STR(""));
	out_char(&o, '|');
	csv_text(&o, STR("a,b"));
	out_char(&o, '|');
	csv_text(&o, STR("say \"x\"\n"));
	out_char(&o, '|');
	csv_text(&o, STR(" a"));
	assert_str(out_text(&o), "main.f(*T)||\"a,b\"|\"say \"\"x\"\"\n\"|\" a\"");
	out_release(&o);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(xml_text_escapes_tags),
		TEST(xml_attributes_keep_quotes_and_white_space),
		TEST(html_is_escaped_as_by_the_reference),
		TEST(dot_strings_stay_inside_their_quotes),
		TEST(json_strings_are_safe_in_a_script),
		TEST(csv_quotes_only_what_needs_it),
	};

	return TEST_RUN(tests, argc, argv);
}
