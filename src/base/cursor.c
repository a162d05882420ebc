/*
 * Cursor.
 *
 * Lives here: the steps that are too long to be inlined.
 */
#include "config.h"

#include "base/cursor.h"

enum { VARINT_BYTES_MAX = 10 };

struct cursor_step cursor_varint_long(const uint8_t *at, const uint8_t *end)
{
	size_t left = (size_t)(end - at), n = left < VARINT_BYTES_MAX ? left : VARINT_BYTES_MAX;
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++) {
		v |= (uint64_t)(at[i] & 0x7f) << (7 * i);
		if (at[i] < 0x80)
			return (struct cursor_step){ at + i + 1, v };
	}
	return (struct cursor_step){ NULL, 0 };
}

bool cursor_line(struct cursor *c, struct str *line)
{
	const uint8_t *nl;
	size_t left = cursor_left(c);

	if (!left)
		return false;
	nl = memchr(c->at, '\n', left);
	*line = (struct str){ (const char *)c->at, nl ? (size_t)(nl - c->at) : left };
	c->at = nl ? nl + 1 : c->end;
	return true;
}
