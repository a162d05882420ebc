/*
 * Settings: options saved under names (spec/driver.md 3.4).
 *
 * Lives here: the file pprof/settings.json in the user's configuration directory, which we share with
 * the reference; reading and writing it.
 * Not here: who saves and loads (shell/, web/).
 */
#ifndef ANALYSIS_SETTINGS_H
#define ANALYSIS_SETTINGS_H

#include "analysis/options.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/out.h"
#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>

/* The options that are saved; the other values mean nothing. */
struct settings_config {
	struct str name;
	union option_value value[OPTION_COUNT];
};

/* Owns all it reaches.  In the order of the file. */
struct settings {
	struct arena arena;
	VEC(struct settings_config) config;
};

/*
 * Reads the user's file; one that is not there has no configurations.  ERR_IO "could not read settings: ...",
 * ERR_FORMAT "could not parse settings: ...".  Release in any case.
 */
bool settings_read(struct settings *s, struct error *err);

/* Writes it whole.  ERR_IO "failed to write settings: ..." or about its directory. */
bool settings_write(const struct settings *s, struct error *err);

void settings_release(struct settings *s);

/* The same without the file: *s starts as zeros. */
bool settings_parse(struct settings *s, struct bytes text, struct error *err);
void settings_print(const struct settings *s, struct out *out);

/* NULL when there is none of that name. */
const struct settings_config *settings_find(const struct settings *s, struct str name);

/* Keeps the saved options of o under a name, in place of what has it.  False: no memory. */
bool settings_put(struct settings *s, struct str name, const struct options *o, struct error *err);

/* False: there is none of that name. */
bool settings_remove(struct settings *s, struct str name);

/* Into o, which keeps what is not saved. */
bool settings_apply(const struct settings_config *c, struct options *o, struct error *err);

#endif
