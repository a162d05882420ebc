/*
 * The heaviest distinct stacks of a profile.
 *
 * Lives here: their values, what a row says of each, their frames and labels when asked for.
 * Not here: rows, columns and keys (tui/view_traces.c), sums of stacks (flame/).
 */
#ifndef TUI_STACKS_H
#define TUI_STACKS_H

#include "flame/flame.h"
#include "report/report.h"

enum {
	STACKS_SHOWN = 10000,
	STACKS_LABELS = 30,	    /* lines of labels shown of one stack */
	STACKS_LABEL_SETS = 1000, /* that are looked at for them */
};

/* "key: value", and all samples of the stack that have it. */
struct stack_label {
	struct str text;
	int64_t value, div;
};

struct stack_detail {
	struct stack_label *label; /* heaviest first */
	size_t n_label;
	const struct report_frame **frame; /* leaf first */
	size_t n_frame;
};

struct stack {
	uint32_t stack_row; /* of the profile */
	uint32_t n_frame;
	int64_t value; /* as displayed under `mean` */
	int64_t plus, minus; /* values above 0, and |those below| */
	int64_t sum;   /* of the values up to here */
	uint32_t leaf; /* frame row of the flame; ROW_NONE: there is none */
	struct str callers; /* the nearest, " < caller < caller" */
	struct stack_detail *detail; /* NULL: not asked for yet */
	uint64_t hash; /* of the names of all frames */
};

struct stacks {
	struct arena arena; /* this struct lives in it */
	const struct report_input *in;
	struct flame *flame; /* from the leaves */
	struct report_traces *traces; /* NULL: not asked for yet */
	struct str *short_name; /* by frame */
	uint64_t *frame_hash;
	bool is_diff;

	struct stack *stack; /* by |value|, at most STACKS_SHOWN */
	size_t n;
	size_t n_more; /* stacks that are not there, and their sum */
	int64_t more;
};

/* Borrows the input.  NULL: ERR_NOMEM. */
struct stacks *stacks_new(const struct report_input *in, struct error *err);
/* Harmless on NULL. */
void stacks_free(struct stacks *s);

/* Fills detail of that stack. */
bool stacks_look_at(struct stacks *s, size_t i, struct error *err);

static inline int64_t stack_label_value(const struct stack_label *l)
{
	return l->div ? i64_div(l->value, l->div) : l->value;
}

#endif
