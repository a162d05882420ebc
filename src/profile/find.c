/*
 * Which stacks hold a location.
 *
 * Lives here: one quick look at all locations of all stacks, for those who then walk a few stacks
 * frame by frame.
 */
#include "config.h"

#include "base/worker.h"
#include "profile/profile.h"

enum {
	PARTS_MAX = 8,
	PART_STACKS_MIN = 16384, /* fewer are not worth a thread */
};

struct finding {
	const struct profile *p;
	const uint64_t *wanted; /* a bit for each location: the table stays in the nearest cache */
	uint8_t *has;
	size_t n_part;
};

static void find_part(void *ctx, size_t part)
{
	const struct finding *f = ctx;
	const struct profile *p = f->p;
	const uint64_t *wanted = f->wanted;
	uint32_t end = (uint32_t)((uint64_t)p->stack.n * (part + 1) / f->n_part);

	for (uint32_t s = (uint32_t)((uint64_t)p->stack.n * part / f->n_part); s < end; s++) {
		const uint32_t *location = p->stack.location_row + p->stack.start[s];
		uint64_t found = 0;

		/* No branch on what they are, which no processor could foretell. */
		for (uint32_t i = 0; i < p->stack.len[s]; i++)
			found |= wanted[location[i] / 64] >> (location[i] % 64);
		f->has[s] = found & 1;
	}
}

bool profile_find_stacks(const struct profile *p, const uint8_t *is_wanted, uint8_t *has)
{
	struct arena scratch = ARENA_INIT;
	uint64_t *wanted = ARENA_ZERO(&scratch, uint64_t, (size_t)p->location.n / 64 + 1);
	struct finding f = { .p = p, .wanted = wanted, .has = has };

	f.n_part = p->stack.n < 2 * PART_STACKS_MIN ? 1 : worker_count();
	f.n_part = f.n_part < PARTS_MAX ? f.n_part : PARTS_MAX;
	for (uint32_t i = 0; wanted && i < p->location.n; i++)
		wanted[i / 64] |= (uint64_t)(is_wanted[i] != 0) << (i % 64);
	if (wanted)
		worker_parallel(f.n_part, find_part, &f);
	arena_release(&scratch);
	return wanted != NULL;
}
