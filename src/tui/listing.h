/*
 * The source of one function, as rows.
 *
 * Lives here: which functions a name means, their lines with values, what is said where there is
 * no source, what lines call, which of them are hot.
 * Not here: drawing (tui/listing_draw.c), keys and history (tui/listing_view.h), the numbers (report/list.c).
 *
 * A listing has a section for each function and file.  Rows are worked out when they are asked
 * for: none is stored.
 */
#ifndef TUI_LISTING_H
#define TUI_LISTING_H

#include "analysis/analysis.h"
#include "report/report.h"
#include "tui/app.h"

#include <stdbool.h>
#include <stdint.h>

enum listing_kind {
	LISTING_HEAD, /* the function, its file and its sums */
	LISTING_NOTE, /* why there is no source, and where it was looked for */
	LISTING_ASK,  /* the row that asks for a directory */
	LISTING_LINE,
};

struct listing_row {
	enum listing_kind kind;
	size_t section;
	size_t note;   /* of LISTING_NOTE: 0 is the reason, then what was tried */
	int64_t line;  /* 0: the profile does not say which */
	const struct report_list_line *value; /* NULL: nothing was spent there */
};

struct listing_section {
	const struct report_list_routine *r;
	size_t start;	     /* its first row */
	size_t n_note, n_ask;
	size_t n_before, n_after; /* values of lines that are not shown, above and below those that are */
	int64_t first;	     /* lines shown */
	size_t n_line;
};

/* The data by lines, and the present function. */
struct listing_data {
	struct analysis_view view;
	bool has_view;
	struct graph *graph; /* of what its name may mean */
	struct report_list *list;
};

struct listing {
	struct app *app;
	struct source_places places;
	bool is_whole; /* all of the file, instead of the function alone */

	struct listing_data now;
	struct listing_data before; /* of a difference: what was subtracted; else nothing */
	struct source_cache *sources;

	/* Of the present function. */
	struct arena arena;
	struct listing_section *section;
	size_t n_section, n_row;
	struct report_list_call *call;
	size_t n_call;
	int64_t hottest; /* the largest |cum| of a line */
	bool is_diff;	 /* values are differences */
};

void listing_init(struct listing *l, struct app *app);
void listing_release(struct listing *l);

/* Takes the data as it is now; there is no function then.  False: the error of making it. */
bool listing_load(struct listing *l, struct error *err);
/* Lets go of all that borrows it. */
void listing_unload(struct listing *l);

/*
 * Lists a function by its name, or by the text of a row of any granularity ("main.work
 * main.go:12"); *line is set where that names one.  n_row is 0 when nothing is known of it.
 */
bool listing_show(struct listing *l, struct str function, int64_t *line, struct error *err);

/* The function with the largest flat value; empty: there is none. */
struct str listing_heaviest(const struct listing *l);

/* Sources are read anew the next time: one has been edited, or found. */
bool listing_forget_sources(struct listing *l, struct error *err);

/* tui/listing_rows.c: counts the rows of all sections. */
void listing_lay_out(struct listing *l);

/* Shows whole files, or only the functions. */
void listing_set_whole(struct listing *l, bool is_whole);

struct listing_row listing_at(const struct listing *l, size_t row);

static inline const struct report_list_routine *listing_routine(const struct listing *l, const struct listing_row *r)
{
	return l->section[r->section].r;
}

/* The text of a line; ptr NULL: the source has none, or there is no source. */
struct str listing_text(const struct listing *l, const struct listing_row *r);

/* The row of a line in the section of that file, or the nearest one of it. */
size_t listing_row_of(const struct listing *l, struct str file, int64_t line);

/* What the line of a row calls, the heaviest first. */
const struct report_list_call *listing_calls(const struct listing *l, const struct listing_row *r, size_t *n);

/* 0.0 to 1.0: how hot the line of a row is beside the hottest one. */
double listing_heat(const struct listing *l, const struct listing_row *r);

/* What was subtracted in a difference: the cum of the row. */
int64_t listing_cum_before(const struct listing *l, const struct listing_row *r);

/* The row of the hottest line; the first row when nothing was spent. */
size_t listing_hottest(const struct listing *l);

/* The next hot line behind `row`, or before it, around the end; row itself when there is no other. */
size_t listing_next_hot(const struct listing *l, size_t row, bool is_back);

/* tui/listing_draw.c */
enum listing_column {
	LISTING_FLAT,
	LISTING_CUM,
	LISTING_SHARE,
	LISTING_NUMBER,
	LISTING_MARKS,
	LISTING_SOURCE,
	LISTING_COLUMNS,
};

extern const struct column listing_column_table[LISTING_COLUMNS];

/* Draws the rows of t; the text is moved to the left by shift cells. */
void listing_draw(const struct listing *l, const struct table *t, struct area a, int shift, const struct regex *search);
void listing_draw_status(const struct listing *l, size_t row, struct area line);

#endif
