/*
 * Frames: which of them are the same, and which a location has.
 *
 * Lives here: identity and names, as those of a call graph's nodes (spec/reports.md 3.1-3.3), but
 * for one thing: files without function names are not split by start lines.
 */
#include "config.h"

#include "base/golike.h"
#include "flame/internal.h"
#include "profile/frame.h"
#include "source/source.h"

/* Frames while they are collected. */
struct collector {
	struct flame *f;
	struct row_index index;
	VEC(struct flame_frame) frame;
	VEC(uint32_t) many;
	str_id *shown_file; /* by string row of the profile; STR_ID_NONE: not looked at yet */
};

/* The file name as frames show it: trimmed, cleaned.  False: no memory. */
static bool show_file(struct collector *c, str_id file, str_id *shown)
{
	struct flame *f = c->f;
	struct str path;

	if (c->shown_file[file] == STR_ID_NONE) {
		path = source_trim_path(profile_text(f->profile, file), f->opt.trim_path,
					f->opt.source_path);
		if (path.len)
			path = go_path_clean(&f->common->arena, path);
		if (path.ptr)
			c->shown_file[file] = strtab_add(&f->common->strings, &f->common->arena, path);
	}
	*shown = c->shown_file[file];
	return *shown != STR_ID_NONE;
}

/* line ROW_NONE: a location without lines. */
static bool frame_of(struct collector *c, uint32_t location, uint32_t line,
		     struct flame_frame *frame)
{
	const struct profile *p = c->f->profile;
	uint32_t function = line == ROW_NONE ? ROW_NONE : p->line.function_row[line];
	uint32_t mapping = p->location.mapping_row[location];

	*frame = (struct flame_frame){ .address = p->location.address[location] };
	if (function != ROW_NONE) {
		frame->name = p->function.name[function];
		frame->line = p->line.line[line];
		frame->column = p->line.column[line];
		if (p->function.filename[function] &&
		    !show_file(c, p->function.filename[function], &frame->file))
			return false;
	}
	if (frame->name == 0 && mapping != ROW_NONE)
		frame->objfile = p->mapping[mapping].filename;
	return true;
}

static bool frame_eq(const struct flame_frame *a, const struct flame_frame *b)
{
	return a->name == b->name && a->file == b->file && a->objfile == b->objfile &&
	       a->address == b->address && a->line == b->line && a->column == b->column;
}

static uint64_t frame_hash(uint64_t seed, const struct flame_frame *frame)
{
	uint64_t h = hash_mix(seed, (uint64_t)frame->name << 32 | frame->file);

	h = hash_mix(h, frame->address ^ (uint64_t)frame->objfile << 40);
	return hash_mix(h, (uint64_t)frame->line ^ (uint64_t)frame->column << 32);
}

static bool intern(struct collector *c, struct flame_frame *frame, uint32_t *row)
{
	uint64_t hash = frame_hash(c->index.seed, frame);
	const struct strtab *s = c->f->strings;
	struct frame_parts parts;

	for (size_t at = row_index_start(hash);
	     (*row = row_index_probe(&c->index, &at, hash)) != ROW_NONE;)
		if (frame_eq(&c->frame.at[*row], frame))
			return true;
	parts = (struct frame_parts){
		.name = strtab_get(s, frame->name),
		.file = strtab_get(s, frame->file),
		.object = strtab_get(s, frame->objfile),
		.address = frame->address,
		.line = frame->line,
		.column = frame->column,
	};
	frame->text = frame_text(&parts, &c->f->common->arena);
	*row = (uint32_t)c->frame.n;
	return frame->text.ptr && c->frame.n < FLAME_MANY - 1 && vec_push(&c->frame, *frame) &&
	       row_index_add(&c->index, hash, *row);
}

static bool map_location(struct collector *c, uint32_t location)
{
	const struct profile *p = c->f->profile;
	uint32_t n = p->location.n_line[location], first = p->location.line_start[location], start,
		 row;
	uint32_t *to = &c->f->state->location_frame[location];
	struct flame_frame frame;

	if (n <= 1)
		return frame_of(c, location, n ? first : ROW_NONE, &frame) && intern(c, &frame, to);
	start = (uint32_t)c->many.n;
	if (c->many.n + n + 1 >= FLAME_MANY || !vec_push(&c->many, n))
		return false;
	for (uint32_t i = n; i-- > 0;)
		if (!frame_of(c, location, first + i, &frame) || !intern(c, &frame, &row) ||
		    !vec_push(&c->many, row))
			return false;
	*to = FLAME_MANY | start;
	return true;
}

static bool map_locations(struct collector *c)
{
	struct flame *f = c->f;
	size_t n_str = strtab_count(&f->profile->strings);
	struct arena scratch = ARENA_INIT;
	bool ok = true;

	c->shown_file = ARENA_ARRAY(&scratch, str_id, n_str);
	f->state->location_frame = ARENA_ARRAY(&f->common->arena, uint32_t, f->profile->location.n);
	if (!c->shown_file || !f->state->location_frame) {
		arena_release(&scratch);
		return false;
	}
	for (size_t i = 0; i < n_str; i++)
		c->shown_file[i] = STR_ID_NONE;
	for (uint32_t i = 0; ok && i < f->profile->location.n; i++)
		ok = !flame_is_cancelled(f, i) && map_location(c, i);
	arena_release(&scratch);
	return ok;
}

bool flame_frames_init(struct flame *f)
{
	struct collector c = { .f = f, .frame = VEC_INIT, .many = VEC_INIT };
	bool ok;

	row_index_init(&c.index);
	ok = map_locations(&c);
	row_index_release(&c.index);
	f->n_frame = (uint32_t)c.frame.n;
	f->state->has_many = c.many.n > 0;
	f->frame = vec_into_arena(&c.frame, &f->common->arena);
	f->state->many = vec_into_arena(&c.many, &f->common->arena);
	return ok && f->frame && f->state->many;
}
