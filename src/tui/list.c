/*
 * A list that scrolls.
 *
 * Lives here: moving.
 */
#include "config.h"

#include "tui/list.h"

enum { WHEEL_ROWS = 3 };

size_t list_top(const struct list *l, int rows)
{
	size_t page = rows > 0 ? (size_t)rows : 1;
	size_t top = l->top;

	if (l->selected < top)
		top = l->selected;
	if (l->selected >= top + page)
		top = l->selected - page + 1;
	if (top + page > l->n)
		top = l->n > page ? l->n - page : 0;
	return top;
}

void list_select(struct list *l, size_t row, int rows)
{
	if (row >= l->n)
		row = l->n ? l->n - 1 : 0;
	l->selected = row;
	l->top = list_top(l, rows);
}

void list_centre(struct list *l, int rows)
{
	size_t page = rows > 0 ? (size_t)rows : 1;

	if (l->selected < l->top || l->selected >= l->top + page)
		l->top = l->selected > page / 2 ? l->selected - page / 2 : 0;
	l->top = list_top(l, rows);
}

void list_resize(struct list *l, size_t n)
{
	l->n = n;
	if (l->selected >= n)
		l->selected = n ? n - 1 : 0;
	if (l->top >= n)
		l->top = l->selected;
}

bool list_row_at(const struct list *l, const struct act *act, int rows, int head_rows, size_t *row)
{
	int at = act->row - head_rows;

	if (at < 0 || at >= rows)
		return false;
	*row = list_top(l, rows) + (size_t)at;
	return *row < l->n;
}

/* Rolls what is shown; the selected row goes along only when it would leave the screen. */
static void scroll(struct list *l, bool up, size_t by, int rows)
{
	size_t page = rows > 0 ? (size_t)rows : 1;
	size_t top = list_top(l, rows), last = l->n > page ? l->n - page : 0;

	if (up)
		top = top > by ? top - by : 0;
	else
		top = top + by < last ? top + by : last;
	if (l->selected < top)
		l->selected = top;
	if (l->selected >= top + page)
		l->selected = top + page - 1;
	l->top = top;
}

static size_t moved(const struct list *l, bool up, size_t by)
{
	if (up)
		return l->selected > by ? l->selected - by : 0;
	return l->selected + by;
}

/* A page: what was at one edge comes to the other. */
static void turn_page(struct list *l, bool up, size_t by, int rows)
{
	size_t page = rows > 0 ? (size_t)rows : 1;
	size_t top = list_top(l, rows), last = l->n > page ? l->n - page : 0;

	if (up)
		l->top = top > by ? top - by : 0;
	else
		l->top = top + by < last ? top + by : last;
	list_select(l, moved(l, up, by), rows);
}

/* NULL: no letter for a mark. */
static size_t *mark_of(struct list *l, uint32_t letter)
{
	if (letter == '\'')
		return &l->mark[LIST_MARKS - 1];
	return letter >= 'a' && letter <= 'z' ? &l->mark[letter - 'a'] : NULL;
}

static void set_mark(struct list *l, uint32_t letter)
{
	size_t *mark = mark_of(l, letter);

	if (mark)
		*mark = l->selected + 1;
}

/* To a row far away: ' brings back. */
static void leap(struct list *l, size_t row, int rows)
{
	set_mark(l, '\'');
	list_select(l, row, rows);
}

static void jump_to_mark(struct list *l, uint32_t letter, int rows)
{
	size_t *mark = mark_of(l, letter);

	if (mark && *mark)
		leap(l, *mark - 1, rows);
}

static bool act_mouse(struct list *l, const struct act *act, int rows, int head_rows)
{
	size_t row;

	switch (act->action) {
	case ACT_CLICK:
	case ACT_DOUBLE_CLICK:
		if (!list_row_at(l, act, rows, head_rows, &row))
			return false;
		list_select(l, row, rows);
		return true;
	case ACT_WHEEL_UP:
	case ACT_WHEEL_DOWN:
		scroll(l, act->action == ACT_WHEEL_UP, WHEEL_ROWS, rows);
		return true;
	default:
		return false;
	}
}

bool list_search(struct list *l, int rows, struct str (*text)(const void *data, size_t row),
		 const void *data, const struct regex *re, enum search_step step)
{
	size_t n = l->n, at = l->selected;

	for (size_t i = 0; i < n; i++) {
		size_t row = step == SEARCH_HERE ? (at + i) % n
			     : step == SEARCH_NEXT ? (at + i + 1) % n
						   : (at + n - i - 1) % n;

		if (regex_match(re, text(data, row))) {
			list_select(l, row, rows);
			return true;
		}
	}
	return false;
}

bool list_act(struct list *l, const struct act *act, int rows, int head_rows)
{
	size_t count = act->count, page = rows > 0 ? (size_t)rows : 1, top = list_top(l, rows);
	size_t bottom = top + page - 1 < l->n ? top + page - 1 : l->n ? l->n - 1 : 0;

	switch (act->action) {
	case ACT_UP:
	case ACT_DOWN:
		list_select(l, moved(l, act->action == ACT_UP, count), rows);
		return true;
	case ACT_PAGE_UP:
	case ACT_PAGE_DOWN:
		turn_page(l, act->action == ACT_PAGE_UP, page * count, rows);
		return true;
	case ACT_HALF_UP:
	case ACT_HALF_DOWN:
		turn_page(l, act->action == ACT_HALF_UP, (page + 1) / 2 * count, rows);
		return true;
	case ACT_FIRST:
		leap(l, 0, rows);
		return true;
	case ACT_LAST:
		leap(l, act->has_count ? count - 1 : SIZE_MAX, rows);
		return true;
	case ACT_TOP_ROW:
		list_select(l, top, rows);
		return true;
	case ACT_MIDDLE_ROW:
		list_select(l, top + (bottom - top) / 2, rows);
		return true;
	case ACT_BOTTOM_ROW:
		list_select(l, bottom, rows);
		return true;
	case ACT_MARK:
		set_mark(l, act->letter);
		return true;
	case ACT_JUMP:
		jump_to_mark(l, act->letter, rows);
		return true;
	default:
		return act_mouse(l, act, rows, head_rows);
	}
}
