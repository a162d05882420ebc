/*
 * A row as a pattern for filters.
 *
 * Lives here: which pattern matches the samples of a row, whatever rows stand for.
 * Not here: what filters do with it (profile/filter.c), which row it is (the views).
 *
 * Filters know names of functions, of files and of mappings (spec/profile.md 8.6).  A row may be less than
 * any of these, a line or an address: then the pattern is of its function, and how many rows
 * that is comes with it.
 */
#include "config.h"

#include "tui/app.h"

#include "base/golike.h"
#include "base/markup.h"
#include "source/source.h"

static void add_name(struct out *pattern, struct str name)
{
	if (out_text(pattern).len)
		out_char(pattern, '|');
	markup_pattern(pattern, name);
}

static bool is_function(const struct profile *p, struct str name)
{
	str_id id = strtab_find(&p->strings, name);

	for (uint32_t i = 0; id != STR_ID_NONE && i < p->function.n; i++)
		if (p->function.name[i] == id)
			return true;
	return false;
}

struct counts {
	uint32_t function, file; /* rows with the same one */
};

static struct counts count_rows(const struct graph *g, const struct node_info *info)
{
	struct counts n = { 0, 0 };

	for (uint32_t i = 0; i < g->n_list; i++) {
		const struct node_info *other = graph_info(g, g->list[i]);

		n.function += other->name == info->name;
		n.file += other->file == info->file;
	}
	return n;
}

/* Files stand on rows without what trim_path takes off; filters see them whole.  False: no memory. */
static bool add_files(const struct report_input *in, struct str shown, struct out *pattern)
{
	const struct profile *p = in->profile;
	struct arena scratch = ARENA_INIT;
	uint8_t *is_seen = ARENA_ZERO(&scratch, uint8_t, strtab_count(&p->strings));
	bool ok = is_seen != NULL;

	for (uint32_t i = 0; ok && i < p->function.n; i++) {
		str_id file = p->function.filename[i];
		struct str path;

		if (is_seen[file])
			continue;
		is_seen[file] = 1;
		path = source_trim_path(profile_text(p, file), in->trim_path, in->source_path);
		path = path.len ? go_path_clean(&scratch, path) : path;
		ok = path.ptr != NULL;
		if (ok && path.len && str_eq(path, shown))
			add_name(pattern, profile_text(p, file));
	}
	arena_release(&scratch);
	return ok;
}

/* Code without names, unless the same mapping has some with names. */
static void add_mapping(const struct profile *p, struct str object, struct out *pattern)
{
	for (uint32_t i = 0; i < p->location.n; i++) {
		uint32_t mapping = p->location.mapping_row[i];

		if (mapping == ROW_NONE || !str_eq(profile_text(p, p->mapping[mapping].filename), object))
			continue;
		for (uint32_t k = 0; k < p->location.n_line[i]; k++)
			if (p->line.function_row[p->location.line_start[i] + k] != ROW_NONE)
				return;
	}
	add_name(pattern, object);
}

static bool add_node(const struct report_input *in, const struct graph *g, uint32_t node, struct out *pattern,
		     uint32_t *n_row)
{
	const struct node_info *info = graph_info(g, node);
	struct counts n = count_rows(g, info);

	/* One of several of that name may be the only one of its file. */
	if (info->file && (!info->name || (n.function > 1 && n.file == 1)))
		return add_files(in, graph_text(g, info->file), pattern);
	if (info->name) {
		add_name(pattern, graph_text(g, info->name));
		*n_row = n.function;
	} else if (info->objfile) {
		add_mapping(in->profile, graph_text(g, info->objfile), pattern);
	}
	return true;
}

bool app_row_pattern(struct app *a, struct str row, struct out *pattern, uint32_t *n_row, struct error *err)
{
	size_t before = out_text(pattern).len;
	const struct report_input *in = app_input(a, err);
	const struct graph *g;
	uint32_t node;

	*n_row = 1;
	if (!in)
		return false;
	if (is_function(a->profile, row) || is_function(in->profile, row)) {
		add_name(pattern, row);
		return true;
	}
	g = app_graph(a, err);
	if (!g)
		return false;
	node = app_find_node(g, row);
	if (node != ROW_NONE && !add_node(in, g, node, pattern, n_row))
		return error_nomem(err, "filter");
	return out_text(pattern).len > before ||
	       error_set(err, ERR_NOTFOUND, "filters go by names of functions and files, and this row has none of its own");
}
