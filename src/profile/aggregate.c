/*
 * Granularity: what tells two frames apart.
 *
 * Lives here: clearing what a report does not look at (spec/profile.md 8.2).
 * Not here: merging frames that are equal then (graph/); which granularity clears what (analysis/).
 */
#include "config.h"

#include "profile/internal.h"
#include "profile/transform.h"

static bool mask_mappings(struct profile *p, unsigned keep)
{
	uint32_t flags = (keep & AGGREGATE_INLINES ? MAPPING_HAS_INLINE_FRAMES : 0u) |
			 (keep & AGGREGATE_FUNCTION ? MAPPING_HAS_FUNCTIONS : 0u) |
			 (keep & AGGREGATE_FILENAME ? MAPPING_HAS_FILENAMES : 0u) |
			 (keep & AGGREGATE_LINE ? MAPPING_HAS_LINE_NUMBERS : 0u);

	if (!PROFILE_OWN(p, mapping, p->n_mapping))
		return false;
	for (uint32_t i = 0; i < p->n_mapping; i++)
		p->mapping[i].flags &= flags;
	return true;
}

/* Of frames inlined into one another only the outermost, physical one stays. */
static bool drop_inlined(struct profile *p)
{
	if (!PROFILE_OWN(p, location.line_start, p->location.n) || !PROFILE_OWN(p, location.n_line, p->location.n))
		return false;
	for (uint32_t i = 0; i < p->location.n; i++) {
		if (p->location.n_line[i] <= 1)
			continue;
		p->location.line_start[i] += p->location.n_line[i] - 1;
		p->location.n_line[i] = 1;
	}
	return true;
}

/* A column of zeros in place of the old one. */
#define CLEAR(p, column, n) (((p)->column = arena_alloc_zero(&(p)->arena, (n), sizeof(*(p)->column))) != NULL)

bool profile_aggregate(struct profile *p, unsigned keep, struct error *err)
{
	bool ok = mask_mappings(p, keep);

	if (!(keep & AGGREGATE_INLINES))
		ok = ok && drop_inlined(p);
	if (!(keep & AGGREGATE_FUNCTION))
		ok = ok && CLEAR(p, function.name, p->function.n) && CLEAR(p, function.system_name, p->function.n);
	if (!(keep & AGGREGATE_FILENAME))
		ok = ok && CLEAR(p, function.filename, p->function.n);
	if (!(keep & AGGREGATE_LINE))
		ok = ok && CLEAR(p, line.line, p->line.n);
	if (!(keep & AGGREGATE_LINE) || !(keep & AGGREGATE_COLUMN))
		ok = ok && CLEAR(p, line.column, p->line.n);
	if (!(keep & AGGREGATE_ADDRESS))
		ok = ok && CLEAR(p, location.address, p->location.n);
	return ok || error_nomem(err, "columns of frames");
}
