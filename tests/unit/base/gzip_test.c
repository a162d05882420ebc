/*
 * gzip: members, errors in the words of spec/profile.md 1.2, bombs.
 */
#include "config.h"

#include "base/gzip.h"

#include "tests/test.h"

#include <stdio.h>
#include <string.h>

enum { SCRATCH_BYTES = 4096 };

/* One member holding text, in to[]; gives its length. */
static size_t member(const char *text, uint8_t to[SCRATCH_BYTES])
{
	struct error err = ERROR_INIT;
	struct gzip_writer *w;
	struct out o;
	size_t n;

	out_open_memory(&o);
	w = gzip_writer_new(&o, &err);
	assert_non_null(w);
	gzip_write(w, text, strlen(text));
	gzip_finish(w);
	n = out_text(&o).len;
	assert_in_range(n, 1, SCRATCH_BYTES);
	memcpy(to, out_text(&o).ptr, n);
	out_release(&o);
	return n;
}

static void inflates_to(struct bytes in, const char *want)
{
	struct error err = ERROR_INIT;
	struct blob b;

	if (!gzip_inflate(in, &b, &err))
		fail_msg("%s", err.msg);
	assert_int_equal(b.len, strlen(want));
	assert_memory_equal(blob_bytes(&b).ptr, want, b.len);
	blob_release(&b);
}

static void fails_with(struct bytes in, const char *want)
{
	struct error err = ERROR_INIT;
	struct blob b;

	assert_false(gzip_inflate(in, &b, &err));
	assert_error(&err, ERR_FORMAT, want);
	assert_null(b.ptr);
}

static void the_first_two_bytes_tell(void **state)
{
	(void)state;
	assert_true(gzip_is(BYTES("\x1f\x8b")));
	assert_false(gzip_is(BYTES("\x1f")));
	assert_false(gzip_is(BYTES("")));
	assert_false(gzip_is(BYTES("\x1f\x8a\x08")));
}

static void what_is_written_begins_as_in_go_and_reads_back(void **state)
{
	uint8_t to[SCRATCH_BYTES];
	size_t n = member("hello, hello, hello, hello", to);

	(void)state;
	assert_memory_equal(to, "\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
	inflates_to((struct bytes){ to, n }, "hello, hello, hello, hello");
	n = member("", to);
	inflates_to((struct bytes){ to, n }, "");
}

static void much_is_written_in_parts_and_reads_back(void **state)
{
	enum { PART = 100000, PARTS = 30 };
	struct test *t = *state;
	uint32_t *words = ARENA_ARRAY(&t->arena, uint32_t, PART);
	struct gzip_writer *w;
	struct blob b;
	struct out o;

	out_open_memory(&o);
	w = gzip_writer_new(&o, &t->err);
	assert_non_null(w);
	for (uint32_t i = 0; i < PART; i++)
		words[i] = (i * 2654435761u) >> 12;
	for (int i = 0; i < PARTS; i++)
		gzip_write(w, words, PART * sizeof(*words));
	gzip_finish(w);
	assert_true(gzip_inflate((struct bytes){ (const uint8_t *)out_text(&o).ptr, out_text(&o).len }, &b,
				 &t->err));
	assert_int_equal(b.len, PARTS * PART * sizeof(*words));
	assert_memory_equal(b.ptr + b.len - PART * sizeof(*words), words, PART * sizeof(*words));
	blob_release(&b);
	out_release(&o);
}

static void members_follow_each_other(void **state)
{
	uint8_t to[SCRATCH_BYTES];
	size_t n = member("one", to);

	(void)state;
	/* The guess from the last trailer is too small for both. */
	n += member("", to + n);
	n += member("two", to + n);
	inflates_to((struct bytes){ to, n }, "onetwo");
}

static void header_fields_are_skipped_and_checked(void **state)
{
	static const char stored[] = "\x01\x02\0\xfd\xffhi\x2a\x3d\x93\xd8\x02\0\0\0";
	uint8_t in[SCRATCH_BYTES], *p = in;

	(void)state;
	memcpy(p, "\x1f\x8b\x08\x1c\0\0\0\0\0\xff\x03\0xyzname\0comment\0", 10 + 5 + 5 + 8);
	memcpy(p + 28, stored, sizeof(stored) - 1);
	/* The CRC of "hi" comes from the writer. */
	{
		uint8_t to[SCRATCH_BYTES];
		size_t n = member("hi", to);

		memcpy(p + 28 + 7, to + n - 8, 8);
	}
	inflates_to((struct bytes){ in, 28 + 15 }, "hi");
	in[3] |= 0x02;
	fails_with((struct bytes){ in, 28 + 15 }, "gzip: invalid header");
}

static void a_cut_is_an_unexpected_end(void **state)
{
	uint8_t to[SCRATCH_BYTES];
	size_t n = member("hello, hello, hello, hello", to);

	(void)state;
	for (size_t i = 2; i < n; i++)
		fails_with((struct bytes){ to, i }, "unexpected EOF");
}

static void what_follows_a_member_must_be_one(void **state)
{
	uint8_t to[SCRATCH_BYTES] = { 0 };
	size_t n = member("x", to);

	(void)state;
	for (size_t i = 1; i < 10; i++)
		fails_with((struct bytes){ to, n + i }, "unexpected EOF");
	fails_with((struct bytes){ to, n + 10 }, "gzip: invalid header");
}

static void damage_is_named(void **state)
{
	uint8_t to[SCRATCH_BYTES];
	size_t n = member("hello, hello, hello, hello", to);

	(void)state;
	to[n - 1] ^= 1;
	fails_with((struct bytes){ to, n }, "gzip: invalid checksum");
	to[n - 1] ^= 1;
	to[n - 8] ^= 1;
	fails_with((struct bytes){ to, n }, "gzip: invalid checksum");
	to[n - 8] ^= 1;
	to[2] = 7;
	fails_with((struct bytes){ to, n }, "gzip: invalid header");
	to[2] = 8;
	to[10] = 0xff; /* no such kind of block */
	fails_with((struct bytes){ to, n }, "flate: corrupt input before offset 1");
}

static void a_bomb_ends_at_the_ceiling(void **state)
{
	struct test *t = *state;
	static const char zeros[1 << 16];
	struct gzip_writer *w;
	struct blob b;
	struct out o;

	out_open_memory(&o);
	w = gzip_writer_new(&o, &t->err);
	assert_non_null(w);
	for (int i = 0; i < 256; i++)
		gzip_write(w, zeros, sizeof(zeros));
	gzip_finish(w);
	assert_false(gzip_inflate_upto((struct bytes){ (const uint8_t *)out_text(&o).ptr, out_text(&o).len },
				       1 << 20, &b, &t->err));
	assert_error(&t->err, ERR_LIMIT, "inflates to more than 1048576 bytes");
	assert_null(b.ptr);
	out_release(&o);
}

static void a_bomb_is_told_how_to_prove_itself(void **state)
{
	struct test *t = *state;
	static const char zeros[1 << 20];
	struct gzip_writer *w;
	struct str text;
	struct blob b;
	struct out o;
	char wanted[160];

	out_open_memory(&o);
	w = gzip_writer_new(&o, &t->err);
	assert_non_null(w);
	for (int i = 0; i < 300; i++)
		gzip_write(w, zeros, sizeof(zeros));
	gzip_finish(w);
	text = out_text(&o);
	assert_false(gzip_inflate((struct bytes){ (const uint8_t *)text.ptr, text.len }, &b, &t->err));
	(void)snprintf(wanted, sizeof(wanted),
		       "%zu bytes inflate to more than 270 MB, as those of no profile do; if it is one, gunzip it "
		       "and open that",
		       text.len);
	assert_error(&t->err, ERR_LIMIT, wanted);
	out_release(&o);
}

static void a_false_size_in_the_trailer_costs_nothing(void **state)
{
	uint8_t to[SCRATCH_BYTES];
	size_t n = member("hello", to);

	(void)state;
	memset(to + n - 4, 0xff, 4);
	fails_with((struct bytes){ to, n }, "gzip: invalid checksum");
}

static void a_little_is_not_believed_to_be_very_much(void **state)
{
	const uint64_t mb = (uint64_t)1 << 20;

	(void)state;
	assert_int_equal(gzip_ceiling(0), 256 * mb);
	assert_int_equal(gzip_ceiling(1 << 20), 306 * mb); /* a gigabyte of zeros is no larger */
	assert_int_equal(gzip_ceiling(20 << 20), 1256 * mb);
	assert_int_equal(gzip_ceiling(300000000), 8192 * mb);
	assert_int_equal(gzip_ceiling(SIZE_MAX), 8192 * mb);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(the_first_two_bytes_tell),
		TEST(what_is_written_begins_as_in_go_and_reads_back),
		TEST(much_is_written_in_parts_and_reads_back),
		TEST(members_follow_each_other),
		TEST(header_fields_are_skipped_and_checked),
		TEST(a_cut_is_an_unexpected_end),
		TEST(what_follows_a_member_must_be_one),
		TEST(damage_is_named),
		TEST(a_bomb_ends_at_the_ceiling),
		TEST(a_bomb_is_told_how_to_prove_itself),
		TEST(a_false_size_in_the_trailer_costs_nothing),
		TEST(a_little_is_not_believed_to_be_very_much),
	};

	return TEST_RUN(tests, argc, argv);
}
