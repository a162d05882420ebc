/*
 * Fuzz target: what reports make of a profile that somebody else wrote.
 *
 * Lives here: every report and form that needs no other program, over whatever decodes; options vary with the size of
 * the input, so that the same bytes always mean the same run.
 * Not here: decoding itself (fuzz_decode, fuzz_legacy_*).
 */
#include "config.h"

#include "analysis/analysis.h"
#include "load/formats.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

/* Each a line of the prompt's `name=value`; chosen by the size of the input. */
static const struct {
	enum option_id id;
	const char *value;
} variation[] = {
	{ OPT_GRANULARITY, "addresses" }, { OPT_GRANULARITY, "lines" }, { OPT_GRANULARITY, "files" },
	{ OPT_CALL_TREE, "true" },	  { OPT_NOINLINES, "true" },	{ OPT_SHOWCOLUMNS, "true" },
	{ OPT_TAGROOT, "k,bytes" },	  { OPT_TAGLEAF, "k,bytes" },	{ OPT_MEAN, "true" },
	{ OPT_DROP_NEGATIVE, "true" },	  { OPT_NODECOUNT, "3" },	{ OPT_TRIM, "false" },
	{ OPT_FOCUS, "a" },		  { OPT_HIDE, "e" },		{ OPT_SHOW, "." },
	{ OPT_TAGFOCUS, "1:" },		  { OPT_UNIT, "kb" },		{ OPT_RELATIVE_PERCENTAGES, "true" },
	{ OPT_SHOW_FROM, "m" },		  { OPT_PRUNE_FROM, "m" },	{ OPT_SAMPLE_INDEX, "0" },
	{ OPT_TAGIGNORE, "b" },		  { OPT_DIVIDE_BY, "0.001" },	{ OPT_SORT, "cum" },
};

enum { N_VARIATION = sizeof(variation) / sizeof(variation[0]) };

static void must(bool ok)
{
	if (!ok)
		abort();
}

static void write_form(const struct profile *p, struct options *o, const struct report *r, const char *form)
{
	struct error err = ERROR_INIT;
	struct out out, notice;
	bool ok;

	must(options_set(o, OPT_FORMAT, str_from(form), &err));
	out_open_memory(&out);
	out_open_memory(&notice);
	ok = analysis_report(p, o, r, STR("."), &out, &notice, &err);
	/* A reason that can be shown, and then nothing written. */
	must(ok ? err.code == ERR_NONE : err.code != ERR_NONE && err.msg[0] && !out_text(&out).len);
	out_release(&out);
	out_release(&notice);
}

/* By another program. */
static bool is_drawn(const struct report *r)
{
	static const char *const format[] = { "gif", "pdf", "png", "ps", "svg" };

	for (size_t i = 0; i < sizeof(format) / sizeof(format[0]); i++)
		if (strcmp(r->name, format[i]) == 0)
			return true;
	return false;
}

static void write_all(const struct profile *p, struct options *o)
{
	for (size_t i = 0; i < report_table_n; i++) {
		const struct report *r = &report_table[i];

		if (r->viewer || is_drawn(r))
			continue;
		write_form(p, o, r, "plain");
		if (r->json)
			write_form(p, o, r, "json");
		if (r->csv)
			write_form(p, o, r, "csv");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = ERROR_INIT;
	struct options o;
	struct profile *p = load_decode((struct bytes){ data, size }, NULL, NULL, &err);

	if (!p)
		return 0;
	must(options_init(&o, &err));
	/* Two at a time: 23 is prime, so that all pairs come up. */
	for (size_t i = 0; i < 2 && size % 3; i++)
		must(options_set(&o, variation[(size / (i ? 23 : 1)) % N_VARIATION].id,
				 str_from(variation[(size / (i ? 23 : 1)) % N_VARIATION].value), &err));
	write_all(p, &o);
	options_release(&o);
	profile_free(p);
	return 0;
}
