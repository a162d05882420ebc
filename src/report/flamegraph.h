/*
 * Flame graphs as files: what the picture, its data and the page around it share.
 *
 * Lives here: a flame graph made ready for writing.
 * Not here: the tree and its boxes (flame/flame.h); files for other tools (report/folded.c).
 */
#ifndef REPORT_FLAMEGRAPH_H
#define REPORT_FLAMEGRAPH_H

#include "base/strtab.h"
#include "base/vec.h"
#include "flame/flame.h"
#include "report/report.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	FLAMEGRAPH_UNITS_PER_PX = 100, /* of the layout */
	FLAMEGRAPH_LEAST_UNITS = 10,   /* narrower frames are merged */
	FLAMEGRAPH_ROW_PX = 18,
	FLAMEGRAPH_BOX_PX = 17,
	FLAMEGRAPH_SIDE_PX = 10, /* left and right of the boxes */
};

/* Owns all but the input. */
struct flamegraph {
	const struct report_input *in;
	struct arena arena;
	struct flame *f;
	struct flame_boxes boxes;
	uint32_t width_px;
	uint32_t top_px;      /* where boxes begin */
	uint32_t controls_px; /* where the script puts its controls above them */
	uint32_t n_row;       /* of boxes, one above the other */
	uint64_t n_merged; /* frames that have no box of their own */
	bool is_cut;       /* deeper ones than are drawn have none either */

	/*
	 * Names as they are written, each once: long ones are cut, and what would hide or reorder
	 * text has its stand-in.  Row 0 is empty.
	 */
	struct strtab names;
	VEC(uint8_t) colour; /* by name: flame_colour() of its package */

	struct measure_scaler scaler; /* each value in the unit that suits it */
	/* What is said above the boxes; safe as the names are. */
	struct str title;
	struct report_lines facts;
	struct str left_out; /* what has no box; may be empty */
};

/* False: ERR_NOMEM, ERR_LIMIT.  Release it in any case. */
bool flamegraph_init(struct flamegraph *g, const struct report_input *in, struct error *err);
void flamegraph_release(struct flamegraph *g);

/* Row of a name, of a function in that package; STR_ID_NONE: no memory. */
str_id flamegraph_name(struct flamegraph *g, struct str text, struct str package);
/* The same of a node. */
str_id flamegraph_node_name(struct flamegraph *g, const struct flame_node *n);

/*
 * What a box looks like: classes of flame.css, "c0" to "c11" for packages, "p1" to "p4" and "n1"
 * to "n4" for more and less in a comparison, "z" for no change, "r" the root, "m" merged ones.
 */
enum {
	FLAMEGRAPH_CLASSES = FLAME_COLOURS + 2 * FLAME_DIFF_STEPS + 3,
};

uint32_t flamegraph_class(const struct flamegraph *g, const struct flame_box *b);
const char *flamegraph_class_name(uint32_t class_row);

/* flamegraph_svg.c: the boxes alone, for an <svg>. */
bool flamegraph_boxes(struct flamegraph *g, struct out *out, struct error *err);

/* A row of the table of functions beside the picture. */
struct flamegraph_row {
	str_id name;
	int64_t flat, cum;
};

/*
 * flamegraph_data.c: what the script draws from, as JSON that has no < > & in it.  row NULL: no
 * table.
 */
bool flamegraph_data(struct flamegraph *g, const struct flamegraph_row *row, size_t n_row,
		     struct out *out, struct error *err);

#endif
