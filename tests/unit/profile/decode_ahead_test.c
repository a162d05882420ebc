/*
 * Unit tests of profile_decode_ahead(): it comes to what profile_decode() comes to, or leaves it to that.
 */
#include "config.h"

#include "base/vec.h"
#include "profile/profile.h"

#include "tests/input.h"
#include "tests/pieces.h"
#include "tests/same_profile.h"
#include "tests/test.h"

/* Messages by hand: tag, length, content.  Strings: "", samples, count, cpu, nanoseconds, main, k, b, a. */
#define TYPES "\x0a\x04\x08\x01\x10\x02" /* samples/count */
#define PERIOD "\x5a\x04\x08\x03\x10\x04" /* cpu/nanoseconds */
#define FUNCTION "\x2a\x04\x08\x01\x10\x05" /* 1: main */
#define STRINGS "\x32\x00\x32\x07samples\x32\x05" "count\x32\x03" "cpu\x32\x0bnanoseconds\x32\x04main\x32\x01k\x32\x01" \
		"b\x32\x01" "a"

/* Samples of two location ids of one byte each, and the value 7. */
#define SAMPLE(a, b) "\x12\x06\x0a\x02" a b "\x10\x07"
/* The same with one label, its key and text of one byte each; and with two. */
#define LABELLED(a, b, k, v) "\x12\x0c\x0a\x02" a b "\x10\x07\x1a\x04\x08" k "\x10" v
#define LABELLED_TWICE(a, b, k, v, l, w) "\x12\x12\x0a\x02" a b "\x10\x07\x1a\x04\x08" k "\x10" v "\x1a\x04\x08" l "\x10" w
#define LOCATION(id) "\x22\x06\x08" id "\x22\x02\x08\x01"

static struct profile *decode_ahead(struct bytes whole, size_t piece, size_t upto)
{
	struct pieces pieces;
	struct profile *p;

	assert_true(pieces_begin(&pieces, whole, piece, upto));
	p = profile_decode_ahead(&pieces.feed, false, NULL, NULL);
	pieces_end(&pieces);
	return p;
}

/* In pieces of every length. */
static void comes_to_the_same(struct test *t, struct bytes whole)
{
	struct profile *wanted = profile_decode(whole, NULL, NULL, &t->err);

	if (!wanted)
		fail_msg("%s", t->err.msg);
	for (size_t piece = 1; piece <= whole.len; piece++) {
		struct profile *p = decode_ahead(whole, piece, whole.len);

		assert_non_null(p);
		assert_true(same_profile(wanted, p));
		profile_free(p);
	}
	profile_free(wanted);
}

static void is_left_to_the_other(struct bytes whole)
{
	assert_null(decode_ahead(whole, 1, whole.len));
	assert_null(decode_ahead(whole, whole.len, whole.len));
}

static void a_usual_profile_is_read_as_it_comes(void **state)
{
	comes_to_the_same(*state, BYTES(TYPES PERIOD SAMPLE("\1", "\2") SAMPLE("\2", "\1") SAMPLE("\1", "\2") LOCATION("\1")
					LOCATION("\2") FUNCTION STRINGS));
}

static void tables_may_stand_anywhere(void **state)
{
	comes_to_the_same(*state, BYTES(STRINGS FUNCTION TYPES LOCATION("\1") SAMPLE("\1", "\2") LOCATION("\2")
					SAMPLE("\2", "\2") PERIOD));
}

static void a_profile_may_have_no_samples(void **state)
{
	comes_to_the_same(*state, BYTES(TYPES LOCATION("\1") FUNCTION STRINGS));
}

static void ids_that_are_no_rows_become_rows(void **state)
{
	comes_to_the_same(*state, BYTES(TYPES SAMPLE("\5", "\2") SAMPLE("\2", "\2") SAMPLE("\5", "\2") LOCATION("\5")
					LOCATION("\2") FUNCTION STRINGS));
}

static void labels_are_sorted_once_their_texts_are_there(void **state)
{
	/* k before b in the table, and behind it by text. */
	comes_to_the_same(*state, BYTES(TYPES LABELLED_TWICE("\1", "\1", "\6", "\1", "\7", "\2")
					LABELLED_TWICE("\1", "\1", "\7", "\2", "\6", "\1")
					LABELLED_TWICE("\1", "\1", "\7", "\2", "\7", "\1") LOCATION("\1") FUNCTION STRINGS));
}

/* All but the stacks. */
static void stacks_may_be_left_out(void **state)
{
	struct test *t = *state;
	struct bytes whole = BYTES(TYPES PERIOD LABELLED("\1", "\2", "\6", "\1") SAMPLE("\2", "\1") LOCATION("\1")
				   LOCATION("\2") FUNCTION STRINGS);
	struct bytes no_location = BYTES(TYPES SAMPLE("\1", "\2") LOCATION("\1") FUNCTION STRINGS);
	struct pieces pieces;
	struct profile *wanted = profile_decode(whole, NULL, NULL, &t->err), *p;

	assert_true(pieces_begin(&pieces, whole, 7, whole.len));
	p = profile_decode_ahead(&pieces.feed, true, NULL, NULL);
	pieces_end(&pieces);
	assert_non_null(wanted);
	assert_non_null(p);
	assert_int_equal(p->stack.n, 1);
	assert_int_equal(p->sample.stack_row[0], 0);
	assert_int_equal(p->sample.stack_row[1], 0);
	assert_memory_equal(p->sample.label_set_row, wanted->sample.label_set_row, 2 * sizeof(uint32_t));
	assert_memory_equal(p->sample.value[0], wanted->sample.value[0], 2 * sizeof(int64_t));
	assert_true(same_strings(p, wanted) && same_tables(p, wanted) && same_header(p, wanted));
	profile_free(p);
	profile_free(wanted);
	assert_true(pieces_begin(&pieces, no_location, 7, no_location.len));
	assert_null(profile_decode_ahead(&pieces.feed, true, NULL, NULL));
	pieces_end(&pieces);
}

static void what_is_unusual_is_left_to_the_other(void **state)
{
	(void)state;
	/* Samples before their types, all or some. */
	is_left_to_the_other(BYTES(SAMPLE("\1", "\1") TYPES LOCATION("\1") FUNCTION STRINGS));
	is_left_to_the_other(BYTES(TYPES SAMPLE("\1", "\1") TYPES LOCATION("\1") FUNCTION STRINGS));
	/* Another k. */
	is_left_to_the_other(BYTES(TYPES LABELLED("\1", "\1", "\6", "\1") LABELLED("\1", "\1", "\x9", "\1") LOCATION("\1")
				   FUNCTION STRINGS "\x32\x01k"));
}

static void what_is_broken_is_left_to_the_other(void **state)
{
	(void)state;
	is_left_to_the_other(BYTES(TYPES SAMPLE("\1", "\0") LOCATION("\1") FUNCTION STRINGS));
	is_left_to_the_other(BYTES(TYPES SAMPLE("\1", "\2") LOCATION("\1") FUNCTION STRINGS));
	is_left_to_the_other(BYTES(TYPES "\x12\x02\x08\x01" LOCATION("\1") FUNCTION STRINGS));
	is_left_to_the_other(BYTES(TYPES LABELLED("\1", "\1", "\6", "\x20") LOCATION("\1") FUNCTION STRINGS));
	/* A label without a value is dropped, but its key must be there. */
	is_left_to_the_other(BYTES(TYPES "\x12\x08\x08\x01\x10\x07\x1a\x02\x08\x20" LOCATION("\1") FUNCTION STRINGS));
	is_left_to_the_other(BYTES(TYPES SAMPLE("\1", "\1") LOCATION("\1") FUNCTION STRINGS "\x12"));
	is_left_to_the_other(BYTES(TYPES SAMPLE("\1", "\1") LOCATION("\1") FUNCTION STRINGS "\x32\x05k"));
	/* No function 1: a rule about tables. */
	is_left_to_the_other(BYTES(TYPES SAMPLE("\1", "\1") LOCATION("\1") STRINGS));
}

static void what_breaks_off_is_left_to_the_other(void **state)
{
	struct bytes whole = BYTES(TYPES SAMPLE("\1", "\1") LOCATION("\1") FUNCTION STRINGS);

	(void)state;
	for (size_t upto = 0; upto < whole.len; upto++)
		assert_null(decode_ahead(whole, 3, upto));
}

enum { MANY = 400000 }; /* samples: several megabytes */

/* A varint of three bytes. */
#define THREE(n) (uint8_t)(0x80 | ((n) & 0x7f)), (uint8_t)(0x80 | ((n) >> 7 & 0x7f)), (uint8_t)((n) >> 14)

/* MANY samples, and their locations in the order of ids or the other way round; is_mixed: a table stands between samples. */
static void put_many(struct input *in, bool is_backwards, bool is_mixed)
{
	enum { LOCATIONS = 3000 };

	put(in, BYTES(TYPES PERIOD));
	for (unsigned i = 0; i < MANY; i++) {
		const uint8_t sample[] = { 0x12, i % 3 ? 8 : 14, 0x0a, 4, 1, THREE(i % LOCATIONS + 1), 0x10, (uint8_t)(i % 7 + 1),
					   0x1a, 4, 0x08, 6, 0x10, (uint8_t)(i % 5 + 1) };

		put(in, (struct bytes){ sample, i % 3 ? 10 : 16 });
		if (is_mixed && i == MANY / 2)
			put(in, BYTES(FUNCTION));
	}
	for (unsigned i = 0; i < LOCATIONS; i++) {
		const uint8_t location[] = { 0x22, 8, 0x08, THREE((is_backwards ? LOCATIONS - i - 1 : i) + 1), 0x22, 2, 0x08, 1 };

		put(in, (struct bytes){ location, sizeof(location) });
	}
	put(in, is_mixed ? BYTES(STRINGS) : BYTES(FUNCTION STRINGS));
}

static void forget(void *feed, size_t upto)
{
	struct feed *f = feed;

	f->discard(f, upto);
}

static void many_samples_come_to_the_same(void **state)
{
	struct test *t = *state;

	for (unsigned kind = 0; kind < 4; kind++) {
		struct input in = { .bytes = VEC_INIT };
		struct profile *wanted, *p;
		struct pieces pieces;

		put_many(&in, kind & 1, kind & 2);
		wanted = profile_decode(input_bytes(&in), NULL, NULL, &t->err);
		if (!wanted)
			fail_msg("%s", t->err.msg);
		assert_true(pieces_begin(&pieces, input_bytes(&in), 100001, in.bytes.n));
		p = profile_decode_ahead(&pieces.feed, false, forget, &pieces.feed);
		assert_non_null(p);
		assert_int_equal(pieces.copy[0], 0xff);
		assert_true(same_profile(wanted, p));
		pieces_end(&pieces);
		profile_free(p);
		profile_free(wanted);
		vec_release(&in.bytes);
	}
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_usual_profile_is_read_as_it_comes),
		TEST(tables_may_stand_anywhere),
		TEST(a_profile_may_have_no_samples),
		TEST(ids_that_are_no_rows_become_rows),
		TEST(labels_are_sorted_once_their_texts_are_there),
		TEST(stacks_may_be_left_out),
		TEST(what_is_unusual_is_left_to_the_other),
		TEST(what_is_broken_is_left_to_the_other),
		TEST(what_breaks_off_is_left_to_the_other),
		TEST(many_samples_come_to_the_same),
	};

	return TEST_RUN(tests, argc, argv);
}
