/*
 * Filters by label: tagfocus and tagignore, tagshow and taghide, and setting a label.
 *
 * Lives here: parsing of a filter, deciding about each label set once (spec/profile.md 8.7, 8.8).
 * Not here: units of keys (profile/label_units.c), frames made of labels (profile/tag_frames.c).
 */
#include "config.h"

#include "base/arith.h"
#include "measure/measure.h"
#include "profile/internal.h"
#include "profile/transform.h"

#include <string.h>

struct tag_filter {
	struct arena arena; /* holds all of it */
	struct str key;	    /* empty: any */
	struct str value;   /* what stands behind the key */
	bool is_range;
	/* A range, in `unit`. */
	bool has_low, has_high;
	double low, high;
	struct str unit;
	/* Or regular expressions. */
	struct regex **re;
	size_t n_re;
};

/* ---- parsing ---- */

/* "+12kb": text is all of it, digits with their sign, unit the rest. */
struct number {
	struct str text, digits, unit;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The first number in s; *rest is what follows it. */
static bool find_number(struct str s, struct number *n, struct str *rest)
{
	size_t i = 0, end, digits;
	bool has_sign;

	while (i < s.len && !is_digit(s.ptr[i]))
		i++;
	if (i == s.len)
		return false;
	has_sign = i && (s.ptr[i - 1] == '+' || s.ptr[i - 1] == '-');
	for (digits = i; digits < s.len && is_digit(s.ptr[digits]); digits++)
		;
	for (end = digits; end < s.len && is_alpha(s.ptr[end]); end++)
		;
	i -= has_sign;
	*n = (struct number){ .text = { s.ptr + i, end - i },
			      .digits = { s.ptr + i, digits - i },
			      .unit = { s.ptr + digits, end - digits } };
	*rest = str_from_offset(s, end);
	return true;
}

/* s is [sign]digits.  False when it does not fit. */
static bool number_value(struct str s, int64_t *v)
{
	bool is_negative = s.ptr[0] == '-';
	uint64_t limit = is_negative ? (uint64_t)INT64_MAX + 1 : INT64_MAX, sum = 0;

	for (size_t i = s.ptr[0] == '-' || s.ptr[0] == '+'; i < s.len; i++) {
		uint64_t digit = (uint64_t)(s.ptr[i] - '0');

		if (sum > (limit - digit) / 10)
			return false;
		sum = sum * 10 + digit;
	}
	*v = is_negative ? i64_neg((int64_t)sum) : (int64_t)sum;
	return true;
}

static bool scale_number(const char *option, const struct number *n, struct str to, double *x, struct str *unit,
			 struct error *err)
{
	int64_t v;

	if (!number_value(n->digits, &v))
		return error_set(err, ERR_USAGE, "parsing %s range: value out of range: %.*s", option,
				 STR_FMT(n->digits));
	*x = measure_scale(v, n->unit, to, unit);
	return true;
}

/*
 * Looks whether the value is N, N:, :N or N:M (spec/profile.md 8.7), to the letter.  False: a number
 * is too large.
 */
static bool parse_range(struct tag_filter *f, const char *option, struct error *err)
{
	struct number n, m;
	struct str rest, after, before, unit;

	if (!find_number(f->value, &n, &rest))
		return true;
	before = str_head(f->value, (size_t)(n.text.ptr - f->value.ptr));
	if (find_number(rest, &m, &after)) {
		if (before.len || after.len || m.text.ptr != rest.ptr + 1 || rest.ptr[0] != ':')
			return true;
		if (!scale_number(option, &n, n.unit, &f->low, &f->unit, err) ||
		    !scale_number(option, &m, f->unit, &f->high, &unit, err))
			return false;
		f->is_range = f->has_low = f->has_high = str_eq(unit, f->unit);
		return true;
	}
	if (str_eq(before, STR(":")) && !rest.len)
		f->has_high = true;
	else if (!before.len && str_eq(rest, STR(":")))
		f->has_low = true;
	else if (!before.len && !rest.len)
		f->has_low = f->has_high = true;
	else
		return true;
	f->is_range = true;
	if (!scale_number(option, &n, n.unit, &f->low, &f->unit, err))
		return false;
	f->high = f->low;
	return true;
}

/* One expression between commas; each matches all when it is empty. */
static bool compile_parts(struct tag_filter *f, const char *option, struct error *err)
{
	struct str rest = f->value, part;
	size_t n = 1;
	bool more;

	for (size_t i = 0; i < rest.len; i++)
		n += rest.ptr[i] == ',';
	f->re = ARENA_ZERO(&f->arena, struct regex *, n);
	if (!f->re)
		return error_nomem(err, option);
	do {
		more = str_cut(rest, ',', &part, &rest);
		f->re[f->n_re] = regex_compile(part, err);
		if (!f->re[f->n_re++])
			return error_context(err, "parsing %s regexp: ", option);
	} while (more);
	return true;
}

struct tag_filter *tag_filter_new(const char *option, struct str text, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct tag_filter *f = ARENA_ZERO(&arena, struct tag_filter, 1);
	struct str copy = arena_str(&arena, text);

	if (!f || !copy.ptr) {
		arena_release(&arena);
		error_nomem(err, option);
		return NULL;
	}
	f->arena = arena;
	if (!str_cut(copy, '=', &f->key, &f->value)) {
		f->key = STR_EMPTY;
		f->value = copy;
	}
	if (parse_range(f, option, err) && (f->is_range || compile_parts(f, option, err)))
		return f;
	tag_filter_free(f);
	return NULL;
}

void tag_filter_free(struct tag_filter *f)
{
	struct arena arena;

	if (!f)
		return;
	for (size_t i = 0; i < f->n_re; i++)
		regex_free(f->re[i]);
	arena = f->arena; /* f itself lives in it */
	arena_release(&arena);
}

bool tag_filter_is_range(const struct tag_filter *f, struct str *range)
{
	*range = f->value;
	return f->is_range;
}

/* ---- matching ---- */

/* A filter at work on one profile. */
struct tag_matching {
	const struct profile *p;
	const struct tag_filter *f;
	const struct label_units *units;
	str_id key;		   /* row of the filter's key; STR_ID_NONE: no such text */
	struct text_matcher *text; /* of each expression, for values alone */
	VEC(char) buf;		   /* "key:value" */
};

static bool in_range(const struct tag_matching *t, const struct label *l)
{
	struct measure_scaler s;
	struct str unit;
	double x;

	measure_scaler_init(&s, label_units_get(t->units, l->key), t->f->unit);
	x = measure_scale_with(&s, l->num, &unit);
	return str_eq(unit, t->f->unit) && (!t->f->has_low || x >= t->f->low) &&
	       (!t->f->has_high || x <= t->f->high);
}

static bool any_in_range(const struct tag_matching *t, const struct label *label, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if ((label[i].flags & LABEL_IS_NUMERIC) && (!t->f->key.len || label[i].key == t->key) &&
		    in_range(t, &label[i]))
			return true;
	return false;
}

/* Some value of the filter's key matches some expression. */
static bool value_matches(struct tag_matching *t, const struct label *label, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		if ((label[i].flags & LABEL_IS_NUMERIC) || label[i].key != t->key)
			continue;
		for (size_t k = 0; k < t->f->n_re; k++)
			if (text_matches(&t->text[k], label[i].text))
				return true;
	}
	return false;
}

static bool put_pair(struct tag_matching *t, const struct label *l, struct str *pair, struct error *err)
{
	struct str key = profile_text(t->p, l->key), value = profile_text(t->p, l->text);
	size_t n;

	t->buf.n = 0;
	if (!size_add(key.len, value.len, &n) || !vec_reserve(&t->buf, n + 1))
		return error_nomem(err, "label");
	memcpy(t->buf.at, key.ptr, key.len);
	t->buf.at[key.len] = ':';
	memcpy(t->buf.at + key.len + 1, value.ptr, value.len);
	*pair = (struct str){ t->buf.at, n + 1 };
	return true;
}

/* Every expression matches the text "key:value" of some string label. */
static bool pairs_match(struct tag_matching *t, const struct label *label, uint32_t n, bool *matches,
			struct error *err)
{
	*matches = true;
	for (size_t k = 0; k < t->f->n_re && *matches; k++) {
		*matches = false;
		for (uint32_t i = 0; i < n && !*matches; i++) {
			struct str pair;

			if (label[i].flags & LABEL_IS_NUMERIC)
				continue;
			if (!put_pair(t, &label[i], &pair, err))
				return false;
			*matches = regex_match(t->f->re[k], pair);
		}
	}
	return true;
}

static bool set_matches(struct tag_matching *t, uint32_t set, bool *matches, struct error *err)
{
	const struct label *label = t->p->label_set.label + t->p->label_set.start[set];
	uint32_t n = t->p->label_set.len[set];

	if (t->f->is_range)
		*matches = any_in_range(t, label, n);
	else if (t->f->key.len)
		*matches = value_matches(t, label, n);
	else
		return pairs_match(t, label, n, matches, err);
	return true;
}

/* Marks the sets that match, of those that samples use.  `used` and mark are by set. */
static bool mark_sets(struct tag_matching *t, const uint8_t *used, uint8_t *mark, struct arena *scratch,
		      struct error *err)
{
	t->key = strtab_find(&t->p->strings, t->f->key);
	t->text = ARENA_ARRAY(scratch, struct text_matcher, t->f->n_re);
	if (!t->text)
		return error_nomem(err, "matches");
	for (size_t k = 0; k < t->f->n_re; k++)
		if (!text_matcher_init(&t->text[k], t->p, t->f->re[k], scratch, err))
			return false;
	for (uint32_t i = 0; i < t->p->label_set.n; i++) {
		bool matches = false;

		if (used[i] && !set_matches(t, i, &matches, err))
			return false;
		mark[i] = matches;
	}
	for (size_t k = 0; k < t->f->n_re; k++)
		if (!text_matcher_finish(&t->text[k], err))
			return false;
	return true;
}

static bool run_filter(const struct profile *p, const struct tag_filter *f, const struct label_units *units,
		       const uint8_t *used, uint8_t **mark, struct arena *scratch, struct error *err)
{
	struct tag_matching t = { .p = p, .f = f, .units = units };
	bool ok;

	*mark = ARENA_ZERO(scratch, uint8_t, p->label_set.n);
	if (!*mark)
		return error_nomem(err, "marks of label sets");
	ok = mark_sets(&t, used, *mark, scratch, err);
	vec_release(&t.buf);
	return ok;
}

static bool filter_tags(struct profile *p, const struct tag_filter *focus, const struct tag_filter *ignore,
			const struct label_units *units, unsigned *matched, struct arena *scratch,
			struct error *err)
{
	uint8_t *used = profile_used_label_sets(p, scratch), *focused = NULL, *ignored = NULL;

	if (!used)
		return error_nomem(err, "marks of label sets");
	if ((focus && !run_filter(p, focus, units, used, &focused, scratch, err)) ||
	    (ignore && !run_filter(p, ignore, units, used, &ignored, scratch, err)))
		return false;
	for (uint32_t i = 0; i < p->label_set.n; i++) {
		bool in = !focus || focused[i], out = ignore && ignored[i];

		*matched |= (focus && focused[i] ? MATCH_TAGFOCUS : 0u) | (out ? MATCH_TAGIGNORE : 0u);
		used[i] = in && !out;
	}
	return profile_select_samples(p, NULL, used, err);
}

bool profile_filter_tags(struct profile *p, const struct tag_filter *focus, const struct tag_filter *ignore,
			 const struct label_units *units, unsigned *matched, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	bool ok = true;

	if (focus || ignore)
		ok = filter_tags(p, focus, ignore, units, matched, &scratch, err);
	arena_release(&scratch);
	return ok;
}
