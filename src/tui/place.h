/*
 * A place in a view as text, for a command line: "sort=cum;row=12;top=3".
 *
 * Lives here: pairs of names and values; what lists have in common.
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

/* "3.0.12": numbers of a list, one after the other; false at its end, or for what is no number. */
void place_list_add(struct out *list, uint64_t n);
bool place_list_next(struct str *list, uint64_t *n);

/* The numbers of all flags that are set, unless there are none. */
void place_write_flags(struct out *o, const char *name, const uint8_t *is_set, size_t n);

/* What is selected and what is shown, unless it is the first row. */
void place_write_rows(struct out *o, const struct list *l);
/* Rows that are not there are the nearest ones.  False: another name. */
bool place_take_rows(struct list *l, struct str name, struct str value);

#endif
