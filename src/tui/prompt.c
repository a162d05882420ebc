/*
 * One line of typing.
 *
 * Lives here: editing, history, completion, drawing it.
 */
#include "config.h"

#include "tui/prompt.h"

#include <string.h>

static void set_text(struct prompt *p, struct str s)
{
	p->len = s.len < PROMPT_BYTES ? s.len : PROMPT_BYTES - 1;
	memmove(p->text, s.ptr, p->len);
	p->cursor = p->len;
}

static void end_completion(struct prompt *p)
{
	p->is_completing = false;
	shell_completion_release(&p->completion);
	p->completion = (struct shell_completion){ .arena = ARENA_INIT };
}

void prompt_open(struct prompt *p, const char *label, struct str text,
		 struct shell_history *history)
{
	p->is_open = true;
	p->label = label;
	p->history = history;
	p->complete = NULL;
	p->ctx = NULL;
	set_text(p, text);
	p->history_at = history ? history->line.n : 0;
	p->typed_len = 0;
	end_completion(p);
}

void prompt_close(struct prompt *p)
{
	p->is_open = false;
	end_completion(p);
}

void prompt_release(struct prompt *p)
{
	shell_completion_release(&p->completion);
	p->completion = (struct shell_completion){ .arena = ARENA_INIT };
}

/* Replaces bytes from..to by s. */
static void splice(struct prompt *p, size_t from, size_t to, struct str s)
{
	if (p->len - (to - from) + s.len >= PROMPT_BYTES)
		return;
	memmove(p->text + from + s.len, p->text + to, p->len - to);
	if (s.len)
		memcpy(p->text + from, s.ptr, s.len);
	p->len = p->len - (to - from) + s.len;
	p->cursor = from + s.len;
}

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static size_t before(const struct prompt *p, size_t at)
{
	if (at)
		at--;
	while (at && is_continuation(p->text[at]))
		at--;
	return at;
}

static size_t behind(const struct prompt *p, size_t at)
{
	if (at < p->len)
		at++;
	while (at < p->len && is_continuation(p->text[at]))
		at++;
	return at;
}

static size_t word_before(const struct prompt *p, size_t at)
{
	while (at && p->text[at - 1] == ' ')
		at--;
	while (at && p->text[at - 1] != ' ')
		at--;
	return at;
}

static size_t word_behind(const struct prompt *p, size_t at)
{
	while (at < p->len && p->text[at] == ' ')
		at++;
	while (at < p->len && p->text[at] != ' ')
		at++;
	return at;
}

static enum prompt_result walk_history(struct prompt *p, bool back)
{
	const struct shell_history *h = p->history;

	if (!h || (back ? p->history_at == 0 : p->history_at >= h->line.n))
		return PROMPT_EDITING;
	if (p->history_at == h->line.n) {
		memcpy(p->typed, p->text, p->len);
		p->typed_len = p->len;
	}
	p->history_at = back ? p->history_at - 1 : p->history_at + 1;
	set_text(p, p->history_at < h->line.n ? h->line.at[p->history_at]
					      : (struct str){ p->typed, p->typed_len });
	return PROMPT_CHANGED;
}

/* A candidate in place of what is completed; nothing more fits behind it, so a blank does. */
static enum prompt_result take_candidate(struct prompt *p, struct str candidate, bool is_only)
{
	struct shell_completion *c = &p->completion;

	splice(p, c->from, p->cursor, candidate);
	if (is_only && !c->is_open)
		splice(p, p->cursor, p->cursor, STR(" "));
	return PROMPT_CHANGED;
}

/* The first Tab completes what is common and lists the rest; the next ones go through them. */
static enum prompt_result complete(struct prompt *p, bool back)
{
	struct shell_completion *c = &p->completion;
	struct str common;
	size_t n;

	if (!p->complete)
		return PROMPT_EDITING;
	if (!p->is_completing) {
		end_completion(p);
		p->complete(p->ctx, str_head(prompt_text(p), p->cursor), c);
		if (c->candidate.n == 0 || c->from > p->cursor)
			return PROMPT_EDITING;
		common = shell_completion_common(c);
		if (c->candidate.n == 1) {
			(void)take_candidate(p, common.len ? common : c->candidate.at[0], true);
			end_completion(p);
			return PROMPT_CHANGED;
		}
		p->is_completing = true;
		p->candidate_at = c->candidate.n;
		return common.len ? take_candidate(p, common, false) : PROMPT_EDITING;
	}
	n = c->candidate.n;
	if (p->candidate_at >= n)
		p->candidate_at = back ? n - 1 : 0;
	else
		p->candidate_at = (p->candidate_at + (back ? n - 1 : 1)) % n;
	return take_candidate(p, c->candidate.at[p->candidate_at], false);
}

static enum prompt_result insert(struct prompt *p, uint32_t rune)
{
	char to[RUNE_LARGEST];
	size_t n;

	if (rune < 0x20 || rune >= KEY_FIRST_NAMED)
		return PROMPT_EDITING;
	n = rune_encode(rune, to);
	splice(p, p->cursor, p->cursor, (struct str){ to, n });
	return PROMPT_CHANGED;
}

static enum prompt_result cut(struct prompt *p, size_t from, size_t to)
{
	if (from == to)
		return PROMPT_EDITING;
	splice(p, from, to, STR_EMPTY);
	return PROMPT_CHANGED;
}

static enum prompt_result move_cursor(struct prompt *p, size_t to)
{
	p->cursor = to;
	return PROMPT_EDITING;
}

static enum prompt_result edit_key(struct prompt *p, uint32_t key)
{
	switch (key) {
	case KEY_LEFT:
	case KEY_CTRL | 'b':
		return move_cursor(p, before(p, p->cursor));
	case KEY_RIGHT:
	case KEY_CTRL | 'f':
		return move_cursor(p, behind(p, p->cursor));
	case KEY_CTRL | KEY_LEFT:
	case KEY_ALT | 'b':
		return move_cursor(p, word_before(p, p->cursor));
	case KEY_CTRL | KEY_RIGHT:
	case KEY_ALT | 'f':
		return move_cursor(p, word_behind(p, p->cursor));
	case KEY_HOME:
	case KEY_CTRL | 'a':
		return move_cursor(p, 0);
	case KEY_END:
	case KEY_CTRL | 'e':
		return move_cursor(p, p->len);
	case KEY_DELETE:
	case KEY_CTRL | 'd':
		return cut(p, p->cursor, behind(p, p->cursor));
	case KEY_CTRL | 'w':
	case KEY_ALT | KEY_BACKSPACE:
		return cut(p, word_before(p, p->cursor), p->cursor);
	case KEY_CTRL | 'u':
		return cut(p, 0, p->cursor);
	case KEY_CTRL | 'k':
		return cut(p, p->cursor, p->len);
	default:
		return insert(p, key);
	}
}

/* Of a key that the table has for typing; the others write and edit. */
static enum action action_of(uint32_t key)
{
	const struct key_row *r = key_row_find(key, KEYS_OF_PROMPT);

	return r && r->view ? r->action : ACT_NONE;
}

bool prompt_offers(const struct prompt *p, enum action action)
{
	switch (action) {
	case ACT_COMPLETE:
	case ACT_COMPLETE_BACK:
		return p->complete != NULL;
	case ACT_UP:
	case ACT_DOWN:
		return p->history && p->history->line.n > 0;
	default:
		return true;
	}
}

enum prompt_result prompt_key(struct prompt *p, uint32_t key, bool is_pasted)
{
	enum action action = action_of(key);

	if (is_pasted)
		return insert(p, key < 0x20 || key >= KEY_FIRST_NAMED ? ' ' : key);
	if (action == ACT_COMPLETE || action == ACT_COMPLETE_BACK)
		return complete(p, action == ACT_COMPLETE_BACK);
	end_completion(p);
	switch (action) {
	case ACT_OPEN:
		if (p->history)
			shell_history_add(p->history, prompt_text(p));
		return PROMPT_DONE;
	case ACT_CANCEL:
		return PROMPT_CANCELLED;
	case ACT_UP:
	case ACT_DOWN:
		return walk_history(p, action == ACT_UP);
	default:
		break;
	}
	if (key != KEY_BACKSPACE)
		return edit_key(p, key);
	return p->len ? cut(p, before(p, p->cursor), p->cursor) : PROMPT_CANCELLED;
}

/* The candidates in one row, the chosen one on it. */
static void draw_candidates(const struct prompt *p, struct area a)
{
	const struct shell_completion *c = &p->completion;
	size_t from = p->candidate_at < c->candidate.n ? p->candidate_at : 0;
	int col = 1;

	grid_fill(a, AT_BAR_LINE);
	/* Go back as far as the ones before leave the chosen one on the row. */
	for (int width = 0; from > 0; from--) {
		width += grid_text_width(a.grid, c->shown.at[from]) + 2;
		if (width > a.cols / 2)
			break;
	}
	for (size_t i = from; i < c->candidate.n && col < a.cols; i++) {
		struct attr at = i == p->candidate_at ? AT_SELECTED : AT_BAR_LINE;

		col += grid_text(a, 0, col, a.cols - col, c->shown.at[i], at) + 2;
	}
}

void prompt_draw(const struct prompt *p, struct area a)
{
	struct area line = area_cut_bottom(&a, 1);
	struct str text = prompt_text(p);
	int label, room, width;
	size_t from = 0;

	if (p->is_completing)
		draw_candidates(p, area_cut_bottom(&a, 1));
	grid_fill(line, AT_TEXT);
	label = grid_text(line, 0, 0, line.cols, str_from(p->label), AT_BOLD);
	room = line.cols - label - 1;
	/* The part around the cursor, if not all fits. */
	width = grid_text_width(a.grid, str_head(text, p->cursor));
	while (width > room && from < p->cursor) {
		size_t next = behind(p, from);

		width -= grid_text_width(a.grid, (struct str){ p->text + from, next - from });
		from = next;
	}
	grid_text(line, 0, label, line.cols - label, str_from_offset(text, from), AT_TEXT);
	grid_cursor(line, 0, label + width);
}
