/*
 * The command line.
 *
 * Lives here: taking one flag after another, and the table of flags that are neither an
 * option nor a report.
 */
#include "config.h"

#include "shell/arguments.h"

#include "base/golike.h"
#include "base/limits.h"

#include <stddef.h>
#include <string.h>

enum flag_kind {
	FLAG_BOOL,
	FLAG_INT,
	FLAG_TEXT,
	FLAG_LIST,	   /* repeatable */
	FLAG_SAMPLE_TYPE,  /* -inuse_space and its like */
	FLAG_VIEW,	   /* -flame: -view=flame */
	FLAG_IGNORED_TEXT, /* accepted, without effect here */
	FLAG_MISSING_TEXT, /* of the reference, not here yet */
};

struct flag {
	const char *name;
	enum flag_kind kind;
	size_t offset; /* in struct arguments */
	const char *help;
};

#define AT(member) offsetof(struct arguments, member)

/* Sample types are examined in this order (spec/driver.md 1.8). */
static const struct flag flag_table[] = {
	{ "total_delay", FLAG_SAMPLE_TYPE, 0, "Show the delay: -sample_index=delay" },
	{ "mean_delay", FLAG_SAMPLE_TYPE, 0, "Show the mean delay: -sample_index=delay -mean" },
	{ "contentions", FLAG_SAMPLE_TYPE, 0, "Show the number of contentions" },
	{ "inuse_space", FLAG_SAMPLE_TYPE, 0, "Show memory in use, in bytes" },
	{ "inuse_objects", FLAG_SAMPLE_TYPE, 0, "Show memory in use, in objects" },
	{ "alloc_space", FLAG_SAMPLE_TYPE, 0, "Show memory allocated, in bytes" },
	{ "alloc_objects", FLAG_SAMPLE_TYPE, 0, "Show memory allocated, in objects" },

	{ "base", FLAG_LIST, AT(base), "Subtract this profile; may be repeated" },
	{ "diff_base", FLAG_LIST, AT(diff_base), "Compare with this profile; may be repeated" },
	{ "add_comment", FLAG_TEXT, AT(add_comment), "Add a comment to the profile" },
	{ "all_frames", FLAG_BOOL, AT(all_frames), "Keep frames that the profile wants dropped" },
	{ "buildid", FLAG_TEXT, AT(build_id), "Build ID of the main binary, when the profile has none" },
	{ "symbolize", FLAG_TEXT, AT(symbolize), "none: leave names as they are; demangle=full, templates or none" },
	{ "interactive", FLAG_BOOL, AT(is_interactive), "Open the prompt instead of the viewer" },
	{ "view", FLAG_TEXT, AT(view), "What the viewer shows at first: top, flame, ..." },
	{ "flame", FLAG_VIEW, 0, "The viewer, with the flame graph at first: -view=flame" },
	{ "sandwich", FLAG_VIEW, 0, "The same with callers and callees of one function" },
	{ "overview", FLAG_VIEW, 0, "The same with what the profile is, and what looks wrong with it" },
	{ "at", FLAG_TEXT, AT(place), "With -view: where in it to begin, as Y in the viewer writes it" },
	{ "script", FLAG_TEXT, AT(script), "Run the viewer without a terminal: keys and commands from a file" },
	{ "size", FLAG_TEXT, AT(size), "With -script: the screen, as COLUMNSxROWS" },
	{ "dump-screen", FLAG_BOOL, AT(dump_screen), "With -script: print the last screen" },
	{ "dump-cells", FLAG_BOOL, AT(dump_cells), "With -script: print the last screen with its attributes" },
	{ "seconds", FLAG_INT, AT(seconds), "How long a profile to ask of a server; nothing for files" },
	{ "timeout", FLAG_INT, AT(timeout), "How many seconds to wait for a server; nothing for files" },
	{ "tools", FLAG_IGNORED_TEXT, 0, NULL },

	{ "http", FLAG_TEXT, AT(http), NULL },
	{ "no_browser", FLAG_BOOL, AT(no_browser), NULL },
	{ "tls_ca", FLAG_MISSING_TEXT, 0, NULL },
	{ "tls_cert", FLAG_MISSING_TEXT, 0, NULL },
	{ "tls_key", FLAG_MISSING_TEXT, 0, NULL },
};

enum { N_FLAG = sizeof(flag_table) / sizeof(flag_table[0]) };

/* What was seen while parsing and is judged afterwards. */
struct parser {
	struct arguments *a;
	bool is_given[N_FLAG];		   /* FLAG_SAMPLE_TYPE */
	const char *choice[OPTION_COUNT];  /* a choice given by its own name */
	const char *conflict[2];
	size_t n_report;
};

/* One argument taken apart. */
struct word {
	struct str name, value;
	bool has_value;
};

static bool bad_value(struct error *err, const struct word *w, const char *why)
{
	char quoted[256];

	go_quote_to(w->value, quoted, sizeof(quoted));
	return error_set(err, ERR_USAGE, "invalid value %s for flag -%.*s: %s", quoted, STR_FMT(w->name), why);
}

static bool parse_bool(const struct word *w, bool *is_set, struct error *err)
{
	static const char *const yes[] = { "1", "t", "T", "true", "TRUE", "True" };
	static const char *const no[] = { "0", "f", "F", "false", "FALSE", "False" };
	char quoted[256];

	*is_set = true;
	if (!w->has_value)
		return true;
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (str_eq(w->value, str_from(yes[i])))
			return true;
	*is_set = false;
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (str_eq(w->value, str_from(no[i])))
			return true;
	go_quote_to(w->value, quoted, sizeof(quoted));
	return error_set(err, ERR_USAGE, "invalid boolean value %s for -%.*s: parse error", quoted, STR_FMT(w->name));
}

/* Go's flag package says only which of two things was wrong with a number. */
static const char *number_fault(const struct error *err)
{
	return err->code == ERR_LIMIT ? "value out of range" : "parse error";
}

static bool parse_int(const struct word *w, int64_t *to, struct error *err)
{
	return go_parse_auto64(w->value, to, err) || bad_value(err, w, number_fault(err));
}

static bool missing(struct error *err, struct str flag)
{
	return error_set(err, ERR_USAGE, "-%.*s is not there yet", STR_FMT(flag));
}

static bool take_flag(struct parser *p, const struct flag *f, const struct word *w, struct error *err)
{
	void *to = (char *)p->a + f->offset;
	bool is_set;

	switch (f->kind) {
	case FLAG_BOOL:
		return parse_bool(w, to, err);
	case FLAG_INT:
		return parse_int(w, to, err);
	case FLAG_TEXT:
		*(struct str *)to = w->value;
		return true;
	case FLAG_LIST:
		return !w->value.len || vec_push(&((struct arguments_list *)to)->v, w->value) || error_nomem(err, "arguments");
	case FLAG_SAMPLE_TYPE:
		return parse_bool(w, &p->is_given[f - flag_table], err);
	case FLAG_VIEW:
		if (!parse_bool(w, &is_set, err))
			return false;
		p->a->view = is_set ? str_from(f->name) : p->a->view;
		return true;
	case FLAG_IGNORED_TEXT:
		return true;
	case FLAG_MISSING_TEXT:
		return !w->value.len || missing(err, w->name);
	}
	return true;
}

static bool take_option(struct parser *p, int id, const struct word *w, struct error *err)
{
	union option_value *v = &p->a->options.value[id];

	switch (option_table[id].type) {
	case OPTION_BOOL:
		return parse_bool(w, &v->is_set, err);
	case OPTION_INT:
		return parse_int(w, &v->integer, err);
	case OPTION_FLOAT:
		return go_parse_float(w->value, &v->number, err) || bad_value(err, w, number_fault(err));
	default:
		v->text = w->value;
		return true;
	}
}

static bool take_choice(struct parser *p, const struct option_choice *c, const struct word *w, struct error *err)
{
	const char *before = p->choice[c->option];
	bool is_set;

	if (!parse_bool(w, &is_set, err))
		return false;
	if (!is_set)
		return true;
	if (before && strcmp(before, c->name) != 0 && !p->conflict[0]) {
		p->conflict[0] = strcmp(before, c->name) < 0 ? before : c->name;
		p->conflict[1] = strcmp(before, c->name) < 0 ? c->name : before;
	}
	p->choice[c->option] = c->name;
	return true;
}

static bool take_report(struct parser *p, const struct report *r, const struct word *w, struct error *err)
{
	bool is_set = w->value.len > 0;

	if (r->flags & REPORT_TAKES_REGEX)
		p->a->report_regex = is_set ? w->value : p->a->report_regex;
	else if (!parse_bool(w, &is_set, err))
		return false;
	if (is_set && p->a->report != r) {
		p->a->report = r;
		p->n_report++;
	}
	return true;
}

static bool take_missing(const struct report_missing *m, const struct word *w, struct error *err)
{
	bool is_set = w->value.len > 0;

	return (m->takes_regex || parse_bool(w, &is_set, err)) && (!is_set || missing(err, w->name));
}

static const struct flag *flag_find(struct str name)
{
	for (size_t i = 0; i < N_FLAG; i++)
		if (str_eq(name, str_from(flag_table[i].name)))
			return &flag_table[i];
	return NULL;
}

/* Options of choice have no flag: their choices have. */
static int option_flag_find(struct str name)
{
	int id = option_find(name);

	return id >= 0 && option_table[id].type != OPTION_CHOICE ? id : -1;
}

static bool is_bool_flag(const struct flag *f)
{
	return f->kind == FLAG_BOOL || f->kind == FLAG_SAMPLE_TYPE || f->kind == FLAG_VIEW;
}

bool arguments_is_view_flag(struct str name)
{
	const struct flag *f = flag_find(name);

	return f && f->kind == FLAG_VIEW;
}

/* Whether the flag stands alone; false: unknown name. */
static bool flag_shape(struct str name, bool *is_bool)
{
	const struct report_missing *absent = report_missing_find(name);
	const struct report *r = report_find(name);
	const struct flag *f = flag_find(name);
	int id = option_flag_find(name);

	if (r)
		*is_bool = !(r->flags & REPORT_TAKES_REGEX);
	else if (id >= 0)
		*is_bool = option_table[id].type == OPTION_BOOL;
	else if (absent)
		*is_bool = !absent->takes_regex;
	else if (f)
		*is_bool = is_bool_flag(f);
	else if (option_choice_find(name))
		*is_bool = true;
	else
		return false;
	return true;
}

static bool take_word(struct parser *p, const struct word *w, struct error *err)
{
	const struct report_missing *absent = report_missing_find(w->name);
	const struct report *r = report_find(w->name);
	const struct option_choice *c = option_choice_find(w->name);
	int id = option_flag_find(w->name);

	if (r)
		return take_report(p, r, w, err);
	if (absent)
		return take_missing(absent, w, err);
	if (id >= 0)
		return take_option(p, id, w, err);
	return c ? take_choice(p, c, w, err) : take_flag(p, flag_find(w->name), w, err);
}

/*
 * Takes the flags; *next is then the first argument that is none.  True with action set when
 * help or version was asked for.
 */
static bool take_flags(struct parser *p, int argc, char **argv, int *next, struct error *err)
{
	int i = 1;

	while (i < argc && argv[i][0] == '-' && argv[i][1] != '\0') {
		struct str arg = str_from(argv[i++]);
		struct word w = { .value = STR_EMPTY };
		bool is_bool;

		if (str_eq(arg, STR("--")))
			break;
		w.name = str_from_offset(arg, arg.ptr[1] == '-' ? 2 : 1);
		if (w.name.ptr[0] == '-' || w.name.ptr[0] == '=')
			return error_set(err, ERR_USAGE, "bad flag syntax: %.*s", STR_FMT(arg));
		/* flamegraph=html is a report of its own */
		w.has_value = !report_find(w.name) && str_cut(w.name, '=', &w.name, &w.value);
		if (str_eq(w.name, STR("h")) || str_eq(w.name, STR("help")) || str_eq(w.name, STR("version"))) {
			p->a->action = w.name.ptr[0] == 'h' ? ARGUMENTS_HELP : ARGUMENTS_VERSION;
			return true;
		}
		if (!flag_shape(w.name, &is_bool))
			return error_set(err, ERR_USAGE, "flag provided but not defined: -%.*s", STR_FMT(w.name));
		if (!is_bool && !w.has_value) {
			if (i == argc)
				return error_set(err, ERR_USAGE, "flag needs an argument: -%.*s", STR_FMT(w.name));
			w.value = str_from(argv[i++]);
			w.has_value = true;
		}
		if (!take_word(p, &w, err))
			return false;
	}
	*next = i;
	return true;
}

/* -inuse_space and its like: the first sets the sample type, unless that is set (spec/driver.md 1.8). */
static void apply_sample_types(struct parser *p, struct out *notice)
{
	struct options *o = &p->a->options;

	for (size_t i = 0; i < N_FLAG; i++) {
		struct str name = str_from(flag_table[i].name);

		if (flag_table[i].kind != FLAG_SAMPLE_TYPE || !p->is_given[i])
			continue;
		if (str_eq(name, STR("mean_delay")))
			o->value[OPT_MEAN].is_set = true;
		if (o->value[OPT_SAMPLE_INDEX].text.len) {
			out_fmt(notice, "Multiple value selections, ignoring -%s\n", flag_table[i].name);
			continue;
		}
		if (str_has_suffix(name, STR("_delay")))
			name = STR("delay");
		o->value[OPT_SAMPLE_INDEX].text = name;
	}
}

/* The rules between flags, in the reference's order (spec/driver.md 1.4). */
static bool judge(struct parser *p, struct out *notice, struct error *err)
{
	struct arguments *a = p->a;

	if (a->source.v.n == 0)
		return error_set(err, ERR_USAGE, "no profile source specified");
	if (p->conflict[0])
		return error_set(err, ERR_USAGE, "conflicting options set: [%s %s]", p->conflict[0], p->conflict[1]);
	for (int id = 0; id < OPTION_COUNT; id++)
		if (p->choice[id])
			a->options.value[id].text = str_from(p->choice[id]);
	if (p->n_report > 1)
		return error_set(err, ERR_USAGE, "must set at most one output format");
	if (a->report && a->http.len)
		return error_set(err, ERR_USAGE, "-http is not compatible with an output format on the command line");
	if (a->no_browser && !a->http.len)
		return error_set(err, ERR_USAGE, "-no_browser only makes sense with -http");
	/* Rows for a program are of a report. */
	if (!a->report && !a->is_interactive && !str_eq(a->options.value[OPT_FORMAT].text, STR("plain")))
		a->report = report_find(STR("top"));
	apply_sample_types(p, notice);
	if (a->base.v.n && a->diff_base.v.n)
		return error_set(err, ERR_USAGE, "-base and -diff_base flags cannot both be specified");
	if (a->options.value[OPT_NORMALIZE].is_set && !a->base.v.n && !a->diff_base.v.n)
		return error_set(err, ERR_USAGE, "must have base profile to normalize by");
	if (a->source.v.n + a->base.v.n + a->diff_base.v.n > LIMIT_SOURCES)
		return error_set(err, ERR_LIMIT, "more than %d profiles", LIMIT_SOURCES);
	return !a->http.len || missing(err, STR("http"));
}

bool arguments_parse(struct arguments *a, int argc, char **argv, struct out *notice, struct error *err)
{
	struct parser p = { .a = a };
	int next = argc;

	*a = (struct arguments){ .seconds = -1, .timeout = -1 };
	if (!options_init(&a->options, err) || !take_flags(&p, argc, argv, &next, err))
		return false;
	if (a->action != ARGUMENTS_RUN)
		return true;
	for (int i = next; i < argc; i++)
		if (!vec_push(&a->source.v, str_from(argv[i])))
			return error_nomem(err, "arguments");
	return judge(&p, notice, err);
}

void arguments_release(struct arguments *a)
{
	options_release(&a->options);
	vec_release(&a->source.v);
	vec_release(&a->base.v);
	vec_release(&a->diff_base.v);
}

static const char *value_of(enum option_type type)
{
	static const char *const text[] = {
		[OPTION_BOOL] = "", [OPTION_INT] = "=N", [OPTION_FLOAT] = "=X",
		[OPTION_TEXT] = "=TEXT", [OPTION_REGEX] = "=REGEX", [OPTION_CHOICE] = "",
	};

	return text[type];
}

static const char *value_of_flag(enum flag_kind kind)
{
	switch (kind) {
	case FLAG_INT:
		return "=N";
	case FLAG_LIST:
		return "=PROFILE";
	case FLAG_TEXT:
		return "=TEXT";
	default:
		return "";
	}
}

/* Choices are flags of their own: -lines for granularity=lines. */
static void list_choices(const struct usage_writer *w, int option)
{
	w->section(w->ctx, option_table[option].help);
	for (size_t i = 0; i < option_choice_n; i++)
		if ((int)option_choice_table[i].option == option)
			w->item(w->ctx, option_choice_table[i].name, "", option_choice_table[i].help);
}

void arguments_list(const struct usage_writer *w)
{
	w->section(w->ctx, "Reports");
	for (size_t i = 0; i < report_table_n; i++)
		w->item(w->ctx, report_table[i].name, report_table[i].flags & REPORT_TAKES_REGEX ? "=REGEX" : "",
			report_table[i].summary);
	w->section(w->ctx, "Options");
	for (int i = 0; i < OPTION_COUNT; i++)
		if (option_table[i].type != OPTION_CHOICE)
			w->item(w->ctx, option_table[i].name, value_of(option_table[i].type), option_table[i].help);
	for (int i = 0; i < OPTION_COUNT; i++)
		if (option_table[i].type == OPTION_CHOICE)
			list_choices(w, i);
	w->section(w->ctx, "Profiles and the program");
	for (size_t i = 0; i < N_FLAG; i++)
		if (flag_table[i].help)
			w->item(w->ctx, flag_table[i].name, value_of_flag(flag_table[i].kind), flag_table[i].help);
	w->item(w->ctx, "help", "", "Print a list of all flags");
	w->item(w->ctx, "version", "", "Print the version");
}

static void help_section(void *ctx, const char *title)
{
	out_fmt(ctx, "\n%s:\n", title);
}

static void help_item(void *ctx, const char *name, const char *value, const char *help)
{
	struct out *out = ctx;
	size_t width = strlen(name) + strlen(value);

	out_fmt(out, "  -%s%s", name, value);
	out_spaces(out, width < 22 ? 22 - width : 1);
	out_str(out, str_from(help));
	out_char(out, '\n');
}

void arguments_write_help(struct out *out)
{
	const struct usage_writer w = { help_section, help_item, out };

	out_lit(out, "usage: cpprof-view [FLAG ...] [BINARY] PROFILE ...\n"
		     "\n"
		     "Opens a profile in the viewer.  With one of the reports below it prints that report\n"
		     "instead, and so it does with -top when there is no terminal.  - is standard input.\n");
	arguments_list(&w);
}
