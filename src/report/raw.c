/*
 * raw: the profile as text to its last field.
 *
 * Lives here: spec/reports.md 11, spec/profile.md 3.
 */
#include "config.h"

#include "base/golike.h"
#include "base/sort.h"
#include "base/vec.h"
#include "report/report.h"

#include <errno.h>
#include <string.h>

/* A location's id as it stands in the line of a sample: digits and a blank. */
struct id_text {
	uint8_t n;
	char text[23];
};

struct paper {
	const struct profile *p;
	struct arena arena;
	struct str time, types;
	struct id_text *id; /* by location row */
	struct arena scratch;
	VEC(char) line;
	struct out *out;
};

enum { VALUE_BYTES = 24 }; /* a blank, and a number in 10 columns or more */

/* Digits of v in front of end. */
static char *put_u64(char *end, uint64_t v)
{
	do {
		*--end = (char)('0' + v % 10);
		v /= 10;
	} while (v);
	return end;
}

static bool render_ids(struct paper *w)
{
	const struct profile *p = w->p;

	w->id = ARENA_ARRAY(&w->arena, struct id_text, p->location.n);
	for (uint32_t i = 0; w->id && i < p->location.n; i++) {
		char digits[20], *end = digits + sizeof(digits), *at = put_u64(end, p->location.id[i]);
		size_t n = (size_t)(end - at);

		memcpy(w->id[i].text, at, n);
		w->id[i].text[n] = ' ';
		w->id[i].n = (uint8_t)(n + 1);
	}
	return w->id != NULL;
}

/* "samples/count cpu/nanoseconds[dflt]": trimmed as a whole. */
static bool render_types(struct paper *w)
{
	const struct profile *p = w->p;
	struct str *part = ARENA_ARRAY(&w->arena, struct str, 5 * (size_t)p->n_sample_type);

	if (!part)
		return false;
	for (uint32_t i = 0; i < p->n_sample_type; i++) {
		bool is_default = p->sample_type[i].type == p->default_sample_type;

		part[5 * i] = profile_text(p, p->sample_type[i].type);
		part[5 * i + 1] = STR("/");
		part[5 * i + 2] = profile_text(p, p->sample_type[i].unit);
		part[5 * i + 3] = is_default ? STR("[dflt]") : STR_EMPTY;
		part[5 * i + 4] = STR(" ");
	}
	w->types = arena_join(&w->arena, part, 5 * (size_t)p->n_sample_type);
	if (!w->types.ptr)
		return false;
	w->types = str_trim(w->types);
	return true;
}

static void write_line(struct out *o, const char *name, struct str text)
{
	out_str(o, str_from(name));
	out_lit(o, ": ");
	out_str(o, text);
	out_char(o, '\n');
}

/* The first four characters, as the reference cuts it. */
static struct str cut_duration(struct str s)
{
	size_t n = 0;

	for (int i = 0; i < 4 && n < s.len; i++) {
		uint32_t rune;

		n += str_rune(str_from_offset(s, n), &rune);
	}
	return str_head(s, n);
}

static void write_head(const struct paper *w)
{
	const struct profile *p = w->p;
	char duration[GO_DURATION_BYTES];

	for (uint32_t i = 0; i < p->n_comment; i++)
		write_line(w->out, "Comment", profile_text(p, p->comment[i]));
	if (p->doc_url)
		write_line(w->out, "Doc", profile_text(p, p->doc_url));
	out_lit(w->out, "PeriodType: ");
	out_str(w->out, profile_text(p, p->period_type.type));
	out_char(w->out, ' ');
	out_str(w->out, profile_text(p, p->period_type.unit));
	out_lit(w->out, "\nPeriod: ");
	out_i64(w->out, p->period);
	out_char(w->out, '\n');
	if (p->time_nanos)
		write_line(w->out, "Time", w->time);
	if (p->duration_nanos)
		write_line(w->out, "Duration", cut_duration(go_duration(p->duration_nanos, duration)));
	out_lit(w->out, "Samples:\n");
	out_str(w->out, w->types);
	out_char(w->out, '\n');
}

static int label_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct str *text = ctx;

	return str_cmp(text[a], text[b]);
}

/* "key:[1 kb 2 ]" of n values of one key; ptr NULL: no memory. */
static struct str label_text(struct paper *w, const struct label *label, uint32_t n)
{
	struct str *part = ARENA_ARRAY(&w->scratch, struct str, 4 * (size_t)n + 2);

	if (!part)
		return (struct str){ NULL, 0 };
	part[0] = profile_text(w->p, label->key);
	for (uint32_t i = 0; i < n; i++) {
		struct str text = profile_text(w->p, label[i].text), *to = part + 4 * i + 1;
		bool has_unit = label[i].flags & LABEL_HAS_UNIT;

		to[0] = i ? STR(" ") : STR(":[");
		to[1] = text;
		to[2] = to[3] = STR_EMPTY;
		if (!(label[i].flags & LABEL_IS_NUMERIC))
			continue;
		to[1] = arena_fmt(&w->scratch, "%lld", (long long)label[i].num);
		to[2] = has_unit ? STR(" ") : STR_EMPTY;
		to[3] = has_unit ? text : STR_EMPTY;
		if (!to[1].ptr)
			return to[1];
	}
	part[4 * (size_t)n + 1] = STR("]");
	return arena_join(&w->scratch, part, 4 * (size_t)n + 2);
}

/* A line of the string labels, or of the numeric ones, sorted as they are written. */
static bool write_labels(struct paper *w, const struct label *label, uint32_t n_label)
{
	struct str *text = ARENA_ARRAY(&w->scratch, struct str, n_label);
	uint32_t *row = ARENA_ARRAY(&w->scratch, uint32_t, n_label), n = 0, next;

	if (!text || !row)
		return false;
	for (uint32_t i = 0; i < n_label; i = next, n++) {
		for (next = i + 1; next < n_label && label[next].key == label[i].key; next++)
			;
		row[n] = n;
		text[n] = label_text(w, &label[i], next - i);
		if (!text[n].ptr)
			return false;
	}
	if (!sort_stable(row, n, label_cmp, text))
		return false;
	out_spaces(w->out, 16);
	for (uint32_t i = 0; i < n; i++) {
		if (i)
			out_char(w->out, ' ');
		out_str(w->out, text[row[i]]);
	}
	out_char(w->out, '\n');
	return true;
}

static bool write_label_set(struct paper *w, uint32_t set)
{
	const struct profile *p = w->p;
	const struct label *label = p->label_set.label + p->label_set.start[set];
	uint32_t n = p->label_set.len[set], n_text = 0;
	bool ok;

	while (n_text < n && !(label[n_text].flags & LABEL_IS_NUMERIC))
		n_text++;
	ok = (n_text == 0 || write_labels(w, label, n_text)) &&
	     (n_text == n || write_labels(w, label + n_text, n - n_text));
	arena_reset(&w->scratch);
	return ok;
}

/* " %10d" */
static char *put_value(char *to, int64_t value)
{
	char digits[24], *end = digits + sizeof(digits), *at = put_u64(end, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
	size_t n;

	if (value < 0)
		*--at = '-';
	n = (size_t)(end - at);
	*to++ = ' ';
	for (size_t i = n; i < 10; i++)
		*to++ = ' ';
	memcpy(to, at, n);
	return to + n;
}

/* "         10    1024000: 1000 2000 3000 " */
static bool write_sample(struct paper *w, uint32_t sample)
{
	const struct profile *p = w->p;
	uint32_t stack = p->sample.stack_row[sample], n = p->stack.len[stack];
	const uint32_t *location = p->stack.location_row + p->stack.start[stack];
	char *to;

	w->line.n = 0;
	if (!vec_reserve(&w->line, (size_t)p->n_sample_type * VALUE_BYTES + (size_t)n * sizeof(w->id->text) + 3))
		return false;
	to = w->line.at;
	for (uint32_t i = 0; i < p->n_sample_type; i++)
		to = put_value(to, p->sample.value[i][sample]);
	*to++ = ':';
	*to++ = ' ';
	for (uint32_t i = 0; i < n; i++) {
		const struct id_text *id = &w->id[location[i]];

		memcpy(to, id->text, sizeof(id->text)); /* a fixed size is soonest */
		to += id->n;
	}
	*to++ = '\n';
	out_bytes(w->out, w->line.at, (size_t)(to - w->line.at));
	return !p->sample.label_set_row[sample] || write_label_set(w, p->sample.label_set_row[sample]);
}

/* "NAME FILE:LINE:COLUMN s=START(SYSTEM NAME)" */
static void write_frame(const struct paper *w, uint32_t line)
{
	const struct profile *p = w->p;
	uint32_t f = p->line.function_row[line];
	struct str name = profile_text(p, p->function.name[f]);

	out_str(w->out, name);
	out_char(w->out, ' ');
	out_str(w->out, profile_text(p, p->function.filename[f]));
	out_char(w->out, ':');
	out_i64(w->out, p->line.line[line]);
	out_char(w->out, ':');
	out_i64(w->out, p->line.column[line]);
	out_lit(w->out, " s=");
	out_i64(w->out, p->function.start_line[f]);
	if (p->function.system_name[f] != p->function.name[f]) {
		out_char(w->out, '(');
		out_str(w->out, profile_text(p, p->function.system_name[f]));
		out_char(w->out, ')');
	}
	out_char(w->out, '\n');
}

static void write_location(const struct paper *w, uint32_t row)
{
	const struct profile *p = w->p;
	uint32_t mapping = p->location.mapping_row[row];
	char digits[20], *end = digits + sizeof(digits), *at = put_u64(end, p->location.id[row]);

	out_pad_left(w->out, (struct str){ at, (size_t)(end - at) }, 6);
	out_lit(w->out, ": ");
	out_hex(w->out, p->location.address[row]);
	out_char(w->out, ' ');
	if (mapping != ROW_NONE) {
		at = put_u64(end, p->mapping[mapping].id);
		out_lit(w->out, "M=");
		out_bytes(w->out, at, (size_t)(end - at));
		out_char(w->out, ' ');
	}
	if (p->location.is_folded[row])
		out_lit(w->out, "[F] ");
	for (uint32_t i = 0; i < p->location.n_line[row]; i++) {
		if (i)
			out_spaces(w->out, 13);
		write_frame(w, p->location.line_start[row] + i);
	}
	if (p->location.n_line[row] == 0)
		out_char(w->out, '\n');
}

static void write_mapping(const struct paper *w, const struct mapping *m)
{
	char digits[20], *end = digits + sizeof(digits), *at = put_u64(end, m->id);

	out_bytes(w->out, at, (size_t)(end - at));
	out_lit(w->out, ": ");
	out_hex(w->out, m->start);
	out_char(w->out, '/');
	out_hex(w->out, m->limit);
	out_char(w->out, '/');
	out_hex(w->out, m->offset);
	out_char(w->out, ' ');
	out_str(w->out, profile_text(w->p, m->filename));
	out_char(w->out, ' ');
	out_str(w->out, profile_text(w->p, m->build_id));
	out_char(w->out, ' ');
	if (m->flags & MAPPING_HAS_FUNCTIONS)
		out_lit(w->out, "[FN]");
	if (m->flags & MAPPING_HAS_FILENAMES)
		out_lit(w->out, "[FL]");
	if (m->flags & MAPPING_HAS_LINE_NUMBERS)
		out_lit(w->out, "[LN]");
	if (m->flags & MAPPING_HAS_INLINE_FRAMES)
		out_lit(w->out, "[IN]");
	out_char(w->out, '\n');
}

static void write_all(struct paper *w)
{
	const struct profile *p = w->p;

	write_head(w);
	for (uint32_t i = 0; i < p->sample.n && !out_has_ended(w->out, i); i++)
		if (!write_sample(w, i))
			out_break(w->out, ENOMEM);
	out_lit(w->out, "Locations\n");
	for (uint32_t i = 0; i < p->location.n; i++)
		write_location(w, i);
	out_lit(w->out, "Mappings\n");
	for (uint32_t i = 0; i < p->n_mapping; i++)
		write_mapping(w, &p->mapping[i]);
}

bool report_raw_write(const struct report_input *in, struct out *out, struct error *err)
{
	struct paper w = { .p = in->profile, .arena = ARENA_INIT, .scratch = ARENA_INIT, .line = VEC_INIT, .out = out };
	bool ok;

	w.time = go_time_raw(&w.arena, w.p->time_nanos);
	ok = w.time.ptr && render_types(&w) && render_ids(&w);
	if (ok)
		write_all(&w);
	else
		error_nomem(err, "raw");
	vec_release(&w.line);
	arena_release(&w.scratch);
	arena_release(&w.arena);
	return ok;
}
