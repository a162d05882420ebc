/*
 * Text inside a markup.
 *
 * Lives here: for each markup, what stands for a code point that may not stand for itself.
 */
#include "config.h"

#include "base/markup.h"

#include <stdint.h>

#define REPLACEMENT STR("\xef\xbf\xbd")

enum { ESCAPE_BYTES = 8 };

/* What to write for rune; ptr NULL: itself.  is_bad: a byte that is not UTF-8. */
typedef struct str escape_fn(uint32_t rune, bool is_bad, char to[ESCAPE_BYTES]);

static const struct str itself = { NULL, 0 };

static void escape_all(struct out *o, struct str s, escape_fn *escape)
{
	size_t plain = 0; /* bytes in front of s that need nothing */

	while (plain < s.len) {
		char to[ESCAPE_BYTES];
		uint32_t r;
		size_t n = str_rune(str_from_offset(s, plain), &r);
		struct str e = escape(r, r == 0xfffd && n == 1, to);

		if (!e.ptr) {
			plain += n;
			continue;
		}
		out_str(o, str_head(s, plain));
		out_bytes(o, e.ptr, e.len);
		s = str_from_offset(s, plain + n);
		plain = 0;
	}
	out_str(o, s);
}

/* Char of XML 1.0. */
static bool is_xml(uint32_t r)
{
	return r >= 0x20 ? r != 0xfffe && r != 0xffff : r == '\t' || r == '\n' || r == '\r';
}

static struct str escape_xml_text(uint32_t r, bool is_bad, char to[ESCAPE_BYTES])
{
	(void)to;
	switch (r) {
	case '&':
		return STR("&amp;");
	case '<':
		return STR("&lt;");
	case '>':
		return STR("&gt;");
	case '\r':
		return STR("&#13;");
	default:
		return is_bad || !is_xml(r) ? REPLACEMENT : itself;
	}
}

static struct str escape_xml_attr(uint32_t r, bool is_bad, char to[ESCAPE_BYTES])
{
	switch (r) {
	case '"':
		return STR("&#34;");
	case '\'':
		return STR("&#39;");
	case '\t':
		return STR("&#9;");
	case '\n':
		return STR("&#10;");
	default:
		return escape_xml_text(r, is_bad, to);
	}
}

static struct str escape_html(uint32_t r, bool is_bad, char to[ESCAPE_BYTES])
{
	(void)is_bad;
	(void)to;
	switch (r) {
	case '\0':
		return REPLACEMENT;
	case '&':
		return STR("&amp;");
	case '<':
		return STR("&lt;");
	case '>':
		return STR("&gt;");
	case '"':
		return STR("&#34;");
	case '\'':
		return STR("&#39;");
	case '+':
		return STR("&#43;");
	default:
		return itself;
	}
}

static struct str escape_dot(uint32_t r, bool is_bad, char to[ESCAPE_BYTES])
{
	(void)is_bad;
	(void)to;
	switch (r) {
	case '\0':
		return REPLACEMENT;
	case '\\':
		return STR("\\\\");
	case '"':
		return STR("\\\"");
	case '\n':
		return STR("\\l");
	default:
		return itself;
	}
}

static struct str escape_json(uint32_t r, bool is_bad, char to[ESCAPE_BYTES])
{
	switch (r) {
	case '"':
		return STR("\\\"");
	case '\\':
		return STR("\\\\");
	case '\n':
		return STR("\\n");
	case '\r':
		return STR("\\r");
	case '\t':
		return STR("\\t");
	default:
		break;
	}
	if (is_bad)
		return REPLACEMENT;
	/* What could end a script or a line of one, and what XML around it may not have. */
	if (is_xml(r) && r != '<' && r != '>' && r != '&' && r != 0x2028 && r != 0x2029 && r != 0x7f)
		return itself;
	to[0] = '\\';
	to[1] = 'u';
	for (int i = 5; i > 1; i--, r >>= 4)
		to[i] = "0123456789abcdef"[r & 15];
	return (struct str){ to, 6 };
}

void xml_text(struct out *o, struct str s)
{
	escape_all(o, s, escape_xml_text);
}

void xml_attr(struct out *o, struct str s)
{
	escape_all(o, s, escape_xml_attr);
}

void html_text(struct out *o, struct str s)
{
	escape_all(o, s, escape_html);
}

void dot_string(struct out *o, struct str s)
{
	escape_all(o, s, escape_dot);
}

void json_string(struct out *o, struct str s)
{
	out_lit(o, "\"");
	escape_all(o, s, escape_json);
	out_lit(o, "\"");
}

void markup_pattern(struct out *o, struct str s)
{
	out_char(o, '^');
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] && strchr("\\.+*?()|[]{}^$", s.ptr[i]))
			out_char(o, '\\');
		out_char(o, s.ptr[i]);
	}
	out_char(o, '$');
}

static bool needs_quotes(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '"' || s.ptr[i] == ',' || s.ptr[i] == '\n' || s.ptr[i] == '\r')
			return true;
	return str_trim(s).len != s.len;
}

void csv_text(struct out *o, struct str s)
{
	struct str head;

	if (!needs_quotes(s)) {
		out_str(o, s);
		return;
	}
	out_char(o, '"');
	while (str_cut(s, '"', &head, &s)) {
		out_str(o, head);
		out_lit(o, "\"\"");
	}
	out_str(o, head);
	out_char(o, '"');
}
