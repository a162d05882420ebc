/*
 * Writing JSON.
 *
 * Lives here: what stands between values.
 */
#include "config.h"

#include "base/json_out.h"

#include "base/golike.h"
#include "base/markup.h"

#include <math.h>

enum { LINE_DEPTH = 2 }; /* up to which each item has a line */

static void separate(struct json_out *j)
{
	if (j->has_item)
		out_char(j->out, ',');
	if (j->depth && j->depth <= LINE_DEPTH)
		out_char(j->out, '\n');
	j->has_item = true;
}

void json_out_key(struct json_out *j, struct str name)
{
	separate(j);
	json_string(j->out, name);
	out_char(j->out, ':');
	/* The value is no item of its own. */
	j->is_value = true;
}

static void begin(struct json_out *j, const char *name)
{
	if (name)
		json_out_key(j, str_from(name));
	else if (!j->is_value)
		separate(j);
	j->is_value = false;
}

static void open_nest(struct json_out *j, const char *name, char bracket)
{
	begin(j, name);
	out_char(j->out, bracket);
	j->depth++;
	j->has_item = false;
}

static void close_nest(struct json_out *j, char bracket)
{
	if (j->has_item && j->depth <= LINE_DEPTH)
		out_char(j->out, '\n');
	out_char(j->out, bracket);
	j->has_item = true;
	if (--j->depth == 0)
		out_char(j->out, '\n');
}

void json_out_object(struct json_out *j, const char *name)
{
	open_nest(j, name, '{');
}

void json_out_object_end(struct json_out *j)
{
	close_nest(j, '}');
}

void json_out_list(struct json_out *j, const char *name)
{
	open_nest(j, name, '[');
}

void json_out_list_end(struct json_out *j)
{
	close_nest(j, ']');
}

void json_out_text(struct json_out *j, const char *name, struct str text)
{
	begin(j, name);
	json_string(j->out, text);
}

void json_out_i64(struct json_out *j, const char *name, int64_t v)
{
	begin(j, name);
	out_i64(j->out, v);
}

void json_out_bool(struct json_out *j, const char *name, bool v)
{
	json_out_raw(j, name, v ? STR("true") : STR("false"));
}

void json_out_double(struct json_out *j, const char *name, double v)
{
	char text[GO_FLOAT_BYTES];

	json_out_raw(j, name, isfinite(v) ? go_float(v, text) : STR("null"));
}

void json_out_raw(struct json_out *j, const char *name, struct str json)
{
	begin(j, name);
	out_str(j->out, json);
}
