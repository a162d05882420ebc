/*
 * The user's editor.
 *
 * Lives here: from $VISUAL to an argument vector.
 */
#include "config.h"

#include "tui/editor.h"

#include "base/golike.h"

#include <inttypes.h>
#include <stdlib.h>

/* How a line is named. */
enum line_form {
	LINE_NONE, /* nobody knows */
	LINE_PLUS,  /* +12 FILE */
	LINE_COLON, /* FILE:12 */
	LINE_GOTO,  /* -g FILE:12 */
};

static enum line_form form_of(struct str program)
{
	static const struct {
		const char *name;
		enum line_form form;
	} row[] = {
		{ "vi", LINE_PLUS },	   { "vim", LINE_PLUS },     { "nvim", LINE_PLUS },
		{ "view", LINE_PLUS },	   { "gvim", LINE_PLUS },    { "nano", LINE_PLUS },
		{ "pico", LINE_PLUS },	   { "emacs", LINE_PLUS },   { "emacsclient", LINE_PLUS },
		{ "mg", LINE_PLUS },	   { "less", LINE_PLUS },    { "more", LINE_PLUS },
		{ "micro", LINE_PLUS },	   { "hx", LINE_PLUS },	     { "helix", LINE_PLUS },
		{ "kak", LINE_PLUS },	   { "joe", LINE_PLUS },     { "ne", LINE_PLUS },
		{ "jed", LINE_PLUS },	   { "gedit", LINE_PLUS },   { "vis", LINE_PLUS },
		{ "code", LINE_GOTO },	   { "codium", LINE_GOTO },  { "code-insiders", LINE_GOTO },
		{ "cursor", LINE_GOTO },   { "subl", LINE_COLON },   { "zed", LINE_COLON },
		{ "mcedit", LINE_COLON },
	};

	program = go_path_base(program);
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		if (str_eq(program, str_from(row[i].name)))
			return row[i].form;
	return LINE_NONE;
}

/* A name that no program takes for an option. */
static struct str safe_path(struct str path, struct arena *arena)
{
	if (str_has_prefix(path, STR("/")))
		return arena_str(arena, path);
	return arena_fmt(arena, "./%.*s", STR_FMT(path));
}

static bool add(const char *word[EDITOR_WORDS + 1], size_t *n, struct str s)
{
	if (!s.ptr || *n >= EDITOR_WORDS)
		return false;
	word[(*n)++] = s.ptr;
	word[*n] = NULL;
	return true;
}

bool editor_words(struct str command, struct str path, int64_t line, struct arena *arena,
		  const char *word[EDITOR_WORDS + 1])
{
	struct str rest = command, part;
	enum line_form form;
	size_t n = 0;

	word[0] = NULL;
	path = safe_path(path, arena);
	while (str_word(&rest, &part))
		if (!add(word, &n, arena_str(arena, part)))
			return false;
	if (n == 0 || !path.ptr)
		return false;
	form = line > 0 ? form_of(str_from(word[0])) : LINE_NONE;
	if (form == LINE_PLUS && !add(word, &n, arena_fmt(arena, "+%" PRId64, line)))
		return false;
	if (form == LINE_GOTO && !add(word, &n, STR("-g")))
		return false;
	if (form == LINE_GOTO || form == LINE_COLON)
		path = arena_fmt(arena, "%.*s:%" PRId64, STR_FMT(path), line);
	return add(word, &n, path);
}

/* The first of the two that says something. */
static struct str command_of(void)
{
	static const char *const name[] = { "VISUAL", "EDITOR" };

	for (size_t i = 0; i < sizeof(name) / sizeof(name[0]); i++) {
		const char *value = getenv(name[i]);

		if (value && str_trim(str_from(value)).len)
			return str_from(value);
	}
	return STR("vi");
}

void editor_open(struct ui *ui, struct str path, int64_t line)
{
	struct arena scratch = ARENA_INIT;
	const char *word[EDITOR_WORDS + 1];
	struct error err = ERROR_INIT;

	if (!editor_words(command_of(), path, line, &scratch, word)) {
		ui_message(ui, "$VISUAL is no command that can be run");
	} else if (!ui->terminal.run) {
		ui_message(ui, "no terminal here for %s; the line is %.*s:%" PRId64, word[0], STR_FMT(path), line);
	} else if (!ui->terminal.run(ui->terminal.ctx, word, &err)) {
		error_context(&err, "%.*s: ", STR_FMT(go_path_base(str_from(word[0]))));
		ui_error(ui, &err);
	}
	arena_release(&scratch);
}
