/*
 * The heaviest distinct stacks of a profile.
 *
 * Lives here: choosing them, their names, their labels.
 */
#include "config.h"

#include "tui/stacks.h"

#include "base/sort.h"
#include "graph/name.h"

#include <string.h>

enum {
	CALLERS_BYTES = 400, /* of callers on one row; wider screens are rare */
};

/* ---- Choosing ---- */

struct candidate {
	uint32_t stack_row;
	int64_t value;
};

/* |INT64_MIN| too. */
static uint64_t size_of(int64_t value)
{
	return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

static int by_size(const void *ctx, uint32_t a, uint32_t b)
{
	const struct candidate *c = ctx;
	uint64_t x = size_of(c[a].value), y = size_of(c[b].value);

	return x > y ? -1 : x < y;
}

/* The heaviest so far: twice as many as are wanted, cut to half when they are full. */
struct chosen {
	struct candidate *at, *sorted;
	uint32_t *order;
	size_t n;
	uint64_t least; /* lighter ones need not come, once there was a cut */
	bool is_cut;
};

static bool cut(struct chosen *c)
{
	for (size_t i = 0; i < c->n; i++)
		c->order[i] = (uint32_t)i;
	if (!sort_stable(c->order, c->n, by_size, c->at))
		return false;
	for (size_t i = 0; i < c->n; i++)
		c->sorted[i] = c->at[c->order[i]];
	if (c->n > STACKS_SHOWN) {
		c->n = STACKS_SHOWN;
		c->is_cut = true;
		c->least = size_of(c->sorted[c->n - 1].value);
	}
	memcpy(c->at, c->sorted, c->n * sizeof(*c->at));
	return true;
}

static bool offer(struct chosen *c, uint32_t stack_row, int64_t value)
{
	if (c->is_cut && size_of(value) <= c->least)
		return true;
	c->at[c->n++] = (struct candidate){ stack_row, value };
	return c->n < (size_t)STACKS_SHOWN * 2 || cut(c);
}

static bool choose(struct stacks *s, struct chosen *c, struct arena *scratch)
{
	struct flame_sums sums;

	c->at = ARENA_ARRAY(scratch, struct candidate, (size_t)STACKS_SHOWN * 2);
	c->sorted = ARENA_ARRAY(scratch, struct candidate, (size_t)STACKS_SHOWN * 2);
	c->order = ARENA_ARRAY(scratch, uint32_t, (size_t)STACKS_SHOWN * 2);
	if (!c->at || !c->sorted || !c->order)
		return false;
	for (uint32_t i = 0; i < s->in->profile->stack.n; i++) {
		int64_t value;

		if (!flame_stack(s->flame, i, &sums))
			continue;
		value = i64_sub(sums.plus, sums.minus);
		s->n_more++;
		s->more = i64_add(s->more, value);
		if (!offer(c, i, sums.div ? i64_div(value, sums.div) : value))
			return false;
	}
	return cut(c);
}

/* ---- Names ---- */

static bool name_frames(struct stacks *s)
{
	const struct flame *f = s->flame;

	s->short_name = ARENA_ARRAY(&s->arena, struct str, f->n_frame);
	s->frame_hash = ARENA_ARRAY(&s->arena, uint64_t, f->n_frame);
	if (!s->short_name || !s->frame_hash)
		return false;
	for (uint32_t i = 0; i < f->n_frame; i++) {
		struct str text = f->frame[i].text;

		s->short_name[i] = name_short(&s->arena, text);
		if (!s->short_name[i].ptr)
			return false;
		/* Places are compared between two profiles: the seed must be the same. */
		s->frame_hash[i] = hash_bytes(0, text.ptr, text.len);
	}
	return true;
}

/* " < name" behind text[0..*n).  What does not fit is cut, which an ellipsis tells.  False: no more fits. */
static bool add_caller(char text[CALLERS_BYTES], size_t *n, struct str name)
{
	static const char arrow[] = " \xe2\x86\x90 ", ellipsis[] = "\xe2\x80\xa6";
	const size_t before = sizeof(arrow) - 1, behind = sizeof(ellipsis) - 1;
	size_t left = CALLERS_BYTES - behind - *n, len = name.len;
	bool fits = before + len <= left;

	if (!fits) {
		len = left > before ? left - before : 0;
		while (len && ((unsigned char)name.ptr[len] & 0xc0) == 0x80)
			len--;
	}
	if (fits || len) {
		memcpy(text + *n, arrow, before);
		if (len)
			memcpy(text + *n + before, name.ptr, len);
		*n += before + len;
	}
	if (!fits) {
		memcpy(text + *n, ellipsis, behind);
		*n += behind;
	}
	return fits;
}

/* Leaf, nearest callers, number of frames, hash. */
static bool describe(struct stacks *s, struct stack *row)
{
	struct flame_item item = flame_walk(s->flame, row->stack_row);
	char text[CALLERS_BYTES];
	uint32_t frame;
	bool is_full = false;
	size_t n = 0;

	while (flame_walk_next(s->flame, &item, &frame)) {
		row->hash = hash_mix(row->hash, s->frame_hash[frame]);
		if (row->n_frame++ == 0)
			row->leaf = frame;
		else
			is_full = is_full || !add_caller(text, &n, s->short_name[frame]);
	}
	row->callers = arena_str(&s->arena, (struct str){ text, n });
	return row->callers.ptr != NULL;
}

static bool take(struct stacks *s, const struct chosen *c)
{
	int64_t sum = 0;

	s->n = c->n;
	s->n_more -= c->n;
	s->stack = ARENA_ZERO(&s->arena, struct stack, c->n);
	for (size_t i = 0; s->stack && i < c->n; i++) {
		struct stack *row = &s->stack[i];
		struct flame_sums sums;

		(void)flame_stack(s->flame, c->at[i].stack_row, &sums);
		row->stack_row = c->at[i].stack_row;
		row->value = c->at[i].value;
		row->plus = sums.plus;
		row->minus = sums.minus;
		row->leaf = ROW_NONE;
		sum = i64_add(sum, row->value);
		row->sum = sum;
		s->more = i64_sub(s->more, i64_sub(sums.plus, sums.minus));
		if (!describe(s, row))
			return false;
	}
	return s->stack != NULL;
}

static bool fill(struct stacks *s)
{
	struct arena scratch = ARENA_INIT;
	struct chosen c = { .n = 0 };
	bool ok = name_frames(s) && choose(s, &c, &scratch) && take(s, &c);

	arena_release(&scratch);
	return ok;
}

struct stacks *stacks_new(const struct report_input *in, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct stacks *s = ARENA_ZERO(&arena, struct stacks, 1);
	struct flame_options opt = report_flame_options(in);

	if (!s) {
		error_nomem(err, "stacks");
		return NULL;
	}
	s->arena = arena;
	s->in = in;
	opt.is_inverted = true;
	opt.merge_stacks = true;
	opt.no_tree = true;
	s->flame = flame_new(in->profile, &opt, err);
	if (s->flame) {
		s->is_diff = s->flame->is_diff;
		if (fill(s))
			return s;
		error_nomem(err, "stacks");
	}
	stacks_free(s);
	return NULL;
}

void stacks_free(struct stacks *s)
{
	struct arena arena;

	if (!s)
		return;
	report_traces_free(s->traces);
	flame_free(s->flame);
	arena = s->arena; /* s itself lives in it */
	arena_release(&arena);
}

/* ---- Frames and labels ---- */

static bool list_frames(struct stacks *s, const struct stack *row, struct stack_detail *d)
{
	const struct profile *p = s->in->profile;
	const struct report_traces *t = s->traces;
	const uint32_t *location = p->stack.location_row + p->stack.start[row->stack_row];
	uint32_t len = p->stack.len[row->stack_row];

	for (uint32_t i = 0; i < len; i++)
		d->n_frame += t->frame_start[location[i] + 1] - t->frame_start[location[i]];
	d->frame = ARENA_ARRAY(&s->arena, const struct report_frame *, d->n_frame);
	d->n_frame = 0;
	for (uint32_t i = 0; d->frame && i < len; i++)
		for (uint32_t k = t->frame_start[location[i]]; k < t->frame_start[location[i] + 1]; k++)
			d->frame[d->n_frame++] = &t->frame[k];
	return d->frame != NULL;
}

/* Sums of one stack by label set, in order of first sight. */
struct by_set {
	int64_t *value, *div;
	uint8_t *is_seen;
	VEC(uint32_t) set;
};

static bool sum_sets(const struct stacks *s, uint32_t stack_row, struct by_set *b,
		     struct arena *scratch)
{
	const struct profile *p = s->in->profile;
	const int64_t *value = p->sample.value[s->in->value_index];
	uint32_t n_set = p->label_set.n;

	b->value = ARENA_ZERO(scratch, int64_t, n_set);
	b->div = ARENA_ZERO(scratch, int64_t, n_set);
	b->is_seen = ARENA_ZERO(scratch, uint8_t, n_set);
	if (!b->value || !b->div || !b->is_seen)
		return false;
	for (uint32_t i = 0; i < p->sample.n; i++) {
		uint32_t set = p->sample.label_set_row[i];

		if (!p->label_set.len[set] ||
		    flame_stack_merged(s->flame, p->sample.stack_row[i]) != stack_row)
			continue;
		if (!b->is_seen[set] && !vec_push(&b->set, set))
			return false;
		b->is_seen[set] = 1;
		b->value[set] = i64_add(b->value[set], value[i]);
		if (s->in->is_mean)
			b->div[set] = i64_add(b->div[set], p->sample.value[0][i]);
	}
	return true;
}

typedef VEC(struct stack_label) label_vec;

static bool read_labels(const struct stacks *s, const struct by_set *b, struct arena *scratch,
			label_vec *labels)
{
	for (size_t i = 0; i < b->set.n && i < STACKS_LABEL_SETS; i++) {
		uint32_t set = b->set.at[i];
		struct report_lines lines;

		if (!report_traces_labels(s->traces, set, scratch, &lines))
			return false;
		for (size_t k = 0; k < lines.n; k++) {
			struct stack_label l = { str_trim(lines.line[k]), b->value[set], b->div[set] };

			if (!vec_push(labels, l))
				return false;
		}
	}
	return true;
}

static int by_text(const void *ctx, uint32_t a, uint32_t b)
{
	const struct stack_label *l = ctx;

	return str_cmp(l[a].text, l[b].text);
}

static int by_label_size(const void *ctx, uint32_t a, uint32_t b)
{
	const struct stack_label *l = ctx;
	uint64_t x = size_of(stack_label_value(&l[a])), y = size_of(stack_label_value(&l[b]));

	return x > y ? -1 : x < y;
}

static bool reorder(label_vec *labels, sort_cmp *cmp, struct arena *scratch)
{
	uint32_t *order = ARENA_ARRAY(scratch, uint32_t, labels->n);
	struct stack_label *sorted = ARENA_ARRAY(scratch, struct stack_label, labels->n);

	if (!order || !sorted)
		return false;
	for (size_t i = 0; i < labels->n; i++)
		order[i] = (uint32_t)i;
	if (!sort_stable(order, labels->n, cmp, labels->at))
		return false;
	for (size_t i = 0; i < labels->n; i++)
		sorted[i] = labels->at[order[i]];
	if (labels->n)
		memcpy(labels->at, sorted, labels->n * sizeof(*sorted));
	return true;
}

static void merge_equal(label_vec *labels)
{
	size_t n = 0;

	for (size_t i = 0; i < labels->n; i++) {
		struct stack_label *last = n ? &labels->at[n - 1] : NULL;

		if (last && str_eq(last->text, labels->at[i].text)) {
			last->value = i64_add(last->value, labels->at[i].value);
			last->div = i64_add(last->div, labels->at[i].div);
		} else {
			labels->at[n++] = labels->at[i];
		}
	}
	labels->n = n;
}

static bool keep_labels(struct stacks *s, const label_vec *labels, struct stack_detail *d)
{
	d->n_label = labels->n < STACKS_LABELS ? labels->n : STACKS_LABELS;
	d->label = ARENA_ARRAY(&s->arena, struct stack_label, d->n_label);
	for (size_t i = 0; d->label && i < d->n_label; i++) {
		d->label[i] = labels->at[i];
		d->label[i].text = arena_str(&s->arena, labels->at[i].text);
		if (!d->label[i].text.ptr)
			return false;
	}
	return d->label != NULL;
}

static bool list_labels(struct stacks *s, const struct stack *row, struct stack_detail *d)
{
	struct arena scratch = ARENA_INIT;
	struct by_set b = { .set = VEC_INIT };
	label_vec labels = VEC_INIT;
	bool ok = sum_sets(s, row->stack_row, &b, &scratch) &&
		  read_labels(s, &b, &scratch, &labels) && reorder(&labels, by_text, &scratch);

	if (ok) {
		merge_equal(&labels);
		ok = reorder(&labels, by_label_size, &scratch) && keep_labels(s, &labels, d);
	}
	vec_release(&b.set);
	vec_release(&labels);
	arena_release(&scratch);
	return ok;
}

bool stacks_look_at(struct stacks *s, size_t i, struct error *err)
{
	struct stack *row = &s->stack[i];
	struct stack_detail *d;

	if (row->detail)
		return true;
	if (!s->traces)
		s->traces = report_traces_new(s->in, err);
	if (!s->traces)
		return false;
	d = ARENA_ZERO(&s->arena, struct stack_detail, 1);
	if (!d || !list_frames(s, row, d) || !list_labels(s, row, d))
		return error_nomem(err, "frames and labels");
	row->detail = d;
	return true;
}
