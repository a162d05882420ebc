/*
 * Analysis, inside.
 *
 * Lives here: what the files of analysis/ share with nobody else.
 */
#ifndef ANALYSIS_INTERNAL_H
#define ANALYSIS_INTERNAL_H

#include "analysis/analysis.h"

/* values.c: sample type, unit, mean and divisor into v->in. */
bool analysis_choose_values(struct analysis_view *v, const struct options *o, struct error *err);
bool analysis_total(const struct report_input *in, int64_t *total, struct error *err);

/* filters.c: the name and label filters, and their notices. */
bool analysis_filter(struct analysis_view *v, const struct options *o, struct out *notice, struct error *err);
bool analysis_tag_frames(struct analysis_view *v, const struct options *o, struct out *notice, struct error *err);
bool analysis_active_filters(struct analysis_view *v, const struct options *o, struct error *err);

#endif
