/*
 * Decoding profile.proto: samples.
 *
 * Lives here: the message of which there are millions, read by the cursor itself.  Measured on 400,000
 * samples of depth 40: three times sooner than through protobuf-c.
 *
 * The samples are cut into parts.  Reading the bytes of a part needs no other part, so that threads do it
 * side by side; finding equal stacks and label sets goes by the order of the file, one part after the
 * other.  How many threads there are changes nothing in the result.
 */
#include "config.h"

#include "base/limits.h"
#include "base/worker.h"
#include "profile/decode.h"
#include "profile/wire.h"

#include <inttypes.h>

enum {
	DISCARD_BYTES = 1 << 21,    /* how often the caller hears what is done with */
	LARGE_SPAN_BYTES = 1 << 20, /* samples of a large profile */
	FRAME_BYTES_TYPICAL = 2,    /* of a location id in such a profile */
	PLACES = 16,
};

/* One part while it is read and until its samples are added. */
struct part {
	const struct decoder *d;
	struct sample_batch batch;
	struct error invalid; /* the first broken rule; the samples before it are in the batch */
	struct error err;     /* what ended the reading; the same */
};

/* Where a sample begins in the batch's arrays; it ends where they end. */
struct sample {
	size_t frame, label, value;
	bool has_nil_location;
};

/* Rows of the ids that c holds to the room at `to`, whose end it gives; NULL: c holds something else. */
static uint32_t *read_location_rows(const struct id_map *map, struct cursor *c, uint32_t *to, bool *has_nil)
{
	uint64_t id;

	for (; cursor_left(c); to++) {
		if (!cursor_varint(c, &id))
			return NULL;
		*to = id_map_find(map, id);
		*has_nil |= *to == ROW_NONE || id == 0;
	}
	return to;
}

static bool take_location_ids(struct part *p, struct sample *s, struct cursor c)
{
	bool has_nil = s->has_nil_location;
	uint32_t *end;

	/* An id is at least one byte. */
	if (!vec_reserve(&p->batch.frame, cursor_left(&c) + 1))
		return error_nomem(&p->err, "stack");
	end = read_location_rows(&p->d->location_row, &c, p->batch.frame.at + p->batch.frame.n, &has_nil);
	if (!end)
		return error_set(&p->err, ERR_UNSUPPORTED, "truncated varint at byte %zu", cursor_offset(&c));
	s->has_nil_location = has_nil;
	p->batch.frame.n = (size_t)(end - p->batch.frame.at);
	return true;
}

static bool take_location_id(struct part *p, struct sample *s, uint64_t id)
{
	uint32_t row = id_map_find(&p->d->location_row, id);

	s->has_nil_location |= row == ROW_NONE || id == 0;
	return vec_push(&p->batch.frame, row) || error_nomem(&p->err, "stack");
}

static bool take_values(struct part *p, struct cursor c)
{
	if (!vec_reserve(&p->batch.value, cursor_left(&c)))
		return error_nomem(&p->err, "values");
	while (cursor_left(&c)) {
		uint64_t v;

		if (!cursor_varint(&c, &v))
			return error_set(&p->err, ERR_UNSUPPORTED, "truncated varint at byte %zu",
					 cursor_offset(&c));
		p->batch.value.at[p->batch.value.n++] = (int64_t)v;
	}
	return true;
}

/* spec/profile.md 2.2: a value that cannot be told from an absent one is dropped. */
static bool add_label(struct part *p, const uint64_t v[5])
{
	struct label label = { .num = 0 };

	if (!decode_str(p->d, v[1], &label.key, &p->err))
		return false;
	if (v[2] != 0) {
		if (!decode_str(p->d, v[2], &label.text, &p->err))
			return false;
	} else if (v[3] != 0 || v[4] != 0) {
		label.num = (int64_t)v[3];
		label.flags = LABEL_IS_NUMERIC | (v[4] ? LABEL_HAS_UNIT : 0u);
		if (!decode_str(p->d, v[4], &label.text, &p->err))
			return false;
	} else {
		return true;
	}
	return vec_push(&p->batch.label, label) || error_nomem(&p->err, "labels");
}

static bool take_label(struct part *p, struct cursor c)
{
	uint64_t v[5] = { 0 }; /* by field number */

	while (cursor_left(&c)) {
		struct wire_field f;

		if (!wire_next(&c, &f, &p->err))
			return false;
		if (f.number == 0 || f.number > 4)
			continue;
		if (f.type != WIRE_VARINT)
			return wire_wrong_type(&c, &f, &p->err);
		v[f.number] = f.varint;
	}
	return add_label(p, v);
}

static bool take_field(struct part *p, struct sample *s, const struct cursor *c, const struct wire_field *f)
{
	bool is_varint = f->type == WIRE_VARINT;

	if (f->number == 0 || f->number > 3)
		return true;
	if (f->type != WIRE_BYTES && !(is_varint && f->number != 3))
		return wire_wrong_type(c, f, &p->err);
	switch (f->number) {
	case 1:
		return is_varint ? take_location_id(p, s, f->varint) : take_location_ids(p, s, cursor_within(c, f->bytes));
	case 2:
		if (is_varint)
			return vec_push(&p->batch.value, (int64_t)f->varint) || error_nomem(&p->err, "values");
		return take_values(p, cursor_within(c, f->bytes));
	default:
		return take_label(p, cursor_within(c, f->bytes));
	}
}

/* The sample that ends at a byte breaks a rule. */
static bool is_invalid(struct part *p, const struct sample *s, size_t end)
{
	size_t n_type = p->d->sample_type.n, n_value = p->batch.value.n - s->value;

	if (n_type == 0)
		error_set(&p->invalid, ERR_FORMAT, "malformed profile: missing sample type information");
	else if (n_value != n_type)
		error_set(&p->invalid, ERR_FORMAT, "malformed profile: mismatch: sample has %zu values vs. %zu types"
			  " (it ends at byte %zu)", n_value, n_type, end);
	else if (s->has_nil_location)
		error_set(&p->invalid, ERR_FORMAT, "malformed profile: sample has nil location (it ends at byte %zu)", end);
	return p->invalid.code != ERR_NONE;
}

/* The sample that ends the arrays goes into the batch. */
static bool add_sample(struct part *p, const struct sample *s)
{
	const struct profile_builder *b = &p->d->b;
	struct sample_batch *batch = &p->batch;
	size_t n_frame = batch->frame.n - s->frame, n_label = batch->label.n - s->label;
	struct batch_sample row = { .n_location = (uint32_t)n_frame, .n_label = (uint32_t)n_label };

	if (n_frame >= LIMIT_ROWS || n_label >= LIMIT_ROWS)
		return error_set(&p->err, ERR_LIMIT, "more than %" PRIu64 " rows in one table",
				 LIMIT_ROWS);
	if (n_label) {
		struct label *label, *scratch = NULL;

		/* The room behind them serves as scratch. */
		if (n_label > LABELS_FEW && !vec_reserve(&batch->label, n_label))
			return error_nomem(&p->err, "labels");
		label = batch->label.at + s->label;
		if (n_label > LABELS_FEW)
			scratch = batch->label.at + batch->label.n;
		label_set_sort(b->p, label, scratch, n_label);
		row.set_hash = batch_set_hash(b, label, n_label);
	}
	if (n_frame)
		row.stack_hash = batch_stack_hash(b, batch->frame.at + s->frame, n_frame);
	return vec_push(&batch->sample, row) || error_nomem(&p->err, "samples");
}

static bool read_sample(struct part *p, struct cursor c)
{
	struct sample_batch *batch = &p->batch;
	struct sample s = { .frame = batch->frame.n, .label = batch->label.n, .value = batch->value.n };

	while (cursor_left(&c)) {
		struct wire_field f;

		if (!wire_next(&c, &f, &p->err) || !take_field(p, &s, &c, &f))
			return false;
	}
	if (p->invalid.code == ERR_NONE && !is_invalid(p, &s, cursor_offset(&c)))
		return add_sample(p, &s);
	/* After the first broken rule the rest is only read for errors that matter more. */
	batch->frame.n = s.frame;
	batch->label.n = s.label;
	batch->value.n = s.value;
	return true;
}

/* All parts: some of them at a time have a place. */
struct reading {
	struct decoder *d;
	struct part *place;
	size_t n_place;
	size_t told; /* the caller knows that bytes before this one are done with */
	struct error *err;
};

/* The samples from where part i begins to where the next one does. */
static struct cursor span_of(const struct decoder *d, size_t i)
{
	struct cursor c = d->span[FIELD_SAMPLE];

	if (i < d->sample_part.n)
		c.end = c.start + d->sample_part.at[i];
	if (i > 0)
		c.at = c.start + d->sample_part.at[i - 1];
	return c;
}

/* Without an array that is NULL: it may stay empty. */
static bool begin_part(struct part *p, const struct decoder *d)
{
	p->d = d;
	p->invalid.code = p->err.code = ERR_NONE;
	p->batch.sample.n = p->batch.frame.n = p->batch.label.n = p->batch.value.n = 0;
	return (vec_reserve(&p->batch.frame, 1) && vec_reserve(&p->batch.label, 1) && vec_reserve(&p->batch.value, 1)) ||
	       error_nomem(&p->err, "samples");
}

static void read_part(void *ctx, size_t i)
{
	struct reading *r = ctx;
	struct part *p = &r->place[i % r->n_place];
	struct cursor c = span_of(r->d, i);

	if (!begin_part(p, r->d))
		return;
	while (cursor_left(&c)) {
		struct wire_field f;

		if (!wire_next(&c, &f, &p->err))
			return;
		if (f.number == FIELD_SAMPLE && !read_sample(p, cursor_within(&c, f.bytes))) {
			error_context(&p->err, "sample before byte %zu: ", cursor_offset(&c));
			return;
		}
	}
}

static bool add_part(void *ctx, size_t i)
{
	struct reading *r = ctx;
	struct decoder *d = r->d;
	const struct part *p = &r->place[i % r->n_place];
	size_t end = cursor_offset(&(struct cursor){ .at = span_of(d, i).end, .start = d->span[FIELD_SAMPLE].start });

	if (d->invalid.code == ERR_NONE) {
		if (!profile_builder_batch(&d->b, &p->batch))
			return profile_builder_failed(&d->b, r->err);
		d->invalid = p->invalid;
	}
	if (p->err.code != ERR_NONE) {
		*r->err = p->err;
		return false;
	}
	if (d->done && end - r->told >= DISCARD_BYTES) {
		r->told = end;
		d->done(d->done_ctx, end);
	}
	return true;
}

static void release_places(struct reading *r)
{
	for (size_t i = 0; r->place && i < r->n_place; i++) {
		vec_release(&r->place[i].batch.sample);
		vec_release(&r->place[i].batch.frame);
		vec_release(&r->place[i].batch.label);
		vec_release(&r->place[i].batch.value);
	}
}

bool decode_samples(struct decoder *d, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	struct reading r = { .d = d, .n_place = PLACES, .err = err };
	struct worker_series series = { .make = read_part, .take = add_part, .ctx = &r, .ahead = r.n_place };
	size_t left = cursor_left(&d->span[FIELD_SAMPLE]);
	bool ok;

	if (!left)
		return true;
	if (left >= LARGE_SPAN_BYTES && !profile_builder_expect(&d->b, d->n_sample, left / FRAME_BYTES_TYPICAL))
		return error_nomem(err, "stacks");
	series.n = d->sample_part.n + 1;
	r.place = ARENA_ZERO(&scratch, struct part, r.n_place);
	ok = r.place ? worker_in_order(&series) : error_nomem(err, "samples");
	release_places(&r);
	arena_release(&scratch);
	return ok;
}
