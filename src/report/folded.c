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

static bool is_plain(char c)
{
	return c >= 0x20 && c <= 0x7e && c != ';';
}

static bool is_all_plain(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_plain(s.ptr[i]))
			return false;
	return true;
}

/* A semicolon becomes a colon; what ends lines or is obeyed by terminals, its stand-in. */
static struct str folded_name(struct arena *arena, struct str name)
{
	char *to = ARENA_ARRAY(arena, char, name.len *TERM_SAFE_LARGEST);
	size_t n = 0, used;

	for (; to && name.len; name = str_from_offset(name, used)) {
		size_t len = term_safe(name, false, to + n, &used);

		if (!len) {
			len = used;
			memcpy(to + n, name.ptr, used);
		}
		if (to[n] == ';')
			to[n] = ':';
		n += len;
	}
	return (struct str){ to, n };
}

static bool name_frames(struct page *page)
{
	const struct flame *f = page->f;

	page->name = ARENA_ARRAY(&page->arena, struct str, f->n_frame);
	for (uint32_t i = 0; page->name && i < f->n_frame; i++) {
		page->name[i] = f->frame[i].text;
		if (!is_all_plain(page->name[i]))
			page->name[i] = folded_name(&page->arena, page->name[i]);
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
	for (uint32_t i = 0; ok && i < in->profile->stack.n; i++)
		if (flame_stack(page.f, i, &sums))
			write_stack(&page, i, &sums);
	flame_free(page.f);
	arena_release(&page.arena);
	return ok;
}
