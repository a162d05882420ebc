/*
 * Which key does what.
 *
 * Lives here: the table, and counts.
 */
#include "config.h"

#include "tui/keys.h"

#include <string.h>

#define C(letter) (KEY_CTRL | (uint32_t)(letter))
#define M(letter) (KEY_ALT | (uint32_t)(letter))

/* clang-format off */
const struct key_row key_table[] = {
	{ { KEY_ENTER }, ACT_OPEN, GROUP_MOVE, KEYS_OF_MENU, "choose", "choose; 1 to 9: choose that one" },
	{ { 'j', KEY_DOWN }, ACT_DOWN, GROUP_MOVE, KEYS_OF_MENU, "down", "one down" },
	{ { 'k', KEY_UP }, ACT_UP, GROUP_MOVE, KEYS_OF_MENU, NULL, "one up" },
	{ { 'q', KEY_ESC }, ACT_CANCEL, GROUP_PROGRAM, KEYS_OF_MENU, "close", "choose nothing" },

	{ { ' ', KEY_PAGE_DOWN, C('f') }, ACT_PAGE_DOWN, GROUP_MOVE, KEYS_OF_TEXT, "page", "one page down" },
	{ { 'q', KEY_ESC, KEY_ENTER }, ACT_CANCEL, GROUP_PROGRAM, KEYS_OF_TEXT, "close", "close it" },

	{ { KEY_ENTER }, ACT_OPEN, GROUP_PROGRAM, KEYS_OF_PROMPT, "done", "take the line as it is" },
	{ { KEY_TAB }, ACT_COMPLETE, GROUP_PROGRAM, KEYS_OF_PROMPT, "complete", "complete; once more: the next way" },
	{ { KEY_TAB | KEY_SHIFT }, ACT_COMPLETE_BACK, GROUP_PROGRAM, KEYS_OF_PROMPT, NULL, "the way before" },
	{ { KEY_UP, C('p') }, ACT_UP, GROUP_PROGRAM, KEYS_OF_PROMPT, "earlier", "the line typed before" },
	{ { KEY_DOWN, C('n') }, ACT_DOWN, GROUP_PROGRAM, KEYS_OF_PROMPT, NULL, "the line typed after" },
	{ { KEY_ESC, C('g'), C('c') }, ACT_CANCEL, GROUP_PROGRAM, KEYS_OF_PROMPT, "cancel", "take nothing" },

	/* flame: the letters of vi go through the frames, so hiding has the capital */
	{ { 'k', KEY_UP }, ACT_UP, GROUP_MOVE, "flame", NULL, "to the frame above" },
	{ { 'j', KEY_DOWN }, ACT_DOWN, GROUP_MOVE, "flame", NULL, "to the frame below" },
	{ { 'h', KEY_LEFT }, ACT_LEFT, GROUP_MOVE, "flame", NULL, "to the frame on the left" },
	{ { 'l', KEY_RIGHT }, ACT_RIGHT, GROUP_MOVE, "flame", NULL, "to the frame on the right" },
	{ { 'p' }, ACT_PARENT, GROUP_VIEW, "flame", NULL, "to the caller" },
	{ { 'c' }, ACT_HOTTEST, GROUP_VIEW, "flame", "hottest", "to the hottest callee" },
	{ { KEY_ENTER, 'z' }, ACT_ZOOM, GROUP_VIEW, "flame", "zoom",
	  "zoom to the frame; on a merged cell, list what is in it" },
	{ { KEY_BACKSPACE, 'Z' }, ACT_ZOOM_OUT, GROUP_VIEW, "flame", "out", "zoom out one level" },
	{ { '=', KEY_ESC }, ACT_ZOOM_RESET, GROUP_VIEW, "flame", NULL, "zoom out to the whole" },
	{ { 'v' }, ACT_DIRECTION, GROUP_VIEW, "flame", "turn",
	  "root on top, root below, or leaves first" },
	{ { 'C' }, ACT_COLOURS, GROUP_VIEW, "flame", "colours",
	  "colour by package, by flat share, or by heat" },

	{ { 'l', KEY_RIGHT }, ACT_RIGHT, GROUP_VIEW, "tree", "unfold", "unfold; or to the first callee" },
	{ { KEY_LEFT }, ACT_LEFT, GROUP_VIEW, "tree", "fold", "fold; or to the caller" },
	{ { KEY_ENTER, ' ' }, ACT_FOLD, GROUP_VIEW, "tree", NULL, "fold or unfold" },
	{ { 'p' }, ACT_PARENT, GROUP_VIEW, "tree", NULL, "to the caller" },
	{ { 'c' }, ACT_HOTTEST, GROUP_VIEW, "tree", "hottest", "unfold the hottest path" },
	{ { '+' }, ACT_UNFOLD_ALL, GROUP_VIEW, "tree", NULL, "unfold all below this one" },
	{ { '-' }, ACT_FOLD_ALL, GROUP_VIEW, "tree", NULL, "fold all" },

	{ { KEY_ENTER, ' ' }, ACT_FOLD, GROUP_VIEW, "traces", "frames",
	  "show or hide frames and labels of the stack" },
	{ { 'l', KEY_RIGHT }, ACT_RIGHT, GROUP_VIEW, "traces", NULL, "show them; or one down" },
	{ { KEY_LEFT }, ACT_LEFT, GROUP_VIEW, "traces", NULL, "hide them; or to the head of the stack" },
	{ { ']' }, ACT_NEXT_HOT, GROUP_VIEW, "traces", "next", "to the next stack" },
	{ { '[' }, ACT_PREVIOUS_HOT, GROUP_VIEW, "traces", NULL, "to the stack before" },
	{ { '-' }, ACT_FOLD_ALL, GROUP_VIEW, "traces", NULL, "hide the frames of all stacks" },

	{ { 'c' }, ACT_HOTTEST, GROUP_VIEW, "list", "hottest", "to the hottest line" },
	{ { ']' }, ACT_NEXT_HOT, GROUP_VIEW, "list", "next hot", "to the next hot line" },
	{ { '[' }, ACT_PREVIOUS_HOT, GROUP_VIEW, "list", NULL, "to the hot line before" },
	{ { KEY_ENTER }, ACT_OPEN, GROUP_VIEW, "list", "follow call", "list what the line calls" },
	{ { KEY_BACKSPACE }, ACT_BACK, GROUP_VIEW, "list", "back", "to the function before" },
	{ { '=' }, ACT_FORWARD, GROUP_VIEW, "list", NULL, "forward again" },
	{ { 'e' }, ACT_EDIT, GROUP_VIEW, "list", "edit", "open $VISUAL or $EDITOR at the line" },
	{ { 'd' }, ACT_SOURCE_DIR, GROUP_VIEW, "list", NULL, "say in which directory the source is" },
	{ { 'v' }, ACT_DIRECTION, GROUP_VIEW, "list", NULL, "the whole file, or only the function" },

	{ { '-' }, ACT_TAG_IGNORE, GROUP_VIEW, "tags", "leave out", "leave out samples with this value" },
	{ { 'r' }, ACT_TAG_ROOT, GROUP_VIEW, "tags", "as roots", "make the key the root frames" },
	{ { 'l' }, ACT_TAG_LEAF, GROUP_VIEW, "tags", "as leaves", "make the key the leaf frames" },
	{ { KEY_ENTER }, ACT_OPEN, GROUP_VIEW, "tags", "open", "only samples with this value; fold or unfold a key" },

	{ { KEY_BACKSPACE }, ACT_BACK, GROUP_VIEW, "sandwich", "back", "to the function before" },
	{ { '=' }, ACT_FORWARD, GROUP_VIEW, "sandwich", NULL, "forward again" },
	{ { 'v' }, ACT_DIRECTION, GROUP_VIEW, "sandwich", "as flames", "lists or flames" },
	{ { KEY_ENTER }, ACT_OPEN, GROUP_VIEW, "sandwich", "open", "puts the selected function in the middle" },

	{ { 'F' }, ACT_SORT_FLAT, GROUP_VIEW, "top", NULL, "sort by flat" },
	{ { 'C' }, ACT_SORT_CUM, GROUP_VIEW, "top", NULL, "sort by cum" },
	{ { 'A' }, ACT_SORT_NAME, GROUP_VIEW, "top", NULL, "sort by name" },
	{ { KEY_ENTER }, ACT_OPEN, GROUP_VIEW, "top", "open", "its callers and callees, in the sandwich" },

	{ { 'k', KEY_UP }, ACT_UP, GROUP_MOVE, NULL, NULL, "one up" },
	{ { 'j', KEY_DOWN }, ACT_DOWN, GROUP_MOVE, NULL, NULL, "one down" },
	{ { KEY_LEFT }, ACT_LEFT, GROUP_MOVE, NULL, NULL, "to the left" },
	{ { 'l', KEY_RIGHT }, ACT_RIGHT, GROUP_MOVE, NULL, NULL, "to the right" },
	{ { KEY_PAGE_UP, C('b') }, ACT_PAGE_UP, GROUP_MOVE, NULL, NULL, "one page up" },
	{ { KEY_PAGE_DOWN, C('f'), ' ' }, ACT_PAGE_DOWN, GROUP_MOVE, NULL, NULL, "one page down" },
	{ { C('u') }, ACT_HALF_UP, GROUP_MOVE, NULL, NULL, "half a page up" },
	{ { C('d') }, ACT_HALF_DOWN, GROUP_MOVE, NULL, NULL, "half a page down" },
	{ { KEY_HOME, M('<') }, ACT_FIRST, GROUP_MOVE, NULL, NULL, "to the first" },
	{ { 'G', KEY_END, M('>') }, ACT_LAST, GROUP_MOVE, NULL, NULL,
	  "to the last; with a count, to that one" },
	{ { 'T' }, ACT_TOP_ROW, GROUP_MOVE, NULL, NULL, "to the top of the screen" },
	{ { 'M' }, ACT_MIDDLE_ROW, GROUP_MOVE, NULL, NULL, "to the middle of the screen" },
	{ { 'B' }, ACT_BOTTOM_ROW, GROUP_MOVE, NULL, NULL, "to the bottom of the screen" },
	{ { 'm' }, ACT_MARK, GROUP_MOVE, NULL, NULL, "and a letter: set that mark" },
	{ { '\'' }, ACT_JUMP, GROUP_MOVE, NULL, NULL, "and a letter: to that mark; '': back from the last leap" },

	{ { '>' }, ACT_SORT_NEXT, GROUP_VIEW, "top", "sort", "sort by the next column" },
	{ { '<' }, ACT_SORT_PREVIOUS, GROUP_VIEW, "top", NULL, "sort by the column before" },
	{ { 'r' }, ACT_REVERSE, GROUP_VIEW, "top", NULL, "the other way round" },

	{ { '/' }, ACT_SEARCH, GROUP_FIND, NULL, "search", "search, by regular expression" },
	{ { 'n' }, ACT_NEXT_MATCH, GROUP_FIND, NULL, NULL, "to the next match" },
	{ { 'N' }, ACT_PREVIOUS_MATCH, GROUP_FIND, NULL, NULL, "to the match before" },
	{ { '*' }, ACT_SEARCH_NAME, GROUP_FIND, NULL, NULL, "to the next of the same name" },
	{ { '#' }, ACT_SEARCH_NAME_BACK, GROUP_FIND, NULL, NULL, "to the one before of the same name" },

	{ { 'f' }, ACT_FOCUS, GROUP_PROFILE, NULL, "focus", "only samples with the function" },
	{ { 'i' }, ACT_IGNORE, GROUP_PROFILE, NULL, "ignore", "no samples with the function" },
	{ { 'h', 'H' }, ACT_HIDE, GROUP_PROFILE, NULL, "hide", "leave its frames out" },
	{ { 'o' }, ACT_SHOW, GROUP_PROFILE, NULL, NULL, "only its frames" },
	{ { 'b' }, ACT_FILTERS, GROUP_PROFILE, NULL, NULL, "active filters, to take off" },
	{ { 'u' }, ACT_UNDO, GROUP_PROFILE, NULL, "undo", "undo a filter, zoom, view or sample type" },
	{ { C('r') }, ACT_REDO, GROUP_PROFILE, NULL, NULL, "redo" },
	{ { 's' }, ACT_SAMPLE_TYPE, GROUP_PROFILE, NULL, "type", "choose the sample type" },
	{ { 'g' }, ACT_GRANULARITY, GROUP_PROFILE, NULL, NULL, "choose what one row stands for" },
	{ { 'E' }, ACT_EXPLAIN, GROUP_PROFILE, NULL, "explain", "explain the numbers" },

	{ { KEY_TAB }, ACT_NEXT_VIEW, GROUP_PROGRAM, NULL, "view", "next view; 1 to 9: that view" },
	{ { KEY_TAB | KEY_SHIFT }, ACT_PREVIOUS_VIEW, GROUP_PROGRAM, NULL, NULL, "view before" },
	{ { ':' }, ACT_COMMAND, GROUP_PROGRAM, NULL, "command", "any command of the prompt" },
	{ { 'x' }, ACT_EXPORT, GROUP_PROGRAM, NULL, NULL, "export" },
	{ { 'y' }, ACT_COPY, GROUP_PROGRAM, NULL, NULL, "copy the name" },
	{ { 'Y' }, ACT_COPY_COMMAND, GROUP_PROGRAM, NULL, NULL,
	  "copy the command line that shows this screen" },
	{ { 't' }, ACT_THEME, GROUP_PROGRAM, NULL, NULL, "next theme" },
	{ { '?', KEY_F1 }, ACT_HELP, GROUP_PROGRAM, NULL, "help", "this help" },
	{ { C('l') }, ACT_REDRAW, GROUP_PROGRAM, NULL, NULL, "draw the screen again" },
	{ { KEY_ESC }, ACT_CANCEL, GROUP_PROGRAM, NULL, NULL, "close what is open; forget the search" },
	{ { 'q' }, ACT_QUIT, GROUP_PROGRAM, NULL, "quit", "leave" },
	{ .action = ACT_NONE },
};
/* clang-format on */

const char *key_group_title(enum key_group g)
{
	static const char *const title[GROUP_COUNT] = {
		[GROUP_MOVE] = "Moving",      [GROUP_VIEW] = "This view", [GROUP_FIND] = "Finding",
		[GROUP_PROFILE] = "Profile",  [GROUP_PROGRAM] = "Program",
	};

	return title[g];
}

static bool row_has(const struct key_row *r, uint32_t key)
{
	for (int i = 0; i < KEYS_OF_ROW; i++)
		if (r->key[i] && r->key[i] == key)
			return true;
	return false;
}

const struct key_row *key_row_find(uint32_t key, const char *view)
{
	for (const struct key_row *r = key_table; r->action != ACT_NONE; r++)
		if (row_has(r, key) && (!r->view || strcmp(r->view, view) == 0))
			return r;
	return NULL;
}

/* A digit.  True: it belongs to a count; *act says what to do about a view opened for one before. */
static bool add_digit(struct key_state *k, uint32_t digit, struct key_act *act)
{
	if (!k->has_count && digit != 0)
		return false;
	if (!k->has_count) {
		k->count = k->last_digit;
		act->undoes_view = k->last_digit != 0;
		k->has_count = true;
	}
	k->last_digit = 0;
	if (k->count < COUNT_LARGEST)
		k->count = k->count * 10 + digit;
	return true;
}

struct key_act key_press(struct key_state *k, uint32_t key, const char *view)
{
	struct key_act act = { .action = ACT_NONE, .count = 1 };
	const struct key_row *r;

	if (k->wants) {
		act.action = (enum action)k->wants;
		act.letter = key;
		*k = (struct key_state){ 0 };
		return act;
	}
	if (key >= '0' && key <= '9') {
		if (add_digit(k, key - '0', &act))
			return act;
		k->last_digit = key - '0';
		act.action = ACT_VIEW;
		act.count = key - '0';
		return act;
	}
	r = key_row_find(key, view);
	act.has_count = k->has_count && k->count > 0;
	if (act.has_count)
		act.count = k->count;
	*k = (struct key_state){ 0 };
	if (r && (r->action == ACT_MARK || r->action == ACT_JUMP))
		k->wants = (uint32_t)r->action;
	else if (r)
		act.action = r->action;
	return act;
}
