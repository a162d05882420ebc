/*
 * Unit tests of tui/theme.h: inks and colours.
 */
#include "config.h"

#include "tui/theme.h"

#include "tests/test.h"

#include <math.h>
#include <stdio.h>

/* Relative luminance of WCAG 2. */
static double luminance(int rgb)
{
	static const double weight[3] = { 0.2126, 0.7152, 0.0722 };
	double sum = 0;

	for (int i = 0; i < 3; i++) {
		double v = (rgb >> (16 - 8 * i) & 0xff) / 255.0;

		sum += weight[i] * (v <= 0.03928 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
	}
	return sum;
}

static double contrast(const struct theme *t, enum ink fg, enum ink bg)
{
	double a = luminance(theme_colour(t, fg, DEPTH_TRUE));
	double b = luminance(theme_colour(t, bg, DEPTH_TRUE));

	return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

static void is_legible(const struct theme *t, enum ink fg, enum ink bg)
{
	double c = contrast(t, fg, bg);
	char fg_name[32], bg_name[32];

	theme_ink_name(fg, fg_name, sizeof(fg_name));
	theme_ink_name(bg, bg_name, sizeof(bg_name));
	if (c < 4.5)
		fail_msg("theme %s: %s on %s has contrast %.1f", t->name, fg_name, bg_name, c);
}

static void text_is_legible_on_every_ground(void **state)
{
	(void)state;
	for (const struct theme *t = theme_table; t->name; t++) {
		is_legible(t, INK_BAR_TEXT, INK_BAR_BACK);
		is_legible(t, INK_KEY, INK_BAR_BACK);
		is_legible(t, INK_HEAD_TEXT, INK_HEAD_BACK);
		is_legible(t, INK_SELECTED_TEXT, INK_SELECTED_BACK);
		is_legible(t, INK_MATCH_TEXT, INK_MATCH_BACK);
		is_legible(t, INK_POPUP_TEXT, INK_POPUP_BACK);
		is_legible(t, INK_BOX_TEXT, INK_TWIN_BACK);
		for (int ink = INK_BOX_ROOT; ink < INK_COUNT; ink++)
			is_legible(t, INK_BOX_TEXT, (enum ink)ink);
	}
}

static void every_ink_has_a_colour_at_every_depth(void **state)
{
	static const int limit[] = { [DEPTH_8] = 8, [DEPTH_16] = 16, [DEPTH_256] = 256 };

	(void)state;
	for (const struct theme *t = theme_table; t->name; t++)
		for (int ink = 0; ink < INK_COUNT; ink++)
			for (enum theme_depth d = DEPTH_8; d <= DEPTH_256; d++) {
				int c = theme_colour(t, (enum ink)ink, d);

				assert_in_range(c + 1, 0, limit[d]);
				assert_int_equal(theme_colour(t, (enum ink)ink, DEPTH_NONE),
						 COLOUR_DEFAULT);
			}
}

static void a_darker_ink_can_be_told_from_its_own(void **state)
{
	(void)state;
	for (const struct theme *t = theme_table; t->name; t++)
		for (int ink = INK_BOX_ROOT; ink < INK_SHADED; ink++)
			for (enum theme_depth d = DEPTH_16; d <= DEPTH_TRUE; d++)
				assert_int_not_equal(theme_colour(t, (enum ink)ink, d),
						     theme_colour(t, theme_shade((enum ink)ink), d));
}

static void the_nearest_of_256_colours_is_taken(void **state)
{
	(void)state;
	/* INK_SELECTED_TEXT is white in the dark theme; INK_DIM of colour-blind a middle grey. */
	assert_int_equal(theme_colour(theme_find(STR("dark")), INK_SELECTED_TEXT, DEPTH_256), 231);
	assert_int_equal(theme_colour(theme_find(STR("colour-blind")), INK_DIM, DEPTH_256), 244);
}

static void a_light_terminal_has_the_light_theme(void **state)
{
	static const char *const dark[] = { "", "15;0", "15;default;0", "7;8", "0;default", "0;15x", "15;", "x" };
	static const char *const light[] = { "0;15", "0;default;15", "0;7" };

	(void)state;
	for (size_t i = 0; i < sizeof(dark) / sizeof(dark[0]); i++)
		assert_string_equal(theme_usual(str_from(dark[i]))->name, "dark");
	for (size_t i = 0; i < sizeof(light) / sizeof(light[0]); i++)
		assert_string_equal(theme_usual(str_from(light[i]))->name, "light");
}

static void a_package_keeps_its_ink(void **state)
{
	(void)state;
	assert_int_equal(theme_package_ink(STR("runtime")), theme_package_ink(STR("runtime")));
	assert_in_range(theme_package_ink(STR("net/http")), INK_PACKAGE,
			INK_PACKAGE + THEME_PACKAGES - 1);
	/* Pinned: a change would recolour everybody's graphs. */
	assert_int_equal(theme_package_ink(STR("runtime")) - INK_PACKAGE, 2);
	assert_int_equal(theme_package_ink(STR("main")) - INK_PACKAGE, 10);
}

static void heat_and_change_go_in_steps(void **state)
{
	(void)state;
	assert_int_equal(theme_heat_ink(0), INK_HEAT);
	assert_int_equal(theme_heat_ink(1), INK_HEAT + THEME_HEATS - 1);
	assert_int_equal(theme_heat_ink(0.3), INK_HEAT + THEME_HEATS - 2);
	assert_int_equal(theme_diff_ink(0), INK_BOX_ROOT);
	assert_int_equal(theme_diff_ink(0.9), INK_PLUS + THEME_DIFFS - 1);
	assert_int_equal(theme_diff_ink(-0.01), INK_MINUS);
}

static void themes_go_round(void **state)
{
	const struct theme *t = theme_table;
	int n = 0;

	(void)state;
	do {
		t = theme_next(t);
		n++;
	} while (t != theme_table && n < 99);
	assert_int_equal(n, 3);
	assert_null(theme_find(STR("none")));
}

static void without_colours_what_is_selected_still_shows(void **state)
{
	(void)state;
	assert_int_equal(theme_plain_flags(AT_SELECTED), ATTR_REVERSE);
	assert_int_equal(theme_plain_flags(AT_TEXT), 0);
	assert_int_equal(theme_plain_flags(AT_HEAD), ATTR_BOLD | ATTR_UNDERLINE);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(text_is_legible_on_every_ground),
		TEST(every_ink_has_a_colour_at_every_depth),
		TEST(a_darker_ink_can_be_told_from_its_own),
		TEST(the_nearest_of_256_colours_is_taken),
		TEST(a_light_terminal_has_the_light_theme),
		TEST(a_package_keeps_its_ink),
		TEST(heat_and_change_go_in_steps),
		TEST(themes_go_round),
		TEST(without_colours_what_is_selected_still_shows),
	};

	return TEST_RUN(tests, argc, argv);
}
