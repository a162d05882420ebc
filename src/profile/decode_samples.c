/*
 * Decoding profile.proto: samples.
 *
 * Lives here: the samples part by part.  Reading the bytes of a part needs no other part, so that threads do
 * it side by side; finding equal stacks and label sets goes by the order of the file, one part after the
 * other.  How many threads there are changes nothing in the result.
 * Not here: where parts begin and end (profile/decode.c).
 */
#include "config.h"

#include "base/worker.h"
#include "profile/decode_part.h"

enum {
	DISCARD_BYTES = 1 << 21,    /* how often the caller hears what is done with */
	LARGE_SPAN_BYTES = 1 << 20, /* samples of a large profile */
	FRAME_BYTES_TYPICAL = 2,    /* of a location id in such a profile */
	PLACES_EACH = 3,	    /* for each thread: parts that are made or wait to be added */
};

/* All parts: some of them at a time have a place. */
struct reading {
	struct decoder *d;
	struct sample_part *place;
	size_t n_place;
	size_t told; /* the caller knows that bytes before this one are done with */
	struct error *err;
};

static void find_parts(void *ctx)
{
	struct reading *r = ctx;

	decode_walk_ahead(r->d);
}

static void read_part(void *ctx, size_t i)
{
	struct reading *r = ctx;
	struct sample_part *p = &r->place[i % r->n_place];
	const uint8_t *start = r->d->start;

	p->d = r->d;
	p->c = (struct cursor){ .at = start + r->d->part.at[i], .end = start + r->d->part.at[i + 1], .start = start };
	sample_part_read(p);
}

/* How many samples there will be is known, or told by the first part. */
static bool expect(struct reading *r, const struct sample_part *first)
{
	struct decoder *d = r->d;
	size_t left, n, n_frame;

	if (d->ahead) {
		left = d->ahead->feed->n_expected;
		n = left / cursor_left(&first->c) * first->batch.sample.n;
	} else {
		left = cursor_left(&d->span[FIELD_SAMPLE]);
		n = d->n_row[FIELD_SAMPLE];
	}
	n_frame = d->ahead && d->ahead->without_stacks ? 0 : left / FRAME_BYTES_TYPICAL;
	return left < LARGE_SPAN_BYTES || profile_builder_expect(&d->b, n, n_frame) || error_nomem(r->err, "samples");
}

/* Tells the caller from time to time up to where the input is done with. */
static void tell_done(struct reading *r, size_t end)
{
	const struct decoder *d = r->d;

	/* Ahead, the tables are still to be read. */
	if (d->ahead && atomic_load(&d->ahead->table_begin) < end)
		end = atomic_load(&d->ahead->table_begin);
	if (d->done && end >= r->told + DISCARD_BYTES) {
		r->told = end;
		d->done(d->done_ctx, end);
	}
}

static bool add_samples(struct reading *r, const struct sample_part *p)
{
	struct decoder *d = r->d;

	if (d->invalid.code == ERR_NONE) {
		if (!profile_builder_batch(&d->b, &p->batch))
			return profile_builder_failed(&d->b, r->err);
		d->invalid = p->invalid;
	}
	if (p->err.code == ERR_NONE)
		return true;
	*r->err = p->err;
	return false;
}

/* Ahead, what is broken in any way ends it. */
static bool add_ahead(struct reading *r, const struct sample_part *p)
{
	struct decode_ahead *ahead = r->d->ahead;

	if (p->row_end > ahead->row_end)
		ahead->row_end = p->row_end;
	if (p->text_end > ahead->text_end)
		ahead->text_end = p->text_end;
	return add_samples(r, p) && r->d->invalid.code == ERR_NONE;
}

static bool add_part(void *ctx, size_t i)
{
	struct reading *r = ctx;
	struct decode_ahead *ahead = r->d->ahead;
	const struct sample_part *p = &r->place[i % r->n_place];

	if ((i > 0 || expect(r, p)) && (ahead ? add_ahead(r, p) : add_samples(r, p))) {
		tell_done(r, r->d->part.at[i + 1]);
		return true;
	}
	if (ahead)
		atomic_store(&ahead->is_given_up, true);
	return false;
}

bool decode_samples(struct decoder *d, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	struct reading r = { .d = d, .n_place = worker_count() * PLACES_EACH, .err = err };
	struct worker_series series = { .make = read_part, .take = add_part, .ctx = &r, .n = d->n_part, .ahead = r.n_place };
	bool ok;

	if (d->ahead) {
		series.find = find_parts;
		series.n_found = &d->n_part;
		series.is_all = &d->ahead->is_walked;
	}
	r.place = ARENA_ZERO(&scratch, struct sample_part, r.n_place);
	ok = r.place ? worker_in_order(&series) : error_nomem(err, "samples");
	for (size_t i = 0; r.place && i < r.n_place; i++)
		sample_part_release(&r.place[i]);
	arena_release(&scratch);
	return ok;
}
