/*
 * Waiting for locks, in text.
 *
 * Lives here: C++'s contentionz, Go's mutex and block profiles (spec/profile.md 6.6).
 *
 *	--- mutex:
 *	cycles/second=3201000000
 *	sampling period=100
 *	19490304 27 @ 0xbccc97 0xc61202
 */
#include "config.h"

#include "base/arith.h"
#include "profile/legacy_scan.h"
#include "profile/legacy_shared.h"

struct contention {
	struct legacy l;
	int64_t cycles_per_s; /* unit of the delays; 0: nanoseconds */
};

static bool has_header(struct str line)
{
	return str_has_prefix(line, STR("--- contentionz ")) || str_has_prefix(line, STR("--- mutex:")) ||
	       str_has_prefix(line, STR("--- contention:"));
}

/* False: no attribute of this format, or no number. */
static bool take_attribute(struct contention *ct, struct str key, struct str text)
{
	struct profile *p = ct->l.b.p;
	struct error ignored = ERROR_INIT;
	int64_t value = 0, *to = NULL;

	if (str_eq(key, STR("discarded samples")))
		return true;
	if (str_eq(key, STR("cycles/second")))
		to = &ct->cycles_per_s;
	else if (str_eq(key, STR("sampling period")))
		to = &p->period;
	else if (str_eq(key, STR("ms since reset")))
		to = &p->duration_nanos;
	if (!to || !legacy_auto64(text, &value, &ignored))
		return false;
	*to = to == &p->duration_nanos ? i64_mul(value, 1000000) : value;
	return true;
}

/* `key = value` lines.  *line becomes the one that ends them, empty at the end of the input. */
static bool take_attributes(struct contention *ct, struct cursor *c, struct str *line, struct error *err)
{
	struct str key, text;

	while (legacy_text_line(c, line, err)) {
		if (str_has_prefix(*line, STR("---")) || !str_cut(*line, '=', &key, &text))
			return true;
		if (!take_attribute(ct, str_trim(key), str_trim(text)))
			return error_set(err, ERR_UNSUPPORTED, "no contention profile");
	}
	*line = STR_EMPTY;
	return err->code == ERR_NONE;
}

/*
 * (\d+) *(\d+) @([ x0-9a-f]*) at the first place where it fits.  Two runs of digits, or one of
 * which the second number takes the last digit.
 */
static bool scan_sample(struct str line, struct str *delay, struct str *count, struct str *addresses)
{
	struct scan s = { line, 0 }, rest;

	while (scan_to(&s, SCAN_DIGIT)) {
		*delay = scan_run(&s, SCAN_DIGIT);
		rest = s;
		scan_blanks(&rest);
		if (!scan_some(&rest, SCAN_DIGIT, count)) {
			rest = s;
			*count = str_from_offset(*delay, delay->len - 1);
			delay->len--;
		}
		if (delay->len && scan_text(&rest, STR(" @"))) {
			*addresses = scan_run(&rest, SCAN_ADDRESSES);
			return true;
		}
	}
	return false;
}

/* From cycles of the moments that were sampled to nanoseconds of all. */
static void scale(const struct contention *ct, int64_t *delay, int64_t *count)
{
	int64_t period = ct->l.b.p->period;

	if (period <= 0)
		return;
	if (ct->cycles_per_s > 0) {
		double per_ns = (double)ct->cycles_per_s / 1e9;

		*delay = i64_from_double((double)*delay * (double)period / per_ns);
	}
	*count = i64_mul(*count, period);
}

static bool take_sample(struct contention *ct, struct str line, struct error *err)
{
	struct str delay_text, count_text, addresses;
	int64_t value[2]; /* count, delay */

	if (!scan_sample(line, &delay_text, &count_text, &addresses))
		return error_set(err, ERR_UNSUPPORTED, "no contention profile");
	if (!legacy_dec64(delay_text, &value[1], err) || !legacy_dec64(count_text, &value[0], err) ||
	    !legacy_frames(&ct->l, addresses, LEGACY_ALL_BEFORE, err))
		return error_context(err, "malformed sample: %.*s: ", STR_FMT(line));
	scale(ct, &value[1], &value[0]);
	return legacy_sample(&ct->l, value, 0, err);
}

static bool take_all(struct contention *ct, struct cursor *c, struct error *err)
{
	const struct legacy_type types[] = {
		{ STR("contentions"), STR("count") },
		{ STR("delay"), STR("nanoseconds") },
	};
	struct str line;

	if (!legacy_line(c, &line, err))
		return err->code == ERR_NONE ? error_set(err, ERR_UNSUPPORTED, "no line") : false;
	if (!has_header(line))
		return error_set(err, ERR_UNSUPPORTED, "no contention profile");
	if (!legacy_sample_types(&ct->l, types, 2, err) || !legacy_period(&ct->l, types[0], 1, err) ||
	    !take_attributes(ct, c, &line, err))
		return false;
	while (line.len) {
		if (str_has_prefix(line, STR("---")))
			return legacy_maps_after_marker(&ct->l, c, line, err);
		if (!take_sample(ct, line, err))
			return false;
		if (!legacy_text_line(c, &line, err))
			break;
	}
	return err->code == ERR_NONE;
}

struct profile *profile_decode_legacy_contention(struct bytes input, struct error *err)
{
	struct contention ct = { .cycles_per_s = 0 };
	struct cursor c = cursor_over(input);
	struct profile *p = NULL;

	error_clear(err);
	if (legacy_init(&ct.l, err) && take_all(&ct, &c, err))
		p = legacy_seal(&ct.l, err);
	legacy_release(&ct.l);
	return p;
}
