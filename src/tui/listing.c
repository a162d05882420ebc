/*
 * The source of one function, as rows.
 *
 * Lives here: from a name to sections, from a row to what it shows.
 */
#include "config.h"

#include "tui/listing.h"

#include "base/arith.h"

#include <string.h>

enum {
	ADDRESS_CHARS = 16, /* in front of names by address, and a blank */
	HOT_PART = 10,	    /* of the hottest line: what has that much is hot too */
};

void listing_init(struct listing *l, struct app *app)
{
	*l = (struct listing){ .app = app };
	source_places_open(&l->places);
}

static void forget_list(struct listing_data *d)
{
	report_list_free(d->list);
	d->list = NULL;
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
	graph_free(d->graph);
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
					     report_find(STR("list")), STR("."), &unheard, err);
	out_release(&unheard);
	return l->now.has_view;
}

static bool make_graph(struct listing_data *d, struct error *err)
{
	d->graph = d->has_view ? report_list_graph(&d->view.in, err) : NULL;
	return d->graph != NULL;
}

bool listing_load(struct listing *l, struct error *err)
{
	listing_unload(l);
	l->is_diff = app_is_diff(l->app);
	if (!load_now(l, err) || !make_graph(&l->now, err))
		return false;
	if (l->is_diff) {
		l->before.has_view = app_before_for(l->app, report_find(STR("list")), &l->before.view, err);
		if (!make_graph(&l->before, err))
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

struct str listing_heaviest(const struct listing *l)
{
	const struct graph *g = l->now.graph;
	struct arena scratch = ARENA_INIT;
	int64_t *flat = ARENA_ZERO(&scratch, int64_t, strtab_count(&g->strings));
	str_id best = 0;

	for (uint32_t i = 0; flat && i < g->n_list; i++) {
		str_id name = graph_info(g, g->list[i])->name;

		flat[name] = i64_add(flat[name], graph_flat(&g->node[g->list[i]]));
		if (name && (!best || i64_abs(flat[name]) > i64_abs(flat[best])))
			best = name;
	}
	arena_release(&scratch);
	return best ? graph_text(g, best) : STR_EMPTY;
}

/* ---- Sections ---- */

/* The first value of a line that is not before `line`. */
static size_t value_from(const struct report_list_routine *r, int64_t line)
{
	size_t low = 0, high = r->n_value;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (r->value[middle].number < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void lay_out_section(const struct listing *l, struct listing_section *s)
{
	const struct report_list_routine *r = s->r;

	s->first = r->n_line ? r->line[0].number : 1;
	s->n_line = r->n_line;
	if (l->is_whole && r->source) {
		s->first = 1;
		s->n_line = r->source->n_line;
	}
	s->n_note = r->source ? 0 : 1 + r->n_tried;
	s->n_ask = !r->source && r->file.len ? 1 : 0;
	s->n_before = value_from(r, s->first);
	s->n_after = r->n_value - value_from(r, s->first + (int64_t)s->n_line);
}

static size_t rows_of(const struct listing_section *s)
{
	return 1 + s->n_note + s->n_ask + s->n_before + s->n_line + s->n_after;
}

static void lay_out(struct listing *l)
{
	l->n_row = 0;
	for (size_t i = 0; i < l->n_section; i++) {
		l->section[i].start = l->n_row;
		lay_out_section(l, &l->section[i]);
		l->n_row += rows_of(&l->section[i]);
	}
}

void listing_set_whole(struct listing *l, bool is_whole)
{
	l->is_whole = is_whole;
	lay_out(l);
}

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
	lay_out(l);
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
	const struct graph *g = l->now.graph;
	struct str name, file;
	struct target to;

	forget_function(l);
	if (!function.len || !find_target(g, function, &to))
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

/* ---- Rows ---- */

static const struct listing_section *section_at(const struct listing *l, size_t row)
{
	size_t low = 0, high = l->n_section;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (l->section[middle].start <= row)
			low = middle;
		else
			high = middle;
	}
	return &l->section[low];
}

struct listing_row listing_at(const struct listing *l, size_t row)
{
	const struct listing_section *s = section_at(l, row);
	struct listing_row r = { .kind = LISTING_LINE, .section = (size_t)(s - l->section) };
	size_t at = row - s->start, k;

	if (at <= s->n_note + s->n_ask) {
		r.kind = at == 0 ? LISTING_HEAD : at <= s->n_note ? LISTING_NOTE : LISTING_ASK;
		r.note = at ? at - 1 : 0;
		return r;
	}
	at -= 1 + s->n_note + s->n_ask;
	if (at < s->n_before) {
		r.value = &s->r->value[at];
	} else if (at < s->n_before + s->n_line) {
		r.line = s->first + (int64_t)(at - s->n_before);
		k = value_from(s->r, r.line);
		if (k < s->r->n_value && s->r->value[k].number == r.line)
			r.value = &s->r->value[k];
		return r;
	} else {
		r.value = &s->r->value[s->r->n_value - s->n_after + (at - s->n_before - s->n_line)];
	}
	r.line = r.value->number;
	return r;
}

struct str listing_text(const struct listing *l, const struct listing_row *r)
{
	const struct source_file *f = listing_routine(l, r)->source;

	return f ? source_line(f, r->line) : (struct str){ NULL, 0 };
}

int64_t listing_cum_before(const struct listing *l, const struct listing_row *r)
{
	const struct report_list_routine *now = listing_routine(l, r);

	for (size_t i = 0; l->before.list && i < l->before.list->n_routine; i++) {
		const struct report_list_routine *b = &l->before.list->routine[i];
		size_t k;

		if (!str_eq(b->name, now->name) || !str_eq(b->file, now->file))
			continue;
		if (r->kind != LISTING_LINE)
			return b->cum;
		k = value_from(b, r->line);
		return k < b->n_value && b->value[k].number == r->line ? b->value[k].cum : 0;
	}
	return 0;
}

/* The row of a line that the section shows, or of the nearest one. */
static size_t row_in(const struct listing_section *s, int64_t line)
{
	size_t lines = s->start + 1 + s->n_note + s->n_ask, k = value_from(s->r, line);
	int64_t end = s->first + (int64_t)s->n_line;

	if (line < s->first)
		return lines + (k < s->n_before ? k : s->n_before ? s->n_before - 1 : 0);
	if (line < end)
		return lines + s->n_before + (size_t)(line - s->first);
	if (k >= s->r->n_value)
		return s->start + rows_of(s) - 1;
	return lines + s->n_before + s->n_line + (k - (s->r->n_value - s->n_after));
}

size_t listing_row_of(const struct listing *l, struct str file, int64_t line)
{
	for (size_t i = 0; i < l->n_section; i++)
		if (str_eq(l->section[i].r->file, file))
			return row_in(&l->section[i], line);
	return l->n_section ? row_in(&l->section[0], line) : 0;
}

/* The first call that is not before that line. */
static size_t call_from(const struct listing *l, size_t section, int64_t line)
{
	size_t low = 0, high = l->n_call;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct report_list_call *c = &l->call[middle];

		if (c->routine < section || (c->routine == section && c->line < line))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct report_list_call *listing_calls(const struct listing *l, const struct listing_row *r, size_t *n)
{
	size_t at = call_from(l, r->section, r->line), end = at;

	*n = 0;
	if (r->kind != LISTING_LINE)
		return NULL;
	while (end < l->n_call && l->call[end].routine == r->section && l->call[end].line == r->line)
		end++;
	*n = end - at;
	return l->call + at;
}

double listing_heat(const struct listing *l, const struct listing_row *r)
{
	if (r->kind != LISTING_LINE || !r->value || l->hottest <= 0)
		return 0;
	return (double)i64_abs(r->value->cum) / (double)l->hottest;
}

/* ---- Hot lines ---- */

size_t listing_hottest(const struct listing *l)
{
	const struct report_list_line *best = NULL;
	const struct listing_section *in = NULL;

	for (size_t i = 0; i < l->n_section; i++)
		for (size_t k = 0; k < l->section[i].r->n_value; k++) {
			const struct report_list_line *v = &l->section[i].r->value[k];

			if (best && (i64_abs(v->cum) < i64_abs(best->cum) ||
				     (i64_abs(v->cum) == i64_abs(best->cum) &&
				      i64_abs(v->flat) <= i64_abs(best->flat))))
				continue;
			best = v;
			in = &l->section[i];
		}
	return best ? row_in(in, best->number) : 0;
}

static bool is_hot(const struct listing *l, const struct report_list_line *v)
{
	return v->cum && i64_abs(v->cum) >= l->hottest / HOT_PART;
}

size_t listing_next_hot(const struct listing *l, size_t row, bool is_back)
{
	size_t first = SIZE_MAX, last = SIZE_MAX, next = SIZE_MAX, before = SIZE_MAX;

	for (size_t i = 0; i < l->n_section; i++)
		for (size_t k = 0; k < l->section[i].r->n_value; k++) {
			size_t at;

			if (!is_hot(l, &l->section[i].r->value[k]))
				continue;
			at = row_in(&l->section[i], l->section[i].r->value[k].number);
			first = first == SIZE_MAX ? at : first;
			last = at;
			if (at < row)
				before = at;
			if (at > row && next == SIZE_MAX)
				next = at;
		}
	if (first == SIZE_MAX)
		return row;
	if (is_back)
		return before != SIZE_MAX ? before : last;
	return next != SIZE_MAX ? next : first;
}
