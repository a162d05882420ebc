/*
 * Protobuf's wire format.
 *
 * Lives here: the steps over tags, varints and lengths.
 */
#include "config.h"

#include "profile/wire.h"

#include <inttypes.h>

static bool cut(const struct cursor *c, struct error *err, const char *what)
{
	return error_set(err, ERR_UNSUPPORTED, "truncated %s at byte %zu", what, cursor_offset(c));
}

bool wire_next_any(struct cursor *c, struct wire_field *f, struct error *err)
{
	uint64_t tag, len;

	if (!cursor_varint(c, &tag))
		return cut(c, err, "varint");
	f->number = tag >> 3;
	f->type = (enum wire_type)(tag & 7);
	switch (f->type) {
	case WIRE_VARINT:
		return cursor_varint(c, &f->varint) || cut(c, err, "varint");
	case WIRE_BYTES:
		if (!cursor_varint(c, &len))
			return cut(c, err, "varint");
		if (cursor_take(c, len, &f->bytes))
			return true;
		return error_set(err, ERR_UNSUPPORTED, "field of %" PRIu64 " bytes at byte %zu, where %zu are left",
				 len, cursor_offset(c), cursor_left(c));
	case WIRE_FIXED64:
		return cursor_take(c, 8, &f->bytes) || cut(c, err, "field");
	case WIRE_FIXED32:
		return cursor_take(c, 4, &f->bytes) || cut(c, err, "field");
	}
	return error_set(err, ERR_UNSUPPORTED, "wire type %d at byte %zu", (int)f->type, cursor_offset(c));
}

bool wire_wrong_type(const struct cursor *c, const struct wire_field *f, struct error *err)
{
	return error_set(err, ERR_UNSUPPORTED, "field %" PRIu64 " of wire type %d before byte %zu", f->number,
			 (int)f->type, cursor_offset(c));
}
