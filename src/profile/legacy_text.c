/*
 * Lines of legacy text.
 *
 * Lives here: reading them under the reference's limit, the two kinds that all formats know,
 * and numbers.
 */
#include "config.h"

#include "base/golike.h"
#include "base/limits.h"
#include "profile/legacy_shared.h"

bool legacy_line(struct cursor *c, struct str *line, struct error *err)
{
	if (!cursor_line(c, line))
		return false;
	if (line->len >= LIMIT_LEGACY_LINE_BYTES)
		return error_set(err, ERR_FORMAT, "bufio.Scanner: token too long");
	if (line->len && line->ptr[line->len - 1] == '\r')
		line->len--;
	return true;
}

bool legacy_is_blank(struct str line)
{
	struct str text = str_trim(line);

	return text.len == 0 || text.ptr[0] == '#';
}

bool legacy_is_map_marker(struct str line)
{
	return str_find(line, STR("--- Memory map: ---")) >= 0 || str_find(line, STR("MAPPED_LIBRARIES:")) >= 0;
}

bool legacy_text_line(struct cursor *c, struct str *line, struct error *err)
{
	while (legacy_line(c, line, err)) {
		*line = str_trim(*line);
		if (line->len && line->ptr[0] != '#')
			return true;
	}
	return false;
}

/* To whoever reads a file it does not matter in which way a number is wrong. */
static bool broken_unless(bool ok, struct error *err)
{
	if (!ok)
		err->code = ERR_FORMAT;
	return ok;
}

bool legacy_dec64(struct str text, int64_t *v, struct error *err)
{
	return broken_unless(go_parse_dec64(text, v, err), err);
}

bool legacy_auto64(struct str text, int64_t *v, struct error *err)
{
	return broken_unless(go_parse_auto64(text, v, err), err);
}
