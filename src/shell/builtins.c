/*
 * The table of commands that are no reports.
 *
 * Lives here: one row each, in the order of the help.
 */
#include "config.h"

#include "shell/internal.h"

static bool quit_run(struct call *c, struct str arguments, struct out *out, struct error *err)
{
	(void)arguments;
	(void)out;
	(void)err;
	*c->result = SHELL_QUIT;
	return true;
}

const struct builtin builtin_table[] = {
	{ .name = "o", .other = { "options" }, .arguments = "",
	  .help = "List the options and what they are set to", .run = options_run },
	{ .name = "help", .arguments = "[NAME]",
	  .help = "List what there is, or tell about one command or option", .run = help_run },
	{ .name = "save", .arguments = "NAME",
	  .help = "Keep the options under a name, in the settings that the web pages show too", .run = save_run },
	{ .name = "load", .arguments = "NAME", .help = "Take the options that were saved under a name",
	  .run = load_run },
	{ .name = "delete", .arguments = "NAME", .help = "Forget the options that were saved under a name",
	  .run = delete_run },
	{ .name = "configs", .arguments = "", .help = "List the names that options are saved under",
	  .run = configs_run },
	{ .name = "quit", .other = { "q", "exit" }, .arguments = "", .help = "Leave; so does Ctrl-D",
	  .run = quit_run },
};

const size_t builtin_n = sizeof(builtin_table) / sizeof(builtin_table[0]);

const struct builtin *builtin_find(struct str name)
{
	for (size_t i = 0; i < builtin_n; i++) {
		const struct builtin *b = &builtin_table[i];

		if (str_eq(name, str_from(b->name)))
			return b;
		for (size_t k = 0; k < sizeof(b->other) / sizeof(b->other[0]) && b->other[k]; k++)
			if (str_eq(name, str_from(b->other[k])))
				return b;
	}
	return NULL;
}
