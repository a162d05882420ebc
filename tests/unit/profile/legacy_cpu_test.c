/*
 * CPU profiles in words: spec/profile.md 6.2.
 */
#include "config.h"

#include "profile/legacy.h"
#include "tests/unit/profile/dump.h"

#define IS_CPU "samples/count cpu/nanoseconds; period cpu/nanoseconds "
#define CATCH_ALL "map 0x0-0xffffffffffffffff+0x0\n"

enum { WORDS_MAX = 600 };

struct file {
	uint8_t bytes[WORDS_MAX * 8];
	size_t n;
	unsigned word_bytes;
	bool is_big_endian;
};

static void add_words(struct file *f, const uint64_t *word, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		for (unsigned k = 0; k < f->word_bytes; k++) {
			unsigned from = f->is_big_endian ? f->word_bytes - 1 - k : k;

			assert_true(f->n < sizeof(f->bytes));
			f->bytes[f->n++] = (uint8_t)(word[i] >> (8 * from));
		}
	}
}

#define WORDS(f, ...) \
	add_words((f), (const uint64_t[]){ __VA_ARGS__ }, sizeof((const uint64_t[]){ __VA_ARGS__ }) / 8)

static void add_text(struct file *f, const char *text)
{
	memcpy(f->bytes + f->n, text, strlen(text));
	f->n += strlen(text);
}

static struct bytes bytes_of(const struct file *f)
{
	return (struct bytes){ f->bytes, f->n };
}

static void decodes(struct test *t, const struct file *f, const char *wanted)
{
	assert_decodes(t, profile_decode_legacy_cpu, bytes_of(f), wanted);
}

static void refuses(struct test *t, const struct file *f)
{
	assert_refuses(t, profile_decode_legacy_cpu, bytes_of(f), ERR_UNSUPPORTED, NULL);
}

static void words_have_two_sizes_and_two_orders(void **state)
{
	for (unsigned i = 0; i < 4; i++) {
		struct file f = { .word_bytes = i & 1 ? 8 : 4, .is_big_endian = i & 2 };

		WORDS(&f, 0, 3, 0, 10000, 0, 2, 2, 0x10, 0x20, 1, 1, 0x30, 1, 1, 0x40, 0, 1, 0);
		decodes(*state, &f,
			IS_CPU "10000000\n2 20000000: 0x10@1 0x1f@1\n1 10000000: 0x30@1\n1 10000000: 0x40@1\n" CATCH_ALL);
	}
}

static void the_header_has_five_words(void **state)
{
	struct file f = { .word_bytes = 8 };

	WORDS(&f, 0, 3, 0, 1);
	refuses(*state, &f);
	WORDS(&f, 0);
	decodes(*state, &f, IS_CPU "1000\n");
	f.bytes[16] = 2;
	refuses(*state, &f);
	f.bytes[16] = 0;
	f.bytes[24] = 0;
	refuses(*state, &f);
	f.n = 0;
	refuses(*state, &f);
}

static void a_cut_record_is_no_cpu_profile(void **state)
{
	struct file f = { .word_bytes = 8 };

	WORDS(&f, 0, 3, 0, 1, 0, 1);
	refuses(*state, &f);
	WORDS(&f, 2);
	refuses(*state, &f);
	/* Sizes are checked as if words had four bytes. */
	WORDS(&f, 0x10);
	decodes(*state, &f, IS_CPU "1000\n1 1000: 0x10@1\n" CATCH_ALL);
	f.word_bytes = 4;
	f.n = 0;
	WORDS(&f, 0, 3, 0, 1, 0, 1, 2, 0x10);
	refuses(*state, &f);
}

static void a_frame_that_nearly_all_share_is_stripped(void **state)
{
	struct file f = { .word_bytes = 4 };

	WORDS(&f, 0, 3, 0, 1, 0);
	for (unsigned i = 0; i < 31; i++)
		WORDS(&f, 1, 3, 0x110 + i, 0x99, 0x211 + i);
	WORDS(&f, 1, 3, 0x50, 0x98, 0x61, 0, 1, 0);
	f.n -= 3 * 4;
	{
		struct profile *p = profile_decode_legacy_cpu(bytes_of(&f), &((struct test *)*state)->err);

		assert_non_null(p);
		assert_int_equal(p->sample.n, 32);
		assert_int_equal(p->stack.len[p->sample.stack_row[0]], 2);
		assert_int_equal(p->stack.len[p->sample.stack_row[31]], 3);
		assert_int_equal(p->location.n, 31 * 2 + 3);
		profile_free(p);
	}
	/* Two of 32 are too many. */
	f.bytes[(5 + 3) * 4] = 0x98;
	{
		struct profile *p = profile_decode_legacy_cpu(bytes_of(&f), &((struct test *)*state)->err);

		assert_non_null(p);
		assert_int_equal(p->stack.len[p->sample.stack_row[1]], 3);
		profile_free(p);
	}
}

static void a_tiny_profile_loses_two_frames(void **state)
{
	struct file f = { .word_bytes = 8 };

	WORDS(&f, 0, 3, 0, 1, 0, 1, 4, 0xa, 0xb, 0xc, 0xd);
	decodes(*state, &f, IS_CPU "1000\n1 1000: 0xa@1 0xc@1\n" CATCH_ALL);
	f.n = 0;
	WORDS(&f, 0, 3, 0, 1, 0, 1, 3, 0xa, 0xb);
	decodes(*state, &f, IS_CPU "1000\n1 1000: 0xa@1\n" CATCH_ALL);
}

static void a_leaf_that_calls_itself_is_shown_once(void **state)
{
	struct test *t = *state;
	struct file f = { .word_bytes = 8 };
	struct profile *p;

	WORDS(&f, 0, 3, 0, 1, 0, 1, 3, 0x50, 0x50, 0x5, 1, 1, 0x60, 0, 1, 0);
	decodes(t, &f, IS_CPU "1000\n1 1000: 0x50@1 0x4@1\n1 1000: 0x60@1\n" CATCH_ALL);
	/* Its location was numbered before, and stays. */
	p = profile_decode_legacy_cpu(bytes_of(&f), &t->err);
	assert_non_null(p);
	assert_int_equal(p->location.n, 4);
	assert_int_equal(p->location.address[1], 0x4f);
	profile_free(p);
}

static void empty_and_zero_samples_are_kept(void **state)
{
	struct file f = { .word_bytes = 4 };

	WORDS(&f, 0, 3, 0, 1, 0, 5, 0, 0, 0, 0, 2, 0x10, 0x20, 1, 1, 0x10, 0, 1, 0x30, 0, 1, 0, 0x77);
	decodes(*state, &f,
		IS_CPU "1000\n5 5000:\n0 0:\n0 0: 0x10@1 0x1f@1\n1 1000: 0x10@1\n0 0: 0x30@1\n" CATCH_ALL);
}

static void values_wrap(void **state)
{
	struct file f = { .word_bytes = 8 };

	WORDS(&f, 0, 3, 0, (uint64_t)1 << 62, 0, (uint64_t)1 << 63, 1, 0x10);
	decodes(*state, &f, IS_CPU "0\n-9223372036854775808 0: 0x10@1\n" CATCH_ALL);
}

static void the_memory_map_needs_no_marker(void **state)
{
	struct file f = { .word_bytes = 8 };

	WORDS(&f, 0, 3, 0, 1, 0, 1, 1, 0x400001, 0, 1, 0);
	add_text(&f, "build=/foo\n00400000-00500000: $build/x\n");
	decodes(*state, &f, IS_CPU "1000\n1 1000: 0x400001@1\nmap 0x400000-0x500000+0x0 /foo/x\n");
}

static void java_addresses_name_locations(void **state)
{
	struct file f = { .word_bytes = 4, .is_big_endian = true };

	WORDS(&f, 0, 3, 1, 1, 0, 1, 3, 3, 4, 5, 0, 1, 0);
	add_text(&f, " 0x3 f (a.java:7)\n0x5 g (b.java:8)");
	decodes(*state, &f, IS_CPU "1000\n1 1000: f+7(a.java)@- 0x0@1 g+8(b.java)@-\n" CATCH_ALL);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(words_have_two_sizes_and_two_orders),
		TEST(the_header_has_five_words),
		TEST(a_cut_record_is_no_cpu_profile),
		TEST(a_frame_that_nearly_all_share_is_stripped),
		TEST(a_tiny_profile_loses_two_frames),
		TEST(a_leaf_that_calls_itself_is_shown_once),
		TEST(empty_and_zero_samples_are_kept),
		TEST(values_wrap),
		TEST(the_memory_map_needs_no_marker),
		TEST(java_addresses_name_locations),
	};

	return TEST_RUN(tests, argc, argv);
}
