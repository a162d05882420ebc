/*
 * Flame graphs: the sums of each stack, and what frames cover.
 *
 * Lives here: a flame with its root alone; searching.
 * Not here: frames (flame/frame.c), growing (flame/open.c), boxes (flame/layout.c).
 */
#include "config.h"

#include "base/worker.h"
#include "flame/internal.h"

enum {
	PARTS = 16,		 /* of the stacks, for as many processors as there are */
	PART_STACKS_MIN = 16384, /* fewer are not worth a thread */
};

static bool has_negative(const struct profile *p, const int64_t *value)
{
	for (uint32_t i = 0; i < p->sample.n; i++)
		if (value[i] < 0)
			return true;
	return false;
}

/* Values above and below 0 apart, by stack. */
static bool sum_stacks(struct flame *f)
{
	const struct profile *p = f->profile;
	const int64_t *value = p->sample.value[f->opt.value_index];
	const int64_t *count = f->opt.is_mean ? p->sample.value[0] : NULL;
	struct flame_state *st = f->state;

	f->is_diff = has_negative(p, value);
	st->plus = ARENA_ZERO(&f->common->arena, int64_t, p->stack.n);
	st->minus = f->is_diff ? ARENA_ZERO(&f->common->arena, int64_t, p->stack.n) : NULL;
	st->div = count ? ARENA_ZERO(&f->common->arena, int64_t, p->stack.n) : NULL;
	if (!st->plus || (f->is_diff && !st->minus) || (count && !st->div))
		return false;
	for (uint32_t i = 0; i < p->sample.n; i++) {
		uint32_t stack = p->sample.stack_row[i];

		if (flame_is_cancelled(f, i))
			return false;
		if (value[i] < 0)
			st->minus[stack] = i64_sub(st->minus[stack], value[i]);
		else
			st->plus[stack] = i64_add(st->plus[stack], value[i]);
		if (count)
			st->div[stack] = i64_add(st->div[stack], count[i]);
	}
	return true;
}

static uint64_t hash_frames(const struct flame *f, uint64_t seed, struct flame_item i)
{
	bool is_inlined;

	for (; i.n_left; flame_step(f, &i))
		seed = hash_mix(seed, flame_peek(f, &i, &is_inlined));
	return seed;
}

static bool frames_eq(const struct flame *f, struct flame_item a, struct flame_item b)
{
	bool is_inlined;

	while (a.n_left && b.n_left) {
		if (flame_peek(f, &a, &is_inlined) != flame_peek(f, &b, &is_inlined))
			return false;
		flame_step(f, &a);
		flame_step(f, &b);
	}
	return !a.n_left && !b.n_left;
}

static bool weighs(const struct flame_state *st, uint32_t stack)
{
	return st->plus[stack] || (st->minus && st->minus[stack]);
}

static void move_sums(struct flame_state *st, uint32_t from, uint32_t to)
{
	st->merged_row[from] = to;
	st->plus[to] = i64_add(st->plus[to], st->plus[from]);
	st->plus[from] = 0;
	if (st->minus) {
		st->minus[to] = i64_add(st->minus[to], st->minus[from]);
		st->minus[from] = 0;
	}
	if (st->div) {
		st->div[to] = i64_add(st->div[to], st->div[from]);
		st->div[from] = 0;
	}
}

/* The hashes of all stacks, found side by side. */
struct hashing {
	const struct flame *f;
	uint64_t seed;
	uint64_t *hash; /* by stack */
	uint32_t n_part;
};

static void hash_part(void *ctx, size_t part)
{
	const struct hashing *h = ctx;
	uint64_t n = h->f->profile->stack.n;
	uint32_t end = (uint32_t)(n * (part + 1) / h->n_part);

	for (uint32_t s = (uint32_t)(n * part / h->n_part); s < end && !flame_is_cancelled(h->f, s); s++)
		if (weighs(h->f->state, s))
			h->hash[s] = hash_frames(h->f, h->seed, flame_item_of(h->f, s));
}

static bool merge_by_hash(struct flame *f, struct row_index *index, const uint64_t *hash)
{
	struct flame_state *st = f->state;
	uint32_t row;

	for (uint32_t s = 0; s < f->profile->stack.n; s++) {
		if (flame_is_cancelled(f, s)) /* and then not all are hashed */
			return false;
		st->merged_row[s] = s;
		if (!weighs(st, s))
			continue;
		for (size_t at = row_index_start(hash[s]);
		     (row = row_index_probe(index, &at, hash[s])) != ROW_NONE;)
			if (frames_eq(f, flame_item_of(f, row), flame_item_of(f, s)))
				break;
		if (row != ROW_NONE)
			move_sums(st, s, row);
		else if (!row_index_add(index, hash[s], s))
			return false;
	}
	return true;
}

/*
 * Before and after are compared stack by stack, so stacks with equal frames have to become one:
 * two builds of a program differ in their addresses.
 */
static bool merge_equal_stacks(struct flame *f)
{
	uint32_t n = f->profile->stack.n;
	struct arena scratch = ARENA_INIT;
	struct row_index index;
	struct hashing h = { .f = f, .n_part = n < PART_STACKS_MIN * 2 ? 1 : PARTS };
	bool ok;

	row_index_init(&index);
	h.seed = index.seed;
	h.hash = ARENA_ARRAY(&scratch, uint64_t, n);
	f->state->merged_row = ARENA_ARRAY(&f->common->arena, uint32_t, n);
	ok = h.hash && f->state->merged_row;
	if (ok) {
		worker_parallel(h.n_part, hash_part, &h);
		ok = merge_by_hash(f, &index, h.hash);
	}
	row_index_release(&index);
	arena_release(&scratch);
	return ok;
}

/*
 * Moves to the outermost frame of that text: false when there is none.  In an inverted tree that
 * is the last one found, in the other the first.
 */
static bool find_pivot(const struct flame *f, const uint8_t *is_pivot, struct flame_item *item)
{
	struct flame_item i = *item;
	bool is_inlined, is_found = false;

	for (; i.n_left; flame_step(f, &i)) {
		if (!is_pivot[flame_peek(f, &i, &is_inlined)])
			continue;
		*item = i;
		is_found = true;
		if (!f->opt.is_inverted)
			break;
	}
	return is_found;
}

static void add_to_root(struct flame *f, struct flame_node *root, struct flame_item item)
{
	struct flame_state *st = f->state;
	uint32_t s = item.stack_row;

	if (!st->minus && !st->div && st->plus[s] >= 0 && st->plus[s] < FLAME_NOT_LIGHT)
		item.light = (uint32_t)st->plus[s];
	st->item[st->n_item++] = item;
	root->plus = i64_add(root->plus, st->plus[s]);
	root->minus = i64_add(root->minus, st->minus ? st->minus[s] : 0);
	root->div = i64_add(root->div, st->div ? st->div[s] : 0);
	root->weight += flame_stack_weight(st, s);
}

static bool location_has(const struct flame_state *st, uint32_t location, const uint8_t *is_wanted)
{
	uint32_t frame = st->location_frame[location];
	const uint32_t *many = st->many + (frame & ~FLAME_MANY);

	if (!(frame & FLAME_MANY))
		return is_wanted[frame];
	for (uint32_t k = 1; k <= many[0]; k++)
		if (is_wanted[many[k]])
			return true;
	return false;
}

const uint8_t *flame_find_stacks(const struct flame *f, const uint8_t *is_wanted, struct arena *scratch)
{
	const struct profile *p = f->profile;
	uint8_t *is_there = ARENA_ARRAY(scratch, uint8_t, p->location.n);
	uint8_t *has = ARENA_ARRAY(scratch, uint8_t, p->stack.n);

	for (uint32_t i = 0; is_there && i < p->location.n; i++)
		is_there[i] = location_has(f->state, i, is_wanted);
	return is_there && has && profile_find_stacks(p, is_there, has) ? has : NULL;
}

/* All stacks that weigh anything, or those of the pivot, which has[stack row]. */
static bool collect(struct flame *f, const uint8_t *is_pivot, const uint8_t *has)
{
	struct flame_state *st = f->state;
	struct flame_node root = { .frame_row = ROW_NONE,
				   .parent_row = ROW_NONE,
				   .first_child_row = ROW_NONE,
				   .last_child_row = ROW_NONE,
				   .next_row = ROW_NONE,
				   .open_weight = UINT64_MAX };

	st->item = ARENA_ARRAY(&f->arena, struct flame_item, f->opt.no_tree ? 0 : f->profile->stack.n);
	if (!st->item)
		return false;
	for (uint32_t s = 0; !f->opt.no_tree && s < f->profile->stack.n; s++) {
		struct flame_item item = flame_item_of(f, s);

		if (flame_is_cancelled(f, s))
			return false;
		if (weighs(st, s) && (!is_pivot || (has[s] && find_pivot(f, is_pivot, &item))))
			add_to_root(f, &root, item);
	}
	root.n_item = st->n_item;
	return vec_push(&f->node, root);
}

static bool plant(struct flame *f)
{
	struct arena scratch = ARENA_INIT;
	uint8_t *is_pivot = f->opt.pivot.len ? ARENA_ARRAY(&scratch, uint8_t, f->n_frame) : NULL;
	const uint8_t *has = NULL;
	bool ok = is_pivot || !f->opt.pivot.len;

	for (uint32_t i = 0; is_pivot && i < f->n_frame; i++)
		is_pivot[i] = str_eq(f->frame[i].text, f->opt.pivot);
	if (is_pivot)
		has = flame_find_stacks(f, is_pivot, &scratch);
	ok = ok && (has || !is_pivot) && collect(f, is_pivot, has);
	arena_release(&scratch);
	return ok;
}

bool flame_failed(const struct flame *f, struct error *err)
{
	if (cancel_is_raised(f->opt.cancel))
		return error_set(err, ERR_CANCELLED, "interrupted");
	return error_nomem(err, "flame graph");
}

static struct flame_common *new_common(const struct profile *p)
{
	struct arena arena = ARENA_INIT;
	struct flame_common *c = ARENA_ZERO(&arena, struct flame_common, 1);

	if (!c)
		return NULL;
	c->arena = arena;
	c->n_holder = 1;
	c->profile = p;
	strtab_init_above(&c->strings, &p->strings);
	return c;
}

void flame_drop_common(struct flame_common *c)
{
	struct arena arena;

	if (!c || --c->n_holder)
		return;
	strtab_release(&c->strings);
	arena = c->arena; /* c itself lives in it */
	arena_release(&arena);
}

struct flame_common *flame_hold_common(const struct flame *f)
{
	f->common->n_holder++;
	return f->common;
}

/* A tree without anything of its own yet.  Holds c. */
static struct flame *new_tree(struct flame_common *c, const struct flame_options *opt)
{
	struct arena arena = ARENA_INIT;
	struct flame *f = ARENA_ZERO(&arena, struct flame, 1);

	if (!f)
		return NULL;
	f->arena = arena;
	f->n_holder = 1;
	f->common = c;
	c->n_holder++;
	f->profile = c->profile;
	f->strings = &c->strings;
	f->opt = *opt;
	f->state = ARENA_ZERO(&f->arena, struct flame_state, 1);
	if (f->state)
		return f;
	flame_free(f);
	return NULL;
}

/* What flame_open() works with, whichever tree it is. */
static bool make_scratch(struct flame *f)
{
	struct flame_state *st = f->state;
	uint32_t n = f->profile->stack.n;

	st->scratch = ARENA_ARRAY(&f->common->arena, struct flame_item, n);
	st->group_of = ARENA_ARRAY(&f->common->arena, uint32_t, n);
	st->slot = ARENA_ZERO(&f->common->arena, uint32_t, f->n_frame);
	return st->scratch && st->group_of && st->slot;
}

/* The first tree finds what all have in common. */
static bool fill_common(struct flame *f)
{
	struct flame_common *c = f->common;

	if (!sum_stacks(f) || !flame_frames_init(f) || !make_scratch(f) ||
	    ((f->is_diff || f->opt.merge_stacks) && !merge_equal_stacks(f)))
		return false;
	c->frame = f->frame;
	c->n_frame = f->n_frame;
	c->is_diff = f->is_diff;
	c->state = *f->state;
	return true;
}

static struct flame *fail(struct flame *f, struct error *err)
{
	(void)(f ? flame_failed(f, err) : error_nomem(err, "flame graph"));
	flame_free(f);
	return NULL;
}

struct flame *flame_new(const struct profile *p, const struct flame_options *opt, struct error *err)
{
	struct flame_common *c = new_common(p);
	struct flame *f = c ? new_tree(c, opt) : NULL;

	flame_drop_common(c); /* the tree holds it */
	return f && fill_common(f) && plant(f) ? f : fail(f, err);
}

struct flame *flame_new_of(struct flame_common *c, const struct flame_options *opt, struct error *err)
{
	struct flame *f = new_tree(c, opt);

	if (!f)
		return fail(f, err);
	f->frame = c->frame;
	f->n_frame = c->n_frame;
	f->is_diff = c->is_diff;
	*f->state = c->state;
	return plant(f) ? f : fail(f, err);
}

struct flame *flame_hold(struct flame *f)
{
	f->n_holder++;
	return f;
}

void flame_free(struct flame *f)
{
	struct arena arena;

	if (!f || --f->n_holder)
		return;
	vec_release(&f->node);
	flame_drop_common(f->common);
	arena = f->arena; /* f itself lives in it */
	arena_release(&arena);
}

struct flame_own flame_own(const struct flame *f, uint32_t node_row)
{
	const struct flame_node *n = flame_at(f, node_row);
	const struct flame_state *st = f->state;
	struct flame_node ended = *n;

	if (n->open_weight != UINT64_MAX)
		return (struct flame_own){ flame_flat(n),
					   n->first_child_row != ROW_NONE || n->rest.n > 0 };
	for (uint32_t i = 0; i < n->n_item; i++) {
		const struct flame_item *item = &st->item[n->item_start + i];
		uint32_t s = item->stack_row;

		if (item->n_left)
			continue;
		ended.n_item--;
		ended.flat = i64_add(ended.flat,
				     i64_sub(st->plus[s], st->minus ? st->minus[s] : 0));
		ended.flat_div = i64_add(ended.flat_div, st->div ? st->div[s] : 0);
	}
	return (struct flame_own){ flame_flat(&ended), ended.n_item > 0 };
}

bool flame_stack(const struct flame *f, uint32_t stack_row, struct flame_sums *s)
{
	const struct flame_state *st = f->state;

	*s = (struct flame_sums){
		.plus = st->plus[stack_row],
		.minus = st->minus ? st->minus[stack_row] : 0,
		.div = st->div ? st->div[stack_row] : 0,
	};
	return weighs(st, stack_row);
}

uint32_t flame_stack_merged(const struct flame *f, uint32_t stack_row)
{
	return f->state->merged_row ? f->state->merged_row[stack_row] : stack_row;
}

struct flame_item flame_walk(const struct flame *f, uint32_t stack_row)
{
	return flame_item_of(f, stack_row);
}

bool flame_walk_next(const struct flame *f, struct flame_item *i, uint32_t *frame_row)
{
	bool is_inlined;

	if (!i->n_left)
		return false;
	*frame_row = flame_peek(f, i, &is_inlined);
	flame_step(f, i);
	return true;
}

void flame_match(const struct flame *f, const struct regex *re, uint8_t *is_match)
{
	for (uint32_t i = 0; i < f->n_frame; i++)
		is_match[i] = regex_match(re, f->frame[i].text);
}

bool flame_cover(const struct flame *f, const uint8_t *is_match, struct flame_cover *sum, struct error *err)
{
	const struct flame_state *st = f->state;
	struct arena scratch = ARENA_INIT;
	const uint8_t *has = flame_find_stacks(f, is_match, &scratch);

	*sum = (struct flame_cover){ 0, 0, 0 };
	for (uint32_t i = 0; has && i < st->n_item; i++) {
		uint32_t s = st->item[i].stack_row;

		if (!has[s])
			continue;
		sum->plus = i64_add(sum->plus, st->plus[s]);
		sum->minus = i64_add(sum->minus, st->minus ? st->minus[s] : 0);
		sum->weight += flame_stack_weight(st, s);
	}
	arena_release(&scratch);
	return has || error_nomem(err, "what is found");
}
