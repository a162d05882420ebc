/*
 * Loading, inside.
 *
 * Lives here: what the files of load/ share with nobody else.
 */
#ifndef LOAD_INTERNAL_H
#define LOAD_INTERNAL_H

#include "load/load.h"

/* names.c: readable names, as the words of -symbolize ask. */
bool load_names(struct profile *p, struct str words, struct out *notice, struct error *err);

#endif
