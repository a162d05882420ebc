/*
 * Names in a profile.
 *
 * Lives here: telling repeated names by their interned row.
 */
#include "config.h"

#include "analysis/names.h"

#include "base/vec.h"
#include "measure/measure.h"

/* Names while they are collected. */
struct collector {
	const struct profile *p;
	struct arena scratch;
	uint8_t *is_seen; /* by str_id */
	VEC(struct str) name;
	bool is_broken;
};

static void collect(struct collector *c, str_id id)
{
	if (!id || c->is_broken || c->is_seen[id])
		return;
	c->is_seen[id] = 1;
	c->is_broken = !vec_push(&c->name, profile_text(c->p, id));
}

static bool collector_init(struct collector *c, const struct profile *p)
{
	*c = (struct collector){ .p = p, .scratch = ARENA_INIT };
	c->is_seen = ARENA_ZERO(&c->scratch, uint8_t, strtab_count(&p->strings));
	c->is_broken = !c->is_seen;
	return !c->is_broken;
}

static bool finish(struct collector *c, struct arena *arena, struct names *names)
{
	bool ok = !c->is_broken;

	names->n = c->name.n;
	names->at = vec_into_arena(&c->name, arena);
	arena_release(&c->scratch);
	return ok && names->at;
}

bool names_of_sample_types(const struct profile *p, struct arena *arena, struct names *names)
{
	names->at = ARENA_ARRAY(arena, struct str, p->n_sample_type);
	names->n = names->at ? p->n_sample_type : 0;
	for (uint32_t i = 0; i < names->n; i++)
		names->at[i] = profile_text(p, p->sample_type[i].type);
	return names->at != NULL;
}

bool names_of_functions(const struct profile *p, struct arena *arena, struct names *names)
{
	struct collector c;

	if (collector_init(&c, p))
		for (uint32_t i = 0; i < p->function.n; i++)
			collect(&c, p->function.name[i]);
	return finish(&c, arena, names);
}

bool names_of_label_keys(const struct profile *p, struct arena *arena, struct names *names)
{
	struct collector c;

	if (collector_init(&c, p))
		for (uint32_t set = 0; set < p->label_set.n; set++)
			for (uint32_t i = 0; i < p->label_set.len[set]; i++)
				collect(&c, p->label_set.label[p->label_set.start[set] + i].key);
	return finish(&c, arena, names);
}

bool names_of_label_values(const struct profile *p, struct str key, struct arena *arena, struct names *names)
{
	str_id id = strtab_find(&p->strings, key);
	struct collector c;

	if (collector_init(&c, p) && id != STR_ID_NONE)
		for (uint32_t set = 0; set < p->label_set.n; set++)
			for (uint32_t i = 0; i < p->label_set.len[set]; i++) {
				const struct label *l = &p->label_set.label[p->label_set.start[set] + i];

				if (l->key == id && !(l->flags & LABEL_IS_NUMERIC))
					collect(&c, l->text);
			}
	return finish(&c, arena, names);
}

static bool has_unit_like(const struct profile *p, struct str unit)
{
	for (uint32_t i = 0; i < p->n_sample_type; i++)
		if (measure_is_compatible(profile_text(p, p->sample_type[i].unit), unit))
			return true;
	return false;
}

bool names_of_units(const struct profile *p, struct arena *arena, struct names *names)
{
	static const char *const unit[] = { "auto", "minimum", "B",  "kB", "MB", "GB",	"TB",
					    "PB",   "ns",      "us", "ms", "s",	 "hrs", "GCU" };
	enum { N = sizeof(unit) / sizeof(unit[0]), N_ALWAYS = 2 };

	names->n = 0;
	names->at = ARENA_ARRAY(arena, struct str, N);
	for (size_t i = 0; names->at && i < N; i++)
		if (i < N_ALWAYS || has_unit_like(p, str_from(unit[i])))
			names->at[names->n++] = str_from(unit[i]);
	return names->at != NULL;
}
