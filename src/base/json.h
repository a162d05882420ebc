/*
 * Reading JSON (RFC 8259).
 *
 * Lives here: a reader that gives one token after another and refuses what is not JSON.
 * Not here: writing (base/markup.h has the escaping), what the members mean.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/arena.h"
#include "base/cursor.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

enum json_kind {
	JSON_END, /* of the text */
	JSON_OBJECT,
	JSON_OBJECT_END,
	JSON_ARRAY,
	JSON_ARRAY_END,
	JSON_TEXT,
	JSON_NUMBER,
	JSON_TRUE,
	JSON_FALSE,
	JSON_NULL,
};

struct json_token {
	enum json_kind kind;
	struct str key;	   /* of a member; its ptr is NULL elsewhere */
	struct str text;   /* of JSON_TEXT without its escapes; of JSON_NUMBER as it stands */
	size_t offset;	   /* bytes from the start, for messages */
};

/* Borrows the bytes; texts with escapes go to the arena, others are views. */
struct json {
	struct cursor c;
	struct arena *arena;
	size_t depth;
	bool is_object[LIMIT_JSON_DEPTH];
	bool has_member[LIMIT_JSON_DEPTH]; /* of the object or array: a comma must come */
	bool is_done; /* the one value of the text has been read */
};

void json_init(struct json *j, struct bytes input, struct arena *arena);

/*
 * The next token: false with ERR_FORMAT and the byte it broke at, ERR_LIMIT (nested too deep) or ERR_NOMEM.  The
 * text is one value and then JSON_END.
 */
bool json_next(struct json *j, struct json_token *t, struct error *err);

/* Passes over the rest of the value that t begins; nothing for one that is a token alone. */
bool json_skip(struct json *j, const struct json_token *t, struct error *err);

#endif
