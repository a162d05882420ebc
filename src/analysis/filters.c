/*
 * Filters: compiled from the options and applied in the reference's order.
 *
 * Lives here: spec/profile.md 8.5, and what is said when an expression matched nothing.
 * Not here: what a filter does to a profile (profile/transform.h).
 */
#include "config.h"

#include "analysis/internal.h"

#include "profile/transform.h"

/* Compiled filters; all may be NULL. */
struct filters {
	struct regex *focus, *ignore, *hide, *show, *show_from, *prune_from, *tagshow, *taghide;
	struct tag_filter *tagfocus, *tagignore;
};

static bool compile(struct regex **re, const struct options *o, enum option_id id, struct error *err)
{
	struct str text = o->value[id].text;

	if (!text.len)
		return true;
	*re = regex_compile(text, err);
	return *re || error_context(err, "parsing %s regexp: ", option_table[id].name);
}

static bool compile_tags(struct tag_filter **f, const struct options *o, enum option_id id, struct out *notice,
			 struct error *err)
{
	const char *name = option_table[id].name;
	struct str text = o->value[id].text, range;

	if (!text.len)
		return true;
	*f = tag_filter_new(name, text, err);
	if (!*f)
		return false;
	if (tag_filter_is_range(*f, &range)) {
		out_fmt(notice, "%s:Interpreted '", name);
		out_str(notice, range);
		out_lit(notice, "' as range, not regexp\n");
	}
	return true;
}

static bool compile_all(struct filters *f, const struct options *o, struct out *notice, struct error *err)
{
	return compile(&f->focus, o, OPT_FOCUS, err) && compile(&f->ignore, o, OPT_IGNORE, err) &&
	       compile(&f->hide, o, OPT_HIDE, err) && compile(&f->show, o, OPT_SHOW, err) &&
	       compile(&f->show_from, o, OPT_SHOW_FROM, err) &&
	       compile_tags(&f->tagfocus, o, OPT_TAGFOCUS, notice, err) &&
	       compile_tags(&f->tagignore, o, OPT_TAGIGNORE, notice, err) &&
	       compile(&f->prune_from, o, OPT_PRUNE_FROM, err);
}

static void filters_release(struct filters *f)
{
	regex_free(f->focus);
	regex_free(f->ignore);
	regex_free(f->hide);
	regex_free(f->show);
	regex_free(f->show_from);
	regex_free(f->prune_from);
	regex_free(f->tagshow);
	regex_free(f->taghide);
	tag_filter_free(f->tagfocus);
	tag_filter_free(f->tagignore);
}

/* "Focus expression matched no samples", for those of asked that are set and matched nothing. */
static void tell_unmatched(const struct options *o, unsigned asked, unsigned matched, struct out *notice)
{
	static const struct {
		enum option_id id;
		unsigned match;
		const char *name;
	} row[] = {
		{ OPT_FOCUS, MATCH_FOCUS, "Focus" },
		{ OPT_IGNORE, MATCH_IGNORE, "Ignore" },
		{ OPT_HIDE, MATCH_HIDE, "Hide" },
		{ OPT_SHOW, MATCH_SHOW, "Show" },
		{ OPT_SHOW_FROM, MATCH_SHOW_FROM, "ShowFrom" },
		{ OPT_TAGFOCUS, MATCH_TAGFOCUS, "TagFocus" },
		{ OPT_TAGIGNORE, MATCH_TAGIGNORE, "TagIgnore" },
		{ OPT_TAGSHOW, MATCH_TAGSHOW, "TagShow" },
		{ OPT_TAGHIDE, MATCH_TAGHIDE, "TagHide" },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		if (row[i].match & asked & ~matched && o->value[row[i].id].text.len)
			out_fmt(notice, "%s expression matched no samples\n", row[i].name);
}

static bool filter_samples(struct analysis_view *v, const struct filters *f, const struct options *o,
			   struct out *notice, struct error *err)
{
	const struct name_filter names = { f->focus, f->ignore, f->hide, f->show };
	struct profile *p = v->profile;
	unsigned matched = 0;

	if (!profile_filter_names(p, &names, &matched, err) || !profile_show_from(p, f->show_from, &matched, err) ||
	    !profile_filter_tags(p, f->tagfocus, f->tagignore, &v->label_units, &matched, err))
		return false;
	tell_unmatched(o, ~(unsigned)(MATCH_TAGSHOW | MATCH_TAGHIDE), matched, notice);
	return true;
}

/*
 * These two are compiled only now: what the others have to say comes before the error of a wrong one, and
 * so does what tagshow has to say before that of taghide.
 */
static bool filter_label_keys(struct profile *p, struct filters *f, const struct options *o, struct out *notice,
			      struct error *err)
{
	unsigned matched = 0;

	if (!compile(&f->tagshow, o, OPT_TAGSHOW, err) || !profile_filter_label_keys(p, f->tagshow, NULL, &matched, err))
		return false;
	tell_unmatched(o, MATCH_TAGSHOW, matched, notice);
	if (!compile(&f->taghide, o, OPT_TAGHIDE, err) || !profile_filter_label_keys(p, NULL, f->taghide, &matched, err))
		return false;
	tell_unmatched(o, MATCH_TAGHIDE, matched, notice);
	return true;
}

bool analysis_filter(struct analysis_view *v, const struct options *o, struct out *notice, struct error *err)
{
	struct filters f = { .focus = NULL };
	bool ok = compile_all(&f, o, notice, err) && filter_samples(v, &f, o, notice, err) &&
		  filter_label_keys(v->profile, &f, o, notice, err) &&
		  profile_prune_from(v->profile, f.prune_from, err);

	filters_release(&f);
	return ok;
}

bool analysis_tag_frames(struct analysis_view *v, const struct options *o, struct out *notice, struct error *err)
{
	struct str root = o->value[OPT_TAGROOT].text, leaf = o->value[OPT_TAGLEAF].text;
	unsigned matched = 0;

	if (!root.len && !leaf.len)
		return true;
	if (!profile_add_tag_frames(v->profile, root, leaf, o->value[OPT_UNIT].text, &matched, err))
		return false;
	if (root.len && !(matched & MATCH_TAGROOT))
		out_lit(notice, "TagRoot expression matched no samples\n");
	if (leaf.len && !(matched & MATCH_TAGLEAF))
		out_lit(notice, "TagLeaf expression matched no samples\n");
	return true;
}

bool analysis_active_filters(struct analysis_view *v, const struct options *o, struct error *err)
{
	static const enum option_id id[] = { OPT_FOCUS,	   OPT_IGNORE,	  OPT_HIDE,    OPT_SHOW,   OPT_SHOW_FROM,
					     OPT_TAGFOCUS, OPT_TAGIGNORE, OPT_TAGSHOW, OPT_TAGHIDE };
	enum { N = sizeof(id) / sizeof(id[0]) };
	struct str *line = ARENA_ARRAY(&v->arena, struct str, N);
	size_t n = 0;

	if (!line)
		return error_nomem(err, "filters");
	for (size_t i = 0; i < N; i++) {
		if (!o->value[id[i]].text.len)
			continue;
		line[n] = arena_fmt(&v->arena, "%s=%.*s", option_table[id[i]].name, STR_FMT(o->value[id[i]].text));
		if (!line[n++].ptr)
			return error_nomem(err, "filters");
	}
	v->in.active_filter = line;
	v->in.n_active_filter = n;
	return true;
}
