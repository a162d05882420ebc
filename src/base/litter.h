/*
 * Files that must not outlive this process.
 *
 * Lives here: temporary files for other programs, gone however this process ends.
 * Not here: files with no name, which need no care (tmpfile()); results (base/out.h).
 */
#ifndef BASE_LITTER_H
#define BASE_LITTER_H

#include "base/error.h"
#include "base/str.h"

#include <sys/types.h>

/* One file.  Starts as LITTER_INIT. */
struct litter {
	char *path; /* own */
	pid_t pid;  /* of the child that waits for our end */
	int fd;     /* it reads; nothing ever comes */
};

#define LITTER_INIT                               \
	{                                         \
		.path = NULL, .pid = -1, .fd = -1 \
	}

/*
 * A new file with that text, readable for this user alone, named after stem and with that suffix
 * (".svg"), in $TMPDIR or /tmp.  ERR_IO, ERR_NOMEM, and then there is no file.
 */
bool litter_make(struct litter *l, const char *stem, const char *suffix, struct str text,
		 struct error *err);

/* Removes the file.  Of several the one that was made last goes first.  Harmless on LITTER_INIT. */
void litter_release(struct litter *l);

#endif
