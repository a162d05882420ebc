/*
 * tags: label values and what they weigh.
 *
 * Lives here: spec/reports.md 10, as rows and as text.
 */
#include "config.h"

#include "base/golike.h"
#include "base/hash.h"
#include "base/sort.h"
#include "base/vec.h"
#include "report/report.h"

#include <errno.h>

/* Sum of one value of one label.  Values that read the same are the same. */
struct sum {
	str_id key, text; /* text: of t->strings */
	int64_t value;
	uint64_t first8; /* of the text */
};

struct counter {
	struct report_tags *t;
	const struct report_input *in;
	struct arena scratch;
	VEC(struct sum) sum;
	struct row_index index;
};

static bool add(struct counter *c, str_id key, str_id text, int64_t value)
{
	uint64_t hash = hash_mix(c->index.seed, (uint64_t)key << 32 | text);
	uint32_t row;

	if (text == STR_ID_NONE)
		return false;
	for (size_t at = row_index_start(hash); (row = row_index_probe(&c->index, &at, hash)) != ROW_NONE;)
		if (c->sum.at[row].key == key && c->sum.at[row].text == text) {
			c->sum.at[row].value = i64_add(c->sum.at[row].value, value);
			return true;
		}
	return row_index_add(&c->index, hash, (uint32_t)c->sum.n) &&
	       vec_push(&c->sum, ((struct sum){ .key = key, .text = text, .value = value,
						.first8 = str_first8(strtab_get(&c->t->strings, text)) }));
}

static str_id number_text(struct counter *c, const struct label *label)
{
	struct measure_scaler s;
	struct measure_label l;
	struct str text;

	measure_scaler_init(&s, label_units_get(c->in->label_units, label->key), c->in->output_unit);
	measure_label_with(&s, label->num, &l);
	arena_reset(&c->scratch);
	text = measure_label_text(&c->scratch, &l);
	return text.ptr ? strtab_add(&c->t->strings, &c->t->arena, text) : STR_ID_NONE;
}

/* Sums by label set first: a set is taken apart once, however many samples have it. */
static bool count(struct counter *c)
{
	const struct profile *p = c->in->profile;
	const int64_t *value = p->sample.value[c->in->value_index];
	int64_t *weight = ARENA_ZERO(&c->t->arena, int64_t, p->label_set.n);
	uint8_t *is_used = ARENA_ZERO(&c->t->arena, uint8_t, p->label_set.n);

	if (!weight || !is_used)
		return false;
	for (uint32_t i = 0; i < p->sample.n; i++) {
		uint32_t set = p->sample.label_set_row[i];

		weight[set] = i64_add(weight[set], value[i]);
		is_used[set] = 1;
	}
	for (uint32_t set = 0; set < p->label_set.n; set++) {
		const struct label *label = p->label_set.label + p->label_set.start[set];

		for (uint32_t i = 0; is_used[set] && i < p->label_set.len[set]; i++) {
			str_id text = label[i].flags & LABEL_IS_NUMERIC ? number_text(c, &label[i]) : label[i].text;

			if (!add(c, label[i].key, text, weight[set]))
				return false;
		}
	}
	return true;
}

/* Keys by name; within a key the heaviest first, then by text. */
static int sum_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct counter *c = ctx;
	const struct sum *x = &c->sum.at[a], *y = &c->sum.at[b];
	int order = x->key == y->key ? 0 : str_cmp(strtab_get(&c->t->strings, x->key),
						    strtab_get(&c->t->strings, y->key));

	if (!order)
		order = graph_size_cmp(x->value, y->value);
	if (!order && x->first8 != y->first8)
		return x->first8 < y->first8 ? -1 : 1;
	if (!order)
		order = str_cmp(strtab_get(&c->t->strings, x->text), strtab_get(&c->t->strings, y->text));
	return order;
}

static bool arrange(struct counter *c)
{
	struct report_tags *t = c->t;
	uint32_t *row = ARENA_ARRAY(&c->scratch, uint32_t, c->sum.n);
	VEC(struct report_tags_key) key = VEC_INIT;

	t->row = ARENA_ARRAY(&t->arena, struct report_tags_row, c->sum.n);
	if (!row || !t->row)
		return false;
	for (uint32_t i = 0; i < c->sum.n; i++)
		row[i] = i;
	if (!sort_stable(row, c->sum.n, sum_cmp, c))
		return false;
	for (size_t i = 0; i < c->sum.n; i++) {
		const struct sum *s = &c->sum.at[row[i]];
		struct report_tags_key *k;

		if ((i == 0 || c->sum.at[row[i - 1]].key != s->key) &&
		    !vec_push(&key, ((struct report_tags_key){ .key = strtab_get(&t->strings, s->key), .start = i }))) {
			vec_release(&key);
			return false;
		}
		k = &key.at[key.n - 1];
		k->total = i64_add(k->total, s->value);
		k->n++;
		t->row[i] = (struct report_tags_row){ .text = strtab_get(&t->strings, s->text), .value = s->value };
	}
	t->n_row = c->sum.n;
	t->n_key = key.n;
	t->key = vec_into_arena(&key, &t->arena);
	return t->key != NULL;
}

struct report_tags *report_tags_rows(const struct report_input *in, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct report_tags *t = ARENA_ZERO(&arena, struct report_tags, 1);
	struct counter c = { .t = t, .in = in, .scratch = ARENA_INIT, .sum = VEC_INIT };

	if (!t) {
		error_nomem(err, "tags");
		return NULL;
	}
	t->arena = arena;
	t->total = in->total;
	strtab_init_above(&t->strings, &in->profile->strings);
	report_scaler(in, in->output_unit, &t->scaler);
	row_index_init(&c.index);
	if (!count(&c) || !arrange(&c)) {
		report_tags_free(t);
		t = NULL;
		error_nomem(err, "tags");
	}
	row_index_release(&c.index);
	vec_release(&c.sum);
	arena_release(&c.scratch);
	return t;
}

void report_tags_free(struct report_tags *t)
{
	struct arena arena;

	if (!t)
		return;
	strtab_release(&t->strings);
	arena = t->arena; /* t itself lives in it */
	arena_release(&arena);
}

/* "20ms (12.50%)"; the share only of a total above 0. */
static void write_value(struct out *o, const struct report_tags *t, int64_t value)
{
	char percent[MEASURE_PERCENT_BYTES];

	measure_write(o, &t->scaler, value, 0);
	if (t->total <= 0)
		return;
	out_lit(o, " (");
	out_str(o, measure_percentage(value, t->total, percent));
	out_char(o, ')');
}

/* A key with its rows, cells ended by tabs. */
static void write_key(struct out *o, const struct report_tags *t, const struct report_tags_key *k)
{
	out_str(o, k->key);
	out_lit(o, ":\t Total ");
	measure_write(o, &t->scaler, k->total, 0);
	out_lit(o, " of ");
	measure_write(o, &t->scaler, t->total, 0);
	if (t->total > 0) {
		char percent[MEASURE_PERCENT_BYTES];

		out_lit(o, " (");
		out_str(o, measure_percentage(k->total, t->total, percent));
		out_char(o, ')');
	}
	out_char(o, '\n');
	for (size_t i = k->start; i < k->start + k->n; i++) {
		out_lit(o, " \t");
		write_value(o, t, t->row[i].value);
		out_lit(o, ":\t ");
		out_str(o, t->row[i].text);
		out_char(o, '\n');
	}
	out_char(o, '\n');
}

/* Lays out what is in cells, and empties it. */
static bool flush_cells(struct out *cells, struct out *out)
{
	struct error err = ERROR_INIT;
	bool ok = !cells->is_broken && go_tabs(out, out_text(cells), &err);

	out_release(cells);
	out_open_memory(cells);
	return ok;
}

bool report_tags_write(const struct report_input *in, struct out *out, struct error *err)
{
	struct report_tags *t = report_tags_rows(in, err);
	bool is_escaped = false;
	struct out cells;

	if (!t)
		return false;
	out_open_memory(&cells);
	/* The empty line behind a key ends all columns, unless a value has opened an escape. */
	for (size_t i = 0; i < t->n_key; i++) {
		size_t before = out_text(&cells).len;

		write_key(&cells, t, &t->key[i]);
		is_escaped ^= go_tabs_is_escaped(str_from_offset(out_text(&cells), before));
		if ((i + 1 == t->n_key || !is_escaped) && !flush_cells(&cells, out))
			out_break(out, ENOMEM);
	}
	out_release(&cells);
	report_tags_free(t);
	return true;
}
