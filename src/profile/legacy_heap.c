/*
 * Heap profiles in text.
 *
 * Lives here: gperftools' and Go's heap profiles, heap growth, fragmentation (spec/profile.md
 * 6.3).
 *
 *	heap profile:      3: 1572864 [      5:  2621440] @ heap/1048576
 *	     1:   524288 [     3:  1572864] @ 0x6716b1 0x671d05 0x43af32
 */
#include "config.h"

#include "base/arith.h"
#include "profile/legacy_scan.h"
#include "profile/legacy_shared.h"

#include <inttypes.h>

enum heap_column { INUSE_COUNT, INUSE_BYTES, ALLOC_COUNT, ALLOC_BYTES, HEAP_COLUMNS };

struct heap {
	struct legacy l;
	int64_t rate;	 /* of sampling, in bytes */
	bool is_sampled; /* by that rate; otherwise all were counted */
	bool has_alloc;
};

/* ---- the first line ---- */

struct heap_header {
	struct str number[HEAP_COLUMNS];
	struct str kind, rate; /* heap_v2/524288 */
};

/* ` *(\d+): *(\d+) *\[ *(\d+): *(\d+) *\]` */
static bool scan_totals(struct scan *s, struct str number[HEAP_COLUMNS])
{
	return scan_blanks(s) && scan_some(s, SCAN_DIGIT, &number[INUSE_COUNT]) && scan_char(s, ':') &&
	       scan_blanks(s) && scan_some(s, SCAN_DIGIT, &number[INUSE_BYTES]) && scan_blanks(s) &&
	       scan_char(s, '[') && scan_blanks(s) && scan_some(s, SCAN_DIGIT, &number[ALLOC_COUNT]) &&
	       scan_char(s, ':') && scan_blanks(s) && scan_some(s, SCAN_DIGIT, &number[ALLOC_BYTES]) &&
	       scan_blanks(s) && scan_char(s, ']');
}

/* ` *@ *(heap[_a-z0-9]*)/?(\d*)` */
static bool scan_heap_kind(struct scan *s, struct heap_header *h)
{
	size_t from;

	if (!scan_blanks(s) || !scan_char(s, '@') || !scan_blanks(s))
		return false;
	from = s->at;
	if (!scan_text(s, STR("heap")))
		return false;
	while (s->at < s->text.len && (scan_is(s->text.ptr[s->at], SCAN_DIGIT) || s->text.ptr[s->at] == '_' ||
				       (s->text.ptr[s->at] >= 'a' && s->text.ptr[s->at] <= 'z')))
		s->at++;
	h->kind = (struct str){ s->text.ptr + from, s->at - from };
	scan_char(s, '/');
	h->rate = scan_run(s, SCAN_DIGIT);
	return true;
}

static bool scan_growth_kind(struct scan *s, struct heap_header *h)
{
	(void)h;
	return scan_text(s, STR(" @ growth"));
}

static bool scan_fragmentation_kind(struct scan *s, struct heap_header *h)
{
	(void)h;
	return scan_text(s, STR(" @ fragmentation"));
}

typedef bool scan_kind(struct scan *s, struct heap_header *h);

static bool find_header(struct str line, scan_kind *kind, struct heap_header *h)
{
	struct scan s = { line, 0 };

	while (scan_behind(&s, STR("heap profile:"))) {
		struct scan rest = s;

		*h = (struct heap_header){ .kind = STR_EMPTY };
		if (scan_totals(&rest, h->number) && kind(&rest, h))
			return true;
	}
	return false;
}

/* What stands behind the @, and the period that follows.  False: no kind we know. */
static bool set_kind(struct heap *heap, const struct heap_header *h, int64_t *period)
{
	struct error ignored = ERROR_INIT;
	int64_t rate = 0;

	if (h->rate.len && !legacy_dec64(h->rate, &rate, &ignored))
		return false;
	if (str_eq(h->kind, STR("heapz_v2")) || str_eq(h->kind, STR("heap_v2"))) {
		*period = rate;
	} else if (str_eq(h->kind, STR("heap"))) {
		*period = rate / 2;
	} else if (str_eq(h->kind, STR("heapprofile"))) {
		*period = 1;
		return true;
	} else {
		return false;
	}
	heap->rate = *period;
	heap->is_sampled = true;
	return true;
}

/* Totals differ as texts, and that of all allocations is not none. */
static bool is_other(struct str alloc, struct str inuse)
{
	return !str_eq(alloc, inuse) && !str_eq(alloc, STR("0"));
}

static bool set_types(struct heap *heap, struct error *err)
{
	const struct legacy_type both[] = {
		{ STR("alloc_objects"), STR("count") },
		{ STR("alloc_space"), STR("bytes") },
		{ STR("inuse_objects"), STR("count") },
		{ STR("inuse_space"), STR("bytes") },
	};
	const struct legacy_type inuse[] = {
		{ STR("objects"), STR("count") },
		{ STR("space"), STR("bytes") },
	};

	return heap->has_alloc ? legacy_sample_types(&heap->l, both, 4, err)
			       : legacy_sample_types(&heap->l, inuse, 2, err);
}

static bool take_header(struct heap *heap, struct str line, struct error *err)
{
	const struct legacy_type space = { STR("space"), STR("bytes") };
	int64_t period = 1;
	struct heap_header h;

	if (find_header(line, scan_heap_kind, &h)) {
		if (!set_kind(heap, &h, &period))
			return error_set(err, ERR_UNSUPPORTED, "heap profile of an unknown kind");
		heap->has_alloc = is_other(h.number[ALLOC_COUNT], h.number[INUSE_COUNT]) ||
				  is_other(h.number[ALLOC_BYTES], h.number[INUSE_BYTES]);
	} else if (!find_header(line, scan_growth_kind, &h) &&
		   !find_header(line, scan_fragmentation_kind, &h)) {
		return error_set(err, ERR_UNSUPPORTED, "no heap profile");
	}
	return set_types(heap, err) && legacy_period(&heap->l, space, period, err);
}

/* ---- samples ---- */

/* A run of digits with the minus before it, if there is one. */
static bool scan_signed(struct scan *s, struct str *number)
{
	size_t from = s->at;
	struct str digits;

	scan_char(s, '-');
	if (!scan_some(s, SCAN_DIGIT, &digits))
		return false;
	*number = (struct str){ s->text.ptr + from, s->at - from };
	return true;
}

/* `(-?\d+): *(-?\d+) *\[ *(\d+): *(\d+) *] @([ x0-9a-f]*)` */
static bool scan_sample(struct scan *s, struct str number[HEAP_COLUMNS], struct str *addresses)
{
	if (!scan_signed(s, &number[INUSE_COUNT]) || !scan_char(s, ':') || !scan_blanks(s) ||
	    !scan_signed(s, &number[INUSE_BYTES]) || !scan_blanks(s) || !scan_char(s, '[') ||
	    !scan_blanks(s) || !scan_some(s, SCAN_DIGIT, &number[ALLOC_COUNT]) || !scan_char(s, ':') ||
	    !scan_blanks(s) || !scan_some(s, SCAN_DIGIT, &number[ALLOC_BYTES]) || !scan_blanks(s) ||
	    !scan_text(s, STR("] @")))
		return false;
	*addresses = scan_run(s, SCAN_ADDRESSES);
	return true;
}

/* The first place in the line where a sample stands. */
static bool find_sample(struct str line, struct str number[HEAP_COLUMNS], struct str *addresses)
{
	struct scan s = { line, 0 };

	while (scan_to(&s, SCAN_DIGIT)) {
		struct scan at = s;

		if (at.at > 0 && line.ptr[at.at - 1] == '-')
			at.at--;
		if (scan_sample(&at, number, addresses))
			return true;
		scan_run(&s, SCAN_DIGIT);
	}
	return false;
}

static bool unsample_pair(const struct heap *heap, const char *what, int64_t value[2], int64_t *block_bytes,
			  struct error *err)
{
	if (value[0] == 0 && value[1] != 0)
		return error_set(err, ERR_FORMAT, "%s count was 0 but %s bytes was %" PRId64, what, what,
				 value[1]);
	if (value[0] != 0) {
		*block_bytes = i64_div(value[1], value[0]);
		if (heap->is_sampled)
			legacy_unsample(&value[0], &value[1], heap->rate);
	}
	return true;
}

struct heap_sample {
	struct str line, number[HEAP_COLUMNS], addresses;
	int64_t value[LEGACY_TYPES_MAX], block_bytes;
};

/* One pair after the other, as the reference does: a broken one hides what is wrong behind it. */
static bool take_pair(const struct heap *heap, struct heap_sample *s, enum heap_column first, int64_t value[2],
		      struct error *err)
{
	if (!legacy_dec64(s->number[first], &value[0], err) ||
	    !legacy_dec64(s->number[first + 1], &value[1], err))
		return error_context(err, "malformed sample: %.*s: ", STR_FMT(s->line));
	return unsample_pair(heap, first == ALLOC_COUNT ? "allocation" : "inuse", value, &s->block_bytes, err);
}

static bool take_sample(struct heap *heap, struct str line, struct error *err)
{
	struct heap_sample s = { .line = line };
	int64_t *inuse = heap->has_alloc ? s.value + 2 : s.value;

	if (!find_sample(line, s.number, &s.addresses))
		return error_set(err, ERR_FORMAT, "unexpected number of sample values: got 0, want 6");
	if (heap->has_alloc && !take_pair(heap, &s, ALLOC_COUNT, s.value, err))
		return false;
	if (!take_pair(heap, &s, INUSE_COUNT, inuse, err))
		return false;
	if (!legacy_frames(&heap->l, s.addresses, LEGACY_ALL_BEFORE, err))
		return error_context(err, "malformed sample: %.*s: ", STR_FMT(line));
	return legacy_sample(&heap->l, s.value, s.block_bytes, err);
}

static bool take_all(struct heap *heap, struct cursor *c, struct error *err)
{
	struct str line;

	if (!legacy_line(c, &line, err))
		return err->code == ERR_NONE ? error_set(err, ERR_UNSUPPORTED, "no line") : false;
	if (!take_header(heap, line, err))
		return false;
	while (legacy_text_line(c, &line, err)) {
		if (legacy_is_map_marker(line))
			return legacy_maps(&heap->l, c, err);
		if (!take_sample(heap, line, err))
			return false;
	}
	return err->code == ERR_NONE;
}

struct profile *profile_decode_legacy_heap(struct bytes input, struct error *err)
{
	struct heap heap = { .rate = 0 };
	struct cursor c = cursor_over(input);
	struct profile *p = NULL;

	error_clear(err);
	if (legacy_init(&heap.l, err)) {
		heap.l.flags = LEGACY_HAS_BLOCK_BYTES;
		if (take_all(&heap, &c, err))
			p = legacy_seal(&heap.l, err);
	}
	legacy_release(&heap.l);
	return p;
}
