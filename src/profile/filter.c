/*
 * Filters by name: focus, ignore, hide, show.
 *
 * Lives here: marking locations, then stacks, then keeping samples (spec/profile.md 8.6).
 * Not here: filters that only cut stacks (profile/prune.c), filters by label (profile/tag_filter.c).
 *
 * There are few names, more locations, many stacks and samples; so each step looks at the marks of
 * the one before and never at a name again.
 */
#include "config.h"

#include "profile/internal.h"
#include "profile/transform.h"

#include <string.h>

enum location_mark {
	LOCATION_FOCUSED = 1 << 0,
	LOCATION_IGNORED = 1 << 1,
	LOCATION_HIDDEN = 1 << 2,
};

struct name_filtering {
	struct profile *p;
	struct arena scratch;
	struct text_matcher focus, ignore, hide, show;
	uint8_t *mark;	  /* by location: enum location_mark */
	uint8_t *keep;	  /* by stack */
	bool hides_some;  /* a location has LOCATION_HIDDEN */
	unsigned matched; /* enum transform_match */
	/* The lines that remain, when hide or show is set. */
	uint32_t n_line;
	uint32_t *line_start, *n_line_of;
	uint32_t *function_row;
	int64_t *line, *column;
};

static bool line_matches(const struct profile *p, struct text_matcher *m, uint32_t line_row)
{
	uint32_t function = p->line.function_row[line_row];

	return function != ROW_NONE && (text_matches(m, p->function.name[function]) ||
					text_matches(m, p->function.filename[function]));
}

static bool mapping_matches(const struct profile *p, struct text_matcher *m, uint32_t location)
{
	uint32_t mapping = p->location.mapping_row[location];

	return mapping != ROW_NONE && text_matches(m, p->mapping[mapping].filename);
}

static bool location_matches(const struct profile *p, struct text_matcher *m, uint32_t location)
{
	uint32_t start = p->location.line_start[location];

	for (uint32_t i = 0; i < p->location.n_line[location]; i++)
		if (line_matches(p, m, start + i))
			return true;
	return mapping_matches(p, m, location);
}

static void mark_focus(struct name_filtering *f, uint32_t location)
{
	if (f->ignore.re && location_matches(f->p, &f->ignore, location)) {
		f->matched |= MATCH_IGNORE;
		f->mark[location] |= LOCATION_IGNORED;
	} else if (!f->focus.re || location_matches(f->p, &f->focus, location)) {
		f->matched |= MATCH_FOCUS;
		f->mark[location] |= LOCATION_FOCUSED;
	}
}

static bool line_is_shown(struct name_filtering *f, uint32_t line_row, bool show_all)
{
	if (f->hide.re && line_matches(f->p, &f->hide, line_row))
		return false;
	return !f->show.re || show_all || f->p->line.function_row[line_row] == ROW_NONE ||
	       line_matches(f->p, &f->show, line_row);
}

/* A location left without lines is hidden; without show, it had to match hide for that. */
static void mark_hidden(struct name_filtering *f, uint32_t location, bool hides, uint32_t n_left)
{
	if (f->show.re && n_left)
		f->matched |= MATCH_SHOW;
	if (n_left || !(hides || f->show.re))
		return;
	f->mark[location] |= LOCATION_HIDDEN;
	f->hides_some = true;
}

static void hide_lines(struct name_filtering *f, uint32_t location)
{
	const struct profile *p = f->p;
	bool hides = f->hide.re && location_matches(p, &f->hide, location);
	bool hides_all = hides && mapping_matches(p, &f->hide, location);
	bool shows_all = f->show.re && mapping_matches(p, &f->show, location);
	uint32_t start = f->n_line;

	if (hides)
		f->matched |= MATCH_HIDE;
	for (uint32_t i = 0; i < p->location.n_line[location] && !hides_all; i++) {
		uint32_t row = p->location.line_start[location] + i;

		if (!line_is_shown(f, row, shows_all))
			continue;
		f->function_row[f->n_line] = p->line.function_row[row];
		f->line[f->n_line] = p->line.line[row];
		f->column[f->n_line] = p->line.column[row];
		f->n_line++;
	}
	f->line_start[location] = start;
	f->n_line_of[location] = f->n_line - start;
	mark_hidden(f, location, hides, f->n_line - start);
}

/* Lines of several locations may be shared: the room is for all uses. */
static bool lines_room(struct name_filtering *f)
{
	struct arena *a = &f->p->arena;
	size_t n = 0;

	for (uint32_t i = 0; i < f->p->location.n; i++)
		n += f->p->location.n_line[i];
	f->line_start = ARENA_ARRAY(a, uint32_t, f->p->location.n);
	f->n_line_of = ARENA_ARRAY(a, uint32_t, f->p->location.n);
	f->function_row = ARENA_ARRAY(a, uint32_t, n);
	f->line = ARENA_ARRAY(a, int64_t, n);
	f->column = ARENA_ARRAY(a, int64_t, n);
	return f->line_start && f->n_line_of && f->function_row && f->line && f->column;
}

static bool mark_locations(struct name_filtering *f, struct error *err)
{
	struct profile *p = f->p;
	bool hides = f->hide.re || f->show.re;

	f->mark = ARENA_ZERO(&f->scratch, uint8_t, p->location.n);
	if (!f->mark || (hides && !lines_room(f)))
		return error_nomem(err, "marks of locations");
	for (uint32_t i = 0; i < p->location.n; i++) {
		mark_focus(f, i);
		if (hides)
			hide_lines(f, i);
	}
	if (!hides)
		return true;
	p->location.line_start = f->line_start;
	p->location.n_line = f->n_line_of;
	p->line.n = f->n_line;
	p->line.function_row = f->function_row;
	p->line.line = f->line;
	p->line.column = f->column;
	return true;
}

/* Some location is focused, none is ignored, and not all are hidden. */
static bool stack_stays(const struct name_filtering *f, const uint32_t *location, uint32_t n)
{
	unsigned any = 0, all = LOCATION_HIDDEN;

	for (uint32_t i = 0; i < n; i++) {
		any |= f->mark[location[i]];
		all &= f->mark[location[i]];
	}
	return (any & LOCATION_FOCUSED) && !(any & LOCATION_IGNORED) && !all;
}

static bool mark_stacks(struct name_filtering *f, struct error *err)
{
	const struct profile *p = f->p;

	f->keep = ARENA_ARRAY(&f->scratch, uint8_t, p->stack.n);
	if (!f->keep)
		return error_nomem(err, "marks of stacks");
	for (uint32_t i = 0; i < p->stack.n; i++) {
		if (profile_is_cancelled(p, i, err))
			return false;
		f->keep[i] = stack_stays(f, p->stack.location_row + p->stack.start[i], p->stack.len[i]);
	}
	return true;
}

/* Copies what remains of stack i behind the pool's end; gives its length. */
static uint32_t copy_shown(const struct name_filtering *f, uint32_t i, uint32_t *to)
{
	const uint32_t *location = f->p->stack.location_row + f->p->stack.start[i];
	uint32_t n = 0;

	for (uint32_t k = 0; k < f->p->stack.len[i]; k++) {
		to[n] = location[k];
		n += !(f->mark[location[k]] & LOCATION_HIDDEN);
	}
	return n;
}

/* New stacks without the hidden locations; those that no sample keeps become empty. */
static bool cut_hidden(struct name_filtering *f, struct error *err)
{
	struct profile *p = f->p;
	uint32_t *start = ARENA_ZERO(&p->arena, uint32_t, p->stack.n);
	uint32_t *len = ARENA_ZERO(&p->arena, uint32_t, p->stack.n);
	VEC(uint32_t) pool = VEC_INIT;
	size_t room = 0;

	for (uint32_t i = 0; i < p->stack.n; i++)
		room += f->keep[i] ? p->stack.len[i] : 0;
	if (!start || !len || !vec_reserve_large(&pool, room))
		return error_nomem(err, "stacks");
	for (uint32_t i = 0; i < p->stack.n; i++) {
		if (profile_is_cancelled(p, i, err)) {
			vec_release(&pool);
			return false;
		}
		if (!f->keep[i])
			continue;
		start[i] = (uint32_t)pool.n; /* stacks do not overlap: no more than the old pool */
		len[i] = copy_shown(f, i, pool.at + pool.n);
		pool.n += len[i];
	}
	p->stack.start = start;
	p->stack.len = len;
	p->stack.location_row = vec_into_arena(&pool, &p->arena);
	return p->stack.location_row || error_nomem(err, "stacks");
}

static bool filter_names(struct name_filtering *f, const struct name_filter *by, struct error *err)
{
	return text_matcher_init(&f->focus, f->p, by->focus, &f->scratch, err) &&
	       text_matcher_init(&f->ignore, f->p, by->ignore, &f->scratch, err) &&
	       text_matcher_init(&f->hide, f->p, by->hide, &f->scratch, err) &&
	       text_matcher_init(&f->show, f->p, by->show, &f->scratch, err) &&
	       mark_locations(f, err) &&
	       text_matcher_finish(&f->focus, err) && text_matcher_finish(&f->ignore, err) &&
	       text_matcher_finish(&f->hide, err) && text_matcher_finish(&f->show, err) &&
	       mark_stacks(f, err) && profile_select_samples(f->p, f->keep, NULL, err) &&
	       (!f->hides_some || cut_hidden(f, err));
}

bool profile_filter_names(struct profile *p, const struct name_filter *f, unsigned *matched,
			  struct error *err)
{
	struct name_filtering state = { .p = p };
	bool ok = true;

	if (f->focus || f->ignore || f->hide || f->show)
		ok = filter_names(&state, f, err);
	*matched |= state.matched;
	arena_release(&state.scratch);
	return ok;
}
