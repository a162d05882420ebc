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
 * invisible operators, the byte order mark, interlinear anchors, tags.
 */
static bool is_deceptive(uint32_t r)
{
	return (r >= 0x80 && r <= 0x9f) || r == 0xad || r == 0x61c || r == 0x180e ||
	       (r >= 0x200b && r <= 0x200f) || (r >= 0x2028 && r <= 0x202e) ||
	       (r >= 0x2060 && r <= 0x206f) || r == 0xfeff || (r >= 0xfff9 && r <= 0xfffb) ||
	       (r >= 0xe0000 && r <= 0xe007f);
}

static size_t put_bmp(uint32_t r, char to[TERM_SAFE_LARGEST])
{
	to[0] = (char)(0xe0 | r >> 12);
	to[1] = (char)(0x80 | (r >> 6 & 0x3f));
	to[2] = (char)(0x80 | (r & 0x3f));
	return 3;
}

size_t term_safe(struct str s, bool keep_lines, char to[TERM_SAFE_LARGEST], size_t *used)
{
	uint32_t r;

	*used = str_rune(s, &r);
	if (keep_lines && (r == '\n' || r == '\t'))
		return 0;
	if (r < 0x20)
		return put_bmp(0x2400 + r, to);
	if (r == 0x7f)
		return put_bmp(0x2421, to);
	if (is_deceptive(r) || (r == 0xfffd && *used == 1))
		return put_bmp(0xfffd, to);
	return 0;
}
