/*
 * The user interface: views and what stands around them.
 *
 * Lives here: tabs, the line about the profile, status line, footer, prompt, menus, pager, help;
 * from events to actions, and the actions that are the same in every view.
 * Not here: the terminal and the loop (tui/loop.h), the views, what the actions on the
 * profile do (struct ui_app).
 *
 *	 1 Top  2 Flame  3 Sandwich                       tabs
 *	cpu.pb.gz  cpu  12.3s  focus=json                 crumbs
 *	...                                               the view
 *	main.work  flat 1.2s ...                          status: the view's, a message, or the prompt
 *	j/k move  / search  ? help  q quit                footer
 */
#ifndef TUI_UI_H
#define TUI_UI_H

#include "base/cancel.h"
#include "base/error.h"
#include "base/regex.h"
#include "base/vec.h"
#include "tui/grid.h"
#include "tui/keys.h"
#include "tui/menu.h"
#include "tui/pager.h"
#include "tui/prompt.h"
#include "tui/theme.h"
#include "tui/view.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	UI_VIEWS = 12,
	UI_MIN_COLS = 20,
	UI_MIN_ROWS = 6,
	UI_MESSAGE_BYTES = 512,
};

/* What is behind the screen.  Every function may be NULL. */
struct ui_app {
	void *ctx; /* what views are opened with */
	/* Another number when the data has changed. */
	uint64_t (*generation)(void *ctx);
	/* Draws the line about the profile. */
	void (*crumbs)(void *ctx, struct area line);
	/* An action that neither the view nor ui knows; also clicks on the crumbs (act->row is -1). */
	bool (*act)(void *ctx, struct ui *ui, const struct act *act);
	/* A line typed after ':'; what it has to say goes to out, or to err.  May leave. */
	bool (*command)(void *ctx, struct ui *ui, struct str line, struct out *out, struct error *err);
	complete_fn complete_command;
	/* An event has been handled: where we are now may be a state to come back to. */
	void (*settled)(void *ctx, struct ui *ui);
	/* A worker has reported. */
	void (*wake)(void *ctx, struct ui *ui);
	/* What is shown was drawn from the data as it is. */
	void (*drawn)(void *ctx);
	/* Somebody gave up waiting: the data becomes what was drawn last.  False: it is that. */
	bool (*go_back)(void *ctx, struct ui *ui);
};

/* Something that may take a while.  It leaves the screen alone and ends soon after ui->cancel is raised. */
struct ui_work {
	const char *what; /* for the line that is shown meanwhile: "counting" */
	bool (*run)(void *ctx, struct error *err);
	void *ctx;
};

/* What the terminal can do for ui; the loop fills it.  Every function may be NULL. */
struct ui_terminal {
	void *ctx;
	bool (*copy)(void *ctx, struct str text);
	void (*pause)(void *ctx);
	void (*resume)(void *ctx);
	void (*redraw)(void *ctx);
	/* Gives the terminal to a program until it ends, and takes it back. */
	bool (*run)(void *ctx, const char *const argv[], struct error *err);
	/* Runs w, and lets somebody who waits for it give up. */
	bool (*work)(void *ctx, struct ui *ui, const struct ui_work *w, struct error *err);
};

struct ui_view {
	const struct view *view;
	void *state;	     /* NULL: not opened yet */
	uint64_t generation; /* of the data it shows */
	bool is_fresh;	     /* has been refreshed at least once */
	struct error err;    /* why it could not */
};

struct ui {
	struct grid grid;
	const struct theme *theme, *first_theme; /* the one in use; the one it began with */
	struct ui_app app;
	struct ui_terminal terminal;

	struct ui_view view[UI_VIEWS];
	int n_view, shown;
	int shown_before; /* what a digit has just left; see struct key_state */
	struct key_state keys;

	struct prompt prompt;
	void (*prompt_done)(struct ui *ui, void *ctx, struct str text);
	/* May be NULL. */
	void (*prompt_changed)(struct ui *ui, void *ctx, struct str text);
	void (*prompt_cancelled)(struct ui *ui, void *ctx);
	void *prompt_ctx;
	struct shell_history commands, searches;

	struct menu menu;
	void (*menu_done)(struct ui *ui, void *ctx, size_t chosen);
	void *menu_ctx;
	struct pager pager;
	/*
	 * What its text is: "help", "explain", or ':' and the command that said it; empty: it cannot be
	 * had again.
	 */
	char page_of[PROMPT_BYTES + 1];

	struct regex *search; /* last one; own */
	uint64_t n_search;    /* how many there have been */
	char search_text[PROMPT_BYTES];

	char message[UI_MESSAGE_BYTES]; /* until the next key */
	bool is_error;
	bool is_done; /* leave the loop */
	int signal;   /* that made it leave, or 0 */

	struct cancel cancel; /* of the work under way */
	bool is_working;
	bool has_given_up;	  /* somebody, in this event */
	int drawn;		  /* the view that was drawn last; -1: none was */
	VEC(struct event) ahead; /* came during the work; the loop takes them first */
};

/* Borrows everything.  views ends with NULL.  Release with ui_release(). */
bool ui_init(struct ui *ui, const struct view *const *views, const struct ui_app *app, int rows,
	     int cols, enum grid_glyphs glyphs, struct error *err);
void ui_release(struct ui *ui);

/* One event.  Nothing is drawn. */
void ui_handle(struct ui *ui, const struct event *ev);

/* Draws everything into ui->grid, opening and refreshing the view on show if need be. */
void ui_draw(struct ui *ui);

/* What actions of views and of the application use: */

void ui_message(struct ui *ui, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void ui_error(struct ui *ui, const struct error *err);

/*
 * Runs w, beside the screen where there is one.  What fails with ERR_CANCELLED was given up, which the next
 * screen says.  Work within work is part of it.
 */
bool ui_work(struct ui *ui, const struct ui_work *w, struct error *err);

/* Asks for a line; done() is told it, unless it is cancelled. */
void ui_ask(struct ui *ui, const char *label, struct str text, struct shell_history *history,
	    void (*done)(struct ui *ui, void *ctx, struct str text), void *ctx);
/* For the prompt just opened by ui_ask(). */
void ui_ask_completion(struct ui *ui, complete_fn complete, void *ctx);

/* Fill the one that ui_menu_start() gives, then ui_menu_show(); done() is told the choice. */
struct menu *ui_menu_start(struct ui *ui, const char *title);
void ui_menu_show(struct ui *ui, void (*done)(struct ui *ui, void *ctx, size_t chosen), void *ctx);

/* Write to the one that ui_page_start() gives, then ui_page_show().  what: see page_of; may be "". */
struct out *ui_page_start(struct ui *ui, const char *title, struct str what);
void ui_page_show(struct ui *ui);

/* Puts text on the clipboard, and says so. */
void ui_copy(struct ui *ui, struct str text);

/* Shows view i, or the one of that name: false if there is none. */
void ui_show_view(struct ui *ui, int i);
bool ui_show_view_named(struct ui *ui, struct str name);

/* The view on show, opened and refreshed; NULL when that fails. */
struct ui_view *ui_view(struct ui *ui);
/* All views let go of the data, which is about to change. */
void ui_drop_views(struct ui *ui);
/* What is selected there; empty if nothing. */
struct str ui_subject(struct ui *ui);

/*
 * Where in the view on show one is, what is looked for included, as text; and back: ERR_USAGE names
 * what is not understood of it.
 */
void ui_write_place(struct ui *ui, struct out *out);
bool ui_take_place(struct ui *ui, struct str place, struct error *err);

/* Lists the keys of the view on show, from the key table. */
void ui_help(struct ui *ui);

/* The area of the view as it is drawn now. */
struct area ui_body(struct ui *ui);

#endif
