/*
 * Borrowed text.
 *
 * Lives here: byte-wise and UTF-8 questions about a view.
 * Not here: anything that allocates.
 */
#include "config.h"

#include "base/str.h"

int str_cmp(struct str a, struct str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.ptr, b.ptr, n) : 0;

	if (c != 0)
		return c;
	return (a.len > b.len) - (a.len < b.len);
}

uint64_t str_first8(struct str s)
{
	uint64_t first = 0;

	for (size_t i = 0; i < 8; i++)
		first = first << 8 | (i < s.len ? (unsigned char)s.ptr[i] : 0);
	return first;
}

bool str_has_prefix(struct str s, struct str prefix)
{
	return s.len >= prefix.len && str_eq(str_head(s, prefix.len), prefix);
}

bool str_has_suffix(struct str s, struct str suffix)
{
	return s.len >= suffix.len && str_eq(str_from_offset(s, s.len - suffix.len), suffix);
}

ptrdiff_t str_find(struct str s, struct str needle)
{
	const char *at;

	if (needle.len == 0)
		return 0;
	if (s.len == 0)
		return -1;
	at = memmem(s.ptr, s.len, needle.ptr, needle.len);
	return at ? at - s.ptr : -1;
}

ptrdiff_t str_find_char(struct str s, char c)
{
	const char *at = s.len ? memchr(s.ptr, c, s.len) : NULL;

	return at ? at - s.ptr : -1;
}

ptrdiff_t str_rfind_char(struct str s, char c)
{
	const char *at = s.len ? memrchr(s.ptr, c, s.len) : NULL;

	return at ? at - s.ptr : -1;
}

struct str str_from_offset(struct str s, size_t from)
{
	if (from >= s.len)
		return STR_EMPTY;
	return (struct str){ s.ptr + from, s.len - from };
}

struct str str_head(struct str s, size_t n)
{
	return (struct str){ s.ptr, n < s.len ? n : s.len };
}

bool str_cut(struct str s, char sep, struct str *head, struct str *rest)
{
	ptrdiff_t at = str_find_char(s, sep);

	if (at < 0) {
		*head = s;
		*rest = STR_EMPTY;
		return false;
	}
	*head = str_head(s, (size_t)at);
	*rest = str_from_offset(s, (size_t)at + 1);
	return true;
}

/* Unicode White_Space, the set that Go's strings.TrimSpace removes. */
static bool rune_is_space(uint32_t r)
{
	return (r >= 0x09 && r <= 0x0d) || r == 0x20 || r == 0x85 || r == 0xa0 || r == 0x1680 ||
	       (r >= 0x2000 && r <= 0x200a) || r == 0x2028 || r == 0x2029 || r == 0x202f ||
	       r == 0x205f || r == 0x3000;
}

/* Start of the code point that ends s; one byte back where that is not UTF-8. */
static size_t last_rune_offset(struct str s)
{
	size_t back = 1;

	while (back < 4 && back < s.len && ((unsigned char)s.ptr[s.len - back] & 0xc0) == 0x80)
		back++;
	for (; back > 1; back--) {
		uint32_t r;

		if (str_rune(str_from_offset(s, s.len - back), &r) == back)
			return s.len - back;
	}
	return s.len - 1;
}

struct str str_trim(struct str s)
{
	uint32_t r;

	while (s.len) {
		size_t n = str_rune(s, &r);

		if (!rune_is_space(r))
			break;
		s = str_from_offset(s, n);
	}
	while (s.len) {
		size_t at = last_rune_offset(s);

		(void)str_rune(str_from_offset(s, at), &r);
		if (!rune_is_space(r))
			break;
		s.len = at;
	}
	return s;
}

bool str_word(struct str *rest, struct str *word)
{
	struct str s = *rest;
	uint32_t r;
	size_t n;

	while (s.len && (n = str_rune(s, &r), rune_is_space(r)))
		s = str_from_offset(s, n);
	*word = str_head(s, 0);
	while (s.len && (n = str_rune(s, &r), !rune_is_space(r))) {
		word->len += n;
		s = str_from_offset(s, n);
	}
	*rest = s;
	return word->len > 0;
}

size_t str_rune(struct str s, uint32_t *rune)
{
	const unsigned char *p = (const unsigned char *)s.ptr;
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3
			   : p[0] < 0xf5 ? 4 : 0;
	uint32_t r;

	*rune = 0xfffd;
	if (n == 1) {
		*rune = p[0];
		return 1;
	}
	if (n == 0 || n > s.len)
		return 1;
	r = p[0] & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 1;
		r = r << 6 | (p[i] & 0x3f);
	}
	if (r < smallest[n] || r > 0x10ffff || (r >= 0xd800 && r <= 0xdfff))
		return 1;
	*rune = r;
	return n;
}

size_t str_width_runes(struct str s)
{
	size_t n = 0;

	for (size_t at = 0; at < s.len; n++) {
		uint32_t r;

		if ((unsigned char)s.ptr[at] < 0x80)
			at++;
		else
			at += str_rune(str_from_offset(s, at), &r);
	}
	return n;
}

size_t rune_encode(uint32_t rune, char to[RUNE_LARGEST])
{
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t n = rune < 0x80 ? 1 : rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;

	for (size_t i = n; i-- > 1; rune >>= 6)
		to[i] = (char)(0x80 | (rune & 0x3f));
	to[0] = (char)(lead[n] | rune);
	return n;
}

size_t str_utf8_prefix(struct str s)
{
	size_t at = 0;

	while (at < s.len) {
		uint64_t word;
		uint32_t r;

		if (s.len - at >= sizeof(word)) {
			memcpy(&word, s.ptr + at, sizeof(word));
			if (!(word & 0x8080808080808080u)) {
				at += sizeof(word);
				continue;
			}
		}
		if ((unsigned char)s.ptr[at] < 0x80) {
			at++;
		} else {
			size_t n = str_rune(str_from_offset(s, at), &r);

			if (n == 1)
				return at;
			at += n;
		}
	}
	return at;
}
