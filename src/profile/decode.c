/*
 * Decoding profile.proto.
 *
 * Lives here: the outer message, and what stands a few times in a file (through protobuf-c).
 * Not here: samples, locations and functions, of which there are many (profile/decode_part.c,
 * profile/decode_tables.c).
 *
 * A file may hold its tables in any order, and the samples, which name everything else, usually
 * come first.  So the outer message is walked once to read the strings and to note where each
 * table begins and ends; then the tables are read in the order in which they name each
 * other, samples last.
 */
#include "config.h"

#include "profile/decode.h"

#include "base/arith.h"
#include "base/limits.h"
#include "profile/internal.h"
#include "profile/wire.h"
#include "proto/profile.pb-c.h"

#include <inttypes.h>
#include <string.h>

enum { PART_BYTES = 1 << 14 }; /* of the samples that are read at a time: few enough for a cache */

/* Reads one message; ERR_UNSUPPORTED when it is none. */
typedef bool decode_message(struct decoder *d, struct cursor c, struct error *err);

/* protobuf-c allocates from an arena that is emptied after each message. */
static void *scratch_alloc(void *decoder, size_t size)
{
	struct decoder *d = decoder;
	void *p = arena_alloc(&d->scratch, size);

	d->is_scratch_short |= !p;
	return p;
}

static void scratch_free(void *decoder, void *p)
{
	(void)decoder;
	(void)p;
}

static bool add_string(struct decoder *d, const struct wire_field *f, struct error *err)
{
	struct str s = { (const char *)f->bytes.ptr, f->bytes.len };
	str_id id;

	if (d->string.n == 0 && s.len != 0)
		return error_set(err, ERR_UNSUPPORTED, "string_table[0] is not empty");
	if (d->string.n >= LIMIT_ROWS)
		return error_set(err, ERR_LIMIT, "more than %" PRIu64 " strings", LIMIT_ROWS);
	id = profile_builder_str(&d->b, s);
	return (id != STR_ID_NONE && vec_push(&d->string, id)) || error_nomem(err, "strings");
}

/* Which wire type each field of Profile must have; comment may be either. */
static bool outer_type_ok(const struct wire_field *f)
{
	if (f->number >= FIELD_SAMPLE_TYPE && f->number <= FIELD_STRING)
		return f->type == WIRE_BYTES;
	if (f->number == FIELD_PERIOD_TYPE)
		return f->type == WIRE_BYTES;
	if (f->number == FIELD_COMMENT)
		return f->type == WIRE_BYTES || f->type == WIRE_VARINT;
	if (f->number >= FIELD_DROP_FRAMES && f->number <= FIELD_DOC_URL)
		return f->type == WIRE_VARINT;
	return true;
}

static bool add_comments(struct decoder *d, struct cursor *outer, const struct wire_field *f, struct error *err)
{
	struct cursor c;
	uint64_t v = f->varint;

	if (f->type == WIRE_VARINT)
		return vec_push(&d->comment, v) || error_nomem(err, "comments");
	c = cursor_within(outer, f->bytes);
	while (cursor_left(&c)) {
		if (!cursor_varint(&c, &v))
			return error_set(err, ERR_UNSUPPORTED, "truncated varint at byte %zu", cursor_offset(&c));
		if (!vec_push(&d->comment, v))
			return error_nomem(err, "comments");
	}
	return true;
}

/* protobuf-c says no more than that it could not: the allocator knows whether memory was short. */
static void *unpack(struct decoder *d, const ProtobufCMessageDescriptor *type, struct bytes b, struct error *err)
{
	ProtobufCAllocator alloc = { scratch_alloc, scratch_free, d };
	void *m;

	arena_reset(&d->scratch);
	m = protobuf_c_message_unpack(type, &alloc, b.len, b.ptr);
	if (!m && d->is_scratch_short)
		error_nomem(err, type->short_name);
	else if (!m)
		error_set(err, ERR_UNSUPPORTED, "no %s", type->short_name);
	return m;
}

static bool take_value_type(struct decoder *d, struct bytes b, struct value_type_index *vt, struct error *err)
{
	const Pprof__ValueType *m = unpack(d, &pprof__value_type__descriptor, b, err);

	if (m)
		*vt = (struct value_type_index){ (uint64_t)m->type, (uint64_t)m->unit };
	return m != NULL;
}

static bool add_sample_type(struct decoder *d, struct bytes b, struct error *err)
{
	struct value_type_index vt;

	if (!take_value_type(d, b, &vt, err))
		return false;
	if (d->sample_type.n >= LIMIT_SAMPLE_TYPES)
		return error_set(err, ERR_LIMIT, "more than %d sample types", LIMIT_SAMPLE_TYPES);
	return vec_push(&d->sample_type, vt) || error_nomem(err, "sample types");
}

static bool take_time(struct decoder *d, const struct wire_field *f, struct error *err)
{
	struct profile *p = d->b.p;

	if (p->time_nanos != 0)
		return error_set(err, ERR_FORMAT, "parsing profile: concatenated profiles detected; "
						  "give each a file of its own, and name them all");
	p->time_nanos = (int64_t)f->varint;
	return true;
}

/* Fields that stand by themselves; strings are resolved when all are known. */
static bool take_header(struct decoder *d, struct cursor *c, const struct wire_field *f, struct error *err)
{
	struct profile *p = d->b.p;

	switch (f->number) {
	case FIELD_SAMPLE_TYPE:
		return add_sample_type(d, f->bytes, err);
	case FIELD_DROP_FRAMES:
		d->drop_frames = f->varint;
		break;
	case FIELD_KEEP_FRAMES:
		d->keep_frames = f->varint;
		break;
	case FIELD_TIME_NANOS:
		return take_time(d, f, err);
	case FIELD_DURATION_NANOS:
		p->duration_nanos = (int64_t)f->varint;
		break;
	case FIELD_PERIOD_TYPE:
		return take_value_type(d, f->bytes, &d->period_type, err);
	case FIELD_PERIOD:
		p->period = (int64_t)f->varint;
		break;
	case FIELD_COMMENT:
		return add_comments(d, c, f, err);
	case FIELD_DEFAULT_SAMPLE_TYPE:
		d->default_sample_type = f->varint;
		break;
	case FIELD_DOC_URL:
		d->doc_url = f->varint;
		break;
	default:
		break;
	}
	return true;
}

/* Ahead of all else that tells how many values a sample must have, the types before the first one do. */
static bool begin_values(struct decoder *d, struct error *err)
{
	d->n_value = (uint32_t)d->sample_type.n;
	if (!d->n_value)
		return error_set(err, ERR_UNSUPPORTED, "samples before their types");
	return profile_builder_sample_types(&d->b, NULL, d->n_value) || error_nomem(err, "sample types");
}

/* A sample that begins at a byte. */
static bool note_sample(struct decoder *d, size_t begin, struct error *err)
{
	if (d->n_row[FIELD_SAMPLE] == 1 && d->ahead && !begin_values(d, err))
		return false;
	if (d->part.n && begin - d->part.at[d->part.n - 1] < PART_BYTES)
		return true;
	d->part.at[d->part.n] = begin;
	atomic_store(&d->n_part, d->part.n++);
	return true;
}

/* A message of one of the tables, from `start` to where c is. */
static bool note_row(struct decoder *d, enum profile_field table, const uint8_t *start, const struct cursor *c,
		     struct error *err)
{
	struct cursor *span = &d->span[table];
	size_t begin = (size_t)(start - c->start);

	if (!span->at)
		*span = (struct cursor){ .at = start, .start = c->start };
	span->end = c->at;
	d->n_row[table]++;
	if (table == FIELD_SAMPLE)
		return note_sample(d, begin, err);
	if (d->ahead && begin < atomic_load(&d->ahead->table_begin))
		atomic_store(&d->ahead->table_begin, begin);
	return true;
}

static bool take_outer_field(struct decoder *d, struct cursor *c, const uint8_t *start, const struct wire_field *f,
			     struct error *err)
{
	if (!outer_type_ok(f))
		return wire_wrong_type(c, f, err);
	if (f->number == FIELD_STRING)
		return add_string(d, f, err);
	if (f->number < FIELD_SAMPLE || f->number > FIELD_FUNCTION)
		return take_header(d, c, f, err);
	return note_row(d, (enum profile_field)f->number, start, c, err);
}

bool decode_begin(struct decoder *d, size_t n_byte_max, struct error *err)
{
	/* All but the first and the last of these bytes lie so far apart. */
	return vec_reserve(&d->part, n_byte_max / PART_BYTES + 2) || error_nomem(err, "samples");
}

bool decode_walk(struct decoder *d, struct cursor *c, struct error *err)
{
	while (cursor_left(c)) {
		const uint8_t *start = c->at;
		struct wire_field f;

		if (!wire_next(c, &f, err)) {
			c->at = start;
			return true;
		}
		if (!take_outer_field(d, c, start, &f, err))
			return false;
	}
	return true;
}

void decode_end_parts(struct decoder *d)
{
	const struct cursor *span = &d->span[FIELD_SAMPLE];

	if (!d->part.n)
		return;
	d->part.at[d->part.n] = (size_t)(span->end - span->start);
	atomic_store(&d->n_part, d->part.n);
}

/* Calls one() for each message of the table `number`. */
static bool decode_each(struct decoder *d, enum profile_field number, decode_message *one, struct error *err)
{
	struct cursor c = d->span[number];

	while (cursor_left(&c)) {
		struct wire_field f;

		if (!wire_next(&c, &f, err))
			return false;
		if (f.number != number)
			continue;
		if (!one(d, cursor_within(&c, f.bytes), err))
			return error_context(err, "message before byte %zu: ", cursor_offset(&c));
	}
	return true;
}

static struct bytes rest_of(struct cursor c)
{
	return (struct bytes){ c.at, cursor_left(&c) };
}

static bool take_mapping(struct decoder *d, struct cursor c, struct error *err)
{
	const Pprof__Mapping *m = unpack(d, &pprof__mapping__descriptor, rest_of(c), err);
	struct mapping row;

	if (!m)
		return false;
	row = (struct mapping){
		.id = m->id,
		.start = m->memory_start,
		.limit = m->memory_limit,
		.offset = m->file_offset,
		.flags = (m->has_functions ? MAPPING_HAS_FUNCTIONS : 0u) |
			 (m->has_filenames ? MAPPING_HAS_FILENAMES : 0u) |
			 (m->has_line_numbers ? MAPPING_HAS_LINE_NUMBERS : 0u) |
			 (m->has_inline_frames ? MAPPING_HAS_INLINE_FRAMES : 0u),
	};
	if (!decode_str(d, (uint64_t)m->filename, &row.filename, err) ||
	    !decode_str(d, (uint64_t)m->build_id, &row.build_id, err))
		return false;
	return profile_builder_mapping(&d->b, &row) != ROW_NONE || profile_builder_failed(&d->b, err);
}

static bool resolve_value_type(const struct decoder *d, struct value_type_index index, struct value_type *vt,
			       struct error *err)
{
	return decode_str(d, index.type, &vt->type, err) && decode_str(d, index.unit, &vt->unit, err);
}

static bool take_sample_types(struct decoder *d, struct error *err)
{
	struct profile_builder *b = &d->b;

	if (!b->value && !profile_builder_sample_types(b, NULL, (uint32_t)d->sample_type.n))
		return error_nomem(err, "sample types");
	for (size_t i = 0; i < d->sample_type.n; i++)
		if (!resolve_value_type(d, d->sample_type.at[i], &b->p->sample_type[i], err))
			return false;
	return true;
}

static bool take_tables(struct decoder *d, struct error *err)
{
	struct profile_builder *b = &d->b;

	if (!profile_builder_expect_tables(b, d->n_row[FIELD_LOCATION], d->n_row[FIELD_FUNCTION]))
		return error_nomem(err, "tables");
	if (!decode_each(d, FIELD_MAPPING, take_mapping, err) || !decode_each(d, FIELD_FUNCTION, decode_function, err))
		return false;
	/* The builder's tables grow no more now: the maps may borrow their ids. */
	for (size_t i = 0; i < b->mapping.n; i++)
		if (!vec_push(&d->mapping_id, b->mapping.at[i].id))
			return error_nomem(err, "mapping ids");
	if (!id_map_build(&d->mapping_row, d->mapping_id.at, d->mapping_id.n) ||
	    !id_map_build(&d->function_row, b->function_id.at, b->function_id.n))
		return error_nomem(err, "ids");
	if (!decode_each(d, FIELD_LOCATION, decode_location, err))
		return false;
	return id_map_build(&d->location_row, b->location_id.at, b->location_id.n) ||
	       error_nomem(err, "location ids");
}

bool decode_tables(struct decoder *d, struct error *err)
{
	return take_tables(d, err) && take_sample_types(d, err);
}

static bool resolve_comments(struct decoder *d, struct error *err)
{
	struct profile *p = d->b.p;

	p->comment = ARENA_ARRAY(&p->arena, str_id, d->comment.n);
	if (!p->comment || !u32_from_size(d->comment.n, &p->n_comment))
		return error_nomem(err, "comments");
	for (size_t i = 0; i < d->comment.n; i++)
		if (!decode_str(d, d->comment.at[i], &p->comment[i], err))
			return false;
	return true;
}

/* In the reference's order (spec/profile.md 2.1); a bad string anywhere fails the decode. */
bool decode_header(struct decoder *d, struct error *err)
{
	struct profile *p = d->b.p;

	return decode_str(d, d->drop_frames, &p->drop_frames, err) &&
	       decode_str(d, d->keep_frames, &p->keep_frames, err) &&
	       resolve_value_type(d, d->period_type, &p->period_type, err) &&
	       resolve_comments(d, err) &&
	       decode_str(d, d->default_sample_type, &p->default_sample_type, err) &&
	       decode_str(d, d->doc_url, &p->doc_url, err);
}

static bool decode_all(struct decoder *d, struct bytes input, struct error *err)
{
	struct cursor c = cursor_over(input);

	if (!decode_begin(d, input.len, err) || !decode_walk(d, &c, err) || cursor_left(&c))
		return false;
	decode_end_parts(d);
	d->n_value = (uint32_t)d->sample_type.n;
	return decode_tables(d, err) && decode_samples(d, err) && decode_header(d, err);
}

void decode_release(struct decoder *d)
{
	profile_builder_release(&d->b);
	arena_release(&d->scratch);
	vec_release(&d->string);
	vec_release(&d->sample_type);
	vec_release(&d->comment);
	vec_release(&d->mapping_id);
	vec_release(&d->part);
	id_map_release(&d->mapping_row);
	id_map_release(&d->function_row);
	id_map_release(&d->location_row);
}

/* The rule that is broken, and what to do. */
static void malformed(const struct error *rule, struct error *err)
{
	if (rule->code == ERR_FORMAT)
		error_set(err, ERR_FORMAT, "%s; fetch it again, or ask who wrote it", rule->msg);
	else
		*err = *rule;
}

struct profile *decode_seal(struct decoder *d, struct error *err)
{
	struct profile *p;

	if (d->invalid.code != ERR_NONE) {
		malformed(&d->invalid, err);
		return NULL;
	}
	p = profile_builder_seal(&d->b, err);
	if (p && !profile_validate_tables(p, &d->invalid)) {
		malformed(&d->invalid, err);
		profile_free(p);
		p = NULL;
	}
	return p;
}

struct profile *profile_decode(struct bytes input, void (*done)(void *ctx, size_t upto), void *ctx,
			       struct error *err)
{
	struct decoder d = { .start = input.ptr, .done = done, .done_ctx = ctx };
	struct profile *p = NULL;

	if (!input.len) {
		error_set(err, ERR_FORMAT, "parsing profile: empty input file: "
					   "this is what a program leaves that ends before its profile is written");
		return NULL;
	}
	if (!profile_builder_init(&d.b, err))
		return NULL;
	if (decode_all(&d, input, err))
		p = decode_seal(&d, err);
	decode_release(&d);
	return p;
}
