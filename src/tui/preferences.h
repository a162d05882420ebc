/*
 * What a user wants of every screen: $XDG_CONFIG_HOME/cpprof-view/config.
 *
 *	# comments and empty lines
 *	theme = light
 *
 * Lives here: the file and its words.
 * Not here: options of reports (analysis/settings.h), what the themes look like (tui/theme.h).
 */
#ifndef TUI_PREFERENCES_H
#define TUI_PREFERENCES_H

#include "base/error.h"
#include "tui/theme.h"

#include <stdbool.h>

struct preferences {
	const struct theme *theme;
};

/*
 * Fills *s, with what is usual where the file says nothing or is not there.  False: a line is not
 * understood; the error names it, and the other lines hold.
 */
bool preferences_read(struct preferences *s, struct error *err);

#endif
