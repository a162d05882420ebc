/*
 * A pane of text.
 *
 * Lives here: lines, moving through them and sideways, searching, drawing.
 */
#include "config.h"

#include "tui/pager.h"

#include <stdio.h>

enum { SHIFT_CELLS = 8 };

struct out *pager_start(struct pager *p, const char *title)
{
	pager_close(p);
	(void)snprintf(p->name, sizeof(p->name), "%s", title);
	p->title = str_from(p->name);
	out_open_memory(&p->text);
	p->has_text = true;
	return &p->text;
}

bool pager_open(struct pager *p)
{
	struct str text = out_text(&p->text), line;

	if (p->text.is_broken)
		return false;
	while (text.len) {
		(void)str_cut(text, '\n', &line, &text);
		if (!vec_push(&p->line, line))
			return false;
	}
	p->list = (struct list){ .n = p->line.n };
	p->shift = 0;
	p->match = 0;
	p->is_open = true;
	return true;
}

void pager_close(struct pager *p)
{
	if (p->has_text)
		out_release(&p->text);
	p->has_text = false;
	p->line.n = 0;
	p->is_open = false;
}

void pager_release(struct pager *p)
{
	pager_close(p);
	vec_release(&p->line);
}

/* Rolls the text so that line `top` is the first; there is no selected line. */
static void show_from(struct pager *p, size_t top, int rows)
{
	size_t page = rows > 0 ? (size_t)rows : 1;
	size_t last = p->list.n > page ? p->list.n - page : 0;

	p->list.top = p->list.selected = top < last ? top : last;
}

static size_t step(size_t at, bool back, size_t by)
{
	if (back)
		return at > by ? at - by : 0;
	return at + by;
}

bool pager_act(struct pager *p, const struct act *act)
{
	int rows = act->area.rows;
	size_t page = rows > 0 ? (size_t)rows : 1, top = p->list.top, n = act->count;

	switch (act->action) {
	case ACT_UP:
	case ACT_DOWN:
		show_from(p, step(top, act->action == ACT_UP, n), rows);
		return true;
	case ACT_WHEEL_UP:
	case ACT_WHEEL_DOWN:
		show_from(p, step(top, act->action == ACT_WHEEL_UP, 3), rows);
		return true;
	case ACT_PAGE_UP:
	case ACT_PAGE_DOWN:
		show_from(p, step(top, act->action == ACT_PAGE_UP, n * page), rows);
		return true;
	case ACT_HALF_UP:
	case ACT_HALF_DOWN:
		show_from(p, step(top, act->action == ACT_HALF_UP, n * ((page + 1) / 2)), rows);
		return true;
	case ACT_FIRST:
		show_from(p, 0, rows);
		return true;
	case ACT_LAST:
		show_from(p, act->has_count ? n - 1 : SIZE_MAX, rows);
		return true;
	case ACT_LEFT:
		p->shift = p->shift > SHIFT_CELLS ? p->shift - SHIFT_CELLS : 0;
		return true;
	case ACT_RIGHT:
		p->shift += p->shift < 100000 ? SHIFT_CELLS : 0;
		return true;
	default:
		return false;
	}
}

bool pager_search(struct pager *p, const struct regex *re, bool back, int rows)
{
	size_t n = p->line.n, at = p->match ? p->match - 1 : p->list.top;

	if (!p->match) /* the first search looks at the first line shown too */
		at = back ? at + 1 : at + n - 1;
	for (size_t i = 0; i < n; i++) {
		at = (at + (back ? n - 1 : 1)) % n;
		if (!regex_match(re, p->line.at[at]))
			continue;
		p->match = at + 1;
		if (at < p->list.top || at >= p->list.top + (size_t)(rows > 0 ? rows : 1))
			show_from(p, at, rows);
		return true;
	}
	return false;
}

void pager_draw(const struct pager *p, const struct regex *search, struct area a)
{
	for (int i = 0; i < a.rows && p->list.top + (size_t)i < p->line.n; i++) {
		size_t at = p->list.top + (size_t)i;
		struct str s = p->line.at[at];

		grid_source(a, i, 0, a.cols, s, p->shift, AT_TEXT);
		if (search && regex_match(search, s))
			grid_tint(a, i, 0, a.cols,
				  at + 1 == p->match ? AT_SELECTED : AT_MATCH);
	}
}
