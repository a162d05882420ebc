/*
 * Unit tests of tui/list.h: lists that scroll, tables.
 */
#include "config.h"

#include "tui/list.h"

#include "tests/test.h"

#include <stdio.h>

enum { PAGE = 10 };

static void act(struct list *l, enum action action, uint32_t count)
{
	struct act a = { .action = action, .count = count ? count : 1, .has_count = count != 0 };

	assert_true(list_act(l, &a, PAGE, 0));
}

static void moving_stops_at_the_ends(void **state)
{
	struct list l = { .n = 50 };

	(void)state;
	act(&l, ACT_UP, 0);
	assert_int_equal(l.selected, 0);
	act(&l, ACT_DOWN, 12);
	assert_int_equal(l.selected, 12);
	assert_int_equal(list_top(&l, PAGE), 3);
	act(&l, ACT_LAST, 0);
	assert_int_equal(l.selected, 49);
	assert_int_equal(list_top(&l, PAGE), 40);
	act(&l, ACT_DOWN, 99);
	assert_int_equal(l.selected, 49);
	act(&l, ACT_LAST, 20);
	assert_int_equal(l.selected, 19);
	act(&l, ACT_FIRST, 0);
	assert_int_equal(list_top(&l, PAGE), 0);
}

static void pages_turn_whole(void **state)
{
	struct list l = { .n = 50 };

	(void)state;
	act(&l, ACT_DOWN, 3);
	act(&l, ACT_PAGE_DOWN, 0);
	assert_int_equal(l.selected, 13);
	assert_int_equal(list_top(&l, PAGE), 10);
	act(&l, ACT_PAGE_UP, 0);
	assert_int_equal(l.selected, 3);
	assert_int_equal(list_top(&l, PAGE), 0);
	act(&l, ACT_HALF_DOWN, 0);
	assert_int_equal(l.selected, 8);
	assert_int_equal(list_top(&l, PAGE), 5);
}

static void the_wheel_scrolls_and_takes_the_selection_along(void **state)
{
	struct list l = { .n = 50 };

	(void)state;
	act(&l, ACT_WHEEL_DOWN, 0);
	assert_int_equal(list_top(&l, PAGE), 3);
	assert_int_equal(l.selected, 3);
	act(&l, ACT_DOWN, 4);
	act(&l, ACT_WHEEL_UP, 0);
	assert_int_equal(list_top(&l, PAGE), 0);
	assert_int_equal(l.selected, 7);
}

static void only_what_is_off_the_screen_comes_to_its_middle(void **state)
{
	struct list l = { .n = 50, .top = 20, .selected = 29 };
	struct list none = { .n = 0 };

	(void)state;
	list_centre(&l, PAGE);
	assert_int_equal(l.top, 20);
	l.selected = 30;
	list_centre(&l, PAGE);
	assert_int_equal(l.top, 25);
	l.selected = 3;
	list_centre(&l, PAGE);
	assert_int_equal(l.top, 0);
	l.selected = 49;
	list_centre(&l, PAGE);
	assert_int_equal(l.top, 40);
	list_centre(&none, PAGE);
	assert_int_equal(none.top, 0);
}

static void an_empty_list_bears_everything(void **state)
{
	struct list l = { 0 };

	(void)state;
	for (int a = ACT_UP; a <= ACT_BOTTOM_ROW; a++) {
		struct act x = { .action = (enum action)a, .count = 1 };

		(void)list_act(&l, &x, PAGE, 0);
		(void)list_act(&l, &x, 0, 0);
		assert_int_equal(l.selected, 0);
		assert_int_equal(list_top(&l, PAGE), 0);
	}
}

static void a_lower_screen_still_shows_what_is_selected(void **state)
{
	struct list l = { .n = 50 };

	(void)state;
	act(&l, ACT_DOWN, 9);
	assert_int_equal(list_top(&l, 10), 0);
	assert_int_equal(list_top(&l, 4), 6);
	assert_int_equal(list_top(&l, 1), 9);
	list_resize(&l, 5);
	assert_int_equal(l.selected, 4);
	assert_int_equal(list_top(&l, 4), 1);
}

static void marks_bring_back(void **state)
{
	struct list l = { .n = 50 };
	struct act set = { .action = ACT_MARK, .letter = 'a', .count = 1 };
	struct act jump = { .action = ACT_JUMP, .letter = 'a', .count = 1 };

	(void)state;
	act(&l, ACT_DOWN, 7);
	assert_true(list_act(&l, &set, PAGE, 0));
	act(&l, ACT_LAST, 0);
	assert_true(list_act(&l, &jump, PAGE, 0));
	assert_int_equal(l.selected, 7);
	jump.letter = 'b';
	assert_true(list_act(&l, &jump, PAGE, 0));
	assert_int_equal(l.selected, 7);
}

static const struct column columns[] = {
	{ .title = "flat", .width = 6, .align = ALIGN_RIGHT, .can_sort = true },
	{ .title = "flat%", .width = 7, .align = ALIGN_RIGHT, .rank = 2 },
	{ .title = "bar", .width = 10, .rank = 3 },
	{ .title = "name", .width = 8, .grows = true, .can_sort = true },
};

static struct table make(size_t n)
{
	struct table t = { .list = { .n = n }, .n_column = 4, .sort_column = 0, .is_descending = true };

	memcpy(t.column, columns, sizeof(columns));
	return t;
}

static void cell(const void *data, size_t row, int column, struct table_cell *c)
{
	int n = 0;

	(void)data;
	switch (column) {
	case 0:
		n = snprintf(c->buf, sizeof(c->buf), "%zus", 100 - row);
		break;
	case 1:
		n = snprintf(c->buf, sizeof(c->buf), "%zu%%", row);
		break;
	case 2:
		c->is_bar = true;
		c->bar = 0.25;
		c->attr = AT_SHARE;
		return;
	default:
		n = snprintf(c->buf, sizeof(c->buf), "main.function%zu", row);
	}
	c->text = (struct str){ c->buf, (size_t)n };
}

static void draws(int cols, const char *want)
{
	struct grid g = GRID_INIT;
	struct error err = ERROR_INIT;
	struct table t = make(2);
	struct out o;

	assert_true(grid_resize(&g, 4, cols, &err));
	table_draw(&t, grid_area(&g), cell, NULL, NULL);
	out_open_memory(&o);
	grid_dump_text(&g, &o);
	assert_str(out_text(&o), want);
	out_release(&o);
	grid_release(&g);
}

static void columns_give_way_on_narrow_screens(void **state)
{
	(void)state;
	draws(50, " flat▼   flat% bar        name\n"
		  "  100s      0% ██▌        main.function0\n"
		  "   99s      1% ██▌        main.function1\n\n");
	draws(30, " flat▼   flat% name\n"
		  "  100s      0% main.function0\n"
		  "   99s      1% main.function1\n\n");
	draws(18, " flat▼ name\n"
		  "  100s main.funct…\n"
		  "   99s main.funct…\n\n");
	draws(9, " flat▼ n…\n"
		 "  100s m…\n"
		 "   99s m…\n\n");
}

static void clicks_on_heads_and_keys_choose_the_order(void **state)
{
	struct table t = make(20);
	struct area a = { .rows = 10, .cols = 50 };
	struct act click = { .action = ACT_CLICK, .row = 0, .col = 30, .area = a, .count = 1 };
	struct act key = { .action = ACT_SORT_NEXT, .area = a, .count = 1 };

	(void)state;
	assert_int_equal(table_act(&t, &click), TABLE_SORT);
	assert_int_equal(t.sort_column, 3);
	assert_false(t.is_descending);
	assert_int_equal(table_act(&t, &click), TABLE_SORT);
	assert_true(t.is_descending);
	assert_int_equal(table_act(&t, &key), TABLE_SORT);
	assert_int_equal(t.sort_column, 0);
	assert_true(t.is_descending);
	click.col = 8; /* flat%, which is flat in another form */
	assert_int_equal(table_act(&t, &click), TABLE_SORT);
	assert_int_equal(t.sort_column, 0);
	assert_false(t.is_descending);
	t.column[0].can_sort = false;
	assert_int_equal(table_act(&t, &click), TABLE_NOTHING);
	click.row = 3;
	assert_int_equal(table_act(&t, &click), TABLE_MOVED);
	assert_int_equal(t.list.selected, 2);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(moving_stops_at_the_ends),
		TEST(pages_turn_whole),
		TEST(the_wheel_scrolls_and_takes_the_selection_along),
		TEST(only_what_is_off_the_screen_comes_to_its_middle),
		TEST(an_empty_list_bears_everything),
		TEST(a_lower_screen_still_shows_what_is_selected),
		TEST(marks_bring_back),
		TEST(columns_give_way_on_narrow_screens),
		TEST(clicks_on_heads_and_keys_choose_the_order),
	};

	return TEST_RUN(tests, argc, argv);
}
