/*
 * Nodes: which frames are the same.
 *
 * Lives here: identity and names of nodes (spec/reports.md 3.1-3.3), sums of stacks.
 * Not here: flat and cum (graph/sums.c), edges (graph/link.c), call trees (graph/tree.c).
 */
#include "config.h"

#include "base/golike.h"
#include "graph/internal.h"
#include "source/source.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static bool trim_file(struct graph *g, str_id file, bool *has_changed)
{
	struct graph_state *st = g->state;
	str_id before = st->n_trim_round > 1 ? st->trimmed_file[file] : file;
	struct str trimmed = source_trim_path(graph_text(g, before), g->opt.trim_path, g->opt.source_path);
	struct str clean = trimmed.len ? go_path_clean(&st->arena, trimmed) : trimmed;

	if (!clean.ptr)
		return false;
	st->trim_round[file] = st->n_trim_round;
	st->trimmed_file[file] = strtab_add(&g->strings, &g->arena, trimmed);
	st->clean_file[file] = strtab_add(&g->strings, &g->arena, clean);
	*has_changed |= st->trimmed_file[file] != before;
	return st->trimmed_file[file] != STR_ID_NONE && st->clean_file[file] != STR_ID_NONE;
}

/*
 * File names of functions as nodes show them.  Each rebuild of a graph trims once more, so that a
 * relative prefix can go twice (spec/reports.md 3.1 a).
 */
static bool trim_files(struct graph *g, bool *has_changed)
{
	const struct profile *p = g->profile;
	struct graph_state *st = g->state;

	*has_changed = false;
	st->n_trim_round++;
	for (uint32_t i = 0; i < p->function.n; i++)
		if (st->trim_round[p->function.filename[i]] != st->n_trim_round &&
		    !trim_file(g, p->function.filename[i], has_changed))
			return false;
	return true;
}

/* Identity of one frame; function_row ROW_NONE: a location without lines (spec/reports.md 3.2). */
static struct node_info info_of(const struct graph *g, uint32_t location, uint32_t line)
{
	const struct profile *p = g->profile;
	uint32_t function = line == ROW_NONE ? ROW_NONE : p->line.function_row[line];
	uint32_t mapping = p->location.mapping_row[location];
	struct node_info info = { .address = p->location.address[location] };

	if (function != ROW_NONE) {
		info.name = p->function.name[function];
		info.file = g->state->clean_file[p->function.filename[function]];
		info.line = p->line.line[line];
		info.column = p->line.column[line];
	}
	if (function == ROW_NONE || info.name == 0 || (g->opt.flags & GRAPH_KEEP_ORIGIN)) {
		if (mapping != ROW_NONE)
			info.objfile = p->mapping[mapping].filename;
		if (function != ROW_NONE)
			info.start_line = p->function.start_line[function];
	}
	return info;
}

static bool info_eq(const struct node_info *a, const struct node_info *b)
{
	return a->name == b->name && a->file == b->file && a->objfile == b->objfile &&
	       a->address == b->address && a->start_line == b->start_line && a->line == b->line &&
	       a->column == b->column;
}

static uint64_t info_hash(uint64_t seed, const struct node_info *info)
{
	uint64_t h = hash_mix(seed, (uint64_t)info->name << 32 | info->file);

	h = hash_mix(h, info->address ^ (uint64_t)info->objfile << 40);
	h = hash_mix(h, (uint64_t)info->line ^ (uint64_t)info->start_line << 32);
	return hash_mix(h, (uint64_t)info->column);
}

/* Row of an identity; may_add false: ROW_NONE when it is new.  False: no memory. */
static bool intern_info(struct graph *g, const struct node_info *info, bool may_add, uint32_t *row)
{
	struct graph_state *st = g->state;
	uint64_t hash = info_hash(st->info_index.seed, info);

	for (size_t at = row_index_start(hash);
	     (*row = row_index_probe(&st->info_index, &at, hash)) != ROW_NONE;)
		if (info_eq(&st->info.at[*row], info))
			return true;
	if (!may_add)
		return true;
	*row = (uint32_t)st->info.n;
	return st->info.n < FRAME_MANY - 1 && vec_push(&st->info, *info) &&
	       row_index_add(&st->info_index, hash, *row);
}

/* Row of a frame; ROW_NONE when it is of no node.  False: no memory. */
static bool frame_row(struct graph *g, const struct node_info *info, bool may_add, uint32_t *row)
{
	*row = ROW_NONE;
	if (g->opt.wants && !g->opt.wants(g->opt.wants_ctx, g, info))
		return true;
	return intern_info(g, info, may_add, row);
}

/* All frames of one location, in the order in which nodes are created: innermost first. */
static bool map_location(struct graph *g, uint32_t location, bool may_add)
{
	const struct profile *p = g->profile;
	struct graph_state *st = g->state;
	uint32_t n = p->location.n_line[location], none = may_add ? FRAME_UNWANTED : g->n_info, row;
	uint32_t *many;

	if (n <= 1) {
		struct node_info info = info_of(g, location, n ? p->location.line_start[location] : ROW_NONE);

		if (!frame_row(g, &info, may_add, &row))
			return false;
		st->location_frame[location] = row == ROW_NONE ? none : row;
		return true;
	}
	if (st->many.n + n + 1 >= FRAME_MANY || !vec_reserve(&st->many, (size_t)n + 1))
		return false;
	many = st->many.at + st->many.n;
	many[0] = n;
	for (uint32_t i = 0; i < n; i++) {
		struct node_info info = info_of(g, location, p->location.line_start[location] + i);

		if (!frame_row(g, &info, may_add, &row))
			return false;
		many[n - i] = row == ROW_NONE ? none : row;
	}
	st->location_frame[location] = FRAME_MANY | (uint32_t)st->many.n;
	st->many.n += (size_t)n + 1;
	return true;
}

static bool map_locations(struct graph *g, bool may_add)
{
	g->state->many.n = 0;
	for (uint32_t i = 0; i < g->profile->location.n; i++)
		if (!map_location(g, i, may_add))
			return false;
	return true;
}

/* The sums of samples by stack: a stack is walked once, however many samples share it. */
static bool sum_stacks(struct graph *g)
{
	const struct profile *p = g->profile;
	struct graph_state *st = g->state;
	const int64_t *value = p->sample.value[g->opt.value_index];
	const int64_t *count = g->opt.is_mean ? p->sample.value[0] : NULL;

	st->weight = ARENA_ZERO(&st->arena, int64_t, p->stack.n);
	st->is_touched = ARENA_ZERO(&st->arena, uint8_t, p->stack.n);
	st->div = count ? ARENA_ZERO(&st->arena, int64_t, p->stack.n) : NULL;
	if (!st->weight || !st->is_touched || (count && !st->div))
		return false;
	for (uint32_t i = 0; i < p->sample.n; i++) {
		uint32_t stack = p->sample.stack_row[i];

		st->weight[stack] = i64_add(st->weight[stack], value[i]);
		st->is_touched[stack] |= value[i] != 0;
		if (count) {
			st->div[stack] = i64_add(st->div[stack], count[i]);
			st->is_touched[stack] |= count[i] != 0;
		}
	}
	return true;
}

/* Frames that are not wanted are of the row behind the last one, as those that are not kept. */
static void settle_unwanted(struct graph *g)
{
	struct graph_state *st = g->state;
	uint32_t n;

	for (uint32_t i = 0; i < g->profile->location.n; i++)
		if (st->location_frame[i] == FRAME_UNWANTED)
			st->location_frame[i] = g->n_info;
	for (size_t i = 0; i < st->many.n; i += (size_t)n + 1) {
		n = st->many.at[i];
		for (uint32_t k = 1; k <= n; k++)
			if (st->many.at[i + k] == FRAME_UNWANTED)
				st->many.at[i + k] = g->n_info;
	}
}

bool graph_nodes_init(struct graph *g, struct error *err)
{
	const struct profile *p = g->profile;
	struct graph_state *st = g->state;
	size_t n_str = strtab_count(&p->strings);
	bool has_changed;

	row_index_init(&st->info_index);
	st->location_frame = ARENA_ARRAY(&st->arena, uint32_t, p->location.n);
	st->trimmed_file = ARENA_ARRAY(&st->arena, str_id, n_str);
	st->clean_file = ARENA_ARRAY(&st->arena, str_id, n_str);
	st->trim_round = ARENA_ZERO(&st->arena, uint32_t, n_str);
	if (!st->location_frame || !st->trimmed_file || !st->clean_file || !st->trim_round ||
	    !trim_files(g, &has_changed) || !map_locations(g, true) || !sum_stacks(g))
		return error_nomem(err, "graph nodes");
	g->info = st->info.at;
	g->n_info = (uint32_t)st->info.n;
	if (g->opt.wants)
		settle_unwanted(g);
	return true;
}

bool graph_nodes_retrim(struct graph *g, bool *has_changed, struct error *err)
{
	if (!trim_files(g, has_changed) || (*has_changed && !map_locations(g, false)))
		return error_nomem(err, "graph nodes");
	return true;
}

/* Printable name (spec/reports.md 3.3). */
static struct str print_name(struct arena *arena, struct str name, struct str file, struct str objfile,
			     const struct node_info *i)
{
	char address[24] = "", place[48] = "";
	struct str part[4] = { STR_EMPTY, name, STR_EMPTY, STR_EMPTY };

	/* The common case needs no copy. */
	if (i->address == 0 && i->line == 0 && file.len == 0 && name.len)
		return name;
	if (i->address)
		(void)snprintf(address, sizeof(address), "%016" PRIx64 " ", i->address);
	if (i->line && i->column)
		(void)snprintf(place, sizeof(place), ":%" PRId64 ":%" PRId64, i->line, i->column);
	else if (i->line)
		(void)snprintf(place, sizeof(place), ":%" PRId64, i->line);
	part[0] = str_from(address);
	if (i->line || file.len) {
		struct str full[] = { part[0], name, name.len ? STR(" ") : STR_EMPTY, file, str_from(place) };

		return arena_join(arena, full, 5);
	}
	if (!name.len && objfile.len) {
		part[1] = STR("[");
		part[2] = go_path_base(objfile);
		part[3] = STR("]");
	} else if (!name.len) {
		part[1] = STR("<unknown>");
	}
	return arena_join(arena, part, 4);
}

static struct str info_text(struct graph *g, const struct node_info *i)
{
	return print_name(&g->arena, graph_text(g, i->name), graph_text(g, i->file),
			  graph_text(g, i->objfile), i);
}

struct str graph_frame_name(const struct profile *p, uint32_t location_row, uint32_t line_row,
			    struct arena *arena)
{
	uint32_t function = line_row == ROW_NONE ? ROW_NONE : p->line.function_row[line_row];
	uint32_t mapping = p->location.mapping_row[location_row];
	struct node_info info = { .address = p->location.address[location_row] };
	struct str name = STR_EMPTY, file = STR_EMPTY, objfile = STR_EMPTY;

	if (function != ROW_NONE) {
		name = profile_text(p, p->function.name[function]);
		file = profile_text(p, p->function.filename[function]);
		info.line = p->line.line[line_row];
		info.column = p->line.column[line_row];
	}
	if (file.len)
		file = go_path_clean(arena, file);
	if (!file.ptr)
		return file;
	if (mapping != ROW_NONE)
		objfile = profile_text(p, p->mapping[mapping].filename);
	return print_name(arena, name, file, objfile, &info);
}

bool graph_nodes_name(struct graph *g, struct error *err)
{
	const uint8_t *is_kept = g->state->is_kept;

	for (uint32_t i = 0; i < g->n_info; i++) {
		if ((is_kept && !is_kept[i]) || g->info[i].text.ptr)
			continue;
		g->info[i].text = info_text(g, &g->info[i]);
		if (!g->info[i].text.ptr)
			return error_nomem(err, "names");
	}
	return true;
}
