/*
 * Memory map of a legacy profile.
 *
 * Lives here: reading its lines, as /proc/self/maps has them or shorter ones, with names defined
 * among them (spec/profile.md 6.8), and putting the maps into order (6.9, 1-3).
 * Not here: which map an address is in (profile/legacy_assign.c).
 */
#include "config.h"

#include "base/limits.h"
#include "profile/legacy_scan.h"
#include "profile/legacy_shared.h"

struct map_line {
	struct str start, limit, perms, offset, filename, build_id;
};

static bool scan_spaces(struct scan *s)
{
	struct str run;

	return scan_some(s, SCAN_SPACE, &run);
}

/*
 * What both kinds of line begin with:
 *
 *	^\s*(?:0x)?([[:xdigit:]]+)[\s-]?\s*(?:0x)?([[:xdigit:]]+):?
 *
 * The first number is as long as it can be with a second one behind it, so "deadbeef" alone is
 * deadbee and f.  `way` counts the ways to read it, the preferred one first: the last bit says
 * that a second 0x is not passed over, the other that the first number gives up a digit.
 * Giving up more leads nowhere else.
 */
enum { RANGE_WAYS = 4 };

static bool scan_range(struct scan *s, struct map_line *m, unsigned way)
{
	size_t cut = way >> 1;

	scan_run(s, SCAN_SPACE);
	scan_text(s, STR("0x"));
	m->start = scan_run(s, SCAN_HEX);
	if (m->start.len <= cut)
		return false;
	m->start.len -= cut;
	s->at -= cut;
	scan_char(s, '-');
	scan_run(s, SCAN_SPACE);
	if (!(way & 1) && !scan_text(s, STR("0x")))
		return false;
	if (!scan_some(s, SCAN_HEX, &m->limit))
		return false;
	scan_char(s, ':');
	return true;
}

/*
 * As in /proc/self/maps: "00400000-00452000 r-xp 00000000 08:02 173521   /usr/bin/dbus-daemon".
 *
 *	(?:\s+([-rwxp]+))?(?:\s+([[:xdigit:]]+))?\s+[[:xdigit:]]+:[[:xdigit:]]+\s+[[:digit:]]+(?:\s+(\S+))?
 */
static bool scan_proc(struct scan *s, struct map_line *m)
{
	struct str number, inode;
	struct scan file;

	if (!scan_spaces(s))
		return false;
	if (scan_some(s, SCAN_PERMS, &m->perms) && !scan_spaces(s))
		return false;
	if (!scan_some(s, SCAN_HEX, &number))
		return false;
	if (!scan_char(s, ':')) {
		m->offset = number;
		if (!scan_spaces(s) || !scan_some(s, SCAN_HEX, &number) || !scan_char(s, ':'))
			return false;
	}
	if (!scan_some(s, SCAN_HEX, &number) || !scan_spaces(s) || !scan_some(s, SCAN_DIGIT, &inode))
		return false;
	file = *s;
	if (scan_spaces(&file))
		m->filename = scan_run(&file, SCAN_NOT_SPACE);
	return true;
}

/*
 * Shorter: "40000-80000: /path/to/binary (@FF00) abc123456".  Each part may be missing.
 *
 *	(?:\s+([-rwxp]+))?(?:\s+(\S+))?(?:\s+\(@([[:xdigit:]]+)\))?(?:\s+([[:xdigit:]]+))?
 */
static void scan_brief(struct scan *s, struct map_line *m)
{
	struct scan at = *s;
	struct str offset;

	if (scan_spaces(&at) && scan_some(&at, SCAN_PERMS, &m->perms))
		*s = at;
	at = *s;
	if (scan_spaces(&at) && scan_some(&at, SCAN_NOT_SPACE, &m->filename))
		*s = at;
	at = *s;
	if (scan_spaces(&at) && scan_text(&at, STR("(@")) && scan_some(&at, SCAN_HEX, &offset) &&
	    scan_char(&at, ')')) {
		m->offset = offset;
		*s = at;
	}
	at = *s;
	if (scan_spaces(&at))
		m->build_id = scan_run(&at, SCAN_HEX);
}

static bool scan_map(struct str line, struct map_line *m)
{
	for (unsigned way = 0; way < RANGE_WAYS; way++) {
		struct scan s = { line, 0 };

		*m = (struct map_line){ .filename = STR_EMPTY, .build_id = STR_EMPTY };
		if (scan_range(&s, m, way) && scan_proc(&s, m))
			return true;
	}
	for (unsigned way = 0; way < RANGE_WAYS; way++) {
		struct scan s = { line, 0 };

		*m = (struct map_line){ .filename = STR_EMPTY, .build_id = STR_EMPTY };
		if (scan_range(&s, m, way)) {
			scan_brief(&s, m);
			return true;
		}
	}
	return false;
}

/* A logger's "I0101 10:00 file.cc:45] " in front: ^[^\[\]]+:[0-9]+]\s */
static struct str without_log_prefix(struct str line)
{
	struct str rest;
	size_t at = 0, digits = 0;

	while (at < line.len && line.ptr[at] != '[' && line.ptr[at] != ']') {
		digits = scan_is(line.ptr[at], SCAN_DIGIT) ? digits + 1 : 0;
		at++;
	}
	rest = str_from_offset(line, at);
	if (rest.len < 2 || rest.ptr[0] != ']' || !scan_is(rest.ptr[1], SCAN_SPACE))
		return line;
	if (digits == 0 || at < digits + 2 || line.ptr[at - digits - 1] != ':')
		return line;
	return str_from_offset(rest, 2);
}

/* ---- names ---- */

/* The definition whose $name stands at the front of text; the earliest one, if several do. */
static const struct legacy_definition *definition_at(struct legacy *l, struct str text)
{
	struct str name = str_from_offset(text, 1);

	for (size_t i = 0; i < l->definition.n; i++) {
		const struct legacy_definition *d = &l->definition.at[i];

		l->expansion_work += 1 + d->name.len;
		if (str_has_prefix(name, d->name))
			return d;
	}
	return NULL;
}

static bool append(struct legacy *l, struct str text, struct error *err)
{
	l->expansion_work += text.len;
	if (l->expansion_work > LIMIT_MAP_EXPANSION)
		return error_set(err, ERR_LIMIT, "names in the memory map stand for too much text");
	if (!vec_reserve(&l->expanded, text.len))
		return error_nomem(err, "memory map");
	if (text.len)
		memcpy(l->expanded.at + l->expanded.n, text.ptr, text.len);
	l->expanded.n += text.len;
	return true;
}

/* Replaces each $name in the line, which then is a view into l->scratch. */
static bool expand(struct legacy *l, struct str *line, struct error *err)
{
	struct str rest = *line;
	ptrdiff_t dollar;

	if (l->definition.n == 0 || str_find_char(rest, '$') < 0)
		return true;
	l->expanded.n = 0;
	while ((dollar = str_find_char(rest, '$')) >= 0) {
		struct str from = str_from_offset(rest, (size_t)dollar);
		const struct legacy_definition *d = definition_at(l, from);

		if (!append(l, str_head(rest, (size_t)dollar), err) ||
		    !append(l, d ? d->text : str_head(from, 1), err))
			return false;
		rest = str_from_offset(from, d ? 1 + d->name.len : 1);
	}
	if (!append(l, rest, err))
		return false;
	*line = arena_str(&l->scratch, (struct str){ l->expanded.at, l->expanded.n });
	return line->ptr || error_nomem(err, "memory map");
}

static bool define(struct legacy *l, struct str line, struct error *err)
{
	struct legacy_definition d;

	if (!str_cut(line, '=', &d.name, &d.text))
		return true;
	d.name = str_trim(d.name);
	d.text = str_trim(d.text);
	return vec_push(&l->definition, d) || error_nomem(err, "memory map");
}

/* ---- lines ---- */

/* False: a number has more than 64 bits. */
static bool map_from_line(const struct map_line *m, struct legacy_map *map)
{
	*map = (struct legacy_map){ .filename = m->filename, .build_id = m->build_id };
	return scan_hex(m->start, &map->start) && scan_hex(m->limit, &map->limit) &&
	       scan_hex(m->offset, &map->offset);
}

static bool take_line(struct legacy *l, struct str line, struct error *err)
{
	struct map_line m;
	struct legacy_map map;

	line = without_log_prefix(line);
	if (!expand(l, &line, err))
		return false;
	if (!scan_map(line, &m))
		return define(l, line, err);
	if (m.perms.len && str_find_char(m.perms, 'x') < 0)
		return true;
	if (!map_from_line(&m, &map))
		return define(l, line, err);
	return vec_push(&l->map, map) || error_nomem(err, "memory map");
}

bool legacy_maps(struct legacy *l, struct cursor *c, struct error *err)
{
	struct str line;

	while (legacy_line(c, &line, err))
		if (!take_line(l, line, err))
			return false;
	return err->code == ERR_NONE;
}

bool legacy_maps_after_marker(struct legacy *l, struct cursor *c, struct str line, struct error *err)
{
	while (!legacy_is_map_marker(line))
		if (!legacy_line(c, &line, err))
			return err->code == ERR_NONE;
	return legacy_maps(l, c, err);
}

/* ---- order ---- */

static bool agree_or_empty(struct str a, struct str b)
{
	return a.len == 0 || b.len == 0 || str_eq(a, b);
}

static bool continues(const struct legacy_map *last, const struct legacy_map *m)
{
	return agree_or_empty(last->filename, m->filename) && agree_or_empty(last->build_id, m->build_id) &&
	       last->limit == m->start &&
	       (last->offset == 0 || m->offset == 0 ||
		last->offset + (last->limit - last->start) == m->offset);
}

static void join_neighbours(struct legacy *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->map.n; i++) {
		const struct legacy_map m = l->map.at[i];
		struct legacy_map *last = n ? &l->map.at[n - 1] : NULL;

		if (!last || !continues(last, &m)) {
			l->map.at[n++] = m;
			continue;
		}
		last->limit = m.limit;
		if (m.filename.len)
			last->filename = m.filename;
		if (m.build_id.len)
			last->build_id = m.build_id;
	}
	l->map.n = n;
}

/* text without any `part`, in the scratch arena when that changes it. */
static bool without(struct legacy *l, struct str *text, struct str part)
{
	char *to;
	size_t n = 0;
	ptrdiff_t at = str_find(*text, part);

	if (at < 0)
		return true;
	to = ARENA_ARRAY(&l->scratch, char, text->len);
	if (!to)
		return false;
	for (struct str rest = *text;; rest = str_from_offset(rest, (size_t)at + part.len)) {
		struct str head;

		at = str_find(rest, part);
		head = at < 0 ? rest : str_head(rest, (size_t)at);
		if (head.len)
			memcpy(to + n, head.ptr, head.len);
		n += head.len;
		if (at < 0)
			break;
	}
	*text = (struct str){ to, n };
	return true;
}

/* ([.]so$|[.]so[._][0-9]+) */
static bool is_library(struct str name)
{
	struct scan s = { name, 0 };

	while (scan_behind(&s, STR(".so"))) {
		struct scan version = s;
		struct str digits;

		if (scan_at_end(&s))
			return true;
		if ((scan_char(&version, '.') || scan_char(&version, '_')) &&
		    scan_some(&version, SCAN_DIGIT, &digits))
			return true;
	}
	return false;
}

bool legacy_maps_tidy(struct legacy *l, struct error *err)
{
	join_neighbours(l);
	for (size_t i = 0; i < l->map.n; i++) {
		struct legacy_map first = l->map.at[0];
		struct str name = l->map.at[i].filename;

		if (!without(l, &name, STR("(deleted)")))
			return error_nomem(err, "memory map");
		name = str_trim(name);
		if (name.len == 0 || name.ptr[0] == '[' || is_library(name))
			continue;
		l->map.at[0] = l->map.at[i];
		l->map.at[i] = first;
		break;
	}
	return true;
}
