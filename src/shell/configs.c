/*
 * save, load, delete, configs: options under names.
 *
 * Lives here: the commands; the file is analysis/settings.h's.
 */
#include "config.h"

#include "shell/internal.h"

#include "analysis/settings.h"

static bool needs_name(struct str name, const char *command, struct error *err)
{
	return name.len || error_set(err, ERR_USAGE, "command %s requires a name", command);
}

static bool may_write(const struct call *c, struct error *err)
{
	return c->shell->flags & SHELL_MAY_WRITE || error_set(err, ERR_USAGE, "files cannot be written from here");
}

bool configs_run(struct call *c, struct str arguments, struct out *out, struct error *err)
{
	struct settings s;
	bool ok = settings_read(&s, err);

	(void)c;
	(void)arguments;
	for (size_t i = 0; ok && i < s.config.n; i++) {
		out_lit(out, "  ");
		out_str(out, s.config.at[i].name);
		out_char(out, '\n');
	}
	settings_release(&s);
	return ok;
}

bool save_run(struct call *c, struct str arguments, struct out *out, struct error *err)
{
	struct settings s;
	bool ok;

	(void)out;
	if (!needs_name(arguments, "save", err) || !may_write(c, err))
		return false;
	ok = settings_read(&s, err) && settings_put(&s, arguments, c->shell->options, err) && settings_write(&s, err);
	settings_release(&s);
	return ok;
}

static bool no_such_config(struct str name, struct error *err)
{
	return error_set(err, ERR_NOTFOUND, "config \"%.*s\" not found", STR_FMT(name));
}

bool load_run(struct call *c, struct str arguments, struct out *out, struct error *err)
{
	const struct settings_config *config = NULL;
	struct settings s;
	bool ok;

	(void)out;
	if (!needs_name(arguments, "load", err))
		return false;
	ok = settings_read(&s, err);
	if (ok) {
		config = settings_find(&s, arguments);
		ok = config ? settings_apply(config, c->shell->options, err) : no_such_config(arguments, err);
	}
	if (ok)
		*c->result = SHELL_CHANGED;
	settings_release(&s);
	return ok;
}

bool delete_run(struct call *c, struct str arguments, struct out *out, struct error *err)
{
	struct settings s;
	bool ok;

	(void)out;
	if (!needs_name(arguments, "delete", err) || !may_write(c, err))
		return false;
	ok = settings_read(&s, err) && (settings_remove(&s, arguments) || no_such_config(arguments, err)) &&
	     settings_write(&s, err);
	settings_release(&s);
	return ok;
}
