/*
 * Cursor.
 *
 * Lives here: the steps that are too long to be inlined.
 */
#include "config.h"

#include "base/cursor.h"

enum { VARINT_BYTES_MAX = 10 };

bool cursor_varint_slow(struct cursor *c, uint64_t *v)
{
	size_t left = cursor_left(c), n = left < VARINT_BYTES_MAX ? left : VARINT_BYTES_MAX;
	uint64_t x = 0;

	for (size_t i = 0; i < n; i++) {
		x |= (uint64_t)(c->at[i] & 0x7f) << (7 * i);
		if (c->at[i] < 0x80) {
			*v = x;
			c->at += i + 1;
			return true;
		}
	}
	return false;
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
