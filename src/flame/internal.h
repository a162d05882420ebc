/*
 * Flame graphs, inside.
 *
 * Lives here: what the files of flame/ share with nobody else.
 */
#ifndef FLAME_INTERNAL_H
#define FLAME_INTERNAL_H

#include "base/hash.h"
#include "flame/flame.h"

/* In location_frame: the low bits are an index into `many`. */
#define FLAME_MANY 0x80000000u

/*
 * In flame_item.light: the weight is among the sums of all stacks.  These lie wide apart in memory, and so are looked up
 * for large values, comparisons and means only.
 */
#define FLAME_NOT_LIGHT UINT32_MAX

/* Work that lasts as long as the flame.  All but the items belongs to flame_common. */
struct flame_state {
	/*
	 * Frame of each location.  Several: FLAME_MANY and an index into many, where their number
	 * stands and then the frames, outermost first.
	 */
	uint32_t *location_frame;
	uint32_t *many;
	bool has_many;

	/* Sums over the samples of each stack; minus and div are NULL where all would be 0. */
	int64_t *plus, *minus, *div;

	/* The stack that each one is merged into, mostly itself; NULL: none is. */
	uint32_t *merged_row;

	struct flame_item *item; /* of all stacks that count; nodes own ranges of it */
	uint32_t n_item;

	/* Scratch of flame_open(). */
	struct flame_item *scratch;
	uint32_t *group_of; /* by item; with ITEM_STAYS */
	uint32_t *slot;     /* by frame; 0: no group yet */
};

/* flame.c, by stack: does it have one of the frames?  In the arena; NULL: no memory. */
const uint8_t *flame_find_stacks(const struct flame *f, const uint8_t *is_wanted, struct arena *scratch);

struct flame_common {
	struct arena arena; /* this struct lives in it */
	uint32_t n_holder;
	struct strtab strings; /* above the profile's */
	const struct profile *profile;
	struct flame_frame *frame;
	uint32_t n_frame;
	bool is_diff;
	struct flame_state state; /* without items */
};

static inline bool flame_is_cancelled(const struct flame *f, uint32_t step)
{
	return !(step & CANCEL_MASK) && cancel_is_raised(f->opt.cancel);
}

/* flame.c: why building has ended.  False. */
bool flame_failed(const struct flame *f, struct error *err);

/* frame.c: frames, and where each location finds its own. */
bool flame_frames_init(struct flame *f);

static inline uint64_t flame_stack_weight(const struct flame_state *st, uint32_t stack_row)
{
	uint64_t plus = (uint64_t)st->plus[stack_row];
	uint64_t minus = st->minus ? (uint64_t)st->minus[stack_row] : 0;

	return plus > minus ? plus : minus;
}

/*
 * The frame that comes next, that of location_row[at], or of the one before it when the walk goes
 * from the root; the item must have some left.  *is_inlined: it is inlined into
 * its caller.
 */
static inline uint32_t flame_peek(const struct flame *f, const struct flame_item *i,
				  bool *is_inlined)
{
	const struct flame_state *st = f->state;
	const uint32_t *location = f->profile->stack.location_row + i->at;
	uint32_t frame = st->location_frame[f->opt.is_inverted ? location[0] : location[-1]];
	const uint32_t *many;

	*is_inlined = false;
	if (!(frame & FLAME_MANY))
		return frame;
	many = st->many + (frame & ~FLAME_MANY);
	if (f->opt.is_inverted) {
		*is_inlined = i->n_inlined + 1 < many[0];
		return many[many[0] - i->n_inlined];
	}
	*is_inlined = i->n_inlined > 0;
	return many[1 + i->n_inlined];
}

/* Whether there are more frames in the location behind the one that comes next. */
static inline bool flame_stays(const struct flame *f, const struct flame_item *i)
{
	const struct flame_state *st = f->state;
	const uint32_t *location = f->profile->stack.location_row + i->at;
	uint32_t frame = st->location_frame[f->opt.is_inverted ? location[0] : location[-1]];

	return (frame & FLAME_MANY) && i->n_inlined + 1 < st->many[frame & ~FLAME_MANY];
}

/* Steps over a frame of which it is known whether the item stays at its location. */
static inline void flame_step_known(const struct flame *f, struct flame_item *i, bool stays)
{
	if (stays) {
		i->n_inlined++;
		return;
	}
	i->n_inlined = 0;
	i->at = f->opt.is_inverted ? i->at + 1 : i->at - 1;
	i->n_left--;
}

static inline void flame_step(const struct flame *f, struct flame_item *i)
{
	flame_step_known(f, i, f->state->has_many && flame_stays(f, i));
}

/* At the root, or at the leaf of an inverted tree. */
static inline struct flame_item flame_item_of(const struct flame *f, uint32_t stack_row)
{
	const struct profile *p = f->profile;
	uint32_t n = p->stack.len[stack_row];

	return (struct flame_item){
		.light = FLAME_NOT_LIGHT,
		.stack_row = stack_row,
		.at = p->stack.start[stack_row] + (f->opt.is_inverted ? 0 : n),
		.n_left = n,
	};
}

#endif
