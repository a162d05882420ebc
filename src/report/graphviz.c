/*
 * gif, pdf, png, ps, svg, and what viewers are given: the call graph drawn by Graphviz.
 *
 * Lives here: running dot, and what the reference does to its SVG (spec/reports.md 15.7).
 * Not here: the DOT (report/dot.c), which viewer (shell/destination.c).
 */
#include "config.h"

#include "base/spawn.h"
#include "report/assets.h"
#include "report/report.h"

static const char how_to_get_it[] =
	" (Debian: apt install graphviz; -flamegraph draws without it.)";

static bool run_dot(const struct report_input *in, const char *format, struct out *drawing,
		    struct error *err)
{
	const char *const argv[] = { "dot", format, NULL };
	struct out dot;
	bool ok;

	out_open_memory(&dot);
	ok = report_dot_write(in, &dot, err);
	if (ok && dot.is_broken)
		ok = error_nomem(err, "drawing");
	if (ok && !spawn_filter(argv, out_text(&dot), drawing, err))
		ok = error_context(err, "failed to execute dot. Is Graphviz installed?%s Error: ",
				   err->code == ERR_NOTFOUND ? how_to_get_it : "");
	out_release(&dot);
	return ok;
}

static bool draw(const struct report_input *in, const char *format, struct out *out,
		 struct error *err)
{
	struct out drawing;
	struct str text;
	bool ok;

	out_open_memory(&drawing);
	ok = run_dot(in, format, &drawing, err);
	text = out_text(&drawing);
	if (ok && drawing.is_broken)
		ok = error_nomem(err, "drawing");
	if (ok)
		out_bytes(out, text.ptr, text.len);
	out_release(&drawing);
	return ok;
}

bool report_gif_write(const struct report_input *in, struct out *out, struct error *err)
{
	return draw(in, "-Tgif", out, err);
}

bool report_pdf_write(const struct report_input *in, struct out *out, struct error *err)
{
	return draw(in, "-Tpdf", out, err);
}

bool report_png_write(const struct report_input *in, struct out *out, struct error *err)
{
	return draw(in, "-Tpng", out, err);
}

bool report_ps_write(const struct report_input *in, struct out *out, struct error *err)
{
	return draw(in, "-Tps", out, err);
}

bool report_plain_svg_write(const struct report_input *in, struct out *out, struct error *err)
{
	return draw(in, "-Tsvg", out, err);
}

/* ---- SVG ---- */

/* Bytes of s that are as XML wants them: no control characters, none but UTF-8. */
static size_t xml_prefix(struct str s)
{
	size_t n = 0;

	while (n < s.len) {
		uint32_t r;
		size_t used = str_rune(str_from_offset(s, n), &r);

		if ((r == 0xfffd && used == 1) || r == 0xfffe || r == 0xffff ||
		    (r < 0x20 && r != '\t' && r != '\n' && r != '\r'))
			break;
		n += used;
	}
	return n;
}

/* Names pass through dot; what no XML may have becomes U+FFFD. */
static void write_valid(struct out *out, struct str s)
{
	while (s.len) {
		size_t n = xml_prefix(s);

		out_bytes(out, s.ptr, n);
		s = str_from_offset(s, n);
		if (!s.len)
			return;
		out_lit(out, "\xef\xbf\xbd");
		s = str_from_offset(s, 1);
	}
}

/* Some versions of dot write "&;" for a lone ampersand. */
static void write_part(struct out *out, struct str s)
{
	for (ptrdiff_t at; (at = str_find(s, STR("&;"))) >= 0;
	     s = str_from_offset(s, (size_t)at + 2)) {
		write_valid(out, str_head(s, (size_t)at));
		out_lit(out, "&amp;;");
	}
	write_valid(out, s);
}

/* Steps over ` name="..."`; false: it does not stand there. */
static bool skip_attribute(struct str *s, struct str name)
{
	struct str at = *s;
	ptrdiff_t quote;

	while (at.len &&
	       (at.ptr[0] == ' ' || at.ptr[0] == '\n' || at.ptr[0] == '\t' || at.ptr[0] == '\r'))
		at = str_from_offset(at, 1);
	if (!str_has_prefix(at, name))
		return false;
	at = str_from_offset(at, name.len);
	if (!str_has_prefix(at, STR("=\"")))
		return false;
	quote = str_find_char(str_from_offset(at, 2), '"');
	if (quote < 0)
		return false;
	*s = str_from_offset(at, (size_t)quote + 3);
	return true;
}

/* The opening tag with its size in place of dot's; *rest is what follows. */
static void write_opening(struct out *out, struct str svg, struct str *rest)
{
	ptrdiff_t tag = str_find(svg, STR("<svg"));
	struct str after;

	*rest = svg;
	if (tag < 0)
		return;
	after = str_from_offset(svg, (size_t)tag + 4);
	if (!skip_attribute(&after, STR("width")) || !skip_attribute(&after, STR("height")) ||
	    !skip_attribute(&after, STR("viewBox")))
		return;
	write_part(out, str_head(svg, (size_t)tag));
	out_lit(out, "<svg width=\"100%\" height=\"100%\"");
	*rest = after;
}

/* Offset of `<g id="graph0"` or another number; -1: there is none. */
static ptrdiff_t find_graph(struct str svg)
{
	struct str name = STR("<g id=\"graph");
	size_t from = 0;

	for (ptrdiff_t at; (at = str_find(str_from_offset(svg, from), name)) >= 0;
	     from += name.len) {
		char next;

		from += (size_t)at;
		next = from + name.len < svg.len ? svg.ptr[from + name.len] : '\0';
		if (next >= '0' && next <= '9')
			return (ptrdiff_t)from;
	}
	return -1;
}

static void massage(struct str svg, struct out *out)
{
	ptrdiff_t graph, end;
	struct str rest;

	write_opening(out, svg, &rest);
	graph = find_graph(rest);
	if (graph >= 0) {
		write_part(out, str_head(rest, (size_t)graph));
		out_lit(out, "<script type=\"text/ecmascript\"><![CDATA[\n");
		out_bytes(out, asset_panzoom_js.ptr, asset_panzoom_js.len);
		out_lit(out,
			"]]></script>"
			"<g id=\"viewport\" transform=\"scale(0.5,0.5) translate(0,0)\">");
		rest = str_from_offset(rest, (size_t)graph);
	}
	end = graph >= 0 ? str_find(rest, STR("</svg>")) : -1;
	if (end >= 0) {
		write_part(out, str_head(rest, (size_t)end));
		out_lit(out, "</g>");
		rest = str_from_offset(rest, (size_t)end);
	}
	write_part(out, rest);
}

bool report_svg_write(const struct report_input *in, struct out *out, struct error *err)
{
	struct out drawing;
	bool ok;

	out_open_memory(&drawing);
	ok = run_dot(in, "-Tsvg", &drawing, err);
	if (ok && drawing.is_broken)
		ok = error_nomem(err, "drawing");
	if (ok)
		massage(out_text(&drawing), out);
	out_release(&drawing);
	return ok;
}
