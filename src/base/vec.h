/*
 * Growable arrays.
 *
 * Lives here: one growth routine for all element types.
 * Not here: fixed arrays of a model (ARENA_ARRAY); a finished vector can be handed to an
 * arena by vec_into_arena().
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct vec_raw {
	void *at;
	size_t n, cap;
};

/*
 * An array of T that owns its memory: v.at[0 .. v.n-1].  Starts as VEC_INIT, ends with
 * vec_release() or vec_into_arena().
 */
#define VEC(T)                        \
	union {                       \
		struct vec_raw raw;   \
		struct {              \
			T *at;        \
			size_t n;     \
			size_t cap;   \
		};                    \
	}

#define VEC_INIT { .raw = { NULL, 0, 0 } }

/* Room for `extra` more items; false when there is no memory, and then nothing changed. */
#define vec_reserve(v, extra) \
	((v)->cap - (v)->n >= (size_t)(extra) || vec_grow(&(v)->raw, (extra), sizeof(*(v)->at)))

/*
 * The same for an empty array that will be large: it is asked for in one piece and in large pages, which
 * cost memory only as they are filled.
 */
#define vec_reserve_large(v, extra) \
	((v)->cap - (v)->n >= (size_t)(extra) || vec_grow_large(&(v)->raw, (extra), sizeof(*(v)->at)))

/* Appends one item; false when there is no memory. */
#define vec_push(v, item) (vec_reserve((v), 1) && (((v)->at[(v)->n++] = (item)), true))

#define vec_release(v) vec_free(&(v)->raw)

/*
 * Gives the array, cut to its length, to the arena (which frees it), and empties v.  The result
 * is the array, never NULL for an empty one; NULL: no memory, and the array is gone.
 */
#define vec_into_arena(v, arena) vec_adopt(&(v)->raw, (arena), sizeof(*(v)->at))

bool vec_grow(struct vec_raw *v, size_t extra, size_t size);
bool vec_grow_large(struct vec_raw *v, size_t extra, size_t size);
void vec_free(struct vec_raw *v);
void *vec_adopt(struct vec_raw *v, struct arena *arena, size_t size);

#endif
