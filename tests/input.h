/*
 * Inputs that tests make.
 *
 * Lives here: bytes put together piece by piece, gzip of what is written to it, and a file of such bytes.
 */
#ifndef TESTS_INPUT_H
#define TESTS_INPUT_H

#include "base/gzip.h"
#include "base/vec.h"
#include "tests/test.h"

#include <stdio.h>
#include <string.h>

/* Starts as zeros; owns its bytes until vec_release(). */
struct input {
	VEC(uint8_t) bytes;
};

static inline void put(struct input *in, struct bytes b)
{
	assert_true(vec_reserve(&in->bytes, b.len));
	memcpy(in->bytes.at + in->bytes.n, b.ptr, b.len);
	in->bytes.n += b.len;
}

static inline struct bytes input_bytes(const struct input *in)
{
	return (struct bytes){ in->bytes.at, in->bytes.n };
}

static inline void input_sink(void *input, const void *p, size_t n)
{
	put(input, (struct bytes){ p, n });
}

/* Adds one member of these bytes. */
static inline void put_gzip(struct test *t, struct input *in, struct bytes plain)
{
	struct gzip_writer *w;
	struct out o;

	out_open_sink(&o, input_sink, in);
	w = gzip_writer_new(&o, &t->err);
	assert_non_null(w);
	gzip_write(w, plain.ptr, plain.len);
	gzip_finish(w);
	assert_true(out_close(&o, &t->err));
}

/* The caller removes it. */
static inline void write_file(const char *path, struct bytes b)
{
	FILE *to = fopen(path, "wb");

	assert_non_null(to);
	assert_int_equal(fwrite(b.ptr, 1, b.len, to), b.len);
	assert_int_equal(fclose(to), 0);
}

#endif
