/*
 * What is behind the screen: one profile, the options chosen for it, and what follows from them.
 *
 * Lives here: states and snapshots.
 */
#include "config.h"

#include "tui/app.h"

#include "tui/views.h"

#include <string.h>

static void drop_snapshot(struct app *a)
{
	app_drop_sides(a);
	app_drop_flames(a);
	graph_free(a->graph);
	a->graph = NULL;
	if (a->snapshot)
		analysis_view_release(a->snapshot);
	a->snapshot = NULL;
	out_release(&a->notice);
	out_open_memory(&a->notice);
}

/* One that is being made, beside the one there is. */
struct making {
	struct app *a;
	const struct options *options;
	struct analysis_view *made;
	struct out notice;
};

static bool make_snapshot(void *ctx, struct error *err)
{
	struct making *m = ctx;
	struct app *a = m->a;

	m->made = &a->snapshot_room[a->snapshot == a->snapshot_room];
	out_open_memory(&m->notice);
	if (analysis_view_init(m->made, a->profile, m->options, report_find(STR("top")), STR_EMPTY, &m->notice,
			       a->cancel, err))
		return true;
	out_release(&m->notice);
	return false;
}

/* It takes the place of the one there was. */
static void take_snapshot(struct app *a, const struct making *m)
{
	drop_snapshot(a);
	a->snapshot = m->made;
	a->snapshot->in.sums = a->sums;
	a->snapshot_generation = a->generation;
	a->notice = m->notice;
}

static void forget_made(struct making *m)
{
	analysis_view_release(m->made);
	out_release(&m->notice);
}

bool app_init(struct app *a, const struct profile *p, const struct arguments *arguments,
	      struct error *err)
{
	struct str source = arguments->source.v.n ? arguments->source.v.at[0] : STR_EMPTY;
	struct options first;
	struct app_state state = { .place = VEC_INIT };

	*a = (struct app){ .profile = p, .arguments = arguments, .generation = 1, .n_generation = 1 };
	a->sums = graph_sums_new(p);
	a->title = str_from_offset(source, (size_t)(str_rfind_char(source, '/') + 1));
	out_open_memory(&a->notice);
	if (!options_copy(&first, &arguments->options, err))
		return false;
	if (!vec_push(&a->options, first)) {
		options_release(&first);
		return error_nomem(err, "options");
	}
	if (!vec_push(&a->state, state)) {
		app_release(a);
		return error_nomem(err, "options");
	}
	return true;
}

void app_release(struct app *a)
{
	drop_snapshot(a);
	graph_sums_free(a->sums);
	a->sums = NULL;
	out_release(&a->notice);
	for (size_t i = 0; i < a->state.n; i++)
		vec_release(&a->state.at[i].place);
	vec_release(&a->state);
	for (size_t i = 0; i < a->options.n; i++)
		options_release(&a->options.at[i]);
	vec_release(&a->options);
	vec_release(&a->current);
}

static uint64_t generation(void *ctx)
{
	return ((struct app *)ctx)->generation;
}

const struct report_input *app_input(struct app *a, struct error *err)
{
	struct making m = { .a = a, .options = app_options(a) };

	if (a->snapshot_generation != a->generation) {
		error_clear(&a->snapshot_err);
		if (make_snapshot(&m, &a->snapshot_err)) {
			take_snapshot(a, &m);
		} else if (a->snapshot_err.code != ERR_CANCELLED) {
			drop_snapshot(a);
			a->snapshot_generation = a->generation;
		}
	}
	if (a->snapshot && a->snapshot_generation == a->generation)
		return &a->snapshot->in;
	*err = a->snapshot_err;
	return NULL;
}

struct graph *app_whole_graph(const struct report_input *in, struct error *err)
{
	struct report_input all = *in;

	all.nodecount = 0;
	all.nodefraction = all.edgefraction = 0;
	return report_graph(&all, GRAPH_NO_EDGES | GRAPH_KEEP_STACKS, err);
}

const struct graph *app_graph(struct app *a, struct error *err)
{
	const struct report_input *in = app_input(a, err);

	if (in && !a->graph)
		a->graph = app_whole_graph(in, err);
	return in ? a->graph : NULL;
}

void app_scaler(const struct report_input *in, struct measure_scaler *s)
{
	struct str unit = str_eq(in->output_unit, STR("minimum")) ? STR("auto") : in->output_unit;

	measure_scaler_init(s, in->sample_unit, unit);
	s->ratio = in->ratio;
}

uint32_t app_find_node(const struct graph *g, struct str name)
{
	for (uint32_t i = 0; i < g->n_list; i++)
		if (str_eq(graph_name(g, g->list[i]), name))
			return g->list[i];
	for (uint32_t i = 0; i < g->n_list; i++)
		if (str_eq(graph_text(g, graph_info(g, g->list[i])->name), name))
			return g->list[i];
	return ROW_NONE;
}

/* Without memory there is none. */
static void set_current(struct app *a, struct str name)
{
	if (str_eq(name, app_current(a)))
		return;
	a->current.n = 0;
	if (!vec_reserve(&a->current, name.len))
		return;
	memcpy(a->current.at, name.ptr, name.len);
	a->current.n = name.len;
}

void app_choose(struct app *a, const struct ui *ui, struct str function)
{
	set_current(a, function);
	a->choice_told[ui->shown] = ++a->choice;
}

/* Everything behind `now` is forgotten. */
static void forget_redo(struct app *a)
{
	while (a->state.n > a->now + 1)
		vec_release(&a->state.at[--a->state.n].place);
	while (a->options.n > a->state.at[a->now].options_row + 1)
		options_release(&a->options.at[--a->options.n]);
}

static void forget_oldest(struct app *a)
{
	size_t gone;

	vec_release(&a->state.at[0].place);
	a->state.n--;
	a->now--;
	a->drawn -= a->drawn > 0;
	memmove(a->state.at, a->state.at + 1, a->state.n * sizeof(*a->state.at));
	gone = a->state.at[0].options_row;
	for (size_t i = 0; i < gone; i++)
		options_release(&a->options.at[i]);
	a->options.n -= gone;
	memmove(a->options.at, a->options.at + gone, a->options.n * sizeof(*a->options.at));
	for (size_t i = 0; i < a->state.n; i++)
		a->state.at[i].options_row -= gone;
}

/* A new state, the present one. */
static bool push_state(struct app *a, int view, size_t options_row, struct error *err)
{
	struct app_state next = { .options_row = options_row, .view = view, .place = VEC_INIT };

	if (!vec_push(&a->state, next))
		return error_nomem(err, "options");
	a->now++;
	if (a->state.n > APP_STATES)
		forget_oldest(a);
	return true;
}

static bool is_ready(const struct app *a, const struct ui_view *v)
{
	return v->state && v->is_fresh && v->generation == a->generation;
}

/* The place in a view as text; empty when it has none. */
static void save_place(const struct app *a, struct ui *ui, int view, struct out *out)
{
	const struct ui_view *v = view == ui->shown ? ui_view(ui) : &ui->view[view];

	if (v && is_ready(a, v) && v->view->save)
		v->view->save(v->state, out);
}

static void keep_place(struct app_state *s, struct str place)
{
	s->place.n = 0;
	if (place.len && vec_reserve(&s->place, place.len)) {
		memcpy(s->place.at, place.ptr, place.len);
		s->place.n = place.len;
	}
}

/* Another view, or another place in it, is a state of its own. */
static void note_place(struct app *a, struct ui *ui, int view)
{
	struct app_state *s = &a->state.at[a->now];
	struct error ignored = ERROR_INIT;
	struct out place;

	a->is_undecided = false;
	out_open_memory(&place);
	save_place(a, ui, view, &place);
	if (s->view != view ||
	    !str_eq(out_text(&place), (struct str){ s->place.at, s->place.n })) {
		forget_redo(a);
		if (push_state(a, view, s->options_row, &ignored))
			keep_place(&a->state.at[a->now], out_text(&place));
	}
	out_release(&place);
}

/* What the view on show has selected, unless that is nothing. */
static struct str subject(const struct app *a, const struct ui *ui)
{
	const struct ui_view *v = &ui->view[ui->shown];

	return is_ready(a, v) && v->view->subject ? v->view->subject(v->state) : STR_EMPTY;
}

/* Before the user has chosen anything, it is what a view has of itself. */
static void note_subject(struct app *a, const struct ui *ui, bool has_come)
{
	struct str name = subject(a, ui);

	if (name.len == 0 || str_eq(name, app_current(a)))
		return;
	if (a->current.n == 0 || (has_come && a->choice == 0))
		set_current(a, name);
	else if (!has_come)
		app_choose(a, ui, name);
}

struct entering {
	const struct app *a;
	const struct ui_view *v;
};

static bool enter_view(void *ctx, struct error *err)
{
	const struct entering *e = ctx;

	return e->v->view->enter(e->v->state, app_current(e->a), err);
}

/* A view has come: it hears of a function that was chosen elsewhere since it went. */
static void enter(struct app *a, struct ui *ui, const struct ui_view *v)
{
	struct entering e = { .a = a, .v = v };
	struct ui_work w = { .what = v ? v->view->title : "", .run = enter_view, .ctx = &e };
	struct error err = ERROR_INIT;
	bool is_told = a->choice_told[ui->shown] == a->choice;

	a->choice_told[ui->shown] = a->choice;
	if (v && v->view->enter && a->current.n && !is_told && !ui_work(ui, &w, &err))
		ui_error(ui, &err);
}

/* A digit that opened a view may still turn out to begin a count; then there was no change. */
static void settled(void *ctx, struct ui *ui)
{
	struct app *a = ctx;
	const struct ui_view *v = ui_view(ui);
	bool has_come = a->shown_before != ui->shown;

	if (a->is_undecided && has_come && !ui->keys.has_count)
		note_place(a, ui, a->shown_before);
	a->is_undecided = ui->keys.last_digit != 0;
	if (!a->is_undecided)
		note_place(a, ui, ui->shown);
	if (has_come)
		enter(a, ui, v);
	/* Where half a pattern was found is no choice. */
	if (!ui->prompt.is_open)
		note_subject(a, ui, has_come);
	a->shown_before = ui->shown;
}

void app_begin(struct app *a, struct ui *ui)
{
	struct app_state *s = &a->state.at[a->now];
	struct out place;

	out_open_memory(&place);
	save_place(a, ui, ui->shown, &place);
	s->view = a->shown_before = ui->shown;
	keep_place(s, out_text(&place));
	out_release(&place);
	note_subject(a, ui, true);
}

void app_open_at(struct app *a, struct ui *ui, const char *view, struct str function)
{
	app_choose(a, ui, function);
	(void)ui_show_view_named(ui, str_from(view));
}

/* Views hold on to what the options made of the profile until they hear of a change. */
static void change(struct app *a, struct ui *ui)
{
	ui_drop_views(ui);
	a->generation = ++a->n_generation;
}

bool app_set_option(struct app *a, struct ui *ui, enum option_id id, struct str value,
		    struct error *err)
{
	struct options next;

	if (!options_copy(&next, app_options(a), err))
		return false;
	if (!options_set(&next, id, value, err)) {
		options_release(&next);
		return false;
	}
	return app_set_options(a, ui, &next, err);
}

/* Takes *next over when it succeeds. */
static bool push_options(struct app *a, struct ui *ui, const struct options *next, struct error *err)
{
	note_place(a, ui, ui->shown);
	forget_redo(a);
	if (!vec_push(&a->options, *next))
		return error_nomem(err, "options");
	if (push_state(a, ui->shown, a->options.n - 1, err))
		return true;
	a->options.n--;
	return false;
}

bool app_set_options(struct app *a, struct ui *ui, struct options *next, struct error *err)
{
	struct making m = { .a = a, .options = next };
	struct ui_work w = { .what = "filtering", .run = make_snapshot, .ctx = &m };
	bool is_made = ui_work(ui, &w, err);

	if (is_made && push_options(a, ui, next, err)) {
		change(a, ui);
		take_snapshot(a, &m);
		return true;
	}
	if (is_made)
		forget_made(&m);
	options_release(next);
	return false;
}

static bool go_to(struct app *a, struct ui *ui, size_t row)
{
	const struct app_state *s = &a->state.at[row];
	struct ui_view *v;

	if (s->options_row != a->state.at[a->now].options_row)
		change(a, ui);
	a->now = row;
	ui_show_view(ui, s->view);
	v = ui_view(ui);
	if (v && v->view->restore)
		v->view->restore(v->state, (struct str){ s->place.at, s->place.n });
	return true;
}

bool app_undo(struct app *a, struct ui *ui)
{
	note_place(a, ui, ui->shown);
	return a->now > 0 && go_to(a, ui, a->now - 1);
}

bool app_redo(struct app *a, struct ui *ui)
{
	return a->now + 1 < a->state.n && go_to(a, ui, a->now + 1);
}

static void drawn(void *ctx)
{
	struct app *a = ctx;

	a->drawn = a->now;
	a->drawn_generation = a->generation;
}

/* The options that were drawn last hold again; what was given up can be done again. */
static bool go_back(void *ctx, struct ui *ui)
{
	struct app *a = ctx;

	if (a->drawn >= a->state.n || a->drawn_generation == a->generation)
		return false;
	ui_drop_views(ui);
	a->now = a->drawn;
	a->generation = a->drawn_generation;
	return true;
}

struct ui_app app_for_ui(struct app *a)
{
	return (struct ui_app){ .ctx = a,
				.generation = generation,
				.crumbs = app_draw_crumbs,
				.act = app_act,
				.settled = settled,
				.command = app_command,
				.complete_command = app_complete,
				.drawn = drawn,
				.go_back = go_back };
}
