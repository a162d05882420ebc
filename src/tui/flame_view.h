/*
 * The flame view, inside.
 *
 * Lives here: its state, shared by tui/view_flame.c (building it), tui/flame_act.c (keys),
 * tui/flame_walk.c (from one box to another), tui/flame_draw.c (boxes as cells),
 * tui/flame_place.c (the place as text).
 *
 * Rows of the picture count from the outermost frame: first the frames above the zoom, over the
 * whole width, then the rows of the layout.
 */
#ifndef TUI_FLAME_VIEW_H
#define TUI_FLAME_VIEW_H

#include "base/arena.h"
#include "flame/flame.h"
#include "measure/measure.h"
#include "tui/app.h"

enum flame_shape {
	FLAME_ICICLE,	/* root on top */
	FLAME_FLAME,	/* root below */
	FLAME_INVERTED, /* leaves on top, their callers below */
	N_FLAME_SHAPES,
};

enum flame_colours {
	FLAME_BY_PACKAGE,
	FLAME_BY_FLAT,
	FLAME_BY_HEAT,
	FLAME_BY_CHANGE, /* of a difference only */
	N_FLAME_COLOURS,
};

/* A box, whatever the layout: a node, or what is merged of its callees. */
struct flame_place {
	uint32_t node_row;
	bool is_merged;
};

/* One tree and where one is in it. */
struct flame_tree {
	struct flame *flame; /* NULL: not built for this profile yet */
	/* Zoom and selection of one that is gone, as paths of names. */
	VEC(char) zoom_path;
	VEC(char) selected_path;
	struct arena arena;  /* of is_match */
	uint8_t *is_match;   /* of each frame; NULL: nothing is looked for */
	uint64_t search_id;  /* that is_match belongs to */
	bool has_cover;
	struct flame_cover cover; /* of the matches */

	uint32_t zoom_row; /* node over the whole width */
	struct flame_place selected;
	struct flame_place before_leap, mark[26];
	uint32_t scroll; /* first row of the picture on the screen */
};

struct flame_view {
	struct arena arena; /* this struct lives in it */
	struct app *app;
	struct str pivot; /* not empty: of the paths through that function alone; borrowed */
	uint32_t hidden_rows; /* the first ones of the picture, never shown */
	bool is_idle; /* keys go elsewhere: nothing is shown as selected */
	enum flame_shape shape;
	bool is_inverted; /* the tree goes from the leaf or the pivot to its callers */
	enum flame_colours colours;
	struct measure_scaler scaler;
	int64_t total; /* what shares are of */
	const struct app_flames *names; /* of frames, the same in both trees */
	struct flame_tree t;	  /* the one on show */
	struct flame_tree parked; /* the one in the other direction */

	struct arena box_arena;
	struct flame_boxes boxes;
	/* What they were laid out for. */
	uint32_t laid_width, laid_unit, laid_zoom, laid_depth;
	bool is_laid;
	int rows; /* of the area it was last made ready for */
};

enum { CELL_UNITS = 8 };

/* ---- tui/flame_walk.c ---- */

/* Index of the box of a place; SIZE_MAX: it is in none. */
size_t flame_box_of(const struct flame_view *v, struct flame_place place);
struct flame_place flame_place_of(const struct flame_box *box);

/* Rows above the layout. */
uint32_t flame_rows_above(const struct flame_view *v);
/* Row of the picture where a place is, in the layout or above it. */
uint32_t flame_row_of(const struct flame_view *v, struct flame_place place);
/* The last one that is laid out. */
uint32_t flame_last_row(const struct flame_view *v);

enum flame_step {
	STEP_OUT,    /* to the caller; of an inverted one, the callee */
	STEP_IN,     /* to the widest one inside */
	STEP_LEFT,
	STEP_RIGHT,
};

/* The place next to the selected one; itself at the end. */
struct flame_place flame_step(const struct flame_view *v, enum flame_step step);

/* So many steps to the inside of a box, or as many as there are. */
struct flame_place flame_inside(const struct flame_view *v, size_t box, uint32_t steps);

/* The place at a cell of an area; false: nothing is there. */
bool flame_place_at(const struct flame_view *v, struct area a, int row, int col,
		    struct flame_place *place);

/* Row of the area where a row of the picture is, outside of it for what is not on the screen. */
int flame_screen_row(const struct flame_view *v, struct area a, uint32_t picture_row);

/* The next box (or the one before) that matches the search; false: there is none. */
bool flame_find(const struct flame_view *v, enum search_step step, struct flame_place *place);

/* The function's heaviest frame is selected, out of the zoom only if it must be. */
bool flame_enter(void *state, struct str function, struct error *err);

/* ---- tui/flame_act.c ---- */

bool flame_act(void *state, struct ui *ui, const struct act *a);
void flame_zoom(struct flame_view *v, uint32_t node_row);
/* Another shape, for which the tree in the other direction may have to be built. */
bool flame_turn(struct flame_view *v, enum flame_shape shape, struct error *err);

/* ---- tui/flame_place.c ---- */

void flame_write_place(const void *state, struct out *out);
bool flame_take_place(void *state, struct str name, struct str value, struct error *err);

/* ---- tui/view_flame.c: struct view's functions, for views that hold flame graphs ---- */

bool flame_open_view(void *app, void **state, struct error *err);
void flame_close_view(void *state);
bool flame_refresh(void *state, struct error *err);
void flame_drop(void *state);
bool flame_prepare(void *state, struct area a, const struct search *search, struct error *err);
struct str flame_subject(const void *state);
bool flame_search(void *state, const struct act *where, const struct search *what,
		  enum search_step step);

/* Lays out what is to be seen in a, and `more` rows below it. */
bool flame_relay(struct flame_view *v, struct area a, uint32_t more, struct error *err);
/* Builds the tree that v->t is to be, with zoom and selection where they were. */
bool flame_rebuild(struct flame_view *v, struct error *err);

/* ---- tui/flame_draw.c ---- */

void flame_draw(const void *state, struct area a, const struct search *search);
void flame_draw_status(const void *state, struct area line);

#endif
