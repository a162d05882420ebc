/*
 * A place in a view as text, for a command line: "sort=cum;row=12;top=3".
 *
 * Lives here: pairs of names and values; numbers, and lists of them as short as can be; what lists have in
 * common.
 * Not here: which pairs a view has (the views).
 */
#ifndef TUI_PLACE_H
#define TUI_PLACE_H

#include "base/out.h"
#include "base/str.h"
#include "tui/list.h"

#include <stdbool.h>
#include <stdint.h>

/* One pair; ';' and '%' in the value are written as "%3b" and "%25". */
void place_write(struct out *o, const char *name, struct str value);
void place_write_number(struct out *o, const char *name, uint64_t value);

/* The next pair of *text, which moves on; value is printed to `value`.  False: there is none. */
bool place_next(struct str *text, struct str *name, struct out *value);

/* A number alone; false: it is none. */
bool place_number(struct str text, uint64_t *n);

/*
 * A list of numbers: "3.0.12", where "4-9" stands for all from 4 to 9, and "0*5" for five times 0.  They
 * come one after the other; false at the end, or for what is no number.
 */
struct place_list {
	struct str rest;
	uint64_t n, step, left; /* what is left of the part begun */
};

static inline struct place_list place_list_of(struct str text)
{
	return (struct place_list){ .rest = text };
}

bool place_list_next(struct place_list *list, uint64_t *n);

/* Adds a number, so many times. */
void place_list_add(struct out *list, uint64_t n, uint64_t times);

/*
 * Numbers that grow, runs of them as one part.  Begin with { .out = list }.  A number that may as well be
 * there as not is passed: a run goes over it.
 */
struct place_runs {
	struct out *out;
	bool is_begun;
	uint64_t first, last, passed; /* of the run */
};

void place_runs_add(struct place_runs *r, uint64_t n);
void place_runs_pass(struct place_runs *r, uint64_t n);
void place_runs_end(struct place_runs *r);

/* The numbers of all flags that are set, unless there are none. */
void place_write_flags(struct out *o, const char *name, const uint8_t *is_set, size_t n);

/* What is selected and what is shown, unless it is the first row. */
void place_write_rows(struct out *o, const struct list *l);
/* Rows that are not there are the nearest ones.  False: another name. */
bool place_take_rows(struct list *l, struct str name, struct str value);

#endif
