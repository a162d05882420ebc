/*
 * Trees of stacks, for the views that show them.
 *
 * Lives here: making one; what they have in common, once for all of them: frames, sums, short names, colours.
 * Not here: the trees (flame/), how each view draws its own.
 */
#include "config.h"

#include "tui/app.h"

#include "graph/name.h"
#include "tui/theme.h"

static struct flame *make(struct app_flames *flames, const struct report_input *in, bool is_inverted, struct str pivot,
			  struct error *err)
{
	struct flame_options opt = report_flame_options(in);
	struct flame *f;

	opt.is_inverted = is_inverted;
	opt.pivot = pivot;
	if (flames->common)
		return flame_new_of(flames->common, &opt, err);
	f = flame_new(in->profile, &opt, err);
	if (f)
		flames->common = flame_hold_common(f);
	return f;
}

struct flame *app_flame(struct app *a, bool is_inverted, struct str pivot, struct error *err)
{
	const struct report_input *in = app_apart(a, err);
	struct app_flames *flames = &a->flames;

	if (!in)
		return NULL;
	if (is_inverted || pivot.len)
		return make(flames, in, is_inverted, pivot, err);
	if (!flames->root)
		flames->root = make(flames, in, false, STR_EMPTY, err);
	return flames->root ? flame_hold(flames->root) : NULL;
}

static bool name_frames(struct app_flames *names, const struct flame *f)
{
	uint8_t *ink = ARENA_ARRAY(&names->arena, uint8_t, f->n_frame);
	struct str *name = ARENA_ARRAY(&names->arena, struct str, f->n_frame);

	for (uint32_t i = 0; ink && name && i < f->n_frame; i++) {
		ink[i] = (uint8_t)theme_package_ink(name_package(f->frame[i].text));
		name[i] = name_short(&names->arena, f->frame[i].text);
		if (!name[i].ptr)
			return false;
	}
	names->ink = ink;
	names->short_name = name;
	return ink && name;
}

const struct app_flames *app_frame_names(struct app *a, const struct flame *f, struct error *err)
{
	if (a->flames.short_name || name_frames(&a->flames, f))
		return &a->flames;
	arena_reset(&a->flames.arena);
	a->flames.short_name = NULL;
	error_nomem(err, "names");
	return NULL;
}

void app_drop_flames(struct app *a)
{
	flame_free(a->flames.root);
	flame_drop_common(a->flames.common);
	arena_release(&a->flames.arena);
	a->flames = (struct app_flames){ .common = NULL };
}
