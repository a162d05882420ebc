/*
 * Loading, inside.
 *
 * Lives here: what the files of load/ share with nobody else.
 */
#ifndef LOAD_INTERNAL_H
#define LOAD_INTERNAL_H

#include "load/load.h"

/* load.c: one source, as it is in the file.  May run on any thread; is_alone: all processors are for this one. */
struct profile *load_one(struct str source, const struct load_request *r, bool is_alone,
			 struct error *err);

/* combine.c: all sources and bases as one profile. */
struct profile *load_combined(const struct load_request *r, struct out *notice, struct error *err);

/* names.c: readable names, as the words of -symbolize ask. */
bool load_names(struct profile *p, struct str words, struct out *notice, struct error *err);

#endif
