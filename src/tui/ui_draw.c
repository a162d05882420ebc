/*
 * Drawing all but the views.
 *
 * Lives here: what stands where; tabs, status line, footer.
 */
#include "config.h"

#include "tui/internal.h"

#include "tui/ui.h"

#include <string.h>

/* Where things stand. */
struct layout {
	struct area tabs, crumbs, body, status, footer;
};

/* Low screens give up the footer, then the crumbs. */
static struct layout layout_of(struct grid *g)
{
	struct layout l;

	l.body = grid_area(g);
	l.tabs = area_cut_top(&l.body, 1);
	l.footer = area_cut_bottom(&l.body, g->rows >= 10 ? 1 : 0);
	l.status = area_cut_bottom(&l.body, 1);
	l.crumbs = area_cut_top(&l.body, g->rows >= 8 ? 1 : 0);
	return l;
}

struct area ui_status_of(struct grid *g)
{
	return layout_of(g).status;
}

struct area ui_body(struct ui *ui)
{
	return layout_of(&ui->grid).body;
}

struct area ui_crumbs(struct ui *ui)
{
	return layout_of(&ui->grid).crumbs;
}

/* Cells of tab i: " 1 Top ", or " 1 " where there is no room for titles. */
static int tab_width(const struct ui *ui, int i, bool has_titles)
{
	return 3 + (has_titles || i == ui->shown ? 1 + (int)strlen(ui->view[i].view->title) : 0);
}

static bool has_titles(const struct ui *ui)
{
	int sum = 0;

	for (int i = 0; i < ui->n_view; i++)
		sum += tab_width(ui, i, true);
	return sum <= ui->grid.cols;
}

/* The first tab that is drawn: where all of them do not fit, those on the left make room for the one on show. */
static int first_tab(const struct ui *ui, bool titles)
{
	int first = ui->shown, left = ui->grid.cols - tab_width(ui, ui->shown, titles);

	while (first > 0 && left >= tab_width(ui, first - 1, titles))
		left -= tab_width(ui, --first, titles);
	return first;
}

int ui_tab_at(struct ui *ui, int row, int col)
{
	bool titles = has_titles(ui);
	int at = 0;

	if (row != 0)
		return -1;
	for (int i = first_tab(ui, titles); i < ui->n_view; i++) {
		int width = tab_width(ui, i, titles);

		if (col >= at && col < at + width)
			return i;
		at += width;
	}
	return -1;
}

static void draw_tabs(const struct ui *ui, struct area a)
{
	bool titles = has_titles(ui);
	int at = 0;

	grid_fill(a, AT_TAB);
	for (int i = first_tab(ui, titles); i < ui->n_view; i++) {
		bool is_shown = i == ui->shown;
		struct attr attr = is_shown ? AT_TAB_CHOSEN : AT_TAB;
		int width = tab_width(ui, i, titles);

		grid_fmt(a, 0, at + 1, width, attr, "%d", i + 1);
		if (titles || is_shown)
			grid_text(a, 0, at + 3, width - 3, str_from(ui->view[i].view->title), attr);
		if (is_shown)
			grid_tint(a, 0, at, width, attr);
		at += width;
	}
}

/* Cells of "? help". */
static int hint_width(struct area a, const struct key_row *r)
{
	char name[KEY_NAME_SIZE];

	key_text(r->key[0], name);
	return grid_text_width(a.grid, str_from(name)) + 1 + (int)strlen(r->label);
}

static void draw_hint(struct area a, int col, const struct key_row *r)
{
	char name[KEY_NAME_SIZE];

	key_text(r->key[0], name);
	col += grid_text(a, 0, col, a.cols, str_from(name), AT_BAR_KEY) + 1;
	grid_text(a, 0, col, a.cols, str_from(r->label), AT_BAR_LINE);
}

/* Whose keys hold: those of what lies over the view, if anything does. */
static const char *whose_keys(const struct ui *ui)
{
	if (ui->prompt.is_open)
		return KEYS_OF_PROMPT;
	if (ui->menu.is_open)
		return KEYS_OF_MENU;
	return ui->pager.is_open ? KEYS_OF_TEXT : ui->view[ui->shown].view->name;
}

/* Does the footer name this key now? */
static bool is_offered(const struct ui *ui, const struct key_row *r)
{
	if (!r->label || key_row_find(r->key[0], whose_keys(ui)) != r)
		return false;
	if (ui->prompt.is_open)
		return r->view && prompt_offers(&ui->prompt, r->action);
	if (ui->menu.is_open)
		return r->view != NULL;
	return ui_is_useful(r, ui->pager.is_open ? NULL : ui->view[ui->shown].view);
}

static const enum action last_hints[] = { ACT_CANCEL, ACT_QUIT, ACT_HELP };

static bool is_last_hint(const struct key_row *r)
{
	for (size_t i = 0; i < sizeof(last_hints) / sizeof(last_hints[0]); i++)
		if (r->action == last_hints[i])
			return true;
	return false;
}

/* How to get help and how to get out: always there, on the right. */
static struct area draw_last_hints(const struct ui *ui, struct area a)
{
	for (size_t i = 0; i < sizeof(last_hints) / sizeof(last_hints[0]); i++)
		for (const struct key_row *r = key_table; r->action != ACT_NONE; r++)
			if (r->action == last_hints[i] && is_offered(ui, r))
				draw_hint(area_cut_right(&a, hint_width(a, r) + 2), 0, r);
	return a;
}

/* Keys that matter here, as many as there is room for; those of the view first. */
static void draw_footer(const struct ui *ui, struct area a)
{
	int at = 1;

	grid_fill(a, AT_BAR_LINE);
	a = draw_last_hints(ui, a);
	for (const struct key_row *r = key_table; r->action != ACT_NONE; r++) {
		if (!is_offered(ui, r) || is_last_hint(r) || at + hint_width(a, r) >= a.cols)
			continue;
		draw_hint(a, at, r);
		at += hint_width(a, r) + 2;
	}
}

static void draw_status(struct ui *ui, struct ui_view *v, struct area a)
{
	grid_fill(a, AT_TEXT);
	if (ui->message[0])
		grid_text(a, 0, 0, a.cols, str_from(ui->message), ui->is_error ? AT_ERROR : AT_BOLD);
	else if (ui->keys.has_count)
		grid_fmt(a, 0, 0, a.cols, AT_BOLD, "count: %u", (unsigned)ui->keys.count);
	else if (ui->keys.wants)
		grid_text(a, 0, 0, a.cols,
			  ui->keys.wants == ACT_MARK ? STR("set which mark? a to z")
						     : STR("to which mark? a to z"),
			  AT_BOLD);
	else if (ui->pager.is_open)
		grid_fmt(a, 0, 0, a.cols, AT_DIM, "%s: line %zu of %zu; q closes", ui->pager.name,
			 ui->pager.line.n ? ui->pager.list.top + 1 : 0, ui->pager.line.n);
	else if (v && v->view->status)
		v->view->status(v->state, a);
}

static void draw_body(struct ui *ui, struct ui_view *v, struct area a, const struct search *search)
{
	if (ui->pager.is_open) {
		pager_draw(&ui->pager, ui->search, a);
		return;
	}
	if (v)
		v->view->draw(v->state, a, search);
	else
		grid_text(a, 0, 0, a.cols, str_from(ui->view[ui->shown].err.msg), AT_ERROR);
}

struct preparing {
	const struct ui_view *v;
	struct area body;
	const struct search *search;
};

static bool prepare(void *ctx, struct error *err)
{
	const struct preparing *p = ctx;

	return p->v->view->prepare(p->v->state, p->body, p->search, err);
}

/* The view on show, ready to be drawn; NULL when that fails. */
static struct ui_view *ready_view(struct ui *ui, struct area body, const struct search *search)
{
	struct ui_view *v = ui_view(ui);
	struct preparing p = { .v = v, .body = body, .search = search };
	struct ui_work w = { .what = ui->view[ui->shown].view->title, .run = prepare, .ctx = &p };
	struct error err = ERROR_INIT;

	if (!v || !v->view->prepare || ui_work(ui, &w, &err))
		return v;
	if (err.code == ERR_CANCELLED && ui_go_back(ui))
		return ready_view(ui, body, search);
	ui_error(ui, &err);
	return NULL;
}

static void note_drawn(struct ui *ui, bool is_drawn)
{
	if (ui->has_given_up)
		ui_message(ui, "given up");
	ui->has_given_up = false;
	if (!is_drawn)
		return;
	ui->drawn = ui->shown;
	if (ui->app.drawn)
		ui->app.drawn(ui->app.ctx);
}

void ui_draw(struct ui *ui)
{
	struct layout l = layout_of(&ui->grid);
	struct search search = ui_search(ui);
	struct ui_view *v = ready_view(ui, l.body, &search);

	note_drawn(ui, v != NULL);
	grid_clear(&ui->grid);
	if (ui->grid.cols < UI_MIN_COLS || ui->grid.rows < UI_MIN_ROWS) {
		grid_fmt(grid_area(&ui->grid), 0, 0, ui->grid.cols, AT_TEXT,
			 "needs %dx%d cells", UI_MIN_COLS, UI_MIN_ROWS);
		return;
	}
	draw_tabs(ui, l.tabs);
	if (ui->app.crumbs && l.crumbs.rows)
		ui->app.crumbs(ui->app.ctx, l.crumbs);
	draw_body(ui, v, l.body, &search);
	draw_status(ui, v, l.status);
	if (l.footer.rows)
		draw_footer(ui, l.footer);
	if (ui->menu.is_open)
		menu_draw(&ui->menu, l.body);
	if (ui->prompt.is_open) {
		struct area whole = grid_area(&ui->grid);

		(void)area_cut_bottom(&whole, l.footer.rows);
		prompt_draw(&ui->prompt, whole);
	}
}
