/*
 * Traces: the heaviest distinct stacks.
 *
 * Lives here: searching, and going to a function.
 */
#include "config.h"

#include "tui/traces_view.h"

enum { ROWS_ABOVE = 6 }; /* a stack that the view is opened for */

struct str traces_subject(const void *state)
{
	const struct traces *t = state;
	const struct traces_row *r = traces_selected(t);
	const struct stack *s = traces_stack_of(t, r);

	if (!s || (s->leaf == ROW_NONE && r->kind != ROW_FRAME))
		return STR_EMPTY;
	return r->kind == ROW_FRAME ? s->detail->frame[r->at]->name : traces_leaf(t, s);
}

static bool match_frames(struct traces *t, const struct search *search)
{
	const struct flame *f = t->stacks->flame;

	if (t->match_id == search->id)
		return true;
	t->is_match.n = 0;
	if (!vec_reserve(&t->is_match, f->n_frame + 1))
		return false;
	flame_match(f, search->regex, t->is_match.at);
	t->match_id = search->id;
	return true;
}

static bool stack_matches(const struct traces *t, const struct stack *s)
{
	struct flame_item item = flame_walk(t->stacks->flame, s->stack_row);
	uint32_t frame;

	while (flame_walk_next(t->stacks->flame, &item, &frame))
		if (t->is_match.at[frame])
			return true;
	return false;
}

/* A closed stack matches with any of its frames, an open one frame by frame. */
static bool row_matches(const struct traces *t, size_t at, const struct regex *re)
{
	const struct traces_row *r = &t->row.at[at];
	const struct stack *s = &t->stacks->stack[r->stack];

	switch (r->kind) {
	case ROW_STACK:
		return !t->is_open.at[r->stack] && stack_matches(t, s);
	case ROW_LABEL:
		return regex_match(re, s->detail->label[r->at].text);
	case ROW_FRAME:
		return regex_match(re, s->detail->frame[r->at]->name);
	case ROW_MORE:
		return false;
	}
	return false;
}

bool traces_search(void *state, const struct act *where, const struct search *what,
		   enum search_step step)
{
	struct traces *t = state;
	struct list *l = &t->table.list;
	size_t n = l->n, at = l->selected;

	if (!match_frames(t, what))
		return false;
	for (size_t i = 0; i < n; i++) {
		size_t row = step == SEARCH_HERE   ? (at + i) % n
			     : step == SEARCH_NEXT ? (at + i + 1) % n
						   : (at + n - i - 1) % n;

		if (row_matches(t, row, what->regex)) {
			list_select(l, row, table_rows(where->area));
			return true;
		}
	}
	return false;
}

/* The frame of a function on the i-th stack, as a place from the leaf; -1: it is not there. */
static int64_t find_frame(const struct traces *t, size_t i, struct str function)
{
	const struct flame *f = t->stacks->flame;
	struct flame_item item = flame_walk(f, t->stacks->stack[i].stack_row);
	uint32_t frame;

	for (int64_t at = 0; flame_walk_next(f, &item, &frame); at++)
		if (str_eq(f->frame[frame].text, function) ||
		    str_eq(strtab_get(f->strings, f->frame[frame].name), function))
			return at;
	return -1;
}

/* To the function on the heaviest stack that it is on, unless it is selected already. */
bool traces_enter(void *state, struct str function, struct error *err)
{
	struct traces *t = state;
	struct list *l = &t->table.list;
	int64_t at = -1;
	uint32_t i;

	if (str_eq(function, traces_subject(t)))
		return true;
	for (i = 0; i < t->stacks->n && (at = find_frame(t, i, function)) < 0; i++)
		;
	if (at < 0)
		return true;
	/* The leaf is what the stack itself shows. */
	if (at > 0 && (!traces_open_stack(t, i, err) || !traces_show_rows(t, err)))
		return false;
	l->selected = traces_find_row(t, i);
	l->top = l->selected > ROWS_ABOVE ? l->selected - ROWS_ABOVE : 0;
	if (at > 0 && (size_t)at < t->stacks->stack[i].detail->n_frame)
		l->selected += 1 + t->stacks->stack[i].detail->n_label + (size_t)at;
	return true;
}
