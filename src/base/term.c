/*
 * Names made safe for a terminal.
 *
 * Lives here: the table of what is not shown as it is.
 */
#include "config.h"

#include "base/term.h"

#include <stdint.h>

/*
 * Code points that move, reorder, hide or split what is seen: C1 controls, soft hyphen, zero
 * width and direction marks, line and paragraph separators, overrides and isolates,
 * invisible operators, the byte order mark, interlinear anchors, tags; and letters and marks
 * that are never visible (Hangul fillers, joiners, Mongolian and plane 14 selectors, musical
 * brackets), by which two names could look the same.
 */
static bool is_deceptive(uint32_t r)
{
	if (r < 0x300)
		return (r >= 0x80 && r <= 0x9f) || r == 0xad;
	return r == 0x34f || r == 0x61c || r == 0x115f || r == 0x1160 || r == 0x17b4 || r == 0x17b5 ||
	       (r >= 0x180b && r <= 0x180f) || (r >= 0x200b && r <= 0x200f) ||
	       (r >= 0x2028 && r <= 0x202e) || (r >= 0x2060 && r <= 0x206f) || r == 0x3164 ||
	       r == 0xfeff || r == 0xffa0 || (r >= 0xfff9 && r <= 0xfffb) ||
	       (r >= 0x1d173 && r <= 0x1d17a) || (r >= 0xe0000 && r <= 0xe0fff);
}

size_t term_safe(struct str s, bool keep_lines, char to[TERM_SAFE_LARGEST], size_t *used)
{
	uint32_t r;

	*used = str_rune(s, &r);
	if (keep_lines && (r == '\n' || r == '\t'))
		return 0;
	if (r < 0x20)
		return rune_encode(0x2400 + r, to);
	if (r == 0x7f)
		return rune_encode(0x2421, to);
	if (is_deceptive(r) || (r == 0xfffd && *used == 1))
		return rune_encode(0xfffd, to);
	return 0;
}

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < 0x20 || s.ptr[i] > 0x7e)
			return false;
	return true;
}

struct str term_safe_text(struct arena *arena, struct str s)
{
	char *to;
	size_t n = 0, used;

	if (is_plain(s))
		return s;
	to = ARENA_ARRAY(arena, char, s.len *TERM_SAFE_LARGEST);
	for (; to && s.len; s = str_from_offset(s, used)) {
		size_t len = term_safe(s, false, to + n, &used);

		if (!len) {
			len = used;
			memcpy(to + n, s.ptr, used);
		}
		n += len;
	}
	return (struct str){ to, n };
}
