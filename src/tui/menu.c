/*
 * A pop-up to choose from.
 *
 * Lives here: its items, moving, drawing.
 */
#include "config.h"

#include "tui/menu.h"

#include <stdio.h>

void menu_start(struct menu *m, struct str title)
{
	m->is_open = false;
	arena_reset(&m->arena);
	m->item.n = 0;
	m->title = arena_str(&m->arena, title);
	m->list = (struct list){ 0 };
}

void menu_add(struct menu *m, struct str text, bool is_current)
{
	struct menu_item item = { .text = arena_str(&m->arena, text), .is_current = is_current };

	if (!item.text.ptr || !vec_push(&m->item, item))
		return;
	if (is_current)
		m->list.selected = m->item.n - 1;
	m->list.n = m->item.n;
}

bool menu_open(struct menu *m, const struct grid *g)
{
	m->cols = grid_text_width(g, m->title) + 6;
	for (size_t i = 0; i < m->item.n; i++) {
		int width = grid_text_width(g, m->item.at[i].text) + 8;

		if (width > m->cols)
			m->cols = width;
	}
	m->is_open = m->item.n > 0;
	return m->is_open;
}

void menu_release(struct menu *m)
{
	vec_release(&m->item);
	arena_release(&m->arena);
	m->is_open = false;
}

/* Where it stands in the middle of a. */
static struct area menu_area(const struct menu *m, struct area a)
{
	int rows = m->item.n < 1000 ? (int)m->item.n + 2 : 1002;
	int cols = m->cols;

	if (rows > a.rows)
		rows = a.rows;
	if (cols > a.cols)
		cols = a.cols;
	return area_part(a, (a.rows - rows) / 2, (a.cols - cols) / 2, rows, cols);
}

enum menu_result menu_key(struct menu *m, uint32_t key, struct area a)
{
	const struct key_row *row;
	struct act act = { .count = 1 };

	if (key >= '1' && key <= '9' && key - '1' < m->item.n) {
		m->list.selected = key - '1';
		return MENU_CHOSEN;
	}
	row = key_row_find(key, KEYS_OF_MENU);
	act.action = row ? row->action : ACT_NONE;
	if (act.action == ACT_OPEN)
		return MENU_CHOSEN;
	if (act.action == ACT_CANCEL || act.action == ACT_QUIT)
		return MENU_CANCELLED;
	(void)list_act(&m->list, &act, menu_area(m, a).rows - 2, 0);
	return MENU_OPEN;
}

enum menu_result menu_mouse(struct menu *m, enum mouse_kind kind, int row, int col, struct area a)
{
	struct area box = menu_area(m, a);
	struct act act = { .count = 1, .row = row - (box.row - a.row) - 1,
			   .col = col - (box.col - a.col) };

	if (kind == MOUSE_WHEEL_UP || kind == MOUSE_WHEEL_DOWN) {
		act.action = kind == MOUSE_WHEEL_UP ? ACT_WHEEL_UP : ACT_WHEEL_DOWN;
		(void)list_act(&m->list, &act, box.rows - 2, 0);
		return MENU_OPEN;
	}
	act.action = ACT_CLICK;
	if (act.col < 0 || act.col >= box.cols || act.row < -1 || act.row >= box.rows - 1)
		return MENU_CANCELLED;
	return list_act(&m->list, &act, box.rows - 2, 0) ? MENU_CHOSEN : MENU_OPEN;
}

/* "1-18 of 23" in the lower edge, where not all items have room. */
static void draw_extent(const struct menu *m, struct area box, size_t top, int rows)
{
	char text[64];
	int n;

	if (m->item.n <= (size_t)rows)
		return;
	n = snprintf(text, sizeof(text), " %zu-%zu of %zu ", top + 1, top + (size_t)rows, m->item.n);
	if (n + 4 <= box.cols)
		grid_text(box, box.rows - 1, box.cols - n - 2, n, str_from(text), AT_POPUP);
}

void menu_draw(const struct menu *m, struct area a)
{
	struct area box = menu_area(m, a);
	int rows = box.rows - 2;
	size_t top = list_top(&m->list, rows);

	grid_fill(box, AT_POPUP);
	grid_frame(box, m->title, AT_POPUP);
	draw_extent(m, box, top, rows);
	for (int i = 0; i < rows && top + (size_t)i < m->item.n; i++) {
		size_t at = top + (size_t)i;
		const struct menu_item *item = &m->item.at[at];

		if (at < 9)
			grid_fmt(box, i + 1, 2, 1, AT_POPUP, "%d", (int)at + 1);
		if (item->is_current)
			grid_glyph(box, i + 1, 4, GLYPH_BULLET, AT_POPUP);
		grid_text(box, i + 1, 6, box.cols - 7, item->text, AT_POPUP);
		if (at == m->list.selected)
			grid_tint(box, i + 1, 1, box.cols - 2, AT_SELECTED);
	}
}
