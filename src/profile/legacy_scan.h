/*
 * Scanning a line of legacy text.
 *
 * Lives here: steps over one line by character class, as the regular expressions of
 * spec/profile.md 6 have them: a run is always taken whole, since what follows a run there
 * never begins with a character of the run.
 * Not here: lines (profile/legacy_shared.h).
 */
#ifndef PROFILE_LEGACY_SCAN_H
#define PROFILE_LEGACY_SCAN_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum scan_class {
	SCAN_DIGIT = 1 << 0,
	SCAN_LOWER_HEX = 1 << 1,   /* [0-9a-f] */
	SCAN_HEX = 1 << 2,	   /* [0-9A-Fa-f] */
	SCAN_SPACE = 1 << 3,	   /* \s: tab, LF, FF, CR, space; not VT */
	SCAN_NOT_SPACE = 1 << 4,   /* \S, any other byte */
	SCAN_PERMS = 1 << 5,	   /* [-rwxp] */
	SCAN_WORD_BLANK = 1 << 6,  /* [\w ] */
	SCAN_ADDRESSES = 1 << 7,   /* [ x0-9a-f] */
};

/* Classes of each byte. */
extern const uint8_t scan_classes[256];

static inline bool scan_is(char c, enum scan_class class)
{
	return scan_classes[(uint8_t)c] & class;
}

/* A place in a line.  Steps that fail leave it. */
struct scan {
	struct str text;
	size_t at;
};

static inline bool scan_at_end(const struct scan *s)
{
	return s->at >= s->text.len;
}

/* The longest run of the class from here; may be empty. */
static inline struct str scan_run(struct scan *s, enum scan_class class)
{
	size_t from = s->at;

	while (s->at < s->text.len && scan_is(s->text.ptr[s->at], class))
		s->at++;
	return (struct str){ s->text.ptr + from, s->at - from };
}

/* As scan_run() for a run that must not be empty. */
static inline bool scan_some(struct scan *s, enum scan_class class, struct str *run)
{
	*run = scan_run(s, class);
	return run->len > 0;
}

static inline bool scan_char(struct scan *s, char c)
{
	if (s->at >= s->text.len || s->text.ptr[s->at] != c)
		return false;
	s->at++;
	return true;
}

/* ` *`; true for use in a chain. */
static inline bool scan_blanks(struct scan *s)
{
	while (scan_char(s, ' '))
		;
	return true;
}

static inline bool scan_text(struct scan *s, struct str text)
{
	if (s->text.len - s->at < text.len || memcmp(s->text.ptr + s->at, text.ptr, text.len) != 0)
		return false;
	s->at += text.len;
	return true;
}

/* Goes on to the next byte of the class; false when there is none. */
static inline bool scan_to(struct scan *s, enum scan_class class)
{
	while (s->at < s->text.len && !scan_is(s->text.ptr[s->at], class))
		s->at++;
	return s->at < s->text.len;
}

/* Goes on behind the next occurrence of text; false when there is none. */
bool scan_behind(struct scan *s, struct str text);

/* Hexadecimal digits, already looked at, as a number; false over 64 bits. */
bool scan_hex(struct str digits, uint64_t *v);

#endif
