/*
 * flamegraph: one interactive picture.
 *
 * Lives here: the SVG, right as it stands; where scripts run, one of its own draws the same boxes
 * again and lets them be zoomed and searched.
 * Not here: the script (report/assets/flame.js), what it reads (report/flamegraph_data.c).
 */
#include "config.h"

#include "base/arith.h"
#include "base/markup.h"
#include "base/width.h"
#include "graph/name.h"
#include "report/assets.h"
#include "report/flamegraph.h"

#include <inttypes.h>

/* In units of the layout. */
enum {
	PX = FLAMEGRAPH_UNITS_PER_PX,
	TITLED_UNITS = 12 * PX, /* wide enough for the pointer: an element with a tooltip */
	TEXT_UNITS = 30 * PX,   /* wide enough for some letters */
	RUN_UNITS = PX,         /* narrower neighbours are painted as one */
	GAP_UNITS = PX / 2,     /* between boxes that can be told apart */
	CHAR_UNITS = 726,       /* of a letter of 12 px, in the widest of the usual fonts */
};

/* Neighbours in one row, while they are too narrow to be told apart. */
struct run {
	uint32_t x, end, widest, class_row;
};

struct painter {
	struct flamegraph *g;
	struct arena scratch;
	struct run *run;                     /* by depth; empty where x == end */
	struct out path[FLAMEGRAPH_CLASSES]; /* narrow boxes of each class */
	struct out text;
	struct out *out;
};

/* Units as pixels, without zeros at the end. */
static void write_px(struct out *out, uint32_t units)
{
	uint32_t part = units % PX;

	out_i64(out, units / PX);
	if (!part)
		return;
	out_char(out, '.');
	out_char(out, (char)('0' + part / 10));
	if (part % 10)
		out_char(out, (char)('0' + part % 10));
}

static uint32_t left_of(uint32_t x)
{
	return x + FLAMEGRAPH_SIDE_PX * PX;
}

static uint32_t top_of(const struct painter *p, uint32_t depth)
{
	uint32_t row = p->g->in->flame_up ? p->g->n_row - 1 - depth : depth;

	return p->g->top_px + row * FLAMEGRAPH_ROW_PX;
}

static uint32_t drawn_width(uint32_t width)
{
	return width >= 2 * PX ? width - GAP_UNITS : width;
}

static void paint_path(struct painter *p, uint32_t class_row, uint32_t depth, uint32_t x,
		       uint32_t width)
{
	struct out *path = &p->path[class_row];

	out_char(path, 'M');
	write_px(path, left_of(x));
	out_char(path, ' ');
	out_i64(path, top_of(p, depth));
	out_char(path, 'h');
	write_px(path, width);
	out_fmt(path, "v%dh-", FLAMEGRAPH_BOX_PX);
	write_px(path, width);
	out_char(path, 'z');
}

static void end_run(struct painter *p, uint32_t depth)
{
	struct run *r = &p->run[depth];

	if (r->x != r->end)
		paint_path(p, r->class_row, depth, r->x, r->end - r->x);
	*r = (struct run){ 0 };
}

static void add_to_run(struct painter *p, const struct flame_box *b, uint32_t class_row)
{
	struct run *r = &p->run[b->depth];

	if (r->x != r->end && (r->end != b->x || r->end - r->x >= RUN_UNITS))
		end_run(p, b->depth);
	if (r->x == r->end)
		*r = (struct run){ .x = b->x };
	r->end = b->x + b->width;
	if (b->width > r->widest) {
		r->widest = b->width;
		r->class_row = class_row;
	}
}

/* "1.85s (22.76%)" */
static void write_value(const struct painter *p, int64_t value)
{
	const struct flamegraph *g = p->g;
	char percent[MEASURE_PERCENT_BYTES];
	struct measure_label l;

	measure_label_with(&g->scaler, value, &l);
	out_str(p->out, measure_label_number(&l));
	xml_text(p->out, l.unit);
	out_lit(p->out, " (");
	out_str(p->out, measure_percentage_bare(value, g->in->total, percent));
	out_char(p->out, ')');
}

static void write_tooltip(const struct painter *p, const struct flame_box *b)
{
	const struct flame_node *n;

	out_lit(p->out, "<title>");
	if (b->node_row == ROW_NONE) {
		out_fmt(p->out, "%" PRIu32 " narrow frame%s, merged", b->n_merged,
			b->n_merged == 1 ? "" : "s");
	} else {
		n = flame_at(p->g->f, b->node_row);
		xml_text(p->out, strtab_get(&p->g->names, flamegraph_node_name(p->g, n)));
		out_lit(p->out, "\n");
		write_value(p, flame_cum(n));
		if (p->g->f->is_diff) {
			out_lit(p->out, ", before ");
			write_value(p, n->minus);
			out_lit(p->out, ", after ");
			write_value(p, n->plus);
		}
		out_lit(p->out, ", flat ");
		write_value(p, flame_flat(n));
	}
	out_lit(p->out, "</title>");
}

static void paint_rect(struct painter *p, const struct flame_box *b, uint32_t class_row)
{
	out_fmt(p->out, "<rect class=\"%s\" x=\"", flamegraph_class_name(class_row));
	write_px(p->out, left_of(b->x));
	out_fmt(p->out, "\" y=\"%" PRIu32 "\" width=\"", top_of(p, b->depth));
	write_px(p->out, drawn_width(b->width));
	out_fmt(p->out, "\" height=\"%d\">", FLAMEGRAPH_BOX_PX);
	write_tooltip(p, b);
	out_lit(p->out, "</rect>\n");
}

/* As much of s as fits into so many letters' width, and a sign that there was more. */
static struct str fit(struct arena *arena, struct str s, size_t width)
{
	size_t n = 0, used = 0;

	if (str_width_cells(s) <= width)
		return s;
	while (n < s.len) {
		uint32_t rune;
		size_t step = str_rune(str_from_offset(s, n), &rune), cells = rune_width(rune);

		if (used + cells + 1 > width)
			break;
		used += cells;
		n += step;
	}
	return arena_fmt(arena, "%.*s\xe2\x80\xa6", (int)n, s.ptr);
}

/* The whole name, or its short form, or as much of that as fits. */
static bool paint_text(struct painter *p, const struct flame_box *b)
{
	struct flamegraph *g = p->g;
	size_t width = (b->width - 6 * PX) / CHAR_UNITS;
	struct str text =
		strtab_get(&g->names, flamegraph_node_name(g, flame_at(g->f, b->node_row)));

	if (str_width_cells(text) > width) {
		text = name_short(&p->scratch, text);
		text = text.ptr ? fit(&p->scratch, text, width) : text;
	}
	if (!text.ptr)
		return false;
	out_lit(&p->text, "<text x=\"");
	write_px(&p->text, left_of(b->x) + 3 * PX);
	out_fmt(&p->text, "\" y=\"%" PRIu32 "\">", top_of(p, b->depth) + FLAMEGRAPH_BOX_PX - 5);
	xml_text(&p->text, text);
	out_lit(&p->text, "</text>\n");
	return true;
}

static bool paint(struct painter *p, const struct flame_box *b)
{
	uint32_t class_row = flamegraph_class(p->g, b);

	if (b->width < RUN_UNITS) {
		if (b->width)
			add_to_run(p, b, class_row);
		return true;
	}
	end_run(p, b->depth);
	if (b->width < TITLED_UNITS)
		paint_path(p, class_row, b->depth, b->x, drawn_width(b->width));
	else
		paint_rect(p, b, class_row);
	return b->width < TEXT_UNITS || b->node_row == ROW_NONE || paint_text(p, b);
}

static void write_paths(struct painter *p)
{
	for (uint32_t i = 0; i < FLAMEGRAPH_CLASSES; i++) {
		struct str d = out_text(&p->path[i]);

		if (d.len) {
			out_fmt(p->out, "<path class=\"%s\" d=\"", flamegraph_class_name(i));
			out_bytes(p->out, d.ptr, d.len);
			out_lit(p->out, "\"/>\n");
		}
	}
}

bool flamegraph_boxes(struct flamegraph *g, struct out *out, struct error *err)
{
	struct painter p = { .g = g, .scratch = ARENA_INIT, .out = out };
	struct str text;
	bool ok;

	for (uint32_t i = 0; i < FLAMEGRAPH_CLASSES; i++)
		out_open_memory(&p.path[i]);
	out_open_memory(&p.text);
	p.run = ARENA_ZERO(&p.scratch, struct run, g->n_row);
	ok = p.run != NULL;
	for (size_t i = 0; ok && i < g->boxes.n; i++)
		ok = paint(&p, &g->boxes.at[i]);
	for (uint32_t i = 0; ok && i < g->n_row; i++)
		end_run(&p, i);
	write_paths(&p);
	text = out_text(&p.text);
	out_bytes(out, text.ptr, text.len);
	for (uint32_t i = 0; i < FLAMEGRAPH_CLASSES; i++)
		out_release(&p.path[i]);
	out_release(&p.text);
	arena_release(&p.scratch);
	return ok || error_nomem(err, "flame graph");
}

/* ---- the file around it ---- */

enum {
	TITLE_PX = 28,
	FACT_PX = 15,
	FACTS_MOST = 6,
	DETAILS_PX = 40, /* two lines and some air */
	MARGIN_PX = 10,
	CONTROLS_PX = 360, /* wide; in a picture less than two times so, in a row of their own */
	TITLE_CHAR_PX = 10,
};

static bool has_control_row(const struct flamegraph *g)
{
	return g->width_px < 2 * CONTROLS_PX;
}

/* Facts side by side, as many as fit in a line. */
static bool set_facts(const struct flamegraph *g, struct arena *arena, struct report_lines *lines)
{
	size_t width = (g->width_px - 2 * FLAMEGRAPH_SIDE_PX) * PX / CHAR_UNITS;
	struct str line = STR_EMPTY;

	lines->line = ARENA_ARRAY(arena, struct str, FACTS_MOST);
	for (size_t i = 0; lines->line && i < g->facts.n; i++) {
		struct str fact = fit(arena, g->facts.line[i], width), both;

		both = arena_fmt(arena, "%.*s%s%.*s", STR_FMT(line), line.len ? "  \xc2\xb7  " : "",
				 STR_FMT(fact));
		if (!fact.ptr || !both.ptr)
			return false;
		if (str_width_cells(both) > width) {
			if (lines->n < FACTS_MOST)
				lines->line[lines->n++] = line;
			both = fact;
		}
		line = both;
	}
	if (lines->line && line.len && lines->n < FACTS_MOST)
		lines->line[lines->n++] = line;
	return lines->line != NULL;
}

static void write_text(struct out *out, const char *class_name, uint32_t y, struct str text)
{
	out_fmt(out, "<text class=\"%s\" x=\"%d\" y=\"%" PRIu32 "\">", class_name,
		FLAMEGRAPH_SIDE_PX, y);
	xml_text(out, text);
	out_lit(out, "</text>\n");
}

static void write_start(const struct flamegraph *g, uint32_t height, struct out *out)
{
	out_lit(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	out_fmt(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"flame\" class=\"file\" "
		"width=\"%" PRIu32 "\" height=\"%" PRIu32 "\" viewBox=\"0 0 %" PRIu32 " %" PRIu32
		"\">\n<title>",
		g->width_px, height, g->width_px, height);
	xml_text(out, g->title);
	out_lit(out, "</title>\n<desc>");
	for (size_t i = 0; i < g->facts.n; i++) {
		xml_text(out, g->facts.line[i]);
		out_char(out, '\n');
	}
	out_lit(out, "</desc>\n<style>\n");
	out_bytes(out, asset_flame_css.ptr, asset_flame_css.len);
	out_lit(out, "</style>\n<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n");
}

/* What stays in sight when the boxes are scrolled, so it is painted over them. */
static bool write_head(struct flamegraph *g, const struct report_lines *facts, struct out *out)
{
	uint32_t y = g->controls_px + 24;
	uint32_t room = g->width_px - 2 * FLAMEGRAPH_SIDE_PX -
			(has_control_row(g) ? 0 : (uint32_t)CONTROLS_PX);
	struct str title = fit(&g->arena, g->title, room / TITLE_CHAR_PX);

	if (!title.ptr)
		return false;
	out_fmt(out,
		"<g id=\"head\">\n<rect class=\"ground\" width=\"100%%\" height=\"%" PRIu32 "\"/>\n",
		g->top_px - 4);
	write_text(out, "title", TITLE_PX - 8, title);
	for (size_t i = 0; i < facts->n; i++, y += FACT_PX)
		write_text(out, "fact", y + 10, facts->line[i]);
	out_fmt(out,
		"<g id=\"details\">\n<text class=\"frame\" id=\"frame\" x=\"%d\" y=\"%" PRIu32 "\">",
		FLAMEGRAPH_SIDE_PX, g->top_px - 24);
	xml_text(out, g->left_out);
	out_fmt(out,
		"</text>\n<text id=\"figures\" x=\"%d\" y=\"%" PRIu32 "\"></text>\n</g>\n</g>\n",
		FLAMEGRAPH_SIDE_PX, g->top_px - 9);
	return true;
}

static bool write_svg(struct flamegraph *g, struct out *out, struct error *err)
{
	struct report_lines facts = { .n = 0 };

	if (!set_facts(g, &g->arena, &facts))
		return error_nomem(err, "flame graph");
	g->controls_px = has_control_row(g) ? TITLE_PX : TITLE_PX - 24;
	g->top_px = g->controls_px + 24 + (uint32_t)facts.n * FACT_PX + DETAILS_PX;
	write_start(g, g->top_px + g->n_row * FLAMEGRAPH_ROW_PX + MARGIN_PX, out);
	out_lit(out, "<g id=\"frames\">\n");
	if (!flamegraph_boxes(g, out, err))
		return false;
	out_lit(out, "</g>\n");
	if (!write_head(g, &facts, out))
		return error_nomem(err, "flame graph");
	out_lit(out, "<metadata id=\"flame-data\">");
	if (!flamegraph_data(g, NULL, 0, out, err))
		return false;
	out_lit(out, "</metadata>\n<script><![CDATA[\n");
	out_bytes(out, asset_flame_js.ptr, asset_flame_js.len);
	out_lit(out, "]]></script>\n</svg>\n");
	return true;
}

bool report_flamegraph_write(const struct report_input *in, struct out *out, struct error *err)
{
	struct flamegraph g;
	struct out page;
	struct str text;
	bool ok = flamegraph_init(&g, in, err);

	/* All of it or nothing: the page is there before its first byte goes out. */
	out_open_memory(&page);
	ok = ok && write_svg(&g, &page, err);
	flamegraph_release(&g);
	text = out_text(&page);
	if (ok && page.is_broken)
		ok = error_nomem(err, "flame graph");
	if (ok)
		out_bytes(out, text.ptr, text.len);
	out_release(&page);
	return ok;
}
