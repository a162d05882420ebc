/*
 * Borrowed text.
 *
 * Lives here: the view type for any text that we did not write, and the byte-wise
 * questions asked of it.  A NUL inside is a byte like any other.
 * Not here: interning (base/strtab.h), Go's text rules (base/golike.h), escaping
 * (base/markup.h, base/term.h).
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Borrows len bytes at ptr; ptr may be NULL only when len is 0. */
struct str {
	const char *ptr;
	size_t len;
};

/* Borrowed bytes that are not text. */
struct bytes {
	const uint8_t *ptr;
	size_t len;
};

/* From a literal only. */
#define STR(lit) ((struct str){ "" lit, sizeof(lit) - 1 })
#define STR_EMPTY ((struct str){ "", 0 })

/* For printf's "%.*s". */
#define STR_FMT(s) (int)(s).len, (s).ptr

static inline struct str str_from(const char *z)
{
	return (struct str){ z, strlen(z) };
}

static inline bool str_eq(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Byte-wise order, as Go compares strings: below, equal to or above 0. */
int str_cmp(struct str a, struct str b);

/* The first eight bytes as a number: where those of two texts differ, their order is that of the texts. */
uint64_t str_first8(struct str s);

bool str_has_prefix(struct str s, struct str prefix);
bool str_has_suffix(struct str s, struct str suffix);

/* Offset of the first occurrence, or -1.  An empty needle is found at 0. */
ptrdiff_t str_find(struct str s, struct str needle);
ptrdiff_t str_find_char(struct str s, char c);
ptrdiff_t str_rfind_char(struct str s, char c);

/* The text from `from` on; empty when s is shorter. */
struct str str_from_offset(struct str s, size_t from);
/* At most n bytes from the front. */
struct str str_head(struct str s, size_t n);

/*
 * Cuts s at the first `sep`: *head is what stands before, *rest what follows.  Without
 * a sep *head is all of s, *rest is empty and false comes back.
 */
bool str_cut(struct str s, char sep, struct str *head, struct str *rest);

/* Without leading and trailing Unicode white space (spec/profile.md 0.2). */
struct str str_trim(struct str s);

/*
 * The next run of what is no white space goes to *word, and *rest is what follows it.  False: there
 * is none.
 */
bool str_word(struct str *rest, struct str *word);

/* Number of code points; an invalid UTF-8 byte counts as one (spec/reports.md 0). */
size_t str_width_runes(struct str s);

/*
 * Decodes the code point at the front of s (s not empty).  Gives its length in bytes and
 * stores it in *rune; a byte that is not UTF-8 gives 1 and U+FFFD, as in Go.
 */
size_t str_rune(struct str s, uint32_t *rune);

/* Length of the longest front part of s that is UTF-8; s.len when all is. */
size_t str_utf8_prefix(struct str s);

enum { RUNE_LARGEST = 4 };

/* Encodes a code point; gives the number of bytes, no NUL. */
size_t rune_encode(uint32_t rune, char to[RUNE_LARGEST]);

#ifdef __cplusplus
}
#endif

#endif
