/*
 * What comes from the person: keys, mouse, and the rest that wakes the loop.
 *
 * Lives here: events, key codes and their names, decoding the bytes of a terminal.
 * Not here: reading them (tui/screen.h), what a key does (tui/keys.h).
 */
#ifndef TUI_INPUT_H
#define TUI_INPUT_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A key is a code point, or one of these above all code points; with modifiers as bits.  Ctrl
 * and a letter is KEY_CTRL and the small letter.
 */
enum key {
	KEY_NONE = 0,
	KEY_FIRST_NAMED = 0x110000,
	KEY_ENTER = KEY_FIRST_NAMED,
	KEY_ESC,
	KEY_TAB,
	KEY_BACKSPACE,
	KEY_DELETE,
	KEY_INSERT,
	KEY_UP,
	KEY_DOWN,
	KEY_LEFT,
	KEY_RIGHT,
	KEY_PAGE_UP,
	KEY_PAGE_DOWN,
	KEY_HOME,
	KEY_END,
	KEY_F1,
	KEY_F12 = KEY_F1 + 11,
	KEY_CODES = 0x1fffff, /* mask: the key without modifiers */
	KEY_SHIFT = 1 << 24,  /* of named keys only */
	KEY_ALT = 1 << 25,
	KEY_CTRL = 1 << 26,
};

enum { KEY_NAME_SIZE = 24 };

/* "j", "Enter", "C-r", "M-x", "S-Tab", "Space"; NUL-terminated. */
void key_text(uint32_t key, char to[KEY_NAME_SIZE]);

/* The key of that name, or the one code point that s is; KEY_NONE for anything else. */
uint32_t key_find(struct str s);

enum event_type {
	EVENT_NONE,
	EVENT_KEY,
	EVENT_MOUSE,
	EVENT_RESIZE,
	EVENT_WAKE,   /* a worker has something to say */
	EVENT_SIGNAL, /* to leave */
	EVENT_END,    /* no more input */
};

enum mouse_kind {
	MOUSE_CLICK,
	MOUSE_DOUBLE,
	MOUSE_WHEEL_UP,
	MOUSE_WHEEL_DOWN,
};

struct event {
	enum event_type type;
	union {
		struct {
			uint32_t key;
			bool is_pasted; /* text, never a command */
		};
		struct {
			enum mouse_kind kind;
			int row, col; /* of the screen, from 0 */
		} mouse;
		struct {
			int rows, cols;
		} size;
		int signal;
	};
};

enum {
	INPUT_LONGEST = 128, /* bytes of one escape sequence that we wait for */
};

/* Bytes on their way to events.  Starts as zeros; owns nothing. */
struct input {
	uint8_t buf[INPUT_LONGEST];
	size_t n;
	bool is_pasting;
	struct event last_click;
	uint64_t last_click_ms;
};

/* Takes what fits and gives the number of bytes taken: at least one once input_next() was false. */
size_t input_feed(struct input *in, struct bytes b);

/*
 * The next event; false: more bytes are needed.  When `is_silent` nothing follows for now, and
 * an ESC alone is the Esc key.  Sequences that mean nothing to us are skipped.
 */
bool input_next(struct input *in, bool is_silent, struct event *ev);

/* Are there bytes that wait for more? */
static inline bool input_is_waiting(const struct input *in)
{
	return in->n > 0;
}

/* Makes the second of two clicks on one cell within 400 ms a double click. */
void input_pair_clicks(struct input *in, struct event *ev, uint64_t now_ms);

#endif
