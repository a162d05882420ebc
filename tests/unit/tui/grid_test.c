/*
 * Unit tests of tui/grid.h: cells, areas, text.
 */
#include "config.h"

#include "tui/grid.h"

#include "tests/test.h"

/* A grid of the size asked for; released by done(). */
struct fixture {
	struct grid g;
	struct area a;
};

static struct fixture make(int rows, int cols)
{
	struct fixture f = { .g = GRID_INIT };
	struct error err = ERROR_INIT;

	assert_true(grid_resize(&f.g, rows, cols, &err));
	return f;
}

/* The dump of the grid must be `want`. */
static void shows(struct grid *g, const char *want)
{
	struct out o;

	out_open_memory(&o);
	grid_dump_text(g, &o);
	assert_str(out_text(&o), want);
	out_release(&o);
}

static void text_is_put_where_it_is_told(void **state)
{
	struct fixture f = make(2, 8);

	(void)state;
	assert_int_equal(grid_text(grid_area(&f.g), 1, 2, 6, STR("abc"), AT_BOLD), 3);
	shows(&f.g, "\n  abc\n");
	assert_int_equal(grid_cell(&f.g, 1, 2)->attr.flags, ATTR_BOLD);
	assert_int_equal(grid_cell(&f.g, 1, 5)->attr.flags, 0);
	grid_release(&f.g);
}

static void text_too_long_ends_in_an_ellipsis(void **state)
{
	struct fixture f = make(3, 10);
	struct area a = grid_area(&f.g);

	(void)state;
	assert_int_equal(grid_text(a, 0, 0, 4, STR("abcdef"), AT_TEXT), 4);
	assert_int_equal(grid_text(a, 1, 8, 9, STR("abcdef"), AT_TEXT), 2);
	assert_int_equal(grid_text_tail(a, 2, 0, 4, STR("abcdef"), AT_TEXT), 4);
	shows(&f.g, "abc…\n        a…\n…def\n");
	grid_release(&f.g);
}

static void source_has_tabs_and_moves_sideways(void **state)
{
	struct fixture f = make(6, 12);
	struct area a = grid_area(&f.g);
	struct str line = STR("\tab\tc");

	(void)state;
	assert_int_equal(grid_source_width(&f.g, line), 17);
	assert_int_equal(grid_source(a, 0, 0, 12, line, 0, AT_TEXT), 12);
	assert_int_equal(grid_source(a, 1, 0, 12, line, 5, AT_TEXT), 12);
	assert_int_equal(grid_source(a, 2, 0, 12, line, 6, AT_TEXT), 11);
	/* half a wide glyph is a blank, at either end */
	(void)grid_source(a, 3, 0, 3, STR("\xe4\xb8\x96\xe4\xb8\x96x"), 0, AT_TEXT);
	(void)grid_source(a, 4, 0, 4, STR("\xe4\xb8\x96\xe4\xb8\x96xy"), 1, AT_TEXT);
	assert_int_equal(grid_source(a, 5, 0, 12, line, 100, AT_TEXT), 0);
	shows(&f.g, "        ab →\n←  ab      c\n← ab      c\n世→\n←世→\n←\n");
	grid_release(&f.g);
}

static void text_that_just_fits_is_whole(void **state)
{
	struct fixture f = make(2, 4);

	(void)state;
	assert_int_equal(grid_text(grid_area(&f.g), 0, 0, 4, STR("abcd"), AT_TEXT), 4);
	assert_int_equal(grid_text_right(grid_area(&f.g), 1, 0, 4, STR("ab"), AT_TEXT), 2);
	shows(&f.g, "abcd\n  ab\n");
	grid_release(&f.g);
}

static void a_wide_character_takes_two_cells_and_is_never_halved(void **state)
{
	struct fixture f = make(2, 6);
	struct area a = grid_area(&f.g);

	(void)state;
	assert_int_equal(grid_text(a, 0, 0, 6, STR("世界!"), AT_TEXT), 5);
	assert_int_equal(grid_cell(&f.g, 0, 1)->width, 0);
	assert_int_equal(grid_text(a, 1, 0, 4, STR("世界世"), AT_TEXT), 3);
	shows(&f.g, "世界!\n世…\n");
	grid_release(&f.g);
}

static void covering_half_of_a_wide_character_blanks_the_other(void **state)
{
	struct fixture f = make(2, 6);
	struct area a = grid_area(&f.g);

	(void)state;
	grid_text(a, 0, 0, 6, STR("世界"), AT_TEXT);
	grid_text(a, 0, 1, 1, STR("x"), AT_TEXT);
	grid_text(a, 1, 0, 6, STR("世界"), AT_TEXT);
	grid_text(a, 1, 1, 2, STR("世"), AT_TEXT);
	shows(&f.g, " x界\n 世\n");
	grid_release(&f.g);
}

static void a_combining_mark_stays_with_its_base(void **state)
{
	struct fixture f = make(1, 6);

	(void)state;
	assert_int_equal(grid_text(grid_area(&f.g), 0, 0, 6, STR("e\xcc\x81x"), AT_TEXT), 2);
	assert_int_equal(grid_cell(&f.g, 0, 0)->mark[0], 0x301);
	shows(&f.g, "e\xcc\x81x\n");
	grid_release(&f.g);
}

static void a_mark_without_a_base_does_not_reach_the_cell_before(void **state)
{
	struct fixture f = make(1, 6);
	struct area a = grid_area(&f.g);

	(void)state;
	grid_text(a, 0, 0, 1, STR("a"), AT_TEXT);
	assert_int_equal(grid_text(a, 0, 1, 5, STR("\xcc\x81x"), AT_TEXT), 2);
	shows(&f.g, "a◌\xcc\x81x\n");
	grid_release(&f.g);
}

static void marks_beyond_what_a_cell_keeps_are_dropped(void **state)
{
	struct fixture f = make(1, 6);

	(void)state;
	grid_text(grid_area(&f.g), 0, 0, 6, STR("e\xcc\x81\xcc\x82\xcc\x83\xcc\x84x"), AT_TEXT);
	shows(&f.g, "e\xcc\x81\xcc\x82x\n");
	grid_release(&f.g);
}

static void names_cannot_send_controls_or_hide(void **state)
{
	struct fixture f = make(5, 20);
	struct area a = grid_area(&f.g);

	(void)state;
	grid_text(a, 0, 0, 20, STR("\x1b[2Jx\n\r\t\x7f"), AT_TEXT);
	grid_text(a, 1, 0, 20, STR("\xc2\x9b" "31m"), AT_TEXT);		 /* C1 CSI */
	grid_text(a, 2, 0, 20, STR("a\xe2\x80\xae" "b\xe2\x80\x8b"), AT_TEXT); /* RLO, ZWSP */
	grid_text(a, 3, 0, 20, STR("\xff\xc3"), AT_TEXT);
	grid_text(a, 4, 0, 20, STR("a\xe3\x85\xa4\xf3\xa0\x84\x81"), AT_TEXT); /* fillers */
	shows(&f.g, "␛[2Jx␊␍␉␡\n�31m\na�b�\n��\na��\n");
	grid_release(&f.g);
}

static void selectors_of_emoji_do_not_change_the_width(void **state)
{
	struct fixture f = make(1, 6);

	(void)state;
	assert_int_equal(grid_text(grid_area(&f.g), 0, 0, 6, STR("\xe2\x9d\xa4\xef\xb8\x8fx"), AT_TEXT),
			 2);
	shows(&f.g, "\xe2\x9d\xa4x\n");
	grid_release(&f.g);
}

static void ascii_grids_show_stand_ins(void **state)
{
	struct fixture f = make(3, 8);
	struct area a = grid_area(&f.g);

	(void)state;
	f.g.glyphs = GLYPHS_ASCII;
	grid_text(a, 0, 0, 8, STR("é世e\xcc\x81→"), AT_TEXT);
	grid_text(a, 1, 0, 4, STR("abcdef"), AT_TEXT);
	grid_bar(a, 2, 0, 4, 20, AT_SHARE);
	shows(&f.g, "\?\?e>\nabc~\n###\n");
	grid_release(&f.g);
}

static void nothing_is_drawn_outside_an_area(void **state)
{
	struct fixture f = make(3, 8);
	struct area a = area_part(grid_area(&f.g), 1, 2, 1, 4);

	(void)state;
	grid_text(a, 0, 0, 99, STR("abcdefgh"), AT_TEXT);
	grid_text(a, 1, 0, 99, STR("x"), AT_TEXT);
	grid_text(a, -1, 0, 99, STR("x"), AT_TEXT);
	grid_bar(a, 0, 3, 99, 999, AT_TEXT);
	grid_tint(a, 5, 0, 99, AT_BOLD);
	shows(&f.g, "\n  abc█\n\n");
	grid_release(&f.g);
}

static void areas_are_cut_and_never_negative(void **state)
{
	struct fixture f = make(4, 8);
	struct area a = grid_area(&f.g);
	struct area top = area_cut_top(&a, 1);
	struct area bottom = area_cut_bottom(&a, 2);
	struct area right = area_cut_right(&a, 3);
	struct area none = area_part(a, -3, 9, 2, 2);

	(void)state;
	assert_int_equal(top.rows, 1);
	assert_int_equal(bottom.row, 2);
	assert_int_equal(bottom.rows, 2);
	assert_int_equal(right.col, 5);
	assert_int_equal(a.row, 1);
	assert_int_equal(a.rows, 1);
	assert_int_equal(a.cols, 5);
	assert_int_equal(none.rows * none.cols, 0);
	top = area_cut_top(&a, 7);
	assert_int_equal(top.rows, 1);
	assert_int_equal(a.rows, 0);
	grid_release(&f.g);
}

static void bars_count_in_eighths(void **state)
{
	struct fixture f = make(1, 8);

	(void)state;
	grid_bar(grid_area(&f.g), 0, 0, 4, 19, AT_SHARE);
	shows(&f.g, "██▍\n");
	grid_release(&f.g);
}

static void a_bar_stands_in_front_of_another(void **state)
{
	struct fixture f = make(2, 8);
	struct area a = grid_area(&f.g);

	(void)state;
	grid_bars(a, 0, 0, 8, 0.5, 0.15, AT_SHARE, INK_BAR);
	assert_int_equal(grid_cell(&f.g, 0, 0)->attr.fg, INK_BAR);
	assert_int_equal(grid_cell(&f.g, 0, 1)->attr.bg, INK_BAR_CUM);
	f.g.glyphs = GLYPHS_ASCII;
	grid_bars(a, 1, 0, 8, 0.5, 0.2, AT_SHARE, INK_BAR);
	shows(&f.g, "█▎██\n##==\n");
	grid_release(&f.g);
}

static void a_frame_holds_its_title(void **state)
{
	struct fixture f = make(3, 12);

	(void)state;
	grid_frame(grid_area(&f.g), STR("help"), AT_TEXT);
	shows(&f.g, "┌─ help ───┐\n│          │\n└──────────┘\n");
	grid_release(&f.g);
}

static void the_dump_of_cells_names_inks(void **state)
{
	struct fixture f = make(1, 8);
	struct out o;

	(void)state;
	grid_text(grid_area(&f.g), 0, 1, 8, STR("ab"), ATTR(INK_HEAT + 3, INK_BAR_BACK, ATTR_BOLD));
	out_open_memory(&o);
	grid_dump_cells(&f.g, &o);
	assert_str(out_text(&o), "| ab\n  1-2 heat3/bar-back bold\n");
	out_release(&o);
	grid_release(&f.g);
}

static void every_glyph_of_ours_has_a_stand_in(void **state)
{
	static const enum glyph all[] = {
		GLYPH_DOT, GLYPH_ELLIPSIS, GLYPH_LEFT, GLYPH_UP, GLYPH_RIGHT, GLYPH_DOWN,
		GLYPH_MINUS, GLYPH_ROW, GLYPH_COLUMN, GLYPH_TOP_LEFT, GLYPH_TOP_RIGHT,
		GLYPH_BOTTOM_LEFT, GLYPH_BOTTOM_RIGHT, GLYPH_BRANCH, GLYPH_LOWER_HALF, GLYPH_FULL,
		GLYPH_SEVEN_EIGHTHS, GLYPH_ONE_EIGHTH, GLYPH_SHADE, GLYPH_BULLET, GLYPH_CIRCLE,
		GLYPH_SORT_UP, GLYPH_FOLDED, GLYPH_SORT_DOWN, GLYPH_UNFOLDED,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		assert_int_not_equal(glyph_ascii(all[i]), '?');
	assert_int_equal(glyph_ascii(0x4e16), '?');
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(text_is_put_where_it_is_told),
		TEST(text_too_long_ends_in_an_ellipsis),
		TEST(source_has_tabs_and_moves_sideways),
		TEST(text_that_just_fits_is_whole),
		TEST(a_wide_character_takes_two_cells_and_is_never_halved),
		TEST(covering_half_of_a_wide_character_blanks_the_other),
		TEST(a_combining_mark_stays_with_its_base),
		TEST(a_mark_without_a_base_does_not_reach_the_cell_before),
		TEST(marks_beyond_what_a_cell_keeps_are_dropped),
		TEST(names_cannot_send_controls_or_hide),
		TEST(selectors_of_emoji_do_not_change_the_width),
		TEST(ascii_grids_show_stand_ins),
		TEST(nothing_is_drawn_outside_an_area),
		TEST(areas_are_cut_and_never_negative),
		TEST(bars_count_in_eighths),
		TEST(a_bar_stands_in_front_of_another),
		TEST(a_frame_holds_its_title),
		TEST(the_dump_of_cells_names_inks),
		TEST(every_glyph_of_ours_has_a_stand_in),
	};

	return TEST_RUN(tests, argc, argv);
}
