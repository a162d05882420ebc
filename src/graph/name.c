/*
 * Function names: their short form, and the package that they belong to.
 *
 * Lives here: the reference's patterns, matched by hand: they run once a name and its shape is
 * up to the input, so no step looks at a byte more than a few times.
 */
#include "config.h"

#include "graph/name.h"

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
	return is_lower(c) || is_upper(c) || is_digit(c) || c == '_';
}

/* The byte at an offset; a NUL, which no pattern has, past the end. */
static char at(struct str s, size_t i)
{
	return i < s.len ? s.ptr[i] : '\0';
}

static size_t skip_words(struct str s, size_t i)
{
	while (is_word(at(s, i)))
		i++;
	return i;
}

/* Offset behind the N of a /vN at i with N of 2 or more and . or / behind it; else 0. */
static size_t version_end(struct str s, size_t i)
{
	size_t digits = i + 2, end = digits;

	if (at(s, i) != '/' || at(s, i + 1) != 'v' || !is_digit(at(s, digits)))
		return 0;
	while (is_digit(at(s, end)))
		end++;
	if (at(s, digits) == '0' || (end - digits == 1 && at(s, digits) < '2'))
		return 0;
	return at(s, end) == '.' || at(s, end) == '/' ? end : 0;
}

/* foo/v4.F -> foo.F */
static struct str cut_version(struct arena *a, struct str name)
{
	size_t end = 0, i = 0;

	if (str_find_char(name, '\n') >= 0)
		return name;
	for (; i < name.len && !end; i++)
		end = version_end(name, i);
	if (!end)
		return name;
	return arena_fmt(a, "%.*s%.*s", STR_FMT(str_head(name, i - 1)),
			 STR_FMT(str_from_offset(name, end)));
}

/* s up to the first line end at `from` or later. */
static struct str first_line_from(struct str s, size_t from)
{
	struct str tail = str_from_offset(s, from);
	ptrdiff_t line_end = str_find_char(tail, '\n');

	return line_end < 0 ? s : str_head(s, from + (size_t)line_end);
}

/*
 * example.com/some-path/pkg.F: behind as many segments as leave a name, a dot and one byte
 * more.  Empty when it is not so.
 */
static struct str short_go(struct str name)
{
	size_t segment = 0, best = 0; /* where it starts; the last that left enough */
	size_t dot = 0, best_dot = 0; /* the first dot from there on */

	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if (is_word(c) || c == '-' || c == '.')
			continue;
		if (c != '/' || i == segment)
			break;
		segment = i + 1;
		while (dot < name.len && (dot < segment || name.ptr[dot] != '.'))
			dot++;
		if (dot > segment && dot + 1 < name.len && name.ptr[dot + 1] != '\n') {
			best = segment;
			best_dot = dot;
		}
	}
	return best ? str_from_offset(first_line_from(name, best_dot + 1), best) : STR_EMPTY;
}

/* java.util.List$Node.next(int): packages are small, classes large, methods small. */
static struct str short_java(struct str name)
{
	size_t start = 0, i;

	while (is_lower(at(name, start))) {
		i = skip_words(name, start);
		if (at(name, i) != '.')
			return STR_EMPTY;
		start = i + 1;
	}
	if (!is_upper(at(name, start)))
		return STR_EMPTY;
	for (i = start; is_word(at(name, i)) || at(name, i) == '$';)
		i++;
	if (at(name, i++) != '.')
		return STR_EMPTY;
	if (str_has_prefix(str_from_offset(name, i), STR("<init>")))
		i += STR("<init>").len;
	else if (is_lower(at(name, i)))
		while (is_word(at(name, i)) || at(name, i) == '$')
			i++;
	else
		return STR_EMPTY;
	if (i < name.len && name.ptr[i] != '(')
		return STR_EMPTY;
	return str_from_offset(str_head(name, i), start);
}

/* Offset behind Class::~method<T> at `start`; 0 when something else is there. */
static size_t method_end(struct str name, size_t start)
{
	size_t i = start, end;

	while (at(name, i) == '_')
		i++;
	if (!is_upper(at(name, i)))
		return 0;
	i = skip_words(name, i);
	if (!str_has_prefix(str_from_offset(name, i), STR("::")))
		return 0;
	i += 2;
	if (at(name, i) == '~')
		i++;
	end = skip_words(name, i);
	return end == i || is_digit(at(name, i)) ? 0 : end;
}

/* The template part at i, to the last > of the line. */
static size_t template_end(struct str name, size_t i)
{
	struct str line = first_line_from(name, i);
	ptrdiff_t close = str_rfind_char(line, '>');

	return at(line, i) == '<' && close > (ptrdiff_t)i ? (size_t)close + 1 : i;
}

/* ns::ns::Class::method<T>(...): behind as many namespaces as leave a class and a method. */
static struct str short_cxx(struct str name)
{
	size_t start = 0, best = 0, best_end = 0;

	for (;;) {
		size_t i = skip_words(name, start), end;

		if (i == start || is_digit(at(name, start)) ||
		    !str_has_prefix(str_from_offset(name, i), STR("::")))
			break;
		start = i + 2;
		end = method_end(name, start);
		if (end) {
			best = start;
			best_end = end;
		}
	}
	if (!best)
		return STR_EMPTY;
	return str_from_offset(str_head(name, template_end(name, best_end)), best);
}

struct str name_short(struct arena *a, struct str name)
{
	const struct str anonymous = STR("(anonymous namespace)::");
	struct str s = name;

	if (str_has_prefix(s, anonymous))
		s = str_from_offset(s, anonymous.len);
	s = cut_version(a, s);
	if (s.ptr && short_go(s).len)
		return short_go(s);
	if (s.ptr && short_java(s).len)
		return short_java(s);
	return s.ptr && short_cxx(s).len ? short_cxx(s) : s;
}

struct str name_package(struct str name)
{
	size_t start = (size_t)(str_rfind_char(name, '/') + 1), end = skip_words(name, start);

	if (end == start || str_find_char(str_head(name, start), '\n') >= 0)
		return STR_EMPTY;
	if (at(name, end) != '.' && !str_has_prefix(str_from_offset(name, end), STR("::")))
		return STR_EMPTY;
	return str_head(name, end);
}
