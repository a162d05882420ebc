/*
 * What comes from the person: keys, mouse, and the rest that wakes the loop.
 *
 * Lives here: the forms in which terminals send keys: xterm's, and where they differ the Linux
 * console's and rxvt's; SGR and X10 mouse reports; bracketed paste.
 */
#include "config.h"

#include "tui/input.h"

#include <stdio.h>

enum {
	ESC = 0x1b,
	DOUBLE_CLICK_MS = 400,
	CSI_PARAMS = 4,
};

static const struct {
	uint32_t key;
	const char *name;
} key_names[] = {
	{ KEY_ENTER, "Enter" },	    { KEY_ESC, "Esc" },	      { KEY_TAB, "Tab" },
	{ KEY_BACKSPACE, "Backspace" }, { KEY_DELETE, "Del" }, { KEY_INSERT, "Ins" },
	{ KEY_UP, "Up" },	    { KEY_DOWN, "Down" },     { KEY_LEFT, "Left" },
	{ KEY_RIGHT, "Right" },	    { KEY_PAGE_UP, "PgUp" },  { KEY_PAGE_DOWN, "PgDn" },
	{ KEY_HOME, "Home" },	    { KEY_END, "End" },	      { ' ', "Space" },
};

enum { N_KEY_NAMES = sizeof(key_names) / sizeof(key_names[0]) };

void key_text(uint32_t key, char to[KEY_NAME_SIZE])
{
	uint32_t code = key & KEY_CODES;
	const char *ctrl = key & KEY_CTRL ? "C-" : "", *alt = key & KEY_ALT ? "M-" : "";
	const char *shift = key & KEY_SHIFT ? "S-" : "";
	char one[8] = "";
	const char *name = one;

	for (size_t i = 0; i < N_KEY_NAMES; i++)
		if (key_names[i].key == code)
			name = key_names[i].name;
	if (code >= KEY_F1 && code <= KEY_F12)
		(void)snprintf(one, sizeof(one), "F%u", code - KEY_F1 + 1);
	else if (name == one && code < KEY_FIRST_NAMED)
		one[rune_encode(code, one)] = '\0';
	(void)snprintf(to, KEY_NAME_SIZE, "%s%s%s%s", ctrl, alt, shift, name);
}

/* Takes "C-" and the like off the front of *s. */
static uint32_t take_modifiers(struct str *s)
{
	uint32_t mods = 0;

	while (s->len > 2 && s->ptr[1] == '-') {
		if (s->ptr[0] == 'C')
			mods |= KEY_CTRL;
		else if (s->ptr[0] == 'M')
			mods |= KEY_ALT;
		else if (s->ptr[0] == 'S')
			mods |= KEY_SHIFT;
		else
			break;
		*s = str_from_offset(*s, 2);
	}
	return mods;
}

uint32_t key_find(struct str s)
{
	uint32_t mods = take_modifiers(&s), r;

	for (size_t i = 0; i < N_KEY_NAMES; i++)
		if (str_eq(s, str_from(key_names[i].name)))
			return key_names[i].key | mods;
	for (uint32_t f = 1; f <= 12; f++) {
		char name[8];

		(void)snprintf(name, sizeof(name), "F%u", f);
		if (str_eq(s, str_from(name)))
			return (KEY_F1 + f - 1) | mods;
	}
	if (s.len && str_rune(s, &r) == s.len)
		return r | mods;
	return KEY_NONE;
}

size_t input_feed(struct input *in, struct bytes b)
{
	size_t n = sizeof(in->buf) - in->n;

	if (n > b.len)
		n = b.len;
	if (n)
		memcpy(in->buf + in->n, b.ptr, n);
	in->n += n;
	return n;
}

static void drop(struct input *in, size_t n)
{
	in->n -= n;
	memmove(in->buf, in->buf + n, in->n);
}

static void set_key(struct event *ev, uint32_t key)
{
	*ev = (struct event){ .type = EVENT_KEY };
	ev->key = key;
}

/* One byte below 0x20, or DEL. */
static uint32_t control_key(uint8_t b)
{
	switch (b) {
	case '\r':
	case '\n':
		return KEY_ENTER;
	case '\t':
		return KEY_TAB;
	case 0x08:
	case 0x7f:
		return KEY_BACKSPACE;
	case ESC:
		return KEY_ESC;
	default:
		return KEY_CTRL | (b >= 1 && b <= 26 ? (uint32_t)b + 'a' - 1 : (uint32_t)b + '@');
	}
}

/* The last byte of a CSI or SS3 sequence. */
static uint32_t final_key(uint8_t b)
{
	switch (b) {
	case 'A':
		return KEY_UP;
	case 'B':
		return KEY_DOWN;
	case 'C':
		return KEY_RIGHT;
	case 'D':
		return KEY_LEFT;
	case 'H':
		return KEY_HOME;
	case 'F':
		return KEY_END;
	case 'M': /* Enter of the keypad */
		return KEY_ENTER;
	case 'Z':
		return KEY_TAB | KEY_SHIFT;
	default:
		return b >= 'P' && b <= 'S' ? KEY_F1 + (uint32_t)(b - 'P') : KEY_NONE;
	}
}

/* The number before '~'. */
static uint32_t tilde_key(unsigned n)
{
	static const uint32_t low[] = { KEY_NONE, KEY_HOME, KEY_INSERT, KEY_DELETE, KEY_END,
					KEY_PAGE_UP, KEY_PAGE_DOWN, KEY_HOME, KEY_END };

	if (n < sizeof(low) / sizeof(low[0]))
		return low[n];
	if (n >= 11 && n <= 15)
		return KEY_F1 + n - 11;
	if (n >= 17 && n <= 21)
		return KEY_F1 + 5 + n - 17;
	if (n == 23 || n == 24)
		return KEY_F1 + 10 + n - 23;
	return KEY_NONE;
}

/* 1 and the sum of Shift 1, Alt 2, Ctrl 4. */
static uint32_t modifiers_of(unsigned param)
{
	unsigned bits = param ? param - 1 : 0;

	return (bits & 1 ? (uint32_t)KEY_SHIFT : 0) | (bits & 2 ? (uint32_t)KEY_ALT : 0) |
	       (bits & 4 ? (uint32_t)KEY_CTRL : 0);
}

/* False: a report that we have no use for, as of a release. */
static bool set_mouse(struct event *ev, unsigned button, unsigned col, unsigned row)
{
	*ev = (struct event){ .type = EVENT_MOUSE };
	if ((button & 0x43) == 0)
		ev->mouse.kind = MOUSE_CLICK;
	else if ((button & 0x43) == 0x40)
		ev->mouse.kind = MOUSE_WHEEL_UP;
	else if ((button & 0x43) == 0x41)
		ev->mouse.kind = MOUSE_WHEEL_DOWN;
	else
		return false;
	if (button & 0x20 || col == 0 || row == 0 || col > 0xffff || row > 0xffff)
		return false;
	ev->mouse.row = (int)row - 1;
	ev->mouse.col = (int)col - 1;
	return true;
}

/* The parts of ESC [ < 0 ; 17 ; 4 M. */
struct csi {
	uint8_t mark; /* one of "<=>?", or 0 */
	unsigned param[CSI_PARAMS];
	uint8_t final;
};

/* Length of the sequence at the front, 0 when its end is not there yet. */
static size_t parse_csi(const struct input *in, struct csi *c)
{
	size_t i = 2, k = 0;

	*c = (struct csi){ 0 };
	if (i < in->n && in->buf[i] >= '<' && in->buf[i] <= '?')
		c->mark = in->buf[i++];
	for (; i < in->n; i++) {
		uint8_t b = in->buf[i];

		if (b >= 0x40 && b <= 0x7e) {
			c->final = b;
			return i + 1;
		}
		if (b < 0x20 || b > 0x7e) /* not a sequence after all */
			return i;
		if (b == ';')
			k++;
		else if (b >= '0' && b <= '9' && k < CSI_PARAMS && c->param[k] < 100000)
			c->param[k] = c->param[k] * 10 + (b - '0');
	}
	return 0;
}

/* False: nothing for us. */
static bool csi_event(struct input *in, const struct csi *c, struct event *ev)
{
	uint32_t key;

	if (c->mark == '<' && c->final == 'M')
		return set_mouse(ev, c->param[0], c->param[1], c->param[2]);
	if (c->mark)
		return false;
	if (c->final == '~' && (c->param[0] == 200 || c->param[0] == 201)) {
		in->is_pasting = c->param[0] == 200;
		return false;
	}
	if (c->final == '~')
		key = tilde_key(c->param[0]);
	else if (c->final == 'u' && c->param[0] >= 0x20 && c->param[0] < KEY_FIRST_NAMED)
		key = c->param[0] == 0x7f ? (uint32_t)KEY_BACKSPACE : c->param[0];
	else if (c->final == 'u' && c->param[0])
		key = control_key((uint8_t)c->param[0]);
	else
		key = final_key(c->final);
	if (key == KEY_NONE)
		return false;
	set_key(ev, key | modifiers_of(c->param[1]));
	return true;
}

/* ESC ] or ESC P up to BEL or ESC \; 0 when the end is not there yet. */
static size_t string_length(const struct input *in)
{
	for (size_t i = 2; i < in->n; i++) {
		if (in->buf[i] == 0x07)
			return i + 1;
		if (in->buf[i] == ESC && i + 1 < in->n)
			return in->buf[i + 1] == '\\' ? i + 2 : i;
	}
	return 0;
}

/*
 * What an ESC at the front begins.  Gives the number of its bytes, 0 when more are needed; *found
 * says whether it was an event.
 */
static size_t take_escape(struct input *in, struct event *ev, bool *found)
{
	struct csi c;
	size_t n;
	uint32_t key;

	*found = false;
	switch (in->buf[1]) {
	case '[':
		if (in->n > 2 && in->buf[2] == '[') { /* Linux console: F1 is ESC [ [ A */
			if (in->n < 4)
				return 0;
			*found = in->buf[3] >= 'A' && in->buf[3] <= 'E';
			set_key(ev, KEY_F1 + (uint32_t)(in->buf[3] - 'A'));
			return 4;
		}
		if (in->n > 2 && in->buf[2] == 'M') { /* X10 mouse: three bytes, 32 above */
			if (in->n < 6)
				return 0;
			*found = set_mouse(ev, in->buf[3] - 32u, in->buf[4] - 32u, in->buf[5] - 32u);
			return 6;
		}
		n = parse_csi(in, &c);
		*found = n && c.final && csi_event(in, &c, ev);
		return n;
	case 'O':
		if (in->n < 3)
			return 0;
		key = final_key(in->buf[2]);
		*found = key != KEY_NONE;
		set_key(ev, key);
		return 3;
	case ']':
	case 'P':
		return string_length(in);
	case ESC:
		*found = true;
		set_key(ev, KEY_ESC);
		return 1;
	default:
		return SIZE_MAX; /* Alt and a key: the caller reads it */
	}
}

/* A plain key at buf[at]: its bytes, 0 when more are needed. */
static size_t take_plain(struct input *in, size_t at, bool is_silent, struct event *ev)
{
	struct str s = { (const char *)in->buf + at, in->n - at };
	uint8_t b = in->buf[at];
	uint32_t r;
	size_t n;

	if (b < 0x20 || b == 0x7f) {
		set_key(ev, control_key(b));
		return 1;
	}
	n = str_rune(s, &r);
	if (r == 0xfffd && n == 1 && s.len < 4 && b >= 0xc2 && b < 0xf5 && !is_silent)
		return 0;
	set_key(ev, r);
	return n;
}

/* As take_escape(), for anything; sets *found. */
static size_t take(struct input *in, bool is_silent, struct event *ev, bool *found)
{
	size_t n;

	*found = true;
	if (in->buf[0] != ESC)
		return take_plain(in, 0, is_silent, ev);
	n = in->n > 1 ? take_escape(in, ev, found) : 0;
	if (n == SIZE_MAX) {
		*found = true;
		n = take_plain(in, 1, is_silent, ev);
		ev->key |= KEY_ALT;
		return n ? n + 1 : 0;
	}
	if (n == 0 && (is_silent || in->n == sizeof(in->buf))) {
		/* The Esc key; or a sequence that was cut off or never ends. */
		*found = in->n == 1;
		set_key(ev, KEY_ESC);
		return in->n;
	}
	return n;
}

bool input_next(struct input *in, bool is_silent, struct event *ev)
{
	while (in->n) {
		bool found, was_pasting = in->is_pasting;
		size_t n = take(in, is_silent, ev, &found);

		if (n == 0)
			return false;
		drop(in, n);
		if (!found)
			continue;
		if (ev->type == EVENT_KEY)
			ev->is_pasted = was_pasting;
		return true;
	}
	return false;
}

void input_pair_clicks(struct input *in, struct event *ev, uint64_t now_ms)
{
	const struct event *last = &in->last_click;

	if (ev->type != EVENT_MOUSE || ev->mouse.kind != MOUSE_CLICK)
		return;
	if (last->type == EVENT_MOUSE && last->mouse.row == ev->mouse.row &&
	    last->mouse.col == ev->mouse.col && now_ms - in->last_click_ms <= DOUBLE_CLICK_MS) {
		ev->mouse.kind = MOUSE_DOUBLE;
		in->last_click.type = EVENT_NONE;
		return;
	}
	in->last_click = *ev;
	in->last_click_ms = now_ms;
}
