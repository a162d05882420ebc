/*
 * Unit tests of tui/keys.h: the key table and counts.
 */
#include "config.h"

#include "tui/keys.h"

#include "tests/test.h"

#include <stdio.h>

static const char *const views[] = { "top",  "flame",  "sandwich", "list",	  "tree",	 "tags",
				     "traces", "overview", KEYS_OF_MENU, KEYS_OF_TEXT, KEYS_OF_PROMPT };

static void every_key_of_every_row_is_reached_somewhere(void **state)
{
	(void)state;
	for (const struct key_row *r = key_table; r->action != ACT_NONE; r++)
		for (int i = 0; i < KEYS_OF_ROW && r->key[i]; i++) {
			bool is_reached = false;

			for (size_t v = 0; v < sizeof(views) / sizeof(views[0]); v++)
				is_reached |= key_row_find(r->key[i], views[v]) == r;
			if (!is_reached)
				fail_msg("key %d of \"%s\" is never reached", i, r->help);
		}
}

static void rows_of_a_view_name_a_view(void **state)
{
	(void)state;
	for (const struct key_row *r = key_table; r->action != ACT_NONE; r++) {
		bool is_known = !r->view;

		for (size_t v = 0; v < sizeof(views) / sizeof(views[0]); v++)
			is_known |= r->view && strcmp(r->view, views[v]) == 0;
		assert_true(is_known);
		assert_non_null(r->help);
	}
}

static void a_view_may_give_a_key_another_meaning(void **state)
{
	(void)state;
	assert_int_equal(key_row_find('h', "top")->action, ACT_HIDE);
	assert_int_equal(key_row_find('h', "flame")->action, ACT_LEFT);
	assert_int_equal(key_row_find('H', "flame")->action, ACT_HIDE);
	assert_null(key_row_find(KEY_F12, "top"));
}

/* What a text does, key by key: action/count, '!' where a view opened by a digit goes back. */
static void does(const char *text, const char *want)
{
	struct key_state k = { 0 };
	char all[256] = "";

	for (; *text; text++) {
		struct key_act a = key_press(&k, (uint32_t)*text, "top");
		char one[32];

		(void)snprintf(one, sizeof(one), "%s%d/%u ", a.undoes_view ? "!" : "",
			       (int)a.action, (unsigned)a.count);
		if (a.action != ACT_NONE || a.undoes_view)
			strcat(all, one);
	}
	assert_string_equal(all, want);
}

static void digits_open_views_and_counts_have_a_zero(void **state)
{
	char want[64];

	(void)state;
	(void)snprintf(want, sizeof(want), "%d/2 ", ACT_VIEW);
	does("2", want);
	(void)snprintf(want, sizeof(want), "%d/1 !%d/1 %d/10 ", ACT_VIEW, ACT_NONE, ACT_DOWN);
	does("10j", want);
	(void)snprintf(want, sizeof(want), "%d/7 ", ACT_DOWN);
	does("07j", want);
	(void)snprintf(want, sizeof(want), "%d/125 ", ACT_UP);
	does("0125k", want);
	(void)snprintf(want, sizeof(want), "%d/3 %d/1 ", ACT_VIEW, ACT_DOWN);
	does("3j", want);
	(void)snprintf(want, sizeof(want), "%d/1 %d/2 ", ACT_VIEW, ACT_VIEW);
	does("12", want);
	(void)snprintf(want, sizeof(want), "%d/1 ", ACT_DOWN);
	does("0j", want);
}

static void a_huge_count_stops_growing(void **state)
{
	struct key_state k = { 0 };
	struct key_act a;

	(void)state;
	for (int i = 0; i < 100; i++)
		(void)key_press(&k, i ? '9' : '0', "top");
	a = key_press(&k, 'j', "top");
	assert_in_range(a.count, COUNT_LARGEST, 10 * COUNT_LARGEST);
}

static void marks_wait_for_their_letter(void **state)
{
	struct key_state k = { 0 };
	struct key_act a;

	(void)state;
	assert_int_equal(key_press(&k, 'm', "top").action, ACT_NONE);
	a = key_press(&k, 'q', "top");
	assert_int_equal(a.action, ACT_MARK);
	assert_int_equal(a.letter, 'q');
	assert_int_equal(key_press(&k, 'q', "top").action, ACT_QUIT);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(every_key_of_every_row_is_reached_somewhere),
		TEST(rows_of_a_view_name_a_view),
		TEST(a_view_may_give_a_key_another_meaning),
		TEST(digits_open_views_and_counts_have_a_zero),
		TEST(a_huge_count_stops_growing),
		TEST(marks_wait_for_their_letter),
	};

	return TEST_RUN(tests, argc, argv);
}
