/*
 * callgrind: the call graph for KCachegrind.
 *
 * Lives here: spec/reports.md 14.
 */
#include "config.h"

#include "base/hash.h"
#include "base/vec.h"
#include "report/report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Names already written, by string row: "(3)" stands for them. */
struct names {
	VEC(uint32_t) number; /* 0: not yet */
	uint32_t n;
};

/* What callers of one function name in one file may mean, when it is several functions. */
struct group {
	str_id file, name;
	uint32_t n_function;
};

struct function {
	str_id objfile;
	int64_t start_line;
	int64_t column;	     /* of frames without a place, which the reference tells apart by it */
	uint32_t parent_row; /* of a call tree: functions below different callers are different */
	uint32_t group_row, index; /* from 1 on, in its group */
};

struct paper {
	const struct report_input *in;
	const struct graph *g;
	struct arena arena;
	struct strtab strings; /* above the graph's: with "name [1/2]" */
	struct str unit;
	struct measure_scaler scaler;
	struct out *out;

	VEC(struct group) group;
	VEC(struct function) function;
	struct row_index group_index, function_index;
	str_id *callee_name; /* by position in the graph's list */
	struct names objects, files, functions;
	bool has_before;
	uint64_t before; /* address of the node that was written last */
};

static uint32_t group_of(struct paper *p, const struct node_info *info)
{
	uint64_t hash = hash_mix(p->group_index.seed, (uint64_t)info->file << 32 | info->name);
	uint32_t row;

	for (size_t at = row_index_start(hash); (row = row_index_probe(&p->group_index, &at, hash)) != ROW_NONE;)
		if (p->group.at[row].file == info->file && p->group.at[row].name == info->name)
			return row;
	row = (uint32_t)p->group.n;
	if (!row_index_add(&p->group_index, hash, row) ||
	    !vec_push(&p->group, ((struct group){ .file = info->file, .name = info->name })))
		return ROW_NONE;
	return row;
}

static uint32_t function_of(struct paper *p, const struct node_info *info, uint32_t parent)
{
	uint32_t group = group_of(p, info), row;
	struct function f = { .objfile = info->objfile, .start_line = info->start_line, .parent_row = parent,
			      .column = info->address || info->line ? 0 : info->column, .group_row = group };
	uint64_t hash = hash_mix(p->function_index.seed, (uint64_t)info->objfile << 32 | group);

	if (group == ROW_NONE)
		return ROW_NONE;
	hash = hash_mix(hash_mix(hash_mix(hash, (uint64_t)info->start_line), parent), (uint64_t)f.column);
	for (size_t at = row_index_start(hash); (row = row_index_probe(&p->function_index, &at, hash)) != ROW_NONE;) {
		const struct function *x = &p->function.at[row];

		if (x->group_row == group && x->objfile == f.objfile && x->start_line == f.start_line &&
		    x->column == f.column && x->parent_row == parent)
			return row;
	}
	row = (uint32_t)p->function.n;
	f.index = ++p->group.at[group].n_function;
	return row_index_add(&p->function_index, hash, row) && vec_push(&p->function, f) ? row : ROW_NONE;
}

/* "name [1/2]"; the name alone when it is one function. */
static str_id callee_name(struct paper *p, const struct function *f)
{
	const struct group *group = &p->group.at[f->group_row];
	char suffix[32];
	struct str part[2] = { graph_text(p->g, group->name) }, text;

	if (group->n_function == 1)
		return group->name;
	(void)snprintf(suffix, sizeof(suffix), " [%" PRIu32 "/%" PRIu32 "]", f->index, group->n_function);
	part[1] = str_from(suffix);
	text = arena_join(&p->arena, part, 2);
	return text.ptr ? strtab_add(&p->strings, &p->arena, text) : STR_ID_NONE;
}

static bool name_callees(struct paper *p)
{
	const struct graph *g = p->g;
	uint32_t *function = ARENA_ARRAY(&p->arena, uint32_t, g->n_list);

	p->callee_name = ARENA_ARRAY(&p->arena, str_id, g->n_list);
	if (!function || !p->callee_name)
		return false;
	for (uint32_t i = 0; i < g->n_list; i++) {
		function[i] = function_of(p, graph_info(g, g->list[i]), g->node[g->list[i]].parent_row);
		if (function[i] == ROW_NONE)
			return false;
	}
	for (uint32_t i = 0; i < g->n_list; i++) {
		if (!(i & CANCEL_MASK) && cancel_is_raised(p->in->cancel))
			return false;
		p->callee_name[i] = callee_name(p, &p->function.at[function[i]]);
		if (p->callee_name[i] == STR_ID_NONE)
			return false;
	}
	return true;
}

static bool names_init(struct names *n, uint32_t n_string)
{
	if (!vec_reserve(&n->number, n_string))
		return false;
	memset(n->number.at, 0, n_string * sizeof(*n->number.at));
	return true;
}

/* "(1) text" at first, then "(1)"; an empty one is nothing. */
static void write_name(struct paper *p, struct names *names, str_id id)
{
	uint32_t *number = &names->number.at[id];
	bool is_new = *number == 0;

	if (id == 0)
		return;
	if (is_new)
		*number = ++names->n;
	out_char(p->out, '(');
	out_i64(p->out, *number);
	out_char(p->out, ')');
	if (!is_new)
		return;
	out_char(p->out, ' ');
	out_str(p->out, strtab_get(&p->strings, id));
}

/* Relative to the node before when that is shorter. */
static void write_address(struct paper *p, uint64_t address)
{
	char absolute[24], relative[24];
	int n_absolute = snprintf(absolute, sizeof(absolute), "0x%" PRIx64, address);
	int64_t step = (int64_t)(address - p->before);
	int n_relative = snprintf(relative, sizeof(relative), "%+" PRId64, step);

	if (p->has_before && step == 0)
		out_char(p->out, '*');
	else if (p->has_before && n_relative < n_absolute)
		out_str(p->out, str_from(relative));
	else
		out_str(p->out, str_from(absolute));
}

static void write_place(struct paper *p, const struct node_info *info)
{
	write_address(p, info->address);
	out_char(p->out, ' ');
	out_i64(p->out, info->line);
}

static void write_cost(struct paper *p, int64_t value)
{
	out_char(p->out, ' ');
	out_i64(p->out, i64_from_double(measure_scale_with(&p->scaler, value, NULL)));
	out_char(p->out, '\n');
}

static void write_call(struct paper *p, const struct graph_edge *e)
{
	const struct node_info *callee = graph_info(p->g, e->to_row);
	uint32_t position = p->g->node[e->to_row].position;

	out_lit(p->out, "cfl=");
	write_name(p, &p->files, callee->file);
	out_lit(p->out, "\ncfn=");
	if (position != ROW_NONE)
		write_name(p, &p->functions, p->callee_name[position]);
	out_lit(p->out, "\ncalls=0 ");
	write_place(p, callee);
	out_lit(p->out, "\n* *");
	write_cost(p, e->weight);
}

static void write_node(struct paper *p, uint32_t position)
{
	const struct graph *g = p->g;
	uint32_t row = g->list[position];
	const struct graph_node *n = &g->node[row];
	const struct node_info *info = graph_info(g, row);
	const struct node_info *last = position ? graph_info(g, g->list[position - 1]) : NULL;

	if (!last || last->objfile != info->objfile || last->file != info->file || last->name != info->name) {
		out_lit(p->out, "\nob=");
		write_name(p, &p->objects, info->objfile);
		out_lit(p->out, "\nfl=");
		write_name(p, &p->files, info->file);
		out_lit(p->out, "\nfn=");
		write_name(p, &p->functions, info->name);
		out_char(p->out, '\n');
	}
	write_place(p, info);
	write_cost(p, graph_flat(n));
	for (uint32_t i = 0; i < n->n_out; i++)
		write_call(p, graph_out(g, row, i));
	p->has_before = true;
	p->before = info->address;
}

static bool prepare(struct paper *p)
{
	uint32_t n_string;

	if (!name_callees(p))
		return false;
	n_string = strtab_count(&p->strings);
	return names_init(&p->objects, n_string) && names_init(&p->files, n_string) &&
	       names_init(&p->functions, n_string);
}

static void release(struct paper *p)
{
	vec_release(&p->group);
	vec_release(&p->function);
	row_index_release(&p->group_index);
	row_index_release(&p->function_index);
	vec_release(&p->objects.number);
	vec_release(&p->files.number);
	vec_release(&p->functions.number);
	strtab_release(&p->strings);
	arena_release(&p->arena);
}

bool report_callgrind_write(const struct report_input *in, struct out *out, struct error *err)
{
	struct graph *g = report_graph(in, GRAPH_KEEP_ORIGIN | (in->call_tree ? GRAPH_CALL_TREE : 0u), err);
	struct paper p = { .in = in, .g = g, .arena = ARENA_INIT, .out = out };
	bool ok;

	if (!g)
		return false;
	strtab_init_above(&p.strings, &g->strings);
	row_index_init(&p.group_index);
	row_index_init(&p.function_index);
	p.unit = report_unit(in, g, true);
	measure_scaler_init(&p.scaler, in->sample_unit, p.unit);
	ok = prepare(&p);
	if (ok) {
		out_lit(out, "positions: instr line\nevents: ");
		out_str(out, in->type);
		out_char(out, '(');
		out_str(out, p.unit);
		out_lit(out, ")\n");
		for (uint32_t i = 0; i < g->n_list && !out->is_broken; i++)
			write_node(&p, i);
	} else {
		error_nomem(err, "callgrind");
	}
	release(&p);
	graph_free(g);
	return ok;
}
