/*
 * Traces: the heaviest distinct stacks, with their frames and labels.
 *
 * Lives here: columns, keeping the place when the data changes, the place as text.
 * Not here: rows, drawing, finding, keys (tui/traces_*.c), which stacks these are and what is known of
 * them (tui/stacks.h).
 */
#include "config.h"

#include "tui/views.h"

#include "tui/place.h"
#include "tui/traces_view.h"

#include <string.h>

static const struct column columns[N_COLUMNS] = {
	[COLUMN_VALUE] = { "value", 10, .align = ALIGN_RIGHT },
	[COLUMN_SHARE] = { "total%", 7, .rank = 1, .align = ALIGN_RIGHT },
	[COLUMN_SUM] = { "sum%", 7, .rank = COLUMN_LUXURY, .align = ALIGN_RIGHT },
	[COLUMN_DEPTH] = { "frames", 6, .rank = 2, .align = ALIGN_RIGHT },
	[COLUMN_BAR] = { "", 12, .rank = COLUMN_LUXURY + 1 },
	[COLUMN_NAME] = { "stack, from the leaf", 12, .grows = true, .good_width = 45 },
};

static bool open_traces(void *app, void **state, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct traces *t = ARENA_ZERO(&arena, struct traces, 1);

	if (!t)
		return error_nomem(err, "stacks");
	t->arena = arena;
	t->app = app;
	t->table.n_column = N_COLUMNS;
	memcpy(t->table.column, columns, sizeof(columns));
	t->table.sort_column = -1;
	*state = t;
	return true;
}

static void close_traces(void *state)
{
	struct traces *t = state;
	struct arena arena = t->arena;

	stacks_free(t->stacks);
	vec_release(&t->is_open);
	vec_release(&t->row);
	vec_release(&t->is_match);
	arena_release(&arena);
}

/* ---- Keeping the place ---- */

struct kept {
	VEC(uint64_t) open; /* hashes of stacks */
	uint64_t selected;
	size_t above;
	bool is_any;
};

static bool keep(struct kept *k, const struct traces *t)
{
	const struct list *l = &t->table.list;
	const struct stack *s = traces_stack_of(t, traces_selected(t));

	k->is_any = s != NULL;
	k->selected = s ? s->hash : 0;
	k->above = l->selected > l->top ? l->selected - l->top : 0;
	for (size_t i = 0; t->stacks && i < t->stacks->n; i++)
		if (t->is_open.at[i] && !vec_push(&k->open, t->stacks->stack[i].hash))
			return false;
	return true;
}

static bool was_open(const struct kept *k, uint64_t hash)
{
	for (size_t i = 0; i < k->open.n; i++)
		if (k->open.at[i] == hash)
			return true;
	return false;
}

static bool restore_kept(struct traces *t, const struct kept *k, struct error *err)
{
	struct list *l = &t->table.list;

	t->row.n = 0;
	*l = (struct list){ .n = 0 };
	t->is_open.n = 0;
	if (!vec_reserve(&t->is_open, t->stacks->n + 1))
		return error_nomem(err, "stacks");
	memset(t->is_open.at, 0, t->stacks->n + 1);
	t->is_open.n = t->stacks->n;
	for (uint32_t i = 0; i < t->stacks->n && k->open.n; i++)
		if (was_open(k, t->stacks->stack[i].hash) && !traces_open_stack(t, i, err))
			return false;
	if (!traces_show_rows(t, err))
		return false;
	for (uint32_t i = 0; k->is_any && i < t->stacks->n; i++)
		if (t->stacks->stack[i].hash == k->selected) {
			l->selected = traces_find_row(t, i);
			l->top = l->selected > k->above ? l->selected - k->above : 0;
			break;
		}
	return true;
}

static bool rebuild(struct traces *t, const struct kept *k, struct error *err)
{
	const struct report_input *in = app_apart(t->app, err);
	struct stacks *s = in ? stacks_new(in, err) : NULL;

	if (!s)
		return false;
	stacks_free(t->stacks);
	t->stacks = s;
	t->match_id = 0;
	app_scaler(in, &t->scaler);
	t->total = in->total;
	t->has_sides = app_is_diff(t->app) && !in->is_mean;
	t->is_diff = s->is_diff || app_is_diff(t->app);
	return restore_kept(t, k, err);
}

static bool refresh(void *state, struct error *err)
{
	struct traces *t = state;
	struct kept k = { .open = VEC_INIT };
	bool ok = keep(&k, t) || error_nomem(err, "stacks");

	ok = ok && rebuild(t, &k, err);
	vec_release(&k.open);
	return ok;
}

/* ---- The place as text ---- */

static void write_place(const void *state, struct out *out)
{
	const struct traces *t = state;

	place_write_flags(out, "open", t->is_open.at, t->is_open.n);
	place_write_rows(out, &t->table.list);
}

static bool take_place(void *state, struct str name, struct str value, struct error *err)
{
	struct traces *t = state;
	struct place_list list = place_list_of(value);
	uint64_t i;

	if (!str_eq(name, STR("open")))
		return place_take_rows(&t->table.list, name, value);
	while (place_list_next(&list, &i) && i < t->stacks->n)
		if (!traces_open_stack(t, (uint32_t)i, err))
			return false;
	return traces_show_rows(t, err);
}

const struct view view_traces = {
	.name = "traces",
	.title = "Traces",
	.summary = "the heaviest distinct stacks, with their frames and labels",
	.open = open_traces,
	.refresh = refresh,
	.close = close_traces,
	.enter = traces_enter,
	.draw = traces_draw,
	.act = traces_act,
	.status = traces_draw_status,
	.subject = traces_subject,
	.write_place = write_place,
	.take_place = take_place,
	.search = traces_search,
};
