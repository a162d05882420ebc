/*
 * Commands as text: the line after ':', the command line that shows this screen, exports.
 *
 * Lives here: options by name, reports into a pane or a file, quoting for a shell.
 * Not here: the reports (report/), the prompt outside of the viewer (shell/).
 */
#include "config.h"

#include "tui/app.h"

#include "shell/shell.h"

#include <stdio.h>
#include <string.h>

static struct shell shell_for(const struct app *a, struct options *options)
{
	return (struct shell){ .profile = a->profile,
			       .options = options,
			       .cancel = a->cancel,
			       .flags = SHELL_MAY_WRITE | SHELL_MAY_RUN };
}

/* Names of views too, where a line begins. */
void app_complete(void *ctx, struct str text, struct shell_completion *c)
{
	struct app *a = ctx;
	/* Completion looks at values and changes none. */
	struct shell shell = shell_for(a, (struct options *)(uintptr_t)app_options(a));

	shell_complete(&shell, text, c);
}

/* "view flame", or the name of a view that is no command: true, and it is shown. */
static bool show_view(struct ui *ui, struct str line)
{
	struct str word, rest;

	(void)str_cut(line, ' ', &word, &rest);
	if (str_eq(word, STR("view")))
		return ui_show_view_named(ui, str_trim(rest));
	return !report_find(line) && ui_show_view_named(ui, line);
}

struct running {
	struct shell shell;
	struct str line;
	struct out *out;
	enum shell_result result;
};

static bool run_line(void *ctx, struct error *err)
{
	struct running *r = ctx;

	return shell_run(&r->shell, r->line, r->out, r->out, &r->result, err);
}

bool app_command(void *ctx, struct ui *ui, struct str line, struct out *out, struct error *err)
{
	struct app *a = ctx;
	struct options next;
	struct running r = { .shell = shell_for(a, &next), .line = line, .out = out };
	struct ui_work w = { .what = "running the command", .run = run_line, .ctx = &r };

	if (show_view(ui, line))
		return true;
	if (!options_copy(&next, app_options(a), err))
		return false;
	if (!ui_work(ui, &w, err)) {
		options_release(&next);
		return false;
	}
	if (r.result == SHELL_CHANGED)
		return app_set_options(a, ui, &next, err) && (app_tell_notice(a, ui), true);
	options_release(&next);
	ui->is_done = r.result == SHELL_QUIT;
	return true;
}

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      (c && strchr("-_./=,:@%+", c))))
			return false;
	}
	return s.len > 0;
}

/* In single quotes where a shell would otherwise read more into it. */
static void write_quoted(struct out *o, struct str s)
{
	if (is_plain(s)) {
		out_str(o, s);
		return;
	}
	out_char(o, '\'');
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '\'')
			out_lit(o, "'\\''");
		else
			out_char(o, s.ptr[i]);
	}
	out_char(o, '\'');
}

static void write_list(struct out *o, const char *flag, const struct arguments_list *list)
{
	for (size_t i = 0; i < list->v.n; i++) {
		out_fmt(o, " %s", flag);
		write_quoted(o, list->v.at[i]);
	}
}

static void write_flag(struct out *o, const char *flag, struct str value)
{
	if (value.len == 0)
		return;
	out_fmt(o, " %s", flag);
	write_quoted(o, value);
}

enum {
	/* A terminal takes lines of 4096 bytes from what is pasted, and there is more than the place. */
	PLACE_BYTES = 3000,
};

/* "-flame -at=zoom=0.1", or "-view=top" where -top is a report. */
static size_t write_view(struct ui *ui, struct out *o)
{
	size_t too_long;
	struct str name = str_from(ui->view[ui->shown].view->name);
	struct out place;

	if (arguments_is_view_flag(name))
		out_fmt(o, " -%.*s", STR_FMT(name));
	else
		write_flag(o, "-view=", name);
	out_open_memory(&place);
	ui_write_place(ui, &place);
	too_long = out_text(&place).len > PLACE_BYTES ? out_text(&place).len : 0;
	write_flag(o, "-at=", too_long ? STR_EMPTY : out_text(&place));
	out_release(&place);
	return too_long;
}

size_t app_write_command_line(struct app *a, struct ui *ui, struct out *o)
{
	struct arena scratch = ARENA_INIT;
	size_t too_long;

	out_lit(o, "cpprof-view");
	too_long = write_view(ui, o);
	for (int i = 0; i < OPTION_COUNT; i++) {
		struct str value;

		if (i == OPT_OUTPUT || options_is_initial(app_options(a), (enum option_id)i))
			continue;
		value = options_text(app_options(a), (enum option_id)i, &scratch);
		/* Options of choice have no flag: their choices have. */
		if (option_table[i].type == OPTION_CHOICE)
			out_fmt(o, " -%.*s", STR_FMT(value));
		else {
			out_fmt(o, " -%s=", option_table[i].name);
			write_quoted(o, value);
		}
	}
	arena_release(&scratch);
	write_list(o, "-base=", &a->arguments->base);
	write_list(o, "-diff_base=", &a->arguments->diff_base);
	write_flag(o, "-buildid=", a->arguments->build_id);
	write_flag(o, "-symbolize=", a->arguments->symbolize);
	write_list(o, a->arguments->all_frames ? "-all_frames " : "", &a->arguments->source);
	return too_long;
}

struct exporting {
	struct app *a;
	const char *path;
};

static bool write_export(void *ctx, struct error *err)
{
	const struct exporting *e = ctx;
	const struct report *r = &report_table[e->a->export_row];
	struct out o;

	if (!out_open_file(&o, e->path, err))
		return false;
	o.cancel = e->a->cancel;
	if (analysis_report(e->a->profile, app_options(e->a), r, STR_EMPTY, &o, &e->a->notice, err))
		return out_close(&o, err);
	out_release(&o);
	return false;
}

/* The file name is typed: the report that was chosen goes there. */
static void export_to(struct ui *ui, void *ctx, struct str path)
{
	struct exporting e = { .a = ctx };
	struct ui_work w = { .what = "writing", .run = write_export, .ctx = &e };
	struct error err = ERROR_INIT;

	path = str_trim(path);
	if (path.len == 0)
		return;
	e.path = path.ptr;
	if (ui_work(ui, &w, &err))
		ui_message(ui, "written: %.*s", STR_FMT(path));
	else
		ui_error(ui, &err);
}

/* One that fills a file by itself: asks for no expression, opens no other program. */
static bool is_export(const struct report *r)
{
	return !(r->flags & REPORT_TAKES_REGEX) && !r->viewer;
}

/* Offers "flamegraph.html" for flamegraph=html. */
static void export_chosen(struct ui *ui, void *ctx, size_t at)
{
	struct app *a = ctx;
	const struct report *r;
	char path[64];
	int n;

	for (size_t i = 0; i < report_table_n; i++)
		if (is_export(&report_table[i]) && at-- == 0)
			a->export_row = i;
	r = &report_table[a->export_row];
	n = snprintf(path, sizeof(path), "%.*s.%s", (int)strcspn(r->name, "="), r->name,
		     r->suffix ? r->suffix : "txt");
	ui_ask(ui, "write to: ", (struct str){ path, (size_t)n }, NULL, export_to, a);
}

void app_export(struct app *a, struct ui *ui)
{
	struct menu *m = ui_menu_start(ui, "export");
	struct arena scratch = ARENA_INIT;

	for (size_t i = 0; i < report_table_n; i++)
		if (is_export(&report_table[i]))
			menu_add(m,
				 arena_fmt(&scratch, "%-15s %s", report_table[i].name,
					   report_table[i].summary),
				 false);
	arena_release(&scratch);
	ui_menu_show(ui, export_chosen, a);
}
