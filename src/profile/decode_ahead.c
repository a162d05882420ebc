/*
 * Decoding profile.proto while it is inflated.
 *
 * Lives here: the samples first, as most files have them, and what they name put in afterwards.  What is unusual or
 * broken in any way is left to the decoder of whole inputs, which has the words for it.
 */
#include "config.h"

#include "profile/decode.h"

/* To the end of the feed. */
static bool walk(struct decoder *d, struct error *err)
{
	struct decode_ahead *ahead = d->ahead;
	struct feed *feed = ahead->feed;
	struct cursor c = { .at = feed->start, .end = feed->start, .start = feed->start };

	while (!atomic_load(&ahead->is_given_up) && feed->more(feed)) {
		c.end = feed->start + feed->n_ready;
		if (!decode_walk(d, &c, err))
			return false;
	}
	decode_end_parts(d);
	return feed->is_complete && !cursor_left(&c);
}

void decode_walk_ahead(struct decoder *d)
{
	bool is_good = walk(d, &d->ahead->err);

	atomic_store(&d->ahead->is_walked, true);
	d->ahead->is_good = is_good && decode_tables(d, &d->ahead->err);
}

static bool has_ids_from_one_up(const struct profile_builder *b)
{
	for (size_t i = 0; i < b->location_id.n; i++)
		if (b->location_id.at[i] != i + 1)
			return false;
	return true;
}

/* Stacks hold ids - 1: mostly those are the rows. */
static bool settle_stacks(struct decoder *d, struct error *err)
{
	struct profile_builder *b = &d->b;

	if (d->ahead->row_end <= b->location_id.n && has_ids_from_one_up(b))
		return true;
	if (d->ahead->without_stacks)
		return error_set(err, ERR_UNSUPPORTED, "locations that nobody has kept");
	for (size_t i = 0; i < b->stack_pool.n; i++) {
		uint32_t row = id_map_find(&d->location_row, (uint64_t)b->stack_pool.at[i] + 1);

		if (row == ROW_NONE)
			return error_set(err, ERR_FORMAT, "sample has nil location");
		b->stack_pool.at[i] = row;
	}
	return true;
}

/* Texts are indexes into string_table; where no text stands there twice, and hardly any writer does that, those are rows. */
static bool settle_sets(struct decoder *d, struct error *err)
{
	struct profile_builder *b = &d->b;

	if (d->ahead->text_end > d->string.n)
		return error_set(err, ERR_UNSUPPORTED, "a label without its string");
	if (b->label.n && strtab_count(&b->p->strings) != d->string.n)
		return error_set(err, ERR_UNSUPPORTED, "a string twice in its table");
	return profile_builder_sort_sets(b) || error_nomem(err, "labels");
}

/* What the samples did not know when they were added. */
static bool settle(struct decoder *d, struct error *err)
{
	if (d->n_row[FIELD_SAMPLE] && d->n_value != d->sample_type.n)
		return error_set(err, ERR_UNSUPPORTED, "sample types after samples");
	return settle_stacks(d, err) && settle_sets(d, err);
}

static bool decode_all(struct decoder *d, struct error *err)
{
	return decode_begin(d, d->ahead->feed->n_max, err) && decode_samples(d, err) && d->ahead->is_good &&
	       settle(d, err) && decode_header(d, err);
}

struct profile *profile_decode_ahead(struct feed *feed, bool without_stacks, void (*done)(void *ctx, size_t upto),
				     void *ctx)
{
	struct decode_ahead ahead = { .feed = feed, .without_stacks = without_stacks, .table_begin = SIZE_MAX };
	struct decoder d = { .done = done, .done_ctx = ctx, .ahead = &ahead, .start = feed->start };
	struct error ignored;
	struct profile *p = NULL;

	if (!profile_builder_init(&d.b, &ignored))
		return NULL;
	if (decode_all(&d, &ignored))
		p = decode_seal(&d, &ignored);
	decode_release(&d);
	return p;
}
