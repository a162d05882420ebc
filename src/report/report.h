/*
 * Reports: everything that is written from one profile.
 *
 * Lives here: the table of reports, what each of them is given, and the rows that screens and
 * pages show too.
 * Not here: options as the user types them, filters, totals (analysis/); where the bytes go
 * (base/out.h).
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/out.h"
#include "base/regex.h"
#include "flame/flame.h"
#include "graph/graph.h"
#include "measure/measure.h"
#include "profile/label_units.h"
#include "profile/profile.h"
#include "source/source.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * What a report is made from.  Borrows everything.  The profile is filtered and aggregated
 * already; values are raw, in the unit of the sample type.
 */
struct report_input {
	const struct profile *profile;

	uint32_t value_index;	 /* column of sample.value */
	bool is_mean;		 /* divide by column 0 */
	struct str type;	 /* of the values, with "mean_" where that holds */
	struct str sample_unit;	 /* theirs */
	struct str output_unit;	 /* "minimum", "auto" or a unit */
	double ratio;		 /* 1/divide_by; values are multiplied by it when printed */
	int64_t total;		 /* what percentages are relative to (spec/reports.md 1.4) */

	bool compact_labels, call_tree, drop_negative, by_cum;
	int64_t nodecount;	 /* 0 or less: no limit */
	double nodefraction, edgefraction;
	struct str trim_path, source_path;
	bool is_inverted, flame_up; /* flame graphs: from the leaf; the root below */
	int64_t flame_width;	    /* in pixels */

	const struct str *active_filter; /* "focus=main", in the reference's order */
	size_t n_active_filter;
	const struct label_units *label_units; /* of numeric labels' keys */
	const struct regex *regex;    /* of a report that takes one; else NULL */
	struct str regex_text;
	const struct cancel *cancel; /* once raised, nobody waits for the report; may be NULL */
	struct graph_sums *sums;     /* graph/graph.h; may be NULL */
	struct out *notice; /* gets what the user should know beside the report; may be NULL */
};

/* How frames are told apart (spec/reports.md 1.3). */
enum report_granularity {
	REPORT_GRANULARITY_AS_GIVEN,
	REPORT_GRANULARITY_LINES,
	REPORT_GRANULARITY_ADDRESSES,
};

enum report_flag {
	REPORT_TAKES_REGEX = 1 << 0,
	REPORT_UNTRIMMED = 1 << 1,   /* ignores node count and fractions */
	REPORT_ALL_NODES = 1 << 2,   /* no node count unless one is given; otherwise 80 */
	REPORT_BINARY = 1 << 3,	     /* not for a terminal: written to profileNNN.SUFFIX there */
	REPORT_TAGS_FILTER = 1 << 4, /* words after the command filter by label, not by name */
	REPORT_LIMITED_AT_PROMPT = 1 << 5, /* ten rows at the prompt unless a number is given */
	REPORT_WITHOUT_STACKS = 1 << 6, /* does not look at stacks, unless a filter does */
};

typedef bool report_writer(const struct report_input *in, struct out *out, struct error *err);

/*
 * One report.  write() computes first and writes second: when it fails, nothing was written.
 * A single row and a single file add a report; flag, command, help and manual follow.
 */
struct report {
	const char *name;
	const char *summary; /* one line for the help */
	const char *suffix;  /* of the file that stands for a terminal; NULL: text */
	enum report_granularity granularity;
	unsigned flags; /* enum report_flag */
	report_writer *write;
	report_writer *csv, *json; /* rows for programs; NULL: there is no such form of it */
	/* A command, split at blanks, that is given the file; REPORT_BROWSER; NULL: none. */
	const char *viewer;
	const char *without_dot; /* what takes its place where Graphviz is missing; NULL: nothing */
};

#define REPORT_BROWSER ""

extern const struct report report_table[];
extern const size_t report_table_n;

/* NULL when there is none of that name. */
const struct report *report_find(struct str name);

/* A report of the reference that is not here yet. */
struct report_missing {
	const char *name;
	bool takes_regex;
};

extern const struct report_missing report_missing_table[];
extern const size_t report_missing_n;

/* NULL when there is none of that name. */
const struct report_missing *report_missing_find(struct str name);

/*
 * The graph that most reports start from; flags are added to those that the input asks for.
 * The caller frees it.
 */
struct graph *report_graph(const struct report_input *in, unsigned flags, struct error *err);
/* What it builds with: borrows the input's texts. */
struct graph_options report_graph_options(const struct report_input *in, unsigned flags);

/*
 * The unit in place of "minimum" when one unit serves a whole report (spec/reports.md 2.5), and the
 * scaler to print with.
 */
struct str report_unit(const struct report_input *in, const struct graph *g, bool is_callgrind);
void report_scaler(const struct report_input *in, struct str unit, struct measure_scaler *s);

/*
 * Lines that head reports, without line ends.  In the arena; false: no memory.
 * g NULL: only what is known of the profile (spec/reports.md 6.1), else also what the graph shows
 * (6.2); is_drawing adds what only DOT says.
 */
struct report_lines {
	struct str *line;
	size_t n;
};

/* Each with its line end. */
void report_lines_write(const struct report_lines *lines, struct out *out);

bool report_profile_lines(const struct report_input *in, struct arena *arena, const struct measure_scaler *s,
			  struct report_lines *lines);
bool report_graph_lines(const struct report_input *in, struct arena *arena, const struct measure_scaler *s,
			const struct graph *g, bool is_drawing, struct report_lines *lines);

/* The same of a report that shows all stacks; shown is their sum. */
bool report_stack_lines(const struct report_input *in, struct arena *arena, const struct measure_scaler *s,
			int64_t shown, struct report_lines *lines);

/* Whether the edges into a node come from inlining (spec/reports.md 7). */
enum report_inlined {
	REPORT_NOT_INLINED,
	REPORT_PARTLY_INLINED,
	REPORT_INLINED,
};

/* A row of the table of functions. */
struct report_text_row {
	struct str name;
	int64_t flat, cum; /* as displayed under `mean`, in the sample unit */
	enum report_inlined inlined;
};

/*
 * The table of functions (spec/reports.md 7) as plain data.  Owns its names and rows; borrows
 * nothing.  report_text_rows() gives NULL on failure; free with report_text_free().
 */
struct report_text {
	struct arena arena;
	struct report_lines head;
	struct report_text_row *row;
	size_t n_row;
	int64_t total;	 /* what percentages are relative to */
	struct str type; /* of the sample values */
	struct str unit; /* the one to print with */
	struct measure_scaler scaler;
};

struct report_text *report_text_rows(const struct report_input *in, struct error *err);
void report_text_free(struct report_text *t);

/* A caller or callee.  Its weight is the raw sum, not divided under `mean`. */
struct report_tree_edge {
	struct str name;
	int64_t weight;
	bool is_inline;
};

/* A function with its callers and callees, each in edge order. */
struct report_tree_row {
	struct str name;
	int64_t flat, cum; /* as displayed under `mean`, in the sample unit */
	const struct report_tree_edge *caller, *callee;
	size_t n_caller, n_callee;
};

/*
 * The call graph (spec/reports.md 8) as plain data.  Owns rows and the graph whose names they have; borrows
 * the input's texts.
 */
struct report_tree {
	struct arena arena;
	struct graph *graph;
	struct report_lines head;
	struct report_tree_row *row;
	size_t n_row;
	struct report_tree_edge *edge; /* of all rows */
	size_t n_edge;
	int64_t total;	 /* what percentages are relative to */
	struct str type; /* of the sample values */
	struct str unit; /* the one to print with */
	struct measure_scaler scaler;
};

/* NULL: ERR_NOMEM, or ERR_NOTFOUND when the regexp matches nothing.  Free with report_tree_free(). */
struct report_tree *report_tree_rows(const struct report_input *in, struct error *err);
void report_tree_free(struct report_tree *t);

/* A value of a label, and all samples that have it. */
struct report_tags_row {
	struct str text; /* the label's text, or the number with its unit */
	int64_t value;	 /* raw sum, not divided under `mean` */
};

struct report_tags_key {
	struct str key;
	int64_t total;	 /* of its rows: a sample with two values counts twice */
	size_t start, n; /* its rows, heaviest first */
};

/* Labels and what they weigh (spec/reports.md 10).  Owns rows and their texts; borrows the input's. */
struct report_tags {
	struct arena arena;
	struct strtab strings; /* above the profile's */
	struct report_tags_key *key; /* by name */
	size_t n_key;
	struct report_tags_row *row;
	size_t n_row;
	int64_t total; /* what percentages are relative to */
	struct measure_scaler scaler;
};

/* NULL: ERR_NOMEM.  Free with report_tags_free(). */
struct report_tags *report_tags_rows(const struct report_input *in, struct error *err);
void report_tags_free(struct report_tags *t);

struct report_frame {
	struct str name;
	bool is_inlined; /* into the next one */
};

/*
 * The samples and their stacks (spec/reports.md 9), one at a time: nothing here grows with the
 * number of samples.  Borrows the input.
 */
struct report_traces {
	struct arena arena;
	const struct report_input *in;
	struct report_lines head;
	struct measure_scaler scaler;
	struct report_frame *frame; /* of all locations, innermost first */
	uint32_t *frame_start;	    /* by location row; one more than there are */
};

/* NULL: ERR_NOMEM.  Free with report_traces_free(). */
struct report_traces *report_traces_new(const struct report_input *in, struct error *err);
void report_traces_free(struct report_traces *t);

/* The value of a sample as it is shown, under `mean` divided. */
int64_t report_traces_value(const struct report_traces *t, uint32_t sample_row);

/* "       key:  value" for each label, in the reference's order.  In the arena; false: no memory. */
bool report_traces_labels(const struct report_traces *t, uint32_t label_set_row, struct arena *arena,
			  struct report_lines *lines);

/* For the stacks of the input, from the root to the leaf; for flame_new(). */
struct flame_options report_flame_options(const struct report_input *in);

/* A line of source and what was spent there; raw sums in the sample unit. */
struct report_list_line {
	int64_t number, flat, cum;
	struct str text; /* borrowed from the list's sources */
};

/* One function in one file. */
struct report_list_routine {
	struct str name, file; /* file empty: no source is known of the function */
	struct str path;       /* that was opened, or empty */
	struct str error;      /* why there is no source, or empty */
	const struct source_file *source; /* NULL: there is none */
	const struct source_try *tried;	  /* what was looked for instead */
	size_t n_tried;
	bool is_tried_again;   /* for a routine before this one already */
	int64_t flat, cum;     /* of all its lines; recursion counts each time, as in the reference */
	struct report_list_line *line; /* those shown, without a gap */
	size_t n_line;
	/* Those that have a value, by number, whether the source has them or not; without text. */
	struct report_list_line *value;
	size_t n_value;
};

/* Source with values (spec/reports.md 18), by function and then by file.  As report_text in all else. */
struct report_list {
	struct arena arena;
	struct source_cache *sources;
	struct source_cache *own_sources; /* the same, or NULL when they are somebody else's */
	struct report_list_routine *routine;
	size_t n_routine;
	int64_t total;
	struct measure_scaler scaler;
};

struct report_list *report_list_rows(const struct report_input *in, struct error *err);
void report_list_free(struct report_list *l);

/*
 * The same in two steps, for who looks at one function after another.  The graph has the nodes that are
 * wanted (NULL: all); n of them, in any order, are listed, and their order changes.  Borrows the sources.
 */
struct graph *report_list_graph(const struct report_input *in, graph_wants *wants, const void *ctx,
				struct error *err);
struct report_list *report_list_of(const struct report_input *in, const struct graph *g, uint32_t *node_row,
				   size_t n, struct source_cache *sources, struct error *err);

/* Calls of one function from one line: of the samples on whose stacks they are, each once. */
struct report_list_call {
	size_t routine; /* of the list */
	int64_t line;
	struct str name;    /* of the function called; of the profile */
	int64_t weight;
	bool is_inlined; /* everywhere */
};

/*
 * What a list's lines call, their own function too: by routine and line, the heaviest first.  In the
 * arena; false: ERR_NOMEM.
 */
bool report_list_calls(const struct report_input *in, const struct report_list *l, struct arena *arena,
		       struct report_list_call **call, size_t *n, struct error *err);

bool report_callgrind_write(const struct report_input *in, struct out *out, struct error *err);
bool report_comments_write(const struct report_input *in, struct out *out, struct error *err);
bool report_dot_write(const struct report_input *in, struct out *out, struct error *err);
bool report_flamegraph_write(const struct report_input *in, struct out *out, struct error *err);
bool report_flamegraph_html_write(const struct report_input *in, struct out *out, struct error *err);
bool report_folded_write(const struct report_input *in, struct out *out, struct error *err);
bool report_gif_write(const struct report_input *in, struct out *out, struct error *err);
bool report_list_csv(const struct report_input *in, struct out *out, struct error *err);
bool report_list_json(const struct report_input *in, struct out *out, struct error *err);
bool report_list_write(const struct report_input *in, struct out *out, struct error *err);
bool report_markdown_write(const struct report_input *in, struct out *out, struct error *err);
bool report_pdf_write(const struct report_input *in, struct out *out, struct error *err);
bool report_plain_svg_write(const struct report_input *in, struct out *out, struct error *err);
bool report_png_write(const struct report_input *in, struct out *out, struct error *err);
bool report_proto_write(const struct report_input *in, struct out *out, struct error *err);
bool report_ps_write(const struct report_input *in, struct out *out, struct error *err);
bool report_raw_write(const struct report_input *in, struct out *out, struct error *err);
bool report_speedscope_write(const struct report_input *in, struct out *out, struct error *err);
bool report_svg_write(const struct report_input *in, struct out *out, struct error *err);
bool report_tags_csv(const struct report_input *in, struct out *out, struct error *err);
bool report_tags_json(const struct report_input *in, struct out *out, struct error *err);
bool report_tags_write(const struct report_input *in, struct out *out, struct error *err);
bool report_text_csv(const struct report_input *in, struct out *out, struct error *err);
bool report_text_json(const struct report_input *in, struct out *out, struct error *err);
bool report_text_write(const struct report_input *in, struct out *out, struct error *err);
bool report_topproto_write(const struct report_input *in, struct out *out, struct error *err);
bool report_traces_csv(const struct report_input *in, struct out *out, struct error *err);
bool report_traces_json(const struct report_input *in, struct out *out, struct error *err);
bool report_traces_write(const struct report_input *in, struct out *out, struct error *err);
bool report_tree_csv(const struct report_input *in, struct out *out, struct error *err);
bool report_tree_json(const struct report_input *in, struct out *out, struct error *err);
bool report_tree_write(const struct report_input *in, struct out *out, struct error *err);

#endif
