/*
 * The source of one function, as rows.
 *
 * Lives here: the data by lines, from a name to the lines that it means.
 * Not here: rows (tui/listing_rows.c).
 */
#include "config.h"

#include "tui/listing.h"

#include "base/arith.h"

#include <string.h>

enum { ADDRESS_CHARS = 16 }; /* in front of names by address, and a blank */

void listing_init(struct listing *l, struct app *app)
{
	*l = (struct listing){ .app = app };
	source_places_open(&l->places);
}

static void forget_list(struct listing_data *d)
{
	report_list_free(d->list);
	d->list = NULL;
	graph_free(d->graph);
	d->graph = NULL;
}

static void forget_function(struct listing *l)
{
	forget_list(&l->now);
	forget_list(&l->before);
	l->section = NULL;
	l->call = NULL;
	l->n_section = l->n_row = l->n_call = 0;
	arena_reset(&l->arena);
}

static void release_data(struct listing_data *d)
{
	if (d->has_view)
		analysis_view_release(&d->view);
	*d = (struct listing_data){ .has_view = false };
}

void listing_unload(struct listing *l)
{
	forget_function(l);
	source_cache_free(l->sources);
	l->sources = NULL;
	release_data(&l->now);
	release_data(&l->before);
}

void listing_release(struct listing *l)
{
	listing_unload(l);
	source_places_release(&l->places);
	arena_release(&l->arena);
}

bool listing_forget_sources(struct listing *l, struct error *err)
{
	const struct report_input *in = &l->now.view.in;

	/* Lines are views into the sources. */
	forget_function(l);
	source_cache_free(l->sources);
	l->sources = source_cache_new(in->trim_path, in->source_path, err);
	if (!l->sources)
		return false;
	source_cache_use(l->sources, &l->places);
	return true;
}

/* Matches everything: which functions are wanted is not said by an expression here. */
static bool load_now(struct listing *l, struct error *err)
{
	struct out unheard;

	out_open_memory(&unheard);
	l->now.has_view = analysis_view_init(&l->now.view, l->app->profile, app_options(l->app),
					     report_find(STR("list")), STR("."), &unheard,
					     l->app->cancel, err);
	out_release(&unheard);
	return l->now.has_view;
}

bool listing_load(struct listing *l, struct error *err)
{
	listing_unload(l);
	l->is_diff = app_is_diff(l->app);
	if (!load_now(l, err))
		return false;
	if (l->is_diff) {
		l->before.has_view = app_before_for(l->app, report_find(STR("list")), &l->before.view, err);
		if (!l->before.has_view)
			return false;
	}
	return listing_forget_sources(l, err);
}

/* ---- Which function ---- */

/* What a name turned out to be. */
struct target {
	str_id name, file; /* name 0: all functions of the file */
	int64_t line;
	bool has_file;
};

static bool by_name(const struct graph *g, struct str text, struct target *to)
{
	for (uint32_t i = 0; i < g->n_list; i++) {
		const struct node_info *info = graph_info(g, g->list[i]);

		if (info->name && str_eq(graph_text(g, info->name), text)) {
			*to = (struct target){ .name = info->name };
			return true;
		}
	}
	return false;
}

static bool is_name_and_file(const struct graph *g, const struct node_info *info, struct str text)
{
	struct str name = graph_text(g, info->name), file = graph_text(g, info->file);

	return text.len == name.len + 1 + file.len && str_has_prefix(text, name) && text.ptr[name.len] == ' ' &&
	       str_has_suffix(text, file);
}

/* "main.work main.go:12", "main.work main.go", "main.go": as rows of lines, of both, of files read. */
static bool by_text(const struct graph *g, struct str text, struct target *to)
{
	for (uint32_t i = 0; i < g->n_list; i++) {
		const struct node_info *info = graph_info(g, g->list[i]);

		if (!info->name)
			continue;
		if (str_eq(info->text, text))
			*to = (struct target){ info->name, info->file, info->line, true };
		else if (info->file && is_name_and_file(g, info, text))
			*to = (struct target){ info->name, info->file, 0, true };
		else if (info->file && str_eq(graph_text(g, info->file), text))
			*to = (struct target){ 0, info->file, 0, true };
		else
			continue;
		return true;
	}
	return false;
}

/* "0000000000401000 main.work main.go:12" without the address. */
static struct str without_address(struct str text)
{
	for (size_t i = 0; i < ADDRESS_CHARS; i++)
		if (i >= text.len || !strchr("0123456789abcdef", text.ptr[i]) || !text.ptr[i])
			return text;
	if (text.len <= ADDRESS_CHARS + 1 || text.ptr[ADDRESS_CHARS] != ' ')
		return text;
	return str_from_offset(text, ADDRESS_CHARS + 1);
}

static bool find_target(const struct graph *g, struct str text, struct target *to)
{
	return by_name(g, text, to) || by_text(g, text, to) || by_text(g, without_address(text), to);
}

/* What a text may mean: with and without the address. */
struct wanted {
	struct str text, bare;
};

static bool may_mean(struct str text, struct str name, struct str file)
{
	return str_eq(text, name) || str_eq(text, file) ||
	       (str_has_prefix(text, name) && text.len > name.len && text.ptr[name.len] == ' ');
}

/* All that find_target() may find; the rest of the profile is none of our business. */
static bool wants(const void *ctx, const struct graph *g, const struct node_info *info)
{
	const struct wanted *w = ctx;
	struct str name = graph_text(g, info->name), file = graph_text(g, info->file);

	return info->name && (may_mean(w->text, name, file) || (w->bare.ptr != w->text.ptr && may_mean(w->bare, name, file)));
}

static bool make_graph(struct listing_data *d, struct str text, struct error *err)
{
	struct wanted w = { text, without_address(text) };

	d->graph = report_list_graph(&d->view.in, wants, &w, err);
	return d->graph != NULL;
}

/* The function of the innermost frame of a stack, or 0. */
static str_id leaf_function(const struct profile *p, uint32_t stack)
{
	uint32_t location, function;

	if (p->stack.len[stack] == 0)
		return 0;
	location = p->stack.location_row[p->stack.start[stack]];
	if (p->location.n_line[location] == 0)
		return 0;
	function = p->line.function_row[p->location.line_start[location]];
	return function == ROW_NONE ? 0 : p->function.name[function];
}

struct str listing_heaviest(const struct listing *l)
{
	const struct report_input *in = &l->now.view.in;
	const struct profile *p = in->profile;
	const int64_t *value = p->sample.value[in->value_index];
	struct arena scratch = ARENA_INIT;
	size_t n = strtab_count(&p->strings);
	int64_t *flat = ARENA_ZERO(&scratch, int64_t, n);
	size_t best = 0;

	for (uint32_t i = 0; flat && i < p->sample.n; i++) {
		str_id name = leaf_function(p, p->sample.stack_row[i]);

		flat[name] = i64_add(flat[name], value[i]);
	}
	for (size_t i = 1; flat && i < n; i++)
		if (flat[i] && (!best || i64_abs(flat[i]) > i64_abs(flat[best])))
			best = i;
	arena_release(&scratch);
	return best ? profile_text(p, (str_id)best) : STR_EMPTY;
}

/* ---- Its lines ---- */

/* One that shows no lines in the report, so that nobody has looked for its source, has one here. */
static void look_for_source(struct listing *l, struct report_list_routine *r)
{
	struct error err = ERROR_INIT;

	if (r->source || r->error.len || !r->file.len)
		return;
	r->source = source_open(l->sources, r->file, &err);
	if (r->source)
		r->path = r->source->path;
	else
		r->n_tried = source_tried(l->sources, r->file, &r->tried);
}

static bool make_sections(struct listing *l, struct error *err)
{
	struct report_list *list = l->now.list;

	l->section = ARENA_ZERO(&l->arena, struct listing_section, list->n_routine);
	if (!l->section)
		return error_nomem(err, "listing");
	l->hottest = 0;
	for (size_t i = 0; i < list->n_routine; i++) {
		struct report_list_routine *r = &list->routine[i];

		look_for_source(l, r);
		l->section[i].r = r;
		for (size_t k = 0; k < r->n_value; k++)
			if (i64_abs(r->value[k].cum) > l->hottest)
				l->hottest = i64_abs(r->value[k].cum);
	}
	l->n_section = list->n_routine;
	listing_lay_out(l);
	return report_list_calls(&l->now.view.in, list, &l->arena, &l->call, &l->n_call, err);
}

/* The lines of what is meant, by the texts of names: each side of a difference has ids of its own. */
static bool take_list(struct listing *l, struct listing_data *d, struct str name, struct str file, bool has_file,
		      struct error *err)
{
	const struct graph *g = d->graph;
	uint32_t *row = ARENA_ARRAY(&l->arena, uint32_t, g->n_list);
	size_t n = 0;

	if (!row)
		return error_nomem(err, "listing");
	for (uint32_t i = 0; i < g->n_list; i++) {
		const struct node_info *info = graph_info(g, g->list[i]);

		if (info->name && (!name.len || str_eq(graph_text(g, info->name), name)) &&
		    (!has_file || str_eq(graph_text(g, info->file), file)))
			row[n++] = g->list[i];
	}
	d->list = report_list_of(&d->view.in, g, row, n, l->sources, err);
	return d->list != NULL;
}

bool listing_show(struct listing *l, struct str function, int64_t *line, struct error *err)
{
	const struct graph *g;
	struct str name, file;
	struct target to;

	forget_function(l);
	if (!function.len)
		return true;
	if (!make_graph(&l->now, function, err) || (l->before.has_view && !make_graph(&l->before, function, err))) {
		forget_function(l);
		return false;
	}
	g = l->now.graph;
	if (!find_target(g, function, &to))
		return true;
	name = graph_text(g, to.name);
	file = graph_text(g, to.file);
	if (!take_list(l, &l->now, name, file, to.has_file, err) ||
	    (l->before.graph && !take_list(l, &l->before, name, file, to.has_file, err)) ||
	    !make_sections(l, err)) {
		forget_function(l);
		return false;
	}
	if (to.line)
		*line = to.line;
	return true;
}
