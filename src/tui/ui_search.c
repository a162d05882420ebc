/*
 * Searching in whatever is on show.
 *
 * Lives here: the prompt for a pattern, which matches while it is typed; next and previous; the
 * name under the cursor.
 * Not here: where a match is (the views, the pager).
 */
#include "config.h"

#include "tui/internal.h"

#include "base/markup.h"
#include "tui/ui.h"

#include <stdio.h>
#include <string.h>

struct search ui_search(const struct ui *ui)
{
	return (struct search){ .regex = ui->search,
				.id = ui->n_search,
				.is_typed = ui->prompt.is_open };
}

/* A pattern without capitals finds them too. */
static bool has_capital(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '\\')
			i++;
		else if (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z')
			return true;
	}
	return false;
}

bool ui_set_search(struct ui *ui, struct str text, struct error *err)
{
	char pattern[PROMPT_BYTES + 8];
	int n = snprintf(pattern, sizeof(pattern), "%s%.*s", has_capital(text) ? "" : "(?i)",
			 STR_FMT(text));
	struct regex *re = regex_compile((struct str){ pattern, (size_t)n }, err);

	if (!re) {
		/* What is wrong is told of what was typed. */
		regex_free(regex_compile(text, err));
		return false;
	}
	regex_free(ui->search);
	ui->search = re;
	ui->n_search++;
	if (text.len >= sizeof(ui->search_text))
		text.len = sizeof(ui->search_text) - 1;
	memcpy(ui->search_text, text.ptr, text.len);
	ui->search_text[text.len] = '\0';
	return true;
}

/* Goes to a match; false: there is none. */
static bool find(struct ui *ui, enum search_step step)
{
	struct act where = { .area = ui_body(ui), .row = -1, .col = -1, .count = 1 };
	struct search search = ui_search(ui);
	struct ui_view *v;

	if (ui->pager.is_open)
		return pager_search(&ui->pager, ui->search, step == SEARCH_PREVIOUS,
				    where.area.rows);
	v = ui_view(ui);
	return v && v->view->search && v->view->search(v->state, &where, &search, step);
}

static bool find_or_say(struct ui *ui, enum search_step step)
{
	bool is_found = ui->search && find(ui, step);

	if (!ui->search)
		ui_message(ui, "nothing to look for yet; / asks");
	else if (!is_found)
		ui_message(ui, "not found: %s", ui->search_text);
	return is_found;
}

/* Half a pattern is often none: that is said only when it is finished. */
static void search_changed(struct ui *ui, void *ctx, struct str text)
{
	struct error err = ERROR_INIT;

	(void)ctx;
	if (!ui->pager.is_open && text.len && ui_set_search(ui, text, &err))
		(void)find(ui, SEARCH_HERE);
}

/* The view's place before the search: set, or gone back to. */
static void mark_place(struct ui *ui, enum action action)
{
	struct act act = { .action = action, .count = 1, .letter = '\'', .area = ui_body(ui),
			   .row = -1, .col = -1 };
	struct ui_view *v = ui->pager.is_open ? NULL : ui_view(ui);

	if (v)
		(void)v->view->act(v->state, ui, &act);
}

static void search_cancelled(struct ui *ui, void *ctx)
{
	(void)ctx;
	mark_place(ui, ACT_JUMP);
	regex_free(ui->search);
	ui->search = NULL;
}

static void search_done(struct ui *ui, void *ctx, struct str text)
{
	struct error err = ERROR_INIT;

	(void)ctx;
	if (text.len == 0)
		(void)find_or_say(ui, SEARCH_NEXT);
	else if (!ui_set_search(ui, text, &err))
		ui_error(ui, &err);
	else if (!find_or_say(ui, SEARCH_HERE))
		mark_place(ui, ACT_JUMP); /* the first letters may have been found somewhere */
}

/* The name under the cursor, every letter meant as it is. */
static void search_name(struct ui *ui, enum search_step step)
{
	struct str name = ui_subject(ui);
	struct error err = ERROR_INIT;
	struct out pattern;

	if (name.len == 0) {
		ui_message(ui, "no name here");
		return;
	}
	out_open_memory(&pattern);
	markup_pattern(&pattern, name);
	if (!ui_set_search(ui, out_text(&pattern), &err))
		ui_error(ui, &err);
	else
		(void)find_or_say(ui, step);
	out_release(&pattern);
}

bool ui_search_act(struct ui *ui, const struct act *act)
{
	switch (act->action) {
	case ACT_SEARCH:
		ui_ask(ui, "/", STR_EMPTY, &ui->searches, search_done, NULL);
		ui->prompt_changed = search_changed;
		ui->prompt_cancelled = search_cancelled;
		mark_place(ui, ACT_MARK);
		return true;
	case ACT_NEXT_MATCH:
	case ACT_PREVIOUS_MATCH:
		for (uint32_t i = 0; i < act->count && i < 1000; i++)
			(void)find_or_say(ui, act->action == ACT_NEXT_MATCH ? SEARCH_NEXT : SEARCH_PREVIOUS);
		return true;
	case ACT_SEARCH_NAME:
		search_name(ui, SEARCH_NEXT);
		return true;
	case ACT_SEARCH_NAME_BACK:
		search_name(ui, SEARCH_PREVIOUS);
		return true;
	default:
		return false;
	}
}
