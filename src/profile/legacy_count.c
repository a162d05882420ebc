/*
 * Counts of stacks in text.
 *
 * Lives here: Go's /debug/pprof/goroutine?debug=1, threadcreate, and what a program counts
 * itself (spec/profile.md 6.4).
 *
 *	goroutine profile: total 3
 *	2 @ 0x40b922 0x40b83b 0x40b60d
 *	#	0x40b83b	main.work+0x3b	main.go:12
 */
#include "config.h"

#include "profile/legacy_scan.h"
#include "profile/legacy_shared.h"

/* \A(\S+) profile: total \d+\z */
static bool scan_header(struct str line, struct str *type)
{
	struct scan s = { line, 0 };
	struct str total;

	return scan_some(&s, SCAN_NOT_SPACE, type) && scan_text(&s, STR(" profile: total ")) &&
	       scan_some(&s, SCAN_DIGIT, &total) && scan_at_end(&s);
}

/* \A(\d+) @(( 0x[0-9a-f]+)+)\z */
static bool scan_sample(struct str line, struct str *count, struct str *addresses)
{
	struct scan s = { line, 0 };
	struct str digits;

	if (!scan_some(&s, SCAN_DIGIT, count) || !scan_text(&s, STR(" @")))
		return false;
	*addresses = str_from_offset(line, s.at);
	do {
		if (!scan_text(&s, STR(" 0x")) || !scan_some(&s, SCAN_LOWER_HEX, &digits))
			return false;
	} while (!scan_at_end(&s));
	return true;
}

static bool take_sample(struct legacy *l, struct str line, struct error *err)
{
	struct str count, addresses;
	int64_t value = 0;
	bool ok = scan_sample(line, &count, &addresses) && legacy_auto64(count, &value, err) &&
		  legacy_frames(l, addresses, LEGACY_ALL_BEFORE, err);

	if (!ok && (err->code == ERR_NONE || err->code == ERR_FORMAT))
		return error_set(err, ERR_FORMAT, "malformed profile format");
	return ok && legacy_sample(l, &value, 0, err);
}

static bool take_header(struct legacy *l, struct cursor *c, struct error *err)
{
	struct legacy_type type = { STR_EMPTY, STR("count") };
	struct str line;

	do {
		if (!legacy_line(c, &line, err))
			return err->code == ERR_NONE ? error_set(err, ERR_UNSUPPORTED, "no line") : false;
	} while (legacy_is_blank(line));
	if (!scan_header(line, &type.type))
		return error_set(err, ERR_UNSUPPORTED, "no count profile");
	return legacy_sample_types(l, &type, 1, err) && legacy_period(l, type, 1, err);
}

static bool take_all(struct legacy *l, struct cursor *c, struct error *err)
{
	struct str line;

	if (!take_header(l, c, err))
		return false;
	while (legacy_line(c, &line, err)) {
		if (legacy_is_blank(line))
			continue;
		if (str_has_prefix(line, STR("---")))
			return legacy_maps_after_marker(l, c, line, err);
		if (!take_sample(l, line, err))
			return false;
	}
	return err->code == ERR_NONE;
}

struct profile *profile_decode_legacy_count(struct bytes input, struct error *err)
{
	struct cursor c = cursor_over(input);
	struct profile *p = NULL;
	struct legacy l;

	error_clear(err);
	if (legacy_init(&l, err) && take_all(&l, &c, err))
		p = legacy_seal(&l, err);
	legacy_release(&l);
	return p;
}
