/*
 * Protobuf's wire format.
 *
 * Lives here: reading one field after another from a cursor (spec/profile.md 1.3), and writing a
 * varint.
 * Not here: what the fields of a profile mean (profile/decode.c).
 */
#ifndef PROFILE_WIRE_H
#define PROFILE_WIRE_H

#include "base/cursor.h"
#include "base/error.h"

enum wire_type {
	WIRE_VARINT = 0,
	WIRE_FIXED64 = 1,
	WIRE_BYTES = 2,
	WIRE_FIXED32 = 5,
};

/* One field: its number, its type, and its value as the type has it. */
struct wire_field {
	uint64_t number;
	enum wire_type type;
	uint64_t varint;
	struct bytes bytes;
};

/* wire_next() of a field of any kind. */
bool wire_next_any(struct cursor *c, struct wire_field *f, struct error *err);

/*
 * The next field; c is not at its end.  ERR_UNSUPPORTED with the byte offset when the
 * bytes are no field: a cut or overlong varint, a length beyond the end, a group.
 */
static inline bool wire_next(struct cursor *c, struct wire_field *f, struct error *err)
{
	struct cursor at = { c->at + 1, c->end, c->start };
	uint8_t tag = *c->at;
	uint64_t len;

	/* Nearly all fields have a tag of one byte, and then a number, or a length and as many bytes. */
	f->number = tag >> 3;
	f->type = (enum wire_type)(tag & 7);
	if (tag >= 0x80 ||
	    !(f->type == WIRE_BYTES ? cursor_varint(&at, &len) && cursor_take(&at, len, &f->bytes)
				    : f->type == WIRE_VARINT && cursor_varint(&at, &f->varint)))
		return wire_next_any(c, f, err);
	c->at = at.at;
	return true;
}

/* Sets ERR_UNSUPPORTED for a known field that has not the type it must have; false. */
bool wire_wrong_type(const struct cursor *c, const struct wire_field *f, struct error *err);

enum { WIRE_VARINT_BYTES = 10 }; /* the longest */

/* Writes v to the room at `at`; gives its end. */
static inline uint8_t *wire_put_varint(uint8_t *at, uint64_t v)
{
	while (v >= 0x80) {
		*at++ = (uint8_t)(v | 0x80);
		v >>= 7;
	}
	*at++ = (uint8_t)v;
	return at;
}

#endif
