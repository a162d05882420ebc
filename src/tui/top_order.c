/*
 * Top: the table of functions.
 *
 * Lives here: orders of its rows.
 */
#include "config.h"

#include "tui/top_view.h"

#include "base/arith.h"
#include "base/sort.h"

/* Larger sizes first, as in spec/reports.md 4; |INT64_MIN| is negative there and so last. */
static int by_size(int64_t a, int64_t b)
{
	int64_t x = i64_abs(a), y = i64_abs(b);

	return x > y ? -1 : x < y;
}

static int flat_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct report_text_row *x = (const struct report_text_row *)ctx + a;
	const struct report_text_row *y = (const struct report_text_row *)ctx + b;
	int c = by_size(x->flat, y->flat);

	c = c ? c : str_cmp(x->name, y->name);
	return c ? c : by_size(x->cum, y->cum);
}

static int cum_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct report_text_row *x = (const struct report_text_row *)ctx + a;
	const struct report_text_row *y = (const struct report_text_row *)ctx + b;
	int c = by_size(x->cum, y->cum);

	c = c ? c : str_cmp(x->name, y->name);
	return c ? c : by_size(x->flat, y->flat);
}

static int name_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct report_text_row *x = (const struct report_text_row *)ctx + a;
	const struct report_text_row *y = (const struct report_text_row *)ctx + b;

	return str_cmp(x->name, y->name);
}

bool top_is_usual_order(const struct table *t)
{
	return t->is_descending == (t->column[t->sort_column].align == ALIGN_RIGHT);
}

bool top_set_order(struct top *t, struct error *err)
{
	const struct report_text *r = t->rows;
	static sort_cmp *const cmp[N_COLUMNS] = { [COLUMN_FLAT] = flat_cmp,
						  [COLUMN_CUM] = cum_cmp,
						  [COLUMN_NAME] = name_cmp };
	int column = t->table.sort_column;
	bool is_natural = top_is_usual_order(&t->table);
	int64_t sum = 0;

	t->order.n = t->sum.n = 0;
	if (!vec_reserve(&t->order, r->n_row + 1) || !vec_reserve(&t->sum, r->n_row + 1))
		return error_nomem(err, "order of functions");
	for (size_t i = 0; i < r->n_row; i++)
		t->order.at[i] = (uint32_t)i;
	if (!sort_stable(t->order.at, r->n_row, cmp[column], r->row))
		return error_nomem(err, "order of functions");
	for (size_t i = 0; !is_natural && i < r->n_row / 2; i++) {
		uint32_t swap = t->order.at[i];

		t->order.at[i] = t->order.at[r->n_row - 1 - i];
		t->order.at[r->n_row - 1 - i] = swap;
	}
	for (size_t i = 0; i < r->n_row; i++) {
		sum = i64_add(sum, r->row[t->order.at[i]].flat);
		t->sum.at[i] = sum;
	}
	t->order.n = t->sum.n = r->n_row;
	return true;
}
