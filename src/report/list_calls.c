/*
 * list: what the lines of a function call.
 *
 * Lives here: calls by line, from the stacks.
 * Not here: the lines (report/list.c).
 */
#include "config.h"

#include "report/report.h"

#include "base/golike.h"
#include "base/hash.h"
#include "base/sort.h"
#include "base/vec.h"

/* What one line calls. */
struct counted {
	struct report_list_call call;
	str_id callee;
	uint32_t stamp; /* stack that was counted last, plus 1 */
};

struct counter {
	const struct profile *p;
	const struct report_list *l;
	struct arena scratch;
	uint32_t *routine_of; /* by function row: routine + 1; 0: another function */
	uint8_t *is_marked;   /* by location: a frame of those functions is there */
	int64_t *weight;      /* by stack */
	struct row_index index;
	VEC(struct counted) counted;
};

/* The file of a function as the list has it. */
static struct str file_of(const struct report_input *in, uint32_t function, struct arena *arena)
{
	const struct profile *p = in->profile;
	struct str file = source_trim_path(profile_text(p, p->function.filename[function]), in->trim_path,
					   in->source_path);

	return file.len ? go_path_clean(arena, file) : file;
}

static uint32_t find_routine(const struct report_input *in, const struct report_list *l, uint32_t function,
			     struct arena *arena)
{
	struct str name = profile_text(in->profile, in->profile->function.name[function]);
	struct str file = STR_EMPTY;
	bool has_file = false;

	for (size_t i = 0; i < l->n_routine; i++) {
		if (!str_eq(l->routine[i].name, name))
			continue;
		if (!has_file)
			file = file_of(in, function, arena);
		has_file = true;
		if (str_eq(l->routine[i].file, file))
			return (uint32_t)i + 1;
	}
	return 0;
}

static bool mark(struct counter *c, const struct report_input *in)
{
	const struct profile *p = c->p;
	const int64_t *value = p->sample.value[in->value_index];

	c->routine_of = ARENA_ZERO(&c->scratch, uint32_t, p->function.n);
	c->is_marked = ARENA_ZERO(&c->scratch, uint8_t, p->location.n);
	c->weight = ARENA_ZERO(&c->scratch, int64_t, p->stack.n);
	if (!c->routine_of || !c->is_marked || !c->weight)
		return false;
	for (uint32_t i = 0; i < p->function.n; i++)
		c->routine_of[i] = find_routine(in, c->l, i, &c->scratch);
	for (uint32_t i = 0; i < p->location.n; i++)
		for (uint32_t k = 0; k < p->location.n_line[i]; k++) {
			uint32_t function = p->line.function_row[p->location.line_start[i] + k];

			c->is_marked[i] |= function != ROW_NONE && c->routine_of[function];
		}
	for (uint32_t i = 0; i < p->sample.n; i++) {
		int64_t *sum = &c->weight[p->sample.stack_row[i]];

		*sum = i64_add(*sum, value[i]);
	}
	return true;
}

/* ROW_NONE: no memory. */
static uint32_t counted_row(struct counter *c, uint32_t routine, int64_t line, str_id callee)
{
	uint64_t hash = hash_mix(hash_mix(c->index.seed, (uint64_t)routine << 32 | callee), (uint64_t)line);
	struct counted new = { .call = { .routine = routine, .line = line, .is_inlined = true }, .callee = callee };
	uint32_t row;

	for (size_t at = row_index_start(hash); (row = row_index_probe(&c->index, &at, hash)) != ROW_NONE;) {
		const struct counted *k = &c->counted.at[row];

		if (k->call.routine == routine && k->call.line == line && k->callee == callee)
			return row;
	}
	row = (uint32_t)c->counted.n;
	new.call.name = profile_text(c->p, callee);
	return row < ROW_NONE - 1 && vec_push(&c->counted, new) && row_index_add(&c->index, hash, row) ? row
												      : ROW_NONE;
}

/* Counts the call from one line row to another, if both are of functions. */
static bool count(struct counter *c, uint32_t stack, uint32_t from, uint32_t to, bool is_inlined)
{
	const struct profile *p = c->p;
	uint32_t caller = p->line.function_row[from], callee = p->line.function_row[to], row;
	struct counted *k;

	if (caller == ROW_NONE || callee == ROW_NONE || !c->routine_of[caller])
		return true;
	row = counted_row(c, c->routine_of[caller] - 1, p->line.line[from], p->function.name[callee]);
	if (row == ROW_NONE)
		return false;
	k = &c->counted.at[row];
	k->call.is_inlined &= is_inlined;
	if (k->stamp == stack + 1)
		return true;
	k->stamp = stack + 1;
	k->call.weight = i64_add(k->call.weight, c->weight[stack]);
	return true;
}

/* The calls that leave the frames of the location at that place of a stack. */
static bool count_location(struct counter *c, uint32_t stack, const uint32_t *location, uint32_t at)
{
	const struct profile *p = c->p;
	uint32_t start = p->location.line_start[location[at]], n = p->location.n_line[location[at]];

	for (uint32_t k = 1; k < n; k++)
		if (!count(c, stack, start + k, start + k - 1, true))
			return false;
	if (n == 0 || at == 0 || p->location.n_line[location[at - 1]] == 0)
		return true;
	return count(c, stack, start,
		     p->location.line_start[location[at - 1]] + p->location.n_line[location[at - 1]] - 1, false);
}

static bool count_all(struct counter *c, const struct cancel *cancel)
{
	const struct profile *p = c->p;
	uint8_t *has = ARENA_ARRAY(&c->scratch, uint8_t, p->stack.n);

	if (!has || !profile_find_stacks(p, c->is_marked, has))
		return false;
	for (uint32_t s = 0; s < p->stack.n; s++) {
		const uint32_t *location = p->stack.location_row + p->stack.start[s];

		if (!(s & CANCEL_MASK) && cancel_is_raised(cancel))
			return false;
		if (!has[s] || !c->weight[s])
			continue;
		for (uint32_t at = 0; at < p->stack.len[s]; at++)
			if (c->is_marked[location[at]] && !count_location(c, s, location, at))
				return false;
	}
	return true;
}

static int call_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct report_list_call *x = &((const struct counted *)ctx)[a].call;
	const struct report_list_call *y = &((const struct counted *)ctx)[b].call;
	int c = (x->routine > y->routine) - (x->routine < y->routine);

	c = c ? c : (x->line > y->line) - (x->line < y->line);
	c = c ? c : graph_size_cmp(x->weight, y->weight);
	return c ? c : str_cmp(x->name, y->name);
}

static bool take_sorted(struct counter *c, struct arena *arena, struct report_list_call **call)
{
	uint32_t *row = ARENA_ARRAY(&c->scratch, uint32_t, c->counted.n);

	*call = ARENA_ARRAY(arena, struct report_list_call, c->counted.n);
	if (!row || !*call)
		return false;
	for (size_t i = 0; i < c->counted.n; i++)
		row[i] = (uint32_t)i;
	if (!sort_stable(row, c->counted.n, call_cmp, c->counted.at))
		return false;
	for (size_t i = 0; i < c->counted.n; i++)
		(*call)[i] = c->counted.at[row[i]].call;
	return true;
}

bool report_list_calls(const struct report_input *in, const struct report_list *l, struct arena *arena,
		       struct report_list_call **call, size_t *n, struct error *err)
{
	struct counter c = { .p = in->profile, .l = l, .scratch = ARENA_INIT, .counted = VEC_INIT };
	bool ok;

	row_index_init(&c.index);
	ok = mark(&c, in) && count_all(&c, in->cancel) && take_sorted(&c, arena, call);
	*n = ok ? c.counted.n : 0;
	row_index_release(&c.index);
	vec_release(&c.counted);
	arena_release(&c.scratch);
	return ok || error_nomem(err, "calls of lines");
}
