/*
 * Writing JSON.
 *
 * Lives here: commas, names and nesting, so that what comes out is JSON whatever goes in.
 * Not here: reading (base/json.h); escaping (base/markup.h).
 *
 * Members of the outermost object and elements of the lists in it begin a line, so that rows can
 * be looked at, and compared, line by line.
 */
#ifndef BASE_JSON_OUT_H
#define BASE_JSON_OUT_H

#include "base/out.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Starts as { .out = ... }. */
struct json_out {
	struct out *out;
	unsigned depth;
	bool has_item; /* in the innermost object or list */
	bool is_value; /* a name has been written */
};

/* name: of a member; NULL for the outermost value and in a list. */
void json_out_object(struct json_out *j, const char *name);
void json_out_object_end(struct json_out *j);
void json_out_list(struct json_out *j, const char *name);
void json_out_list_end(struct json_out *j);

void json_out_text(struct json_out *j, const char *name, struct str text);
void json_out_i64(struct json_out *j, const char *name, int64_t v);
void json_out_bool(struct json_out *j, const char *name, bool v);
/* null for what JSON has no number for. */
void json_out_double(struct json_out *j, const char *name, double v);
/* Text that is JSON already. */
void json_out_raw(struct json_out *j, const char *name, struct str json);

/* A member whose name is from outside; then the value by one of the above, name NULL. */
void json_out_key(struct json_out *j, struct str name);

#endif
