/*
 * Validity of a profile's tables.
 *
 * Lives here: spec/profile.md 2.3, from the mappings on, in the reference's order and words.
 * Not here: the rules about samples, which are checked while those are decoded.
 */
#include "config.h"

#include "profile/internal.h"

#include <inttypes.h>

/* Ids are not 0 and unlike each other. */
static bool ids_ok(const uint64_t *id, uint32_t n, const char *thing, const char *things, const char *zero,
		   struct error *err)
{
	struct arena scratch = ARENA_INIT;
	bool *is_seen = ARENA_ZERO(&scratch, bool, n); /* by the last row of an id */
	struct id_map map;
	bool ok = true;

	if (!is_seen || !id_map_build(&map, id, n)) {
		arena_release(&scratch);
		return error_nomem(err, things);
	}
	for (uint32_t i = 0; i < n && ok; i++) {
		bool *seen = &is_seen[id_map_find(&map, id[i])];

		if (id[i] == 0)
			ok = error_set(err, ERR_FORMAT, "malformed profile: found %s with reserved %s=0", thing, zero);
		else if (*seen)
			ok = error_set(err, ERR_FORMAT, "malformed profile: multiple %s with same id: %" PRIu64, things,
				       id[i]);
		*seen = true;
	}
	id_map_release(&map);
	arena_release(&scratch);
	return ok;
}

static bool lines_ok(const struct profile *p, struct error *err)
{
	for (uint32_t i = 0; i < p->location.n; i++)
		for (uint32_t k = 0; k < p->location.n_line[i]; k++)
			if (p->line.function_row[p->location.line_start[i] + k] == ROW_NONE)
				return error_set(err, ERR_FORMAT,
						 "malformed profile: location id: %" PRIu64 " has a line with nil function",
						 p->location.id[i]);
	return true;
}

bool profile_validate_tables(const struct profile *p, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	uint64_t *mapping_id = ARENA_ARRAY(&scratch, uint64_t, p->n_mapping);
	bool ok = mapping_id || error_nomem(err, "mapping ids");

	for (uint32_t i = 0; ok && i < p->n_mapping; i++)
		mapping_id[i] = p->mapping[i].id;
	ok = ok && ids_ok(mapping_id, p->n_mapping, "mapping", "mappings", "ID", err) &&
	     ids_ok(p->function.id, p->function.n, "function", "functions", "ID", err) &&
	     ids_ok(p->location.id, p->location.n, "location", "locations", "id", err) && lines_ok(p, err);
	arena_release(&scratch);
	return ok;
}
