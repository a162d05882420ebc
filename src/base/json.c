/*
 * Reading JSON.
 *
 * Lives here: the grammar.
 */
#include "config.h"

#include "base/json.h"

void json_init(struct json *j, struct bytes input, struct arena *arena)
{
	*j = (struct json){ .c = cursor_over(input), .arena = arena };
}

static bool broken(const struct json *j, struct error *err, const char *what)
{
	return error_set(err, ERR_FORMAT, "%s at byte %zu", what, cursor_offset(&j->c));
}

static int peek(const struct json *j)
{
	return cursor_left(&j->c) ? *j->c.at : -1;
}

static bool take(struct json *j, char c)
{
	if (peek(j) != c)
		return false;
	j->c.at++;
	return true;
}

static void skip_blanks(struct json *j)
{
	while (peek(j) == ' ' || peek(j) == '\t' || peek(j) == '\n' || peek(j) == '\r')
		j->c.at++;
}

static bool take_word(struct json *j, struct str word)
{
	struct cursor c = j->c;
	struct bytes b;

	if (!cursor_take(&c, word.len, &b) || !str_eq((struct str){ (const char *)b.ptr, b.len }, word))
		return false;
	j->c = c;
	return true;
}

static int hex_digit(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool take_hex4(struct json *j, uint32_t *unit)
{
	*unit = 0;
	for (int i = 0; i < 4; i++) {
		int digit = hex_digit(peek(j));

		if (digit < 0)
			return false;
		*unit = *unit << 4 | (uint32_t)digit;
		j->c.at++;
	}
	return true;
}

/* After "\u".  Halves of a pair that stand alone become U+FFFD. */
static bool take_unicode(struct json *j, uint32_t *rune)
{
	uint32_t low;

	if (!take_hex4(j, rune))
		return false;
	if (*rune >= 0xd800 && *rune <= 0xdbff) {
		struct cursor before = j->c;

		if (take_word(j, STR("\\u")) && take_hex4(j, &low) && low >= 0xdc00 && low <= 0xdfff) {
			*rune = 0x10000 + ((*rune - 0xd800) << 10) + (low - 0xdc00);
			return true;
		}
		j->c = before;
	}
	if (*rune >= 0xd800 && *rune <= 0xdfff)
		*rune = 0xfffd;
	return true;
}

static bool take_escape(struct json *j, uint32_t *rune)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";

	for (size_t i = 0; i < sizeof(from) - 1; i++)
		if (take(j, from[i])) {
			*rune = (uint32_t)to[i];
			return true;
		}
	return take(j, 'u') && take_unicode(j, rune);
}

/* To the closing quote, which is taken; *has_escape says whether what stands before it is the text. */
static bool scan_text(struct json *j, struct str *raw, bool *has_escape)
{
	const uint8_t *start = j->c.at;

	*has_escape = false;
	for (;;) {
		int c = peek(j);

		if (c < 0x20)
			return false;
		j->c.at++;
		if (c == '"')
			break;
		if (c == '\\') {
			*has_escape = true;
			if (!cursor_left(&j->c))
				return false;
			j->c.at++;
		}
	}
	*raw = (struct str){ (const char *)start, (size_t)(j->c.at - start) - 1 };
	return true;
}

/* No escape is shorter than what it stands for. */
static bool unescape(struct json *j, struct str raw, struct str *text, struct error *err)
{
	struct json in = { .c = cursor_within(&j->c, (struct bytes){ (const uint8_t *)raw.ptr, raw.len }) };
	char *to = arena_alloc(j->arena, raw.len);
	size_t n = 0;

	if (!to)
		return error_nomem(err, "text");
	while (cursor_left(&in.c)) {
		uint32_t rune;

		if (!take(&in, '\\')) {
			to[n++] = (char)*in.c.at++;
			continue;
		}
		if (!take_escape(&in, &rune))
			return broken(&in, err, "bad escape");
		n += rune_encode(rune, to + n);
	}
	*text = (struct str){ to, n };
	return true;
}

static bool take_text(struct json *j, struct str *text, struct error *err)
{
	bool has_escape;
	struct str raw;

	if (!take(j, '"'))
		return broken(j, err, "text expected");
	if (!scan_text(j, &raw, &has_escape))
		return broken(j, err, "text not closed");
	*text = raw;
	return !has_escape || unescape(j, raw, text, err);
}

static size_t take_digits(struct json *j)
{
	size_t n = 0;

	for (; peek(j) >= '0' && peek(j) <= '9'; n++)
		j->c.at++;
	return n;
}

static bool take_number(struct json *j, struct str *text, struct error *err)
{
	const uint8_t *start = j->c.at;

	(void)take(j, '-');
	if (!take(j, '0') && !take_digits(j))
		return broken(j, err, "value expected");
	if (take(j, '.') && !take_digits(j))
		return broken(j, err, "digit expected");
	if (take(j, 'e') || take(j, 'E')) {
		(void)(take(j, '+') || take(j, '-'));
		if (!take_digits(j))
			return broken(j, err, "digit expected");
	}
	*text = (struct str){ (const char *)start, (size_t)(j->c.at - start) };
	return true;
}

static bool open_nest(struct json *j, struct json_token *t, bool is_object, struct error *err)
{
	if (j->depth == LIMIT_JSON_DEPTH)
		return error_set(err, ERR_LIMIT, "nested deeper than %d at byte %zu", LIMIT_JSON_DEPTH,
				 cursor_offset(&j->c));
	j->is_object[j->depth] = is_object;
	j->has_member[j->depth++] = false;
	t->kind = is_object ? JSON_OBJECT : JSON_ARRAY;
	return true;
}

static bool take_value(struct json *j, struct json_token *t, struct error *err)
{
	t->offset = cursor_offset(&j->c);
	if (take(j, '{') || take(j, '['))
		return open_nest(j, t, j->c.at[-1] == '{', err);
	if (take_word(j, STR("true")))
		t->kind = JSON_TRUE;
	else if (take_word(j, STR("false")))
		t->kind = JSON_FALSE;
	else if (take_word(j, STR("null")))
		t->kind = JSON_NULL;
	else
		t->kind = peek(j) == '"' ? JSON_TEXT : JSON_NUMBER;
	if (t->kind == JSON_TEXT)
		return take_text(j, &t->text, err);
	return t->kind != JSON_NUMBER || take_number(j, &t->text, err);
}

static bool take_key(struct json *j, struct json_token *t, struct error *err)
{
	if (!take_text(j, &t->key, err))
		return false;
	skip_blanks(j);
	if (!take(j, ':'))
		return broken(j, err, "colon expected");
	skip_blanks(j);
	return true;
}

/* The next member of the innermost object or array, or its end. */
static bool take_member(struct json *j, struct json_token *t, struct error *err)
{
	bool *has_member = &j->has_member[j->depth - 1], is_object = j->is_object[j->depth - 1];

	if (take(j, is_object ? '}' : ']')) {
		t->kind = is_object ? JSON_OBJECT_END : JSON_ARRAY_END;
		j->depth--;
		return true;
	}
	if (*has_member && !take(j, ','))
		return broken(j, err, "comma expected");
	*has_member = true;
	skip_blanks(j);
	return (!is_object || take_key(j, t, err)) && take_value(j, t, err);
}

bool json_next(struct json *j, struct json_token *t, struct error *err)
{
	*t = (struct json_token){ .kind = JSON_END, .text = STR_EMPTY };
	skip_blanks(j);
	t->offset = cursor_offset(&j->c);
	if (j->depth)
		return take_member(j, t, err);
	if (!j->is_done) {
		j->is_done = true;
		return take_value(j, t, err);
	}
	return !cursor_left(&j->c) || broken(j, err, "end expected");
}

bool json_skip(struct json *j, const struct json_token *t, struct error *err)
{
	struct json_token in;
	size_t outside = j->depth - 1;

	if (t->kind != JSON_OBJECT && t->kind != JSON_ARRAY)
		return true;
	do
		if (!json_next(j, &in, err))
			return false;
	while (j->depth > outside);
	return true;
}
