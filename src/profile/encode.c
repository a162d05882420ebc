/*
 * Encoding profile.proto.
 *
 * Lives here: the string table, the outer message, and what stands a few times in a file (through
 * protobuf-c).
 * Not here: samples, of which there are millions (profile/encode_samples.c).
 *
 * Strings are numbered before anything is written, in the order in which the reference meets
 * them.
 */
#include "config.h"

#include "profile/encode.h"

#include "profile/encoder.h"
#include "profile/wire.h"
#include "proto/profile.pb-c.h"

#include <string.h>

/* ---- strings ---- */

static void number_str(struct encoder *e, str_id id)
{
	if (id == 0 || e->index[id])
		return;
	e->index[id] = e->n_string;
	e->string[e->n_string++] = id;
}

static void number_value_type(struct encoder *e, const struct value_type *vt)
{
	number_str(e, vt->type);
	number_str(e, vt->unit);
}

/* A key, then its first value, then the next value: the order of the labels but for repeated keys. */
static void number_labels(struct encoder *e, uint32_t set)
{
	const struct label *label = e->p->label_set.label + e->p->label_set.start[set];

	for (uint32_t i = 0; i < e->p->label_set.len[set]; i++) {
		number_str(e, label[i].key);
		number_str(e, label[i].text);
	}
}

static void number_tables(struct encoder *e)
{
	const struct profile *p = e->p;

	for (uint32_t i = 0; i < p->n_mapping; i++) {
		number_str(e, p->mapping[i].filename);
		number_str(e, p->mapping[i].build_id);
	}
	for (uint32_t i = 0; i < p->function.n; i++) {
		number_str(e, p->function.name[i]);
		number_str(e, p->function.system_name[i]);
		number_str(e, p->function.filename[i]);
	}
}

static bool number_strings(struct encoder *e)
{
	const struct profile *p = e->p;
	uint32_t n = strtab_count(&p->strings);
	uint8_t *is_done = ARENA_ZERO(&e->scratch, uint8_t, p->label_set.n);

	e->index = ARENA_ZERO(&e->scratch, uint32_t, n);
	e->string = ARENA_ARRAY(&e->scratch, str_id, n);
	if (!is_done || !e->index || !e->string)
		return false;
	e->string[e->n_string++] = 0;
	for (uint32_t i = 0; i < p->n_sample_type; i++)
		number_value_type(e, &p->sample_type[i]);
	for (uint32_t i = 0; i < p->sample.n; i++) {
		uint32_t set = p->sample.label_set_row[i];

		if (!is_done[set])
			number_labels(e, set);
		is_done[set] = 1;
	}
	number_tables(e);
	number_str(e, p->drop_frames);
	number_str(e, p->keep_frames);
	number_value_type(e, &p->period_type);
	for (uint32_t i = 0; i < p->n_comment; i++)
		number_str(e, p->comment[i]);
	number_str(e, p->default_sample_type);
	number_str(e, p->doc_url);
	return true;
}

static void put_strings(struct encoder *e)
{
	for (uint32_t i = 0; i < e->n_string; i++) {
		struct str s = profile_text(e->p, e->string[i]);
		uint8_t head[1 + WIRE_VARINT_BYTES], *at = head;

		*at++ = 6 << 3 | WIRE_BYTES;
		at = wire_put_varint(at, s.len);
		out_bytes(e->out, head, (size_t)(at - head));
		out_bytes(e->out, s.ptr, s.len);
	}
}

/* ---- messages through protobuf-c ---- */

static bool put_message(struct encoder *e, unsigned number, const ProtobufCMessage *m)
{
	size_t n = protobuf_c_message_get_packed_size(m);
	uint8_t head[1 + WIRE_VARINT_BYTES], *at = head;

	e->buf.n = 0;
	if (!vec_reserve(&e->buf, n))
		return false;
	protobuf_c_message_pack(m, e->buf.at);
	*at++ = (uint8_t)(number << 3 | WIRE_BYTES);
	at = wire_put_varint(at, n);
	out_bytes(e->out, head, (size_t)(at - head));
	out_bytes(e->out, e->buf.at, n);
	return true;
}

/* Sets a field of a proto2 message, unless it is zero, which is not written. */
#define SET(m, field, v) ((m).field = (v), (m).has_##field = (m).field != 0)

static bool put_value_type(struct encoder *e, unsigned number, const struct value_type *vt)
{
	Pprof__ValueType m = PPROF__VALUE_TYPE__INIT;

	SET(m, type, e->index[vt->type]);
	SET(m, unit, e->index[vt->unit]);
	return put_message(e, number, &m.base);
}

static bool put_mappings(struct encoder *e)
{
	for (uint32_t i = 0; i < e->p->n_mapping; i++) {
		const struct mapping *row = &e->p->mapping[i];
		Pprof__Mapping m = PPROF__MAPPING__INIT;

		SET(m, id, row->id);
		SET(m, memory_start, row->start);
		SET(m, memory_limit, row->limit);
		SET(m, file_offset, row->offset);
		SET(m, filename, e->index[row->filename]);
		SET(m, build_id, e->index[row->build_id]);
		SET(m, has_functions, row->flags & MAPPING_HAS_FUNCTIONS ? 1 : 0);
		SET(m, has_filenames, row->flags & MAPPING_HAS_FILENAMES ? 1 : 0);
		SET(m, has_line_numbers, row->flags & MAPPING_HAS_LINE_NUMBERS ? 1 : 0);
		SET(m, has_inline_frames, row->flags & MAPPING_HAS_INLINE_FRAMES ? 1 : 0);
		if (!put_message(e, 3, &m.base))
			return false;
	}
	return true;
}

/* Room for the lines of any location. */
static bool lines_room(struct encoder *e, Pprof__Line **line, Pprof__Line ***ptr)
{
	uint32_t most = 0;

	for (uint32_t i = 0; i < e->p->location.n; i++)
		if (e->p->location.n_line[i] > most)
			most = e->p->location.n_line[i];
	*line = ARENA_ARRAY(&e->scratch, Pprof__Line, most);
	*ptr = ARENA_ARRAY(&e->scratch, Pprof__Line *, most);
	for (uint32_t i = 0; *line && *ptr && i < most; i++)
		(*ptr)[i] = &(*line)[i];
	return *line && *ptr;
}

static void fill_line(const struct profile *p, uint32_t row, Pprof__Line *m)
{
	uint32_t function = p->line.function_row[row];

	*m = (Pprof__Line)PPROF__LINE__INIT;
	SET(*m, function_id, function == ROW_NONE ? 0 : p->function.id[function]);
	SET(*m, line, p->line.line[row]);
	SET(*m, column, p->line.column[row]);
}

static bool put_locations(struct encoder *e)
{
	const struct profile *p = e->p;
	Pprof__Line *line, **ptr;

	if (!lines_room(e, &line, &ptr))
		return false;
	for (uint32_t i = 0; i < p->location.n; i++) {
		uint32_t mapping = p->location.mapping_row[i];
		Pprof__Location m = PPROF__LOCATION__INIT;

		SET(m, id, p->location.id[i]);
		SET(m, mapping_id, mapping == ROW_NONE ? 0 : p->mapping[mapping].id);
		SET(m, address, p->location.address[i]);
		SET(m, is_folded, p->location.is_folded[i]);
		m.line = ptr;
		m.n_line = p->location.n_line[i];
		for (uint32_t k = 0; k < p->location.n_line[i]; k++)
			fill_line(p, p->location.line_start[i] + k, &line[k]);
		if (!put_message(e, 4, &m.base))
			return false;
	}
	return true;
}

static bool put_functions(struct encoder *e)
{
	const struct profile *p = e->p;

	for (uint32_t i = 0; i < p->function.n; i++) {
		Pprof__Function m = PPROF__FUNCTION__INIT;

		SET(m, id, p->function.id[i]);
		SET(m, name, e->index[p->function.name[i]]);
		SET(m, system_name, e->index[p->function.system_name[i]]);
		SET(m, filename, e->index[p->function.filename[i]]);
		SET(m, start_line, p->function.start_line[i]);
		if (!put_message(e, 5, &m.base))
			return false;
	}
	return true;
}

/* ---- header ---- */

static void put_varint(struct encoder *e, unsigned number, uint64_t v)
{
	uint8_t field[1 + WIRE_VARINT_BYTES], *at = field;

	*at++ = (uint8_t)(number << 3 | WIRE_VARINT);
	at = wire_put_varint(at, v);
	out_bytes(e->out, field, (size_t)(at - field));
}

static void put_nonzero(struct encoder *e, unsigned number, uint64_t v)
{
	if (v)
		put_varint(e, number, v);
}

/* Packed when there are more than two. */
static bool put_comments(struct encoder *e)
{
	const struct profile *p = e->p;
	uint8_t *at;
	size_t n;

	if (p->n_comment <= 2) {
		for (uint32_t i = 0; i < p->n_comment; i++)
			put_varint(e, 13, e->index[p->comment[i]]);
		return true;
	}
	e->buf.n = 0;
	if (!vec_reserve(&e->buf, (size_t)p->n_comment * WIRE_VARINT_BYTES))
		return false;
	at = e->buf.at;
	for (uint32_t i = 0; i < p->n_comment; i++)
		at = wire_put_varint(at, e->index[p->comment[i]]);
	n = (size_t)(at - e->buf.at);
	out_char(e->out, 13 << 3 | WIRE_BYTES);
	at = wire_put_varint(e->buf.at + n, n);
	out_bytes(e->out, e->buf.at + n, (size_t)(at - e->buf.at) - n);
	out_bytes(e->out, e->buf.at, n);
	return true;
}

/* default_sample_type is the one field that is written even when it is 0. */
static bool put_header(struct encoder *e)
{
	const struct profile *p = e->p;

	put_nonzero(e, 7, e->index[p->drop_frames]);
	put_nonzero(e, 8, e->index[p->keep_frames]);
	put_nonzero(e, 9, (uint64_t)p->time_nanos);
	put_nonzero(e, 10, (uint64_t)p->duration_nanos);
	if ((p->period_type.type || p->period_type.unit) && !put_value_type(e, 11, &p->period_type))
		return false;
	put_nonzero(e, 12, (uint64_t)p->period);
	if (!put_comments(e))
		return false;
	put_varint(e, 14, e->index[p->default_sample_type]);
	put_nonzero(e, 15, e->index[p->doc_url]);
	return true;
}

static bool encode(struct encoder *e)
{
	if (!number_strings(e))
		return false;
	for (uint32_t i = 0; i < e->p->n_sample_type; i++)
		if (!put_value_type(e, 1, &e->p->sample_type[i]))
			return false;
	if (!encode_samples(e) || !put_mappings(e) || !put_locations(e) || !put_functions(e))
		return false;
	put_strings(e);
	return put_header(e);
}

bool profile_encode(const struct profile *p, double ratio, struct out *o, struct error *err)
{
	struct encoder e = { .p = p, .out = o, .ratio = ratio > 0 ? ratio : 1 };
	bool ok = encode(&e);

	vec_release(&e.buf);
	arena_release(&e.scratch);
	return ok || error_nomem(err, "encoding");
}
