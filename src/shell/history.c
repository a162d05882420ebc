/*
 * Lines typed before.
 *
 * Lives here: the file.  Lines are appended one write each, so that several prompts at a time share
 * it; it is cut to its newest half when it has grown to twice its length.
 */
#include "config.h"

#include "shell/history.h"

#include "base/blob.h"
#include "base/cursor.h"
#include "base/out.h"
#include "base/userdir.h"

#include <fcntl.h>
#include <unistd.h>

enum { HISTORY_LINES = 1000, HISTORY_LINE_BYTES = 4096 };

static const char history_name[] = "cpprof-view/history";

static bool is_text(struct str line)
{
	for (size_t i = 0; i < line.len; i++)
		if ((unsigned char)line.ptr[i] < 0x20 || line.ptr[i] == 0x7f)
			return false;
	return line.len > 0 && line.len <= HISTORY_LINE_BYTES && str_utf8_prefix(line) == line.len;
}

static bool keep(struct shell_history *h, struct str line)
{
	if (!is_text(line) || (h->line.n && str_eq(h->line.at[h->line.n - 1], line)))
		return false;
	line = arena_str(&h->arena, line);
	return line.ptr && vec_push(&h->line, line);
}

/* Several prompts may do it at once: each writes a whole file. */
static void shorten(struct shell_history *h)
{
	struct error ignored = ERROR_INIT;
	size_t drop = h->line.n - HISTORY_LINES;
	struct out out;

	memmove(h->line.at, h->line.at + drop, HISTORY_LINES * sizeof(h->line.at[0]));
	h->line.n = HISTORY_LINES;
	if (!out_open_file(&out, h->path.ptr, &ignored))
		return;
	for (size_t i = 0; i < h->line.n; i++) {
		out_str(&out, h->line.at[i]);
		out_char(&out, '\n');
	}
	(void)out_close(&out, &ignored);
}

void shell_history_open(struct shell_history *h)
{
	struct error ignored = ERROR_INIT;
	struct blob blob = BLOB_INIT;
	struct cursor c;
	struct str line;

	*h = (struct shell_history){ .arena = ARENA_INIT, .path = STR_EMPTY };
	if (!userdir_path(USERDIR_STATE, history_name, &h->arena, &h->path, &ignored)) {
		h->path = STR_EMPTY;
		return;
	}
	if (!blob_read_file(&blob, h->path.ptr, &ignored))
		return;
	c = cursor_over(blob_bytes(&blob));
	while (cursor_line(&c, &line))
		(void)keep(h, line);
	blob_release(&blob);
	if (h->line.n > 2 * HISTORY_LINES)
		shorten(h);
}

void shell_history_add(struct shell_history *h, struct str line)
{
	struct error ignored = ERROR_INIT;
	struct out out;
	int fd;

	if (!keep(h, str_trim(line)) || !h->path.len || !userdir_make_for(h->path, &ignored))
		return;
	fd = open(h->path.ptr, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	out_open_fd(&out, fd);
	out_str(&out, h->line.at[h->line.n - 1]);
	out_char(&out, '\n');
	(void)out_close(&out, &ignored);
	(void)close(fd);
}

void shell_history_release(struct shell_history *h)
{
	vec_release(&h->line);
	arena_release(&h->arena);
}
