/*
 * Fuzz target: the file of saved options.
 *
 * Lives here: what is read can be written, and reads the same again.
 */
#include "config.h"

#include "analysis/settings.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

static void must(bool ok)
{
	if (!ok)
		abort();
}

static void apply_all(const struct settings *s)
{
	struct error err = ERROR_INIT;
	struct options o;

	must(options_init(&o, &err));
	for (size_t i = 0; i < s->config.n; i++) {
		must(settings_find(s, s->config.at[i].name) != NULL);
		must(settings_apply(&s->config.at[i], &o, &err) || err.msg[0]);
		error_clear(&err);
	}
	options_release(&o);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct settings first = { .config = VEC_INIT }, second = { .config = VEC_INIT };
	struct error err = ERROR_INIT;
	struct out once, twice;

	if (!settings_parse(&first, (struct bytes){ data, size }, &err)) {
		must(err.code != ERR_NONE && err.msg[0]);
		settings_release(&first);
		return 0;
	}
	apply_all(&first);
	out_open_memory(&once);
	out_open_memory(&twice);
	settings_print(&first, &once);
	must(settings_parse(&second, (struct bytes){ (const uint8_t *)out_text(&once).ptr, out_text(&once).len }, &err));
	settings_print(&second, &twice);
	must(str_eq(out_text(&once), out_text(&twice)));
	out_release(&once);
	out_release(&twice);
	settings_release(&first);
	settings_release(&second);
	return 0;
}
