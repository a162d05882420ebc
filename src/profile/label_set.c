/*
 * A set of labels in the form in which equal ones are equal.
 *
 * Lives here: sorting, few labels and many.
 */
#include "config.h"

#include "profile/label_set.h"

#include "base/hash.h"

#include <string.h>

/* String labels before numeric ones, then keys in byte order, or by row when there is no p. */
static int label_cmp(const struct profile *p, const struct label *a, const struct label *b)
{
	uint32_t an = a->flags & LABEL_IS_NUMERIC, bn = b->flags & LABEL_IS_NUMERIC;

	if (an != bn)
		return an < bn ? -1 : 1;
	if (!p)
		return a->key < b->key ? -1 : a->key > b->key;
	return a->key == b->key ? 0 : str_cmp(profile_text(p, a->key), profile_text(p, b->key));
}

/* Stable, for the few labels that a sample usually has. */
static void sort_few_labels(const struct profile *p, struct label *label, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct label l = label[i];
		size_t k = i;

		for (; k > 0 && label_cmp(p, &l, &label[k - 1]) < 0; k--)
			label[k] = label[k - 1];
		label[k] = l;
	}
}

/* Stable merge sort from `from`[lo..hi) with scratch; a sample may carry any number of labels. */
static void sort_labels(const struct profile *p, struct label *label, struct label *scratch, size_t n)
{
	for (size_t width = 1; width < n; width *= 2) {
		for (size_t lo = 0; lo < n; lo += 2 * width) {
			size_t mid = lo + width < n ? lo + width : n, hi = mid + width < n ? mid + width : n;
			size_t i = lo, j = mid, k = lo;

			while (i < mid && j < hi)
				scratch[k++] = label_cmp(p, &label[j], &label[i]) < 0 ? label[j++] : label[i++];
			while (i < mid)
				scratch[k++] = label[i++];
			while (j < hi)
				scratch[k++] = label[j++];
		}
		memcpy(label, scratch, n * sizeof(*label));
	}
}

/* A key with a unit on one value has a list of units for all (spec/profile.md 2.2). */
static void complete_units(struct label *label, size_t n)
{
	for (size_t i = 0, end; i < n; i = end) {
		uint32_t flags = label[i].flags;

		for (end = i + 1; end < n && label[end].key == label[i].key &&
				  !((label[end].flags ^ label[i].flags) & LABEL_IS_NUMERIC); end++)
			flags |= label[end].flags;
		for (size_t k = i; k < end; k++)
			label[k].flags = flags;
	}
}

void label_set_sort(const struct profile *p, struct label *label, struct label *scratch, size_t n)
{
	if (n <= LABELS_FEW)
		sort_few_labels(p, label, n);
	else
		sort_labels(p, label, scratch, n);
	complete_units(label, n);
}

bool label_set_is_sorted(const struct profile *p, const struct label *label, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		int order = label_cmp(p, &label[i - 1], &label[i]);

		if (order > 0 || (order == 0 && label[i - 1].flags != label[i].flags))
			return false;
	}
	return true;
}

uint64_t label_set_hash(uint64_t seed, const struct label *label, size_t n)
{
	uint64_t h = seed;

	for (size_t i = 0; i < n; i++) {
		h = hash_mix(h, (uint64_t)label[i].key << 32 | label[i].text);
		h = hash_mix(h, (uint64_t)label[i].num);
		h = hash_mix(h, label[i].flags);
	}
	return h;
}

bool label_set_equal(const struct label *a, const struct label *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (a[i].key != b[i].key || a[i].text != b[i].text || a[i].num != b[i].num ||
		    a[i].flags != b[i].flags)
			return false;
	return true;
}
