/*
 * Analysis: from a loaded profile and the user's options to something to show.
 *
 * Lives here: the order in which filters, totals and granularity apply (spec/reports.md 1), and the one
 * translation of options into what each floor below needs.
 * Not here: loading (load/); reports themselves; who asks (shell/, tui/).
 */
#ifndef ANALYSIS_ANALYSIS_H
#define ANALYSIS_ANALYSIS_H

#include "analysis/options.h"
#include "base/cancel.h"
#include "base/out.h"
#include "profile/profile.h"
#include "report/report.h"

#include <stdbool.h>

/*
 * A profile as one report sees it: filtered, with its values chosen.  Owns what `in` borrows, but
 * for the loaded profile and the options, which must outlive it.
 */
struct analysis_view {
	struct arena arena;
	struct profile *profile;
	struct regex *regex;
	struct label_units label_units;
	struct report_input in;
};

/*
 * Prepares p for a report by the options.  regex belongs to a report that takes one.  notice gets
 * what the user should know: expressions that matched nothing, labels with several units.  cancel is that
 * of what is made from the view too; it may be NULL, or must outlive the view.  False: ERR_USAGE in the
 * reference's words, ERR_NOMEM, ERR_CANCELLED; then there is nothing to release.
 */
bool analysis_view_init(struct analysis_view *v, const struct profile *p, const struct options *o,
			const struct report *r, struct str regex, struct out *notice,
			const struct cancel *cancel, struct error *err);
void analysis_view_release(struct analysis_view *v);

/*
 * A view, and the report from it to out, in the form that the options say.  When it fails, nothing was written, but
 * for ERR_CANCELLED: out's cancel is the report's too.
 */
bool analysis_report(const struct profile *p, const struct options *o, const struct report *r, struct str regex,
		     struct out *out, struct out *notice, struct error *err);

/*
 * Index of the sample type that the option names (spec/profile.md 8.10).  ERR_USAGE in the reference's
 * words.
 */
bool analysis_sample_index(const struct profile *p, struct str text, uint32_t *index, struct error *err);

#endif
