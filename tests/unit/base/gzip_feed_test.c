/*
 * Inflating piece by piece: the same bytes as at once, and what is not for it.
 */
#include "config.h"

#include "base/gzip_feed.h"
#include "base/worker.h"

#include "tests/input.h"
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MEMBER_BYTES = 700000 }; /* that do not compress well */

/* What is packed, and as a file of that name. */
struct file {
	char path[64];
	struct input plain, packed;
};

static void begin_file(struct file *f)
{
	*f = (struct file){ .path = "" };
	(void)snprintf(f->path, sizeof(f->path), "gzip_feed_test.%ld", (long)getpid());
}

static void add_member(struct test *t, struct file *f, size_t n)
{
	uint32_t x = (uint32_t)f->plain.bytes.n + 1;
	size_t begin = f->plain.bytes.n;

	assert_true(vec_reserve(&f->plain.bytes, n + 1));
	for (size_t i = 0; i < n; i++) {
		x = x * 1664525 + 1013904223;
		f->plain.bytes.at[f->plain.bytes.n++] = (uint8_t)(x >> 26); /* six bits of eight */
	}
	put_gzip(t, &f->packed, (struct bytes){ f->plain.bytes.at + begin, n });
}

static void end_file(struct file *f)
{
	assert_int_equal(unlink(f->path), 0);
	vec_release(&f->plain.bytes);
	vec_release(&f->packed.bytes);
}

/* To its end; whether it came to that. */
static bool read_all(struct feed *f)
{
	assert_non_null(f);
	while (f->more(f))
		assert_true(f->n_ready <= f->n_max);
	return f->is_complete;
}

/* Where files cannot be inflated so, there is nothing to test. */
static void needs_feeds(struct file *f)
{
	struct feed *feed;

	write_file(f->path, input_bytes(&f->packed));
	feed = gzip_feed_open(f->path);
	if (!feed) {
#ifdef HAVE_ISAL
		if (worker_count() > 1)
			fail_msg("no feed of %s", f->path);
#endif
		end_file(f);
		skip();
	}
	gzip_feed_close(feed);
}

static void all_members_come_piece_by_piece(void **state)
{
	struct file f;
	struct feed *feed;

	begin_file(&f);
	add_member(*state, &f, MEMBER_BYTES);
	add_member(*state, &f, 0);
	add_member(*state, &f, 1);
	add_member(*state, &f, MEMBER_BYTES / 2);
	needs_feeds(&f);
	feed = gzip_feed_open(f.path);
	assert_true(read_all(feed));
	assert_int_equal(feed->n_ready, f.plain.bytes.n);
	assert_memory_equal(feed->start, f.plain.bytes.at, f.plain.bytes.n);
	gzip_feed_close(feed);
	end_file(&f);
}

static void what_is_read_may_go(void **state)
{
	struct file f;
	struct feed *feed;
	size_t from = 0;

	begin_file(&f);
	for (size_t i = 0; i < 8; i++)
		add_member(*state, &f, MEMBER_BYTES);
	needs_feeds(&f);
	feed = gzip_feed_open(f.path);
	while (feed->more(feed)) {
		assert_memory_equal(feed->start + from, f.plain.bytes.at + from, feed->n_ready - from);
		from = feed->n_ready;
		feed->discard(feed, from);
	}
	assert_true(feed->is_complete);
	assert_int_equal(from, f.plain.bytes.n);
	gzip_feed_close(feed);
	end_file(&f);
}

static void what_is_cut_or_changed_does_not_come_to_its_end(void **state)
{
	struct file f;
	struct feed *feed;

	begin_file(&f);
	add_member(*state, &f, MEMBER_BYTES);
	needs_feeds(&f);
	for (size_t left = f.packed.bytes.n; left > f.packed.bytes.n / 2; left -= left > f.packed.bytes.n - 20 ? 1 : f.packed.bytes.n / 17) {
		write_file(f.path, (struct bytes){ f.packed.bytes.at, left });
		feed = gzip_feed_open(f.path);
		assert_true(read_all(feed) == (left == f.packed.bytes.n));
		gzip_feed_close(feed);
	}
	/* The checksum, the size, and a bit in the middle. */
	for (unsigned i = 0; i < 3; i++) {
		uint8_t *at = f.packed.bytes.at + (i == 0 ? f.packed.bytes.n - 8 : i == 1 ? f.packed.bytes.n - 4 : f.packed.bytes.n / 2);

		*at ^= 1;
		write_file(f.path, input_bytes(&f.packed));
		feed = gzip_feed_open(f.path);
		assert_false(read_all(feed));
		gzip_feed_close(feed);
		*at ^= 1;
	}
	/* Something behind the last member. */
	put(&f.packed, BYTES("x"));
	write_file(f.path, input_bytes(&f.packed));
	feed = gzip_feed_open(f.path);
	assert_false(read_all(feed));
	gzip_feed_close(feed);
	end_file(&f);
}

static void other_files_are_not_for_it(void **state)
{
	struct file f;

	begin_file(&f);
	assert_null(gzip_feed_open("no such file"));
	assert_null(gzip_feed_open("."));
	assert_null(gzip_feed_open("/dev/null"));
	gzip_feed_close(NULL);
	add_member(*state, &f, 1000);
	write_file(f.path, input_bytes(&f.packed));
	assert_null(gzip_feed_open(f.path));
	add_member(*state, &f, MEMBER_BYTES);
	write_file(f.path, input_bytes(&f.plain));
	assert_null(gzip_feed_open(f.path));
	assert_int_equal(unlink(f.path), 0);
	assert_int_equal(mkfifo(f.path, 0600), 0);
	assert_null(gzip_feed_open(f.path));
	end_file(&f);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(all_members_come_piece_by_piece),
		TEST(what_is_read_may_go),
		TEST(what_is_cut_or_changed_does_not_come_to_its_end),
		TEST(other_files_are_not_for_it),
	};

	return TEST_RUN(tests, argc, argv);
}
