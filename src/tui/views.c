/*
 * The views.
 *
 * Lives here: their order.
 */
#include "config.h"

#include "tui/views.h"

#include <stddef.h>

const struct view *const view_table[] = {
	&view_top,
	&view_flame,
	&view_sandwich,
	&view_list,
	&view_tree,
	&view_tags,
	&view_traces,
	&view_overview,
	NULL,
};
