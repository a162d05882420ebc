/*
 * Whether two profiles are the same to the last row.
 *
 * Lives here: for decoders that go different ways to one result.
 */
#ifndef TESTS_SAME_PROFILE_H
#define TESTS_SAME_PROFILE_H

#include "profile/profile.h"

#include <string.h>

#define SAME_COLUMN(p, q, column, n) \
	((n) == 0 || memcmp((p)->column, (q)->column, (n) * sizeof(*(p)->column)) == 0)

static inline bool same_strings(const struct profile *p, const struct profile *q)
{
	bool same = strtab_count(&p->strings) == strtab_count(&q->strings);

	for (str_id i = 0; same && i < strtab_count(&p->strings); i++)
		same = str_eq(profile_text(p, i), profile_text(q, i));
	return same;
}

static inline bool same_samples(const struct profile *p, const struct profile *q)
{
	bool same = p->n_sample_type == q->n_sample_type && p->sample.n == q->sample.n && p->stack.n == q->stack.n &&
		    p->label_set.n == q->label_set.n && SAME_COLUMN(p, q, sample_type, p->n_sample_type) &&
		    SAME_COLUMN(p, q, sample.stack_row, p->sample.n) && SAME_COLUMN(p, q, sample.label_set_row, p->sample.n) &&
		    SAME_COLUMN(p, q, stack.start, p->stack.n) && SAME_COLUMN(p, q, stack.len, p->stack.n) &&
		    SAME_COLUMN(p, q, label_set.start, p->label_set.n) && SAME_COLUMN(p, q, label_set.len, p->label_set.n);
	size_t n_frame = 0, n_label = 0;

	for (uint32_t i = 0; same && i < p->n_sample_type; i++)
		same = SAME_COLUMN(p, q, sample.value[i], p->sample.n);
	for (uint32_t i = 0; same && i < p->stack.n; i++)
		n_frame += p->stack.len[i];
	for (uint32_t i = 0; same && i < p->label_set.n; i++)
		n_label += p->label_set.len[i];
	for (size_t i = 0; same && i < n_label; i++) {
		const struct label *a = &p->label_set.label[i], *b = &q->label_set.label[i];

		same = a->num == b->num && a->key == b->key && a->text == b->text && a->flags == b->flags;
	}
	return same && SAME_COLUMN(p, q, stack.location_row, n_frame);
}

static inline bool same_tables(const struct profile *p, const struct profile *q)
{
	bool same = p->location.n == q->location.n && p->line.n == q->line.n && p->function.n == q->function.n &&
		    p->n_mapping == q->n_mapping && SAME_COLUMN(p, q, location.id, p->location.n) &&
		    SAME_COLUMN(p, q, location.address, p->location.n) && SAME_COLUMN(p, q, location.mapping_row, p->location.n) &&
		    SAME_COLUMN(p, q, location.line_start, p->location.n) && SAME_COLUMN(p, q, location.n_line, p->location.n) &&
		    SAME_COLUMN(p, q, location.is_folded, p->location.n) && SAME_COLUMN(p, q, line.function_row, p->line.n) &&
		    SAME_COLUMN(p, q, line.line, p->line.n) && SAME_COLUMN(p, q, line.column, p->line.n) &&
		    SAME_COLUMN(p, q, function.id, p->function.n) && SAME_COLUMN(p, q, function.name, p->function.n) &&
		    SAME_COLUMN(p, q, function.system_name, p->function.n) &&
		    SAME_COLUMN(p, q, function.filename, p->function.n) && SAME_COLUMN(p, q, function.start_line, p->function.n);

	for (uint32_t i = 0; same && i < p->n_mapping; i++) {
		const struct mapping *a = &p->mapping[i], *b = &q->mapping[i];

		same = a->id == b->id && a->start == b->start && a->limit == b->limit && a->offset == b->offset &&
		       a->filename == b->filename && a->build_id == b->build_id && a->flags == b->flags;
	}
	return same;
}

static inline bool same_header(const struct profile *p, const struct profile *q)
{
	return p->drop_frames == q->drop_frames && p->keep_frames == q->keep_frames && p->time_nanos == q->time_nanos &&
	       p->duration_nanos == q->duration_nanos && p->period_type.type == q->period_type.type &&
	       p->period_type.unit == q->period_type.unit && p->period == q->period && p->n_comment == q->n_comment &&
	       SAME_COLUMN(p, q, comment, p->n_comment) && p->default_sample_type == q->default_sample_type &&
	       p->doc_url == q->doc_url;
}

static inline bool same_profile(const struct profile *p, const struct profile *q)
{
	return same_strings(p, q) && same_samples(p, q) && same_tables(p, q) && same_header(p, q);
}

#endif
