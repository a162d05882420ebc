/*
 * Pages before they are needed.
 *
 * Lives here: having the system put memory behind address space on another processor, while this one fills what
 * is there.  On a virtual machine a fresh page costs as much as inflating what goes into it.
 * Not here: how much will be needed; what is named too much is memory in use.
 */
#ifndef BASE_PREFAULT_H
#define BASE_PREFAULT_H

#include <stddef.h>

struct worker;

/* Stays where it is until prefault_end(). */
struct prefault {
	char *at;
	size_t len;
	struct worker *worker; /* NULL: nothing is done */
};

/*
 * Begins with the whole pages of [at, at + len), which will be written from the start; what is in them stays.
 * Nothing happens when they are few, when there is one processor, or on a system that does not know how.
 */
void prefault_start(struct prefault *p, void *at, size_t len);

/* Stops wherever it is.  The area may only then be given back. */
void prefault_end(struct prefault *p);

#endif
