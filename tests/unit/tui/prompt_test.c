/*
 * Unit tests of tui/prompt.h: one line of typing.
 */
#include "config.h"

#include "tui/prompt.h"

#include "tests/test.h"

static void press(struct prompt *p, uint32_t key)
{
	(void)prompt_key(p, key, false);
}

static void type(struct prompt *p, const char *text)
{
	for (struct str s = str_from(text); s.len;) {
		uint32_t r;
		size_t n = str_rune(s, &r);

		press(p, r);
		s = str_from_offset(s, n);
	}
}

static void text_is_edited_by_code_points(void **state)
{
	struct prompt p = { 0 };

	(void)state;
	prompt_open(&p, ":", STR("a"), NULL);
	type(&p, "é世x");
	press(&p, KEY_LEFT);
	press(&p, KEY_BACKSPACE);
	assert_str(prompt_text(&p), "aéx");
	press(&p, KEY_HOME);
	press(&p, KEY_DELETE);
	assert_str(prompt_text(&p), "éx");
	press(&p, KEY_END);
	type(&p, " two words");
	press(&p, KEY_CTRL | 'w');
	assert_str(prompt_text(&p), "éx two ");
	press(&p, KEY_CTRL | 'u');
	assert_str(prompt_text(&p), "");
	prompt_release(&p);
}

static void leaving(void **state)
{
	struct prompt p = { 0 };

	(void)state;
	prompt_open(&p, ":", STR("a"), NULL);
	assert_int_equal(prompt_key(&p, KEY_ENTER, false), PROMPT_DONE);
	assert_int_equal(prompt_key(&p, KEY_ESC, false), PROMPT_CANCELLED);
	assert_int_equal(prompt_key(&p, KEY_BACKSPACE, false), PROMPT_CHANGED);
	assert_int_equal(prompt_key(&p, KEY_BACKSPACE, false), PROMPT_CANCELLED);
	prompt_release(&p);
}

static void pasted_lines_stay_one_line(void **state)
{
	struct prompt p = { 0 };

	(void)state;
	prompt_open(&p, ":", STR_EMPTY, NULL);
	(void)prompt_key(&p, 'a', true);
	assert_int_equal(prompt_key(&p, KEY_ENTER, true), PROMPT_CHANGED);
	(void)prompt_key(&p, 'b', true);
	assert_str(prompt_text(&p), "a b");
	prompt_release(&p);
}

static void history_comes_back_and_the_typed_line_waits(void **state)
{
	struct shell_history h = { 0 };
	struct prompt p = { 0 };

	(void)state;
	shell_history_add(&h, STR("one"));
	shell_history_add(&h, STR("two"));
	shell_history_add(&h, STR("two"));
	prompt_open(&p, ":", STR_EMPTY, &h);
	type(&p, "new");
	press(&p, KEY_UP);
	assert_str(prompt_text(&p), "two");
	press(&p, KEY_UP);
	press(&p, KEY_UP);
	assert_str(prompt_text(&p), "one");
	press(&p, KEY_DOWN);
	press(&p, KEY_DOWN);
	assert_str(prompt_text(&p), "new");
	press(&p, KEY_ENTER);
	assert_int_equal(h.line.n, 3);
	prompt_release(&p);
	shell_history_release(&h);
}

static void words(void *ctx, struct str text, struct shell_completion *c)
{
	static const char *const word[] = { "focus", "focal", "ignore" };
	ptrdiff_t space = str_rfind_char(text, ' ');

	(void)ctx;
	c->from = (size_t)(space + 1);
	for (size_t i = 0; i < 3; i++)
		if (str_has_prefix(str_from(word[i]), str_from_offset(text, c->from)))
			assert_true(vec_push(&c->candidate, str_from(word[i])) &&
				    vec_push(&c->shown, str_from(word[i])));
}

static void tab_completes_what_is_common_and_then_goes_round(void **state)
{
	struct prompt p = { 0 };

	(void)state;
	prompt_open(&p, ":", STR_EMPTY, NULL);
	p.complete = words;
	type(&p, "x f");
	press(&p, KEY_TAB);
	assert_str(prompt_text(&p), "x foc");
	press(&p, KEY_TAB);
	assert_str(prompt_text(&p), "x focus");
	press(&p, KEY_TAB);
	assert_str(prompt_text(&p), "x focal");
	press(&p, KEY_TAB | KEY_SHIFT);
	assert_str(prompt_text(&p), "x focus");
	press(&p, KEY_CTRL | 'u');
	type(&p, "i");
	press(&p, KEY_TAB);
	assert_str(prompt_text(&p), "ignore ");
	prompt_release(&p);
}

static void an_endless_line_stops_growing(void **state)
{
	struct prompt p = { 0 };

	(void)state;
	prompt_open(&p, ":", STR_EMPTY, NULL);
	for (int i = 0; i < 2 * PROMPT_BYTES; i++)
		press(&p, 0x4e16);
	assert_in_range(p.len, PROMPT_BYTES - 4, PROMPT_BYTES - 1);
	prompt_release(&p);
}

static void a_long_line_shows_the_part_around_the_cursor(void **state)
{
	struct prompt p = { 0 };
	struct grid g = GRID_INIT;
	struct out o;
	struct error err = ERROR_INIT;

	(void)state;
	assert_true(grid_resize(&g, 1, 10, &err));
	prompt_open(&p, ":", STR("abcdefghijklmnop"), NULL);
	prompt_draw(&p, grid_area(&g));
	out_open_memory(&o);
	grid_dump_text(&g, &o);
	assert_str(out_text(&o), ":ijklmnop\n");
	assert_int_equal(g.cursor_col, 9);
	out_release(&o);
	grid_release(&g);
	prompt_release(&p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(text_is_edited_by_code_points),
		TEST(leaving),
		TEST(pasted_lines_stay_one_line),
		TEST(history_comes_back_and_the_typed_line_waits),
		TEST(tab_completes_what_is_common_and_then_goes_round),
		TEST(an_endless_line_stops_growing),
		TEST(a_long_line_shows_the_part_around_the_cursor),
	};

	return TEST_RUN(tests, argc, argv);
}
