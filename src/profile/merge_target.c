/*
 * Combining profiles: rows.
 *
 * Lives here: which mappings, functions, locations and samples are the same (spec/profile.md 7.5).
 * Not here: types and units (profile/merge_types.c); what is combined with what (profile/merge.c).
 *
 * Each string, function, location, stack and label set of a source is looked up once, when the first
 * sample needs it; a sample then costs the look-up of a pair of rows.  Rows are made in the order of
 * need, which gives them the reference's ids.
 */
#include "config.h"

#include "profile/merge_target.h"

#include "base/arith.h"
#include "profile/internal.h"

#include <string.h>

/* ---- life ---- */

struct merge_target *merge_target_new(struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct merge_target *t = ARENA_ZERO(&arena, struct merge_target, 1);

	if (!t) {
		error_nomem(err, "merging");
		return NULL;
	}
	if (!profile_builder_init(&t->b, err)) {
		arena_release(&arena);
		return NULL;
	}
	t->home = arena;
	row_index_init(&t->mapping);
	row_index_init(&t->function);
	row_index_init(&t->location);
	row_index_init(&t->sample);
	row_index_init(&t->comment);
	return t;
}

void merge_target_free(struct merge_target *t)
{
	struct arena home;

	if (!t)
		return;
	profile_builder_release(&t->b);
	row_index_release(&t->mapping);
	row_index_release(&t->function);
	row_index_release(&t->location);
	row_index_release(&t->sample);
	row_index_release(&t->comment);
	vec_release(&t->comments);
	vec_release(&t->line_function);
	vec_release(&t->label);
	vec_release(&t->frames);
	vec_release(&t->value);
	arena_release(&t->scratch);
	home = t->home; /* t itself lives in it */
	arena_release(&home);
}

/* n rows that became nothing yet; NULL: no memory. */
static uint32_t *no_rows(struct merge_target *t, uint32_t n)
{
	uint32_t *row = ARENA_ARRAY(&t->scratch, uint32_t, n);

	if (row)
		memset(row, 0xff, n * sizeof(*row));
	return row;
}

static bool begin_source(struct merge_target *t, const struct profile *p)
{
	arena_reset(&t->scratch);
	t->from = p;
	t->rows = (struct merge_rows){
		.str = no_rows(t, strtab_count(&p->strings)),
		.mapping = no_rows(t, p->n_mapping),
		.function = no_rows(t, p->function.n),
		.location = no_rows(t, p->location.n),
		.stack = no_rows(t, p->stack.n),
		.label_set = no_rows(t, p->label_set.n),
	};
	return t->rows.str && t->rows.mapping && t->rows.function && t->rows.location && t->rows.stack &&
	       t->rows.label_set;
}

/* STR_ID_NONE: no memory. */
static str_id merged_str(struct merge_target *t, str_id id)
{
	if (t->rows.str[id] == STR_ID_NONE)
		t->rows.str[id] = profile_builder_str(&t->b, profile_text(t->from, id));
	return t->rows.str[id];
}

/* ---- header ---- */

static bool add_comment(struct merge_target *t, str_id id)
{
	uint64_t hash = hash_mix(t->comment.seed, id);
	uint32_t row;

	for (size_t at = row_index_start(hash); (row = row_index_probe(&t->comment, &at, hash)) != ROW_NONE;)
		if (t->comments.at[row] == id)
			return true;
	return id != STR_ID_NONE && row_index_add(&t->comment, hash, (uint32_t)t->comments.n) &&
	       vec_push(&t->comments, id);
}

static bool first_header(struct merge_target *t)
{
	const struct profile *from = t->from;
	struct profile *to = t->b.p;
	struct value_type *type = ARENA_ARRAY(&t->scratch, struct value_type, from->n_sample_type);

	if (!type)
		return false;
	for (uint32_t i = 0; i < from->n_sample_type; i++) {
		type[i].type = merged_str(t, from->sample_type[i].type);
		type[i].unit = merged_str(t, from->sample_type[i].unit);
		if (type[i].type == STR_ID_NONE || type[i].unit == STR_ID_NONE)
			return false;
	}
	to->drop_frames = merged_str(t, from->drop_frames);
	to->keep_frames = merged_str(t, from->keep_frames);
	to->period_type.type = merged_str(t, from->period_type.type);
	to->period_type.unit = merged_str(t, from->period_type.unit);
	t->has_header = true;
	return to->drop_frames != STR_ID_NONE && to->keep_frames != STR_ID_NONE &&
	       to->period_type.type != STR_ID_NONE && to->period_type.unit != STR_ID_NONE &&
	       profile_builder_sample_types(&t->b, type, from->n_sample_type);
}

/* A time of 0 takes part in the fold, and does not stay: 500, 0, 700 give 700. */
static bool fold_header(struct merge_target *t)
{
	const struct profile *from = t->from;
	struct profile *to = t->b.p;

	if (to->time_nanos == 0 || from->time_nanos < to->time_nanos)
		to->time_nanos = from->time_nanos;
	if (to->period == 0 || to->period < from->period)
		to->period = from->period;
	to->duration_nanos = i64_add(to->duration_nanos, from->duration_nanos);
	for (uint32_t i = 0; i < from->n_comment; i++)
		if (!add_comment(t, merged_str(t, from->comment[i])))
			return false;
	if (to->default_sample_type == 0)
		to->default_sample_type = merged_str(t, from->default_sample_type);
	if (to->doc_url == 0)
		to->doc_url = merged_str(t, from->doc_url);
	return to->default_sample_type != STR_ID_NONE && to->doc_url != STR_ID_NONE;
}

/* ---- mappings ---- */

/* Sizes are compared in pages, since loaders round them. */
static uint64_t mapping_size(const struct mapping *m)
{
	return (m->limit - m->start + 4095) & ~(uint64_t)4095;
}

/* One field for both: a build id equal to another mapping's file name is the same. */
static str_id mapping_name(const struct mapping *m)
{
	return m->build_id ? m->build_id : m->filename;
}

static bool same_mapping(const struct mapping *a, const struct mapping *b)
{
	return mapping_size(a) == mapping_size(b) && a->offset == b->offset && mapping_name(a) == mapping_name(b);
}

/* ROW_NONE: failed, as profile_builder_failed() tells. */
static uint32_t add_mapping(struct merge_target *t, uint32_t source_row)
{
	struct mapping m = t->from->mapping[source_row];
	uint64_t hash;
	uint32_t row;

	m.id = (uint64_t)t->b.mapping.n + 1;
	m.filename = merged_str(t, m.filename);
	m.build_id = merged_str(t, m.build_id);
	if (m.filename == STR_ID_NONE || m.build_id == STR_ID_NONE)
		return ROW_NONE;
	hash = hash_mix(hash_mix(t->mapping.seed, mapping_size(&m)), m.offset);
	hash = hash_mix(hash, mapping_name(&m));
	for (size_t at = row_index_start(hash); (row = row_index_probe(&t->mapping, &at, hash)) != ROW_NONE;)
		if (same_mapping(&t->b.mapping.at[row], &m))
			return row;
	row = profile_builder_mapping(&t->b, &m);
	return row != ROW_NONE && row_index_add(&t->mapping, hash, row) ? row : ROW_NONE;
}

static uint32_t merged_mapping(struct merge_target *t, uint32_t source_row)
{
	uint32_t *row = &t->rows.mapping[source_row];

	if (*row == ROW_NONE)
		*row = add_mapping(t, source_row);
	return *row;
}

/* ---- functions ---- */

static bool same_function(const struct profile_builder *b, uint32_t row, const str_id text[3], int64_t start_line)
{
	return b->function_name.at[row] == text[0] && b->function_system_name.at[row] == text[1] &&
	       b->function_filename.at[row] == text[2] && b->function_start_line.at[row] == start_line;
}

static uint32_t add_function(struct merge_target *t, uint32_t source_row)
{
	const struct profile *p = t->from;
	int64_t start_line = p->function.start_line[source_row];
	str_id text[3] = { merged_str(t, p->function.name[source_row]),
			   merged_str(t, p->function.system_name[source_row]),
			   merged_str(t, p->function.filename[source_row]) };
	uint64_t hash = hash_mix(hash_mix(t->function.seed, (uint64_t)text[0] << 32 | text[1]), text[2]);
	uint32_t row;

	if (text[0] == STR_ID_NONE || text[1] == STR_ID_NONE || text[2] == STR_ID_NONE)
		return ROW_NONE;
	hash = hash_mix(hash, (uint64_t)start_line);
	for (size_t at = row_index_start(hash); (row = row_index_probe(&t->function, &at, hash)) != ROW_NONE;)
		if (same_function(&t->b, row, text, start_line))
			return row;
	row = profile_builder_function(&t->b, (uint64_t)t->b.function_id.n + 1, text[0], text[1], text[2], start_line);
	return row != ROW_NONE && row_index_add(&t->function, hash, row) ? row : ROW_NONE;
}

static uint32_t merged_function(struct merge_target *t, uint32_t source_row)
{
	uint32_t *row = &t->rows.function[source_row];

	if (*row == ROW_NONE)
		*row = add_function(t, source_row);
	return *row;
}

/* ---- locations ---- */

/* What a location of the source becomes, before it is known whether it is there already. */
struct merged_location {
	uint32_t mapping_row; /* or ROW_NONE */
	uint64_t address;     /* moved with its mapping */
	uint64_t offset;      /* in its mapping, or the address */
	bool is_folded;
	const int64_t *line, *column; /* n_line of them; the functions are in t->line_function */
	uint32_t n_line;
};

/* Of all columns the reference looks at the last one only. */
static int64_t last_column(const int64_t *column, uint32_t n)
{
	return n ? column[n - 1] : 0;
}

static uint64_t hash_location(const struct merge_target *t, const struct merged_location *l)
{
	uint64_t h = hash_mix(t->location.seed, l->offset);

	h = hash_mix(h, (uint64_t)l->mapping_row << 1 | l->is_folded);
	for (uint32_t i = 0; i < l->n_line; i++)
		h = hash_mix(hash_mix(h, t->line_function.at[i]), (uint64_t)l->line[i]);
	return hash_mix(h, (uint64_t)last_column(l->column, l->n_line));
}

static bool same_location(const struct merge_target *t, uint32_t row, const struct merged_location *l)
{
	const struct profile_builder *b = &t->b;
	uint32_t start = b->location_line.at[row], mapping = b->location_mapping.at[row];
	uint64_t base = mapping == ROW_NONE ? 0 : b->mapping.at[mapping].start;

	if (mapping != l->mapping_row || b->location_address.at[row] - base != l->offset ||
	    b->location_folded.at[row] != l->is_folded || b->location_n_line.at[row] != l->n_line ||
	    last_column(b->line_column.at + start, l->n_line) != last_column(l->column, l->n_line))
		return false;
	for (uint32_t i = 0; i < l->n_line; i++)
		if (b->line_function.at[start + i] != t->line_function.at[i] || b->line_line.at[start + i] != l->line[i])
			return false;
	return true;
}

static bool map_lines(struct merge_target *t, uint32_t source_row, struct merged_location *l)
{
	const struct profile *p = t->from;
	uint32_t start = p->location.line_start[source_row];

	l->n_line = p->location.n_line[source_row];
	l->line = p->line.line + start;
	l->column = p->line.column + start;
	t->line_function.n = 0;
	if (!vec_reserve(&t->line_function, l->n_line))
		return false;
	for (uint32_t i = 0; i < l->n_line; i++) {
		t->line_function.at[i] = merged_function(t, p->line.function_row[start + i]);
		if (t->line_function.at[i] == ROW_NONE)
			return false;
	}
	return true;
}

static bool map_location(struct merge_target *t, uint32_t source_row, struct merged_location *l)
{
	const struct profile *p = t->from;
	uint32_t mapping = p->location.mapping_row[source_row];

	*l = (struct merged_location){
		.mapping_row = ROW_NONE,
		.address = p->location.address[source_row],
		.offset = p->location.address[source_row],
		.is_folded = p->location.is_folded[source_row],
	};
	if (mapping != ROW_NONE) {
		l->mapping_row = merged_mapping(t, mapping);
		if (l->mapping_row == ROW_NONE)
			return false;
		l->offset -= p->mapping[mapping].start;
		l->address = l->offset + t->b.mapping.at[l->mapping_row].start;
	}
	return map_lines(t, source_row, l);
}

static uint32_t add_location(struct merge_target *t, uint32_t source_row)
{
	struct merged_location l;
	uint64_t hash;
	uint32_t row;

	if (!map_location(t, source_row, &l))
		return ROW_NONE;
	hash = hash_location(t, &l);
	for (size_t at = row_index_start(hash); (row = row_index_probe(&t->location, &at, hash)) != ROW_NONE;)
		if (same_location(t, row, &l))
			return row;
	row = profile_builder_location(&t->b, (uint64_t)t->b.location_id.n + 1, l.mapping_row, l.address, l.is_folded);
	if (row == ROW_NONE || !row_index_add(&t->location, hash, row))
		return ROW_NONE;
	for (uint32_t i = 0; i < l.n_line; i++)
		if (!profile_builder_line(&t->b, t->line_function.at[i], l.line[i], l.column[i]))
			return ROW_NONE;
	return row;
}

/* ---- stacks, label sets, samples ---- */

static uint32_t merged_label_set(struct merge_target *t, uint32_t source_row)
{
	const struct profile *p = t->from;
	const struct label *from = p->label_set.label + p->label_set.start[source_row];
	uint32_t n = p->label_set.len[source_row];

	if (t->rows.label_set[source_row] != ROW_NONE)
		return t->rows.label_set[source_row];
	t->label.n = 0;
	if (!vec_reserve(&t->label, n))
		return ROW_NONE;
	for (uint32_t i = 0; i < n; i++) {
		struct label *to = &t->label.at[i];

		*to = from[i];
		to->key = merged_str(t, from[i].key);
		to->text = merged_str(t, from[i].text);
		if (to->key == STR_ID_NONE || to->text == STR_ID_NONE)
			return ROW_NONE;
	}
	t->rows.label_set[source_row] = profile_builder_label_set(&t->b, t->label.at, n);
	return t->rows.label_set[source_row];
}

static bool is_zero(const struct profile *p, uint32_t sample)
{
	for (uint32_t i = 0; i < p->n_sample_type; i++)
		if (p->sample.value[i][sample] != 0)
			return false;
	return true;
}

/* The sample's stack in rows of the result, behind the others of the block. */
static bool map_stack(struct merge_target *t, struct merge_sample *s)
{
	const struct profile *p = t->from;
	uint32_t stack = p->sample.stack_row[s->sample], n = p->stack.len[stack], *row = t->rows.location;
	const uint32_t *from = p->stack.location_row + p->stack.start[stack];

	s->frames = t->frames.n;
	s->n_frame = 0;
	s->stack = t->rows.stack[stack];
	if (s->stack != ROW_NONE)
		return true;
	if (!vec_reserve(&t->frames, n))
		return false;
	for (uint32_t i = 0; i < n; i++) {
		if (row[from[i]] == ROW_NONE)
			row[from[i]] = add_location(t, from[i]);
		if (row[from[i]] == ROW_NONE)
			return false;
		t->frames.at[t->frames.n++] = row[from[i]];
	}
	s->n_frame = n;
	s->hash = profile_builder_stack_hash(&t->b, t->frames.at + s->frames, n);
	return true;
}

/* Finds the stack and the labels that the sample has in the result. */
static bool find_rows(struct merge_target *t, struct merge_sample *s)
{
	const struct profile *p = t->from;

	if (s->stack == ROW_NONE) {
		s->stack = profile_builder_stack_hashed(&t->b, t->frames.at + s->frames, s->n_frame, s->hash);
		t->rows.stack[p->sample.stack_row[s->sample]] = s->stack;
	}
	s->set = merged_label_set(t, p->sample.label_set_row[s->sample]);
	s->hash = hash_mix(t->sample.seed, (uint64_t)s->stack << 32 | s->set);
	row_index_prefetch(&t->sample, s->hash);
	return s->stack != ROW_NONE && s->set != ROW_NONE;
}

static bool add_sample(struct merge_target *t, const struct merge_sample *s)
{
	const struct profile *p = t->from;
	struct profile_builder *b = &t->b;
	uint32_t row;

	for (size_t at = row_index_start(s->hash); (row = row_index_probe(&t->sample, &at, s->hash)) != ROW_NONE;) {
		if (b->sample_stack.at[row] != s->stack || b->sample_labels.at[row] != s->set)
			continue;
		for (uint32_t i = 0; i < b->n_value; i++)
			b->value[i].at[row] = i64_add(b->value[i].at[row], p->sample.value[i][s->sample]);
		return true;
	}
	for (uint32_t i = 0; i < b->n_value; i++)
		t->value.at[i] = p->sample.value[i][s->sample];
	row = (uint32_t)b->sample_stack.n;
	return profile_builder_sample(b, s->stack, s->set, t->value.at) && row_index_add(&t->sample, s->hash, row);
}

/*
 * In a large result each look-up waits for memory.  So samples go in blocks: while one waits, what
 * the next ones will look up is asked for.
 */
static bool add_block(struct merge_target *t)
{
	bool ok = true;

	t->frames.n = 0;
	for (uint32_t i = 0; i < t->n_block && ok; i++)
		ok = map_stack(t, &t->block[i]);
	for (uint32_t i = 0; i < t->n_block && ok; i++)
		ok = find_rows(t, &t->block[i]);
	for (uint32_t i = 0; i < t->n_block && ok; i++)
		ok = add_sample(t, &t->block[i]);
	t->n_block = 0;
	return ok;
}

static bool add_samples(struct merge_target *t)
{
	const struct profile *p = t->from;

	if (!vec_reserve(&t->value, p->n_sample_type))
		return false;
	for (uint32_t i = 0; i < p->sample.n; i++) {
		if (is_zero(p, i))
			continue;
		t->block[t->n_block++].sample = i;
		if (t->n_block == MERGE_BLOCK && !add_block(t))
			return false;
	}
	return add_block(t);
}

bool merge_target_add(struct merge_target *t, const struct profile *p, struct error *err)
{
	if (t->has_header && !profile_types_equal(t->b.p, p, err))
		return false;
	if (!begin_source(t, p) || (!t->has_header && !first_header(t)) || !fold_header(t))
		return error_nomem(err, "merging");
	/* The first mapping is the program, and stays even when no sample is in it. */
	if (t->b.mapping.n == 0 && p->n_mapping && merged_mapping(t, 0) == ROW_NONE)
		return profile_builder_failed(&t->b, err);
	return add_samples(t) || profile_builder_failed(&t->b, err);
}

bool merge_target_has_zero(const struct merge_target *t)
{
	const struct profile_builder *b = &t->b;

	for (size_t i = 0; i < b->sample_stack.n; i++) {
		bool is_zero_so_far = true;

		for (uint32_t k = 0; k < b->n_value && is_zero_so_far; k++)
			is_zero_so_far = b->value[k].at[i] == 0;
		if (is_zero_so_far)
			return true;
	}
	return false;
}

struct profile *merge_target_seal(struct merge_target *t, struct error *err)
{
	struct profile *p = t->b.p;

	p->n_comment = (uint32_t)t->comments.n;
	p->comment = vec_into_arena(&t->comments, &p->arena);
	if (p->comment) {
		p = profile_builder_seal(&t->b, err);
	} else {
		error_nomem(err, "comments");
		p = NULL;
	}
	merge_target_free(t);
	return p;
}
