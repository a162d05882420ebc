/*
 * The profile as a whole.
 *
 * Lives here: deriving, freeing, and small questions about one.
 */
#include "config.h"

#include "profile/profile.h"

#include "base/limits.h"
#include "profile/internal.h"

struct profile *profile_new(void)
{
	struct arena arena = { .ceiling_bytes = LIMIT_PROFILE_BYTES };
	struct profile *p = ARENA_ZERO(&arena, struct profile, 1);

	if (p)
		p->arena = arena;
	return p;
}

void profile_free(struct profile *p)
{
	struct arena arena;

	if (!p)
		return;
	profile_free(p->apart);
	strtab_release(&p->strings);
	arena = p->arena; /* p itself lives in it */
	arena_release(&arena);
}

struct profile *profile_derive(const struct profile *below, struct error *err)
{
	struct profile *p = profile_new();
	struct arena arena;

	if (!p) {
		error_nomem(err, "derived profile");
		return NULL;
	}
	arena = p->arena;
	*p = *below;
	p->arena = arena;
	p->below = below;
	p->apart = NULL;
	strtab_init_above(&p->strings, &below->strings);
	return p;
}

int profile_sample_type_find(const struct profile *p, struct str type)
{
	for (uint32_t i = 0; i < p->n_sample_type; i++)
		if (str_eq(profile_text(p, p->sample_type[i].type), type))
			return (int)i;
	return -1;
}

bool profile_label_set_is_diff_base(const struct profile *p, uint32_t label_set_row)
{
	const struct label *label = p->label_set.label + p->label_set.start[label_set_row];

	for (uint32_t i = 0; i < p->label_set.len[label_set_row]; i++)
		if (!(label[i].flags & LABEL_IS_NUMERIC) &&
		    str_eq(profile_text(p, label[i].key), STR("pprof::base")) &&
		    str_eq(profile_text(p, label[i].text), STR("true")))
			return true;
	return false;
}
