/*
 * What is behind the screen: one profile, the options chosen for it, and what follows from them.
 *
 * Lives here: the options now and before (undo), the profile as filtered by them, the actions that
 * change them, the line about the profile, names and values as views show them.
 * Not here: views, the terminal, what an option does (analysis/).
 */
#ifndef TUI_APP_H
#define TUI_APP_H

#include "analysis/analysis.h"
#include "analysis/options.h"
#include "base/error.h"
#include "base/vec.h"
#include "flame/flame.h"
#include "shell/arguments.h"
#include "tui/ui.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	APP_STATES = 200, /* that can be undone; the oldest are forgotten */
	APP_FILTERS = 20,
};

/* One state to come back to. */
struct app_state {
	size_t options_row; /* in options; never falls from one state to the next */
	int view;	    /* on show */
	VEC(char) place;    /* where in it, as the view itself puts it (zoom); own */
};

/* What all trees of the snapshot have in common. */
struct app_flames {
	struct flame_common *common; /* NULL: no tree was made yet */
	struct flame *root;	     /* the whole tree from the root; NULL: not made yet */
	struct arena arena;	     /* of what follows */
	struct str *short_name;	     /* by frame row; NULL: not asked for yet */
	uint8_t *ink;		     /* of the frame's package */
};

struct app {
	const struct profile *profile; /* as loaded; borrowed */
	const struct arguments *arguments; /* it was opened with; borrowed */
	struct str title;	       /* its name */
	VEC(struct options) options; /* sets that some state has */
	VEC(struct app_state) state;
	size_t now;	     /* row of the state that holds */
	uint64_t generation; /* of the options that hold */
	uint64_t n_generation; /* changes so far */
	const struct cancel *cancel; /* once raised, nobody waits any longer; NULL: nobody can say so */
	size_t drawn;	     /* row of the state that was drawn last, and its generation */
	uint64_t drawn_generation;

	/* The profile by the options of a generation, and room to make the next one beside it. */
	struct analysis_view *snapshot; /* NULL: there is none */
	struct analysis_view snapshot_room[2];
	uint64_t snapshot_generation;
	struct error snapshot_err; /* why there is none */
	struct out notice;	   /* what the user should know of it */
	struct graph_sums *sums;   /* for all graphs; NULL: no memory */
	struct app_flames flames;  /* of the snapshot, or that with sides apart */
	struct graph *graph;	   /* of the snapshot; NULL: not asked for yet */
	/* Of a difference: with its sides apart, and the side that was subtracted. */
	struct analysis_view apart, before;
	bool has_apart, has_before;
	struct graph *graph_before; /* of before */

	/*
	 * The function that was selected last, in whichever view.  Each choice of one has a number, and a
	 * view hears of it once (view.enter); before the first it is what the view on show began with.
	 */
	VEC(char) current;
	uint64_t choice;
	uint64_t choice_told[UI_VIEWS];
	int shown_before; /* the view on show after the last event */
	bool is_undecided; /* the digit that opened it may begin a count */

	size_t export_row; /* of report_table, while its file is asked for */
};

/* Borrows both. */
bool app_init(struct app *a, const struct profile *p, const struct arguments *arguments,
	      struct error *err);
void app_release(struct app *a);

/* What ui needs to know of it. */
struct ui_app app_for_ui(struct app *a);

/* The options that hold. */
static inline const struct options *app_options(const struct app *a)
{
	return &a->options.at[a->state.at[a->now].options_row];
}

/*
 * The profile as the options have it, for views; NULL with an error.  Good until the generation
 * changes.
 */
const struct report_input *app_input(struct app *a, struct error *err);

/*
 * All functions of it, nothing trimmed, as peek has them, for graph_around(); NULL with an error.
 * Good as long as the input.
 */
const struct graph *app_graph(struct app *a, struct error *err);

/* The same of any input; the caller frees it. */
struct graph *app_whole_graph(const struct report_input *in, struct error *err);

/* Is it a difference of two profiles? */
static inline bool app_is_diff(const struct app *a)
{
	return a->arguments->base.v.n > 0 || a->arguments->diff_base.v.n > 0;
}

/*
 * tui/app_sides.c: the same input with the sides of a difference kept apart, which sums to the same
 * values; and, of a difference only, the values of the side that was subtracted.  NULL with an
 * error.  Good as long as the input.
 */
const struct report_input *app_apart(struct app *a, struct error *err);
const struct report_input *app_before(struct app *a, struct error *err);
/* What was subtracted, as a report takes it; the caller releases it. */
bool app_before_for(struct app *a, const struct report *r, struct analysis_view *v, struct error *err);
/* app_graph() of it. */
const struct graph *app_graph_before(struct app *a, struct error *err);
void app_drop_sides(struct app *a);

/*
 * tui/app_flames.c: a tree of the input with its sides apart.  pivot may be empty.  The one from the root is the same
 * for all who ask: others may open its nodes too.  The caller frees it, perhaps after the input has gone.  NULL with
 * an error.
 */
struct flame *app_flame(struct app *a, bool is_inverted, struct str pivot, struct error *err);
/* Of such a tree: short names and colours by frame.  NULL with an error.  Good as long as the input. */
const struct app_flames *app_frame_names(struct app *a, const struct flame *f, struct error *err);
void app_drop_flames(struct app *a);

/* What values of it are printed with. */
void app_scaler(const struct report_input *in, struct measure_scaler *s);

static inline struct str app_current(const struct app *a)
{
	return (struct str){ a->current.at, a->current.n };
}

/* The views stand where they begin: that is where one comes back to at last. */
void app_begin(struct app *a, struct ui *ui);

/* The view on show has selected a function. */
void app_choose(struct app *a, const struct ui *ui, struct str function);

/* Opens the view of that name at a function, wherever that view was. */
void app_open_at(struct app *a, struct ui *ui, const char *view, struct str function);

/*
 * The node of that name; or the heaviest one of a function of that name, which other granularities have
 * many of.  ROW_NONE: none is there.
 */
uint32_t app_find_node(const struct graph *g, struct str name);

/*
 * Changes one option, as a new state.  False: the value is refused, or nothing can be shown with
 * it; then nothing has changed.
 */
bool app_set_option(struct app *a, struct ui *ui, enum option_id id, struct str value,
		    struct error *err);

/* The same for all of them at once.  Takes *next over, in failure too. */
bool app_set_options(struct app *a, struct ui *ui, struct options *next, struct error *err);

/* Between states.  False: there is none on that side. */
bool app_undo(struct app *a, struct ui *ui);
bool app_redo(struct app *a, struct ui *ui);

/* tui/app_act.c: the actions on the profile. */
bool app_act(void *ctx, struct ui *ui, const struct act *act);
/* Says what there is to know of the present snapshot: filters that matched nothing. */
void app_tell_notice(struct app *a, struct ui *ui);

/*
 * tui/app_pattern.c: adds a pattern that matches what a row stands for to those that are there.  *n_row: how
 * many rows it matches; more than that one where no filter can tell them apart.  ERR_NOTFOUND: none
 * can match it at all.
 */
bool app_row_pattern(struct app *a, struct str row, struct out *pattern, uint32_t *n_row, struct error *err);

/* tui/app_crumbs.c */
void app_draw_crumbs(void *ctx, struct area line);
/* The options that are not as they are without filters, in their order; gives the number. */
size_t app_filters(const struct app *a, enum option_id id[APP_FILTERS]);
/* The option whose filter stands at that column of the crumbs; OPTION_COUNT: none does. */
enum option_id app_crumb_at(struct app *a, struct area line, int col);
/* tui/app_command.c */
bool app_command(void *ctx, struct ui *ui, struct str line, struct out *out, struct error *err);
void app_complete(void *ctx, struct str text, struct shell_completion *c);
/*
 * The command that shows this view of this profile, quoted for a shell.  0; or the length that the place in
 * the view would have had: then it is left out.
 */
size_t app_write_command_line(struct app *a, struct ui *ui, struct out *o);
/* Asks which report, and where to. */
void app_export(struct app *a, struct ui *ui);

#endif
