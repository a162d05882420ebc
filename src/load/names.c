/*
 * Names after loading.
 *
 * Lives here: what the words of -symbolize ask for (spec/driver.md 5.1).
 * Not here: demangling itself (symbolize/).
 */
#include "config.h"

#include "load/internal.h"

#include "symbolize/symbolize.h"

#include <strings.h>

/* What -symbolize=A:B:... asks for. */
struct wish {
	bool is_none; /* neither symbols nor demangling */
	bool again;   /* of names that are there too */
	enum demangle_mode mode;
};

static bool word_is(struct str word, const char *text)
{
	return word.len == strlen(text) && strncasecmp(word.ptr, text, word.len) == 0;
}

/* False: not a word of -symbolize. */
static bool take_word(struct wish *w, struct str word)
{
	static const struct {
		const char *name;
		enum demangle_mode mode;
	} demangle_row[] = {
		{ "demangle=none", DEMANGLE_NONE },
		{ "demangle=full", DEMANGLE_FULL },
		{ "demangle=templates", DEMANGLE_TEMPLATES },
	};

	if (word_is(word, "none") || word_is(word, "no")) {
		w->is_none = true;
		return true;
	}
	if (word_is(word, "force")) {
		w->again = true;
		return true;
	}
	for (size_t i = 0; i < sizeof(demangle_row) / sizeof(demangle_row[0]); i++)
		if (word_is(word, demangle_row[i].name)) {
			w->again = true;
			w->mode = demangle_row[i].mode;
			return true;
		}
	return !word.len || word_is(word, "local") || word_is(word, "fastlocal") || word_is(word, "remote") ||
	       word_is(word, "demangle=default");
}

bool load_names(struct profile *p, struct str words, struct out *notice, struct error *err)
{
	struct wish w = { .mode = DEMANGLE_DEFAULT };
	struct str word, rest = words;

	while (rest.len) {
		(void)str_cut(rest, ':', &word, &rest);
		if (!take_word(&w, word)) {
			out_lit(notice, "ignoring unrecognized symbolization option: ");
			out_str(notice, words);
			out_lit(notice, "\nexpecting -symbolize=[local|fastlocal|remote|none][:force]"
					"[:demangle=[none|full|templates|default]\n");
		}
		if (w.is_none)
			return true;
	}
	return symbolize_demangle(p, w.mode, w.again, err);
}
