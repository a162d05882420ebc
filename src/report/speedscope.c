/*
 * speedscope: a JSON file for https://www.speedscope.app, with all sample types.
 *
 *	{"$schema":...,"shared":{"frames":[{"name":"main.f"},...]},
 *	 "profiles":[{"type":"sampled","samples":[[0,4,2],...],"weights":[10,...]},...]}
 *
 * Lives here: a profile a sample type, of a comparison two: before and after.
 */
#include "config.h"

#include "report/report.h"

#include "base/golike.h"
#include "base/markup.h"
#include "flame/flame.h"

#include <inttypes.h>

enum side {
	SIDE_ALL,
	SIDE_BEFORE,
	SIDE_AFTER,
};

/* All sample types; frames are the same in each. */
struct page {
	const struct report_input *in;
	struct arena arena;
	struct flame **flame; /* by sample type */
	struct out *out;
};

/* One side of one sample type. */
struct sheet {
	const struct page *page;
	const struct flame *f;
	enum side side;
	uint32_t n; /* stacks so far */
	int64_t sum;
};

/* What speedscope knows of units. */
static struct str unit_name(struct str unit)
{
	static const char *const known[] = { "nanoseconds", "microseconds", "milliseconds",
					     "seconds", "bytes" };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (measure_ratio(unit, str_from(known[i])) == 1 &&
		    measure_is_compatible(unit, str_from(known[i])))
			return str_from(known[i]);
	return STR("none");
}

static void write_frames(const struct page *page)
{
	const struct flame *f = page->flame[0];

	out_lit(page->out, "\"shared\":{\"frames\":[");
	for (uint32_t i = 0; i < f->n_frame; i++) {
		const struct flame_frame *frame = &f->frame[i];

		out_bytes(page->out, i ? ",\n" : "\n", i ? 2 : 1);
		out_lit(page->out, "{\"name\":");
		json_string(page->out, frame->text);
		if (frame->file) {
			out_lit(page->out, ",\"file\":");
			json_string(page->out, strtab_get(f->strings, frame->file));
		}
		if (frame->line > 0)
			out_fmt(page->out, ",\"line\":%" PRId64, frame->line);
		if (frame->line > 0 && frame->column > 0)
			out_fmt(page->out, ",\"col\":%" PRId64, frame->column);
		out_char(page->out, '}');
	}
	out_lit(page->out, "\n]},\n");
}

static int64_t weight_of(const struct sheet *sh, const struct flame_sums *sums)
{
	int64_t value = sh->side == SIDE_BEFORE ? sums->minus : sums->plus;
	double ratio = sh->page->in->ratio;

	return ratio > 0 && ratio != 1 ? i64_from_double((double)value * ratio) : value;
}

/* Calls write for each stack that weighs something on that side, and sums up. */
static void each_stack(struct sheet *sh,
		       void (*write)(const struct sheet *, uint32_t stack, int64_t weight))
{
	struct flame_sums sums;

	sh->n = 0;
	sh->sum = 0;
	for (uint32_t i = 0; i < sh->f->profile->stack.n; i++) {
		int64_t weight = flame_stack(sh->f, i, &sums) ? weight_of(sh, &sums) : 0;

		if (weight <= 0)
			continue;
		write(sh, i, weight);
		sh->n++;
		sh->sum = i64_add(sh->sum, weight);
	}
}

static void write_stack(const struct sheet *sh, uint32_t stack, int64_t weight)
{
	struct flame_item walk = flame_walk(sh->f, stack);
	struct out *out = sh->page->out;
	bool is_first = true;
	uint32_t frame;

	(void)weight;
	out_bytes(out, sh->n ? ",\n[" : "\n[", sh->n ? 3 : 2);
	for (; flame_walk_next(sh->f, &walk, &frame); is_first = false) {
		if (!is_first)
			out_char(out, ',');
		out_i64(out, frame);
	}
	out_char(out, ']');
}

static void write_weight(const struct sheet *sh, uint32_t stack, int64_t weight)
{
	(void)stack;
	if (sh->n)
		out_char(sh->page->out, ',');
	out_i64(sh->page->out, weight);
}

/* "cpu", "cpu (before)". */
static struct str side_title(struct page *page, struct str type, enum side side)
{
	static const char *const suffix[] = { "", " (before)", " (after)" };
	struct str title = arena_fmt(&page->arena, "%.*s%s", STR_FMT(type), suffix[side]);

	return side == SIDE_ALL || !title.ptr ? type : title;
}

static void write_side(struct page *page, uint32_t type_row, enum side side)
{
	const struct profile *p = page->in->profile;
	const struct value_type *type = &p->sample_type[type_row];
	struct sheet sh = { .page = page, .f = page->flame[type_row], .side = side };
	struct out *out = page->out;

	out_lit(out, "{\"type\":\"sampled\",\"name\":");
	json_string(out, side_title(page, profile_text(p, type->type), side));
	out_lit(out, ",\"unit\":");
	json_string(out, unit_name(profile_text(p, type->unit)));
	out_lit(out, ",\"startValue\":0,\"samples\":[");
	each_stack(&sh, write_stack);
	out_lit(out, "\n],\n\"weights\":[");
	each_stack(&sh, write_weight);
	out_fmt(out, "],\"endValue\":%" PRId64 "}", sh.sum);
}

static void write_page(struct page *page)
{
	const struct profile *p = page->in->profile;
	struct str file = p->n_mapping ? profile_text(p, p->mapping[0].filename) : STR_EMPTY;
	uint32_t n = 0, active = 0;

	out_lit(page->out,
		"{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\",\n");
	write_frames(page);
	out_lit(page->out, "\"profiles\":[\n");
	for (uint32_t i = 0; i < p->n_sample_type; i++) {
		bool is_diff = page->flame[i]->is_diff;

		if (i == page->in->value_index)
			active = n;
		for (int side = is_diff ? SIDE_BEFORE : SIDE_ALL;
		     side <= (is_diff ? SIDE_AFTER : SIDE_ALL); side++) {
			if (n++)
				out_lit(page->out, ",\n");
			write_side(page, i, (enum side)side);
		}
	}
	out_lit(page->out, "\n],\n\"name\":");
	json_string(page->out, file.len ? go_path_base(file) : STR("profile"));
	out_fmt(page->out, ",\"activeProfileIndex\":%" PRIu32 ",\"exporter\":\"%s\"}\n", active,
		PACKAGE_STRING);
}

static bool make_flames(struct page *page, struct error *err)
{
	const struct profile *p = page->in->profile;
	struct flame_options opt = report_flame_options(page->in);

	page->flame = ARENA_ZERO(&page->arena, struct flame *, p->n_sample_type);
	if (!page->flame)
		return error_nomem(err, "stacks");
	opt.is_mean = false;
	opt.is_inverted = false;
	opt.merge_stacks = true;
	for (uint32_t i = 0; i < p->n_sample_type; i++) {
		opt.value_index = i;
		page->flame[i] = flame_new(p, &opt, err);
		if (!page->flame[i])
			return false;
	}
	return true;
}

bool report_speedscope_write(const struct report_input *in, struct out *out, struct error *err)
{
	struct page page = { .in = in, .arena = ARENA_INIT, .out = out };
	bool ok = make_flames(&page, err);

	if (ok)
		write_page(&page);
	for (uint32_t i = 0; page.flame && i < in->profile->n_sample_type; i++)
		flame_free(page.flame[i]);
	arena_release(&page.arena);
	return ok;
}
