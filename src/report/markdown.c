/*
 * markdown: the table of functions for a ticket.
 *
 * Lives here: the rows of report_text_rows() as a table of GitHub's Markdown.
 * Not here: the rows (report/text.c).
 */
#include "config.h"

#include "base/term.h"
#include "report/report.h"

/* The longest run of backticks in s. */
static size_t longest_ticks(struct str s)
{
	size_t longest = 0, run = 0;

	for (size_t i = 0; i < s.len; i++) {
		run = s.ptr[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

static void write_ticks(struct out *out, size_t n)
{
	while (n--)
		out_char(out, '`');
}

/* Text between backticks: only the end of the line and, in a cell, a bar would still be read. */
static void write_code_text(struct out *out, struct str s, bool is_cell)
{
	size_t used;

	for (; s.len; s = str_from_offset(s, used)) {
		char to[TERM_SAFE_LARGEST];
		size_t n = term_safe(s, false, to, &used);

		if (n)
			out_bytes(out, to, n);
		else if (is_cell && s.ptr[0] == '|')
			out_lit(out, "\\|");
		else
			out_bytes(out, s.ptr, used);
	}
}

/* A span of code with more backticks around it than in it. */
static void write_code(struct out *out, struct str s)
{
	size_t n = longest_ticks(s) + 1;

	write_ticks(out, n);
	if (n > 1)
		out_char(out, ' ');
	write_code_text(out, s, true);
	if (n > 1)
		out_char(out, ' ');
	write_ticks(out, n);
}

static void write_head(struct out *out, const struct report_text *t)
{
	size_t fence = 2;

	for (size_t i = 0; i < t->head.n; i++) {
		size_t n = longest_ticks(t->head.line[i]);

		fence = n > fence ? n : fence;
	}
	write_ticks(out, fence + 1);
	out_lit(out, "text\n");
	for (size_t i = 0; i < t->head.n; i++) {
		write_code_text(out, t->head.line[i], false);
		out_char(out, '\n');
	}
	write_ticks(out, fence + 1);
	out_lit(out, "\n\n");
}

static void write_value(struct out *out, const struct report_text *t, int64_t value, int64_t share)
{
	char percent[MEASURE_PERCENT_BYTES];
	struct measure_label l;

	measure_label_with(&t->scaler, value, &l);
	out_lit(out, "| ");
	out_str(out, measure_label_number(&l));
	write_code_text(out, l.unit, true);
	out_lit(out, " | ");
	out_str(out, measure_percentage_bare(share, t->total, percent));
	out_char(out, ' ');
}

static void write_row(struct out *out, const struct report_text *t,
		      const struct report_text_row *row, int64_t sum)
{
	static const char *const marker[] = { "", " (partial-inline)", " (inline)" };
	char percent[MEASURE_PERCENT_BYTES];

	write_value(out, t, row->flat, row->flat);
	out_lit(out, "| ");
	out_str(out, measure_percentage_bare(sum, t->total, percent));
	out_char(out, ' ');
	write_value(out, t, row->cum, row->cum);
	out_lit(out, "| ");
	write_code(out, row->name);
	out_str(out, str_from(marker[row->inlined]));
	out_lit(out, " |\n");
}

bool report_markdown_write(const struct report_input *in, struct out *out, struct error *err)
{
	struct report_text *t = report_text_rows(in, err);
	int64_t sum = 0;

	if (!t)
		return false;
	write_head(out, t);
	out_lit(out, "| flat | flat% | sum% | cum | cum% | function |\n"
		     "|---:|---:|---:|---:|---:|:---|\n");
	for (size_t i = 0; i < t->n_row; i++) {
		sum = i64_add(sum, t->row[i].flat);
		write_row(out, t, &t->row[i], sum);
	}
	report_text_free(t);
	return true;
}
