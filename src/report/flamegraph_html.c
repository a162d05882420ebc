/*
 * flamegraph=html: the flame graph and a table of all functions in one page.
 *
 * Lives here: the page.
 * Not here: the picture (report/flamegraph_svg.c), the rows (report/text.c), the scripts
 * (report/assets/).
 */
#include "config.h"

#include "base/markup.h"
#include "base/sort.h"
#include "report/assets.h"
#include "report/flamegraph.h"

#include <inttypes.h>

/* Functions in the table, the ones with the largest values; what is left out is said. */
enum { ROWS_MOST = 5000 };

struct page {
	struct flamegraph g;
	struct report_text *text;
	uint32_t *order; /* rows of text, by cum */
	size_t n_row;
	struct flamegraph_row *row;
};

static int by_cum(const void *ctx, uint32_t a, uint32_t b)
{
	const struct report_text *t = ctx;
	uint64_t x = (uint64_t)i64_abs(t->row[a].cum), y = (uint64_t)i64_abs(t->row[b].cum);

	return x > y ? -1 : x < y;
}

static bool choose_rows(struct page *p)
{
	struct flamegraph *g = &p->g;
	size_t n = p->text->n_row;

	p->order = ARENA_ARRAY(&g->arena, uint32_t, n);
	if (!p->order || n > UINT32_MAX)
		return false;
	for (size_t i = 0; i < n; i++)
		p->order[i] = (uint32_t)i;
	if (!sort_stable(p->order, n, by_cum, p->text))
		return false;
	p->n_row = n < ROWS_MOST ? n : ROWS_MOST;
	p->row = ARENA_ARRAY(&g->arena, struct flamegraph_row, p->n_row);
	for (size_t i = 0; p->row && i < p->n_row; i++) {
		const struct report_text_row *r = &p->text->row[p->order[i]];

		p->row[i] = (struct flamegraph_row){
			.name = flamegraph_name(g, r->name, STR_EMPTY),
			.flat = r->flat,
			.cum = r->cum,
		};
		if (p->row[i].name == STR_ID_NONE)
			return false;
	}
	return p->row != NULL;
}

static void write_fact(struct out *out, struct str fact)
{
	out_lit(out, "<span>");
	html_text(out, fact);
	out_lit(out, "</span>\n");
}

static void write_head(const struct page *p, struct out *out)
{
	const struct flamegraph *g = &p->g;

	out_lit(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		     "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
	html_text(out, g->title);
	out_lit(out, "</title>\n<style>\n");
	out_bytes(out, asset_flame_css.ptr, asset_flame_css.len);
	out_bytes(out, asset_page_css.ptr, asset_page_css.len);
	out_lit(out, "</style>\n</head>\n<body>\n<h1>");
	html_text(out, g->title);
	out_lit(out, "</h1>\n<div id=\"facts\">");
	for (size_t i = 0; i < g->facts.n; i++)
		write_fact(out, g->facts.line[i]);
	if (g->left_out.len)
		write_fact(out, g->left_out);
	if (p->n_row < p->text->n_row)
		out_fmt(out, "<span>The table has the %zu largest of %zu functions</span>\n",
			p->n_row, p->text->n_row);
	out_lit(out, "</div>\n");
	out_bytes(out, asset_controls_html.ptr, asset_controls_html.len);
}

static bool write_page(struct page *p, struct out *out, struct error *err)
{
	struct flamegraph *g = &p->g;
	uint32_t height = g->n_row * FLAMEGRAPH_ROW_PX;
	bool ok;

	write_head(p, out);
	out_fmt(out,
		"<div id=\"picture\">\n"
		"<div id=\"details\"><div id=\"frame\"></div><div id=\"figures\"></div></div>\n"
		"<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"flame\" width=\"%" PRIu32
		"\" height=\"%" PRIu32 "\" viewBox=\"0 0 %" PRIu32 " %" PRIu32
		"\">\n<g id=\"frames\">\n",
		g->width_px, height, g->width_px, height);
	ok = flamegraph_boxes(g, out, err);
	out_lit(out, "</g>\n</svg>\n</div>\n</div>\n"
		     "<script type=\"application/json\" id=\"flame-data\">");
	ok = ok && flamegraph_data(g, p->row, p->n_row, out, err);
	out_lit(out, "</script>\n<script>\n");
	out_bytes(out, asset_flame_js.ptr, asset_flame_js.len);
	out_lit(out, "</script>\n<script>\n");
	out_bytes(out, asset_page_js.ptr, asset_page_js.len);
	out_lit(out, "</script>\n</body>\n</html>\n");
	return ok;
}

bool report_flamegraph_html_write(const struct report_input *in, struct out *out, struct error *err)
{
	struct page p = { .text = report_text_rows(in, err) };
	struct str text;
	struct out page;
	bool ok;

	if (!p.text)
		return false;
	/* All of it or nothing: the page is there before its first byte goes out. */
	out_open_memory(&page);
	ok = flamegraph_init(&p.g, in, err);
	if (ok && !choose_rows(&p))
		ok = error_nomem(err, "flame graph");
	ok = ok && write_page(&p, &page, err);
	flamegraph_release(&p.g);
	report_text_free(p.text);
	text = out_text(&page);
	if (ok && page.is_broken)
		ok = error_nomem(err, "flame graph");
	if (ok)
		out_bytes(out, text.ptr, text.len);
	out_release(&page);
	return ok;
}
