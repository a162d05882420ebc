/*
 * Java's heap and contention profiles in text, and the locations of all Java profiles.
 *
 * Lives here: heapz and contentionz of Java programs (spec/profile.md 6.7).
 *
 *	--- heapz 1 ---
 *	format = java
 *	resolution=bytes
 *	7048 1 @ 0x00000003 0x00000004
 *	 0x00000003 com.example.function003 (Source003.java:103)
 *
 * Addresses are only names here; the lines at the end say what they stand for.
 */
#include "config.h"

#include "base/arith.h"
#include "base/golike.h"
#include "profile/legacy_scan.h"
#include "profile/legacy_shared.h"

/* What the reference assumes of Java's sampling of allocations. */
enum { JAVA_HEAP_RATE_BYTES = 524288 };

struct java {
	struct legacy l;
	bool is_heap;
	bool has_unit;
	struct str unit; /* of the second value */
};

/* ---- locations ---- */

/* A frame as the file writes it. */
struct java_frame {
	struct str name, filename;
	int64_t line;
};

/* The last `\s\(` at or before `last`, the latest place for the parenthesis; -1: none. */
static ptrdiff_t find_open(struct str text, size_t last)
{
	for (size_t at = last; at >= 1; at--)
		if (text.ptr[at] == '(' && scan_is(text.ptr[at - 1], SCAN_SPACE))
			return (ptrdiff_t)at;
	return -1;
}

/* ^(.*)\s+\((.+):(-?[[:digit:]]+)\)$ */
static bool scan_file_line(struct str text, struct java_frame *f)
{
	struct error ignored = ERROR_INIT;
	size_t close = text.len - 1, number = close, colon;
	ptrdiff_t open;

	while (number > 0 && scan_is(text.ptr[number - 1], SCAN_DIGIT))
		number--;
	if (number == close || number == 0)
		return false;
	if (text.ptr[number - 1] == '-')
		number--;
	colon = number - 1;
	if (number < 3 || text.ptr[colon] != ':')
		return false;
	open = find_open(text, colon - 2);
	if (open < 0)
		return false;
	f->name = str_head(text, (size_t)open - 1);
	f->filename = str_head(str_from_offset(text, (size_t)open + 1), colon - (size_t)open - 1);
	if (!legacy_dec64(str_head(str_from_offset(text, number), close - number), &f->line, &ignored) ||
	    f->line < 0)
		f->line = 0;
	return true;
}

/* ^(.*)\s+\((.*)\)$ */
static bool scan_path(struct str text, struct java_frame *f)
{
	ptrdiff_t open = text.len > 2 ? find_open(text, text.len - 2) : -1;

	if (open < 0)
		return false;
	f->name = str_head(text, (size_t)open - 1);
	f->filename = str_from_offset(text, (size_t)open + 1);
	f->filename = go_path_base(str_head(f->filename, f->filename.len - 1));
	return true;
}

static struct java_frame parse_frame(struct str text)
{
	struct java_frame f = { .name = text, .filename = STR_EMPTY };

	if (str_has_suffix(text, STR(")")) && (scan_file_line(text, &f) || scan_path(text, &f)))
		return f;
	if (str_find(text, STR("generated stub/JIT")) >= 0)
		f.name = STR("STUB");
	return f;
}

/* ^\s*0x([[:xdigit:]]+)\s+(.*)\s*$ */
static bool scan_location(struct str line, struct str *address, struct str *text)
{
	struct scan s = { line, 0 };
	struct str spaces;

	if (!scan_text(&s, STR("0x")) || !scan_some(&s, SCAN_HEX, address) ||
	    !scan_some(&s, SCAN_SPACE, &spaces))
		return false;
	*text = str_from_offset(line, s.at);
	return true;
}

static bool take_location(struct legacy *l, struct str line, struct error *err)
{
	struct legacy_location *location;
	struct str digits, text;
	struct java_frame f;
	uint64_t address;
	uint32_t row;

	if (!scan_location(line, &digits, &text))
		return true;
	if (!scan_hex(digits, &address))
		return error_set(err, ERR_FORMAT,
				 "parsing sample %.*s: strconv.ParseUint: parsing \"%.*s\": value out of range",
				 STR_FMT(line), STR_FMT(digits));
	row = legacy_location_find(l, address);
	if (row == ROW_NONE)
		return true;
	f = parse_frame(text);
	location = &l->location.at[row];
	location->function_row = legacy_function(l, f.name, f.filename);
	location->line = f.line;
	return location->function_row != ROW_NONE || error_nomem(err, "functions");
}

bool legacy_java_locations(struct legacy *l, struct cursor *c, struct error *err)
{
	struct str line;

	while (cursor_line(c, &line))
		if (!take_location(l, str_trim(line), err))
			return false;
	return true;
}

/* ---- attributes and samples ---- */

/* A line that has its newline, trimmed; false, and nothing taken, when there is none. */
static bool whole_line(struct cursor *c, struct str *line)
{
	struct cursor at = *c;

	if (!cursor_line(&at, line) || line->len == cursor_left(c))
		return false;
	*line = str_trim(*line);
	*c = at;
	return true;
}

/* ([\w ]+)=([\w ]+) at the first place where it fits. */
static bool scan_attribute(struct str line, struct str *key, struct str *text)
{
	struct scan s = { line, 0 };

	while (scan_to(&s, SCAN_WORD_BLANK)) {
		*key = scan_run(&s, SCAN_WORD_BLANK);
		if (scan_char(&s, '=') && scan_some(&s, SCAN_WORD_BLANK, text)) {
			*key = str_trim(*key);
			*text = str_trim(*text);
			return true;
		}
	}
	return false;
}

static bool parse_number(struct str line, struct str text, int64_t *v, struct error *err)
{
	return legacy_auto64(text, v, err) ||
	       error_context(err, "failed to parse attribute %.*s: ", STR_FMT(line));
}

static bool take_attribute(struct java *j, struct str line, struct str key, struct str text, struct error *err)
{
	const struct legacy_type contentions = { STR("contentions"), STR("count") };
	int64_t value;

	if (str_eq(key, STR("format")) && str_eq(text, STR("java")))
		return true;
	if (str_eq(key, STR("resolution"))) {
		j->has_unit = true;
		j->unit = text;
		return true;
	}
	if (!j->is_heap && str_eq(key, STR("sampling period")))
		return parse_number(line, text, &value, err) &&
		       legacy_period(&j->l, contentions, value, err);
	if (!j->is_heap && str_eq(key, STR("ms since reset"))) {
		if (!parse_number(line, text, &value, err))
			return false;
		j->l.b.p->duration_nanos = i64_mul(value, 1000000);
		return true;
	}
	return error_set(err, ERR_UNSUPPORTED, "no Java profile");
}

static bool set_types(struct java *j, struct error *err)
{
	const struct legacy_type heap[] = {
		{ STR("inuse_objects"), STR("count") },
		{ STR("inuse_space"), j->unit },
	};
	const struct legacy_type contention[] = {
		{ STR("contentions"), STR("count") },
		{ STR("delay"), j->unit },
	};

	return legacy_sample_types(&j->l, j->is_heap ? heap : contention, j->has_unit ? 2 : 0, err);
}

static bool take_header(struct java *j, struct cursor *c, struct error *err)
{
	struct str line, key, text;
	struct cursor next = *c;

	if (!whole_line(&next, &line))
		return error_set(err, ERR_UNSUPPORTED, "no line");
	j->is_heap = str_eq(line, STR("--- heapz 1 ---"));
	if (!j->is_heap && !str_eq(line, STR("--- contentionz 1 ---")))
		return error_set(err, ERR_UNSUPPORTED, "no Java profile");
	do {
		*c = next;
		if (!whole_line(&next, &line) || (line.len && !scan_attribute(line, &key, &text)))
			return set_types(j, err);
	} while (line.len == 0 || take_attribute(j, line, key, text, err));
	return false;
}

struct java_sample {
	struct str first, second, addresses;
};

/* ` *(\d+) +(\d+) +@ +([ x0-9a-f]*)` at the first place where it fits. */
static bool scan_sample(struct str line, struct java_sample *m)
{
	struct scan s = { line, 0 };

	while (scan_to(&s, SCAN_DIGIT)) {
		struct scan at;

		m->first = scan_run(&s, SCAN_DIGIT);
		at = s;
		if (scan_char(&at, ' ') && scan_blanks(&at) && scan_some(&at, SCAN_DIGIT, &m->second) &&
		    scan_char(&at, ' ') && scan_blanks(&at) && scan_text(&at, STR("@ "))) {
			m->addresses = scan_run(&at, SCAN_ADDRESSES);
			return true;
		}
	}
	return false;
}

static bool take_sample(struct java *j, struct str line, const struct java_sample *m, struct error *err)
{
	int64_t value[2], block_bytes = 0, period = j->l.b.p->period;

	if (!legacy_frames(&j->l, m->addresses, LEGACY_KEEP, err))
		return error_context(err, "malformed sample: %.*s: ", STR_FMT(line));
	if (!legacy_auto64(m->second, &value[0], err) || !legacy_auto64(m->first, &value[1], err))
		return error_context(err, "parsing sample %.*s: ", STR_FMT(line));
	if (j->is_heap) {
		if (value[0] == 0)
			return error_set(err, ERR_FORMAT, "parsing sample %.*s: second value must be non-zero",
					 STR_FMT(line));
		block_bytes = i64_div(value[1], value[0]);
		legacy_unsample(&value[0], &value[1], JAVA_HEAP_RATE_BYTES);
	} else if (period != 0) {
		value[0] = i64_mul(value[0], period);
		value[1] = i64_mul(value[1], period);
	}
	return legacy_sample(&j->l, value, block_bytes, err);
}

static bool take_samples(struct java *j, struct cursor *c, struct error *err)
{
	struct cursor next = *c;
	struct java_sample m;
	struct str line;

	while (whole_line(&next, &line)) {
		if (line.len) {
			if (!scan_sample(line, &m))
				break;
			if (!take_sample(j, line, &m, err))
				return false;
		}
		*c = next;
	}
	return true;
}

static bool take_all(struct java *j, struct cursor *c, struct error *err)
{
	if (!take_header(j, c, err) || !take_samples(j, c, err) || !legacy_java_locations(&j->l, c, err))
		return false;
	if (j->l.sample.n && !j->has_unit)
		return error_set(err, ERR_FORMAT, "missing sample type information");
	return true;
}

struct profile *profile_decode_legacy_java(struct bytes input, struct error *err)
{
	struct java j = { .unit = STR_EMPTY };
	struct cursor c = cursor_over(input);
	struct profile *p = NULL;

	error_clear(err);
	if (legacy_init(&j.l, err) && take_all(&j, &c, err)) {
		j.l.flags = LEGACY_CLEARS_ADDRESSES | (j.is_heap ? LEGACY_HAS_BLOCK_BYTES : 0u);
		p = legacy_seal(&j.l, err);
	}
	legacy_release(&j.l);
	return p;
}
