/*
 * Colours of frames as numbers.
 *
 * Lives here: which packages and which changes look alike.
 * Not here: what the colours are (tui/theme.c, report/assets/flame.css).
 */
#include "config.h"

#include "base/hash.h"
#include "flame/flame.h"

uint32_t flame_colour(struct str package)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < package.len; i++)
		h = (h ^ (unsigned char)package.ptr[i]) * 0x100000001b3u;
	return (uint32_t)(hash_mix(h, 0) % FLAME_COLOURS);
}

/* Steps double: up to 1/8, up to 1/4, up to 1/2, more than a half. */
static int step_of(double share)
{
	int step = FLAME_DIFF_STEPS;

	for (double floor = 0.5; step > 1 && share <= floor; floor /= 2)
		step--;
	return step;
}

int flame_diff_step(double change)
{
	if (change > 0)
		return step_of(change);
	return change < 0 ? -step_of(-change) : 0;
}

double flame_change(int64_t plus, int64_t minus)
{
	double after = (double)(uint64_t)plus, before = (double)(uint64_t)minus;
	double larger = after > before ? after : before;

	return larger > 0 ? (after - before) / larger : 0;
}
