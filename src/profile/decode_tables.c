/*
 * Decoding profile.proto: functions and locations.
 *
 * Lives here: messages of which there are many, read by the cursor itself.
 * Not here: the others of that kind (profile/decode_part.c).
 */
#include "config.h"

#include "profile/decode.h"
#include "profile/wire.h"

/* Fields 1 to n_field, all of them numbers, by their number; the last one of each counts. */
static bool read_numbers(struct cursor c, uint64_t n_field, uint64_t *v, struct error *err)
{
	while (cursor_left(&c)) {
		struct wire_field f;

		if (!wire_next(&c, &f, err))
			return false;
		if (f.number == 0 || f.number > n_field)
			continue;
		if (f.type != WIRE_VARINT)
			return wire_wrong_type(&c, &f, err);
		v[f.number] = f.varint;
	}
	return true;
}

bool decode_function(struct decoder *d, struct cursor c, struct error *err)
{
	uint64_t v[6] = { 0 }; /* by field number */
	str_id name = 0, system_name = 0, filename = 0;

	if (!read_numbers(c, 5, v, err) || !decode_str(d, v[2], &name, err) || !decode_str(d, v[3], &system_name, err) ||
	    !decode_str(d, v[4], &filename, err))
		return false;
	return profile_builder_function(&d->b, v[1], name, system_name, filename, (int64_t)v[5]) != ROW_NONE ||
	       profile_builder_failed(&d->b, err);
}

static bool take_line(struct decoder *d, struct cursor c, struct error *err)
{
	uint64_t v[4] = { 0 }; /* by field number */

	if (!read_numbers(c, 3, v, err))
		return false;
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
