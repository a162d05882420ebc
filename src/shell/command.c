/*
 * The grammar of a line.
 *
 * Lives here: spec/driver.md 4.3 and 4.4, from text to struct command.
 * Not here: shortcuts, which depend on the profile (shell.c); doing any of it.
 *
 *	focus=json.*Decode //: only decoding
 *	top10 main -runtime -cum > hot.txt
 *	json tree 20 | jq .
 */
#include "config.h"

#include "shell/internal.h"

#include "base/golike.h"

static bool is_missing(struct str s)
{
	return !s.ptr;
}

/* Without what follows the last "//:", and trimmed. */
static struct str without_comment(struct str value)
{
	for (size_t i = value.len; i-- > 0;)
		if (str_has_prefix(str_from_offset(value, i), STR("//:")))
			return str_trim(str_head(value, i));
	return str_trim(value);
}

/* Choices of the format head a command instead: json top. */
static const struct option_choice *assigned_choice(struct str name, bool has_value)
{
	const struct option_choice *choice = option_choice_find(name);

	return choice && choice->option == OPT_FORMAT && !has_value ? NULL : choice;
}

/* True when the line is an assignment, and then *ok says whether a right one. */
static bool parse_assignment(struct command *c, struct str line, bool *ok, struct error *err)
{
	struct str name, value;
	bool has_value = str_cut(line, '=', &name, &value);

	name = str_trim(name);
	c->option = option_find(name);
	c->choice = assigned_choice(name, has_value);
	if (c->option < 0 && !c->choice)
		return false;
	c->kind = COMMAND_ASSIGN;
	c->value = without_comment(value);
	*ok = has_value || c->choice || option_table[c->option].type == OPTION_BOOL ||
	      error_set(err, ERR_USAGE, "please specify a value, e.g. %.*s=<val>", STR_FMT(name));
	return true;
}

/* What follows a lone "|": a command for the user's shell.  Without a word there, it is a regexp. */
static bool take_pipe(struct command *c, struct str word, struct str rest)
{
	rest = str_trim(rest);
	if (!str_eq(word, STR("|")) || !rest.len)
		return false;
	c->pipe = rest;
	return true;
}

/* ">f" and "> f"; false: neither, or nothing behind it, which err then tells. */
static bool take_output(struct command *c, struct str word, struct str *rest, struct error *err)
{
	if (!str_has_prefix(word, STR(">")))
		return false;
	c->output = str_from_offset(word, 1);
	if (!c->output.len && !str_word(rest, &c->output)) {
		c->output.ptr = NULL;
		return error_set(err, ERR_USAGE, "unexpected end of line after >");
	}
	return true;
}

/* Appends a regexp as another choice. */
static bool append(struct str *all, struct str re, struct arena *arena, struct error *err)
{
	if (!re.len)
		return true;
	*all = is_missing(*all) ? re : arena_fmt(arena, "%.*s|%.*s", STR_FMT(*all), STR_FMT(re));
	return all->ptr || error_nomem(err, "regexp");
}

static bool take_number(struct command *c, struct str word)
{
	struct error ignored = ERROR_INIT;
	int64_t n;

	if (!go_parse_dec64(word, &n, &ignored) || n < INT32_MIN || n > INT32_MAX)
		return false;
	c->has_nodecount = true;
	c->nodecount = n;
	return true;
}

static bool parse_report_words(struct command *c, struct str rest, struct arena *arena, struct error *err)
{
	struct str word;

	while (str_word(&rest, &word)) {
		if (take_pipe(c, word, rest))
			return true;
		if (take_number(c, word) || take_output(c, word, &rest, err))
			continue;
		if (err->code != ERR_NONE)
			return false;
		if (str_eq(word, STR("-cum")) || str_eq(word, STR("--cum")))
			c->by_cum = true;
		else if (word.ptr[0] == '-' && !append(&c->ignore, str_from_offset(word, 1), arena, err))
			return false;
		else if (word.ptr[0] != '-' && !append(&c->focus, word, arena, err))
			return false;
	}
	return true;
}

/* top10: the name of a report with its first argument behind it. */
static const struct report *find_with_number(struct str name, struct command *c)
{
	size_t n = name.len;
	const struct report *r;

	while (n > 0 && name.ptr[n - 1] >= '0' && name.ptr[n - 1] <= '9')
		n--;
	if (n == name.len || n == 0)
		return NULL;
	r = report_find(str_head(name, n));
	/* A report that takes a regexp takes the digits for it, as "list 10" would. */
	if (r && (r->flags & REPORT_TAKES_REGEX))
		c->regex = str_from_offset(name, n);
	else if (r && !take_number(c, str_from_offset(name, n)))
		c->focus = str_from_offset(name, n);
	return r;
}

static bool unknown(struct str name, struct str rest, struct error *err)
{
	char quoted[512];
	struct str value;

	if (option_find(name) >= 0 || option_choice_find(name)) {
		if (!str_word(&rest, &value))
			value = STR("<val>");
		return error_set(err, ERR_USAGE, "did you mean: %.*s=%.*s", STR_FMT(name), STR_FMT(value));
	}
	if (report_missing_find(name))
		return error_set(err, ERR_UNSUPPORTED, "%.*s is not there yet", STR_FMT(name));
	go_quote_to(name, quoted, sizeof(quoted));
	return error_set(err, ERR_USAGE, "unrecognized command: %s", quoted);
}

static bool parse_report(struct command *c, struct str name, struct str rest, struct arena *arena, struct error *err)
{
	struct str after;

	c->kind = COMMAND_REPORT;
	c->report = report_find(name);
	if (!c->report)
		c->report = find_with_number(name, c);
	if (!c->report)
		return unknown(name, rest, err);
	after = rest;
	if ((c->report->flags & REPORT_TAKES_REGEX) && is_missing(c->regex) &&
	    (!str_word(&after, &c->regex) || take_pipe(c, c->regex, after)))
		return error_set(err, ERR_USAGE, "command %.*s requires an argument", STR_FMT(name));
	return parse_report_words(c, after, arena, err);
}

/* All up to a pipe or an output file are its arguments. */
static bool parse_builtin(struct command *c, struct str rest, struct error *err)
{
	struct str word, all = rest;

	c->kind = COMMAND_BUILTIN;
	c->arguments = str_trim(rest);
	while (str_word(&rest, &word)) {
		struct str before = str_trim(str_head(all, (size_t)(word.ptr - all.ptr)));

		if (take_pipe(c, word, rest)) {
			c->arguments = is_missing(c->output) ? before : c->arguments;
			return true;
		}
		if (take_output(c, word, &rest, err))
			c->arguments = before;
		else if (err->code != ERR_NONE)
			return false;
	}
	return true;
}

/* Takes "json" or "csv" off the front of a command. */
static bool take_format(struct command *c, struct str *name, struct str *rest, struct error *err)
{
	c->format = option_choice_find(*name);
	if (!c->format || c->format->option != OPT_FORMAT) {
		c->format = NULL;
		return true;
	}
	if (str_word(rest, name))
		return true;
	return error_set(err, ERR_USAGE, "command %s requires a command, e.g. %s top", c->format->name,
			 c->format->name);
}

bool command_parse(struct command *c, struct str line, struct arena *arena, struct error *err)
{
	struct str rest, name;
	bool ok = true;

	*c = (struct command){ .kind = COMMAND_NONE, .option = -1 };
	line = str_trim(line);
	if (parse_assignment(c, line, &ok, err))
		return ok;
	rest = line;
	if (!str_word(&rest, &name))
		return true;
	c->builtin = builtin_find(name);
	if (c->builtin)
		return parse_builtin(c, rest, err);
	return take_format(c, &name, &rest, err) && parse_report(c, name, rest, arena, err);
}
