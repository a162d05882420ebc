/*
 * Cursor: the only way to read bytes that came from outside.
 *
 * Lives here: bounds-checked steps over an input: varints, fixed words, slices, lines.
 * Not here: what the bytes mean.
 */
#ifndef BASE_CURSOR_H
#define BASE_CURSOR_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Borrows the bytes.  A failed step leaves `at` where it was. */
struct cursor {
	const uint8_t *at, *end;
	const uint8_t *start; /* of the whole input, for offsets in messages */
};

static inline struct cursor cursor_over(struct bytes b)
{
	return (struct cursor){ .at = b.ptr, .end = b.ptr + b.len, .start = b.ptr };
}

/* A cursor over part of what c reads, with offsets still counted from c's start. */
static inline struct cursor cursor_within(const struct cursor *c, struct bytes part)
{
	return (struct cursor){ .at = part.ptr, .end = part.ptr + part.len, .start = c->start };
}

static inline size_t cursor_left(const struct cursor *c)
{
	return (size_t)(c->end - c->at);
}

static inline size_t cursor_offset(const struct cursor *c)
{
	return (size_t)(c->at - c->start);
}

/* What a step found, and where it ended; NULL: nothing. */
struct cursor_step {
	const uint8_t *at;
	uint64_t v;
};

/* By value, so that the cursor of a loop can stay in registers. */
struct cursor_step cursor_varint_long(const uint8_t *at, const uint8_t *end);

/*
 * A protobuf varint of at most ten bytes; bits over 64 are dropped (spec/profile.md 1.3).
 * False when the input ends first or an eleventh byte would follow.
 */
static inline bool cursor_varint(struct cursor *c, uint64_t *v)
{
	const uint8_t *p = c->at;
	struct cursor_step step;

	if (c->end - p >= 3) {
		if (p[0] < 0x80) {
			*v = p[0];
			c->at = p + 1;
			return true;
		}
		if (p[1] < 0x80) {
			*v = (uint64_t)(p[0] & 0x7f) | (uint64_t)p[1] << 7;
			c->at = p + 2;
			return true;
		}
		if (p[2] < 0x80) {
			*v = (uint64_t)(p[0] & 0x7f) | (uint64_t)(p[1] & 0x7f) << 7 | (uint64_t)p[2] << 14;
			c->at = p + 3;
			return true;
		}
	}
	step = cursor_varint_long(p, c->end);
	if (!step.at)
		return false;
	*v = step.v;
	c->at = step.at;
	return true;
}

/* The next n bytes; false when fewer are left. */
static inline bool cursor_take(struct cursor *c, uint64_t n, struct bytes *b)
{
	if (n > cursor_left(c))
		return false;
	*b = (struct bytes){ c->at, (size_t)n };
	c->at += n;
	return true;
}

/* The next line without its '\n'; the last one needs none.  False at the end. */
bool cursor_line(struct cursor *c, struct str *line);

#endif
