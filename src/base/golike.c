/*
 * Go's text, once.
 *
 * Lives here: quoting, durations, times, paths, error texts of the system.
 * Not here: numbers (golike_number.c), the tab writer (golike_tabs.c), what is printable
 * (golike_print.c).
 */
#include "config.h"

#include "base/golike.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	NANOS = 1000000000,
	QUOTED_LARGEST = 10, /* \U0010ffff */
};

void go_errno_text(int errnum, char *to, size_t size)
{
	(void)snprintf(to, size, "%s", strerror(errnum));
	if (size && to[0] && !isupper((unsigned char)to[1]))
		to[0] = (char)tolower((unsigned char)to[0]);
}

static size_t put_hex(char *to, char kind, uint32_t v, int digits)
{
	to[0] = '\\';
	to[1] = kind;
	for (int i = digits; i-- > 0; v >>= 4)
		to[2 + i] = "0123456789abcdef"[v & 15];
	return (size_t)digits + 2;
}

/* The front of s (not empty) as it stands between quotes; *used: bytes of s. */
static size_t quote_front(struct str s, char to[QUOTED_LARGEST], size_t *used)
{
	static const char letters[] = "abtnvfr"; /* from 7 on */
	uint32_t r;

	*used = str_rune(s, &r);
	if (r == 0xfffd && *used == 1)
		return put_hex(to, 'x', (unsigned char)s.ptr[0], 2);
	if (r == '"' || r == '\\') {
		to[0] = '\\';
		to[1] = (char)r;
		return 2;
	}
	if (go_is_print(r)) {
		memcpy(to, s.ptr, *used);
		return *used;
	}
	if (r >= 7 && r <= 13) {
		to[0] = '\\';
		to[1] = letters[r - 7];
		return 2;
	}
	if (r < 0x80)
		return put_hex(to, 'x', r, 2);
	return r < 0x10000 ? put_hex(to, 'u', r, 4) : put_hex(to, 'U', r, 8);
}

void go_quote(struct out *o, struct str s)
{
	char to[QUOTED_LARGEST];

	out_char(o, '"');
	while (s.len) {
		size_t used, n = quote_front(s, to, &used);

		out_str(o, (struct str){ to, n });
		s = str_from_offset(s, used);
	}
	out_char(o, '"');
}

void go_quote_to(struct str s, char *to, size_t size)
{
	char part[QUOTED_LARGEST];
	size_t at = 0;

	if (size < 3) {
		if (size)
			to[0] = '\0';
		return;
	}
	to[at++] = '"';
	while (s.len) {
		size_t used, n = quote_front(s, part, &used);

		if (at + n + 2 > size)
			break;
		memcpy(to + at, part, n);
		at += n;
		s = str_from_offset(s, used);
	}
	to[at++] = '"';
	to[at] = '\0';
}

/* Writes before p: u, with a point before its last `decimals` digits and no zeros after it. */
static char *put_fraction(char *p, uint64_t u, int decimals)
{
	bool has_digit = false;

	for (int i = 0; i < decimals; i++) {
		if (has_digit || u % 10) {
			*--p = (char)('0' + u % 10);
			has_digit = true;
		}
		u /= 10;
	}
	if (has_digit)
		*--p = '.';
	do {
		*--p = (char)('0' + u % 10);
		u /= 10;
	} while (u);
	return p;
}

static char *put_before(char *p, const char *text)
{
	size_t n = strlen(text);

	memcpy(p - n, text, n);
	return p - n;
}

struct str go_duration(int64_t nanos, char to[GO_DURATION_BYTES])
{
	char *end = to + GO_DURATION_BYTES, *p = end;
	uint64_t u = nanos < 0 ? 0 - (uint64_t)nanos : (uint64_t)nanos;

	if (u == 0) {
		p = put_before(p, "0s");
	} else if (u < 1000) {
		p = put_fraction(put_before(p, "ns"), u, 0);
	} else if (u < 1000000) {
		p = put_fraction(put_before(p, "\xc2\xb5s"), u, 3);
	} else if (u < NANOS) {
		p = put_fraction(put_before(p, "ms"), u, 6);
	} else {
		uint64_t minutes = u / NANOS / 60;

		p = put_fraction(put_before(p, "s"), u % ((uint64_t)60 * NANOS), 9);
		if (minutes)
			p = put_fraction(put_before(p, "m"), minutes % 60, 0);
		if (minutes >= 60)
			p = put_fraction(put_before(p, "h"), minutes / 60, 0);
	}
	if (nanos < 0)
		*--p = '-';
	return (struct str){ p, (size_t)(end - p) };
}

/* Seconds and what is left of them, 0 to 999999999. */
static time_t split_nanos(int64_t nanos, long *rest)
{
	int64_t seconds = nanos / NANOS;

	*rest = (long)(nanos % NANOS);
	if (*rest < 0) {
		*rest += NANOS;
		seconds--;
	}
	return (time_t)seconds;
}

/* TZ names no zone: libc then makes the zone "Foo" of "Foo/Bar", Go takes UTC. */
static bool is_made_up(const struct tm *tm)
{
	const char *tz = getenv("TZ");
	size_t n = strlen(tm->tm_zone);

	return tz && tm->tm_gmtoff == 0 && strncmp(tz, tm->tm_zone, n) == 0 && tz[n] == '/';
}

static void local_time(time_t seconds, struct tm *tm)
{
	tzset();
	if (!localtime_r(&seconds, tm))
		*tm = (struct tm){ .tm_mday = 1, .tm_year = 70, .tm_zone = "UTC" };
	if (is_made_up(tm))
		tm->tm_zone = "UTC";
}

struct str go_time_text(struct arena *a, int64_t nanos)
{
	struct tm tm;
	long rest;

	local_time(split_nanos(nanos, &rest), &tm);
	return arena_fmt(a, "%04d-%02d-%02d %02d:%02d:%02d %s", tm.tm_year + 1900, tm.tm_mon + 1,
			 tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, tm.tm_zone);
}

struct str go_time_raw(struct arena *a, int64_t nanos)
{
	char fraction[16], *p = fraction + sizeof(fraction);
	struct tm tm;
	long rest;
	int minutes;

	local_time(split_nanos(nanos, &rest), &tm);
	*--p = '\0';
	if (rest)
		p = put_fraction(p, (uint64_t)rest, 9) + 1; /* without the 0 before the point */
	minutes = (int)(tm.tm_gmtoff / 60);
	return arena_fmt(a, "%04d-%02d-%02d %02d:%02d:%02d%s %c%02d%02d %s", tm.tm_year + 1900,
			 tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, p,
			 minutes < 0 ? '-' : '+', (minutes < 0 ? -minutes : minutes) / 60,
			 (minutes < 0 ? -minutes : minutes) % 60, tm.tm_zone);
}

struct str go_path_base(struct str path)
{
	ptrdiff_t slash;

	if (path.len == 0)
		return STR(".");
	while (path.len && path.ptr[path.len - 1] == '/')
		path.len--;
	if (path.len == 0)
		return STR("/");
	slash = str_rfind_char(path, '/');
	return str_from_offset(path, (size_t)(slash + 1));
}

/* The path being built in to[0 .. n-1]; `floor` bytes are the root or ../.. that must stay. */
struct clean {
	char *to;
	size_t n, floor;
	bool is_rooted;
};

static void clean_add(struct clean *c, struct str element)
{
	if (element.len == 0 || str_eq(element, STR(".")))
		return;
	if (str_eq(element, STR("..")) && c->n > c->floor) {
		while (c->n > c->floor && c->to[c->n - 1] != '/')
			c->n--;
		if (c->n > c->floor)
			c->n--; /* the slash too */
		return;
	}
	if (str_eq(element, STR("..")) && c->is_rooted)
		return;
	if (c->n > (c->is_rooted ? 1u : 0u))
		c->to[c->n++] = '/';
	memcpy(c->to + c->n, element.ptr, element.len);
	c->n += element.len;
	if (str_eq(element, STR("..")))
		c->floor = c->n;
}

struct str go_path_clean(struct arena *a, struct str path)
{
	struct clean c = { .is_rooted = path.len && path.ptr[0] == '/' };
	struct str rest = path, element, result;

	if (path.len == 0)
		return STR(".");
	/* As a rule there is nothing to do: names are cleaned by the tens of thousands. */
	if (str_find(path, STR("//")) < 0 && str_find(path, STR("/.")) < 0 && path.ptr[0] != '.' &&
	    (path.len == 1 || path.ptr[path.len - 1] != '/'))
		return path;
	c.to = arena_alloc(a, path.len);
	if (!c.to)
		return (struct str){ NULL, 0 };
	if (c.is_rooted)
		c.to[c.n++] = '/';
	c.floor = c.n;
	while (rest.len) {
		(void)str_cut(rest, '/', &element, &rest);
		clean_add(&c, element);
	}
	result = c.n ? (struct str){ c.to, c.n } : STR(".");
	return str_eq(result, path) ? path : result;
}

struct str go_path_dir(struct arena *a, struct str path)
{
	return go_path_clean(a, str_head(path, (size_t)(str_rfind_char(path, '/') + 1)));
}

struct str go_path_join(struct arena *a, struct str dir, struct str name)
{
	struct str both;

	if (dir.len == 0 || name.len == 0)
		both = dir.len ? dir : name;
	else
		both = arena_fmt(a, "%.*s/%.*s", STR_FMT(dir), STR_FMT(name));
	if (!both.ptr || both.len == 0)
		return both;
	return go_path_clean(a, both);
}
