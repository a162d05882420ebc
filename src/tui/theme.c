/*
 * Inks, and what each looks like on this terminal.
 *
 * Lives here: the themes, as a colour for 256 and more and one of the sixteen; nearest colours.
 */
#include "config.h"

#include "tui/theme.h"

#include "flame/flame.h"

#include <stdio.h>

/* One ink: 0xRRGGBB, and one of the sixteen; COLOUR_DEFAULT in both for the terminal's own. */
struct theme_ink {
	int32_t rgb;
	int8_t ansi;
};

#define OWN { COLOUR_DEFAULT, COLOUR_DEFAULT }

/* Sixteen colours cannot tell twelve packages apart; names and places still do. */
static const struct theme_ink dark[INK_SHADED] = {
	[INK_DEFAULT] = OWN,
	[INK_TEXT] = { 0xd8dee4, 7 },
	[INK_DIM] = { 0x8b949e, 8 },
	[INK_TITLE] = { 0x79c0ff, 14 },
	[INK_KEY] = { 0xffd866, 11 },
	[INK_BAR_BACK] = { 0x262c36, 0 },
	[INK_BAR_TEXT] = { 0xc9d1d9, 7 },
	[INK_HEAD_BACK] = { 0x30363d, 0 },
	[INK_HEAD_TEXT] = { 0xf0f6fc, 15 },
	[INK_SELECTED_BACK] = { 0x1f4f8f, 4 },
	[INK_SELECTED_TEXT] = { 0xffffff, 15 },
	[INK_TWIN_BACK] = { 0x9fd0ff, 6 },
	[INK_MATCH_BACK] = { 0xf2cc60, 3 },
	[INK_MATCH_TEXT] = { 0x0d1117, 0 },
	[INK_POPUP_BACK] = { 0x2d333b, 0 },
	[INK_POPUP_TEXT] = { 0xe6edf3, 7 },
	[INK_BAR] = { 0x58a6ff, 12 },
	[INK_BAR_CUM] = { 0x2d4f7c, 4 },
	[INK_GOOD] = { 0x56d364, 10 },
	[INK_WARN] = { 0xe3b341, 11 },
	[INK_ERROR] = { 0xff7b72, 9 },
	[INK_BOX_TEXT] = { 0x101010, 0 },
	[INK_BOX_ROOT] = { 0xadb5bd, 7 },
	[INK_HEAT] = { 0xf3e3b0, 7 }, { 0xf6d78a, 7 }, { 0xf8c768, 3 }, { 0xf9b44f, 3 },
	{ 0xf89d42, 11 }, { 0xf5843b, 11 }, { 0xf27c48, 9 }, { 0xf2614a, 9 },
	[INK_PACKAGE] = { 0x7fb6e8, 4 }, { 0xf0a860, 3 }, { 0x8fcf7a, 2 }, { 0xe58a8a, 1 },
	{ 0xb9a0e6, 5 }, { 0x6fcabd, 6 }, { 0xd9c65a, 11 }, { 0xe59ac4, 13 },
	{ 0x9aa8d8, 12 }, { 0xa9c58e, 10 }, { 0xd3ab86, 9 }, { 0x88c7dd, 14 },
	[INK_PLUS] = { 0xf2b8b0, 1 }, { 0xf29488, 1 }, { 0xf27d70, 9 }, { 0xf2695b, 9 },
	[INK_MINUS] = { 0xb3cdf0, 4 }, { 0x8fb6ee, 4 }, { 0x6d9fec, 12 }, { 0x5c95ee, 12 },
};

static const struct theme_ink light[INK_SHADED] = {
	[INK_DEFAULT] = OWN,
	[INK_TEXT] = { 0x1f2328, 0 },
	[INK_DIM] = { 0x656d76, 8 },
	[INK_TITLE] = { 0x0550ae, 4 },
	[INK_KEY] = { 0x953800, 1 },
	[INK_BAR_BACK] = { 0xdfe3e8, 7 },
	[INK_BAR_TEXT] = { 0x24292f, 0 },
	[INK_HEAD_BACK] = { 0xd0d7de, 7 },
	[INK_HEAD_TEXT] = { 0x1f2328, 0 },
	[INK_SELECTED_BACK] = { 0x0a56b8, 4 },
	[INK_SELECTED_TEXT] = { 0xffffff, 15 },
	[INK_TWIN_BACK] = { 0x9cc9ff, 6 },
	[INK_MATCH_BACK] = { 0xffe27a, 11 },
	[INK_MATCH_TEXT] = { 0x1f2328, 0 },
	[INK_POPUP_BACK] = { 0xeef1f4, 7 },
	[INK_POPUP_TEXT] = { 0x1f2328, 0 },
	[INK_BAR] = { 0x2f7fe0, 4 },
	[INK_BAR_CUM] = { 0xb3d1f5, 6 },
	[INK_GOOD] = { 0x116329, 2 },
	[INK_WARN] = { 0x7d4e00, 3 },
	[INK_ERROR] = { 0xa40e26, 1 },
	[INK_BOX_TEXT] = { 0x101010, 0 },
	[INK_BOX_ROOT] = { 0xc8cdd2, 7 },
	[INK_HEAT] = { 0xfdf0c8, 7 }, { 0xfbe2a0, 7 }, { 0xfad07a, 3 }, { 0xf9bb5c, 3 },
	{ 0xf7a24c, 11 }, { 0xf48844, 11 }, { 0xf28050, 9 }, { 0xf06a58, 9 },
	[INK_PACKAGE] = { 0x9cc8ef, 4 }, { 0xf6bd82, 3 }, { 0xa8dc97, 2 }, { 0xf0a5a5, 1 },
	{ 0xcbb7ee, 5 }, { 0x8fd9ce, 6 }, { 0xe5d67c, 11 }, { 0xeeb2d3, 13 },
	{ 0xb4c0e6, 12 }, { 0xc0d6aa, 10 }, { 0xe0c1a3, 9 }, { 0xa6d8e8, 14 },
	[INK_PLUS] = { 0xfad0ca, 1 }, { 0xf7aaa0, 1 }, { 0xf3857a, 9 }, { 0xf07060, 9 },
	[INK_MINUS] = { 0xcfe0f7, 4 }, { 0xa9c8f4, 4 }, { 0x84aff0, 12 }, { 0x6096ec, 12 },
};

/* Blue to yellow instead of yellow to red, hues of Okabe and Ito; good on dark and light. */
static const struct theme_ink colour_blind[INK_SHADED] = {
	[INK_DEFAULT] = OWN,
	[INK_TEXT] = OWN,
	[INK_DIM] = { 0x808080, 8 },
	[INK_TITLE] = { 0x2b8fd0, 6 },
	[INK_KEY] = { 0xf0e442, 11 },
	[INK_BAR_BACK] = { 0x303030, 0 },
	[INK_BAR_TEXT] = { 0xe4e4e4, 7 },
	[INK_HEAD_BACK] = { 0x444444, 0 },
	[INK_HEAD_TEXT] = { 0xffffff, 15 },
	[INK_SELECTED_BACK] = { 0x00588c, 4 },
	[INK_SELECTED_TEXT] = { 0xffffff, 15 },
	[INK_TWIN_BACK] = { 0x56b4e9, 6 },
	[INK_MATCH_BACK] = { 0xf0e442, 11 },
	[INK_MATCH_TEXT] = { 0x101010, 0 },
	[INK_POPUP_BACK] = { 0x303030, 0 },
	[INK_POPUP_TEXT] = { 0xeeeeee, 7 },
	[INK_BAR] = { 0x2b8fd0, 6 },
	[INK_BAR_CUM] = { 0x7d8790, 8 },
	[INK_GOOD] = { 0x009e73, 6 },
	[INK_WARN] = { 0xc28500, 3 },
	[INK_ERROR] = { 0xd55e00, 11 },
	[INK_BOX_TEXT] = { 0x101010, 0 },
	[INK_BOX_ROOT] = { 0xb8b8b8, 7 },
	[INK_HEAT] = { 0x8096b8, 4 }, { 0x8f9fae, 4 }, { 0x9fa8a3, 6 }, { 0xb0b296, 6 },
	{ 0xc3be86, 7 }, { 0xd6cb72, 7 }, { 0xebd959, 3 }, { 0xffe838, 11 },
	[INK_PACKAGE] = { 0x56b4e9, 6 }, { 0xe69f00, 3 }, { 0x33b491, 2 }, { 0xf0e442, 11 },
	{ 0xcc79a7, 5 }, { 0x6fa8d6, 4 }, { 0xe08a4a, 9 }, { 0xb0b0b0, 7 },
	{ 0xa8d8f3, 14 }, { 0xf3cf80, 3 }, { 0x99d8c4, 10 }, { 0xe3b8d2, 13 },
	[INK_PLUS] = { 0xf3cf9f, 3 }, { 0xecb16a, 3 }, { 0xe4933a, 11 }, { 0xdd7410, 11 },
	[INK_MINUS] = { 0xb9d9ee, 4 }, { 0x8fc3e6, 4 }, { 0x66aede, 12 }, { 0x3d98d6, 12 },
};

const struct theme theme_table[] = {
	{ .name = "dark", .summary = "for a dark ground", .ink = dark },
	{ .name = "light", .summary = "for a light ground", .ink = light },
	{ .name = "colour-blind", .summary = "blue to yellow, orange for more", .ink = colour_blind },
	{ .name = NULL },
};

const struct theme *theme_find(struct str name)
{
	for (const struct theme *t = theme_table; t->name; t++)
		if (str_eq(name, str_from(t->name)))
			return t;
	return NULL;
}

const struct theme *theme_usual(struct str colorfgbg)
{
	static const char *const light_ground[] = { "7", "9", "10", "11", "12", "13", "14", "15" };
	struct str ground, rest = colorfgbg;

	while (str_cut(rest, ';', &ground, &rest))
		;
	for (size_t i = 0; i < sizeof(light_ground) / sizeof(light_ground[0]); i++)
		if (str_eq(ground, str_from(light_ground[i])))
			return theme_find(STR("light"));
	return theme_table;
}

const struct theme *theme_next(const struct theme *t)
{
	return t[1].name ? t + 1 : theme_table;
}

/* Steps of the colour cube of 256 colours. */
static const int cube_level[6] = { 0, 95, 135, 175, 215, 255 };

static int nearest_level(int v)
{
	int best = 0;

	for (int i = 1; i < 6; i++)
		if ((cube_level[i] - v) * (cube_level[i] - v) <
		    (cube_level[best] - v) * (cube_level[best] - v))
			best = i;
	return best;
}

static int distance(int r1, int g1, int b1, int r2, int g2, int b2)
{
	return 3 * (r1 - r2) * (r1 - r2) + 4 * (g1 - g2) * (g1 - g2) + 2 * (b1 - b2) * (b1 - b2);
}

/* The cube is at 16, 24 greys from 8 to 238 at 232. */
static int nearest_of_256(int rgb)
{
	int r = rgb >> 16, g = rgb >> 8 & 0xff, b = rgb & 0xff;
	int cr = nearest_level(r), cg = nearest_level(g), cb = nearest_level(b);
	int grey = (r + g + b) / 3;
	int step = grey < 8 ? 0 : grey > 238 ? 23 : (grey - 8 + 5) / 10;
	int level = 8 + 10 * step;

	if (distance(r, g, b, level, level, level) <
	    distance(r, g, b, cube_level[cr], cube_level[cg], cube_level[cb]))
		return 232 + step;
	return 16 + 36 * cr + 6 * cg + cb;
}

/* 14 parts of 16 of each component. */
static int darker(int rgb)
{
	int r = (rgb >> 16) * 14 / 16, g = (rgb >> 8 & 0xff) * 14 / 16, b = (rgb & 0xff) * 14 / 16;

	return r << 16 | g << 8 | b;
}

int theme_colour(const struct theme *t, enum ink ink, enum theme_depth depth)
{
	bool is_shaded = ink >= INK_SHADED;
	const struct theme_ink *i = &t->ink[is_shaded ? ink - (INK_SHADED - INK_BOX_ROOT) : ink];
	int rgb = is_shaded ? darker(i->rgb) : i->rgb;

	if (depth == DEPTH_NONE || i->ansi == COLOUR_DEFAULT)
		return COLOUR_DEFAULT;
	if (depth == DEPTH_8)
		return i->ansi % 8;
	if (depth == DEPTH_16)
		return is_shaded ? i->ansi ^ 8 : i->ansi;
	if (depth == DEPTH_TRUE)
		return rgb;
	/* Two of 256 must differ where the inks do. */
	if (is_shaded && nearest_of_256(rgb) == nearest_of_256(i->rgb))
		rgb = darker(rgb);
	return nearest_of_256(rgb);
}

uint8_t theme_plain_flags(struct attr a)
{
	uint8_t flags = a.flags;

	switch (a.bg) {
	case INK_SELECTED_BACK:
	case INK_BAR_BACK:
	case INK_MATCH_BACK:
		flags |= ATTR_REVERSE;
		break;
	case INK_TWIN_BACK:
	case INK_HEAD_BACK:
		flags |= ATTR_UNDERLINE;
		break;
	default:
		if (a.bg >= INK_PLUS && a.bg < INK_PLUS + THEME_DIFFS)
			flags |= ATTR_BOLD;
		else if (a.fg == INK_DIM)
			flags |= ATTR_DIM;
	}
	return flags;
}

void theme_ink_name(enum ink ink, char *to, size_t size)
{
	static const char *const names[] = {
		[INK_DEFAULT] = "default",
		[INK_TEXT] = "text",
		[INK_DIM] = "dim",
		[INK_TITLE] = "title",
		[INK_KEY] = "key",
		[INK_BAR_BACK] = "bar-back",
		[INK_BAR_TEXT] = "bar-text",
		[INK_HEAD_BACK] = "head-back",
		[INK_HEAD_TEXT] = "head-text",
		[INK_SELECTED_BACK] = "selected-back",
		[INK_SELECTED_TEXT] = "selected-text",
		[INK_TWIN_BACK] = "twin-back",
		[INK_MATCH_BACK] = "match-back",
		[INK_MATCH_TEXT] = "match-text",
		[INK_POPUP_BACK] = "popup-back",
		[INK_POPUP_TEXT] = "popup-text",
		[INK_BAR] = "bar",
		[INK_BAR_CUM] = "bar-cum",
		[INK_GOOD] = "good",
		[INK_WARN] = "warn",
		[INK_ERROR] = "error",
		[INK_BOX_TEXT] = "box-text",
		[INK_BOX_ROOT] = "box-root",
	};

	const char *suffix = ink >= INK_SHADED ? "-dark" : "";

	if (*suffix)
		ink = (enum ink)(ink - (INK_SHADED - INK_BOX_ROOT));
	if (ink < INK_HEAT)
		(void)snprintf(to, size, "%s%s", names[ink], suffix);
	else if (ink < INK_PACKAGE)
		(void)snprintf(to, size, "heat%d%s", (int)(ink - INK_HEAT), suffix);
	else if (ink < INK_PLUS)
		(void)snprintf(to, size, "package%d%s", (int)(ink - INK_PACKAGE), suffix);
	else if (ink < INK_MINUS)
		(void)snprintf(to, size, "plus%d%s", (int)(ink - INK_PLUS), suffix);
	else
		(void)snprintf(to, size, "minus%d%s", (int)(ink - INK_MINUS), suffix);
}

enum ink theme_package_ink(struct str package)
{
	return (enum ink)(INK_PACKAGE + flame_colour(package));
}

/* Steps double: 1/128 and less, up to 1/64, ..., more than a half. */
static int step_of(double share, int steps)
{
	int step = steps - 1;

	for (double floor = 0.5; step > 0 && share <= floor; floor /= 2)
		step--;
	return step;
}

enum ink theme_heat_ink(double share)
{
	return (enum ink)(INK_HEAT + step_of(share, THEME_HEATS));
}

enum ink theme_diff_ink(double change)
{
	int step = flame_diff_step(change);

	if (step > 0)
		return (enum ink)(INK_PLUS + step - 1);
	return step < 0 ? (enum ink)(INK_MINUS - step - 1) : INK_BOX_ROOT;
}
