/*
 * Where a function is heaviest.
 *
 * Lives here: comparing the paths that lead to it, and opening the one that was found.
 *
 * A path ends at the outermost place of the function on a stack: further inside it weighs less.  Stacks with
 * the same path make one node, so their weights are added up before the node is there: only what
 * leads to the heaviest is opened.
 */
#include "config.h"

#include "flame/internal.h"

/* The first frames of a stack, from the root. */
struct path {
	uint32_t stack_row, n_frame;
	uint64_t weight; /* of all stacks that begin so */
};

struct finder {
	const struct flame *f;
	struct arena scratch;
	uint8_t *is_wanted;	/* by frame */
	uint32_t *through;	/* frames that every path begins with */
	uint32_t n_through;
	struct row_index index; /* of paths */
	VEC(struct path) path;
};

/* By its printable name, or else by its bare one, which leaves out where it is. */
static bool mark_frames(const struct flame *f, struct str function, uint8_t *is_wanted)
{
	bool is_any = false;

	for (int is_bare = 0; !is_any && is_bare < 2; is_bare++)
		for (uint32_t i = 0; i < f->n_frame; i++) {
			const struct flame_frame *frame = &f->frame[i];

			is_wanted[i] = str_eq(is_bare ? strtab_get(f->strings, frame->name) : frame->text, function);
			is_any |= is_wanted[i];
		}
	return is_any;
}

static bool set_through(struct finder *w, uint32_t node_row)
{
	const struct flame_node *n = flame_at(w->f, node_row);

	w->n_through = n->depth;
	w->through = ARENA_ARRAY(&w->scratch, uint32_t, n->depth);
	for (; w->through && n->depth; n = flame_at(w->f, n->parent_row))
		w->through[n->depth - 1] = n->frame_row;
	return w->through != NULL;
}

/* The path on a stack; n_frame 0: there is none. */
static struct path path_on(const struct finder *w, uint32_t stack_row, uint64_t *hash)
{
	struct path path = { .stack_row = stack_row, .weight = flame_stack_weight(w->f->state, stack_row) };
	struct flame_item i = flame_item_of(w->f, stack_row);
	uint32_t n = 0;

	*hash = w->index.seed;
	for (; i.n_left; flame_step(w->f, &i)) {
		bool is_inlined;
		uint32_t frame = flame_peek(w->f, &i, &is_inlined);

		if (n < w->n_through && frame != w->through[n])
			return path;
		n++;
		*hash = hash_mix(*hash, frame);
		if (w->is_wanted[frame]) {
			path.n_frame = n;
			return path;
		}
	}
	return path;
}

static bool path_eq(const struct flame *f, const struct path *a, const struct path *b)
{
	struct flame_item x = flame_item_of(f, a->stack_row), y = flame_item_of(f, b->stack_row);
	bool is_inlined;

	if (a->n_frame != b->n_frame)
		return false;
	for (uint32_t n = a->n_frame; n; n--, flame_step(f, &x), flame_step(f, &y))
		if (flame_peek(f, &x, &is_inlined) != flame_peek(f, &y, &is_inlined))
			return false;
	return true;
}

static bool add_path(struct finder *w, const struct path *path, uint64_t hash)
{
	uint32_t row;

	for (size_t at = row_index_start(hash); (row = row_index_probe(&w->index, &at, hash)) != ROW_NONE;)
		if (path_eq(w->f, &w->path.at[row], path)) {
			w->path.at[row].weight += path->weight;
			return true;
		}
	return w->path.n < ROW_NONE && vec_push(&w->path, *path) &&
	       row_index_add(&w->index, hash, (uint32_t)w->path.n - 1);
}

static bool add_paths(struct finder *w)
{
	const uint8_t *has = flame_find_stacks(w->f, w->is_wanted, &w->scratch);

	for (uint32_t s = 0; has && s < w->f->profile->stack.n; s++) {
		struct flame_sums sums;
		struct path path;
		uint64_t hash;

		if (!has[s] || !flame_stack(w->f, s, &sums))
			continue;
		path = path_on(w, s, &hash);
		if (path.n_frame && !add_path(w, &path, hash))
			return false;
	}
	return has != NULL;
}

static bool open_path(struct flame *f, const struct path *path, uint32_t *node_row, struct error *err)
{
	struct flame_item i = flame_item_of(f, path->stack_row);

	*node_row = 0;
	for (uint32_t n = path->n_frame; n; n--, flame_step(f, &i)) {
		bool is_inlined;
		uint32_t frame = flame_peek(f, &i, &is_inlined), callee;

		if (!flame_open(f, *node_row, path->weight, err))
			return false;
		callee = flame_at(f, *node_row)->first_child_row;
		while (callee != ROW_NONE && flame_at(f, callee)->frame_row != frame)
			callee = flame_at(f, callee)->next_row;
		/* A weight that has overflown may be too light to be opened. */
		if (callee == ROW_NONE)
			return true;
		*node_row = callee;
	}
	return true;
}

bool flame_find_function(struct flame *f, struct str function, uint32_t through_row, uint32_t *node_row,
			 struct error *err)
{
	struct finder w = { .f = f, .scratch = ARENA_INIT, .path = VEC_INIT };
	const struct path *best = NULL;
	bool ok;

	*node_row = ROW_NONE;
	row_index_init(&w.index);
	w.is_wanted = ARENA_ARRAY(&w.scratch, uint8_t, f->n_frame);
	ok = w.is_wanted && set_through(&w, through_row) &&
	     (!mark_frames(f, function, w.is_wanted) || add_paths(&w));
	if (!ok)
		error_nomem(err, "place of a function");
	for (size_t i = 0; ok && i < w.path.n; i++)
		if (!best || w.path.at[i].weight > best->weight)
			best = &w.path.at[i];
	ok = ok && (!best || open_path(f, best, node_row, err));
	vec_release(&w.path);
	row_index_release(&w.index);
	arena_release(&w.scratch);
	return ok;
}
