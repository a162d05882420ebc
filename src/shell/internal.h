/*
 * What the files of shell/ share with nobody else.
 *
 * Lives here: the line taken apart, where its text goes, the table of commands that are no reports.
 * Not here: what front ends may call (shell/shell.h).
 */
#ifndef SHELL_INTERNAL_H
#define SHELL_INTERNAL_H

#include "shell/shell.h"

#include "base/spawn.h"

#include <stdint.h>
#include <stdio.h>

/* A line while it runs. */
struct call {
	const struct shell *shell;
	struct arena *arena;
	struct out *out, *notice;
	enum shell_result *result;
};

/* Its text goes to `out`: the notices, or where the line says. */
struct builtin {
	const char *name, *other[3]; /* the names that it goes by */
	const char *arguments;	     /* "NAME", or "" */
	const char *help;
	bool (*run)(struct call *c, struct str arguments, struct out *out, struct error *err);
};

extern const struct builtin builtin_table[];
extern const size_t builtin_n;

/* NULL when there is none of that name. */
const struct builtin *builtin_find(struct str name);

/* ---- command.c: the grammar ---- */

enum command_kind {
	COMMAND_NONE, /* an empty line */
	COMMAND_ASSIGN,
	COMMAND_BUILTIN,
	COMMAND_REPORT,
};

/* Texts are views into the line or lie in the arena; a ptr of NULL: not given. */
struct command {
	enum command_kind kind;

	/* COMMAND_ASSIGN: a choice is given by its own name, as in lines=1, or is NULL. */
	int option;
	const struct option_choice *choice;
	struct str value;

	const struct builtin *builtin;
	struct str arguments; /* of it */

	const struct report *report;
	struct str regex; /* of a report that takes one */
	struct str focus, ignore;
	const struct option_choice *format;
	bool has_nodecount, by_cum;
	int64_t nodecount;

	/* COMMAND_BUILTIN and COMMAND_REPORT */
	struct str output, pipe;
};

/* ERR_USAGE in the reference's words. */
bool command_parse(struct command *c, struct str line, struct arena *arena, struct error *err);

/* ---- target.c: where the text of a line goes ---- */

/* Must not move while it is open. */
struct target {
	struct out *out; /* to write to */
	struct out *to;	 /* the caller's */
	struct out own;	 /* a file, or the input of a command */
	bool is_own;
	struct out *notice; /* told of the file */
	const struct cancel *cancel;

	struct str pipe; /* the command; ptr NULL: none */
	struct spawn child;
	struct error start_err;
	FILE *spool; /* what the command wrote, when `to` is no descriptor; or NULL */
};

/*
 * By `output` and `pipe` of the command, or else to `out`.  suffix: not to that, but to a new file
 * profile001.SUFFIX; NULL for text.
 */
bool target_open(struct target *t, struct call *c, const struct command *cmd, struct out *out, const char *suffix,
		 struct error *err);
/* After success; what fails here is the line's error. */
bool target_close(struct target *t, struct error *err);
/* After failure: no file is left, and a command that was not started yet never is. */
void target_drop(struct target *t);

/* ---- complete_file.c ---- */

/* Adds the files whose path begins with what was typed. */
void complete_file(struct shell_completion *c, struct str typed);

/* ---- behind the table of builtins ---- */

bool help_run(struct call *c, struct str arguments, struct out *out, struct error *err);
bool options_run(struct call *c, struct str arguments, struct out *out, struct error *err);
bool configs_run(struct call *c, struct str arguments, struct out *out, struct error *err);
bool save_run(struct call *c, struct str arguments, struct out *out, struct error *err);
bool load_run(struct call *c, struct str arguments, struct out *out, struct error *err);
bool delete_run(struct call *c, struct str arguments, struct out *out, struct error *err);

#endif
