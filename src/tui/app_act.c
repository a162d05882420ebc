/*
 * Actions on the profile: filters, sample type, granularity, undo.
 *
 * Lives here: from an action to a changed option.
 * Not here: what the option does (analysis/), commands as text (tui/app_command.c).
 */
#include "config.h"

#include "tui/app.h"

#include <stdio.h>
#include <string.h>

static bool set_or_say(struct app *a, struct ui *ui, enum option_id id, struct str value)
{
	struct error err = ERROR_INIT;
	bool ok = app_set_option(a, ui, id, value, &err);

	if (ok)
		app_tell_notice(a, ui);
	else
		ui_error(ui, &err);
	return ok;
}

void app_tell_notice(struct app *a, struct ui *ui)
{
	struct str text = str_trim(out_text(&a->notice)), line;

	if (text.len == 0)
		return;
	(void)str_cut(text, '\n', &line, &text);
	ui_message(ui, "%.*s", STR_FMT(line));
}

/* A function is focused on instead of the one before; it is ignored, hidden or shown beside it. */
static void filter_subject(struct app *a, struct ui *ui, enum option_id id)
{
	struct str name = ui_subject(ui);
	struct str before = id == OPT_FOCUS ? STR_EMPTY : app_options(a)->value[id].text;
	struct error err = ERROR_INIT;
	struct out pattern;
	uint32_t n_row;

	if (name.len == 0) {
		ui_message(ui, "no function is selected");
		return;
	}
	out_open_memory(&pattern);
	out_str(&pattern, before);
	if (!app_row_pattern(a, name, &pattern, &n_row, &err))
		ui_error(ui, &err);
	else if (set_or_say(a, ui, id, out_text(&pattern)) && n_row > 1)
		ui_message(ui, "%s takes the %u rows of this function: filters cannot tell them apart",
			   option_table[id].name, n_row);
	out_release(&pattern);
}

static void take_off(struct app *a, struct ui *ui, enum option_id id)
{
	/* An empty choice is no value of its own; functions are what it stands for. */
	if (id == OPT_GRANULARITY)
		(void)set_or_say(a, ui, id, STR("functions"));
	else
		(void)set_or_say(a, ui, id, str_from(option_table[id].initial));
}

static void filter_chosen(struct ui *ui, void *ctx, size_t i)
{
	struct app *a = ctx;
	enum option_id id[APP_FILTERS];

	if (i < app_filters(a, id))
		take_off(a, ui, id[i]);
}

static void choose_filter(struct app *a, struct ui *ui)
{
	enum option_id id[APP_FILTERS];
	size_t n = app_filters(a, id);
	struct menu *m = ui_menu_start(ui, "take off");
	struct arena scratch = ARENA_INIT;

	for (size_t i = 0; i < n; i++) {
		struct str value = options_text(app_options(a), id[i], &scratch);
		struct str text = arena_fmt(&scratch, "%s=%.*s", option_table[id[i]].name,
					    STR_FMT(value));

		menu_add(m, text, false);
	}
	arena_release(&scratch);
	if (n)
		ui_menu_show(ui, filter_chosen, a);
	else
		ui_message(ui, "no filter is active");
}

/* The name of a sample type, or its number where the name means another one. */
static void type_chosen(struct ui *ui, void *ctx, size_t i)
{
	struct app *a = ctx;
	struct error err = ERROR_INIT;
	struct str name = profile_text(a->profile, a->profile->sample_type[i].type);
	uint32_t row;
	char number[16];

	if (!analysis_sample_index(a->profile, name, &row, &err) || row != i) {
		int n = snprintf(number, sizeof(number), "%zu", i);

		name = (struct str){ number, (size_t)n };
	}
	(void)set_or_say(a, ui, OPT_SAMPLE_INDEX, name);
}

static void choose_type(struct app *a, struct ui *ui)
{
	struct error err = ERROR_INIT;
	const struct report_input *in = app_input(a, &err);
	struct menu *m = ui_menu_start(ui, "sample type");
	struct arena scratch = ARENA_INIT;

	for (uint32_t i = 0; i < a->profile->n_sample_type; i++) {
		const struct value_type *t = &a->profile->sample_type[i];

		menu_add(m,
			 arena_fmt(&scratch, "%.*s (%.*s)", STR_FMT(profile_text(a->profile, t->type)),
				   STR_FMT(profile_text(a->profile, t->unit))),
			 in && in->value_index == i);
	}
	arena_release(&scratch);
	ui_menu_show(ui, type_chosen, a);
}

static void granularity_chosen(struct ui *ui, void *ctx, size_t at)
{
	struct app *a = ctx;

	for (size_t i = 0; i < option_choice_n; i++)
		if (option_choice_table[i].option == OPT_GRANULARITY && at-- == 0) {
			(void)set_or_say(a, ui, OPT_GRANULARITY, str_from(option_choice_table[i].name));
			return;
		}
	(void)set_or_say(a, ui, OPT_NOINLINES,
			 app_options(a)->value[OPT_NOINLINES].is_set ? STR("false") : STR("true"));
}

static void choose_granularity(struct app *a, struct ui *ui)
{
	struct menu *m = ui_menu_start(ui, "what one row stands for");
	struct str now = app_options(a)->value[OPT_GRANULARITY].text;

	if (now.len == 0)
		now = STR("functions");
	for (size_t i = 0; i < option_choice_n; i++)
		if (option_choice_table[i].option == OPT_GRANULARITY)
			menu_add(m, str_from(option_choice_table[i].name),
				 str_eq(now, str_from(option_choice_table[i].name)));
	menu_add(m, app_options(a)->value[OPT_NOINLINES].is_set ? STR("with inlined functions")
								 : STR("without inlined functions"),
		 false);
	ui_menu_show(ui, granularity_chosen, a);
}

static void copy_command(struct app *a, struct ui *ui)
{
	struct out o;
	size_t too_long;

	out_open_memory(&o);
	too_long = app_write_command_line(a, ui, &o);
	ui_copy(ui, out_text(&o));
	if (too_long)
		ui_message(ui, "copied without the place in the view: that takes %zu bytes", too_long);
	out_release(&o);
}

static void click_crumb(struct app *a, struct ui *ui, const struct act *act)
{
	struct area line = { .grid = &ui->grid, .rows = 1, .cols = ui->grid.cols };
	enum option_id id = app_crumb_at(a, line, act->col);

	if (id != OPTION_COUNT)
		take_off(a, ui, id);
}

bool app_act(void *ctx, struct ui *ui, const struct act *act)
{
	struct app *a = ctx;

	switch (act->action) {
	case ACT_FOCUS:
		filter_subject(a, ui, OPT_FOCUS);
		return true;
	case ACT_IGNORE:
		filter_subject(a, ui, OPT_IGNORE);
		return true;
	case ACT_HIDE:
		filter_subject(a, ui, OPT_HIDE);
		return true;
	case ACT_SHOW:
		filter_subject(a, ui, OPT_SHOW);
		return true;
	case ACT_FILTERS:
		choose_filter(a, ui);
		return true;
	case ACT_UNDO:
		ui_message(ui, app_undo(a, ui) ? "undone; C-r does it again" : "nothing to undo");
		return true;
	case ACT_REDO:
		ui_message(ui, app_redo(a, ui) ? "done again" : "nothing to do again");
		return true;
	case ACT_SAMPLE_TYPE:
		choose_type(a, ui);
		return true;
	case ACT_GRANULARITY:
		choose_granularity(a, ui);
		return true;
	case ACT_COPY_COMMAND:
		copy_command(a, ui);
		return true;
	case ACT_EXPORT:
		app_export(a, ui);
		return true;
	case ACT_CLICK:
	case ACT_DOUBLE_CLICK:
		if (act->row == -1)
			click_crumb(a, ui, act);
		return act->row == -1;
	default:
		return false;
	}
}
