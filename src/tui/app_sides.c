/*
 * The sides of a difference.
 *
 * Lives here: the profile as the options have it once more, with what was subtracted kept apart from
 * what it was subtracted from, and alone: "before 1.2s, after 1.5s".
 * Not here: subtracting (load/), what views say of it.
 */
#include "config.h"

#include "tui/app.h"

#include "profile/transform.h"

/* Filtered as the snapshot is.  What there is to say of that has been said. */
static bool make_view(struct app *a, const struct report *r, struct analysis_view *v, struct error *err)
{
	struct str regex = r->flags & REPORT_TAKES_REGEX ? STR(".") : STR_EMPTY;
	const struct profile *p = a->profile->apart ? a->profile->apart : a->profile;
	struct out ignored;
	bool ok;

	out_open_memory(&ignored);
	ok = analysis_view_init(v, p, app_options(a), r, regex, &ignored, a->cancel, err);
	out_release(&ignored);
	if (ok) {
		v->in.total = a->snapshot->in.total;
		v->in.ratio = a->snapshot->in.ratio;
	}
	return ok;
}

const struct report_input *app_apart(struct app *a, struct error *err)
{
	const struct report_input *in = app_input(a, err);

	if (!in || !a->profile->apart)
		return in;
	if (!a->has_apart)
		a->has_apart = make_view(a, report_find(STR("top")), &a->apart, err);
	return a->has_apart ? &a->apart.in : NULL;
}

bool app_before_for(struct app *a, const struct report *r, struct analysis_view *v, struct error *err)
{
	if (!app_input(a, err) || !make_view(a, r, v, err))
		return false;
	if (profile_keep_subtracted(v->profile, err))
		return true;
	analysis_view_release(v);
	return false;
}

const struct report_input *app_before(struct app *a, struct error *err)
{
	if (!app_input(a, err))
		return NULL;
	if (!a->has_before)
		a->has_before = app_before_for(a, report_find(STR("top")), &a->before, err);
	return a->has_before ? &a->before.in : NULL;
}

const struct graph *app_graph_before(struct app *a, struct error *err)
{
	const struct report_input *in = app_before(a, err);

	if (in && !a->graph_before)
		a->graph_before = app_whole_graph(in, err);
	return in ? a->graph_before : NULL;
}

void app_drop_sides(struct app *a)
{
	graph_free(a->graph_before);
	a->graph_before = NULL;
	if (a->has_apart)
		analysis_view_release(&a->apart);
	if (a->has_before)
		analysis_view_release(&a->before);
	a->has_apart = a->has_before = false;
}
