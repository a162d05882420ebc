/*
 * Fuzz target: lines of the prompt.
 *
 * Lives here: any lines against a small profile, one after the other, with nothing written or run outside; and what
 * completion finds for each.
 */
#include "config.h"

#include "load/formats.h"
#include "shell/shell.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

static const char small[] = "heap profile: 3: 30 [4: 40] @ heapprofile\n"
				   "  1: 10 [1: 10] @ 0x10 0x20\n"
				   "  2: 20 [3: 30] @ 0x10 0x30\n";

enum { LINES_MAX = 20 }; /* of an input: each may be a report */

static void must(bool ok)
{
	if (!ok)
		abort();
}

static void run(struct shell *s, struct str line)
{
	struct error err = ERROR_INIT;
	struct shell_completion c;
	enum shell_result result;
	struct out out, notice;

	out_open_memory(&out);
	out_open_memory(&notice);
	must(shell_run(s, line, &out, &notice, &result, &err) ? err.code == ERR_NONE
							      : err.code != ERR_NONE && err.msg[0]);
	shell_complete(s, line, &c);
	must(c.from <= line.len);
	shell_completion_release(&c);
	out_release(&out);
	out_release(&notice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = ERROR_INIT;
	struct options o;
	struct shell s = { .options = &o };
	struct str rest = { (const char *)data, size }, line;
	struct profile *p =
		load_decode((struct bytes){ (const uint8_t *)small, sizeof(small) - 1 }, NULL, NULL, &err);

	must(p && options_init(&o, &err));
	s.profile = p;
	for (int i = 0; i < LINES_MAX && rest.len; i++) {
		str_cut(rest, '\n', &line, &rest);
		run(&s, line);
	}
	options_release(&o);
	profile_free(p);
	return 0;
}
