/*
 * One source: a large file comes to the same, or to the same words, whether it has all processors or not.
 */
#include "config.h"

#include "load/internal.h"

#include "tests/input.h"
#include "tests/same_profile.h"
#include "tests/test.h"

#include <stdio.h>
#include <unistd.h>

enum { SAMPLES = 200000 };

/* Strings: "", samples, count, main.  Values that do not compress well. */
static void pack_profile(struct test *t, struct input *packed)
{
	struct input in = { .bytes = VEC_INIT };
	uint32_t x = 1;

	put(&in, BYTES("\x0a\x04\x08\x01\x10\x02\x5a\x04\x08\x01\x10\x02"));
	for (size_t i = 0; i < SAMPLES; i++) {
		uint8_t sample[] = { 0x12, 6, 0x08, 1, 0x10, 0, 0, 0 };

		x = x * 1664525 + 1013904223;
		sample[5] = (uint8_t)(0x80 | x >> 9);
		sample[6] = (uint8_t)(0x80 | x >> 17);
		sample[7] = (uint8_t)(x >> 25);
		put(&in, (struct bytes){ sample, sizeof(sample) });
	}
	put(&in, BYTES("\x22\x06\x08\x01\x22\x02\x08\x01\x2a\x04\x08\x01\x10\x03\x32\x00\x32\x07samples\x32\x05"
		       "count\x32\x04main"));
	put_gzip(t, packed, input_bytes(&in));
	vec_release(&in.bytes);
	assert_true(packed->bytes.n > 1 << 19);
}

static void path_of(char path[64])
{
	(void)snprintf(path, 64, "load_test.%ld", (long)getpid());
}

static void a_large_file_comes_to_the_same(void **state)
{
	struct test *t = *state;
	struct input in = { .bytes = VEC_INIT };
	char path[64];
	struct load_request r = { .n_source = 1 };
	struct profile *p, *q;

	path_of(path);
	pack_profile(t, &in);
	write_file(path, input_bytes(&in));
	p = load_one(str_from(path), &r, false, &t->err);
	q = load_one(str_from(path), &r, true, &t->err);
	assert_non_null(p);
	assert_non_null(q);
	assert_int_equal(p->sample.n, SAMPLES);
	assert_true(same_profile(p, q));
	profile_free(p);
	profile_free(q);
	vec_release(&in.bytes);
	assert_int_equal(unlink(path), 0);
}

static void a_large_broken_file_is_told_in_the_same_words(void **state)
{
	struct test *t = *state;
	struct input in = { .bytes = VEC_INIT };
	char path[64];
	struct load_request r = { .n_source = 1 };
	struct error err = ERROR_INIT;

	path_of(path);
	pack_profile(t, &in);
	for (unsigned i = 0; i < 3; i++) {
		size_t n = in.bytes.n - (i == 0 ? 1 : i == 1 ? in.bytes.n / 3 : 0);

		/* At last a changed byte in the middle. */
		in.bytes.at[in.bytes.n / 2] ^= i == 2 ? 0x55 : 0;
		write_file(path, (struct bytes){ in.bytes.at, n });
		assert_null(load_one(str_from(path), &r, false, &t->err));
		assert_null(load_one(str_from(path), &r, true, &err));
		assert_int_equal(err.code, ERR_FORMAT);
		assert_string_equal(err.msg, t->err.msg);
	}
	vec_release(&in.bytes);
	assert_int_equal(unlink(path), 0);
}

/* Also where a file has that name. */
static void a_dash_is_standard_input(void **state)
{
	struct test *t = *state;
	struct input in = { .bytes = VEC_INIT };
	char path[64];
	struct load_request r = { .n_source = 1 };

	path_of(path);
	pack_profile(t, &in);
	write_file("-", input_bytes(&in));
	assert_non_null(freopen("/dev/null", "r", stdin));
	assert_null(load_one(STR("-"), &r, true, &t->err));
	assert_int_equal(t->err.code, ERR_FORMAT);
	assert_int_equal(unlink("-"), 0);
	vec_release(&in.bytes);
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
