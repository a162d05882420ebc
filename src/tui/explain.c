/*
 * Numbers in words.
 *
 * Lives here: sentences that say what a number of a view stands for, with its values.
 */
#include "config.h"

#include "tui/explain.h"

/* What a sample type counts, as the object of a sentence. */
static struct str noun_of(const struct report_input *in)
{
	static const struct {
		const char *type, *noun;
	} row[] = {
		{ "cpu", "CPU time" },
		{ "samples", "number of samples" },
		{ "alloc_space", "memory allocated since the start" },
		{ "alloc_objects", "number of objects allocated since the start" },
		{ "inuse_space", "memory still in use" },
		{ "inuse_objects", "number of objects still in use" },
		{ "delay", "time spent waiting" },
		{ "contentions", "number of waits" },
		{ "goroutine", "number of goroutines" },
		{ "wall", "time by the clock" },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		if (str_eq(in->type, str_from(row[i].type)))
			return str_from(row[i].noun);
	return in->type;
}

static void write_value(struct out *o, const struct measure_scaler *s, int64_t value, int64_t total)
{
	struct measure_label l;
	char percent[MEASURE_PERCENT_BYTES];

	measure_label_with(s, value, &l);
	measure_label_write(o, &l);
	out_lit(o, " (");
	out_str(o, measure_percentage_bare(value, total, percent));
	out_lit(o, " of the total)");
}

static void write_total(struct app *a, struct out *o, const struct measure_scaler *s, int64_t total)
{
	enum option_id id[APP_FILTERS];
	const struct options *opt = app_options(a);
	struct measure_label l;

	measure_label_with(s, total, &l);
	out_lit(o, "\nThe total is ");
	measure_label_write(o, &l);
	if (opt->value[OPT_RELATIVE_PERCENTAGES].is_set)
		out_lit(o, ": all that the filters leave.\n");
	else if (app_filters(a, id))
		out_lit(o, ": that of the whole profile, whatever the filters leave of it;\n"
			   ":relative_percentages=true makes it what they leave.\n");
	else
		out_lit(o, ": that of the whole profile.\n");
}

static void write_caveats(struct out *o, const struct report_input *in, const struct report_text_row *row)
{
	if (row->flat < 0 || row->cum < 0)
		out_lit(o, "\nA value below zero is less than in the profile that was subtracted.\n");
	if (row->inlined == REPORT_INLINED)
		out_lit(o, "\nThe compiler put the function into its callers everywhere (inline): it is\n"
			   "no call any more, but its instructions still count as its own.\n");
	else if (row->inlined == REPORT_PARTLY_INLINED)
		out_lit(o, "\nThe compiler put the function into some of its callers (partial-inline).\n");
	if (in->is_mean)
		out_lit(o, "\nmean is on: values are divided by the number in the first sample type.\n");
	out_lit(o, "\nA function that stands several times in a stack (recursion) counts once.\n");
}

void explain_row(struct app *a, struct ui *ui, const struct report_text_row *row,
		 const struct report_text *t)
{
	struct error err = ERROR_INIT;
	const struct report_input *in = app_input(a, &err);
	struct out *o;

	if (!in) {
		ui_error(ui, &err);
		return;
	}
	o = ui_page_start(ui, "What the numbers say");
	out_str(o, row->name);
	out_lit(o, "\n\nflat ");
	write_value(o, &t->scaler, row->flat, t->total);
	out_lit(o, "\n  is the ");
	out_str(o, noun_of(in));
	out_lit(o, " of the function itself, without what it called.\n\ncum  ");
	write_value(o, &t->scaler, row->cum, t->total);
	out_lit(o, "\n  is the ");
	out_str(o, noun_of(in));
	out_lit(o, " of the function together with all it called.\n");
	write_total(a, o, &t->scaler, t->total);
	write_caveats(o, in, row);
	ui_page_show(ui);
}

void explain_path(struct app *a, struct ui *ui, const struct explain_path *p)
{
	struct error err = ERROR_INIT;
	const struct report_input *in = app_input(a, &err);
	char share[MEASURE_PERCENT_BYTES];
	struct out *o;

	if (!in) {
		ui_error(ui, &err);
		return;
	}
	o = ui_page_start(ui, "What the numbers say");
	out_str(o, p->name);
	out_lit(o, "\n\ncum  ");
	write_value(o, p->scaler, p->cum, p->total);
	out_lit(o, "\n  is the ");
	out_str(o, noun_of(in));
	out_lit(o, " of the function together with all it called, on this one path:\n"
		   "  where it was called by the functions above it.  The same function on other\n"
		   "  paths has rows of its own.\n\n");
	out_str(o, measure_percentage_bare(p->cum, p->parent_cum, share));
	out_lit(o, " of its caller on this path.\n\nflat ");
	write_value(o, p->scaler, p->flat, p->total);
	out_lit(o, "\n  is what of it was spent in the function itself.\n");
	write_total(a, o, p->scaler, p->total);
	if (p->flat < 0 || p->cum < 0)
		out_lit(o, "\nA value below zero is less than in the profile that was subtracted.\n");
	if (p->is_inlined)
		out_lit(o, "\nThe compiler put the function into its caller here (inline).\n");
	if (in->is_mean)
		out_lit(o, "\nmean is on: values are divided by the number in the first sample type.\n");
	ui_page_show(ui);
}

void explain_stack(struct app *a, struct ui *ui, const struct explain_stack *p)
{
	struct error err = ERROR_INIT;
	const struct report_input *in = app_input(a, &err);
	struct out *o;

	if (!in) {
		ui_error(ui, &err);
		return;
	}
	o = ui_page_start(ui, "What the numbers say");
	out_str(o, p->name);
	out_fmt(o, "\n\nThis stack of %zu frames has\n\n", p->n_frame);
	write_value(o, p->scaler, p->value, p->total);
	out_lit(o, "\n  the ");
	out_str(o, noun_of(in));
	out_lit(o, " of all samples that have these frames and no others, from the function that\n"
		   "  ran (the first) to the one where it began (the last).  Stacks are told apart by\n"
		   "  their frames; labels do not matter, those of all the samples are shown.\n");
	write_total(a, o, p->scaler, p->total);
	if (p->value < 0)
		out_lit(o, "\nA value below zero is less than in the profile that was subtracted.\n");
	if (in->is_mean)
		out_lit(o, "\nmean is on: values are divided by the number in the first sample type.\n");
	ui_page_show(ui);
}
