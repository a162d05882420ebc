/*
 * Units: what the numbers of a profile are worth, and how they are written.
 *
 * Lives here: the table of families and every use of it.
 */
#include "config.h"

#include "measure/measure.h"

#include "base/arith.h"

#include <math.h>
#include <stdio.h>

enum {
	LARGEST_FAMILY = MEASURE_STEPS,
	LARGEST_ALIASES = 4,
	LONGEST_ALIAS_BYTES = 16, /* "microseconds" and room */
};

struct measure_unit {
	const char *name;
	double factor;
	const char *alias[LARGEST_ALIASES]; /* lower case, no plural; all that is recognized */
};

struct measure_family {
	struct measure_unit unit[LARGEST_FAMILY]; /* by factor */
	size_t n, default_row;
};

static const struct measure_family families[] = {
	{ .n = 6, .default_row = 0, .unit = {
		{ "B", 1, { "b", "byte" } },
		{ "kB", 1024.0, { "kb", "kbyte", "kilobyte" } },
		{ "MB", 1048576.0, { "mb", "mbyte", "megabyte" } },
		{ "GB", 1073741824.0, { "gb", "gbyte", "gigabyte" } },
		{ "TB", 1099511627776.0, { "tb", "tbyte", "terabyte" } },
		{ "PB", 1125899906842624.0, { "pb", "pbyte", "petabyte" } },
	} },
	{ .n = 5, .default_row = 3, .unit = {
		{ "ns", 1, { "ns", "nanosecond" } },
		{ "us", 1e3, { "\xce\xbcs", "us", "microsecond" } }, /* U+03BC, not U+00B5 */
		{ "ms", 1e6, { "ms", "millisecond" } },
		{ "s", 1e9, { "s", "sec", "second" } },
		{ "hrs", 3600e9, { "hour", "hr" } },
	} },
	{ .n = 9, .default_row = 3, .unit = {
		{ "n*GCU", 1e-9, { "nanogcu" } },
		{ "u*GCU", 1e-6, { "microgcu" } },
		{ "m*GCU", 1e-3, { "milligcu" } },
		{ "GCU", 1, { "gcu" } },
		{ "k*GCU", 1e3, { "kilogcu" } },
		{ "M*GCU", 1e6, { "megagcu" } },
		{ "G*GCU", 1e9, { "gigagcu" } },
		{ "T*GCU", 1e12, { "teragcu" } },
		{ "P*GCU", 1e15, { "petagcu" } },
	} },
};

static struct str unit_name(const struct measure_unit *u)
{
	return str_from(u->name);
}

/*
 * Lower case as in Unicode.  Of the letters outside ASCII only these become one that an
 * alias has: the Kelvin sign, I with dot, Greek capital Mu.
 */
static uint32_t rune_lower(uint32_t r)
{
	if (r < 0x80)
		return r >= 'A' && r <= 'Z' ? r + 32 : r;
	return r == 0x212a ? 'k' : r == 0x130 ? 'i' : r == 0x39c ? 0x3bc : r;
}

/* The name as aliases are written: lower case, one plural s less; empty when none can match. */
static struct str normalize(struct str name, char to[LONGEST_ALIAS_BYTES])
{
	size_t n = 0;

	for (size_t at = 0; at < name.len;) {
		uint32_t r;

		at += str_rune(str_from_offset(name, at), &r);
		r = rune_lower(r);
		if (n + 2 > LONGEST_ALIAS_BYTES || (r >= 0x80 && r != 0x3bc))
			return STR_EMPTY;
		if (r < 0x80) {
			to[n++] = (char)r;
		} else {
			to[n++] = '\xce';
			to[n++] = '\xbc';
		}
	}
	if (n > 2 && to[n - 1] == 's')
		n--;
	return (struct str){ to, n };
}

static const struct measure_unit *family_find(const struct measure_family *f, struct str alias)
{
	for (size_t i = 0; i < f->n; i++)
		for (size_t k = 0; k < LARGEST_ALIASES && f->unit[i].alias[k]; k++)
			if (str_eq(str_from(f->unit[i].alias[k]), alias))
				return &f->unit[i];
	return NULL;
}

/* The unit of that name and its family; NULL when no family knows it. */
static const struct measure_unit *unit_find(struct str name, const struct measure_family **family)
{
	char text[LONGEST_ALIAS_BYTES];
	struct str alias = normalize(name, text);

	*family = NULL;
	for (size_t i = 0; alias.len && i < sizeof(families) / sizeof(families[0]); i++) {
		const struct measure_unit *u = family_find(&families[i], alias);

		if (u) {
			*family = &families[i];
			return u;
		}
	}
	return NULL;
}

static bool is_automatic(struct str to)
{
	return str_eq(to, STR("minimum")) || str_eq(to, STR("auto"));
}

/* Targets that say nothing about a value of an unknown unit. */
static bool is_bare(struct str to)
{
	return is_automatic(to) || str_eq(to, STR("count")) || str_eq(to, STR("sample")) ||
	       str_eq(to, STR("unit"));
}

void measure_scaler_init(struct measure_scaler *s, struct str from, struct str to)
{
	const struct measure_unit *u = unit_find(from, &s->family);
	const struct measure_family *to_family;

	s->to = NULL;
	s->ratio = 1;
	s->from_factor = u ? u->factor : 1;
	s->suffix = u || is_bare(to) ? STR_EMPTY : to;
	if (!u || is_automatic(to))
		return;
	s->to = unit_find(to, &to_family);
	if (to_family != s->family)
		s->to = &s->family->unit[s->family->default_row];
}

/* The largest unit that leaves one or more; the default where none does. */
static const struct measure_unit *unit_for(const struct measure_family *f, double v)
{
	const struct measure_unit *best = &f->unit[f->default_row];

	for (size_t i = 0; i < f->n && v / f->unit[i].factor >= 1.0; i++)
		best = &f->unit[i];
	return best;
}

double measure_scale_with(const struct measure_scaler *s, int64_t value, struct str *unit)
{
	bool is_negated = value < 0 && value != INT64_MIN;
	double v = (double)(is_negated ? -value : value);
	struct str name = s->suffix;

	if (s->family) {
		const struct measure_unit *to = s->to;

		v *= s->from_factor;
		if (!to)
			to = unit_for(s->family, v);
		v /= to->factor;
		name = unit_name(to);
	}
	if (unit)
		*unit = name;
	return is_negated ? -v : v;
}

size_t measure_steps(const struct measure_scaler *s, struct measure_step to[MEASURE_STEPS], size_t *default_row)
{
	const struct measure_unit *first = s->to;
	size_t n = 1;

	*default_row = 0;
	if (!s->family) {
		to[0] = (struct measure_step){ 1, s->suffix };
		return n;
	}
	if (!first) {
		first = s->family->unit;
		n = s->family->n;
		*default_row = s->family->default_row;
	}
	for (size_t i = 0; i < n; i++)
		to[i] = (struct measure_step){ first[i].factor / s->from_factor, unit_name(&first[i]) };
	return n;
}

double measure_scale(int64_t value, struct str from, struct str to, struct str *unit)
{
	struct measure_scaler s;

	measure_scaler_init(&s, from, to);
	return measure_scale_with(&s, value, unit);
}

/* Digits of u with a point before the last `decimals` of them. */
static size_t put_decimal(uint64_t u, unsigned decimals, char *to)
{
	char digits[24], *p = digits + sizeof(digits);
	size_t n;

	for (unsigned i = 0; u || i <= decimals; i++) {
		if (i == decimals && i)
			*--p = '.';
		*--p = (char)('0' + u % 10);
		u /= 10;
	}
	n = (size_t)(digits + sizeof(digits) - p);
	memcpy(to, p, n);
	return n;
}

/*
 * The integer nearest to x * scale, the even one of two, from the exact value of x: what
 * printf does before it sets the point.  0 <= x < 2^53, scale <= 100000.
 */
static uint64_t round_scaled(double x, uint32_t scale)
{
	__extension__ typedef unsigned __int128 u128;
	int exponent;
	uint64_t mantissa = (uint64_t)ldexp(frexp(x, &exponent), 53); /* x = mantissa * 2^-shift */
	int shift = 53 - exponent;
	u128 product = (u128)mantissa * scale, q, rest, half;

	if (shift > 100)
		return 0; /* x * scale is below 2^-30 */
	if (shift == 0)
		return (uint64_t)product;
	q = product >> shift;
	rest = product - (q << shift);
	half = (u128)1 << (shift - 1);
	if (rest > half || (rest == half && (q & 1)))
		q++;
	return (uint64_t)q;
}

/* printf("%.2f") of x >= 0. */
static size_t put_hundredths(double x, char to[MEASURE_NUMBER_BYTES])
{
	int n;

	if (x < 9007199254740992.0)
		return put_decimal(round_scaled(x, 100), 2, to);
	n = snprintf(to, MEASURE_NUMBER_BYTES, "%.2f", x);
	return n > 0 && n < MEASURE_NUMBER_BYTES ? (size_t)n : 0;
}

void measure_label_with(const struct measure_scaler *s, int64_t value, struct measure_label *l)
{
	double v;
	bool is_negative;

	if (s->ratio > 0 && s->ratio != 1)
		value = i64_from_double((double)value * s->ratio);
	v = measure_scale_with(s, value, &l->unit);
	is_negative = v < 0;
	l->number[0] = '-';
	l->n_number = is_negative + put_hundredths(fabs(v), l->number + is_negative);
	if (str_has_suffix(measure_label_number(l), STR(".00")))
		l->n_number -= 3;
	if (l->number[l->n_number - 1] == '0' && l->n_number == 1u + is_negative) {
		l->number[0] = '0';
		l->n_number = 1;
		l->unit = STR_EMPTY;
	}
}

size_t measure_label_width(const struct measure_label *l)
{
	return l->n_number + str_width_runes(l->unit);
}

struct str measure_label_text(struct arena *a, const struct measure_label *l)
{
	size_t n;
	char *p = size_add(l->n_number, l->unit.len, &n) ? arena_alloc(a, n) : NULL;

	if (!p)
		return (struct str){ NULL, 0 };
	memcpy(p, l->number, l->n_number);
	if (l->unit.len)
		memcpy(p + l->n_number, l->unit.ptr, l->unit.len);
	return (struct str){ p, n };
}

void measure_label_write(struct out *o, const struct measure_label *l)
{
	out_str(o, measure_label_number(l));
	out_str(o, l->unit);
}

/* Right-aligned in width code points. */
static void measure_label_pad_left(struct out *o, const struct measure_label *l, size_t width)
{
	size_t n = measure_label_width(l);

	if (n < width)
		out_spaces(o, width - n);
	measure_label_write(o, l);
}

void measure_write(struct out *o, const struct measure_scaler *s, int64_t value, size_t width)
{
	struct measure_label l;

	measure_label_with(s, value, &l);
	measure_label_pad_left(o, &l, width);
}

/* printf("%.2g") of 0 <= x < 1. */
static size_t put_two_digits(double x, char to[MEASURE_PERCENT_BYTES])
{
	size_t n;
	int k;

	/* Two digits from the first that is not 0 on; a carry gives 1, 0.1, ... all the same. */
	if (x == 0) {
		n = put_decimal(0, 0, to);
	} else if (x >= 0.1) {
		n = put_decimal(round_scaled(x, 100), 2, to);
	} else if (x >= 0.01) {
		n = put_decimal(round_scaled(x, 1000), 3, to);
	} else if (x >= 0.001) {
		n = put_decimal(round_scaled(x, 10000), 4, to);
	} else if (x >= 0.0001) {
		n = put_decimal(round_scaled(x, 100000), 5, to);
	} else {
		k = snprintf(to, MEASURE_PERCENT_BYTES, "%.2g", x);
		return k > 0 && k < MEASURE_PERCENT_BYTES ? (size_t)k : 0;
	}
	while (n > 1 && to[n - 1] == '0')
		n--;
	return n > 1 && to[n - 1] == '.' ? n - 1 : n;
}

struct str measure_percentage_bare(int64_t value, int64_t total, char to[MEASURE_PERCENT_BYTES])
{
	double ratio = total ? fabs((double)value / (double)total) * 100 : 0;
	size_t n;

	if (ratio >= 99.95 && ratio <= 100.05)
		n = put_decimal(100, 0, to);
	else if (ratio >= 1 && ratio < 9007199254740992.0)
		n = put_decimal(round_scaled(ratio, 100), 2, to);
	else if (ratio >= 1)
		n = (size_t)snprintf(to, MEASURE_PERCENT_BYTES, "%.2f", ratio);
	else
		n = put_two_digits(ratio, to);
	to[n++] = '%';
	return (struct str){ to, n };
}

struct str measure_percentage(int64_t value, int64_t total, char to[MEASURE_PERCENT_BYTES])
{
	enum { WIDTH = 6 }; /* with the sign */
	struct str s = measure_percentage_bare(value, total, to);

	if (s.len < WIDTH) {
		size_t missing = WIDTH - s.len;

		memmove(to + missing, to, s.len);
		memset(to, ' ', missing);
		s.len = WIDTH;
	}
	return s;
}

double measure_distance(int64_t a, struct str a_unit, int64_t b, struct str b_unit)
{
	return fabs(measure_scale(a, a_unit, b_unit, NULL) - (double)b);
}

double measure_ratio(struct str from, struct str to)
{
	return measure_scale(1, from, to, NULL);
}

bool measure_is_compatible(struct str a, struct str b)
{
	const struct measure_family *of_a, *of_b;

	if (str_eq(a, b))
		return true;
	return unit_find(a, &of_a) && unit_find(b, &of_b) && of_a == of_b;
}

struct str measure_minimum_unit(int64_t min, int64_t max, double ratio, struct str sample_unit,
				bool is_callgrind)
{
	struct measure_scaler s;
	struct str unit, max_unit;

	if (ratio > 0 && ratio != 1) {
		min = i64_from_double((double)min * ratio);
		max = i64_from_double((double)max * ratio);
	}
	measure_scaler_init(&s, sample_unit, STR("minimum"));
	(void)measure_scale_with(&s, min, &unit);
	(void)measure_scale_with(&s, max, &max_unit);
	if (!str_eq(unit, max_unit) && !is_callgrind && i64_mul(min, 100) < max)
		(void)measure_scale_with(&s, i64_mul(min, 100), &unit);
	return unit.len ? unit : sample_unit;
}
