/*
 * list: functions with their source, value by line.
 *
 * Lives here: spec/reports.md 18, as rows and as text.
 * Not here: finding and reading files (source/).
 */
#include "config.h"

#include "base/sort.h"
#include "base/vec.h"
#include "report/report.h"

#include "report/internal.h"

enum { CONTEXT_LINES = 5 }; /* around what has a value, where the function's start is not known */

/* Nodes whose function matches, ordered by function, file and line. */
struct matches {
	const struct graph *g;
	uint32_t *row;
	size_t n;
	const struct cancel *cancel;
};

static int match_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct graph *g = ctx;
	const struct node_info *x = graph_info(g, a), *y = graph_info(g, b);
	int c = 0;

	if (x->name != y->name)
		c = str_cmp(graph_text(g, x->name), graph_text(g, y->name));
	if (!c && x->file != y->file)
		c = str_cmp(graph_text(g, x->file), graph_text(g, y->file));
	if (!c)
		c = (x->line > y->line) - (x->line < y->line);
	return c ? c : (a > b) - (a < b);
}

static bool find_matches(struct matches *m, struct arena *arena, const struct regex *regex)
{
	const struct graph *g = m->g;

	m->row = ARENA_ARRAY(arena, uint32_t, g->n_list);
	if (!m->row)
		return false;
	for (uint32_t i = 0; i < g->n_list; i++) {
		const struct node_info *info = graph_info(g, g->list[i]);

		if (regex_match(regex, graph_text(g, info->name)))
			m->row[m->n++] = g->list[i];
	}
	return true;
}

/* The lines from `first` to `last` that the file has; values are put in afterwards. */
static bool take_lines(struct report_list *l, struct report_list_routine *r, const struct source_file *f, int64_t first,
		       int64_t last)
{
	size_t n;

	if (last > (int64_t)f->n_line)
		last = (int64_t)f->n_line;
	n = last < first ? 0 : (size_t)(last - first + 1);
	r->line = ARENA_ZERO(&l->arena, struct report_list_line, n);
	if (!r->line)
		return false;
	for (size_t i = 0; i < n; i++) {
		r->line[i].number = first + (int64_t)i;
		r->line[i].text = source_line(f, r->line[i].number);
	}
	r->n_line = n;
	return true;
}

static void add_to_line(struct report_list_line *at, const struct graph_node *n)
{
	at->flat = i64_add(at->flat, n->flat);
	at->cum = i64_add(at->cum, n->cum);
}

/* Nodes come by line. */
static void add_value(struct report_list_routine *r, const struct graph_node *n, int64_t line)
{
	r->flat = i64_add(r->flat, n->flat);
	r->cum = i64_add(r->cum, n->cum);
	if (!r->n_value || r->value[r->n_value - 1].number != line)
		r->value[r->n_value++] = (struct report_list_line){ .number = line, .text = STR_EMPTY };
	add_to_line(&r->value[r->n_value - 1], n);
	if (!r->n_line || line < r->line[0].number || line > r->line[r->n_line - 1].number)
		return;
	add_to_line(&r->line[line - r->line[0].number], n);
}

/* Which lines to show: from where the function starts, or from a little above its first value. */
static void range_of(const struct graph *g, const uint32_t *row, size_t n, int64_t *first, int64_t *last)
{
	for (size_t i = 0; i < n; i++) {
		const struct node_info *info = graph_info(g, row[i]);
		int64_t start = info->start_line ? info->start_line : i64_sub(info->line, CONTEXT_LINES);
		int64_t end = i64_add(info->line, CONTEXT_LINES);

		*first = i == 0 || start < *first ? start : *first;
		*last = i == 0 || end > *last ? end : *last;
	}
	if (*first < 1)
		*first = 1;
}

/* The source of a routine, and the lines of it from first to last.  False: no memory. */
static bool add_source(struct report_list *l, struct report_list_routine *r, int64_t first, int64_t last)
{
	struct error err = ERROR_INIT;

	r->is_tried_again = source_is_known(l->sources, r->file);
	r->source = source_open(l->sources, r->file, &err);
	if (r->source) {
		r->path = r->source->path;
		return take_lines(l, r, r->source, first, last);
	}
	r->error = arena_str(&l->arena, str_from(err.msg));
	r->n_tried = source_tried(l->sources, r->file, &r->tried);
	return err.code != ERR_NOMEM && r->error.ptr;
}

/* One function in one file: n nodes. */
static bool add_routine(struct report_list *l, const struct graph *g, const uint32_t *row, size_t n)
{
	struct report_list_routine *r = &l->routine[l->n_routine++];
	const struct node_info *info = graph_info(g, row[0]);
	int64_t first = 1, last = 0;

	r->name = arena_str(&l->arena, graph_text(g, info->name));
	r->file = arena_str(&l->arena, graph_text(g, info->file));
	r->value = ARENA_ARRAY(&l->arena, struct report_list_line, n);
	if (!r->name.ptr || !r->file.ptr || !r->value)
		return false;
	if (r->file.len)
		range_of(g, row, n, &first, &last);
	/*
	 * A function that starts behind its values shows no lines.  The reference then does not look for
	 * the file, and knows of a failure only when it has looked before.
	 */
	if (r->file.len && (first <= last || source_is_known(l->sources, r->file)) &&
	    !add_source(l, r, first, last))
		return false;
	for (size_t i = 0; i < n; i++)
		add_value(r, &g->node[row[i]], graph_info(g, row[i])->line);
	return true;
}

/*
 * The matches, cut into functions and files.  Nodes without a file are left out where their
 * function has others, and make one routine without a file where it has none.
 */
static bool add_routines(struct report_list *l, const struct matches *m)
{
	const struct graph *g = m->g;

	l->routine = ARENA_ZERO(&l->arena, struct report_list_routine, m->n);
	if (!l->routine)
		return false;
	for (size_t i = 0, end; i < m->n; i = end) {
		const struct node_info *info = graph_info(g, m->row[i]);
		bool is_same_function;

		/* Each may search the disk. */
		if (cancel_is_raised(m->cancel))
			return false;
		for (end = i + 1; end < m->n && graph_info(g, m->row[end])->name == info->name &&
				  graph_info(g, m->row[end])->file == info->file; end++)
			;
		is_same_function = end < m->n && graph_info(g, m->row[end])->name == info->name;
		/* No file sorts first. */
		if (!info->file && is_same_function)
			continue;
		if (!add_routine(l, g, m->row + i, end - i))
			return false;
	}
	return true;
}

static bool fill(struct report_list *l, const struct report_input *in, const struct matches *m, struct error *err)
{
	l->total = in->total;
	report_scaler(in, in->output_unit, &l->scaler);
	return (sort_stable(m->row, m->n, match_cmp, m->g) && add_routines(l, m)) || error_nomem(err, "list");
}

static struct report_list *list_new(struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct report_list *l = ARENA_ZERO(&arena, struct report_list, 1);

	if (!l) {
		arena_release(&arena);
		error_nomem(err, "list");
		return NULL;
	}
	l->arena = arena;
	return l;
}

struct graph *report_list_graph(const struct report_input *in, graph_wants *wants, const void *ctx,
				struct error *err)
{
	struct graph_options opt = report_graph_options(in, GRAPH_KEEP_ORIGIN | GRAPH_NO_EDGES | GRAPH_UNORDERED);

	opt.wants = wants;
	opt.wants_ctx = ctx;
	return graph_build(in->profile, &opt, err);
}

struct report_list *report_list_of(const struct report_input *in, const struct graph *g, uint32_t *node_row,
				   size_t n, struct source_cache *sources, struct error *err)
{
	struct matches m = { .g = g, .row = node_row, .n = n, .cancel = in->cancel };
	struct report_list *l = list_new(err);

	if (!l)
		return NULL;
	l->sources = sources;
	if (fill(l, in, &m, err))
		return l;
	report_list_free(l);
	return NULL;
}

static bool fill_by_regex(struct report_list *l, const struct report_input *in, const struct graph *g,
			  struct error *err)
{
	struct matches m = { .g = g, .cancel = in->cancel };

	l->sources = l->own_sources = source_cache_new(in->trim_path, in->source_path, err);
	if (!l->sources)
		return false;
	if (!find_matches(&m, &l->arena, in->regex))
		return error_nomem(err, "list");
	if (!m.n)
		return error_set(err, ERR_NOTFOUND, "no matches found for regexp: %.*s", STR_FMT(in->regex_text));
	return fill(l, in, &m, err);
}

struct report_list *report_list_rows(const struct report_input *in, struct error *err)
{
	struct graph *g = report_list_graph(in, NULL, NULL, err);
	struct report_list *l = g ? list_new(err) : NULL;

	if (l && !fill_by_regex(l, in, g, err)) {
		report_list_free(l);
		l = NULL;
	}
	graph_free(g);
	return l;
}

void report_list_free(struct report_list *l)
{
	struct arena arena;

	if (!l)
		return;
	source_cache_free(l->own_sources);
	arena = l->arena; /* l itself lives in it */
	arena_release(&arena);
}

/* A value of a line; nothing is a dot. */
static void write_value(struct out *out, const struct report_list *l, int64_t value)
{
	if (value)
		measure_write(out, &l->scaler, value, 10);
	else
		out_lit(out, "         .");
	out_char(out, ' ');
}

static void write_line(struct out *out, const struct report_list *l, const struct report_list_line *line)
{
	write_value(out, l, line->flat);
	write_value(out, l, line->cum);
	out_fmt(out, "%6lld:", (long long)line->number);
	out_str(out, line->text);
	out_char(out, '\n');
}

static void write_routine(struct out *out, const struct report_list *l, const struct report_list_routine *r)
{
	char percent[MEASURE_PERCENT_BYTES];

	if (!r->file.len) {
		out_lit(out, "No source information for ");
		out_str(out, r->name);
		out_char(out, '\n');
		return;
	}
	out_lit(out, "ROUTINE ======================== ");
	out_str(out, r->name);
	out_lit(out, " in ");
	out_str(out, r->file);
	out_char(out, '\n');
	measure_write(out, &l->scaler, r->flat, 10);
	out_char(out, ' ');
	measure_write(out, &l->scaler, r->cum, 10);
	out_lit(out, " (flat, cum) ");
	out_str(out, measure_percentage(r->cum, l->total, percent));
	out_lit(out, " of Total\n");
	if (r->error.len) {
		out_lit(out, " Error: ");
		out_str(out, r->error);
		out_char(out, '\n');
	}
	for (size_t i = 0; i < r->n_line; i++)
		write_line(out, l, &r->line[i]);
}

void report_list_tell_tried(const struct report_list *l, struct out *notice)
{
	bool is_any = false;

	for (size_t i = 0; notice && i < l->n_routine && !notice->is_broken; i++) {
		const struct report_list_routine *r = &l->routine[i];

		if (!r->n_tried || r->is_tried_again)
			continue;
		out_lit(notice, "No source for ");
		out_str(notice, r->name);
		out_lit(notice, ".  Tried, for ");
		out_str(notice, r->file);
		out_lit(notice, ":\n");
		for (size_t k = 0; k < r->n_tried; k++) {
			out_lit(notice, "  ");
			out_str(notice, r->tried[k].path);
			out_lit(notice, ": ");
			out_str(notice, r->tried[k].why);
			out_char(notice, '\n');
		}
		is_any = true;
	}
	if (is_any)
		out_lit(notice, "The options source_path and trim_path say where sources are.\n");
}

bool report_list_write(const struct report_input *in, struct out *out, struct error *err)
{
	struct report_list *l = report_list_rows(in, err);

	if (!l)
		return false;
	out_lit(out, "Total: ");
	measure_write(out, &l->scaler, l->total, 0);
	out_char(out, '\n');
	for (size_t i = 0; i < l->n_routine && !out->is_broken; i++)
		write_routine(out, l, &l->routine[i]);
	report_list_tell_tried(l, in->notice);
	report_list_free(l);
	return true;
}
