/*
 * Report-time changes of a profile.
 *
 * Lives here: granularity, filters by name and by label, frames made of labels, pruning, scaling
 * (spec/profile.md 7.4, 7.7, 8.2-8.9).
 * Not here: the order in which a report applies them, notices, totals (analysis/);
 * combining profiles (profile/merge.h).
 *
 * They change p itself, which nobody else may see yet: a profile made by profile_derive(), or
 * one that was just decoded.  Changed columns are new arrays in p's arena; columns of
 * p->below are never written to.  After a failure (ERR_NOMEM, ERR_LIMIT, ERR_CANCELLED) p is good for
 * profile_free() only.
 *
 * Tables of locations, functions and mappings keep their rows.  Stacks and label sets may come
 * out equal to others, unused, or in another order than that of their first sample.
 */
#ifndef PROFILE_TRANSFORM_H
#define PROFILE_TRANSFORM_H

#include "base/regex.h"
#include "profile/label_units.h"
#include "profile/profile.h"

#include <stdbool.h>
#include <stdint.h>

/* What tells two frames apart (spec/profile.md 8.2). */
enum aggregate_flag {
	AGGREGATE_INLINES = 1 << 0,
	AGGREGATE_FUNCTION = 1 << 1,
	AGGREGATE_FILENAME = 1 << 2,
	AGGREGATE_LINE = 1 << 3,
	AGGREGATE_COLUMN = 1 << 4, /* without AGGREGATE_LINE columns go too */
	AGGREGATE_ADDRESS = 1 << 5,
};

/* Clears all that is not in `keep` (enum aggregate_flag).  Nothing is merged. */
bool profile_aggregate(struct profile *p, unsigned keep, struct error *err);

/* Which expressions matched something: for "... expression matched no samples". */
enum transform_match {
	MATCH_FOCUS = 1 << 0,
	MATCH_IGNORE = 1 << 1,
	MATCH_HIDE = 1 << 2,
	MATCH_SHOW = 1 << 3,
	MATCH_SHOW_FROM = 1 << 4,
	MATCH_TAGFOCUS = 1 << 5,
	MATCH_TAGIGNORE = 1 << 6,
	MATCH_TAGSHOW = 1 << 7,
	MATCH_TAGHIDE = 1 << 8,
	MATCH_TAGROOT = 1 << 9,
	MATCH_TAGLEAF = 1 << 10,
};

/* Any may be NULL; borrowed for the call. */
struct name_filter {
	const struct regex *focus, *ignore, *hide, *show;
};

/*
 * Keeps samples with a focused location and no ignored one, and takes hidden lines and locations
 * out of all stacks (8.6).  Adds to *matched what matched any location of the table, used
 * or not.
 */
bool profile_filter_names(struct profile *p, const struct name_filter *f, unsigned *matched,
			  struct error *err);

/* The outermost matching frame becomes the root; samples without one go (8.6).  NULL: nothing. */
bool profile_show_from(struct profile *p, const struct regex *show_from, unsigned *matched,
		       struct error *err);

/* The innermost frame whose simplified name matches becomes the leaf (8.6).  NULL: nothing. */
bool profile_prune_from(struct profile *p, const struct regex *prune_from, struct error *err);

/*
 * Applies p->drop_frames and p->keep_frames (8.4).  Expressions that do not compile
 * prune nothing, silently.
 */
bool profile_prune(struct profile *p, struct error *err);

/*
 * The name without what stands behind its first parenthesis, unless that belongs to
 * "(anonymous namespace)" or "operator()", and without one leading dot (8.3).  Part of name.
 */
struct str profile_simplified_name(struct str name);

/*
 * One expression of tagfocus or tagignore (8.7): a range of numbers for numeric labels, or regular
 * expressions for string labels.
 */
struct tag_filter;

/*
 * text is not empty; it is copied.  option names what is parsed, in errors.  NULL: ERR_USAGE
 * "parsing tagfocus regexp: ..." or for a number that is too large; ERR_NOMEM.  Free it with
 * tag_filter_free().
 */
struct tag_filter *tag_filter_new(const char *option, struct str text, struct error *err);

/* Harmless on NULL. */
void tag_filter_free(struct tag_filter *f);

/*
 * Whether it is a range, and then its text without the key, for the notice
 * "tagfocus:Interpreted '1kb:' as range, not regexp".  Borrowed from f.
 */
bool tag_filter_is_range(const struct tag_filter *f, struct str *range);

/* Keeps samples that match focus and not ignore; either may be NULL.  units: of p's keys. */
bool profile_filter_tags(struct profile *p, const struct tag_filter *focus, const struct tag_filter *ignore,
			 const struct label_units *units, unsigned *matched, struct error *err);

/* Removes labels whose key does not match show or matches hide (8.8); either may be NULL. */
bool profile_filter_label_keys(struct profile *p, const struct regex *show, const struct regex *hide,
			       unsigned *matched, struct error *err);

/*
 * Adds a frame for each of the label keys (8.9): at the root for those of `root`, at the leaf for
 * those of `leaf`.  Both are lists separated by commas, and may be empty.  unit is what
 * numeric values with a unit are scaled to: a unit, "minimum" or "auto".
 */
bool profile_add_tag_frames(struct profile *p, struct str root, struct str leaf, struct str unit,
			    unsigned *matched, struct error *err);

/* On all samples: key's string values become this one; or go. */
bool profile_set_label(struct profile *p, struct str key, struct str value, struct error *err);
bool profile_remove_label(struct profile *p, struct str key, struct error *err);

/*
 * Takes off the numeric labels of 0 without a unit, which legacy profiles have and an encoded profile cannot hold
 * (2.2).
 */
bool profile_drop_unstorable_labels(struct profile *p, struct error *err);

/*
 * Multiplies each column of values by its ratio and rounds half away from zero.  Samples whose
 * columns with a ratio other than 1 are all 0 then are dropped (7.4).
 */
bool profile_scale(struct profile *p, const double *ratio, struct error *err);

/* The same ratio for all columns: -1 negates. */
bool profile_scale_all(struct profile *p, double ratio, struct error *err);

/*
 * Of a difference whose sides are apart, the side that was subtracted: values below zero by their
 * size, 0 for others.
 */
bool profile_keep_subtracted(struct profile *p, struct error *err);

/*
 * Scales p so that the sum of each column is that of base (7.7).  ERR_USAGE when their types are
 * not the same.
 */
bool profile_normalize(struct profile *p, const struct profile *base, struct error *err);

#endif
