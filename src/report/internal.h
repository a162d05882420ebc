/*
 * What the files of report/ share with nobody else.
 *
 * Lives here: the parts of a drawing; the values at the front of a row of text.
 * Not here: what screens and pages show too (report/report.h).
 */
#ifndef REPORT_INTERNAL_H
#define REPORT_INTERNAL_H

#include "report/report.h"

/* Of a function: its own, those of the rows so far, and with what it calls. */
struct report_values {
	int64_t flat, sum, cum;
};

/* text.c: the five columns that rows of text and tree begin with. */
void report_values_write(struct out *out, const struct measure_scaler *s, int64_t total,
			 const struct report_values *v);

/*
 * A label value drawn beside a node (spec/reports.md 15.4).  In DOT order a numeric one follows what it hangs on.
 */
struct dot_tag {
	struct str *text; /* lines of the name */
	uint32_t n_text;
	uint32_t index;	 /* among its siblings, those of weight 0 included */
	uint32_t parent; /* index of the label value that a numeric one hangs on, or DOT_ON_NODE */
	bool is_numeric;
	bool is_dotted; /* the weight is of callees too */
	int64_t weight;
};

#define DOT_ON_NODE UINT32_MAX

/* Those of the i-th node of the graph's list stand at start[i] up to start[i + 1]. */
struct dot_tags {
	struct dot_tag *tag;
	uint32_t *start;
};

/* dot_tags.c: in the arena; false: no memory. */
bool dot_tags_choose(const struct graph *g, struct arena *arena, struct dot_tags *tags);

enum dot_layer {
	DOT_BACKGROUND,
	DOT_FOREGROUND,
};

/* dot_colour.c: "#rrggbb" of a score in -1..1 (spec/reports.md 15.3), without a NUL. */
enum {
	DOT_COLOUR_BYTES = 7,
};

struct str dot_colour(double score, enum dot_layer layer, char to[DOT_COLOUR_BYTES]);

/* list.c: on notice, every path that was tried for a source that is not there, once a file.  NULL: nobody asks. */
void report_list_tell_tried(const struct report_list *l, struct out *notice);

#endif
