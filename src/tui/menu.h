/*
 * A pop-up to choose from.
 *
 * Lives here: its items, moving, drawing.
 * Not here: what choosing does (who opened it).
 */
#ifndef TUI_MENU_H
#define TUI_MENU_H

#include "base/arena.h"
#include "base/vec.h"
#include "tui/list.h"

struct menu_item {
	struct str text;
	bool is_current; /* what holds now */
};

struct menu {
	bool is_open;
	struct arena arena; /* of the texts */
	struct str title;
	VEC(struct menu_item) item;
	struct list list;
	int cols; /* that the widest item needs */
};

/* Empties it and gives it a title; add items, then menu_open(). */
void menu_start(struct menu *m, struct str title);
/* Copies text.  Without memory the item is missing. */
void menu_add(struct menu *m, struct str text, bool is_current);
/* Shows it on g with the current item selected.  An empty one stays closed: false. */
bool menu_open(struct menu *m, const struct grid *g);
void menu_release(struct menu *m);

enum menu_result {
	MENU_OPEN,
	MENU_CHOSEN, /* list.selected */
	MENU_CANCELLED,
};


/* A key; digits choose one of the first nine. */
enum menu_result menu_key(struct menu *m, uint32_t key, struct area a);
/* The mouse; row and col of a. */
enum menu_result menu_mouse(struct menu *m, enum mouse_kind kind, int row, int col, struct area a);

void menu_draw(const struct menu *m, struct area a);

#endif
