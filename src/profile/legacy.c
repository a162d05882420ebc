/*
 * Legacy profiles: samples and locations on their way into a profile.
 *
 * Lives here: collecting them, and the last step, when locations get their numbers, frames that
 * should not be shown are named, and all is handed over.
 * Not here: lines (profile/legacy_text.c), the memory map (profile/legacy_maps.c).
 */
#include "config.h"

#include "base/limits.h"
#include "profile/legacy_scan.h"
#include "profile/legacy_shared.h"

#include <inttypes.h>

bool legacy_init(struct legacy *l, struct error *err)
{
	*l = (struct legacy){ .scratch = { .ceiling_bytes = LIMIT_PROFILE_BYTES } };
	row_index_init(&l->location_index);
	row_index_init(&l->function_index);
	return profile_builder_init(&l->b, err);
}

void legacy_release(struct legacy *l)
{
	profile_builder_release(&l->b);
	arena_release(&l->scratch);
	vec_release(&l->location);
	row_index_release(&l->location_index);
	vec_release(&l->frame);
	vec_release(&l->sample);
	vec_release(&l->used);
	vec_release(&l->function);
	row_index_release(&l->function_index);
	vec_release(&l->map);
	vec_release(&l->definition);
	vec_release(&l->expanded);
}

static bool value_type(struct legacy *l, struct legacy_type type, struct value_type *vt)
{
	vt->type = profile_builder_str(&l->b, type.type);
	vt->unit = profile_builder_str(&l->b, type.unit);
	return vt->type != STR_ID_NONE && vt->unit != STR_ID_NONE;
}

bool legacy_sample_types(struct legacy *l, const struct legacy_type *type, uint32_t n, struct error *err)
{
	struct value_type vt[LEGACY_TYPES_MAX];

	for (uint32_t i = 0; i < n; i++)
		if (!value_type(l, type[i], &vt[i]))
			return error_nomem(err, "sample types");
	return profile_builder_sample_types(&l->b, vt, n) || error_nomem(err, "sample types");
}

bool legacy_period(struct legacy *l, struct legacy_type type, int64_t period, struct error *err)
{
	l->b.p->period = period;
	return value_type(l, type, &l->b.p->period_type) || error_nomem(err, "period type");
}

/* ---- frames and samples ---- */

uint32_t legacy_location_find(const struct legacy *l, uint64_t address)
{
	uint64_t hash = hash_mix(l->location_index.seed, address);
	uint32_t row;

	for (size_t at = row_index_start(hash);
	     (row = row_index_probe(&l->location_index, &at, hash)) != ROW_NONE;)
		if (l->location.at[row].address == address)
			break;
	return row;
}

static bool location_row(struct legacy *l, uint64_t address, uint32_t *row, struct error *err)
{
	struct legacy_location location = { .address = address, .function_row = ROW_NONE, .row = ROW_NONE };

	*row = legacy_location_find(l, address);
	if (*row != ROW_NONE)
		return true;
	if (l->location.n >= LIMIT_ROWS)
		return error_set(err, ERR_LIMIT, "more than %" PRIu64 " locations", LIMIT_ROWS);
	*row = (uint32_t)l->location.n;
	return (vec_push(&l->location, location) &&
		row_index_add(&l->location_index, hash_mix(l->location_index.seed, address), *row)) ||
	       error_nomem(err, "locations");
}

/* Where the frames of the next sample begin. */
static size_t open_sample(const struct legacy *l)
{
	const struct legacy_sample *last = l->sample.n ? &l->sample.at[l->sample.n - 1] : NULL;

	return last ? last->frame + last->n_frame : 0;
}

bool legacy_has_frames(const struct legacy *l)
{
	return l->frame.n > open_sample(l);
}

void legacy_forget_frames(struct legacy *l)
{
	l->frame.n = open_sample(l);
}

bool legacy_frame(struct legacy *l, uint64_t address, enum legacy_adjust adjust, struct error *err)
{
	uint32_t row;

	if (adjust == LEGACY_ALL_BEFORE || (adjust == LEGACY_CALLS_BEFORE && legacy_has_frames(l)))
		address--;
	return location_row(l, address, &row, err) &&
	       (vec_push(&l->frame, row) || error_nomem(err, "frames"));
}

/* Every 0x[0-9a-f]+, wherever it stands. */
bool legacy_frames(struct legacy *l, struct str text, enum legacy_adjust adjust, struct error *err)
{
	struct scan s = { text, 0 };

	while (scan_behind(&s, STR("0x"))) {
		struct str digits;
		uint64_t address;

		if (!scan_some(&s, SCAN_LOWER_HEX, &digits))
			continue;
		if (!scan_hex(digits, &address))
			return error_set(err, ERR_FORMAT, "failed to parse as hex 64-bit number: 0x%.*s",
					 STR_FMT(digits));
		if (!legacy_frame(l, address, adjust, err))
			return false;
	}
	return true;
}

bool legacy_sample(struct legacy *l, const int64_t *value, int64_t block_bytes, struct error *err)
{
	struct legacy_sample sample = { .frame = open_sample(l), .block_bytes = block_bytes };

	sample.n_frame = l->frame.n - sample.frame;
	for (uint32_t i = 0; i < l->b.n_value; i++)
		sample.value[i] = value[i];
	return vec_push(&l->sample, sample) || error_nomem(err, "samples");
}

uint32_t legacy_function(struct legacy *l, struct str name, struct str filename)
{
	struct legacy_function f = { profile_builder_str(&l->b, name), 0, ROW_NONE };
	uint64_t hash = hash_mix(l->function_index.seed, f.name);
	uint32_t row;

	if (f.name == STR_ID_NONE)
		return ROW_NONE;
	for (size_t at = row_index_start(hash);
	     (row = row_index_probe(&l->function_index, &at, hash)) != ROW_NONE;)
		if (l->function.at[row].name == f.name)
			return row;
	row = (uint32_t)l->function.n;
	f.filename = profile_builder_str(&l->b, filename);
	if (f.filename == STR_ID_NONE || !vec_push(&l->function, f) ||
	    !row_index_add(&l->function_index, hash, row))
		return ROW_NONE;
	return row;
}

/* ---- the last step ---- */

/* Locations get their rows in the order in which samples name them; others are left behind. */
static bool number_locations(struct legacy *l, struct error *err)
{
	for (size_t i = 0; i < l->frame.n; i++) {
		uint32_t *row = &l->location.at[l->frame.at[i]].row;

		if (*row != ROW_NONE)
			continue;
		*row = (uint32_t)l->used.n;
		if (!vec_push(&l->used, l->frame.at[i]))
			return error_nomem(err, "locations");
	}
	return true;
}

static bool add_line(struct legacy *l, const struct legacy_location *from, struct error *err)
{
	struct legacy_function *f = &l->function.at[from->function_row];

	if (f->row == ROW_NONE)
		f->row = profile_builder_function(&l->b, l->b.function_id.n + 1, f->name, f->name,
						  f->filename, 0);
	return (f->row != ROW_NONE && profile_builder_line(&l->b, f->row, from->line, 0)) ||
	       profile_builder_failed(&l->b, err);
}

static bool add_locations(struct legacy *l, struct error *err)
{
	uint32_t n = (uint32_t)l->used.n;
	uint64_t *address = ARENA_ARRAY(&l->scratch, uint64_t, n);
	uint32_t *map_row = ARENA_ARRAY(&l->scratch, uint32_t, n);

	if (!address || !map_row)
		return error_nomem(err, "locations");
	for (uint32_t i = 0; i < n; i++) {
		const struct legacy_location *from = &l->location.at[l->used.at[i]];

		/* Once a function is known, the address has served. */
		address[i] = from->function_row == ROW_NONE ? from->address : 0;
	}
	if (!legacy_maps_assign(l, address, map_row, n, err))
		return false;
	for (uint32_t i = 0; i < n; i++) {
		const struct legacy_location *from = &l->location.at[l->used.at[i]];
		bool is_kept = !(l->flags & LEGACY_CLEARS_ADDRESSES);

		if (profile_builder_location(&l->b, (uint64_t)i + 1, map_row[i], is_kept ? address[i] : 0,
					     false) == ROW_NONE)
			return profile_builder_failed(&l->b, err);
		if (from->function_row != ROW_NONE && !add_line(l, from, err))
			return false;
	}
	return true;
}

static bool add_maps(struct legacy *l, struct error *err)
{
	for (size_t i = 0; i < l->map.n; i++) {
		const struct legacy_map *from = &l->map.at[i];
		struct mapping m = {
			.id = i + 1,
			.start = from->start,
			.limit = from->limit,
			.offset = from->offset,
			.filename = profile_builder_str(&l->b, from->filename),
			.build_id = profile_builder_str(&l->b, from->build_id),
		};

		if (m.filename == STR_ID_NONE || m.build_id == STR_ID_NONE)
			return error_nomem(err, "mappings");
		if (profile_builder_mapping(&l->b, &m) == ROW_NONE)
			return profile_builder_failed(&l->b, err);
	}
	return true;
}

/*
 * A profiler that unwinds from a signal handler may see the interrupted address twice: as leaf
 * and, one less, as the caller of itself.
 */
static bool has_twin_caller(const struct legacy *l, const struct legacy_sample *s)
{
	const uint32_t *frame;

	if (!(l->flags & LEGACY_DROPS_TWIN_CALLERS) || s->n_frame < 2)
		return false;
	frame = &l->frame.at[s->frame];
	return l->location.at[frame[0]].address == l->location.at[frame[1]].address + 1;
}

static bool add_sample(struct legacy *l, const struct legacy_sample *s, str_id block_bytes, struct error *err)
{
	struct label label = { .num = s->block_bytes, .key = block_bytes, .flags = LABEL_IS_NUMERIC };
	bool has_label = l->flags & LEGACY_HAS_BLOCK_BYTES, has_twin = has_twin_caller(l, s);
	uint32_t *room = NULL, stack_row, set_row;
	size_t n = 0;

	if (s->n_frame)
		room = profile_builder_stack_room(&l->b, s->n_frame);
	if (s->n_frame && !room)
		return error_nomem(err, "stack");
	for (size_t i = 0; i < s->n_frame; i++)
		if (i != 1 || !has_twin)
			room[n++] = l->location.at[l->frame.at[s->frame + i]].row;
	stack_row = profile_builder_stack(&l->b, n);
	set_row = profile_builder_label_set(&l->b, &label, has_label ? 1 : 0);
	return (stack_row != ROW_NONE && set_row != ROW_NONE &&
		profile_builder_sample(&l->b, stack_row, set_row, s->value)) ||
	       profile_builder_failed(&l->b, err);
}

static bool add_samples(struct legacy *l, struct error *err)
{
	str_id block_bytes = profile_builder_str(&l->b, STR("bytes"));

	if (block_bytes == STR_ID_NONE)
		return error_nomem(err, "label");
	for (size_t i = 0; i < l->sample.n; i++)
		if (!add_sample(l, &l->sample.at[i], block_bytes, err))
			return false;
	return true;
}

struct profile *legacy_seal(struct legacy *l, struct error *err)
{
	bool ok = legacy_maps_tidy(l, err) && number_locations(l, err) && add_locations(l, err) &&
		  add_maps(l, err) && add_samples(l, err) && legacy_unshown_frames(&l->b, err);

	return ok ? profile_builder_seal(&l->b, err) : NULL;
}
