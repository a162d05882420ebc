/*
 * Inks, and what each looks like on this terminal.
 *
 * Lives here: the names of everything that has a colour, the themes, how a colour comes down to
 * 256, 16, 8 or no colours.
 * Not here: where a view uses which (the views), talking to the terminal (tui/screen.h).
 */
#ifndef TUI_THEME_H
#define TUI_THEME_H

#include "base/str.h"
#include "flame/flame.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	THEME_HEATS = 8,     /* steps from cold to hot */
	THEME_PACKAGES = FLAME_COLOURS, /* hues that packages are spread over */
	THEME_DIFFS = FLAME_DIFF_STEPS, /* steps from a small change to a large one, each side */
};

/*
 * Each is good as the colour of text or of the ground behind it; those named _BACK are made
 * for the ground.
 */
enum ink {
	INK_DEFAULT, /* whatever the terminal has */
	INK_TEXT,
	INK_DIM,	  /* what matters less */
	INK_TITLE,	  /* headings */
	INK_KEY,	  /* a key in the footer or the help */
	INK_BAR_BACK,	  /* tab line and footer */
	INK_BAR_TEXT,
	INK_HEAD_BACK,	  /* heads of columns */
	INK_HEAD_TEXT,
	INK_SELECTED_BACK,
	INK_SELECTED_TEXT,
	INK_TWIN_BACK,	  /* other places of the selected thing */
	INK_MATCH_BACK,	  /* found by a search */
	INK_MATCH_TEXT,
	INK_POPUP_BACK,
	INK_POPUP_TEXT,
	INK_BAR,	  /* bars of shares: what is a function's own */
	INK_BAR_CUM,	  /* with what it called */
	INK_GOOD,
	INK_WARN,
	INK_ERROR,
	INK_BOX_TEXT,	  /* text on heat, package and diff inks */
	INK_BOX_ROOT,	  /* the root of a flame graph, and merged boxes */
	INK_HEAT,
	INK_PACKAGE = INK_HEAT + THEME_HEATS,
	INK_PLUS = INK_PACKAGE + THEME_PACKAGES, /* more than before */
	INK_MINUS = INK_PLUS + THEME_DIFFS,	 /* less */
	INK_SHADED = INK_MINUS + THEME_DIFFS, /* the inks from INK_BOX_ROOT on once more, darker */
	INK_COUNT = INK_SHADED + INK_SHADED - INK_BOX_ROOT,
};

/* The darker one of an ink from INK_BOX_ROOT to INK_SHADED: for every other of boxes side by side. */
static inline enum ink theme_shade(enum ink ink)
{
	return (enum ink)(ink + (INK_SHADED - INK_BOX_ROOT));
}

/* Beside the colours; all of them work without any. */
enum attr_flag {
	ATTR_BOLD = 1,
	ATTR_UNDERLINE = 2,
	ATTR_REVERSE = 4,
	ATTR_DIM = 8,
};

/* What one cell looks like: two inks and flags. */
struct attr {
	uint8_t fg, bg; /* enum ink */
	uint8_t flags;	/* enum attr_flag */
};

#define ATTR(fg, bg, flags) ((struct attr){ (fg), (bg), (flags) })

/* Roles: what the widgets and views say when they draw. */
#define AT_TEXT ATTR(INK_DEFAULT, INK_DEFAULT, 0)
#define AT_BOLD ATTR(INK_DEFAULT, INK_DEFAULT, ATTR_BOLD)
#define AT_DIM ATTR(INK_DIM, INK_DEFAULT, 0)
#define AT_TITLE ATTR(INK_TITLE, INK_DEFAULT, ATTR_BOLD)
#define AT_WARN ATTR(INK_WARN, INK_DEFAULT, 0)
#define AT_ERROR ATTR(INK_ERROR, INK_DEFAULT, ATTR_BOLD)
#define AT_BAR_LINE ATTR(INK_BAR_TEXT, INK_BAR_BACK, 0)
#define AT_BAR_KEY ATTR(INK_KEY, INK_BAR_BACK, ATTR_BOLD)
#define AT_TAB ATTR(INK_BAR_TEXT, INK_BAR_BACK, 0)
#define AT_TAB_CHOSEN ATTR(INK_SELECTED_TEXT, INK_SELECTED_BACK, ATTR_BOLD)
#define AT_HEAD ATTR(INK_HEAD_TEXT, INK_HEAD_BACK, ATTR_BOLD)
#define AT_SELECTED ATTR(INK_SELECTED_TEXT, INK_SELECTED_BACK, 0)
#define AT_MATCH ATTR(INK_MATCH_TEXT, INK_MATCH_BACK, 0)
#define AT_POPUP ATTR(INK_POPUP_TEXT, INK_POPUP_BACK, 0)
#define AT_SHARE ATTR(INK_BAR_CUM, INK_DEFAULT, 0)

static inline bool attr_eq(struct attr a, struct attr b)
{
	return a.fg == b.fg && a.bg == b.bg && a.flags == b.flags;
}

/* Colours that a terminal has. */
enum theme_depth {
	DEPTH_NONE,
	DEPTH_8,
	DEPTH_16,
	DEPTH_256,
	DEPTH_TRUE,
};

#define COLOUR_DEFAULT (-1)

struct theme {
	const char *name, *summary;
	const struct theme_ink *ink; /* INK_COUNT of them */
};

/* By name, dark first; NULL ends them. */
extern const struct theme theme_table[];

/* NULL when there is no such theme. */
const struct theme *theme_find(struct str name);

/*
 * What is usual on a terminal whose $COLORFGBG is this, "0;15" say: light where the last number is a light
 * ground, else dark, as without one.
 */
const struct theme *theme_usual(struct str colorfgbg);

/* The one after t in theme_table, around the end. */
const struct theme *theme_next(const struct theme *t);

/*
 * The number of the colour for the terminal: 0xRRGGBB at DEPTH_TRUE, an index below 256, 16 or 8
 * otherwise; COLOUR_DEFAULT where the terminal's own is meant.
 */
int theme_colour(const struct theme *t, enum ink ink, enum theme_depth depth);

/* What stands in for the inks of a where there are no colours. */
uint8_t theme_plain_flags(struct attr a);

/* "heat3", "selected-back"...; for dumps of cells. */
void theme_ink_name(enum ink ink, char *to, size_t size);

/*
 * The ink of a package: the same name has the same ink in every run.  0.0 to 1.0 to a heat.
 * A change relative to the larger side, -1.0 to 1.0, to a diff ink; INK_BOX_ROOT for none.
 */
enum ink theme_package_ink(struct str package);
enum ink theme_heat_ink(double share);
enum ink theme_diff_ink(double change);

#endif
