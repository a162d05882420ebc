/*
 * Saved options.
 *
 * Lives here: the form of the file.
 *
 *	{
 *	  "configs": [
 *	    {
 *	      "name": "my",
 *	      "unit": "minimum",
 *	      "nodecount": -1
 *	    }
 *	  ]
 *	}
 *
 * A value that is zero, false or empty is left out, so what is left out is that, and not the
 * option's initial value.
 */
#include "config.h"

#include "analysis/settings.h"

#include "base/blob.h"
#include "base/golike.h"
#include "base/json.h"
#include "base/markup.h"
#include "base/userdir.h"

static const char settings_name[] = "pprof/settings.json";

void settings_release(struct settings *s)
{
	vec_release(&s->config);
	arena_release(&s->arena);
}

static bool is_text(int id)
{
	return option_table[id].type >= OPTION_TEXT;
}

static bool is_saved(int id)
{
	return option_table[id].flags & OPTION_IS_SAVED;
}

static struct settings_config *add_config(struct settings *s, struct error *err)
{
	struct settings_config zero = { .name = STR_EMPTY };

	for (int id = 0; id < OPTION_COUNT; id++)
		if (is_text(id))
			zero.value[id].text = STR_EMPTY;
	if (!vec_push(&s->config, zero)) {
		error_nomem(err, "settings");
		return NULL;
	}
	return &s->config.at[s->config.n - 1];
}

static bool mismatch(struct error *err, const struct json_token *t, const char *what)
{
	return error_set(err, ERR_FORMAT, "%.*s is no %s at byte %zu", STR_FMT(t->key), what, t->offset);
}

static bool keep_text(struct settings *s, const struct json_token *t, struct str *to, struct error *err)
{
	if (t->kind != JSON_TEXT)
		return mismatch(err, t, "text");
	*to = arena_str(&s->arena, t->text);
	return to->ptr || error_nomem(err, "settings");
}

static bool parse_value(struct settings *s, const struct json_token *t, int id, union option_value *v,
			struct error *err)
{
	struct error ignored = ERROR_INIT;

	if (t->kind == JSON_NULL)
		return true;
	switch (option_table[id].type) {
	case OPTION_BOOL:
		v->is_set = t->kind == JSON_TRUE;
		return v->is_set || t->kind == JSON_FALSE || mismatch(err, t, "boolean");
	case OPTION_INT:
		return (t->kind == JSON_NUMBER && go_parse_dec64(t->text, &v->integer, &ignored)) ||
		       mismatch(err, t, "whole number");
	case OPTION_FLOAT:
		return (t->kind == JSON_NUMBER && go_parse_float(t->text, &v->number, &ignored)) ||
		       mismatch(err, t, "number");
	default:
		return keep_text(s, t, &v->text, err);
	}
}

/* One object of the list; its opening brace has been read. */
static bool parse_config(struct settings *s, struct json *j, struct error *err)
{
	struct settings_config *c = add_config(s, err);
	struct json_token t;

	if (!c)
		return false;
	while (json_next(j, &t, err) && t.kind != JSON_OBJECT_END) {
		int id = option_find(t.key);
		bool ok;

		if (str_eq(t.key, STR("name")))
			ok = keep_text(s, &t, &c->name, err);
		else if (id >= 0 && is_saved(id))
			ok = parse_value(s, &t, id, &c->value[id], err);
		else
			ok = json_skip(j, &t, err);
		if (!ok)
			return false;
	}
	return err->code == ERR_NONE;
}

static bool parse_list(struct settings *s, struct json *j, const struct json_token *list, struct error *err)
{
	struct json_token t;

	if (list->kind == JSON_NULL)
		return true;
	if (list->kind != JSON_ARRAY)
		return mismatch(err, list, "list");
	while (json_next(j, &t, err) && t.kind != JSON_ARRAY_END) {
		if (t.kind != JSON_OBJECT)
			return error_set(err, ERR_FORMAT, "object expected at byte %zu", t.offset);
		if (!parse_config(s, j, err))
			return false;
	}
	return err->code == ERR_NONE;
}

bool settings_parse(struct settings *s, struct bytes text, struct error *err)
{
	struct json_token t;
	struct json j;

	json_init(&j, text, &s->arena);
	if (!json_next(&j, &t, err))
		return false;
	if (t.kind != JSON_OBJECT)
		return error_set(err, ERR_FORMAT, "object expected at byte %zu", t.offset);
	while (json_next(&j, &t, err) && t.kind != JSON_OBJECT_END)
		if (!(str_eq(t.key, STR("configs")) ? parse_list(s, &j, &t, err) : json_skip(&j, &t, err)))
			return false;
	return err->code == ERR_NONE && json_next(&j, &t, err);
}

static bool is_zero(int id, const union option_value *v)
{
	switch (option_table[id].type) {
	case OPTION_BOOL:
		return !v->is_set;
	case OPTION_INT:
		return v->integer == 0;
	case OPTION_FLOAT:
		return v->number == 0;
	default:
		return v->text.len == 0;
	}
}

static void print_value(struct out *out, int id, const union option_value *v)
{
	char number[GO_FLOAT_BYTES];

	switch (option_table[id].type) {
	case OPTION_BOOL:
		out_lit(out, "true");
		break;
	case OPTION_INT:
		out_i64(out, v->integer);
		break;
	case OPTION_FLOAT:
		out_str(out, go_float(v->number, number));
		break;
	default:
		json_string(out, v->text);
	}
}

static void print_config(struct out *out, const struct settings_config *c)
{
	out_lit(out, "    {\n      \"name\": ");
	json_string(out, c->name);
	for (int id = 0; id < OPTION_COUNT; id++) {
		if (!is_saved(id) || is_zero(id, &c->value[id]))
			continue;
		out_fmt(out, ",\n      \"%s\": ", option_table[id].name);
		print_value(out, id, &c->value[id]);
	}
	out_lit(out, "\n    }");
}

void settings_print(const struct settings *s, struct out *out)
{
	out_lit(out, "{\n  \"configs\": [");
	for (size_t i = 0; i < s->config.n; i++) {
		out_str(out, i ? STR(",\n") : STR("\n"));
		print_config(out, &s->config.at[i]);
	}
	out_str(out, s->config.n ? STR("\n  ]\n}") : STR("]\n}"));
}

bool settings_read(struct settings *s, struct error *err)
{
	struct blob blob = BLOB_INIT;
	struct str path;
	bool ok;

	*s = (struct settings){ .arena = ARENA_INIT };
	if (!userdir_path(USERDIR_CONFIG, settings_name, &s->arena, &path, err))
		return false;
	ok = blob_read_file(&blob, path.ptr, err);
	if (!ok && err->code == ERR_NOTFOUND) {
		error_clear(err);
		return true;
	}
	if (!ok)
		return error_context(err, "could not read settings: ");
	/* Views into the text do not outlive it: parsing copies what it keeps. */
	ok = settings_parse(s, blob_bytes(&blob), err) || error_context(err, "could not parse settings: ");
	blob_release(&blob);
	return ok;
}

bool settings_write(const struct settings *s, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	struct str path;
	struct out out;
	bool ok = false;

	if (!userdir_path(USERDIR_CONFIG, settings_name, &scratch, &path, err))
		goto out;
	if (!userdir_make_for(path, err)) {
		error_context(err, "failed to create settings directory: ");
		goto out;
	}
	ok = out_open_file(&out, path.ptr, err);
	if (ok) {
		settings_print(s, &out);
		ok = out_close(&out, err);
	}
	if (!ok)
		error_context(err, "failed to write settings: ");
out:
	arena_release(&scratch);
	return ok;
}

static ptrdiff_t find(const struct settings *s, struct str name)
{
	for (size_t i = 0; i < s->config.n; i++)
		if (str_eq(s->config.at[i].name, name))
			return (ptrdiff_t)i;
	return -1;
}

const struct settings_config *settings_find(const struct settings *s, struct str name)
{
	ptrdiff_t i = find(s, name);

	return i >= 0 ? &s->config.at[i] : NULL;
}

bool settings_put(struct settings *s, struct str name, const struct options *o, struct error *err)
{
	ptrdiff_t i = find(s, name);
	struct settings_config *c = i >= 0 ? &s->config.at[i] : add_config(s, err);
	bool ok = c != NULL;

	if (!ok)
		return false;
	c->name = arena_str(&s->arena, name);
	ok = c->name.ptr;
	for (int id = 0; ok && id < OPTION_COUNT; id++) {
		if (!is_saved(id))
			continue;
		c->value[id] = o->value[id];
		if (is_text(id)) {
			c->value[id].text = arena_str(&s->arena, o->value[id].text);
			ok = c->value[id].text.ptr;
		}
	}
	return ok || error_nomem(err, "settings");
}

bool settings_remove(struct settings *s, struct str name)
{
	ptrdiff_t i = find(s, name);

	if (i < 0)
		return false;
	s->config.n--;
	memmove(&s->config.at[i], &s->config.at[i + 1], (s->config.n - (size_t)i) * sizeof(s->config.at[0]));
	return true;
}

bool settings_apply(const struct settings_config *c, struct options *o, struct error *err)
{
	struct str copy;

	for (int id = 0; id < OPTION_COUNT; id++) {
		if (!is_saved(id))
			continue;
		if (!is_text(id)) {
			o->value[id] = c->value[id];
			continue;
		}
		/* An empty choice is the default. */
		if (option_table[id].type == OPTION_CHOICE && c->value[id].text.len) {
			if (!options_set(o, (enum option_id)id, c->value[id].text, err))
				return false;
			continue;
		}
		copy = arena_str(&o->arena, c->value[id].text);
		if (!copy.ptr)
			return error_nomem(err, "options");
		o->value[id].text = copy;
	}
	return true;
}
