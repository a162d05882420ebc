/*
 * Sorting.
 *
 * Lives here: one stable sort, so that equal items keep the order of the input.
 * Not here: orders; each comparator stands beside what it compares.
 */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Below, equal to or above 0; ctx is the caller's. */
typedef int sort_cmp(const void *ctx, uint32_t a, uint32_t b);

/* Sorts n rows; items that compare equal keep their order.  False: no memory. */
bool sort_stable(uint32_t *row, size_t n, sort_cmp *cmp, const void *ctx);

#endif
