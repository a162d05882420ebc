/*
 * Stacks of threads in text.
 *
 * Lives here: threadz (spec/profile.md 6.5).
 *
 *	--- threadz 1 ---
 *
 *	--- Thread 7f794ab90940 (name: main/14748) stack: ---
 *	  PC:  0x00bc8f1c: helper(arg *)
 *	  0x0040be31: main
 *	--- Thread 7f7948978700 (name: thread3/14759) stack: ---
 *	  [same as previous thread]
 *	--- Memory map: ---
 */
#include "config.h"

#include "base/arith.h"
#include "profile/legacy_scan.h"
#include "profile/legacy_shared.h"

/* --- threadz \d+ --- */
static bool is_start(struct str line)
{
	struct scan s = { line, 0 };

	while (scan_behind(&s, STR("--- threadz "))) {
		struct scan rest = s;
		struct str digits;

		if (scan_some(&rest, SCAN_DIGIT, &digits) && scan_text(&rest, STR(" ---")))
			return true;
	}
	return false;
}

/* .*\/(\d+)\) stack: --- */
static bool has_name_end(struct scan s)
{
	while (scan_behind(&s, STR("/"))) {
		struct scan rest = s;
		struct str digits;

		if (scan_some(&rest, SCAN_DIGIT, &digits) && scan_text(&rest, STR(") stack: ---")))
			return true;
	}
	return false;
}

/* --- Thread ([[:xdigit:]]+) \(name: (.*)/(\d+)\) stack: ---  What the first beginning lacks, none has. */
static bool is_thread(struct str line)
{
	struct scan s = { line, 0 };

	while (scan_behind(&s, STR("--- Thread "))) {
		struct scan rest = s;
		struct str id;

		if (scan_some(&rest, SCAN_HEX, &id) && scan_text(&rest, STR(" (name: ")))
			return has_name_end(rest);
	}
	return false;
}

/*
 * Frames of one thread.  *line becomes the line that ends them: the next one that begins with ---,
 * or at the end of the input the last one, whatever it is.
 */
static bool take_frames(struct legacy *l, struct cursor *c, struct str *line, bool *is_same, struct error *err)
{
	*line = STR_EMPTY;
	*is_same = false;
	while (legacy_line(c, line, err)) {
		*line = str_trim(*line);
		if (str_has_prefix(*line, STR("---")))
			return true;
		if (str_find(*line, STR("same as previous thread")) >= 0)
			*is_same = true;
		else if (!legacy_frames(l, *line, LEGACY_CALLS_BEFORE, err))
			return error_context(err, "malformed sample: %.*s: ", STR_FMT(*line));
	}
	return err->code == ERR_NONE;
}

/* A thread without a stack of its own counts for the one before it. */
static bool take_thread(struct legacy *l, bool is_same, struct error *err)
{
	int64_t one = 1;
	size_t n = l->sample.n;

	if (!is_same && legacy_has_frames(l))
		return legacy_sample(l, &one, 0, err);
	legacy_forget_frames(l);
	if (n)
		l->sample.at[n - 1].value[0] = i64_add(l->sample.at[n - 1].value[0], 1);
	return true;
}

/* The first line that counts; behind `threadz`, the first one that may begin a thread. */
static bool take_header(struct cursor *c, struct str *line, struct error *err)
{
	do {
		if (!legacy_line(c, line, err))
			return err->code == ERR_NONE ? error_set(err, ERR_UNSUPPORTED, "no line") : false;
	} while (legacy_is_blank(*line));
	if (!is_start(*line))
		return is_thread(*line) || error_set(err, ERR_UNSUPPORTED, "no threads");
	do {
		if (!legacy_line(c, line, err))
			return err->code == ERR_NONE ? error_set(err, ERR_UNSUPPORTED, "no thread") : false;
	} while (!legacy_is_map_marker(*line) && !str_has_prefix(*line, STR("-")));
	return true;
}

static bool take_all(struct legacy *l, struct cursor *c, struct error *err)
{
	const struct legacy_type thread = { STR("thread"), STR("count") };
	struct str line;
	bool is_same;

	if (!take_header(c, &line, err) || !legacy_sample_types(l, &thread, 1, err) ||
	    !legacy_period(l, thread, 1, err))
		return false;
	while (!legacy_is_map_marker(line)) {
		if (str_has_prefix(line, STR("---- no stack trace for")))
			break;
		if (!is_thread(line))
			return error_set(err, ERR_UNSUPPORTED, "no thread");
		if (!take_frames(l, c, &line, &is_same, err) || !take_thread(l, is_same, err))
			return false;
	}
	return legacy_maps_after_marker(l, c, line, err);
}

struct profile *profile_decode_legacy_thread(struct bytes input, struct error *err)
{
	struct cursor c = cursor_over(input);
	struct profile *p = NULL;
	struct legacy l;

	error_clear(err);
	if (legacy_init(&l, err)) {
		l.flags = LEGACY_DROPS_TWIN_CALLERS;
		if (take_all(&l, &c, err))
			p = legacy_seal(&l, err);
	}
	legacy_release(&l);
	return p;
}
