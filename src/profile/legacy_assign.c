/*
 * Which map of a legacy profile an address is in.
 *
 * Lives here: the maps' last corrections, and finding the first map in file order that
 * holds an address (spec/profile.md 6.9, 5-8).  Maps may overlap and may be wrong ("deadbeef"
 * is a range that ends before it begins), and a file may have a million of each.
 * Not here: reading maps (profile/legacy_maps.c).
 */
#include "config.h"

#include "base/arith.h"
#include "base/limits.h"
#include "profile/legacy_shared.h"

#include <inttypes.h>
#include <stdlib.h>

/* A row in the list of a node. */
struct entry {
	uint32_t row, next; /* next: in entry, or ROW_NONE */
};

/*
 * Two segment trees over the same points.  point[] are all ends of ranges, sorted; node n_point
 * + i stands for the addresses from point[i] to before point[i + 1], node k for nodes 2k and
 * 2k + 1.  A range is noted at the few nodes that make it up, so the ranges around an address
 * are on the way from its node to node 1.
 */
struct ranges {
	uint64_t *point;
	size_t n_point;
	uint32_t *holder; /* first row whose range this is a part of */
	uint32_t *reach;  /* list, by row, of those that it would belong to if they began earlier */
	VEC(struct entry) entry;
};

static int point_cmp(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Number of points up to and including the address. */
static size_t points_up_to(const struct ranges *r, uint64_t address)
{
	size_t lo = 0, hi = r->n_point;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (r->point[mid] <= address)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/*
 * Some maps lack their first part, which then is as long as their offset.  False: not this one.
 */
static bool earlier_start(const struct legacy_map *m, uint64_t *start)
{
	*start = m->start - m->offset;
	return *start < m->start;
}

static bool collect_points(struct legacy *l, struct ranges *r)
{
	size_t n = 0, room;
	uint64_t start;

	if (!size_mul(l->map.n, 3, &room))
		return false;
	r->point = ARENA_ARRAY(&l->scratch, uint64_t, room);
	if (!r->point)
		return false;
	for (size_t i = 0; i < l->map.n; i++) {
		r->point[n++] = l->map.at[i].start;
		r->point[n++] = l->map.at[i].limit;
		if (earlier_start(&l->map.at[i], &start))
			r->point[n++] = start;
	}
	if (n)
		qsort(r->point, n, sizeof(*r->point), point_cmp);
	for (size_t i = 0; i < n; i++)
		if (r->n_point == 0 || r->point[i] != r->point[r->n_point - 1])
			r->point[r->n_point++] = r->point[i];
	return true;
}

/* The nodes that make up a range whose ends are points; their number. */
enum { NODES_MAX = 128 };

static size_t nodes_of(const struct ranges *r, uint64_t start, uint64_t limit, size_t node[NODES_MAX])
{
	size_t lo, hi, n = 0;

	if (limit <= start)
		return 0;
	lo = r->n_point + points_up_to(r, start) - 1;
	hi = r->n_point + points_up_to(r, limit) - 1;
	for (; lo < hi; lo /= 2, hi /= 2) {
		if (lo & 1)
			node[n++] = lo++;
		if (hi & 1)
			node[n++] = --hi;
	}
	return n;
}

static void note_holder(struct ranges *r, const struct legacy_map *m, uint32_t row)
{
	size_t node[NODES_MAX], n = nodes_of(r, m->start, m->limit, node);

	for (size_t i = 0; i < n; i++)
		if (row < r->holder[node[i]]) /* ROW_NONE is above all */
			r->holder[node[i]] = row;
}

static bool note_reach(struct ranges *r, const struct legacy_map *m, uint32_t row)
{
	size_t node[NODES_MAX], n;
	uint64_t start;

	if (!earlier_start(m, &start))
		return true;
	n = nodes_of(r, start, m->start, node);
	for (size_t i = 0; i < n; i++) {
		struct entry e = { row, r->reach[node[i]] };

		if (r->entry.n >= LIMIT_ROWS || !vec_push(&r->entry, e))
			return false;
		r->reach[node[i]] = (uint32_t)(r->entry.n - 1);
	}
	return true;
}

static bool build_ranges(struct legacy *l, struct ranges *r)
{
	size_t n_node;

	if (!collect_points(l, r) || !size_mul(r->n_point, 2, &n_node))
		return false;
	r->holder = ARENA_ARRAY(&l->scratch, uint32_t, n_node);
	r->reach = ARENA_ARRAY(&l->scratch, uint32_t, n_node);
	if (!r->holder || !r->reach)
		return false;
	for (size_t i = 0; i < n_node; i++)
		r->holder[i] = r->reach[i] = ROW_NONE;
	/* From the last row on, so that each list begins with the first. */
	for (uint32_t row = (uint32_t)l->map.n; row-- > 0;) {
		note_holder(r, &l->map.at[row], row);
		if (!note_reach(r, &l->map.at[row], row))
			return false;
	}
	return true;
}

/* The first map with start <= address < limit; ROW_NONE: none. */
static uint32_t find_holder(const struct ranges *r, uint64_t address)
{
	size_t up_to = points_up_to(r, address);
	uint32_t row = ROW_NONE;

	for (size_t node = up_to ? r->n_point + up_to - 1 : 0; node; node /= 2)
		if (r->holder[node] < row)
			row = r->holder[node];
	return row;
}

/* The first map that would hold the address if it began earlier, and does so from now on. */
static uint32_t find_reach(struct legacy *l, struct ranges *r, uint64_t address)
{
	size_t up_to = points_up_to(r, address);
	uint32_t row = ROW_NONE;
	struct legacy_map *m;

	for (size_t node = up_to ? r->n_point + up_to - 1 : 0; node; node /= 2) {
		uint32_t *first = &r->reach[node];

		/* Those that begin earlier already have no offset any more. */
		while (*first != ROW_NONE && l->map.at[r->entry.at[*first].row].offset == 0)
			*first = r->entry.at[*first].next;
		if (*first != ROW_NONE && r->entry.at[*first].row < row)
			row = r->entry.at[*first].row;
	}
	if (row == ROW_NONE)
		return row;
	m = &l->map.at[row];
	m->start -= m->offset;
	m->offset = 0;
	note_holder(r, m, row);
	return row;
}

/* Two well-known oddities of the first map (spec/profile.md 6.9, 5 and 6). */
static void correct_first(struct legacy *l)
{
	struct legacy_map *m = l->map.at;

	if (l->map.n > 1 && str_has_prefix(m[0].filename, STR("/anon_hugepage")) && m[0].limit == m[1].start) {
		l->map.n--;
		memmove(m, m + 1, l->map.n * sizeof(*m));
	}
	if (l->map.n && m[0].start - m[0].offset == 0x400000) {
		m[0].start = 0x400000;
		m[0].offset = 0;
	}
}

/* The map for addresses outside of all. */
static bool add_catch_all(struct legacy *l, uint32_t *row, struct error *err)
{
	struct legacy_map m = { .limit = UINT64_MAX, .filename = STR_EMPTY, .build_id = STR_EMPTY };

	*row = (uint32_t)l->map.n;
	return vec_push(&l->map, m) || error_nomem(err, "memory map");
}

bool legacy_maps_assign(struct legacy *l, const uint64_t *address, uint32_t *map_row, uint32_t n,
			struct error *err)
{
	struct ranges r = { .n_point = 0 };
	uint32_t catch_all = ROW_NONE;
	bool ok;

	if (l->map.n >= LIMIT_ROWS)
		return error_set(err, ERR_LIMIT, "more than %" PRIu64 " mappings", LIMIT_ROWS);
	correct_first(l);
	ok = build_ranges(l, &r) || error_nomem(err, "memory map");
	for (uint32_t i = 0; ok && i < n; i++) {
		map_row[i] = ROW_NONE;
		if (address[i] == 0)
			continue;
		map_row[i] = find_holder(&r, address[i]);
		/* Once there is a catch-all, it comes before any that would have to begin earlier. */
		if (map_row[i] == ROW_NONE && catch_all == ROW_NONE)
			map_row[i] = find_reach(l, &r, address[i]);
		if (map_row[i] == ROW_NONE && catch_all == ROW_NONE)
			ok = add_catch_all(l, &catch_all, err);
		if (map_row[i] == ROW_NONE)
			map_row[i] = catch_all;
	}
	vec_release(&r.entry);
	return ok;
}
