/*
 * Encoding profile.proto: samples.
 *
 * Lives here: the one message of which there are millions, written without protobuf-c, because how
 * its lists are packed depends on their length, and for speed.
 */
#include "config.h"

#include "base/arith.h"
#include "profile/encoder.h"
#include "profile/wire.h"

#include <string.h>

/*
 * A location id as it stands in the file.  Eight bytes, so that it is copied by one move; what
 * lies behind len is overwritten by the next one.
 */
struct wire_id {
	uint8_t byte[7];
	uint8_t len; /* 0: longer than 7 bytes, not kept here */
};

struct sample_encoder {
	struct encoder *e;
	struct wire_id *id; /* by location */
	uint8_t *value;	    /* room for the values of one sample */
};

enum {
	/* Room in front of a sample for what is known last: its own tag and length, those of its ids. */
	HEAD_BYTES = 2 * (1 + WIRE_VARINT_BYTES),
	LABEL_BYTES = 2 + 4 * (1 + WIRE_VARINT_BYTES),
};

static bool number_locations(struct sample_encoder *s)
{
	const struct profile *p = s->e->p;

	s->id = ARENA_ARRAY(&s->e->scratch, struct wire_id, p->location.n);
	if (!s->id)
		return false;
	for (uint32_t i = 0; i < p->location.n; i++) {
		uint8_t byte[WIRE_VARINT_BYTES] = { 0 };
		size_t len = (size_t)(wire_put_varint(byte, p->location.id[i]) - byte);

		memcpy(s->id[i].byte, byte, sizeof(s->id[i].byte));
		s->id[i].len = len <= sizeof(s->id[i].byte) ? (uint8_t)len : 0;
	}
	return true;
}

/* The head of a field of bytes that ends right before `at`: gives where it begins. */
static uint8_t *put_head_before(uint8_t *at, unsigned number, size_t len)
{
	uint8_t head[1 + WIRE_VARINT_BYTES];
	size_t n;

	head[0] = (uint8_t)(number << 3 | WIRE_BYTES);
	n = (size_t)(wire_put_varint(head + 1, len) - head);
	memcpy(at - n, head, n);
	return at - n;
}

static uint8_t *put_packed_ids(const struct sample_encoder *s, const uint32_t *location, uint32_t n, uint8_t *at)
{
	for (uint32_t i = 0; i < n; i++) {
		const struct wire_id *id = &s->id[location[i]];

		if (id->len) {
			memcpy(at, id, sizeof(*id));
			at += id->len;
		} else {
			at = wire_put_varint(at, s->e->p->location.id[location[i]]);
		}
	}
	return at;
}

/* Writes from *start on and gives the end; a head goes before *start and moves it. */
static uint8_t *put_stack(const struct sample_encoder *s, uint32_t stack, uint8_t **start)
{
	const struct profile *p = s->e->p;
	const uint32_t *location = p->stack.location_row + p->stack.start[stack];
	uint32_t n = p->stack.len[stack];
	uint8_t *at = *start;

	if (n > 2) {
		at = put_packed_ids(s, location, n, at);
		*start = put_head_before(*start, 1, (size_t)(at - *start));
		return at;
	}
	for (uint32_t i = 0; i < n; i++) {
		*at++ = 1 << 3 | WIRE_VARINT;
		at = wire_put_varint(at, p->location.id[location[i]]);
	}
	return at;
}

static int64_t value_of(const struct encoder *e, uint32_t type, uint32_t sample)
{
	int64_t v = e->p->sample.value[type][sample];

	return e->ratio == 1 ? v : i64_from_double((double)v * e->ratio);
}

static uint8_t *put_values(const struct sample_encoder *s, uint32_t sample, uint8_t *at)
{
	uint32_t n = s->e->p->n_sample_type;
	uint8_t *end = s->value;

	if (n > 2) {
		for (uint32_t i = 0; i < n; i++)
			end = wire_put_varint(end, (uint64_t)value_of(s->e, i, sample));
		*at++ = 2 << 3 | WIRE_BYTES;
		at = wire_put_varint(at, (uint64_t)(end - s->value));
		memcpy(at, s->value, (size_t)(end - s->value));
		return at + (end - s->value);
	}
	for (uint32_t i = 0; i < n; i++) {
		*at++ = 2 << 3 | WIRE_VARINT;
		at = wire_put_varint(at, (uint64_t)value_of(s->e, i, sample));
	}
	return at;
}

static uint8_t *put_nonzero(uint8_t *at, unsigned number, uint64_t v)
{
	if (!v)
		return at;
	*at++ = (uint8_t)(number << 3 | WIRE_VARINT);
	return wire_put_varint(at, v);
}

/* A label is shorter than 128 bytes: the length takes one. */
static uint8_t *put_label(const struct encoder *e, const struct label *l, uint8_t *at)
{
	uint8_t *len = at + 1;

	at[0] = 3 << 3 | WIRE_BYTES;
	at = put_nonzero(at + 2, 1, e->index[l->key]);
	if (l->flags & LABEL_IS_NUMERIC) {
		at = put_nonzero(at, 3, (uint64_t)l->num);
		at = put_nonzero(at, 4, e->index[l->text]);
	} else {
		at = put_nonzero(at, 2, e->index[l->text]);
	}
	*len = (uint8_t)(at - len - 1);
	return at;
}

/* The longest that the sample can get, with room behind for a copy of eight bytes. */
static size_t sample_bound(const struct profile *p, uint32_t stack, uint32_t set)
{
	return HEAD_BYTES + ((size_t)p->stack.len[stack] + p->n_sample_type + 1) * (1 + WIRE_VARINT_BYTES) +
	       (size_t)p->label_set.len[set] * LABEL_BYTES + sizeof(struct wire_id);
}

static bool put_sample(struct sample_encoder *s, uint32_t sample)
{
	const struct profile *p = s->e->p;
	uint32_t stack = p->sample.stack_row[sample], set = p->sample.label_set_row[sample];
	const struct label *label = p->label_set.label + p->label_set.start[set];
	uint8_t *start, *at;

	s->e->buf.n = 0;
	if (!vec_reserve(&s->e->buf, sample_bound(p, stack, set)))
		return false;
	start = s->e->buf.at + HEAD_BYTES;
	at = put_stack(s, stack, &start);
	at = put_values(s, sample, at);
	for (uint32_t i = 0; i < p->label_set.len[set]; i++)
		at = put_label(s->e, &label[i], at);
	start = put_head_before(start, 2, (size_t)(at - start));
	out_bytes(s->e->out, start, (size_t)(at - start));
	return true;
}

bool encode_samples(struct encoder *e)
{
	struct sample_encoder s = { .e = e };

	s.value = ARENA_ARRAY(&e->scratch, uint8_t, (size_t)e->p->n_sample_type * WIRE_VARINT_BYTES);
	if (!s.value || !number_locations(&s))
		return false;
	for (uint32_t i = 0; i < e->p->sample.n; i++)
		if (!put_sample(&s, i))
			return false;
	return true;
}
