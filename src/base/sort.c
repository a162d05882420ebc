/*
 * Sorting.
 *
 * Lives here: merges of growing runs, begun with insertion.
 */
#include "config.h"

#include "base/sort.h"

#include <string.h>

enum { RUN = 8 };

static void insertion(uint32_t *row, size_t n, sort_cmp *cmp, const void *ctx)
{
	for (size_t i = 1; i < n; i++) {
		uint32_t item = row[i];
		size_t k = i;

		for (; k > 0 && cmp(ctx, item, row[k - 1]) < 0; k--)
			row[k] = row[k - 1];
		row[k] = item;
	}
}

static void merge(uint32_t *to, const uint32_t *from, size_t mid, size_t n, sort_cmp *cmp, const void *ctx)
{
	size_t i = 0, j = mid, k = 0;

	while (i < mid && j < n)
		to[k++] = cmp(ctx, from[j], from[i]) < 0 ? from[j++] : from[i++];
	memcpy(to + k, from + i, (mid - i) * sizeof(*to));
	memcpy(to + k + (mid - i), from + j, (n - j) * sizeof(*to));
}

bool sort_stable(uint32_t *row, size_t n, sort_cmp *cmp, const void *ctx)
{
	struct arena scratch = ARENA_INIT;
	uint32_t *from = row, *to;

	for (size_t lo = 0; lo < n; lo += RUN)
		insertion(row + lo, n - lo < RUN ? n - lo : RUN, cmp, ctx);
	if (n <= RUN)
		return true;
	to = ARENA_ARRAY(&scratch, uint32_t, n);
	if (!to)
		return false;
	for (size_t width = RUN; width < n; width *= 2) {
		uint32_t *swap = from;

		for (size_t lo = 0; lo < n; lo += 2 * width) {
			size_t left = n - lo, mid = left < width ? left : width;

			merge(to + lo, from + lo, mid, left < 2 * width ? left : 2 * width, cmp, ctx);
		}
		from = to;
		to = swap;
	}
	if (from != row)
		memcpy(row, from, n * sizeof(*row));
	arena_release(&scratch);
	return true;
}
