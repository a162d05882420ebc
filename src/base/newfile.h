/*
 * Files that appear whole or not at all.
 *
 * Lives here: a file without a name until it is complete; names with a number.
 * Not here: buffering and what is written (base/out.h).
 *
 * A reader sees the old file or the whole new one, and whatever ends the program before leaves
 * nothing behind: where the system can, the new file has no name until the end.  Elsewhere it
 * stands beside its place, under its name and six letters.  Where the folder takes no new file, and
 * the old one may be written, its bytes are replaced once all of the new ones are there; only a kill or
 * a broken disk can end that halfway.
 */
#ifndef BASE_NEWFILE_H
#define BASE_NEWFILE_H

#include "base/error.h"

#include <stdbool.h>

struct newfile {
	int fd;         /* to write to; -1: none */
	char *path;     /* where it will be; once published, where it is */
	char *suffix;   /* of a numbered one, whose path is its stem until then; else NULL */
	char *tmp_path; /* NULL: it has no name, or is written directly */
	bool is_direct; /* not a regular file, such as /dev/null or a pipe: there already */
	bool is_aside;  /* in another folder, to be copied over the old one */
};

#define NEWFILE_INIT { .fd = -1, .path = NULL }

/*
 * To take the place of `path`, with the mode that is there or that the umask leaves.  A symbolic link
 * stays one: the file that it names is replaced.  ERR_IO with the system's reason in the reference's
 * form: "open PATH: no such file or directory".  Nothing to release on failure.
 */
bool newfile_open(struct newfile *f, const char *path, struct error *err);

/* As newfile_open() for the first of STEM001SUFFIX, STEM002SUFFIX, ... that is free when it is published. */
bool newfile_open_numbered(struct newfile *f, const char *stem, const char *suffix, struct error *err);

/* Closes it and puts it in its place.  False: errno says why, and what was there has not changed.  Release it too. */
bool newfile_publish(struct newfile *f);

/* Frees everything; what is not published is gone.  Harmless on NEWFILE_INIT and twice. */
void newfile_release(struct newfile *f);

#endif
