/*
 * Where Go's syntax of regular expressions differs from RE2's.
 *
 * Lives here: one walk over the pattern that knows escapes, quotes, classes and groups.
 */
#include "config.h"

#include "base/regex_go.h"

enum {
	REPEAT_LARGEST = 1000,
	CLASS_NAME_BYTES = 32, /* the longest that is rewritten */
};

struct walk {
	struct regex_go *g;
	struct str rest; /* of the pattern */
	struct str written, original; /* of regex_go_original(): looked for, found */
	size_t depth;
	bool is_in_class;
};

/* Unicode categories by their long names, as Go compares them: letters only, lower case. */
static const struct {
	const char *alias, *name;
} categories[] = {
	{ "closepunctuation", "Pe" }, { "cntrl", "Cc" }, { "combiningmark", "M" },
	{ "connectorpunctuation", "Pc" }, { "control", "Cc" }, { "currencysymbol", "Sc" },
	{ "dashpunctuation", "Pd" }, { "decimalnumber", "Nd" }, { "digit", "Nd" },
	{ "enclosingmark", "Me" }, { "finalpunctuation", "Pf" }, { "format", "Cf" },
	{ "initialpunctuation", "Pi" }, { "letter", "L" }, { "letternumber", "Nl" },
	{ "lineseparator", "Zl" }, { "lowercaseletter", "Ll" }, { "mark", "M" },
	{ "mathsymbol", "Sm" }, { "modifierletter", "Lm" }, { "modifiersymbol", "Sk" },
	{ "nonspacingmark", "Mn" }, { "number", "N" }, { "openpunctuation", "Ps" },
	{ "other", "C" }, { "otherletter", "Lo" }, { "othernumber", "No" },
	{ "otherpunctuation", "Po" }, { "othersymbol", "So" }, { "paragraphseparator", "Zp" },
	{ "privateuse", "Co" }, { "punct", "P" }, { "punctuation", "P" }, { "separator", "Z" },
	{ "spaceseparator", "Zs" }, { "spacingmark", "Mc" }, { "surrogate", "Cs" },
	{ "symbol", "S" }, { "titlecaseletter", "Lt" }, { "uppercaseletter", "Lu" },
};

/* Copies n bytes of the pattern as they are. */
static void copy(struct walk *w, size_t n)
{
	struct str part = str_head(w->rest, n);

	out_bytes(&w->g->text, part.ptr, part.len);
	w->rest = str_from_offset(w->rest, part.len);
}

static bool stands_on_bad_byte(const struct walk *w)
{
	return w->rest.len && str_utf8_prefix(str_head(w->rest, 4)) == 0;
}

static bool fault(struct walk *w, const char *words, struct str fragment)
{
	w->g->fault = words;
	w->g->fragment = fragment;
	return false;
}

/*
 * The name for RE2 of a class that Go knows in any case and with any separators; to[] holds
 * it.  A name that RE2 may know as it is comes back unchanged.
 */
static struct str class_name(struct str name, char to[CLASS_NAME_BYTES])
{
	size_t n = 0;

	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if (c == ' ' || c == '_' || c == '-')
			continue;
		if (n == CLASS_NAME_BYTES || (unsigned char)c >= 0x80)
			return name;
		to[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	for (size_t i = 0; i < sizeof(categories) / sizeof(categories[0]); i++)
		if (str_eq(str_from(categories[i].alias), (struct str){ to, n }))
			return str_from(categories[i].name);
	/* Old_Italic, as RE2 writes it; Go has no other way for a name of two words. */
	if (n == 0 || (n != name.len && name.ptr[0] >= 'A' && name.ptr[0] <= 'Z'))
		return name;
	if (to[0] >= 'a' && to[0] <= 'z')
		to[0] = (char)(to[0] - 32);
	return (struct str){ to, n };
}

static void write_class(struct walk *w, bool is_negated, struct str name)
{
	if (str_eq(name, STR("Ascii"))) {
		/* Fits into [] of a class as well. */
		if (!w->is_in_class)
			out_lit(&w->g->text, "[");
		if (is_negated)
			out_lit(&w->g->text, "\\x80-\\x{10ffff}");
		else
			out_lit(&w->g->text, "\\x00-\\x7f");
		if (!w->is_in_class)
			out_lit(&w->g->text, "]");
		return;
	}
	if (is_negated)
		out_lit(&w->g->text, "\\P{");
	else
		out_lit(&w->g->text, "\\p{");
	out_bytes(&w->g->text, name.ptr, name.len);
	out_lit(&w->g->text, "}");
}

/* \p{Letter} \pl \P{^greek}: the walk stands on the backslash.  False at a fault. */
static bool step_class_name(struct walk *w)
{
	bool is_negated = w->rest.ptr[1] == 'P';
	struct str name = str_from_offset(w->rest, 2), original = w->rest;
	char to[CLASS_NAME_BYTES];
	size_t start = w->g->text.n;

	if (name.len && name.ptr[0] == '{') {
		ptrdiff_t close = str_find_char(name, '}');

		if (close < 0 && str_utf8_prefix(name) == name.len)
			return fault(w, "invalid character class range", original);
		original = str_head(original, close < 0 ? 0 : (size_t)close + 3);
		name = close < 0 ? STR_EMPTY : str_head(str_from_offset(name, 1), (size_t)close - 1);
	} else if (name.len) {
		uint32_t r;

		name = str_head(name, str_rune(name, &r));
		original = str_head(original, 2 + name.len);
	}
	if (original.len > 4 && name.len && name.ptr[0] == '^') {
		is_negated = !is_negated;
		name = str_from_offset(name, 1);
	}
	if (name.len == 0 || str_utf8_prefix(name) < name.len) {
		copy(w, 2);
		return true;
	}
	if (str_eq(name, class_name(name, to))) {
		copy(w, original.len);
		return true;
	}
	write_class(w, is_negated, class_name(name, to));
	if (!w->original.len && str_eq(str_from_offset(out_text(&w->g->text), start), w->written))
		w->original = original;
	w->rest = str_from_offset(w->rest, original.len);
	return true;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* \Q...\E: as it is. */
static bool step_quote(struct walk *w)
{
	ptrdiff_t end = str_find(w->rest, STR("\\E"));
	struct str quoted = end < 0 ? w->rest : str_head(w->rest, (size_t)end);
	size_t valid = str_utf8_prefix(quoted);

	if (valid < quoted.len)
		return fault(w, "invalid UTF-8", str_from_offset(quoted, valid));
	copy(w, end < 0 ? quoted.len : quoted.len + 2);
	return true;
}

/* An escape outside and inside of classes; false at a fault. */
static bool step_escape(struct walk *w)
{
	struct str two = str_head(w->rest, 2);
	size_t n = 1;
	uint32_t r;

	if (str_eq(two, STR("\\p")) || str_eq(two, STR("\\P")))
		return step_class_name(w);
	if (str_eq(two, STR("\\C")))
		return fault(w, "invalid escape sequence", two);
	if (str_eq(two, STR("\\Q")) && !w->is_in_class)
		return step_quote(w);
	/* \x{3b1}: up to what is no digit, which RE2 shows when it is not the brace. */
	if (str_has_prefix(w->rest, STR("\\x{")))
		for (n = 3; n < w->rest.len && is_hex(w->rest.ptr[n]);)
			n++;
	copy(w, n);
	if (w->rest.len && !stands_on_bad_byte(w))
		copy(w, str_rune(w->rest, &r));
	return true;
}

/* [^]a[:alpha:]\p{Letter}-z]: the walk stands on the opening bracket. */
static bool step_class(struct walk *w)
{
	w->g->open_class = w->rest;
	copy(w, 1);
	if (w->rest.len && w->rest.ptr[0] == '^')
		copy(w, 1);
	w->is_in_class = true;
	for (bool is_first = true; w->rest.len && !stands_on_bad_byte(w); is_first = false) {
		ptrdiff_t end = -1;
		uint32_t r;

		if (w->rest.ptr[0] == ']' && !is_first) {
			copy(w, 1);
			break;
		}
		if (w->rest.ptr[0] == '\\') {
			if (!step_escape(w))
				return false;
			continue;
		}
		if (str_has_prefix(w->rest, STR("[:")))
			end = str_find(str_from_offset(w->rest, 2), STR(":]"));
		copy(w, end < 0 ? str_rune(w->rest, &r) : (size_t)end + 4);
	}
	w->is_in_class = false;
	return true;
}

static bool is_word(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z'))
			return false;
	}
	return s.len > 0;
}

/* (?P<name> or (?<name>, open bytes before the name. */
static bool step_name(struct walk *w, size_t open)
{
	ptrdiff_t close = str_find_char(w->rest, '>');
	struct str group = close < 0 ? w->rest : str_head(w->rest, (size_t)close + 1);
	struct str name = close < 0 ? group : str_head(group, (size_t)close);
	size_t valid = str_utf8_prefix(name);

	if (group.len == open)
		return fault(w, "invalid or unsupported Perl syntax", str_head(group, 3));
	if (valid < name.len)
		return fault(w, "invalid UTF-8", str_from_offset(name, valid));
	if (close < 0 || !is_word(str_from_offset(name, open)))
		return fault(w, "invalid named capture", group);
	/* RE2 has but one way to write it. */
	out_lit(&w->g->text, "(?P<n>");
	w->rest = str_from_offset(w->rest, group.len);
	return true;
}

static bool is_flag(char c)
{
	return c == 'i' || c == 'm' || c == 's' || c == 'U' || c == '-';
}

/* (  (?:  (?i)  (?P<name>  (?<name> */
static bool step_group(struct walk *w)
{
	size_t open = str_has_prefix(w->rest, STR("(?P<")) ? 4
		      : str_has_prefix(w->rest, STR("(?<")) ? 3 : 0;
	uint32_t r;

	if (open || !str_has_prefix(w->rest, STR("(?"))) {
		w->depth++;
		if (w->g->depth < w->depth)
			w->g->depth = w->depth;
	}
	if (open)
		return step_name(w, open);
	if (!str_has_prefix(w->rest, STR("(?"))) {
		copy(w, 1);
		return true;
	}
	/* The flags and what ends them, which RE2 shows when it is wrong. */
	copy(w, 2);
	while (w->rest.len && is_flag(w->rest.ptr[0]))
		copy(w, 1);
	if (w->rest.len && !stands_on_bad_byte(w))
		copy(w, str_rune(w->rest, &r));
	return true;
}

/* The number at *at as it may stand in {n,m}, cut at a ceiling; false when there is none. */
static bool repeat_number(struct str s, size_t *at, unsigned *n)
{
	size_t start = *at;

	*n = 0;
	for (; *at < s.len && s.ptr[*at] >= '0' && s.ptr[*at] <= '9'; ++*at)
		if (*n <= REPEAT_LARGEST)
			*n = *n * 10 + (unsigned)(s.ptr[*at] - '0');
	return *at > start && (*at - start == 1 || s.ptr[start] != '0');
}

/* {n} {n,} {n,m} at the front of s: its length, and whether a number is too large; else 0. */
static size_t repeat_length(struct str s, bool *is_too_large)
{
	unsigned min, max = 0;
	size_t at = 1;

	if (!repeat_number(s, &at, &min))
		return 0;
	if (at < s.len && s.ptr[at] == ',') {
		at++;
		if (at < s.len && s.ptr[at] != '}' && !repeat_number(s, &at, &max))
			return 0;
	}
	*is_too_large = min > REPEAT_LARGEST || max > REPEAT_LARGEST;
	return at < s.len && s.ptr[at] == '}' ? at + 1 : 0;
}

/* A repetition, or braces that are text.  RE2 takes numbers of many digits for text. */
static bool step_brace(struct walk *w)
{
	bool is_too_large;
	size_t n = repeat_length(w->rest, &is_too_large);

	if (n && is_too_large)
		return fault(w, "invalid repeat count", str_head(w->rest, n));
	copy(w, n ? n : 1);
	return true;
}

static bool step(struct walk *w)
{
	uint32_t r;

	if (stands_on_bad_byte(w))
		return fault(w, "invalid UTF-8", w->rest);
	switch (w->rest.ptr[0]) {
	case '\\':
		return step_escape(w);
	case '[':
		return step_class(w);
	case '(':
		return step_group(w);
	case '{':
		return step_brace(w);
	case ')':
		if (w->depth)
			w->depth--;
		break;
	default:
		break;
	}
	copy(w, str_rune(w->rest, &r));
	return true;
}

void regex_go_rewrite(struct regex_go *g, struct str pattern)
{
	struct walk w = { .g = g, .rest = pattern };

	out_open_memory(&g->text);
	g->fault = NULL;
	g->fragment = STR_EMPTY;
	g->open_class = STR_EMPTY;
	g->depth = 0;
	while (w.rest.len && step(&w))
		;
}

struct str regex_go_original(struct str pattern, struct str written)
{
	struct regex_go g;
	struct walk w = { .g = &g, .rest = pattern, .written = written };

	g.depth = 0;
	out_open_memory(&g.text);
	while (w.rest.len && !w.original.len && step(&w))
		;
	out_release(&g.text);
	return w.original.len ? w.original : written;
}
