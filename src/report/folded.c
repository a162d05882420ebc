/*
 * folded: a line a stack, for inferno, flamegraph.pl, flamelens and others.
 *
 *	main.main;main.work;runtime.mallocgc 1200
 *
 * Lives here: the lines, in order of the profile, stacks with equal frames as one.  Of a comparison
 * two numbers: before and after.  Samples without a stack belong to "root".
 */
#include "config.h"

#include "report/report.h"

#include "base/term.h"
#include "flame/flame.h"

/* The lines to be. */
struct page {
	const struct report_input *in;
	struct arena arena;
	struct flame *f;
	struct str *name; /* by frame */
	struct out *out;
};

/* A semicolon becomes a colon; what ends lines or is obeyed by terminals, its stand-in. */
static struct str folded_name(struct arena *arena, struct str name)
{
	struct str safe = term_safe_text(arena, name);
	char *to;

	if (!safe.ptr || str_find_char(safe, ';') < 0)
		return safe;
	to = ARENA_ARRAY(arena, char, safe.len);
	for (size_t i = 0; to && i < safe.len; i++)
		to[i] = (char)(safe.ptr[i] == ';' ? ':' : safe.ptr[i]);
	return (struct str){ to, safe.len };
}

static bool name_frames(struct page *page)
{
	const struct flame *f = page->f;

	page->name = ARENA_ARRAY(&page->arena, struct str, f->n_frame);
	for (uint32_t i = 0; page->name && i < f->n_frame; i++) {
		page->name[i] = folded_name(&page->arena, f->frame[i].text);
		if (!page->name[i].ptr)
			return false;
	}
	return page->name != NULL;
}

static int64_t shown(const struct page *page, int64_t value, int64_t div)
{
	double ratio = page->in->ratio;

	value = div ? i64_div(value, div) : value;
	return ratio > 0 && ratio != 1 ? i64_from_double((double)value * ratio) : value;
}

static void write_stack(const struct page *page, uint32_t stack, const struct flame_sums *sums)
{
	struct flame_item walk = flame_walk(page->f, stack);
	struct out *out = page->out;
	bool is_first = true;
	uint32_t frame;

	for (; flame_walk_next(page->f, &walk, &frame); is_first = false) {
		if (!is_first)
			out_char(out, ';');
		out_str(out, page->name[frame]);
	}
	if (is_first)
		out_lit(out, "root");
	out_char(out, ' ');
	if (page->f->is_diff) {
		out_i64(out, shown(page, sums->minus, sums->div));
		out_char(out, ' ');
	}
	out_i64(out, shown(page, sums->plus, sums->div));
	out_char(out, '\n');
}

bool report_folded_write(const struct report_input *in, struct out *out, struct error *err)
{
	struct flame_options opt = report_flame_options(in);
	struct page page = { .in = in, .arena = ARENA_INIT, .out = out };
	struct flame_sums sums;
	bool ok = false;

	opt.merge_stacks = true;
	opt.is_inverted = false;
	page.f = flame_new(in->profile, &opt, err);
	if (page.f)
		ok = name_frames(&page) || error_nomem(err, "names");
	for (uint32_t i = 0; ok && i < in->profile->stack.n && !out_has_ended(out, i); i++)
		if (flame_stack(page.f, i, &sums))
			write_stack(&page, i, &sums);
	flame_free(page.f);
	arena_release(&page.arena);
	return ok;
}
