/*
 * Errors as values.
 *
 * Lives here: formatting into the fixed message buffer.
 * Not here: any allocation; an error can always be reported.
 */
#include "config.h"

#include "base/error.h"

#include <stdio.h>
#include <string.h>

bool error_set(struct error *err, enum error_code code, const char *fmt, ...)
{
	va_list ap;

	err->code = code;
	va_start(ap, fmt);
	(void)vsnprintf(err->msg, sizeof(err->msg), fmt, ap);
	va_end(ap);
	return false;
}

bool error_nomem(struct error *err, const char *what)
{
	return error_set(err, ERR_NOMEM, "out of memory: %s", what);
}

bool error_context(struct error *err, const char *fmt, ...)
{
	char tail[sizeof(err->msg)];
	va_list ap;
	size_t used;

	memcpy(tail, err->msg, sizeof(tail));
	va_start(ap, fmt);
	(void)vsnprintf(err->msg, sizeof(err->msg), fmt, ap);
	va_end(ap);
	used = strlen(err->msg);
	(void)snprintf(err->msg + used, sizeof(err->msg) - used, "%s", tail);
	return false;
}

void error_clear(struct error *err)
{
	err->code = ERR_NONE;
	err->msg[0] = '\0';
}
