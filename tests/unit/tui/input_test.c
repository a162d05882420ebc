/*
 * Unit tests of tui/input.h: from the bytes of a terminal to events.
 */
#include "config.h"

#include "tui/input.h"

#include "tests/test.h"

#include <stdio.h>

/* Names of the keys that the bytes decode to, with blanks between; mouse as kind@row,col. */
static void decodes_to(struct bytes b, const char *want)
{
	struct input in = { 0 };
	struct event ev;
	char all[512] = "";

	while (b.len || input_is_waiting(&in)) {
		size_t n = input_feed(&in, b);

		b.ptr += n;
		b.len -= n;
		while (input_next(&in, b.len == 0, &ev)) {
			char name[KEY_NAME_SIZE], one[64];

			key_text(ev.type == EVENT_KEY ? ev.key : 0, name);
			if (ev.type == EVENT_MOUSE)
				(void)snprintf(one, sizeof(one), "%d@%d,%d ", (int)ev.mouse.kind,
					       ev.mouse.row, ev.mouse.col);
			else
				(void)snprintf(one, sizeof(one), "%s%s ",
					       ev.is_pasted ? "paste:" : "", name);
			strncat(all, one, sizeof(all) - strlen(all) - 1);
		}
	}
	assert_string_equal(all, want);
}

static void letters_are_themselves(void **state)
{
	(void)state;
	decodes_to(BYTES("jG é世"), "j G Space é 世 ");
}

static void control_bytes_have_names(void **state)
{
	(void)state;
	decodes_to(BYTES("\r\t\x7f\x08\x12\x1a\0\x1f"),
		   "Enter Tab Backspace Backspace C-r C-z C-@ C-_ ");
}

static void cursor_and_function_keys_of_several_terminals(void **state)
{
	(void)state;
	decodes_to(BYTES("\x1b[A\x1bOB\x1b[H\x1b[1~\x1b[7~\x1b[5~\x1b[6~\x1b[3~"),
		   "Up Down Home Home Home PgUp PgDn Del ");
	decodes_to(BYTES("\x1bOP\x1b[[A\x1b[11~\x1b[15~\x1b[17~\x1b[24~"), "F1 F1 F1 F5 F6 F12 ");
	decodes_to(BYTES("\x1b[1;5C\x1b[1;2P\x1b[Z\x1b[3;5~"), "C-Right S-F1 S-Tab C-Del ");
	decodes_to(BYTES("\x1b[114;5u\x1b[13u"), "C-r Enter ");
}

static void escape_alone_is_a_key_and_before_a_letter_it_is_alt(void **state)
{
	(void)state;
	decodes_to(BYTES("\x1b"), "Esc ");
	decodes_to(BYTES("\x1b\x1b"), "Esc Esc ");
	decodes_to(BYTES("\x1bx\x1b\xc3\xa9"), "M-x M-é ");
	decodes_to(BYTES("\x1b\x1b[A"), "Esc Up ");
}

static void escape_waits_while_more_may_come(void **state)
{
	struct input in = { 0 };
	struct event ev;

	(void)state;
	input_feed(&in, BYTES("\x1b"));
	assert_false(input_next(&in, false, &ev));
	input_feed(&in, BYTES("["));
	assert_false(input_next(&in, false, &ev));
	input_feed(&in, BYTES("A"));
	assert_true(input_next(&in, false, &ev));
	assert_int_equal(ev.key, KEY_UP);
	input_feed(&in, BYTES("\xc3"));
	assert_false(input_next(&in, false, &ev));
	input_feed(&in, BYTES("\xa9"));
	assert_true(input_next(&in, false, &ev));
	assert_int_equal(ev.key, 0xe9);
}

static void mouse_reports_of_both_kinds(void **state)
{
	(void)state;
	decodes_to(BYTES("\x1b[<0;17;4M\x1b[<0;17;4m\x1b[<64;1;1M\x1b[<65;1;1M"),
		   "0@3,16 2@0,0 3@0,0 ");
	decodes_to(BYTES("\x1b[M !!\x1b[<2;5;5M\x1b[<0;0;0M"), "0@0,0 ");
}

static void replies_and_unknown_sequences_are_skipped(void **state)
{
	(void)state;
	decodes_to(BYTES("\x1b]11;rgb:0000/0000/0000\x07" "a\x1b]x\x1b\\b\x1bP1$r\x1b\\c"), "a b c ");
	decodes_to(BYTES("\x1b[?62;c\x1b[99~\x1b[I\x1b[Ox"), "x ");
}

static void pasted_text_is_marked(void **state)
{
	(void)state;
	decodes_to(BYTES("a\x1b[200~q\r\x1b[201~b"), "a paste:q paste:Enter b ");
}

static void any_bytes_come_to_an_end(void **state)
{
	uint32_t seed = 1;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		struct input in = { 0 };
		struct event ev;
		uint8_t b[200];
		struct bytes rest = { b, sizeof(b) };
		int n_event = 0;

		for (size_t i = 0; i < sizeof(b); i++) {
			static const char often[] = "\x1b[]OPM<;0123456789~ABm\x07\\";

			seed = seed * 1664525 + 1013904223;
			b[i] = seed >> 30 ? (uint8_t)often[(seed >> 8) % (sizeof(often) - 1)]
					  : (uint8_t)(seed >> 16);
		}
		while (rest.len || input_is_waiting(&in)) {
			size_t n = input_feed(&in, rest);

			rest.ptr += n;
			rest.len -= n;
			while (input_next(&in, rest.len == 0, &ev))
				n_event++;
			assert_true(n > 0 || !input_is_waiting(&in));
		}
		assert_in_range(n_event, 0, 200);
	}
}

static void names_and_keys_go_both_ways(void **state)
{
	static const char *const names[] = { "j", "Enter", "C-r", "M-x", "S-Tab", "Space", "F12",
					     "C-Left", "é", "-", "C--" };
	char name[KEY_NAME_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		key_text(key_find(str_from(names[i])), name);
		assert_string_equal(name, names[i]);
	}
	assert_int_equal(key_find(STR("nonsense")), KEY_NONE);
	assert_int_equal(key_find(STR_EMPTY), KEY_NONE);
}

static void two_quick_clicks_are_a_double_click(void **state)
{
	struct input in = { 0 };
	struct event ev = { .type = EVENT_MOUSE };

	(void)state;
	input_pair_clicks(&in, &ev, 1000);
	assert_int_equal(ev.mouse.kind, MOUSE_CLICK);
	input_pair_clicks(&in, &ev, 1300);
	assert_int_equal(ev.mouse.kind, MOUSE_DOUBLE);
	ev.mouse.kind = MOUSE_CLICK;
	input_pair_clicks(&in, &ev, 1400);
	assert_int_equal(ev.mouse.kind, MOUSE_CLICK);
	input_pair_clicks(&in, &ev, 1900);
	assert_int_equal(ev.mouse.kind, MOUSE_CLICK);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(letters_are_themselves),
		TEST(control_bytes_have_names),
		TEST(cursor_and_function_keys_of_several_terminals),
		TEST(escape_alone_is_a_key_and_before_a_letter_it_is_alt),
		TEST(escape_waits_while_more_may_come),
		TEST(mouse_reports_of_both_kinds),
		TEST(replies_and_unknown_sequences_are_skipped),
		TEST(pasted_text_is_marked),
		TEST(any_bytes_come_to_an_end),
		TEST(names_and_keys_go_both_ways),
		TEST(two_quick_clicks_are_a_double_click),
	};

	return TEST_RUN(tests, argc, argv);
}
