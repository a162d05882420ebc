/*
 * Blobs: growing, giving pages back, reading what is not a file.
 */
#include "config.h"

#include "base/blob.h"

#include <string.h>
#include <unistd.h>

#include "tests/test.h"

static void growing_keeps_what_is_there(void **state)
{
	struct blob b = BLOB_INIT;

	(void)state;
	assert_true(blob_reserve(&b, 10));
	memcpy(b.ptr, "0123456789", 10);
	b.len = 10;
	assert_true(blob_reserve(&b, 10 << 20));
	assert_true(b.cap >= 10 << 20);
	assert_memory_equal(b.ptr, "0123456789", 10);
	b.ptr[b.cap - 1] = 1;
	blob_fit(&b);
	assert_true(b.cap < 10 << 20);
	assert_memory_equal(blob_bytes(&b).ptr, "0123456789", 10);
	assert_false(blob_reserve(&b, SIZE_MAX - 5));
	assert_int_equal(b.len, 10);
	blob_release(&b);
	blob_release(&b);
	assert_int_equal(blob_bytes(&b).len, 0);
	assert_non_null(blob_bytes(&b).ptr);
}

static void the_front_goes_back_to_the_system(void **state)
{
	enum { SIZE = 32 << 20 };
	struct blob b = BLOB_INIT;

	(void)state;
	assert_true(blob_reserve(&b, SIZE));
	memset(b.ptr, 7, SIZE);
	b.len = SIZE;
	blob_discard_front(&b, 100);
	assert_int_equal(b.ptr[0], 7);
	blob_discard_front(&b, SIZE / 2 + 100);
	assert_int_equal(b.gone, SIZE / 2);
	assert_int_equal(b.ptr[0], 0);
	assert_int_equal(b.ptr[SIZE / 2], 7);
	blob_discard_front(&b, 5);
	blob_discard_front(&b, (size_t)SIZE * 9);
	assert_int_equal(b.gone, SIZE);
	blob_release(&b);
}

static void a_pipe_is_read_to_its_end(void **state)
{
	struct test *t = *state;
	struct blob b = BLOB_INIT;
	int end[2];

	assert_int_equal(pipe(end), 0);
	assert_int_equal(write(end[1], "some text", 9), 9);
	assert_int_equal(close(end[1]), 0);
	assert_true(blob_read_fd(&b, end[0], 9, "pipe", &t->err));
	assert_int_equal(b.len, 9);
	assert_memory_equal(b.ptr, "some text", 9);
	assert_int_equal(close(end[0]), 0);
	blob_release(&b);
}

static void a_ceiling_ends_what_never_ends(void **state)
{
	struct test *t = *state;
	struct blob b;

	assert_false(blob_read_file(&b, "/dev/zero", &t->err));
	assert_error(&t->err, ERR_LIMIT, "read /dev/zero: more than 67108864 bytes");
	assert_null(b.ptr);
}

static void errors_name_the_step_and_the_path(void **state)
{
	struct test *t = *state;
	struct blob b;

	assert_false(blob_read_file(&b, "no/such/file", &t->err));
	assert_error(&t->err, ERR_NOTFOUND, "stat no/such/file: no such file or directory");
	assert_false(blob_read_file(&b, "/dev", &t->err));
	assert_error(&t->err, ERR_IO, "read /dev: is a directory; name a file in it");
	assert_false(blob_read_file(&b, "/dev/null/x", &t->err));
	assert_error(&t->err, ERR_IO, "stat /dev/null/x: not a directory");
	assert_false(blob_read_fd(&b, -1, 5, "it", &t->err));
	assert_error(&t->err, ERR_IO, "read it: bad file descriptor");
}

static void nothing_is_an_empty_blob(void **state)
{
	struct test *t = *state;
	struct blob b;

	assert_true(blob_read_file(&b, "/dev/null", &t->err));
	assert_int_equal(blob_bytes(&b).len, 0);
	blob_release(&b);
}

static void memory_moves_with_what_is_in_it(void **state)
{
	struct blob b = BLOB_INIT;

	(void)state;
	assert_true(blob_reserve(&b, 4 * BLOB_MOVE_BYTES));
	b.ptr[0] = 'a';
	b.ptr[BLOB_MOVE_BYTES - 1] = 'z';
	b.ptr[BLOB_MOVE_BYTES] = 'x';
	if (!blob_move(&b, 0, 2 * BLOB_MOVE_BYTES, BLOB_MOVE_BYTES)) {
		blob_release(&b);
		skip(); /* the system cannot */
	}
	assert_int_equal(b.ptr[2 * BLOB_MOVE_BYTES], 'a');
	assert_int_equal(b.ptr[3 * BLOB_MOVE_BYTES - 1], 'z');
	assert_int_equal(b.ptr[BLOB_MOVE_BYTES], 'x');
	b.ptr[3 * BLOB_MOVE_BYTES] = 'y'; /* what is behind is still there to be used */
	blob_release(&b);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(memory_moves_with_what_is_in_it),
		TEST(growing_keeps_what_is_there),
		TEST(the_front_goes_back_to_the_system),
		TEST(a_pipe_is_read_to_its_end),
		TEST(a_ceiling_ends_what_never_ends),
		TEST(errors_name_the_step_and_the_path),
		TEST(nothing_is_an_empty_blob),
	};

	return TEST_RUN(tests, argc, argv);
}
