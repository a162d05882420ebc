/*
 * help, and the list of options.
 *
 * Lives here: what is said of each thing, all of it from the tables; spec/driver.md 4.5 and 4.7.
 */
#include "config.h"

#include "shell/internal.h"

#include "analysis/names.h"
#include "base/sort.h"
#include "shell/arguments.h"

#include <string.h>

enum { NAME_WIDTH = 20, OPTION_WIDTH = 25, VALUE_WIDTH = 20 };

static void help_line(struct out *out, struct str name, const char *help)
{
	out_lit(out, "    ");
	out_pad_right(out, name, NAME_WIDTH);
	out_char(out, ' ');
	out_str(out, str_from(help));
	out_char(out, '\n');
}

/* "quit/q/exit" */
static struct str builtin_names(const struct builtin *b, struct arena *arena)
{
	struct str all = str_from(b->name);

	for (size_t i = 0; all.ptr && i < sizeof(b->other) / sizeof(b->other[0]) && b->other[i]; i++)
		all = arena_fmt(arena, "%.*s/%s", STR_FMT(all), b->other[i]);
	return all.ptr ? all : str_from(b->name);
}

void shell_list(const struct usage_writer *w)
{
	struct arena scratch = ARENA_INIT;

	for (size_t i = 0; i < builtin_n; i++) {
		struct str names = arena_str(&scratch, builtin_names(&builtin_table[i], &scratch));
		struct str value = arena_fmt(&scratch, "%s%s", builtin_table[i].arguments[0] ? " " : "",
					     builtin_table[i].arguments);

		if (names.ptr && value.ptr)
			w->item(w->ctx, names.ptr, value.ptr, builtin_table[i].help);
	}
	arena_release(&scratch);
}

static void help_all(struct call *c, struct out *out)
{
	out_lit(out, "  Reports:\n");
	for (size_t i = 0; i < report_table_n; i++)
		help_line(out, str_from(report_table[i].name), report_table[i].summary);
	out_lit(out, "\n  Other commands:\n");
	for (size_t i = 0; i < builtin_n; i++)
		help_line(out, builtin_names(&builtin_table[i], c->arena), builtin_table[i].help);
	for (size_t i = 0; i < option_choice_n; i++)
		if (option_choice_table[i].option == OPT_FORMAT)
			help_line(out, arena_fmt(c->arena, "%s REPORT", option_choice_table[i].name),
				  option_choice_table[i].help);
	out_lit(out, "\n  Options, set by NAME=VALUE:\n");
	for (int i = 0; i < OPTION_COUNT; i++)
		help_line(out, str_from(option_table[i].name), option_table[i].help);
	for (int id = 0; id < OPTION_COUNT; id++) {
		if (option_table[id].type != OPTION_CHOICE || id == OPT_FORMAT)
			continue;
		out_fmt(out, "\n  Values of %s:\n", option_table[id].name);
		for (size_t i = 0; i < option_choice_n; i++)
			if ((int)option_choice_table[i].option == id)
				help_line(out, str_from(option_choice_table[i].name), option_choice_table[i].help);
	}
	out_lit(out, "\n  :  clears focus, ignore, hide, tagfocus and tagignore; the name of a sample type chooses it\n"
		     "\n  type \"help <cmd|option>\" for more information\n");
}

static void help_report(struct out *out, const struct report *r)
{
	bool by_tags = r->flags & REPORT_TAGS_FILTER, has_regex = r->flags & REPORT_TAKES_REGEX;

	out_fmt(out, "%s\n  Usage:\n    %s%s [N] [%s]... [-%s]... [-cum] [> FILE | \"|\" COMMAND]\n", r->summary,
		r->name, has_regex ? " FUNCTION" : "", by_tags ? "TAG" : "REGEX", by_tags ? "TAG" : "REGEX");
	if (has_regex)
		out_lit(out, "    FUNCTION is a regexp: only functions that it matches are shown.\n");
	if (!(r->flags & REPORT_UNTRIMMED))
		out_lit(out, "    N is the most entries to show.\n");
	if (by_tags)
		out_lit(out, "    TAG keeps samples with a label that matches, -TAG drops them.\n");
	else
		out_lit(out, "    REGEX keeps samples with a frame that matches, -REGEX drops them.\n");
	out_lit(out, "    -cum sorts by cumulative value.\n"
		     "    > FILE writes the report there; | COMMAND gives it to a command of your shell.\n"
		     "    All of this holds for this report alone; it stands in for focus, ignore and the like.\n");
}

static void help_builtin(struct call *c, struct out *out, const struct builtin *b)
{
	struct str names = builtin_names(b, c->arena);

	out_fmt(out, "%s\n  Usage:\n    %.*s %s\n", b->help, STR_FMT(names), b->arguments);
}

/* The choice whose name follows in the alphabet; NULL: there is none. */
static const char *next_choice(int id, const char *after)
{
	const char *next = NULL;

	for (size_t i = 0; i < option_choice_n; i++) {
		const struct option_choice *choice = &option_choice_table[i];

		if ((int)choice->option == id && strcmp(choice->name, after) > 0 &&
		    (!next || strcmp(choice->name, next) < 0))
			next = choice->name;
	}
	return next;
}

/* "cum | flat" of a choice, or of the sample types. */
static struct str choices_of(struct call *c, int id)
{
	struct str all = STR_EMPTY;
	struct names types = { NULL, 0 };

	if (id == OPT_SAMPLE_INDEX && names_of_sample_types(c->shell->profile, c->arena, &types))
		for (size_t i = 0; all.ptr && i < types.n; i++)
			all = arena_fmt(c->arena, "%.*s%s%.*s", STR_FMT(all), i ? " | " : "", STR_FMT(types.at[i]));
	for (const char *name = next_choice(id, ""); all.ptr && name; name = next_choice(id, name))
		all = arena_fmt(c->arena, "%.*s%s%s", STR_FMT(all), all.len ? " | " : "", name);
	return all.ptr ? all : STR_EMPTY;
}

static void help_option(struct call *c, struct out *out, int id)
{
	static const char *const kind[] = {
		[OPTION_BOOL] = "true or false",
		[OPTION_INT] = "a whole number",
		[OPTION_FLOAT] = "a number",
		[OPTION_TEXT] = "text",
		[OPTION_REGEX] = "a regexp (RE2), matched anywhere in function name, file name and mapping",
		[OPTION_CHOICE] = "one of its choices",
	};
	const struct option *o = &option_table[id];
	struct str choices = choices_of(c, id);

	out_fmt(out, "%s\n  Value: %s", o->help, kind[o->type]);
	if (choices.len)
		out_fmt(out, " [%.*s]", STR_FMT(choices));
	out_fmt(out, "\n  At first: %s\n", o->initial[0] ? o->initial : "nothing");
}

bool help_run(struct call *c, struct str arguments, struct out *out, struct error *err)
{
	const struct option_choice *choice = option_choice_find(arguments);
	const struct builtin *b = builtin_find(arguments);
	const struct report *r = report_find(arguments);
	int id = option_find(arguments);

	if (!arguments.len)
		help_all(c, out);
	else if (r)
		help_report(out, r);
	else if (b)
		help_builtin(c, out, b);
	else if (id >= 0)
		help_option(c, out, id);
	else if (choice)
		out_fmt(out, "%s\n", choice->help);
	else if (report_missing_find(arguments))
		return error_set(err, ERR_UNSUPPORTED, "%.*s is not there yet", STR_FMT(arguments));
	else
		return error_set(err, ERR_USAGE, "Unknown command: %.*s", STR_FMT(arguments));
	return true;
}

static int by_name(const void *ctx, uint32_t a, uint32_t b)
{
	(void)ctx;
	return str_cmp(str_from(option_table[a].name), str_from(option_table[b].name));
}

/* As it is shown: the sample type that is in effect, and something where there is nothing. */
static struct str value_of(struct call *c, int id)
{
	struct str value = options_text(c->shell->options, (enum option_id)id, c->arena);
	struct error ignored = ERROR_INIT;
	struct names types;
	uint32_t index;

	if (id == OPT_SAMPLE_INDEX && analysis_sample_index(c->shell->profile, value, &index, &ignored) &&
	    names_of_sample_types(c->shell->profile, c->arena, &types))
		value = types.at[index];
	if (value.len)
		return value;
	return id == OPT_GRANULARITY ? STR("(default)") : STR("\"\"");
}

static void list_option(struct call *c, int id, struct out *out)
{
	struct str choices = choices_of(c, id), comment = STR_EMPTY;

	if (choices.len)
		comment = arena_fmt(c->arena, "//: [%.*s]", STR_FMT(choices));
	else if (id == OPT_NODECOUNT && c->shell->options->value[id].integer == -1)
		comment = STR("//: default");
	out_lit(out, "  ");
	out_pad_right(out, str_from(option_table[id].name), OPTION_WIDTH);
	out_lit(out, " = ");
	out_pad_right(out, value_of(c, id), VALUE_WIDTH);
	out_char(out, ' ');
	out_str(out, comment.ptr ? comment : STR_EMPTY);
	out_char(out, '\n');
}

bool options_run(struct call *c, struct str arguments, struct out *out, struct error *err)
{
	uint32_t row[OPTION_COUNT];

	(void)arguments;
	for (uint32_t i = 0; i < OPTION_COUNT; i++)
		row[i] = i;
	if (!sort_stable(row, OPTION_COUNT, by_name, NULL))
		return error_nomem(err, "options");
	for (int i = 0; i < OPTION_COUNT; i++)
		list_option(c, (int)row[i], out);
	return true;
}
