/*
 * Go's text, once.
 *
 * Lives here: what the reference prints through Go's own library and a port must match to
 * the byte: quoting, durations, times, path cleaning, reading and writing of numbers, the
 * tab writer, error texts of the system.
 * Not here: units of profiles (measure/); regular expressions (base/regex.h).
 */
#ifndef BASE_GOLIKE_H
#define BASE_GOLIKE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/out.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* strerror() in Go's lower case ("no such file or directory"), NUL-terminated, cut to size. */
void go_errno_text(int errnum, char *to, size_t size);

/* ---- %q: spec/profile.md 0.2 ---- */

/* Letters, marks, numbers, punctuation, symbols and the blank, as of Unicode 15. */
bool go_is_print(uint32_t rune);

/* s in quotes and escaped. */
void go_quote(struct out *o, struct str s);

/* The same, NUL-terminated, for a message; a text that does not fit is cut and still quoted. */
void go_quote_to(struct str s, char *to, size_t size);

/* ---- Durations and times ---- */

enum {
	GO_DURATION_BYTES = 32,
};

/* "4h35m2.83s", "1.5µs" (spec/profile.md 3.1).  Points into to[]; no NUL. */
struct str go_duration(int64_t nanos, char to[GO_DURATION_BYTES]);

/* "2006-01-02 15:04:05 MST" in local time; ptr NULL: no memory. */
struct str go_time_text(struct arena *a, int64_t nanos);

/* "2006-01-02 22:04:05.123456789 +0000 UTC", without zeros at the end of the fraction. */
struct str go_time_raw(struct arena *a, int64_t nanos);

/* ---- Paths ---- */

/* The last element: "." of "", "/" of slashes only.  A view, or static. */
struct str go_path_base(struct str path);

/*
 * The shortest equal path by its text alone: a//b -> a/b, ./a -> a, a/.. -> ".", "" -> ".".
 * path itself where nothing changes; ptr NULL: no memory.
 */
struct str go_path_clean(struct arena *a, struct str path);

/* All but the last element, cleaned; the root is its own.  ptr NULL: no memory. */
struct str go_path_dir(struct arena *a, struct str path);

/* dir/name, cleaned; an empty part is left out.  ptr NULL: no memory. */
struct str go_path_join(struct arena *a, struct str dir, struct str name);

/*
 * ---- Numbers: spec/profile.md 0.4 ----
 *
 * On failure the text is Go's: strconv.Atoi: parsing "abc": invalid syntax (ERR_USAGE), or
 * value out of range (ERR_LIMIT), and then *v is the nearest value there is.
 */
bool go_parse_dec64(struct str s, int64_t *v, struct error *err);
/* 0x1f, 0b1, 0o17, 017, 1_000: the base is in the text. */
bool go_parse_auto64(struct str s, int64_t *v, struct error *err);
/* Decimal; as go_parse_dec64() but for the name in the message. */
bool go_parse_atoi(struct str s, int64_t *v, struct error *err);
/* 1e-3, 1_000.5, 0x1p-2, inf, nan. */
bool go_parse_float(struct str s, double *v, struct error *err);

/* The shortest text that reads back as v, as %v writes it: 0.005, 1e-05, 1e+06. */
enum {
	GO_FLOAT_BYTES = 32,
};

struct str go_float(double v, char to[GO_FLOAT_BYTES]);
/* ptr NULL: no memory. */
struct str go_float_text(struct arena *a, double v);

/*
 * Go's tab writer, aligned to the right with one blank between (spec/reports.md 10): lays out
 * text whose cells end in tabs.  False: no memory.
 */
bool go_tabs(struct out *o, struct str text, struct error *err);

/* Whether an escape (what is between two bytes 0xff) begins and does not end in text, or the other way round. */
bool go_tabs_is_escaped(struct str text);

#endif
