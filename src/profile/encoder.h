/*
 * Encoding profile.proto: what its two files share.
 *
 * Lives here: the state of one encoding.
 */
#ifndef PROFILE_ENCODER_H
#define PROFILE_ENCODER_H

#include "base/out.h"
#include "base/vec.h"
#include "profile/profile.h"

struct encoder {
	const struct profile *p;
	struct out *out;
	double ratio; /* of values; 1: off */
	struct arena scratch;
	uint32_t *index; /* number of each string by its row; 0: the empty one, or none yet */
	str_id *string;	 /* by number */
	uint32_t n_string;
	VEC(uint8_t) buf; /* of one message */
};

/* All samples.  False: no memory. */
bool encode_samples(struct encoder *e);

#endif
