/*
 * Traces: the heaviest distinct stacks.
 *
 * Lives here: rows: stacks, and the labels and frames of those that are open.
 */
#include "config.h"

#include "tui/traces_view.h"

const struct traces_row *traces_selected(const struct traces *t)
{
	return t->row.n ? &t->row.at[t->table.list.selected] : NULL;
}

/* NULL for the row about all the others. */
const struct stack *traces_stack_of(const struct traces *t, const struct traces_row *r)
{
	return r && r->kind != ROW_MORE ? &t->stacks->stack[r->stack] : NULL;
}

static size_t detail_rows(const struct stack *s)
{
	return s->detail ? s->detail->n_label + s->detail->n_frame : 0;
}

static void add_row(struct traces *t, uint32_t stack, uint32_t at, enum traces_kind kind)
{
	t->row.at[t->row.n++] = (struct traces_row){ stack, at, kind };
}

static void add_stack(struct traces *t, uint32_t i)
{
	const struct stack_detail *d = t->stacks->stack[i].detail;

	add_row(t, i, 0, ROW_STACK);
	if (!t->is_open.at[i] || !d)
		return;
	for (uint32_t k = 0; k < d->n_label; k++)
		add_row(t, i, k, ROW_LABEL);
	for (uint32_t k = 0; k < d->n_frame; k++)
		add_row(t, i, k, ROW_FRAME);
}

size_t traces_find_row(const struct traces *t, uint32_t stack)
{
	for (size_t i = 0; i < t->row.n; i++)
		if (t->row.at[i].kind == ROW_STACK && t->row.at[i].stack == stack)
			return i;
	return 0;
}

/* Makes the rows anew; what was selected stays so, as far as it is still there. */
bool traces_show_rows(struct traces *t, struct error *err)
{
	const struct traces_row *r = traces_selected(t);
	struct list *l = &t->table.list;
	struct traces_row was = r ? *r : (struct traces_row){ 0, 0, ROW_STACK };
	size_t n = 1, above = l->selected > l->top ? l->selected - l->top : 0, at;
	size_t inside = r ? l->selected - traces_find_row(t, was.stack) : 0;

	for (size_t i = 0; i < t->stacks->n; i++)
		n += 1 + (t->is_open.at[i] ? detail_rows(&t->stacks->stack[i]) : 0);
	if (n > t->row.n && !vec_reserve(&t->row, n - t->row.n))
		return error_nomem(err, "stacks");
	t->row.n = 0;
	for (uint32_t i = 0; i < t->stacks->n; i++)
		add_stack(t, i);
	if (t->stacks->n_more)
		add_row(t, 0, 0, ROW_MORE);
	list_resize(l, t->row.n);
	at = was.kind == ROW_MORE ? t->row.n : traces_find_row(t, was.stack);
	if (was.kind != ROW_MORE && was.stack < t->stacks->n && t->is_open.at[was.stack])
		at += inside;
	l->selected = at < t->row.n ? at : t->row.n ? t->row.n - 1 : 0;
	l->top = l->selected > above ? l->selected - above : 0;
	return true;
}

bool traces_open_stack(struct traces *t, uint32_t i, struct error *err)
{
	if (!stacks_look_at(t->stacks, i, err))
		return false;
	t->is_open.at[i] = 1;
	return true;
}
