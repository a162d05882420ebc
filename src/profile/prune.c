/*
 * Filters that cut stacks: show_from, prune_from, drop_frames.
 *
 * Lives here: where a location's lines and a stack's locations begin or end (spec/profile.md 8.3, 8.4,
 * 8.6).  Cutting changes a start and a length; the pool of stacks stays shared.
 * Not here: filters that take frames out of the middle (profile/filter.c).
 */
#include "config.h"

#include "profile/internal.h"
#include "profile/transform.h"

#include <string.h>

struct str profile_simplified_name(struct str name)
{
	size_t i = 0;

	if (str_has_prefix(name, STR(".")))
		name = str_from_offset(name, 1);
	while (i < name.len) {
		struct str rest = str_from_offset(name, i);

		if (str_has_prefix(rest, STR("(anonymous namespace)")))
			i += sizeof("(anonymous namespace)") - 1;
		else if (str_has_prefix(rest, STR("operator()")))
			i += sizeof("operator()") - 1;
		else if (rest.ptr[0] == '(')
			return str_head(name, i);
		else
			i++;
	}
	return name;
}

/* What a cut does to a location that it is made at. */
enum cut_mark {
	CUT_HERE = 1 << 0,  /* the stack ends, or begins, here */
	CUT_WHOLE = 1 << 1, /* and this location goes too (drop_frames) */
};

struct cutting {
	struct profile *p;
	struct arena scratch;
	uint8_t *mark; /* by location: enum cut_mark */
	bool is_any;   /* some location is marked */
};

static bool cutting_begin(struct cutting *c, struct profile *p, struct error *err)
{
	*c = (struct cutting){ .p = p };
	c->mark = ARENA_ZERO(&c->scratch, uint8_t, p->location.n);
	return c->mark || error_nomem(err, "marks of locations");
}

/* Leaves lines [from, upto) of a location. */
static bool keep_lines(struct profile *p, uint32_t location, uint32_t from, uint32_t upto)
{
	if (from == 0 && upto == p->location.n_line[location])
		return true;
	if (!PROFILE_OWN(p, location.line_start, p->location.n) || !PROFILE_OWN(p, location.n_line, p->location.n))
		return false;
	p->location.line_start[location] += from;
	p->location.n_line[location] = upto - from;
	return true;
}

static bool stack_columns(struct profile *p, struct error *err)
{
	return (PROFILE_OWN(p, stack.start, p->stack.n) && PROFILE_OWN(p, stack.len, p->stack.n)) ||
	       error_nomem(err, "stacks");
}

/* ---- show_from ---- */

/* How many lines of a location stay: up to the outermost that matches; 0: none matches. */
static uint32_t shown_lines(const struct profile *p, struct text_matcher *m, uint32_t location)
{
	uint32_t mapping = p->location.mapping_row[location];

	for (uint32_t i = p->location.n_line[location]; i > 0; i--) {
		uint32_t function = p->line.function_row[p->location.line_start[location] + i - 1];

		if (mapping != ROW_NONE && text_matches(m, p->mapping[mapping].filename))
			return i;
		if (function != ROW_NONE && (text_matches(m, p->function.name[function]) ||
					     text_matches(m, p->function.filename[function])))
			return i;
	}
	return 0;
}

static bool mark_show_from(struct cutting *c, const struct regex *re, struct error *err)
{
	struct profile *p = c->p;
	struct text_matcher m;

	if (!text_matcher_init(&m, p, re, &c->scratch, err))
		return false;
	for (uint32_t i = 0; i < p->location.n; i++) {
		uint32_t mapping = p->location.mapping_row[i];
		uint32_t n = shown_lines(p, &m, i);

		if (n == 0 && !(mapping != ROW_NONE && text_matches(&m, p->mapping[mapping].filename)))
			continue;
		c->mark[i] = CUT_HERE;
		c->is_any = true;
		if (!keep_lines(p, i, 0, n))
			return error_nomem(err, "lines");
	}
	return text_matcher_finish(&m, err);
}

/* The stack up to its marked location next to the root; 0: it has none. */
static uint32_t shown_len(const struct cutting *c, const uint32_t *location, uint32_t n)
{
	while (n && !(c->mark[location[n - 1]] & CUT_HERE))
		n--;
	return n;
}

static bool cut_roots(struct cutting *c, struct error *err)
{
	struct profile *p = c->p;
	uint8_t *keep = ARENA_ARRAY(&c->scratch, uint8_t, p->stack.n);

	if (!keep)
		return error_nomem(err, "marks of stacks");
	if (c->is_any && !stack_columns(p, err))
		return false;
	for (uint32_t i = 0; i < p->stack.n; i++) {
		uint32_t n = 0;

		if (c->is_any)
			n = shown_len(c, p->stack.location_row + p->stack.start[i], p->stack.len[i]);
		keep[i] = n != 0;
		if (n)
			p->stack.len[i] = n;
	}
	return profile_select_samples(p, keep, NULL, err);
}

bool profile_show_from(struct profile *p, const struct regex *show_from, unsigned *matched,
		       struct error *err)
{
	struct cutting c;
	bool ok;

	if (!show_from)
		return true;
	ok = cutting_begin(&c, p, err) && mark_show_from(&c, show_from, err) && cut_roots(&c, err);
	if (c.is_any)
		*matched |= MATCH_SHOW_FROM;
	arena_release(&c.scratch);
	return ok;
}

/* ---- prune_from and drop_frames ---- */

/* Functions whose simplified name matches `drop` and not `keep`, each name asked about once. */
struct simple_matcher {
	const struct profile *p;
	const struct regex *drop, *keep; /* keep may be NULL */
	uint8_t *memo;			 /* by string row, enum text_memo */
};

static bool name_drops(struct simple_matcher *m, uint32_t function)
{
	str_id id = function == ROW_NONE ? 0 : m->p->function.name[function];
	struct str name;

	if (id == 0)
		return false;
	if (!m->memo[id]) {
		name = profile_simplified_name(profile_text(m->p, id));
		m->memo[id] = regex_match(m->drop, name) && !(m->keep && regex_match(m->keep, name))
				      ? TEXT_MATCHES
				      : TEXT_DIFFERS;
	}
	return m->memo[id] == TEXT_MATCHES;
}

static bool simple_matcher_init(struct simple_matcher *m, const struct cutting *c, const struct regex *drop,
				const struct regex *keep, struct arena *scratch, struct error *err)
{
	*m = (struct simple_matcher){ .p = c->p, .drop = drop, .keep = keep };
	m->memo = ARENA_ZERO(scratch, uint8_t, strtab_count(&c->p->strings));
	return m->memo || error_nomem(err, "matches");
}

static bool simple_matcher_finish(const struct simple_matcher *m, struct error *err)
{
	if (!regex_ran_out(m->drop) && !(m->keep && regex_ran_out(m->keep)))
		return true;
	return error_nomem(err, "regular expression");
}

static bool mark_prune_from(struct cutting *c, const struct regex *re, struct error *err)
{
	struct profile *p = c->p;
	struct simple_matcher m;

	if (!simple_matcher_init(&m, c, re, NULL, &c->scratch, err))
		return false;
	for (uint32_t i = 0; i < p->location.n; i++) {
		uint32_t n = p->location.n_line[i], k = 0;

		while (k < n && !name_drops(&m, p->line.function_row[p->location.line_start[i] + k]))
			k++;
		if (k == n)
			continue;
		c->mark[i] = CUT_HERE;
		c->is_any = true;
		if (!keep_lines(p, i, k, n))
			return error_nomem(err, "lines");
	}
	return simple_matcher_finish(&m, err);
}

/* How many locations at the leaf go: those before the first marked one. */
static uint32_t before_mark(const struct cutting *c, const uint32_t *location, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (c->mark[location[i]] & CUT_HERE)
			return i;
	return 0;
}

/*
 * How many locations at the leaf go under drop_frames.  Marked locations at the root stay; behind
 * them the first marked one, looked for from the root, ends the stack.
 */
static uint32_t below_mark(const struct cutting *c, const uint32_t *location, uint32_t n)
{
	while (n && (c->mark[location[n - 1]] & CUT_HERE))
		n--;
	while (n && !(c->mark[location[n - 1]] & CUT_HERE))
		n--;
	if (!n)
		return 0;
	return c->mark[location[n - 1]] & CUT_WHOLE ? n : n - 1;
}

typedef uint32_t leaf_cut(const struct cutting *c, const uint32_t *location, uint32_t n);

static bool cut_leaves(struct cutting *c, leaf_cut *cut, struct error *err)
{
	struct profile *p = c->p;

	if (!c->is_any)
		return true;
	if (!stack_columns(p, err))
		return false;
	for (uint32_t i = 0; i < p->stack.n; i++) {
		uint32_t n = cut(c, p->stack.location_row + p->stack.start[i], p->stack.len[i]);

		p->stack.start[i] += n;
		p->stack.len[i] -= n;
	}
	return true;
}

bool profile_prune_from(struct profile *p, const struct regex *prune_from, struct error *err)
{
	struct cutting c;
	bool ok;

	if (!prune_from)
		return true;
	ok = cutting_begin(&c, p, err) && mark_prune_from(&c, prune_from, err) &&
	     cut_leaves(&c, before_mark, err);
	arena_release(&c.scratch);
	return ok;
}

static bool mark_drop_frames(struct cutting *c, const struct regex *drop, const struct regex *keep,
			     struct error *err)
{
	struct profile *p = c->p;
	struct simple_matcher m;

	if (!simple_matcher_init(&m, c, drop, keep, &c->scratch, err))
		return false;
	for (uint32_t i = 0; i < p->location.n; i++) {
		uint32_t n = p->location.n_line[i], k = n;

		while (k && !name_drops(&m, p->line.function_row[p->location.line_start[i] + k - 1]))
			k--;
		if (!k)
			continue;
		c->mark[i] = CUT_HERE | (k == n ? CUT_WHOLE : 0);
		c->is_any = true;
		/* Lines go from the location, whether or not a stack is cut there. */
		if (k < n && !keep_lines(p, i, k, n))
			return error_nomem(err, "lines");
	}
	return simple_matcher_finish(&m, err);
}

/* An expression that does not compile is no error here. */
static bool compile_frames(const struct profile *p, str_id pattern, struct regex **re, struct error *err)
{
	struct error why = ERROR_INIT;

	*re = regex_compile_whole(profile_text(p, pattern), &why);
	return *re || why.code != ERR_NOMEM || error_nomem(err, "regular expression");
}

static bool prune(struct profile *p, const struct regex *drop, const struct regex *keep, struct error *err)
{
	struct cutting c;
	bool ok = cutting_begin(&c, p, err) && mark_drop_frames(&c, drop, keep, err) &&
		  cut_leaves(&c, below_mark, err);

	arena_release(&c.scratch);
	return ok;
}

bool profile_prune(struct profile *p, struct error *err)
{
	struct regex *drop = NULL, *keep = NULL;
	bool ok;

	if (p->drop_frames == 0)
		return true;
	ok = compile_frames(p, p->drop_frames, &drop, err);
	if (ok && p->keep_frames != 0)
		ok = compile_frames(p, p->keep_frames, &keep, err);
	if (ok && drop && (keep || p->keep_frames == 0))
		ok = prune(p, drop, keep, err);
	regex_free(drop);
	regex_free(keep);
	return ok;
}
