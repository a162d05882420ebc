/*
 * Options: the table and its values.
 *
 * Lives here: parsing of values (spec/driver.md 3.2).
 */
#include "config.h"

#include "analysis/options.h"

#include "base/golike.h"

#include <inttypes.h>
#include <strings.h>

const struct option option_table[OPTION_COUNT] = {
#define OPTION(id, name_, type_, initial_, url_, flags_, help_)                                             \
	[OPT_##id] = { .name = (name_), .type = OPTION_##type_, .initial = (initial_), .url = (url_), \
		       .flags = (flags_), .help = (help_) },
#include "analysis/options.def"
#undef OPTION
};

const struct option_choice option_choice_table[] = {
	{ OPT_FORMAT, "csv", "Write the rows of the report as CSV" },
	{ OPT_FORMAT, "json", "Write the rows of the report as JSON" },
	{ OPT_FORMAT, "plain", "Write the report as text" },
	{ OPT_GRANULARITY, "functions", "Entries are functions" },
	{ OPT_GRANULARITY, "filefunctions", "Entries are functions and their files" },
	{ OPT_GRANULARITY, "files", "Entries are files" },
	{ OPT_GRANULARITY, "lines", "Entries are source lines" },
	{ OPT_GRANULARITY, "addresses", "Entries are addresses" },
	{ OPT_SORT, "cum", "Sort by cumulative value" },
	{ OPT_SORT, "flat", "Sort by own value" },
};

const size_t option_choice_n = sizeof(option_choice_table) / sizeof(option_choice_table[0]);

int option_find(struct str name)
{
	for (int i = 0; i < OPTION_COUNT; i++)
		if (str_eq(name, str_from(option_table[i].name)))
			return i;
	return -1;
}

const struct option_choice *option_choice_find(struct str name)
{
	for (size_t i = 0; i < option_choice_n; i++)
		if (str_eq(name, str_from(option_choice_table[i].name)))
			return &option_choice_table[i];
	return NULL;
}

bool options_init(struct options *o, struct error *err)
{
	*o = (struct options){ .arena = ARENA_INIT };
	for (int i = 0; i < OPTION_COUNT; i++) {
		/* The default granularity is left to each report, and so is no choice of its own. */
		if (option_table[i].initial[0] == '\0')
			o->value[i].text = STR_EMPTY;
		else if (!options_set(o, (enum option_id)i, str_from(option_table[i].initial), err))
			return false;
	}
	return true;
}

static bool has_text(enum option_id id)
{
	return option_table[id].type >= OPTION_TEXT;
}

bool options_copy(struct options *to, const struct options *from, struct error *err)
{
	*to = (struct options){ .arena = ARENA_INIT };
	for (int i = 0; i < OPTION_COUNT; i++) {
		to->value[i] = from->value[i];
		if (!has_text((enum option_id)i))
			continue;
		to->value[i].text = arena_str(&to->arena, from->value[i].text);
		if (!to->value[i].text.ptr) {
			arena_release(&to->arena);
			return error_nomem(err, "options");
		}
	}
	return true;
}

void options_release(struct options *o)
{
	arena_release(&o->arena);
}

void options_clear_filters(struct options *o)
{
	for (int i = 0; i < OPTION_COUNT; i++)
		if (option_table[i].flags & OPTION_FILTERS)
			o->value[i].text = STR_EMPTY;
}

bool options_have_filters(const struct options *o)
{
	for (int i = 0; i < OPTION_COUNT; i++)
		if ((option_table[i].flags & OPTION_FILTERS) && o->value[i].text.len)
			return true;
	return false;
}

static bool text_is(struct str text, const char *word)
{
	return text.len == strlen(word) && strncasecmp(text.ptr, word, text.len) == 0;
}

static bool parse_bool(struct str text, bool *is_set, struct error *err)
{
	static const char *const yes[] = { "true", "t", "yes", "y", "1", "" };
	static const char *const no[] = { "false", "f", "no", "n", "0" };

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (text_is(text, yes[i])) {
			*is_set = true;
			return true;
		}
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (text_is(text, no[i])) {
			*is_set = false;
			return true;
		}
	return error_set(err, ERR_USAGE, "illegal value \"%.*s\" for bool variable", STR_FMT(text));
}

static bool set_choice(struct options *o, enum option_id id, struct str text, struct error *err)
{
	const struct option_choice *choice = option_choice_find(text);

	if (!choice || choice->option != id)
		return error_set(err, ERR_USAGE, "invalid \"%s\" value \"%.*s\"", option_table[id].name, STR_FMT(text));
	o->value[id].text = str_from(choice->name);
	return true;
}

bool options_set(struct options *o, enum option_id id, struct str text, struct error *err)
{
	union option_value v;
	struct str copy;

	switch (option_table[id].type) {
	case OPTION_BOOL:
		return parse_bool(text, &o->value[id].is_set, err);
	case OPTION_INT:
		if (!go_parse_atoi(text, &v.integer, err))
			return false;
		o->value[id] = v;
		return true;
	case OPTION_FLOAT:
		if (!go_parse_float(text, &v.number, err))
			return false;
		o->value[id] = v;
		return true;
	case OPTION_CHOICE:
		return set_choice(o, id, text, err);
	case OPTION_TEXT:
	case OPTION_REGEX:
		break;
	}
	copy = arena_str(&o->arena, text);
	if (!copy.ptr)
		return error_nomem(err, "option");
	o->value[id].text = copy;
	return true;
}

struct str options_text(const struct options *o, enum option_id id, struct arena *arena)
{
	switch (option_table[id].type) {
	case OPTION_BOOL:
		return arena_fmt(arena, "%s", o->value[id].is_set ? "true" : "false");
	case OPTION_INT:
		return arena_fmt(arena, "%" PRId64, o->value[id].integer);
	case OPTION_FLOAT:
		return go_float_text(arena, o->value[id].number);
	default:
		return arena_str(arena, o->value[id].text);
	}
}

bool options_is_initial(const struct options *o, enum option_id id)
{
	struct arena scratch = ARENA_INIT;
	struct str text = options_text(o, id, &scratch);
	bool is_initial = text.ptr && str_eq(text, str_from(option_table[id].initial));

	arena_release(&scratch);
	return is_initial;
}
