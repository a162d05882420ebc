/*
 * The line about the profile.
 *
 *	cpu.pb.gz  cpu 12.34s  focus=^main\.work$ x  hide=runtime x
 *
 * Lives here: its parts and where they stand.
 */
#include "config.h"

#include "tui/app.h"

#include <inttypes.h>
#include <stdio.h>

/* What is said when it is not as it was at the start; in the order of the pipeline. */
static const enum option_id filters[] = {
	OPT_TAGROOT, OPT_TAGLEAF,  OPT_FOCUS,	  OPT_IGNORE,	 OPT_HIDE,	OPT_SHOW,
	OPT_SHOW_FROM, OPT_PRUNE_FROM, OPT_TAGFOCUS, OPT_TAGIGNORE, OPT_TAGSHOW, OPT_TAGHIDE,
	OPT_GRANULARITY, OPT_NOINLINES, OPT_MEAN, OPT_RELATIVE_PERCENTAGES,
	OPT_DIVIDE_BY, OPT_DROP_NEGATIVE, OPT_NODECOUNT, OPT_NODEFRACTION,
};

enum {
	N_FILTERS = sizeof(filters) / sizeof(filters[0]),
	GAP = 2,
};

/* Functions, said or not, are what an entry is anyway. */
static bool is_default(const struct options *o, enum option_id id)
{
	return options_is_initial(o, id) ||
	       (id == OPT_GRANULARITY && str_eq(o->value[id].text, STR("functions")));
}

size_t app_filters(const struct app *a, enum option_id id[APP_FILTERS])
{
	size_t n = 0;

	_Static_assert((int)N_FILTERS <= (int)APP_FILTERS, "room");
	for (size_t i = 0; i < N_FILTERS; i++)
		if (!is_default(app_options(a), filters[i]))
			id[n++] = filters[i];
	return n;
}

enum { NUMBER_BYTES = 32 };

/* What stands behind the name; empty for what is just switched on. */
static struct str value_text(const struct app *a, enum option_id id, char number[NUMBER_BYTES])
{
	const union option_value *v = &app_options(a)->value[id];
	int n;

	if (option_table[id].type == OPTION_BOOL)
		return STR_EMPTY;
	if (option_table[id].type >= OPTION_TEXT)
		return v->text;
	if (option_table[id].type == OPTION_INT)
		n = snprintf(number, NUMBER_BYTES, "%" PRId64, v->integer);
	else
		n = snprintf(number, NUMBER_BYTES, "%g", v->number);
	return (struct str){ number, (size_t)n };
}

/* "focus=main", or only the name of what is just switched on. */
static int draw_filter(const struct app *a, struct area line, int col, enum option_id id)
{
	char number[NUMBER_BYTES];
	struct str value = value_text(a, id, number);
	int from = col;

	col += grid_text(line, 0, col, line.cols, str_from(option_table[id].name), AT_DIM);
	if (option_table[id].type != OPTION_BOOL) {
		col += grid_text(line, 0, col, line.cols, STR("="), AT_DIM);
		col += grid_text(line, 0, col, line.cols, value, AT_WARN);
	}
	col += grid_text(line, 0, col, line.cols, STR(" x"), AT_DIM);
	return col - from;
}

static int width_of_filter(const struct app *a, struct area line, enum option_id id)
{
	int n = grid_text_width(line.grid, str_from(option_table[id].name)) + 2;
	char number[NUMBER_BYTES];

	if (option_table[id].type != OPTION_BOOL)
		n += 1 + grid_text_width(line.grid, value_text(a, id, number));
	return n;
}

/* The text in front of the filters, cut to size. */
static struct str head_of(struct app *a, char *to, size_t size)
{
	struct error err = ERROR_INIT;
	const struct report_input *in = app_input(a, &err);
	struct measure_scaler scaler;
	struct measure_label label;
	int n;

	if (!in) {
		n = snprintf(to, size, "%.*s", STR_FMT(a->title));
	} else {
		app_scaler(in, &scaler);
		measure_label_with(&scaler, in->total, &label);
		n = snprintf(to, size, "%.*s  %.*s %.*s%.*s", STR_FMT(a->title), STR_FMT(in->type),
			     (int)label.n_number, label.number, STR_FMT(label.unit));
	}
	if (n < 0)
		n = 0;
	return (struct str){ to, (size_t)n < size ? (size_t)n : size - 1 };
}

void app_draw_crumbs(void *ctx, struct area line)
{
	struct app *a = ctx;
	enum option_id id[APP_FILTERS];
	size_t n = app_filters(a, id);
	char head[256];
	int col = 1;

	col += grid_text(line, 0, col, line.cols, head_of(a, head, sizeof(head)), AT_TITLE) + GAP;
	for (size_t i = 0; i < n; i++)
		col += draw_filter(a, line, col, id[i]) + GAP;
}

enum option_id app_crumb_at(struct app *a, struct area line, int at)
{
	enum option_id id[APP_FILTERS];
	size_t n = app_filters(a, id);
	char head[256];
	int col = 1 + grid_text_width(line.grid, head_of(a, head, sizeof(head))) + GAP;

	for (size_t i = 0; i < n; i++) {
		int width = width_of_filter(a, line, id[i]);

		if (at >= col && at < col + width)
			return id[i];
		col += width + GAP;
	}
	return OPTION_COUNT;
}
