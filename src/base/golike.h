/*
 * Go's text, once.
 *
 * Lives here: what the reference prints through Go's own library and a port must match to
 * the byte: quoting, durations, path cleaning, error texts of the system and of number
 * parsing.
 * Not here: units of profiles (measure/).
 */
#ifndef BASE_GOLIKE_H
#define BASE_GOLIKE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* strerror() in Go's lower case ("no such file or directory"), NUL-terminated, cut to size. */
void go_errno_text(int errnum, char *to, size_t size);

#endif
