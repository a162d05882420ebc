/*
 * Decoding profile.proto: locations.
 *
 * Lives here: a message of which there are many, read by the cursor itself.
 * Not here: the other one (profile/decode_samples.c).
 */
#include "config.h"

#include "profile/decode.h"
#include "profile/wire.h"

static bool take_line(struct decoder *d, struct cursor c, struct error *err)
{
	uint64_t v[4] = { 0 }; /* by field number */

	while (cursor_left(&c)) {
		struct wire_field f;

		if (!wire_next(&c, &f, err))
			return false;
		if (f.number == 0 || f.number > 3)
			continue;
		if (f.type != WIRE_VARINT)
			return wire_wrong_type(&c, &f, err);
		v[f.number] = f.varint;
	}
	return profile_builder_line(&d->b, id_map_find(&d->function_row, v[1]), (int64_t)v[2], (int64_t)v[3]) ||
	       profile_builder_failed(&d->b, err);
}

bool decode_location(struct decoder *d, struct cursor c, struct error *err)
{
	uint64_t v[6] = { 0 }; /* by field number */
	struct profile_builder *b = &d->b;
	uint32_t row = profile_builder_location(b, 0, ROW_NONE, 0, false);

	if (row == ROW_NONE)
		return profile_builder_failed(b, err);
	while (cursor_left(&c)) {
		struct wire_field f;

		if (!wire_next(&c, &f, err))
			return false;
		if (f.number == 0 || f.number > 5)
			continue;
		if (f.type != (f.number == 4 ? WIRE_BYTES : WIRE_VARINT))
			return wire_wrong_type(&c, &f, err);
		if (f.number != 4)
			v[f.number] = f.varint;
		else if (!take_line(d, cursor_within(&c, f.bytes), err))
			return false;
	}
	b->location_id.at[row] = v[1];
	b->location_mapping.at[row] = v[2] ? id_map_find(&d->mapping_row, v[2]) : ROW_NONE;
	b->location_address.at[row] = v[3];
	b->location_folded.at[row] = v[5] != 0;
	return true;
}
