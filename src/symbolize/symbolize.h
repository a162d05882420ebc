/*
 * Names for addresses, and readable ones.
 *
 * Lives here: demangling of function names (spec/driver.md 5.7).
 * Not here: when it is done, and which -symbolize words there are (load/).
 */
#ifndef SYMBOLIZE_SYMBOLIZE_H
#define SYMBOLIZE_SYMBOLIZE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "profile/profile.h"

#include <stdbool.h>

enum demangle_mode {
	DEMANGLE_DEFAULT,   /* ns::f */
	DEMANGLE_TEMPLATES, /* ns::f<int> */
	DEMANGLE_FULL,	    /* void ns::f<int>(int) */
	DEMANGLE_NONE,	    /* of symbolize_demangle() alone: _ZN2ns1fIiEEvT_ */
};

/*
 * The readable form of a linker's name, or name itself where there is none.  In the arena, or borrowed from
 * name; ptr NULL: no memory.
 */
struct str demangle(struct arena *arena, struct str name, enum demangle_mode mode);

/*
 * Gives each function of p, which nobody else may see yet, its readable name, unless it has one that differs
 * from its system name; with `again` also then.
 */
bool symbolize_demangle(struct profile *p, enum demangle_mode mode, bool again, struct error *err);

#endif
