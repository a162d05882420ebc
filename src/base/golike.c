/*
 * Go's text, once.
 *
 * Lives here: the look-alikes of Go's library.
 */
#include "config.h"

#include "base/golike.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

void go_errno_text(int errnum, char *to, size_t size)
{
	(void)snprintf(to, size, "%s", strerror(errnum));
	if (size && to[0] && !isupper((unsigned char)to[1]))
		to[0] = (char)tolower((unsigned char)to[0]);
}
