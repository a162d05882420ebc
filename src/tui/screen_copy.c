/*
 * The terminal's clipboard: OSC 52.
 *
 * Lives here: text to base 64, and on its way.
 */
#include "config.h"

#include "tui/screen.h"

enum { OSC52_LARGEST = 70000 };

/* RFC 4648, from text to out. */
static size_t base64(struct str text, char *to)
{
	static const char digit[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t n = 0;

	for (size_t i = 0; i < text.len; i += 3) {
		uint32_t bits = 0;

		for (size_t k = 0; k < 3; k++)
			bits = bits << 8 | (i + k < text.len ? (unsigned char)text.ptr[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			to[n++] = i + k <= text.len ? digit[bits >> (18 - 6 * k) & 63] : '=';
	}
	return n;
}

bool screen_copy(struct screen *s, struct str text)
{
	if (text.len > OSC52_LARGEST)
		return false;
	screen_write(s->out_fd, "\033]52;c;", 7);
	for (size_t at = 0; at < text.len; at += 300) {
		char part[404];

		screen_write(s->out_fd, part, base64(str_head(str_from_offset(text, at), 300), part));
	}
	screen_write(s->out_fd, "\033\\", 2);
	return true;
}
