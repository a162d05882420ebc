/*
 * Units: what the numbers of a profile are worth, and how they are written.
 *
 * Lives here: the unit families, scaling, value labels, percentages, the choice of one unit
 * for a whole report (spec/profile.md 9, spec/reports.md 2).
 * Not here: which value is formatted, and columns (report/); durations in Go's own form
 * (base/golike.h).
 *
 * Unit names come from profiles and options: any bytes, any length, never cut here.
 */
#ifndef MEASURE_MEASURE_H
#define MEASURE_MEASURE_H

#include "base/arena.h"
#include "base/out.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct measure_family;
struct measure_unit;

/*
 * "From this unit to that one", with the names looked up once: for all values of a report.
 * Plain value; borrows the name `to`.
 */
struct measure_scaler {
	const struct measure_family *family; /* the one that knows `from`; NULL: none */
	const struct measure_unit *to;	     /* NULL: chosen for each value */
	double from_factor;
	double ratio;			     /* 1/divide_by, for labels only; 1: off */
	struct str suffix;		     /* without a family: what follows the number */
};

/*
 * to: a unit, or "minimum" or "auto" for the largest unit that leaves at least one.  A
 * unit of another family, or none at all, means the default unit of from's family.
 */
void measure_scaler_init(struct measure_scaler *s, struct str from, struct str to);

/* value in the target unit; *unit (may be NULL) gets its name: static, or s->suffix. */
double measure_scale_with(const struct measure_scaler *s, int64_t value, struct str *unit);

/*
 * The units that values may come out in, from the smallest, and how many of `from` each is; one
 * alone when the target is a unit, or from is of no family.  *default_row: the one for values
 * below the smallest.
 */
enum {
	MEASURE_STEPS = 9,
};

struct measure_step {
	double factor;
	struct str unit; /* static, or s->suffix */
};

size_t measure_steps(const struct measure_scaler *s, struct measure_step to[MEASURE_STEPS], size_t *default_row);

/* Both steps for a single value. */
double measure_scale(int64_t value, struct str from, struct str to, struct str *unit);

/*
 * A value as text: at most two decimals, then the unit: "1.50us", "98.63MB", "5widgets".
 * What rounds to zero is "0" without a unit.
 */
enum {
	MEASURE_NUMBER_BYTES = 64, /* the longest, INT64_MAX P*GCU in n*GCU, has 47 */
};

struct measure_label {
	char number[MEASURE_NUMBER_BYTES]; /* n_number bytes, no NUL */
	size_t n_number;
	struct str unit; /* static, or borrowed from the scaler */
};

/* The label of int64(value * ratio); a ratio of 1, 0, below 0 or NaN leaves value as it is. */
void measure_label_with(const struct measure_scaler *s, int64_t value, struct measure_label *l);

static inline struct str measure_label_number(const struct measure_label *l)
{
	return (struct str){ l->number, l->n_number };
}

/* In code points, as columns are counted. */
size_t measure_label_width(const struct measure_label *l);

/* ptr NULL: no memory. */
struct str measure_label_text(struct arena *a, const struct measure_label *l);

void measure_label_write(struct out *o, const struct measure_label *l);

/* The label of value, right-aligned in width code points; 0: as it is. */
void measure_write(struct out *o, const struct measure_scaler *s, int64_t value, size_t width);

/*
 * |value/total| in percent, five columns or more and the sign: "33.33%", "  0.9%", "  100%";
 * a total of 0 gives "    0%".  The text is in to[]; it is not NUL-terminated.
 */
enum {
	MEASURE_PERCENT_BYTES = 32,
};

struct str measure_percentage(int64_t value, int64_t total, char to[MEASURE_PERCENT_BYTES]);

/* The same without the blanks in front. */
struct str measure_percentage_bare(int64_t value, int64_t total, char to[MEASURE_PERCENT_BYTES]);

/* |a - b| in b's unit (spec/reports.md 15.5). */
double measure_distance(int64_t a, struct str a_unit, int64_t b, struct str b_unit);

/* How many units `to` one unit `from` is: 1000 for ("us", "ns"). */
double measure_ratio(struct str from, struct str to);

/* Equal, or of one family (spec/profile.md 7.3). */
bool measure_is_compatible(struct str a, struct str b);

/*
 * The one unit of a report whose smallest and largest values are min and max, in place of
 * "minimum" (spec/profile.md 9.7); ratio as in the scaler.  is_callgrind takes the
 * smallest unit whatever the largest value is.  Static, or sample_unit itself.
 */
struct str measure_minimum_unit(int64_t min, int64_t max, double ratio, struct str sample_unit,
				bool is_callgrind);

#endif
