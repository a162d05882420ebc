/*
 * One source: a large file comes to the same, or to the same words, whether it has all processors or not.
 */
#include "config.h"

#include "base/gzip.h"
#include "base/vec.h"
#include "load/internal.h"

#include "tests/same_profile.h"
#include "tests/test.h"

#include <stdio.h>
#include <unistd.h>

enum { SAMPLES = 200000 };

struct file {
	char path[64];
	VEC(uint8_t) packed;
};

static void put(void *file, const void *p, size_t n)
{
	struct file *f = file;

	assert_true(vec_reserve(&f->packed, n));
	memcpy(f->packed.at + f->packed.n, p, n);
	f->packed.n += n;
}

/* Strings: "", samples, count, main.  Values that do not compress well. */
static void pack_profile(struct test *t, struct file *f)
{
	static const char types[] = "\x0a\x04\x08\x01\x10\x02\x5a\x04\x08\x01\x10\x02";
	static const char tables[] = "\x22\x06\x08\x01\x22\x02\x08\x01\x2a\x04\x08\x01\x10\x03\x32\x00\x32\x07samples\x32\x05"
				     "count\x32\x04main";
	struct gzip_writer *w;
	struct out o;
	uint32_t x = 1;

	out_open_sink(&o, put, f);
	w = gzip_writer_new(&o, &t->err);
	assert_non_null(w);
	gzip_write(w, types, sizeof(types) - 1);
	for (size_t i = 0; i < SAMPLES; i++) {
		uint8_t sample[] = { 0x12, 6, 0x08, 1, 0x10, 0, 0, 0 };

		x = x * 1664525 + 1013904223;
		sample[5] = (uint8_t)(0x80 | x >> 9);
		sample[6] = (uint8_t)(0x80 | x >> 17);
		sample[7] = (uint8_t)(x >> 25);
		gzip_write(w, sample, sizeof(sample));
	}
	gzip_write(w, tables, sizeof(tables) - 1);
	gzip_finish(w);
	assert_true(out_close(&o, &t->err));
	assert_true(f->packed.n > 1 << 19);
}

static void write_file(struct file *f, size_t n)
{
	FILE *to;

	(void)snprintf(f->path, sizeof(f->path), "load_test.%ld", (long)getpid());
	to = fopen(f->path, "wb");
	assert_non_null(to);
	assert_int_equal(fwrite(f->packed.at, 1, n, to), n);
	assert_int_equal(fclose(to), 0);
}

static void a_large_file_comes_to_the_same(void **state)
{
	struct test *t = *state;
	struct file f = { .packed = VEC_INIT };
	struct load_request r = { .n_source = 1 };
	struct profile *p, *q;

	pack_profile(t, &f);
	write_file(&f, f.packed.n);
	p = load_one(str_from(f.path), &r, false, &t->err);
	q = load_one(str_from(f.path), &r, true, &t->err);
	assert_non_null(p);
	assert_non_null(q);
	assert_int_equal(p->sample.n, SAMPLES);
	assert_true(same_profile(p, q));
	profile_free(p);
	profile_free(q);
	vec_release(&f.packed);
	assert_int_equal(unlink(f.path), 0);
}

static void a_large_broken_file_is_told_in_the_same_words(void **state)
{
	struct test *t = *state;
	struct file f = { .packed = VEC_INIT };
	struct load_request r = { .n_source = 1 };
	struct error err = ERROR_INIT;

	pack_profile(t, &f);
	for (unsigned i = 0; i < 3; i++) {
		size_t n = f.packed.n - (i == 0 ? 1 : i == 1 ? f.packed.n / 3 : 0);

		/* At last a changed byte in the middle. */
		f.packed.at[f.packed.n / 2] ^= i == 2 ? 0x55 : 0;
		write_file(&f, n);
		assert_null(load_one(str_from(f.path), &r, false, &t->err));
		assert_null(load_one(str_from(f.path), &r, true, &err));
		assert_int_equal(err.code, ERR_FORMAT);
		assert_string_equal(err.msg, t->err.msg);
	}
	vec_release(&f.packed);
	assert_int_equal(unlink(f.path), 0);
}

/* Also where a file has that name. */
static void a_dash_is_standard_input(void **state)
{
	struct test *t = *state;
	struct file f = { .packed = VEC_INIT };
	struct load_request r = { .n_source = 1 };

	pack_profile(t, &f);
	write_file(&f, f.packed.n);
	assert_int_equal(rename(f.path, "-"), 0);
	assert_non_null(freopen("/dev/null", "r", stdin));
	assert_null(load_one(STR("-"), &r, true, &t->err));
	assert_int_equal(t->err.code, ERR_FORMAT);
	assert_int_equal(unlink("-"), 0);
	vec_release(&f.packed);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_large_file_comes_to_the_same),
		TEST(a_dash_is_standard_input),
		TEST(a_large_broken_file_is_told_in_the_same_words),
	};

	return TEST_RUN(tests, argc, argv);
}
