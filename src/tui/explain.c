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

/* One page under way. */
struct page {
	struct app *app;
	struct ui *ui;
	struct out *out;
	const struct report_input *in;
	const struct measure_scaler *scaler;
	int64_t total;
};

/* Begins with the name; false: there is no profile to speak of. */
static bool begin(struct page *p, struct app *a, struct ui *ui, struct str name,
		  const struct measure_scaler *scaler, int64_t total)
{
	struct error err = ERROR_INIT;

	*p = (struct page){ .app = a, .ui = ui, .scaler = scaler, .total = total };
	p->in = app_input(a, &err);
	if (!p->in) {
		ui_error(ui, &err);
		return false;
	}
	p->out = ui_page_start(ui, "What the numbers say", STR("explain"));
	out_str(p->out, name);
	out_lit(p->out, "\n\n");
	return true;
}

static void write_number(const struct page *p, int64_t value)
{
	struct measure_label l;

	measure_label_with(p->scaler, value, &l);
	measure_label_write(p->out, &l);
}

static void write_share(const struct page *p, int64_t value, int64_t whole)
{
	char percent[MEASURE_PERCENT_BYTES];

	out_str(p->out, measure_percentage_bare(value, whole, percent));
}

/* "flat 1.2s (10% of the total)\n  is the CPU time" */
static void write_value(const struct page *p, const char *what, int64_t value)
{
	out_fmt(p->out, "%s ", what);
	write_number(p, value);
	out_lit(p->out, " (");
	write_share(p, value, p->total);
	out_lit(p->out, " of the total)\n  is the ");
	out_str(p->out, noun_of(p->in));
}

/* Does anything leave samples or frames out? */
static bool has_filters(const struct app *a)
{
	enum option_id id[APP_FILTERS];
	size_t n = app_filters(a, id);

	while (n && !(option_table[id[n - 1]].flags & OPTION_FILTERS))
		n--;
	return n > 0;
}

static void write_total(const struct page *p)
{
	out_lit(p->out, "\nThe total is ");
	write_number(p, p->total);
	if (p->app->arguments->diff_base.v.n)
		out_lit(p->out, ": that of the profile that was subtracted.\n");
	else if (app_options(p->app)->value[OPT_RELATIVE_PERCENTAGES].is_set)
		out_lit(p->out, ": all that the filters leave.\n");
	else if (has_filters(p->app))
		out_lit(p->out, ": that of the whole profile, whatever the filters leave of it;\n"
				":relative_percentages=true makes it what they leave.\n");
	else
		out_lit(p->out, ": that of the whole profile.\n");
}

/* What there is to say of any number; inlined: a sentence, or NULL. */
static void finish(const struct page *p, int64_t value, const char *inlined)
{
	write_total(p);
	if (app_is_diff(p->app))
		out_lit(p->out, "\nValues are differences: above zero there is more than before, below zero less.\n");
	else if (value < 0)
		out_lit(p->out, "\nA value below zero is less than in the profile that was subtracted.\n");
	if (inlined)
		out_fmt(p->out, "\n%s\n", inlined);
	if (p->in->is_mean)
		out_lit(p->out, "\nmean is on: each value is divided by its own number in the first sample type, and so\n"
			    "shares may be over 100%.\n");
	ui_page_show(p->ui);
}

void explain_function(struct app *a, struct ui *ui, const struct explain_function *f)
{
	static const char *const inlined[] = {
		[REPORT_INLINED] = "The compiler put the function into its callers everywhere (inline): it is\n"
				   "no call any more, but its instructions still count as its own.",
		[REPORT_PARTLY_INLINED] = "The compiler put the function into some of its callers "
					  "(partial-inline).",
	};
	struct page p;

	if (!begin(&p, a, ui, f->name, f->scaler, f->total))
		return;
	write_value(&p, "flat", f->flat);
	out_lit(p.out, " of the function itself, without what it called.\n\n");
	write_value(&p, "cum ", f->cum);
	out_lit(p.out, " of the function together with all it called.\n"
		       "\nA function that stands several times in a stack (recursion) counts once.\n");
	finish(&p, f->flat < 0 ? f->flat : f->cum, inlined[f->inlined]);
}

void explain_path(struct app *a, struct ui *ui, const struct explain_path *f)
{
	struct page p;

	if (!begin(&p, a, ui, f->name, f->scaler, f->total))
		return;
	write_value(&p, "cum ", f->cum);
	out_str(p.out, f->is_inverted ? STR(" that was spent on this one path: in the functions that stand before it,\n"
					    "  which it called, or in itself where none does")
				      : STR(" of the function together with all it called, on this one path:\n"
					    "  where it was called by the functions above it"));
	out_fmt(p.out, ".  The same function on other\n  paths has %s of its own.\n\n", f->is_box ? "boxes" : "rows");
	write_share(&p, f->cum, f->parent_cum);
	out_fmt(p.out, " of %s on this path.\n", f->is_inverted ? "what stands before it" : "its caller");
	if (!f->is_inverted) {
		out_char(p.out, '\n');
		write_value(&p, "flat", f->flat);
		out_lit(p.out, " that was spent in the function itself.\n");
	}
	finish(&p, f->flat < 0 && !f->is_inverted ? f->flat : f->cum,
	       f->is_inlined ? "The compiler put the function into its caller here (inline)." : NULL);
}

void explain_line(struct app *a, struct ui *ui, const struct explain_line *f)
{
	struct page p;

	if (!begin(&p, a, ui, f->name, f->scaler, f->total))
		return;
	if (f->line)
		out_fmt(p.out, "line %lld\n\n", (long long)f->line);
	write_value(&p, "flat", f->flat);
	if (f->line)
		out_lit(p.out, " of the line itself, without what it called.\n\n");
	else
		out_lit(p.out, " of its lines, without what they called.\n\n");
	write_value(&p, "cum ", f->cum);
	out_lit(p.out, " with all that was called there.\n\n");
	if (f->line)
		out_lit(p.out, "A line that stands several times in a stack (recursion) counts once.\n");
	else
		out_lit(p.out, "These are sums over the lines, as in the report `list`: a stack on which several\n"
			       "lines of the function stand (recursion) counts once for each.\n");
	finish(&p, f->flat < 0 ? f->flat : f->cum, NULL);
}

void explain_call(struct app *a, struct ui *ui, const struct explain_call *c)
{
	struct page p;

	if (!begin(&p, a, ui, c->caller, c->scaler, c->total))
		return;
	out_fmt(p.out, "calls %.*s\n\n", STR_FMT(c->callee));
	write_value(&p, "value", c->value);
	out_fmt(p.out, " of all stacks on which the one calls the other, with all that was called\n"
		       "  from there.  A stack with several such calls counts once.\n\n");
	write_share(&p, c->value, c->cum);
	out_fmt(p.out, " of the cum of %.*s, which is ", STR_FMT(c->centre));
	write_number(&p, c->cum);
	out_lit(p.out, ".\n");
	finish(&p, c->value,
	       c->is_inline ? "The compiler put the callee into the caller (inline)." : NULL);
}

void explain_stack(struct app *a, struct ui *ui, const struct explain_stack *s)
{
	struct page p;

	if (!begin(&p, a, ui, s->name, s->scaler, s->total))
		return;
	out_fmt(p.out, "This stack of %zu frames has\n\n", s->n_frame);
	write_value(&p, "value", s->value);
	out_lit(p.out, " of all samples that have these frames and no others, from the function that\n"
		       "  ran (the first) to the one where it began (the last).  Stacks are told apart by\n"
		       "  their frames; labels do not matter, those of all the samples are shown.\n");
	finish(&p, s->value, NULL);
}

void explain_label(struct app *a, struct ui *ui, const struct explain_label *l)
{
	struct page p;

	if (!begin(&p, a, ui, l->key, l->scaler, l->total))
		return;
	write_value(&p, "value", l->value);
	if (l->text.len)
		out_fmt(p.out, " of all samples whose label %.*s is %.*s.\n", STR_FMT(l->key), STR_FMT(l->text));
	else
		out_fmt(p.out, " of all samples that have a label %.*s, whatever its value.\n", STR_FMT(l->key));
	out_lit(p.out, "\nLabels are what the program said of its work; a sample may have several, and\n"
		       "one without any is in no row.\n");
	finish(&p, l->value, NULL);
}
