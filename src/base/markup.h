/*
 * Text inside a markup.
 *
 * Lives here: escaping for XML, HTML, DOT, JSON, CSV and regular expressions, of any bytes whatever.
 * Not here: the markup itself, which is ours and goes through out_lit().
 *
 * What XML and JSON cannot carry at all (most control characters, bytes that are not UTF-8)
 * becomes U+FFFD.
 */
#ifndef BASE_MARKUP_H
#define BASE_MARKUP_H

#include "base/out.h"
#include "base/str.h"

/* Between tags: & < > and the carriage return. */
void xml_text(struct out *o, struct str s);

/* Between quotes of either kind: also " ' and the white space that a reader would flatten. */
void xml_attr(struct out *o, struct str s);

/* In either place of a page, as the reference's templates do it; bytes that are not UTF-8 stay. */
void html_text(struct out *o, struct str s);

/*
 * Between double quotes of DOT: \ " and the line end, which becomes \l (spec/reports.md 15.1).
 * A NUL, where dot would stop reading, becomes U+FFFD.
 */
void dot_string(struct out *o, struct str s);

/* A JSON string with its quotes; safe inside a <script> of a page and inside XML too. */
void json_string(struct out *o, struct str s);

/* A regular expression that matches s and nothing else: "^s$", every letter meant as it is. */
void markup_pattern(struct out *o, struct str s);

/* A cell of CSV (RFC 4180): in quotes where it holds one, a comma, a line end, or blanks at its ends. */
void csv_text(struct out *o, struct str s);

#endif
