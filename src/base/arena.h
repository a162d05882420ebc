/*
 * Arena: everything of one model in one place, freed by one call.
 *
 * Lives here: bump allocation with a ceiling, adoption of large blocks grown elsewhere,
 * and the program's only calls of malloc, realloc and free (with base/vec.c).
 * Not here: growing arrays (base/vec.h).
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *blocks; /* newest first */
	size_t used_bytes;	    /* handed out, adopted blocks included */
	size_t ceiling_bytes;	    /* allocation beyond it fails; 0: none */
};

#define ARENA_INIT { .blocks = NULL, .used_bytes = 0, .ceiling_bytes = 0 }

/* Gives all memory back.  Harmless on ARENA_INIT and twice. */
void arena_release(struct arena *a);

/* Forgets all content but keeps one block for the next round. */
void arena_reset(struct arena *a);

/*
 * size bytes, aligned for any type, not cleared.  A size of zero gives a pointer that
 * is not NULL.  NULL when memory or the ceiling is out.
 */
void *arena_alloc(struct arena *a, size_t size);

/* n items of size bytes, all zero; NULL also when the product overflows. */
void *arena_alloc_zero(struct arena *a, size_t n, size_t size);

/* As arena_alloc(), for n items of size bytes. */
void *arena_alloc_array(struct arena *a, size_t n, size_t size);

#define ARENA_ARRAY(arena, type, n) ((type *)arena_alloc_array((arena), (n), sizeof(type)))
#define ARENA_ZERO(arena, type, n) ((type *)arena_alloc_zero((arena), (n), sizeof(type)))

/* A copy of s in the arena; with a NUL behind it that is not counted.  ptr NULL: no memory. */
struct str arena_str(struct arena *a, struct str s);

/* The parts one after another, as one text; ptr NULL: no memory. */
struct str arena_join(struct arena *a, const struct str *part, size_t n);

/* "..." in the arena, for texts without NUL (%.*s ends at one); ptr NULL: no memory. */
struct str arena_fmt(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/*
 * Takes over a block of heap memory (from vec_*) of size bytes; the arena frees it.  On
 * failure the block is freed at once and false comes back.
 */
bool arena_adopt(struct arena *a, void *heap, size_t size);

#endif
