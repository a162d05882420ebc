/*
 * The manual page, from a text of ours and the program's own tables.
 *
 * Lives here: putting flags, prompt commands and keys in the place of @FLAGS@, @COMMANDS@ and @KEYS@.
 * Not here: the tables; what else the page says (doc/cpprof-view.1.in).
 *
 *	manual cpprof-view.1.in > cpprof-view.1
 */
#include "config.h"

#include "base/blob.h"
#include "base/out.h"
#include "shell/arguments.h"
#include "shell/shell.h"
#include "tui/keys.h"
#include "tui/view.h"
#include "tui/views.h"

#include <string.h>
#include <unistd.h>

/* Text in roff: a minus is a minus, a backslash a backslash, and no line begins a request. */
static void roff(struct out *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		out_lit(out, "\\&");
	for (; *text; text++) {
		if (*text == '-')
			out_lit(out, "\\-");
		else if (*text == '\\')
			out_lit(out, "\\e");
		else
			out_char(out, *text);
	}
}

static void section(void *ctx, const char *title)
{
	out_lit((struct out *)ctx, ".SS ");
	roff(ctx, title);
	out_char(ctx, '\n');
}

static void item(struct out *out, const char *dash, const char *name, const char *value, const char *help)
{
	out_lit(out, ".TP\n.B ");
	roff(out, dash);
	roff(out, name);
	roff(out, value);
	out_char(out, '\n');
	roff(out, help);
	out_lit(out, ".\n");
}

static void flag(void *ctx, const char *name, const char *value, const char *help)
{
	item(ctx, "-", name, value, help);
}

static void command(void *ctx, const char *name, const char *value, const char *help)
{
	item(ctx, "", name, value, help);
}

static void key(struct out *out, const struct key_row *r)
{
	char name[KEY_NAME_SIZE];

	out_lit(out, ".TP\n.B \"");
	for (int i = 0; i < KEYS_OF_ROW && r->key[i]; i++) {
		key_text(r->key[i], name);
		out_str(out, i ? STR(", ") : STR_EMPTY);
		/* A quote ends the argument of a request, unless it is named. */
		if (strcmp(name, "\"") == 0)
			out_lit(out, "\\(dq");
		else
			roff(out, name);
	}
	out_lit(out, "\"\n");
	roff(out, r->help);
	out_lit(out, ".\n");
}

static void keys_of(struct out *out, const char *view, const char *title)
{
	bool is_begun = false;

	for (const struct key_row *r = key_table; r->action != ACT_NONE; r++) {
		bool is_its = view ? r->view && strcmp(r->view, view) == 0 : !r->view;

		if (!is_its)
			continue;
		if (!is_begun)
			section(out, title);
		is_begun = true;
		key(out, r);
	}
}

static void keys(struct out *out)
{
	keys_of(out, NULL, "In all views");
	for (size_t i = 0; view_table[i]; i++)
		keys_of(out, view_table[i]->name, view_table[i]->title);
	keys_of(out, KEYS_OF_MENU, "In a menu");
	keys_of(out, KEYS_OF_TEXT, "In a text");
	keys_of(out, KEYS_OF_PROMPT, "While a line is typed");
}

static void line(struct out *out, struct str text)
{
	const struct usage_writer flags = { section, flag, out }, commands = { section, command, out };

	if (str_eq(text, STR("@FLAGS@"))) {
		arguments_list(&flags);
	} else if (str_eq(text, STR("@COMMANDS@"))) {
		shell_list(&commands);
	} else if (str_eq(text, STR("@KEYS@"))) {
		keys(out);
	} else {
		out_bytes(out, text.ptr, text.len);
		out_char(out, '\n');
	}
}

int main(int argc, char **argv)
{
	struct error err = ERROR_INIT;
	struct str text, rest;
	struct out out;
	struct blob b;

	if (argc != 2 || !blob_read_file(&b, argv[1], &err))
		return 2;
	out_open_fd(&out, STDOUT_FILENO);
	rest = (struct str){ (const char *)b.ptr, b.len };
	while (rest.len) {
		(void)str_cut(rest, '\n', &text, &rest);
		line(&out, text);
	}
	blob_release(&b);
	return out_close(&out, &err) ? 0 : 2;
}
