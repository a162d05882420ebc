/*
 * Arena: bump allocation in blocks.
 *
 * Lives here: the block list and its growth.
 * Not here: policy about what lives how long; each model holds its own arena.
 */
#include "config.h"

#include "base/arena.h"

#include "base/arith.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	BLOCK_FIRST_BYTES = 4096,	/* a small model is one page */
	BLOCK_LARGEST_BYTES = 1 << 20,	/* past this a block of its own wastes nothing */
};

/* Header of a block; the memory follows, or `heap` points to it when it was adopted. */
struct arena_block {
	struct arena_block *next;
	void *heap; /* adopted memory, or NULL */
	size_t size, used;
	_Alignas(max_align_t) unsigned char mem[];
};

void arena_release(struct arena *a)
{
	struct arena_block *b = a->blocks;

	while (b) {
		struct arena_block *next = b->next;

		free(b->heap);
		free(b);
		b = next;
	}
	a->blocks = NULL;
	a->used_bytes = 0;
}

void arena_reset(struct arena *a)
{
	struct arena_block *keep = NULL, *b = a->blocks;

	while (b) {
		struct arena_block *next = b->next;

		if (!b->heap && (!keep || b->size > keep->size)) {
			free(keep);
			keep = b;
		} else {
			free(b->heap);
			free(b);
		}
		b = next;
	}
	if (keep) {
		keep->next = NULL;
		keep->used = 0;
	}
	a->blocks = keep;
	a->used_bytes = 0;
}

static bool take(struct arena *a, size_t size)
{
	size_t sum;

	if (!size_add(a->used_bytes, size, &sum) || (a->ceiling_bytes && sum > a->ceiling_bytes))
		return false;
	a->used_bytes = sum;
	return true;
}

static struct arena_block *block_new(struct arena *a, size_t at_least)
{
	struct arena_block *head = a->blocks, *b;
	size_t size = head && !head->heap ? head->size * 2 : BLOCK_FIRST_BYTES, total;

	if (size > BLOCK_LARGEST_BYTES)
		size = BLOCK_LARGEST_BYTES;
	if (size < at_least)
		size = at_least;
	if (!size_add(sizeof(*b), size, &total))
		return NULL;
	b = malloc(total);
	if (!b)
		return NULL;
	*b = (struct arena_block){ .next = NULL, .heap = NULL, .size = size, .used = 0 };
	/* A block made for one large request goes behind the open one, which has room left. */
	if (head && at_least > BLOCK_LARGEST_BYTES) {
		b->next = head->next;
		head->next = b;
	} else {
		b->next = head;
		a->blocks = b;
	}
	return b;
}

void *arena_alloc(struct arena *a, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	struct arena_block *b = a->blocks;
	void *p;

	if (size == 0)
		size = 1;
	if (size > SIZE_MAX - align)
		return NULL;
	size = (size + align - 1) & ~(align - 1);
	if (!take(a, size))
		return NULL;
	if (!b || b->heap || b->size - b->used < size)
		b = block_new(a, size);
	if (!b) {
		a->used_bytes -= size;
		return NULL;
	}
	p = b->mem + b->used;
	b->used += size;
	return p;
}

void *arena_alloc_array(struct arena *a, size_t n, size_t size)
{
	size_t total;

	return size_mul(n, size, &total) ? arena_alloc(a, total) : NULL;
}

void *arena_alloc_zero(struct arena *a, size_t n, size_t size)
{
	size_t total;
	void *p;

	if (!size_mul(n, size, &total))
		return NULL;
	p = arena_alloc(a, total);
	if (p)
		memset(p, 0, total);
	return p;
}

struct str arena_str(struct arena *a, struct str s)
{
	char *p = s.len < SIZE_MAX ? arena_alloc(a, s.len + 1) : NULL;

	if (!p)
		return (struct str){ NULL, 0 };
	if (s.len)
		memcpy(p, s.ptr, s.len);
	p[s.len] = '\0';
	return (struct str){ p, s.len };
}

struct str arena_join(struct arena *a, const struct str *part, size_t n)
{
	size_t len = 0, at = 0;
	char *p;

	for (size_t i = 0; i < n; i++)
		if (!size_add(len, part[i].len, &len))
			return (struct str){ NULL, 0 };
	p = len < SIZE_MAX ? arena_alloc(a, len + 1) : NULL;
	if (!p)
		return (struct str){ NULL, 0 };
	for (size_t i = 0; i < n; i++) {
		if (part[i].len)
			memcpy(p + at, part[i].ptr, part[i].len);
		at += part[i].len;
	}
	p[len] = '\0';
	return (struct str){ p, len };
}

struct str arena_fmt(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	char *p = NULL;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n >= 0)
		p = arena_alloc(a, (size_t)n + 1);
	if (p)
		(void)vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return p ? (struct str){ p, (size_t)n } : (struct str){ NULL, 0 };
}

bool arena_adopt(struct arena *a, void *heap, size_t size)
{
	struct arena_block *b;

	if (!heap)
		return true;
	b = take(a, size) ? malloc(sizeof(*b)) : NULL;
	if (!b) {
		free(heap);
		return false;
	}
	*b = (struct arena_block){ .heap = heap, .size = size, .used = size };
	/* Behind the open block, so that bump allocation goes on there. */
	if (a->blocks) {
		b->next = a->blocks->next;
		a->blocks->next = b;
	} else {
		a->blocks = b;
	}
	return true;
}
