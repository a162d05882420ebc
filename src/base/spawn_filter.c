/*
 * Children that make one text of another.
 *
 * Lives here: writing all of the input, then reading all of the output.  The output waits in a
 * file without a name, so that neither side ever waits for the other to read.
 */
#include "config.h"

#include "base/spawn.h"

#include "base/golike.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool spawn_exists(const char *name)
{
	const char *path = getenv("PATH");
	struct str left = str_from(path ? path : "/bin:/usr/bin"), dir;
	bool is_there = false;

	if (strchr(name, '/'))
		return access(name, X_OK) == 0;
	for (bool more = true; more && !is_there;) {
		struct arena scratch = ARENA_INIT;
		struct str file;

		more = str_cut(left, ':', &dir, &left);
		file = arena_fmt(&scratch, "%.*s/%s", STR_FMT(dir), name);
		is_there = dir.len && file.ptr && access(file.ptr, X_OK) == 0;
		arena_release(&scratch);
	}
	return is_there;
}

/* A child that has seen enough closes its end; whether that was right its status tells. */
static void feed(int fd, struct str input)
{
	while (input.len) {
		ssize_t n = write(fd, input.ptr, input.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return;
		input = str_from_offset(input, (size_t)n);
	}
}

static bool copy(FILE *from, struct out *to)
{
	char buf[1 << 16];
	size_t n;

	rewind(from);
	while ((n = fread(buf, 1, sizeof(buf), from)) > 0)
		out_bytes(to, buf, n);
	return !ferror(from);
}

/* The last line that is not empty: usually the reason. */
static void add_last_line(FILE *said, struct error *err)
{
	struct str text, line, last = STR_EMPTY;
	struct out all;

	out_open_memory(&all);
	(void)copy(said, &all);
	text = str_trim(out_text(&all));
	for (bool more = true; more;) {
		more = str_cut(text, '\n', &line, &text);
		last = str_trim(line).len ? str_trim(line) : last;
	}
	if (last.len)
		(void)error_context(err, "%.*s: ", STR_FMT(str_head(last, 200)));
	out_release(&all);
}

static bool run(const char *const argv[], struct str input, FILE *answer, FILE *said,
		struct error *err)
{
	struct spawn_files files = { fileno(answer), fileno(said) };
	struct spawn s;

	if (!spawn_open(&s, argv, files, err))
		return false;
	feed(s.in_fd, input);
	if (spawn_close(&s, err))
		return true;
	add_last_line(said, err);
	return false;
}

bool spawn_filter(const char *const argv[], struct str input, struct out *output, struct error *err)
{
	FILE *answer = tmpfile(), *said = tmpfile();
	char why[128];
	bool ok = answer && said;

	if (!ok) {
		go_errno_text(errno, why, sizeof(why));
		error_set(err, ERR_IO, "temporary file: %s", why);
	}
	ok = ok && run(argv, input, answer, said, err);
	if (ok && !copy(answer, output))
		ok = error_set(err, ERR_IO, "reading what %s wrote", argv[0]);
	if (answer)
		(void)fclose(answer);
	if (said)
		(void)fclose(said);
	return ok;
}
