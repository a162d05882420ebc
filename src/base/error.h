/*
 * Errors as values.
 *
 * Lives here: the error value, its codes, setting it and adding context on the way out.
 * Not here: printing (front ends), exit status (main.c).
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdarg.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a caller may branch on.  The text is for people only. */
enum error_code {
	ERR_NONE,
	ERR_NOMEM,
	ERR_IO,
	ERR_FORMAT,	 /* mine, and broken */
	ERR_LIMIT,	 /* over a ceiling of base/limits.h */
	ERR_NOTFOUND,
	ERR_USAGE,
	ERR_UNSUPPORTED, /* from a decoder: not mine, try the next one */
	ERR_CANCELLED,
};

struct error {
	enum error_code code;
	char msg[1024]; /* lower case, no full stop, NUL-terminated; longer text is cut */
};

#define ERROR_INIT { .code = ERR_NONE, .msg = "" }

/*
 * Sets err and returns false, so that failing is one line.  err is never NULL.
 */
bool error_set(struct error *err, enum error_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* error_set() for memory that could not be had: `what` names the thing. */
bool error_nomem(struct error *err, const char *what);

/* Puts "..." in front of the message; returns false. */
bool error_context(struct error *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Forgets the error, for a caller that goes on. */
void error_clear(struct error *err);

#ifdef __cplusplus
}
#endif

#endif
