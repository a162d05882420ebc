/*
 * What the fuzz targets of the legacy formats have in common.
 *
 * Lives here: the promises of their decoders that hold for any bytes.
 */
#ifndef TESTS_FUZZ_LEGACY_H
#define TESTS_FUZZ_LEGACY_H

#include "profile/legacy.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

typedef struct profile *legacy_decoder(struct bytes input, struct error *err);

static inline void must(bool ok)
{
	if (!ok)
		abort();
}

/* Each row that is named exists, ids are 1, 2, 3, ... */
static inline void check_rows(const struct profile *p)
{
	for (uint32_t i = 0; i < p->sample.n; i++) {
		uint32_t stack = p->sample.stack_row[i], end;

		must(stack < p->stack.n && p->sample.label_set_row[i] < p->label_set.n);
		end = p->stack.start[stack] + p->stack.len[stack];
		for (uint32_t k = p->stack.start[stack]; k < end; k++)
			must(p->stack.location_row[k] < p->location.n);
	}
	for (uint32_t i = 0; i < p->location.n; i++) {
		uint32_t map = p->location.mapping_row[i], line = p->location.line_start[i];

		must(p->location.id[i] == (uint64_t)i + 1 && (map == ROW_NONE || map < p->n_mapping));
		must(!p->location.n_line[i] ||
		     (line < p->line.n && p->line.function_row[line] < p->function.n));
	}
	for (uint32_t i = 0; i < p->n_mapping; i++)
		must(p->mapping[i].id == (uint64_t)i + 1);
}

/* A profile whose rows agree, or a reason that can be shown; no input here fills the memory. */
static inline int fuzz_legacy(legacy_decoder *decode, const uint8_t *data, size_t size)
{
	struct error err = ERROR_INIT;
	struct profile *p = decode((struct bytes){ data, size }, &err);

	must(p ? err.code == ERR_NONE : err.code != ERR_NONE && err.code != ERR_NOMEM && err.msg[0]);
	if (p)
		check_rows(p);
	profile_free(p);
	return 0;
}

#endif
