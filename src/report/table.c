/*
 * The table of reports.
 *
 * Lives here: one row a report, in the order of their names; the names of those to come.
 * Not here: any of them.
 */
#include "config.h"

#include "report/report.h"

const struct report report_table[] = {
	{ .name = "callgrind", .summary = "A graph in callgrind's format",
	  .suffix = "callgraph.out", .granularity = REPORT_GRANULARITY_ADDRESSES,
	  .flags = REPORT_UNTRIMMED | REPORT_BINARY, .write = report_callgrind_write },
	{ .name = "comments", .summary = "The comments that the profile carries",
	  .flags = REPORT_WITHOUT_STACKS, .write = report_comments_write },
	{ .name = "dot", .summary = "The call graph as Graphviz DOT", .write = report_dot_write },
	{ .name = "eog", .summary = "The call graph, drawn by Graphviz, in eog",
	  .suffix = "svg", .flags = REPORT_BINARY, .write = report_plain_svg_write, .viewer = "eog" },
	{ .name = "evince", .summary = "The call graph, drawn by Graphviz, in evince",
	  .suffix = "pdf", .flags = REPORT_BINARY, .write = report_pdf_write, .viewer = "evince" },
	{ .name = "flamegraph", .summary = "A flame graph as an interactive SVG file",
	  .suffix = "svg", .flags = REPORT_UNTRIMMED | REPORT_BINARY, .write = report_flamegraph_write },
	{ .name = "flamegraph=html", .summary = "The same in a page with a table of functions",
	  .suffix = "html", .flags = REPORT_UNTRIMMED | REPORT_BINARY, .write = report_flamegraph_html_write },
	{ .name = "folded", .summary = "A line a stack, for inferno, flamegraph.pl and others",
	  .flags = REPORT_UNTRIMMED, .write = report_folded_write },
	{ .name = "gif", .summary = "The call graph, drawn by Graphviz, as GIF",
	  .suffix = "gif", .flags = REPORT_BINARY, .write = report_gif_write },
	{ .name = "gv", .summary = "The call graph, drawn by Graphviz, in gv",
	  .suffix = "ps", .flags = REPORT_BINARY, .write = report_ps_write, .viewer = "gv --noantialias" },
	{ .name = "kcachegrind", .summary = "A graph in callgrind's format, in kcachegrind",
	  .suffix = "grind", .granularity = REPORT_GRANULARITY_ADDRESSES,
	  .flags = REPORT_UNTRIMMED | REPORT_BINARY, .write = report_callgrind_write, .viewer = "kcachegrind" },
	{ .name = "list", .summary = "Source of functions matching a regexp, value by line",
	  .granularity = REPORT_GRANULARITY_LINES, .flags = REPORT_TAKES_REGEX | REPORT_UNTRIMMED,
	  .write = report_list_write,
	  .csv = report_list_csv, .json = report_list_json },
	{ .name = "markdown", .summary = "Heaviest functions as a Markdown table",
	  .flags = REPORT_ALL_NODES | REPORT_LIMITED_AT_PROMPT, .write = report_markdown_write },
	{ .name = "pdf", .summary = "The call graph, drawn by Graphviz, as PDF",
	  .suffix = "pdf", .flags = REPORT_BINARY, .write = report_pdf_write },
	{ .name = "peek", .summary = "Callers and callees of functions matching a regexp",
	  .flags = REPORT_TAKES_REGEX | REPORT_UNTRIMMED, .write = report_tree_write,
	  .csv = report_tree_csv, .json = report_tree_json },
	{ .name = "png", .summary = "The call graph, drawn by Graphviz, as PNG",
	  .suffix = "png", .flags = REPORT_BINARY, .write = report_png_write },
	{ .name = "proto", .summary = "The profile, filtered, as a compressed protobuf",
	  .suffix = "pb.gz", .granularity = REPORT_GRANULARITY_ADDRESSES,
	  .flags = REPORT_UNTRIMMED | REPORT_BINARY, .write = report_proto_write },
	{ .name = "ps", .summary = "The call graph, drawn by Graphviz, as PostScript",
	  .suffix = "ps", .flags = REPORT_BINARY, .write = report_ps_write },
	{ .name = "raw", .summary = "The profile, filtered, as text to its last field",
	  .granularity = REPORT_GRANULARITY_ADDRESSES, .flags = REPORT_UNTRIMMED, .write = report_raw_write },
	{ .name = "speedscope", .summary = "All sample types as JSON for speedscope",
	  .suffix = "speedscope.json", .flags = REPORT_UNTRIMMED | REPORT_BINARY, .write = report_speedscope_write },
	{ .name = "svg", .summary = "The call graph, drawn by Graphviz, as SVG",
	  .suffix = "svg", .flags = REPORT_BINARY, .write = report_svg_write },
	{ .name = "tags", .summary = "Label values and what they weigh",
	  .flags = REPORT_TAGS_FILTER | REPORT_WITHOUT_STACKS, .write = report_tags_write,
	  .csv = report_tags_csv, .json = report_tags_json },
	{ .name = "text", .summary = "Heaviest functions as a table",
	  .flags = REPORT_ALL_NODES | REPORT_LIMITED_AT_PROMPT, .write = report_text_write,
	  .csv = report_text_csv, .json = report_text_json },
	{ .name = "top", .summary = "Heaviest functions as a table",
	  .flags = REPORT_ALL_NODES | REPORT_LIMITED_AT_PROMPT, .write = report_text_write,
	  .csv = report_text_csv, .json = report_text_json },
	{ .name = "topproto", .summary = "The table of functions as a compressed protobuf",
	  .suffix = "pb.gz", .flags = REPORT_ALL_NODES | REPORT_BINARY, .write = report_topproto_write },
	{ .name = "traces", .summary = "Every sample with its stack", .write = report_traces_write,
	  .csv = report_traces_csv, .json = report_traces_json },
	{ .name = "tree", .summary = "The call graph as text, a paragraph a function", .write = report_tree_write,
	  .csv = report_tree_csv, .json = report_tree_json },
	{ .name = "web", .summary = "The call graph, drawn by Graphviz, in a browser; without it the flame graph",
	  .suffix = "svg", .flags = REPORT_BINARY, .write = report_svg_write, .viewer = REPORT_BROWSER,
	  .without_dot = "flamegraph" },
};

const size_t report_table_n = sizeof(report_table) / sizeof(report_table[0]);

const struct report *report_find(struct str name)
{
	for (size_t i = 0; i < report_table_n; i++)
		if (str_eq(name, str_from(report_table[i].name)))
			return &report_table[i];
	return NULL;
}

const struct report_missing report_missing_table[] = {
	{ "disasm", true },
	{ "weblist", true },
};

const size_t report_missing_n = sizeof(report_missing_table) / sizeof(report_missing_table[0]);

const struct report_missing *report_missing_find(struct str name)
{
	for (size_t i = 0; i < report_missing_n; i++)
		if (str_eq(name, str_from(report_missing_table[i].name)))
			return &report_missing_table[i];
	return NULL;
}
