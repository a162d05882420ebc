/*
 * Running a line.
 *
 * Lives here: spec/driver.md 4.2 and 4.3: shortcuts, assignments, and a report with what its line overrides.
 * Not here: the grammar (command.c), the other commands (builtins.c).
 */
#include "config.h"

#include "shell/shell.h"

#include "analysis/names.h"
#include "shell/internal.h"

enum { ROWS_AT_PROMPT = 10 };

/* The lines that a shortcut stands for (spec/driver.md 4.3), at most so many. */
enum {
	SHORTCUT_LINES = 5,
};

struct shortcut {
	struct str line[SHORTCUT_LINES];
	size_t n; /* 0: it is none */
};

static void add_line(struct shortcut *s, struct arena *arena, const char *before, struct str type, bool *ok)
{
	struct str line = arena_fmt(arena, "%s%.*s", before, STR_FMT(type));

	*ok = *ok && line.ptr;
	s->line[s->n++] = line;
}

/* T, total_T and mean_T choose the sample type T. */
static bool expand_type(struct str line, struct str type, struct arena *arena, struct shortcut *s)
{
	bool ok = true;

	if (str_eq(line, type)) {
		add_line(s, arena, "sample_index=", type, &ok);
	} else if (str_has_prefix(line, STR("total_")) && str_eq(str_from_offset(line, 6), type)) {
		add_line(s, arena, "mean=0", STR_EMPTY, &ok);
		add_line(s, arena, "sample_index=", type, &ok);
	} else if (str_has_prefix(line, STR("mean_")) && str_eq(str_from_offset(line, 5), type)) {
		add_line(s, arena, "mean=1", STR_EMPTY, &ok);
		add_line(s, arena, "sample_index=", type, &ok);
	}
	return ok;
}

static bool shortcut_expand(const struct shell *s, struct str line, struct arena *arena, struct shortcut *out)
{
	struct names types;

	*out = (struct shortcut){ .n = 0 };
	if (str_eq(line, STR(":"))) {
		*out = (struct shortcut){ { STR("focus="), STR("ignore="), STR("hide="), STR("tagfocus="),
					    STR("tagignore=") },
					  SHORTCUT_LINES };
		return true;
	}
	if (!names_of_sample_types(s->profile, arena, &types))
		return false;
	for (size_t i = 0; i < types.n && !out->n; i++)
		if (!expand_type(line, types.at[i], arena, out))
			return false;
	return true;
}

/* strconv.ParseBool's idea of true. */
static bool is_go_true(struct str value)
{
	static const char *const yes[] = { "1", "t", "T", "true", "TRUE", "True" };

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (str_eq(value, str_from(yes[i])))
			return true;
	return false;
}

static bool assign_sample_index(const struct shell *s, struct str value, struct arena *arena, struct error *err)
{
	struct names types;
	uint32_t index;

	if (!analysis_sample_index(s->profile, value, &index, err))
		return false;
	if (!names_of_sample_types(s->profile, arena, &types))
		return error_nomem(err, "sample types");
	return options_set(s->options, OPT_SAMPLE_INDEX, types.at[index], err);
}

static bool run_assignment(struct call *c, const struct command *cmd, struct error *err)
{
	struct options *o = c->shell->options;
	bool ok;

	if (cmd->choice)
		ok = is_go_true(cmd->value) ?
			     options_set(o, cmd->choice->option, str_from(cmd->choice->name), err) :
			     error_set(err, ERR_USAGE, "unknown config field \"%s\"", cmd->choice->name);
	else if (cmd->option == OPT_SAMPLE_INDEX)
		ok = assign_sample_index(c->shell, cmd->value, c->arena, err);
	else
		ok = options_set(o, (enum option_id)cmd->option, cmd->value, err);
	if (ok)
		*c->result = SHELL_CHANGED;
	return ok;
}

/* The options for this report alone (spec/driver.md 3.6, 4.4). */
static void override(struct options *o, const struct command *cmd)
{
	bool by_tags = cmd->report->flags & REPORT_TAGS_FILTER;

	if (cmd->has_nodecount)
		o->value[OPT_NODECOUNT].integer = cmd->nodecount;
	if (cmd->by_cum)
		o->value[OPT_SORT].text = STR("cum");
	if (cmd->focus.ptr)
		o->value[by_tags ? OPT_TAGFOCUS : OPT_FOCUS].text = cmd->focus;
	if (cmd->ignore.ptr)
		o->value[by_tags ? OPT_TAGIGNORE : OPT_IGNORE].text = cmd->ignore;
	if (cmd->format)
		o->value[OPT_FORMAT].text = str_from(cmd->format->name);
	if ((cmd->report->flags & REPORT_LIMITED_AT_PROMPT) && o->value[OPT_NODECOUNT].integer == -1)
		o->value[OPT_NODECOUNT].integer = ROWS_AT_PROMPT;
}

/* A report with a viewer of its own goes to a file that the viewer is given. */
static bool show_report(struct call *c, const struct command *cmd, const struct options *o, struct error *err)
{
	struct destination_request r = {
		.profile = c->shell->profile, .options = o, .report = cmd->report, .regex = cmd->regex
	};

	if (!c->shell->destination)
		return error_set(err, ERR_USAGE, "programs cannot be started from here");
	return destination_show(c->shell->destination, &r, c->notice, err);
}

static bool write_report(struct call *c, const struct command *cmd, const struct options *o, struct error *err)
{
	const char *suffix = cmd->report->flags & REPORT_BINARY ? cmd->report->suffix : NULL;
	const struct report *report;
	struct target t;

	if (cmd->report->viewer && !cmd->output.ptr && !cmd->pipe.ptr)
		return show_report(c, cmd, o, err);
	if (!target_open(&t, c, cmd, c->out, cmd->pipe.ptr ? NULL : suffix, err))
		return false;
	report = destination_substitute(cmd->report, c->notice);
	if (analysis_report(c->shell->profile, o, report, cmd->regex, t.out, c->notice, err))
		return target_close(&t, err);
	target_drop(&t);
	return false;
}

static bool run_report(struct call *c, struct command *cmd, struct error *err)
{
	struct options o;
	bool ok;

	if (!options_copy(&o, c->shell->options, err))
		return false;
	override(&o, cmd);
	if (!cmd->output.ptr && !cmd->pipe.ptr && o.value[OPT_OUTPUT].text.len)
		cmd->output = o.value[OPT_OUTPUT].text;
	ok = write_report(c, cmd, &o, err);
	options_release(&o);
	return ok;
}

static bool run_builtin(struct call *c, const struct command *cmd, struct error *err)
{
	struct target t;

	if (!cmd->output.ptr && !cmd->pipe.ptr)
		return cmd->builtin->run(c, cmd->arguments, c->notice, err);
	if (!target_open(&t, c, cmd, c->out, NULL, err))
		return false;
	if (cmd->builtin->run(c, cmd->arguments, t.out, err))
		return target_close(&t, err);
	target_drop(&t);
	return false;
}

static bool run_line(struct call *c, struct str line, struct error *err)
{
	struct command cmd;

	if (!command_parse(&cmd, line, c->arena, err))
		return false;
	switch (cmd.kind) {
	case COMMAND_ASSIGN:
		return run_assignment(c, &cmd, err);
	case COMMAND_BUILTIN:
		return run_builtin(c, &cmd, err);
	case COMMAND_REPORT:
		return run_report(c, &cmd, err);
	case COMMAND_NONE:
		break;
	}
	return true;
}

static bool run_lines(struct call *c, struct str line, struct error *err)
{
	struct shortcut s;
	bool ok = true;

	if (!shortcut_expand(c->shell, line, c->arena, &s))
		return error_nomem(err, "line");
	if (!s.n)
		return run_line(c, line, err);
	for (size_t i = 0; ok && i < s.n; i++)
		ok = run_line(c, s.line[i], err);
	return ok;
}

bool shell_run(const struct shell *s, struct str line, struct out *out, struct out *notice,
	       enum shell_result *result, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	struct call c = { .shell = s, .arena = &scratch, .out = out, .notice = notice, .result = result };
	bool ok;

	*result = SHELL_DONE;
	out_flush(out);
	ok = run_lines(&c, str_trim(line), err);
	arena_release(&scratch);
	return ok;
}

/* The lines at the head of reports. */
static bool tell_profile(const struct shell *s, const struct options *o, struct out *notice, struct error *err)
{
	struct analysis_view v;
	struct measure_scaler scaler;
	struct report_lines lines;
	bool ok;

	if (!analysis_view_init(&v, s->profile, o, report_find(STR("top")), STR_EMPTY, notice, s->cancel, err))
		return false;
	report_scaler(&v.in, v.in.output_unit, &scaler);
	ok = report_profile_lines(&v.in, &v.arena, &scaler, &lines) || error_nomem(err, "greeting");
	if (ok)
		report_lines_write(&lines, notice);
	if (ok && v.in.total == 0 && s->profile->n_sample_type > 1)
		out_lit(notice, "The samples of this type add up to zero.\n"
				"To see another type, set sample_index; `o` lists the types there are.\n");
	analysis_view_release(&v);
	return ok;
}

/*
 * The greeting is about the whole profile, whatever the filters.  An option with a wrong value is told by the first
 * report, and can be set anew then.
 */
bool shell_greet(const struct shell *s, struct out *notice, struct error *err)
{
	struct error wrong = ERROR_INIT;
	struct options o;
	bool ok;

	if (!options_copy(&o, s->options, err))
		return false;
	options_clear_filters(&o);
	ok = tell_profile(s, &o, notice, &wrong) || wrong.code == ERR_USAGE;
	options_release(&o);
	if (!ok)
		return error_set(err, wrong.code, "%s", wrong.msg);
	out_lit(notice, "Entering interactive mode (type \"help\" for commands, \"o\" for options)\n");
	return true;
}
