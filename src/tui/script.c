/*
 * Events from a text instead of a person.
 *
 * Lives here: the words of a script.
 */
#include "config.h"

#include "tui/script.h"

enum { SIZE_LARGEST = 1000 };

/* A number at the front of *s, which moves on; -1: there is none, or it is too large. */
static int take_number(struct str *s)
{
	int n = 0;
	size_t i = 0;

	for (; i < s->len && s->ptr[i] >= '0' && s->ptr[i] <= '9'; i++) {
		n = n * 10 + (s->ptr[i] - '0');
		if (n > SIZE_LARGEST)
			return -1;
	}
	*s = str_from_offset(*s, i);
	return i ? n : -1;
}

bool script_size(struct str s, int *cols, int *rows)
{
	*cols = take_number(&s);
	if (s.len == 0 || s.ptr[0] != 'x')
		return false;
	s = str_from_offset(s, 1);
	*rows = take_number(&s);
	return *cols > 0 && *rows > 0 && s.len == 0;
}

/* The next word of the line; empty at its end. */
static struct str take_word(struct str *line)
{
	struct str word;
	size_t i = 0;

	while (i < line->len && (line->ptr[i] == ' ' || line->ptr[i] == '\t'))
		i++;
	*line = str_from_offset(*line, i);
	(void)str_cut(*line, ' ', &word, line);
	return word;
}

/* The next code point of what is being typed. */
static void type_one(struct script *s, struct event *ev)
{
	uint32_t r;
	size_t n = str_rune(s->typed, &r);

	*ev = (struct event){ .type = EVENT_KEY };
	ev->key = r;
	ev->is_pasted = s->is_pasting;
	s->typed = str_from_offset(s->typed, n);
}

static enum script_step bad_line(const struct script *s, struct str word, struct error *err)
{
	error_set(err, ERR_USAGE, "script line %zu: \"%.*s\" is not understood", s->line_number,
		  STR_FMT(word));
	return SCRIPT_ERROR;
}

static bool set_mouse(struct script *s, enum mouse_kind kind, struct event *ev)
{
	struct str row = take_word(&s->line), col = take_word(&s->line);

	*ev = (struct event){ .type = EVENT_MOUSE };
	ev->mouse.kind = kind;
	ev->mouse.row = take_number(&row);
	ev->mouse.col = take_number(&col);
	return ev->mouse.row >= 0 && ev->mouse.col >= 0;
}

static bool set_resize(struct script *s, struct event *ev)
{
	*ev = (struct event){ .type = EVENT_RESIZE };
	return script_size(take_word(&s->line), &ev->size.cols, &ev->size.rows);
}

/* A word that begins with '@'. */
static enum script_step directive(struct script *s, struct str word, struct event *ev,
				  struct error *err)
{
	bool is_good = false;

	if (str_eq(word, STR("@wait")))
		return SCRIPT_WAIT;
	if (str_eq(word, STR("@dump")))
		return SCRIPT_DUMP;
	if (str_eq(word, STR("@copied")))
		return SCRIPT_COPIED;
	if (str_eq(word, STR("@paste"))) {
		s->typed = str_trim(s->line);
		s->line = STR_EMPTY;
		s->is_pasting = true;
		return script_next(s, ev, err);
	}
	if (str_eq(word, STR("@click")))
		is_good = set_mouse(s, MOUSE_CLICK, ev);
	else if (str_eq(word, STR("@double")))
		is_good = set_mouse(s, MOUSE_DOUBLE, ev);
	else if (str_eq(word, STR("@resize")))
		is_good = set_resize(s, ev);
	else if (str_eq(word, STR("@wheel")))
		is_good = set_mouse(s, str_eq(take_word(&s->line), STR("up")) ? MOUSE_WHEEL_UP
									     : MOUSE_WHEEL_DOWN,
				    ev);
	return is_good ? SCRIPT_EVENT : bad_line(s, word, err);
}

/* The text between the quotes at the front of the line. */
static void take_quoted(struct script *s)
{
	s->line = str_from_offset(s->line, 1);
	(void)str_cut(s->line, '"', &s->typed, &s->line);
}

enum script_step script_next(struct script *s, struct event *ev, struct error *err)
{
	for (;;) {
		struct str word;

		if (s->typed.len) {
			type_one(s, ev);
			return SCRIPT_EVENT;
		}
		s->is_pasting = false;
		if (s->wants_enter) {
			s->wants_enter = false;
			*ev = (struct event){ .type = EVENT_KEY };
			ev->key = KEY_ENTER;
			return SCRIPT_EVENT;
		}
		s->line = str_trim(s->line);
		if (s->line.len == 0) {
			if (s->rest.len == 0)
				return SCRIPT_END;
			(void)str_cut(s->rest, '\n', &s->line, &s->rest);
			s->line_number++;
			s->line = str_trim(s->line);
			if (s->line.len && s->line.ptr[0] == '#') {
				s->line = STR_EMPTY;
			} else if (s->line.len > 1 && s->line.ptr[0] == ':') {
				s->typed = s->line;
				s->line = STR_EMPTY;
				s->wants_enter = true;
			}
			continue;
		}
		if (s->line.ptr[0] == '"') {
			take_quoted(s);
			continue;
		}
		word = take_word(&s->line);
		if (word.ptr[0] == '@' && word.len > 1)
			return directive(s, word, ev, err);
		*ev = (struct event){ .type = EVENT_KEY };
		ev->key = key_find(word);
		if (ev->key != KEY_NONE)
			return SCRIPT_EVENT;
		s->typed = word;
	}
}
