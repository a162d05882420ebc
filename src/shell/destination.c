/*
 * Where a report goes.
 *
 * Lives here: the viewers' command lines, and waiting for them.
 */
#include "config.h"

#include "shell/destination.h"

#include "base/spawn.h"

#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
	ARGUMENTS_MOST = 16,
	VIEWERS_MOST = 8,
	/* Some programs only tell another one to read the file, and end. */
	LEAST_SECONDS = 1,
};

static time_t seconds_now(void)
{
	struct timespec now = { .tv_sec = 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

void destination_release(struct destination *d)
{
	struct timespec left = { .tv_sec = d->started + LEAST_SECONDS - seconds_now() };

	if (d->started && left.tv_sec > 0)
		(void)nanosleep(&left, NULL);
	while (d->file.n)
		litter_release(&d->file.at[--d->file.n]);
	vec_release(&d->file);
}

const struct report *destination_substitute(const struct report *r, struct out *notice)
{
	if (!r->without_dot || spawn_exists("dot"))
		return r;
	out_fmt(notice, "Graphviz is not installed (Debian: apt install graphviz): %s instead\n",
		r->without_dot);
	return report_find(str_from(r->without_dot));
}

/* The browsers to try, in the reference's order. */
static size_t list_browsers(const char *list[VIEWERS_MOST])
{
	static const char *const known[] = { "chrome", "google-chrome", "chromium", "firefox",
					     "sensible-browser" };
	const char *chosen = getenv("BROWSER"), *display = getenv("DISPLAY");
	size_t n = 0;

	if (chosen && *chosen)
		list[n++] = chosen;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		list[n++] = known[i];
	if (display && *display)
		list[n++] = "xdg-open";
	return n;
}

/* "gv --noantialias" and the file as arguments.  In the arena; false: no memory, or too many. */
static bool split(const char *command, const char *path, struct arena *arena,
		  const char *argv[ARGUMENTS_MOST + 2], struct error *err)
{
	struct str left = str_from(command), word;
	size_t n = 0;

	for (bool more = true; more;) {
		more = str_cut(left, ' ', &word, &left);
		if (!word.len)
			continue;
		if (n == ARGUMENTS_MOST)
			return error_set(err, ERR_LIMIT, "more than %d words in \"%s\"",
					 ARGUMENTS_MOST, command);
		word = arena_str(arena, word);
		if (!word.ptr)
			return error_nomem(err, "viewer");
		argv[n++] = word.ptr;
	}
	argv[n] = path;
	argv[n + 1] = NULL;
	return n > 0 ||
	       error_set(err, ERR_NOTFOUND, "exec: \"\": executable file not found in $PATH");
}

/* Starts one of them.  Its standard output goes nowhere. */
static bool start(const char *const list[], size_t n, const char *path, struct spawn *s,
		  struct error *err)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	bool ok = false;

	for (size_t i = 0; i < n && !ok; i++) {
		const char *argv[ARGUMENTS_MOST + 2];
		struct arena scratch = ARENA_INIT;

		error_clear(err);
		ok = split(list[i], path, &scratch, argv, err) &&
		     spawn_open(s, argv, (struct spawn_files){ null, -1 }, err);
		arena_release(&scratch);
	}
	if (null >= 0)
		(void)close(null);
	return ok;
}

static bool show_file(struct destination *d, const char *viewer, const char *path,
		      struct error *err)
{
	const char *list[VIEWERS_MOST] = { viewer };
	size_t n = *viewer ? 1 : list_browsers(list);
	struct spawn s;

	if (!start(list, n, path, &s, err))
		return false;
	d->started = seconds_now();
	if (d->waits)
		return spawn_close(&s, err);
	spawn_leave(&s);
	return true;
}

bool destination_show(struct destination *d, const struct destination_request *r,
		      struct out *notice, struct error *err)
{
	const struct report *report = destination_substitute(r->report, notice);
	struct litter file = LITTER_INIT;
	char suffix[32] = ".";
	struct out text;
	bool ok;

	for (size_t i = 0; report->suffix[i] && i + 2 < sizeof(suffix); i++)
		suffix[i + 1] = report->suffix[i];
	out_open_memory(&text);
	ok = analysis_report(r->profile, r->options, report, r->regex, &text, notice, err);
	if (ok && text.is_broken)
		ok = error_nomem(err, "report");
	ok = ok && litter_make(&file, "cpprof-view", suffix, out_text(&text), err);
	out_release(&text);
	if (!ok)
		return false;
	if (!vec_push(&d->file, file)) {
		litter_release(&file);
		return error_nomem(err, "viewer");
	}
	out_flush(notice);
	return show_file(d, r->report->viewer, file.path, err);
}

static bool write_to(struct out *out, const struct destination_request *r,
		     const struct report *report, struct out *notice, struct error *err)
{
	if (analysis_report(r->profile, r->options, report, r->regex, out, notice, err))
		return true;
	out_release(out);
	return false;
}

/* A file that is named once it is there. */
static bool write_numbered(const struct destination_request *r, struct out *notice,
			   struct error *err)
{
	struct arena scratch = ARENA_INIT;
	struct str suffix = arena_fmt(&scratch, ".%s", r->report->suffix), path;
	struct out out;
	bool ok = suffix.ptr ? out_open_numbered(&out, "profile", suffix.ptr, err) :
			       error_nomem(err, "file name");

	ok = ok && write_to(&out, r, r->report, notice, err) &&
	     out_close_file(&out, &scratch, &path, err);
	if (ok)
		out_fmt(notice, "Generating report in %s\n", path.ptr);
	arena_release(&scratch);
	return ok;
}

static bool write_file(const struct destination_request *r, const char *path, struct out *notice,
		       struct error *err)
{
	const struct report *report = destination_substitute(r->report, notice);
	struct out out;

	out_fmt(notice, "Generating report in %s\n", path);
	return out_open_file(&out, path, err) && write_to(&out, r, report, notice, err) &&
	       out_close(&out, err);
}

bool destination_deliver(struct destination *d, const struct destination_request *r,
			 struct out *notice, struct error *err)
{
	struct str path = r->options->value[OPT_OUTPUT].text;
	struct out out;

	if (path.len)
		return write_file(r, path.ptr, notice, err);
	if (r->report->viewer)
		return destination_show(d, r, notice, err);
	if ((r->report->flags & REPORT_BINARY) && isatty(STDOUT_FILENO))
		return write_numbered(r, notice, err);
	out_open_fd(&out, STDOUT_FILENO);
	return write_to(&out, r, r->report, notice, err) && out_close(&out, err);
}
