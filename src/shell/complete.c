/*
 * Completing a line.
 *
 * Lives here: what may stand where the cursor is; the rules for fragments of names.
 * Not here: keys and lists on the screen (editline.c, the viewer), names of files (complete_file.c).
 *
 * Functions are asked for by any part of their name.  What is put in is a regexp that matches the name, so
 * signs are escaped and a blank, which would end the word, becomes a dot; and what was typed is
 * read alike: a dot is any character, a backslash takes the next one as it is.  Without a capital
 * letter in it, it finds either case.
 */
#include "config.h"

#include "shell/internal.h"

#include "analysis/names.h"
#include "analysis/settings.h"
#include "base/sort.h"

#include <ctype.h>
#include <string.h>

/* A place to complete at. */
struct spot {
	const struct shell *shell;
	struct shell_completion *c;
	struct str typed; /* from c->from to the cursor */
};

static void add_as(struct spot *at, struct str candidate, struct str shown)
{
	if (!candidate.ptr || !shown.ptr || !vec_reserve(&at->c->shown, 1) || !vec_reserve(&at->c->candidate, 1))
		return;
	at->c->candidate.at[at->c->candidate.n++] = candidate;
	at->c->shown.at[at->c->shown.n++] = shown;
}

static void add_if_begun(struct spot *at, struct str name)
{
	if (name.ptr && str_has_prefix(name, at->typed))
		add_as(at, name, name);
}

static void add_names(struct spot *at, const struct names *names)
{
	for (size_t i = 0; i < names->n; i++)
		add_if_begun(at, names->at[i]);
}

static char folded(char c, bool is_exact)
{
	return is_exact ? c : (char)tolower((unsigned char)c);
}

/* Whether `name` from its front on is what the fragment says. */
static bool begins_with(struct str name, struct str fragment, bool is_exact)
{
	while (fragment.len) {
		bool is_any = fragment.ptr[0] == '.';

		if (fragment.ptr[0] == '\\' && fragment.len > 1)
			fragment = str_from_offset(fragment, 1);
		if (!name.len || (!is_any && folded(name.ptr[0], is_exact) != folded(fragment.ptr[0], is_exact)))
			return false;
		name = str_from_offset(name, 1);
		fragment = str_from_offset(fragment, 1);
	}
	return true;
}

static bool has_capital(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (isupper((unsigned char)s.ptr[i]))
			return true;
	return false;
}

static bool holds(struct str name, struct str fragment)
{
	bool is_exact = has_capital(fragment);

	for (size_t i = 0; i <= name.len; i++)
		if (begins_with(str_from_offset(name, i), fragment, is_exact))
			return true;
	return false;
}

/* As a regexp that matches it, without blanks. */
static struct str as_regex(struct str name, struct arena *arena)
{
	char *to = arena_alloc(arena, name.len * 2);
	size_t n = 0;

	for (size_t i = 0; to && i < name.len; i++) {
		char c = name.ptr[i];

		if (c && strchr("\\.+*?()|[]{}^$", c))
			to[n++] = '\\';
		to[n++] = isspace((unsigned char)c) ? '.' : c;
	}
	return (struct str){ to, n };
}

static void add_functions(struct spot *at)
{
	struct arena *arena = &at->c->arena;
	struct names names;

	if (!names_of_functions(at->shell->profile, arena, &names))
		return;
	at->c->fragment = at->typed;
	for (size_t i = 0; i < names.n; i++)
		if (holds(names.at[i], at->typed))
			add_as(at, as_regex(names.at[i], arena), names.at[i]);
}

/* KEY= first, then the values of that key. */
static void add_tags(struct spot *at)
{
	struct arena *arena = &at->c->arena;
	struct str key, value;
	struct names names;

	if (str_cut(at->typed, '=', &key, &value)) {
		at->c->from += key.len + 1;
		at->typed = value;
		if (names_of_label_values(at->shell->profile, key, arena, &names))
			add_names(at, &names);
		return;
	}
	at->c->is_open = true;
	if (names_of_label_keys(at->shell->profile, arena, &names))
		for (size_t i = 0; i < names.n; i++)
			add_if_begun(at, arena_fmt(arena, "%.*s=", STR_FMT(names.at[i])));
}

static void add_configs(struct spot *at)
{
	struct error ignored = ERROR_INIT;
	struct settings s;

	if (settings_read(&s, &ignored))
		for (size_t i = 0; i < s.config.n; i++)
			add_if_begun(at, arena_str(&at->c->arena, s.config.at[i].name));
	settings_release(&s);
}

static void add_choices(struct spot *at, int option)
{
	for (size_t i = 0; i < option_choice_n; i++)
		if ((int)option_choice_table[i].option == option)
			add_if_begun(at, str_from(option_choice_table[i].name));
}

static void add_reports(struct spot *at)
{
	for (size_t i = 0; i < report_table_n; i++)
		add_if_begun(at, str_from(report_table[i].name));
}

static void add_builtins(struct spot *at)
{
	for (size_t i = 0; i < builtin_n; i++)
		add_if_begun(at, str_from(builtin_table[i].name));
}

/* The first word: commands, and options with what must follow them. */
static void add_commands(struct spot *at)
{
	struct names types;

	add_reports(at);
	add_builtins(at);
	add_choices(at, OPT_FORMAT);
	for (int i = 0; i < OPTION_COUNT; i++)
		add_if_begun(at, arena_fmt(&at->c->arena, "%s=", option_table[i].name));
	if (names_of_sample_types(at->shell->profile, &at->c->arena, &types))
		add_names(at, &types);
	/* focus= waits for its value */
	at->c->is_open = at->c->candidate.n == 1 && str_has_suffix(at->c->candidate.at[0], STR("="));
}

static void add_help(struct spot *at)
{
	add_reports(at);
	add_builtins(at);
	for (int i = 0; i < OPTION_COUNT; i++)
		add_if_begun(at, str_from(option_table[i].name));
	for (size_t i = 0; i < option_choice_n; i++)
		add_if_begun(at, str_from(option_choice_table[i].name));
}

/* What a sample type, unit, file, label or name may be. */
static void add_texts(struct spot *at, int option)
{
	struct names names;

	switch (option) {
	case OPT_SAMPLE_INDEX:
		if (names_of_sample_types(at->shell->profile, &at->c->arena, &names))
			add_names(at, &names);
		break;
	case OPT_UNIT:
		if (names_of_units(at->shell->profile, &at->c->arena, &names))
			add_names(at, &names);
		break;
	case OPT_TAGFOCUS:
	case OPT_TAGIGNORE:
		add_tags(at);
		break;
	case OPT_TAGROOT:
	case OPT_TAGLEAF:
	case OPT_TAGSHOW:
	case OPT_TAGHIDE:
		if (names_of_label_keys(at->shell->profile, &at->c->arena, &names))
			add_names(at, &names);
		break;
	case OPT_OUTPUT:
	case OPT_SOURCE_PATH:
	case OPT_TRIM_PATH:
		complete_file(at->c, at->typed);
		break;
	default:
		if (option_table[option].type == OPTION_REGEX)
			add_functions(at);
	}
}

static void add_values(struct spot *at, int option)
{
	if (option_table[option].type == OPTION_BOOL) {
		add_if_begun(at, STR("true"));
		add_if_begun(at, STR("false"));
	} else if (option_table[option].type == OPTION_CHOICE) {
		add_choices(at, option);
	} else {
		add_texts(at, option);
	}
}

/* Moves the spot n bytes on. */
static void skip(struct spot *at, size_t n)
{
	at->c->from += n;
	at->typed = str_from_offset(at->typed, n);
}

/* A later word of a report. */
static void add_arguments(struct spot *at, const struct report *r, struct str before)
{
	bool is_dash = str_has_prefix(at->typed, STR("-"));

	if (str_has_prefix(at->typed, STR(">")) || str_eq(before, STR(">"))) {
		skip(at, str_has_prefix(at->typed, STR(">")));
		complete_file(at->c, at->typed);
		return;
	}
	if (is_dash && at->typed.len > 1)
		add_if_begun(at, STR("-cum"));
	if (at->c->candidate.n)
		return;
	skip(at, is_dash);
	if (r->flags & REPORT_TAGS_FILTER)
		add_tags(at);
	else
		add_functions(at);
}

static const struct report *report_of(struct str name)
{
	const struct report *r = report_find(name);

	while (!r && name.len && isdigit((unsigned char)name.ptr[name.len - 1])) {
		name.len--;
		r = report_find(name);
	}
	return r;
}

/* Words after the first one; `before` is the one before the cursor's. */
static void add_later(struct spot *at, struct str first, struct str before)
{
	const struct report *r = report_of(first);
	const struct builtin *b = builtin_find(first);

	if (r)
		add_arguments(at, r, before);
	else if (b && b->run == help_run)
		add_help(at);
	else if (b && b->arguments[0])
		add_configs(at);
}

/* Reads up to the word that the cursor is in: the first one, and the one before it. */
static void find_words(struct spot *at, struct str line, struct str *first, struct str *before)
{
	struct str rest = line, word;
	const struct option_choice *choice;

	*first = *before = STR_EMPTY;
	while (str_word(&rest, &word)) {
		if (!rest.len) {
			at->c->from = (size_t)(word.ptr - line.ptr);
			at->typed = word;
			return;
		}
		choice = option_choice_find(word);
		/* "json top": what follows is a line like any other */
		if (!first->len && choice && choice->option == OPT_FORMAT)
			continue;
		*before = word;
		if (!first->len)
			*first = word;
	}
	at->c->from = line.len;
	at->typed = str_from_offset(line, line.len);
}

static int by_shown(const void *ctx, uint32_t a, uint32_t b)
{
	const struct shell_completion *c = ctx;

	return str_cmp(c->shown.at[a], c->shown.at[b]);
}

static void sort_candidates(struct shell_completion *c)
{
	uint32_t n = (uint32_t)c->candidate.n, *row = ARENA_ARRAY(&c->arena, uint32_t, n);
	struct str *candidate = ARENA_ARRAY(&c->arena, struct str, n), *shown = ARENA_ARRAY(&c->arena, struct str, n);

	if (!row || !candidate || !shown)
		return;
	for (uint32_t i = 0; i < n; i++)
		row[i] = i;
	if (!sort_stable(row, n, by_shown, c))
		return;
	for (uint32_t i = 0; i < n; i++) {
		candidate[i] = c->candidate.at[row[i]];
		shown[i] = c->shown.at[row[i]];
	}
	memcpy(c->candidate.at, candidate, n * sizeof(*candidate));
	memcpy(c->shown.at, shown, n * sizeof(*shown));
}

void shell_complete(const struct shell *s, struct str line, struct shell_completion *c)
{
	struct spot at = { .shell = s, .c = c };
	struct str name, value, first, before;
	int option = -1;

	*c = (struct shell_completion){ .arena = ARENA_INIT, .fragment = STR_EMPTY };
	if (str_cut(line, '=', &name, &value))
		option = option_find(str_trim(name));
	if (option >= 0) {
		while (str_has_prefix(value, STR(" ")))
			value = str_from_offset(value, 1);
		c->from = line.len - value.len;
		at.typed = value;
		add_values(&at, option);
	} else {
		find_words(&at, line, &first, &before);
		if (!first.len)
			add_commands(&at);
		else
			add_later(&at, first, before);
	}
	if (c->candidate.n)
		sort_candidates(c);
}

void shell_complete_file(struct str line, struct shell_completion *c)
{
	*c = (struct shell_completion){ .arena = ARENA_INIT, .fragment = STR_EMPTY };
	complete_file(c, line);
	if (c->candidate.n)
		sort_candidates(c);
}

void shell_completion_release(struct shell_completion *c)
{
	vec_release(&c->candidate);
	vec_release(&c->shown);
	arena_release(&c->arena);
}

/* Whether a text put in by as_regex(), or the front of one, still holds what was typed. */
static bool still_holds(struct str regex, struct str fragment)
{
	struct arena scratch = ARENA_INIT;
	char *name = arena_alloc(&scratch, regex.len);
	size_t n = 0;
	bool ok;

	for (size_t i = 0; name && i < regex.len; i++) {
		if (regex.ptr[i] == '\\' && i + 1 < regex.len)
			i++;
		name[n++] = regex.ptr[i];
	}
	ok = name && holds((struct str){ name, n }, fragment);
	arena_release(&scratch);
	return ok;
}

struct str shell_completion_common(const struct shell_completion *c)
{
	struct str common = c->candidate.n ? c->candidate.at[0] : STR_EMPTY;

	for (size_t i = 1; i < c->candidate.n; i++) {
		size_t n = 0;

		while (n < common.len && n < c->candidate.at[i].len && common.ptr[n] == c->candidate.at[i].ptr[n])
			n++;
		common.len = n;
	}
	/* Half an escape is none. */
	if (c->candidate.n > 1 && str_has_suffix(common, STR("\\")) && !str_has_suffix(common, STR("\\\\")))
		common.len--;
	if (c->candidate.n > 1)
		common.len = str_utf8_prefix(common);
	return still_holds(common, c->fragment) ? common : STR_EMPTY;
}
