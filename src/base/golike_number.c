/*
 * Go's text: reading and writing of numbers.
 *
 * Lives here: what strconv takes for a number, and its error texts.
 */
#include "config.h"

#include "base/golike.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What can be wrong with a number. */
enum fault { FAULT_NONE, FAULT_SYNTAX, FAULT_RANGE };

static bool report(enum fault fault, const char *function, struct str s, struct error *err)
{
	char quoted[512];

	if (fault == FAULT_NONE)
		return true;
	go_quote_to(s, quoted, sizeof(quoted));
	return error_set(err, fault == FAULT_RANGE ? ERR_LIMIT : ERR_USAGE,
			 "strconv.%s: parsing %s: %s", function, quoted,
			 fault == FAULT_RANGE ? "value out of range" : "invalid syntax");
}

static char lower(char c)
{
	return (char)(c | ('x' ^ 'X'));
}

/* 36 for what is no digit. */
static unsigned digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	c = lower(c);
	return c >= 'a' && c <= 'z' ? (unsigned)(c - 'a') + 10 : 36;
}

static bool is_base_letter(char c)
{
	return lower(c) == 'b' || lower(c) == 'o' || lower(c) == 'x';
}

/* Underscores only between digits; a base prefix counts as one. */
static bool underscores_ok(struct str s)
{
	char before = '^'; /* '0': a digit, '_', '!': anything else, '^': the start */
	size_t at = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+') ? 1 : 0;
	bool is_hex = false;

	if (s.len >= at + 2 && s.ptr[at] == '0' && is_base_letter(s.ptr[at + 1])) {
		is_hex = lower(s.ptr[at + 1]) == 'x';
		before = '0';
		at += 2;
	}
	for (; at < s.len; at++) {
		char c = s.ptr[at];
		char kind = digit_value(c) < (is_hex ? 16 : 10) ? '0' : c == '_' ? '_' : '!';

		if ((kind == '_' && before != '0') || (before == '_' && kind != '0'))
			return false;
		before = kind;
	}
	return before != '_';
}

/* The base that the front of s (without a sign) tells; *s moves behind it. */
static unsigned take_base(struct str *s)
{
	char letter = s->len >= 3 ? lower(s->ptr[1]) : '\0';

	if (s->len == 0 || s->ptr[0] != '0')
		return 10;
	if (letter == 'x' || letter == 'b' || letter == 'o') {
		*s = str_from_offset(*s, 2);
		return letter == 'x' ? 16 : letter == 'b' ? 2 : 8;
	}
	*s = str_from_offset(*s, 1);
	return 8;
}

/* Digits without a sign; base 0: as the text says.  *v is the largest value when out of range. */
static enum fault parse_digits(struct str s, unsigned base, uint64_t *v)
{
	struct str whole = s;
	bool is_automatic = base == 0, has_underscore = false;

	*v = 0;
	if (s.len == 0)
		return FAULT_SYNTAX;
	if (is_automatic)
		base = take_base(&s);
	for (size_t i = 0; i < s.len; i++) {
		unsigned d = digit_value(s.ptr[i]);

		if (s.ptr[i] == '_' && is_automatic) {
			has_underscore = true;
			continue;
		}
		if (d >= base) {
			*v = 0;
			return FAULT_SYNTAX;
		}
		if (__builtin_mul_overflow(*v, (uint64_t)base, v) ||
		    __builtin_add_overflow(*v, (uint64_t)d, v)) {
			*v = UINT64_MAX;
			return FAULT_RANGE;
		}
	}
	if (has_underscore && !underscores_ok(whole)) {
		*v = 0;
		return FAULT_SYNTAX;
	}
	return FAULT_NONE;
}

static enum fault parse_int(struct str s, unsigned base, int64_t *v)
{
	bool is_negative = s.len && s.ptr[0] == '-';
	uint64_t u, largest = (uint64_t)INT64_MAX + is_negative;
	enum fault fault;

	if (is_negative || (s.len && s.ptr[0] == '+'))
		s = str_from_offset(s, 1);
	fault = parse_digits(s, base, &u);
	if (u > largest) {
		fault = FAULT_RANGE;
		u = largest;
	}
	*v = (int64_t)(is_negative ? 0 - u : u);
	return fault;
}

bool go_parse_dec64(struct str s, int64_t *v, struct error *err)
{
	return report(parse_int(s, 10, v), "ParseInt", s, err);
}

bool go_parse_auto64(struct str s, int64_t *v, struct error *err)
{
	return report(parse_int(s, 0, v), "ParseInt", s, err);
}

bool go_parse_atoi(struct str s, int64_t *v, struct error *err)
{
	return report(parse_int(s, 10, v), "Atoi", s, err);
}

static bool equal_any_case(struct str s, const char *small)
{
	if (s.len != strlen(small))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (lower(s.ptr[i]) != small[i])
			return false;
	return true;
}

static bool parse_special(struct str s, double *v)
{
	bool is_negative = s.len && s.ptr[0] == '-';
	struct str name = s.len && (is_negative || s.ptr[0] == '+') ? str_from_offset(s, 1) : s;

	if (equal_any_case(s, "nan"))
		*v = (double)NAN;
	else if (equal_any_case(name, "inf") || equal_any_case(name, "infinity"))
		*v = is_negative ? -(double)INFINITY : (double)INFINITY;
	else
		return false;
	return true;
}

/* Digits and underscores from *at on; their number without underscores. */
static size_t skip_digits(struct str s, size_t *at, unsigned base)
{
	size_t n = 0;

	for (; *at < s.len && (s.ptr[*at] == '_' || digit_value(s.ptr[*at]) < base); ++*at)
		n += s.ptr[*at] != '_';
	return n;
}

/* [+-] digits [. digits] [e [+-] digits]; after 0x a p must stand for the e. */
static bool is_float(struct str s)
{
	size_t at = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+') ? 1 : 0, n;
	bool is_hex = s.len > at + 2 && s.ptr[at] == '0' && lower(s.ptr[at + 1]) == 'x';
	unsigned base = is_hex ? 16 : 10;

	if (is_hex)
		at += 2;
	n = skip_digits(s, &at, base);
	if (at < s.len && s.ptr[at] == '.') {
		at++;
		n += skip_digits(s, &at, base);
	}
	if (n == 0)
		return false;
	if (at < s.len && lower(s.ptr[at]) == (is_hex ? 'p' : 'e')) {
		at++;
		if (at < s.len && (s.ptr[at] == '-' || s.ptr[at] == '+'))
			at++;
		if (at == s.len || digit_value(s.ptr[at]) >= 10)
			return false;
		(void)skip_digits(s, &at, 10);
	} else if (is_hex) {
		return false;
	}
	return at == s.len && (str_find_char(s, '_') < 0 || underscores_ok(s));
}

bool go_parse_float(struct str s, double *v, struct error *err)
{
	char small[128], *text = small;
	size_t n = 0;

	*v = 0;
	if (parse_special(s, v))
		return true;
	if (!is_float(s))
		return report(FAULT_SYNTAX, "ParseFloat", s, err);
	if (s.len >= sizeof(small))
		text = malloc(s.len + 1);
	if (!text)
		return error_nomem(err, "number");
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] != '_')
			text[n++] = s.ptr[i];
	text[n] = '\0';
	/* LC_NUMERIC stays "C", so the point is a point. */
	*v = strtod(text, NULL);
	if (text != small)
		free(text);
	return report(isinf(*v) ? FAULT_RANGE : FAULT_NONE, "ParseFloat", s, err);
}

/* [-]digits with a point behind the first `whole`; zeros fill up to it. */
static size_t put_plain(char *to, const char *digits, int n, int whole)
{
	size_t at = 0;

	if (whole <= 0) {
		to[at++] = '0';
		to[at++] = '.';
		for (int i = whole; i < 0; i++)
			to[at++] = '0';
	}
	for (int i = 0; i < n || i < whole; i++) {
		if (i == whole && i)
			to[at++] = '.';
		to[at++] = i < n ? digits[i] : '0';
	}
	return at;
}

struct str go_float(double v, char to[GO_FLOAT_BYTES])
{
	char e[GO_FLOAT_BYTES], digits[20], *mark;
	int precision = 0, exponent, n = 0;
	size_t at = 0;

	if (isnan(v))
		return STR("NaN");
	if (isinf(v))
		return v < 0 ? STR("-Inf") : STR("+Inf");
	if (signbit(v))
		to[at++] = '-';
	v = fabs(v);
	do
		(void)snprintf(e, sizeof(e), "%.*e", precision, v);
	while (strtod(e, NULL) != v && precision++ < 17);
	mark = strchr(e, 'e'); /* d.ddde+dd */
	exponent = (int)strtol(mark + 1, NULL, 10);
	for (char *p = e; p < mark; p++)
		if (*p != '.')
			digits[n++] = *p;
	if (exponent < -4 || exponent >= 6) {
		memcpy(to + at, e, strlen(e));
		return (struct str){ to, at + strlen(e) };
	}
	return (struct str){ to, at + put_plain(to + at, digits, n, exponent + 1) };
}

struct str go_float_text(struct arena *a, double v)
{
	char to[GO_FLOAT_BYTES];

	return arena_str(a, go_float(v, to));
}
