/*
 * The help screen.
 *
 * Lives here: the key table as text.
 */
#include "config.h"

#include "tui/internal.h"

#include "tui/ui.h"


/* "j, Down": the keys of r that have this meaning in the view.  False: none has. */
static bool write_keys(const struct key_row *r, const char *view, struct out *o)
{
	struct out keys;
	bool has_any = false;

	out_open_memory(&keys);
	for (int i = 0; i < KEYS_OF_ROW && r->key[i]; i++) {
		char name[KEY_NAME_SIZE];

		if (key_row_find(r->key[i], view) != r)
			continue;
		key_text(r->key[i], name);
		out_fmt(&keys, "%s%s", has_any ? ", " : "  ", name);
		has_any = true;
	}
	if (has_any)
		out_pad_right(o, out_text(&keys), 20);
	out_release(&keys);
	return has_any;
}

bool ui_is_useful(const struct key_row *r, const struct view *v)
{
	switch (r->action) {
	case ACT_FOCUS:
	case ACT_IGNORE:
	case ACT_HIDE:
	case ACT_SHOW:
	case ACT_SEARCH_NAME:
	case ACT_SEARCH_NAME_BACK:
	case ACT_COPY:
		return v && v->subject;
	case ACT_OPEN:
	case ACT_EXPLAIN:
		return v && !v->is_text;
	case ACT_UNDO:
	case ACT_SAMPLE_TYPE:
	case ACT_HELP:
		return v != NULL;
	default:
		return true;
	}
}

static void write_group(enum key_group group, const struct view *v, struct out *o)
{
	out_fmt(o, "\n%s\n", key_group_title(group));
	for (const struct key_row *r = key_table; r->action != ACT_NONE; r++) {
		if (r->group == group && ui_is_useful(r, v) && write_keys(r, v->name, o))
			out_fmt(o, " %s\n", r->help);
	}
}

void ui_help(struct ui *ui)
{
	const struct view *v = ui->view[ui->shown].view;
	struct out *o = ui_page_start(ui, "Help", STR("help"));

	out_fmt(o, "%s: %s\n", v->title, v->summary);
	for (int g = 0; g < GROUP_COUNT; g++)
		write_group((enum key_group)g, v, o);
	out_lit(o, "\nCounts\n"
		   "  10j                goes ten rows down.  A digit alone opens the view of that number;\n"
		   "                     a 0 behind it or in front of it (05j) makes it a count.\n"
		   "\nMouse\n"
		   "  Click selects, double click opens, the wheel scrolls; tabs, heads of columns and\n"
		   "  filters can be clicked too.  Shift and drag selects text as without us.\n");
	ui_page_show(ui);
}
