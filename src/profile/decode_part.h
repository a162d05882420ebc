/*
 * Decoding profile.proto: some samples.
 *
 * Lives here: samples from their bytes to arrays, apart from all others, so that threads do it side by side.
 * Not here: which bytes these are, and which stacks and label sets are equal (profile/decode_samples.c).
 */
#ifndef PROFILE_DECODE_PART_H
#define PROFILE_DECODE_PART_H

#include "profile/decode.h"

/* Starts as zeros; may be read again and again. */
struct sample_part {
	const struct decoder *d; /* what of it the samples name does not change meanwhile */
	struct cursor c;	 /* over some fields of the outer message; those that are no samples are skipped */

	/* What was read. */
	struct sample_batch batch;
	uint32_t row_end, text_end; /* d->ahead: all location rows, and all texts of labels, are below */
	struct error invalid; /* the first broken rule; the samples before it are in the batch */
	struct error err;     /* what ended the reading; the same */
};

/* Reads all of c. */
void sample_part_read(struct sample_part *p);

/* Harmless on zeros and twice. */
void sample_part_release(struct sample_part *p);

#endif
