/*
 * Scanning a line of legacy text.
 *
 * Lives here: the table of classes, and what is too long to be inlined.
 */
#include "config.h"

#include "profile/legacy_scan.h"

enum {
	BLANK = SCAN_SPACE | SCAN_WORD_BLANK | SCAN_ADDRESSES,
	SPACE = SCAN_SPACE,
	OTHER = SCAN_NOT_SPACE,
	DIGIT = SCAN_DIGIT | SCAN_LOWER_HEX | SCAN_HEX | SCAN_NOT_SPACE | SCAN_WORD_BLANK | SCAN_ADDRESSES,
	UPPER_HEX = SCAN_HEX | SCAN_NOT_SPACE | SCAN_WORD_BLANK,
	LOWER_HEX = UPPER_HEX | SCAN_LOWER_HEX | SCAN_ADDRESSES,
	LETTER = SCAN_NOT_SPACE | SCAN_WORD_BLANK,
	PERM = LETTER | SCAN_PERMS,
};

#define X8(c) c, c, c, c, c, c, c, c
#define X16(c) X8(c), X8(c)

/* clang-format off */
const uint8_t scan_classes[256] = {
	X8(OTHER), OTHER, SPACE, SPACE, OTHER, SPACE, SPACE, OTHER, OTHER, X16(OTHER),
	BLANK, X8(OTHER), OTHER, OTHER, OTHER, OTHER, OTHER | SCAN_PERMS, OTHER, OTHER,
	X8(DIGIT), DIGIT, DIGIT, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER,
	OTHER, UPPER_HEX, UPPER_HEX, UPPER_HEX, UPPER_HEX, UPPER_HEX, UPPER_HEX, LETTER, X8(LETTER),
	X8(LETTER), LETTER, LETTER, LETTER, OTHER, OTHER, OTHER, OTHER, LETTER,
	OTHER, LOWER_HEX, LOWER_HEX, LOWER_HEX, LOWER_HEX, LOWER_HEX, LOWER_HEX, LETTER, X8(LETTER),
	PERM, LETTER, PERM, LETTER, LETTER, LETTER, LETTER, PERM,
	PERM | SCAN_ADDRESSES, LETTER, LETTER, OTHER, OTHER, OTHER, OTHER, OTHER,
	X16(OTHER), X16(OTHER), X16(OTHER), X16(OTHER), X16(OTHER), X16(OTHER), X16(OTHER), X16(OTHER),
};
/* clang-format on */

bool scan_behind(struct scan *s, struct str text)
{
	ptrdiff_t at = str_find(str_from_offset(s->text, s->at), text);

	if (at < 0)
		return false;
	s->at += (size_t)at + text.len;
	return true;
}

bool scan_hex(struct str digits, uint64_t *v)
{
	uint64_t x = 0;

	for (size_t i = 0; i < digits.len; i++) {
		unsigned c = (unsigned char)digits.ptr[i];

		if (x >> 60)
			return false;
		x = x << 4 | (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	*v = x;
	return true;
}
